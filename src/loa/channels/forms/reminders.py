from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loa.channels.models import Reminder, ReminderRule
from loa.channels.queries import sources
from loa.core.forms import DayInput

FURTHEST = 365  # days from a due date
_ELSEWHERE = ("phone", "zalo", "paper", "other")


class RecordForm(forms.Form):
    """A reminder that somebody made elsewhere."""

    channel = forms.ChoiceField(
        label=_("How"),
        choices=[(value, label) for value, label in Reminder.Channel.choices if value in _ELSEWHERE],
    )
    whom = forms.CharField(label=_("Whom"), max_length=200, help_text=_("Name and role of the person."))
    note = forms.CharField(
        label=_("What was said and answered"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class RuleForm(forms.Form):
    """One step of a ladder."""

    matter = forms.ChoiceField(label=_("Kind of matter"))
    offset = forms.IntegerField(
        label=_("Days from the due date"),
        help_text=_("-3 is three days before, 0 the day itself, 5 five days after."),
        min_value=-FURTHEST,
        max_value=FURTHEST,
        localize=False,
    )
    counting = forms.ChoiceField(label=_("Counted in"), choices=ReminderRule.Counting.choices)
    receivers = forms.MultipleChoiceField(
        label=_("Who is reminded"),
        choices=ReminderRule.Receiver.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    tone = forms.ChoiceField(label=_("Tone"), choices=ReminderRule.Tone.choices)
    valid_from = forms.DateField(label=_("In force from"), widget=DayInput)
    valid_to = forms.DateField(label=_("In force to"), required=False, widget=DayInput)
    is_active = forms.BooleanField(label=_("Active"), required=False)

    def __init__(self, data: Any = None, *, rule: ReminderRule) -> None:
        names = ("matter", "offset", "counting", "receivers", "tone", "valid_from", "valid_to", "is_active")
        super().__init__(data, initial={name: getattr(rule, name) for name in names})
        known = [(source.kind, source.label) for source in sources()]
        self.fields["matter"].choices = known  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("valid_from"), given.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("It ends before it begins."))
        return given
