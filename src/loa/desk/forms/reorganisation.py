from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.core import clock
from loa.core.forms import DayInput
from loa.core.text import headline
from loa.core.uploads import Upload, UploadError, check_upload
from loa.directory.models import Agency, Reorganisation, User
from loa.plans.models import Assignment
from loa.plans.queries import InHand, officers_of


class StepForm(forms.Form):
    note = forms.CharField(label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, needs_note: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not needs_note:
            del self.fields["note"]


class PaperForm(forms.Form):
    """The paper of a decision: its number in the register, or the file itself."""

    printed_number = forms.CharField(
        label=gettext_lazy("Number in the register"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Where the register holds it already, for example 12/NQ-HĐND."),
    )
    file = forms.FileField(label=gettext_lazy("Or the file"), required=False, max_length=200)

    def clean_file(self) -> Upload | None:
        file = self.cleaned_data["file"]
        if not file:
            return None
        try:
            return check_upload(file, file.name)
        except UploadError as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not given.get("printed_number") and not given.get("file"):
            raise forms.ValidationError(_("Give the number or the file."))
        return given


class ShareForm(forms.Form):
    """Which open work goes to which successor: one by one, by topic or by form; the rest to the default."""

    REST = "-"

    def __init__(
        self, *args: Any, act: Reorganisation, hand: InHand, successors: list[Agency], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        heir = act.heir if act.kind != Reorganisation.Kind.TRANSFER else None
        rest = _("The rest: %(agency)s") % {"agency": heir.name} if heir else _("Nobody: it stays")
        self.choices = [(self.REST, rest), *((each.code, each.name) for each in successors)]
        self.sections: list[tuple[str, list[Any]]] = []
        for noun, title, rows in (
            ("task", _("Task by task"), [(row.pk, _told(row)) for row in hand.tasks]),
            ("duty", _("Standing duties"), [(row.pk, row.text) for row in hand.duties]),
            ("plan", _("Parts in whole plans"), [(row.pk, str(row)) for row in hand.plans]),
            ("topic", _("By topic"), [(row.pk, row.text) for row in hand.topics]),
            ("form", _("By form of communication"), [(row.pk, row.text) for row in hand.forms]),
        ):
            self._add(act, noun, title, rows)

    def _add(self, act: Reorganisation, noun: str, title: str, rows: Iterable[tuple[int, str]]) -> None:
        names = []
        for key, label in rows:
            names.append(f"{noun}_{key}")
            self.fields[names[-1]] = forms.ChoiceField(
                label=Truncator(headline(label)).chars(110),
                choices=self.choices,
                initial=act.shares.get(noun, {}).get(str(key), self.REST),
            )
        if names:
            self.sections.append((title, [self[name] for name in names]))

    @property
    def shares(self) -> dict[str, dict[str, str]]:
        """What was chosen, after `is_valid`."""
        found: dict[str, dict[str, str]] = {}
        for name, code in self.cleaned_data.items():
            noun, _underscore, key = name.partition("_")
            if code != self.REST:
                found.setdefault(noun, {})[key] = code
        return found


def _told(task: Any) -> str:
    return f"{task} ({task.plan.number})"


class DepartureForm(forms.Form):
    """The last day, and who takes over each open task that was in the person's charge."""

    last_day = forms.DateField(label=gettext_lazy("Last day in the agency"), widget=DayInput)
    note = forms.CharField(
        label=gettext_lazy("Reason"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, leaver: User, charges: Iterable[Assignment], **kwargs: Any) -> None:
        super().__init__(*args, initial={"last_day": clock.today()}, **kwargs)
        self.charges = list(charges)
        people: dict[int, Any] = {}
        for work in self.charges:
            if work.agency_id not in people:
                people[work.agency_id] = list(officers_of(work).exclude(pk=leaver.pk))
            choices = [("", _("Nobody for now"))]
            choices += [(str(person.pk), str(person)) for person in people[work.agency_id]]
            self.fields[f"officer_{work.pk}"] = forms.ChoiceField(
                label=f"{work.task} · {work.agency.name}", choices=choices, required=False
            )
        self.people = {person.pk: person for persons in people.values() for person in persons}

    @property
    def officers(self) -> dict[int, User | None]:
        """Who takes over what, after `is_valid`."""
        chosen = {work.pk: self.cleaned_data[f"officer_{work.pk}"] for work in self.charges}
        return {key: self.people[int(person)] if person else None for key, person in chosen.items()}
