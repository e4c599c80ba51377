from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.core.forms import DayInput
from loa.directory.models import Agency
from loa.feedback.models import Case, KeptPrivate, Subject
from loa.feedback.queries import Period, year_to_date


class RatingWordsForm(forms.Form):
    """What an asker said of the answer, as everybody is to read it."""

    public_words = forms.CharField(
        label=_("The words as published"),
        help_text=_("Take out names, phone numbers and addresses. Keep the sender's own words otherwise."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
    )


class PublishForm(forms.Form):
    """What the public will read of one case, and which files with it."""

    title = forms.CharField(label=_("Title"), max_length=200)
    question = forms.CharField(label=pgettext_lazy("case", "Question"), widget=forms.Textarea({"rows": 14}))
    answer = forms.CharField(label=_("Answer"), widget=forms.Textarea({"rows": 14}))
    shows_name = forms.BooleanField(label=_("Show the sender's name"), required=False)
    files = forms.ModelMultipleChoiceField(
        label=_("Files that everybody may open"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Open each one first: a file is published as it is, with every name in it."),
    )
    note = forms.CharField(label=_("Why it is changed"), required=False, max_length=500)

    def __init__(
        self, data: Any = None, *, case: Case, may_show_name: bool, is_change: bool, initial: Any = None
    ) -> None:
        super().__init__(data, initial=initial)
        files = case.files.order_by("-is_of_answer", "pk")
        self.fields["files"].queryset = files  # type: ignore[attr-defined]
        if not files:
            del self.fields["files"]
        if not may_show_name:
            del self.fields["shows_name"]
        if not is_change:
            del self.fields["note"]

    @property
    def chosen(self) -> dict[str, Any]:
        return {"files": list(self.cleaned_data.get("files") or []), **{
            name: self.cleaned_data[name] for name in ("title", "question", "answer", "shows_name")
            if name in self.cleaned_data
        }}  # fmt: skip


class KeepPrivateForm(forms.Form):
    ground = forms.ChoiceField(
        label=_("Ground"), choices=KeptPrivate.Ground.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(label=_("Reason"), widget=forms.Textarea({"rows": 3}))


class SubscribeForm(forms.Form):
    """A mail address, and of which answers it wants to hear."""

    email = forms.EmailField(label=_("E-mail"), max_length=200)
    subject = forms.ModelChoiceField(
        label=pgettext_lazy("case", "Subject"), queryset=None, required=False, empty_label=_("All")
    )
    agency = forms.ModelChoiceField(label=_("Agency"), queryset=None, required=False, empty_label=_("All"))
    commune = forms.ModelChoiceField(label=_("Commune"), queryset=None, required=False, empty_label=_("All"))
    website = forms.CharField(required=False, widget=forms.HiddenInput)  # left empty by people

    def __init__(
        self,
        data: Any = None,
        *,
        subjects: QuerySet[Subject],
        agencies: QuerySet[Agency],
        communes: QuerySet[Agency],
        initial: Any = None,
    ) -> None:
        super().__init__(data, initial=initial)
        choices = {"subject": subjects, "agency": agencies, "commune": communes}
        for name, rows in choices.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]


class CountForm(forms.Form):
    """Which published answers count for a piece of work."""

    agency = forms.ModelChoiceField(
        label=_("Answers of"), queryset=None, required=False, empty_label=_("All agencies")
    )
    subject = forms.ModelChoiceField(
        label=pgettext_lazy("case", "Subject"), queryset=None, required=False, empty_label=_("All subjects")
    )
    unit = forms.CharField(
        label=_("Unit"),
        max_length=200,
        required=False,
        help_text=_("Worded as in the target, so that it counts."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        agencies: QuerySet[Agency],
        subjects: QuerySet[Subject],
        initial: Any = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
        self.fields["subject"].queryset = subjects  # type: ignore[attr-defined]


class PeriodForm(forms.Form):
    """From a day to a day; without a choice, this year so far."""

    first = forms.DateField(label=_("From"), required=False, widget=DayInput)
    last = forms.DateField(label=_("To"), required=False, widget=DayInput)

    def __init__(self, data: Any = None, *, today: date) -> None:
        whole = year_to_date(today)
        super().__init__(data, initial={"first": whole.first, "last": whole.last})
        self.whole = whole

    @property
    def period(self) -> Period:
        """What is asked for, as far as it can be read and is in order."""
        asked = self.cleaned_data if self.is_bound and self.is_valid() else {}
        first = asked.get("first") or self.whole.first
        last = asked.get("last") or self.whole.last
        return Period(first, last) if first <= last else self.whole

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("first") and data.get("last") and data["first"] > data["last"]:
            raise forms.ValidationError(_("The first day lies after the last one."))
        return data
