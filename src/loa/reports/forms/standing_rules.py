from __future__ import annotations

import re
from calendar import monthrange
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.core.models import CountedDay
from loa.directory.models import Agency
from loa.reports.forms.bodies import BodiesField, GroupsField
from loa.reports.forms.plain import day_input
from loa.reports.models import ReportTemplate, StandingRule
from loa.reports.queries.rule_fields import FIELDS

LEAP_YEAR = 2000
Kind = StandingRule.Kind


class MonthDayField(forms.CharField):
    """A day of the year, typed as 02/11. Cleans to "11-02", or to ""."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False, max_length=5, widget=forms.TextInput(attrs={"placeholder": "15/12"}), **kwargs
        )

    def prepare_value(self, value: Any) -> Any:
        found = re.fullmatch(r"(\d\d)-(\d\d)", value or "")
        return f"{found[2]}/{found[1]}" if found else value

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        found = re.fullmatch(r"(\d{1,2})\s*[/-]\s*(\d{1,2})", text)
        day, month = (int(found[1]), int(found[2])) if found else (0, 0)
        if not (1 <= month <= 12 and 1 <= day <= monthrange(LEAP_YEAR, month)[1]):
            raise forms.ValidationError(_("Write a day and a month, such as 15/12."))
        return f"{month:02d}-{day:02d}"


class StandingRuleForm(forms.Form):
    """What a rule is made of. The law's window needs no dates; an own one needs at least its due day."""

    kind = forms.ChoiceField(label=FIELDS["kind"], choices=Kind.choices)
    title = forms.CharField(
        label=FIELDS["title"],
        max_length=200,
        required=False,
        help_text=gettext_lazy("Empty: the plan's results. A theme needs words."),
    )
    has_own_window = forms.BooleanField(label=FIELDS["has_own_window"], required=False)
    window_from = MonthDayField(label=FIELDS["window_from"])
    window_to = MonthDayField(
        label=FIELDS["window_to"],
        help_text=gettext_lazy("Empty: as long as the law's least gap before sending allows."),
    )
    due_month_day = MonthDayField(label=FIELDS["due_month_day"])
    due_day = forms.IntegerField(
        label=FIELDS["due_day"],
        required=False,
        min_value=1,
        max_value=31,
        help_text=gettext_lazy("For the law's windows; empty: the law's own day."),
    )
    is_due_before = forms.BooleanField(label=FIELDS["is_due_before"], required=False)
    shift = forms.ChoiceField(
        label=FIELDS["shift"], choices=CountedDay.Shift.choices, initial=CountedDay.Shift.NEXT
    )
    opens_days_before = forms.IntegerField(
        label=FIELDS["opens_days_before"],
        required=False,
        min_value=0,
        max_value=180,
        help_text=gettext_lazy("Empty: on the day after the data are complete."),
    )
    closes_days_after = forms.IntegerField(
        label=FIELDS["closes_days_after"],
        required=False,
        min_value=0,
        max_value=365,
        help_text=gettext_lazy("Empty: when the consolidated report is issued."),
    )
    groups = GroupsField(help_text=gettext_lazy("Nobody chosen: every body with work in the plan."))
    agencies = BodiesField()
    receiver = forms.ModelChoiceField(
        label=FIELDS["receiver"], required=False, queryset=Agency.objects.order_by("sort_name")
    )
    template_code = forms.ChoiceField(label=FIELDS["template_code"], required=False)
    mark = forms.SlugField(
        label=FIELDS["mark"],
        max_length=8,
        required=False,
        help_text=gettext_lazy("Tells its periods from another rule's of the same kind: 2019-ND09."),
    )
    active_from = forms.DateField(label=FIELDS["active_from"], required=False, widget=day_input())
    active_to = forms.DateField(label=FIELDS["active_to"], required=False, widget=day_input())
    legal_basis = forms.CharField(label=FIELDS["legal_basis"], required=False, max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = dict(ReportTemplate.objects.order_by("valid_from").values_list("code", "name_vi"))
        self.fields["template_code"].choices = [("", _("The usual one of its kind")), *codes.items()]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        kind = given.get("kind")
        if kind == Kind.THEMATIC:
            given["has_own_window"] = True
            if not given.get("title"):
                self.add_error("title", _("Say what the theme is."))
        is_own = given.get("has_own_window")
        if is_own and kind not in {Kind.YEARLY, Kind.THEMATIC}:
            self.add_error("has_own_window", _("Only a yearly or a thematic rule has a window of its own."))
        if is_own and "due_month_day" not in self.errors and not given.get("due_month_day"):
            self.add_error("due_month_day", _("Say on which day of the year reports are due."))
        if is_own and given.get("window_to") and not given.get("window_from"):
            self.add_error("window_from", _("Say on which day of the year the data begin."))
        if not is_own:
            given |= {"window_from": "", "window_to": "", "due_month_day": ""}
        begins, ends = given.get("active_from"), given.get("active_to")
        if begins and ends and ends < begins:
            self.add_error("active_to", _("The last day comes before the first."))
        return given

    @staticmethod
    def of(rule: StandingRule) -> dict[str, Any]:
        """What a form begins with to change a rule."""
        many = {"groups": rule.groups.all(), "agencies": list(rule.agencies.all())}
        return {name: getattr(rule, name) for name in FIELDS if name not in many} | many
