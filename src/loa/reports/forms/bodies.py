"""Who owes: groups by a tick, single bodies by name or code, one a line."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.core import clock
from loa.directory.models import Agency, AgencyGroup, in_force
from loa.directory.queries import agencies_called, agency_label
from loa.reports.forms.plain import day_input
from loa.reports.models import ReportRound


class GroupsField(forms.ModelMultipleChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Groups that owe"))
        super().__init__(
            queryset=AgencyGroup.objects.order_by("sort_name"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            **kwargs,
        )


class BodiesField(forms.CharField):
    """Cleans to a list of agencies."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Single bodies that owe"))
        kwargs.setdefault("help_text", gettext_lazy("One a line, by name or code."))
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 3}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str) or value is None:
            return value
        return "\n".join(agency_label(agency) for agency in value)

    def clean(self, value: Any) -> list[Agency]:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        found = [_body(line) for line in lines]
        return list({agency.pk: agency for agency in found}.values())


def _body(text: str) -> Agency:
    found = agencies_called(text)
    if len(found) == 1:
        return found[0]
    if not found:
        raise forms.ValidationError(_("No agency is called “%(text)s”.") % {"text": text})
    names = ", ".join(agency_label(agency) for agency in found[:5])
    raise forms.ValidationError(_("“%(text)s” may be %(names)s. Say which.") % {"text": text, "names": names})


class QuestionsField(forms.CharField):
    """Cleans to a list of questions, one a line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=gettext_lazy("Further questions"),
            help_text=gettext_lazy("One a line: each body answers in its own words, beside the outline."),
            required=False,
            widget=forms.Textarea(attrs={"rows": 4}),
            **kwargs,
        )

    def clean(self, value: Any) -> list[str]:
        return [line.strip()[:300] for line in super().clean(value).splitlines() if line.strip()]


class AddBodyForm(forms.Form):
    agency = forms.ModelChoiceField(label=gettext_lazy("Agency"), queryset=Agency.objects.none())

    def __init__(self, *args: Any, report_round: ReportRound, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = report_round.reports.order_by().values("agency")
        present = Agency.objects.filter(in_force(clock.today())).exclude(pk__in=asked)
        self.fields["agency"].queryset = present.order_by("sort_name")


class ExtendForm(forms.Form):
    due_on = forms.DateField(label=gettext_lazy("New due date"), widget=day_input())
    reason = forms.CharField(label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class AskExtensionForm(forms.Form):
    new_due_on = forms.DateField(label=gettext_lazy("New due date"), widget=day_input())
    reason = forms.CharField(
        label=gettext_lazy("Why more time is needed"), widget=forms.Textarea(attrs={"rows": 3})
    )


class AnswerForm(forms.Form):
    answer = forms.CharField(label=gettext_lazy("Answer"), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, needs_answer: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].required = needs_answer
