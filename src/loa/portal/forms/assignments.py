from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loa.core.forms import DayInput
from loa.core.text import headline
from loa.directory.models import User
from loa.portal.models import Column
from loa.portal.queries.assignments import columns_of, reporters_of
from loa.portal.queries.newsroom import works_for


class GiveAssignmentForm(forms.Form):
    title = forms.CharField(label=_("What to write about"), max_length=200)
    note = forms.CharField(
        label=_("What matters in it"), required=False, widget=forms.Textarea({"rows": 4}), max_length=4000
    )
    reporter = forms.ModelChoiceField(label=_("Who writes"), queryset=User.objects.none())
    column = forms.ModelChoiceField(label=_("For which column"), queryset=Column.objects.none())
    due_on = forms.DateField(label=_("By when"), widget=DayInput)
    on_air_on = forms.DateField(label=_("Day on the air"), required=False, widget=DayInput)
    slot = forms.CharField(
        label=_("Radio slot"),
        required=False,
        max_length=60,
        help_text=_("As the station names it, for example “morning, 5:30”."),
    )
    work = forms.ChoiceField(label=_("For which task of the plan"), required=False)

    def __init__(self, *args: Any, user: Any, initial: dict[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["reporter"].queryset = reporters_of(user)
        self.fields["column"].queryset = columns_of(user)
        assignments, duties, _occurrences = works_for(user.hat.agency if user.hat else None)
        self.works = {f"a{row.pk}": row for row in assignments} | {f"d{row.pk}": row for row in duties}
        labels = {
            key: headline(row.task.content if hasattr(row, "task_id") else row.duty.text)[:120]
            for key, row in self.works.items()
        }
        self.fields["work"].choices = [("", _("None")), *labels.items()]

    def clean_work(self) -> Any:
        return self.works.get(self.cleaned_data["work"])


class StepNoteForm(forms.Form):
    """A step's words: a reason where the step asks for one."""

    note = forms.CharField(label=_("Reason"), widget=forms.Textarea({"rows": 3}), max_length=2000)

    def __init__(self, *args: Any, needs_note: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].required = needs_note
        if not needs_note:
            self.fields["note"].label = _("Note")
