"""The forms of an amendment: the paper, and each kind of change as the plan prints it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from loa.core.forms import DayInput
from loa.core.text import format_date
from loa.directory.queries import Names
from loa.plans.forms.assignment import long_text
from loa.plans.forms.closing import CheckedFileField, kinds_and_limit
from loa.plans.models import AmendmentChange, Task
from loa.plans.queries.printed import RECURRENCES, TASK_ROLES

Json = dict[str, Any]
Kind = AmendmentChange.Kind
_TARGET = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s+(\S.*)")


class AmendmentForm(forms.Form):
    kind = forms.CharField(
        label=gettext_lazy("Kind of paper"),
        max_length=100,
        initial="QUYẾT ĐỊNH",
        help_text=gettext_lazy("As printed: a decision, a plan that amends, an official letter."),
    )
    number = forms.CharField(label=gettext_lazy("Number"), max_length=80)
    subject = forms.CharField(label=gettext_lazy("What it is about"), widget=long_text(2))
    issued_on = forms.DateField(label=gettext_lazy("Issued on"), widget=DayInput)
    effective_on = forms.DateField(
        label=gettext_lazy("Takes effect on"),
        required=False,
        widget=DayInput,
        help_text=gettext_lazy("Empty: the day of issue."),
    )
    upload = CheckedFileField(label=gettext_lazy("The signed paper"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["upload"].help_text = kinds_and_limit()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["effective_on"] = given.get("effective_on") or given.get("issued_on")
        issued, effect = given.get("issued_on"), given.get("effective_on")
        if issued and effect and effect < issued:
            self.add_error("effective_on", _("It cannot take effect before it is issued."))
        return given


class PickForm(forms.Form):
    """Which task, duty or rule a change is about."""

    touched = forms.ModelChoiceField(label=gettext_lazy("Which one"), queryset=None)

    def __init__(self, *args: Any, rows: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["touched"].queryset = rows  # type: ignore[attr-defined]


class ChangeForm(forms.Form):
    """`after` is the whole reading as it is to be; `before` the one that is changed (queries.printed)."""

    reason = forms.CharField(label=gettext_lazy("Reason"), required=False, widget=long_text(2))

    def __init__(self, *args: Any, before: Json, day: date, **kwargs: Any) -> None:
        self.before, self.day = before, day
        super().__init__(*args, **kwargs)

    @property
    def after(self) -> Json:
        return {}

    def bodies_of(self, text: str, field: str, known: dict[str, str]) -> list[Json]:
        """Names one a line; each must be a body or a group of the directory, as it was on the day of effect."""
        found, names = [], None
        for line in filter(None, (line.strip(" -;") for line in text.splitlines())):
            code = known.get(line, "")
            if not code:
                names = names or Names(self.day)
                named = names.named(line)
                code = named.decided.code if named.decided else ""
                if not code:
                    likely = ", ".join(match.name for match in named.suggestions[:3])
                    self.add_error(field, self._unknown(line, likely))
            found.append({"printed": line, "code": code})
        return found

    @staticmethod
    def _unknown(line: str, likely: str) -> str:
        words = {"name": line, "likely": likely}
        if likely:
            return _("“%(name)s” is not in the directory. Is it one of these: %(likely)s?") % words
        return _("“%(name)s” is not in the directory.") % words


class TaskChangeForm(ChangeForm):
    no = forms.CharField(label=gettext_lazy("No."), max_length=30, required=False)
    content = forms.CharField(label=pgettext_lazy("of a plan", "Task"), widget=long_text(4))
    product = forms.CharField(label=gettext_lazy("Product"), required=False, widget=long_text(2))
    lead = forms.CharField(
        label=gettext_lazy("Lead agency"), widget=long_text(2), help_text=gettext_lazy("One body a line.")
    )
    coordinating = forms.CharField(
        label=gettext_lazy("Coordinating agencies"),
        required=False,
        widget=long_text(3),
        help_text=gettext_lazy("One body or group a line."),
    )
    due_on = forms.DateField(label=gettext_lazy("Due"), required=False, widget=DayInput)
    is_before = forms.BooleanField(label=gettext_lazy("The day itself is too late"), required=False)
    due_text = forms.CharField(
        label=gettext_lazy("Due, as printed"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Empty: the date in figures."),
    )
    targets = forms.CharField(
        label=gettext_lazy("Targets"),
        required=False,
        widget=long_text(2),
        help_text=gettext_lazy("One a line: a number, then what is counted."),
    )
    note = forms.CharField(label=gettext_lazy("Note"), required=False, widget=long_text(2))
    field_order = (
        "no", "content", "product", "lead", "coordinating", "due_on", "is_before", "due_text", "targets", "note",
        "predecessor", "reason",
    )  # fmt: skip

    def __init__(self, *args: Any, before: Json, day: date, **kwargs: Any) -> None:
        kwargs["initial"] = {**_typed(before), **(kwargs.get("initial") or {})}
        super().__init__(*args, before=before, day=day, **kwargs)

    def clean_lead(self) -> list[Json]:
        return self.bodies_of(self.cleaned_data["lead"], "lead", self._known)

    def clean_coordinating(self) -> list[Json]:
        return self.bodies_of(self.cleaned_data["coordinating"], "coordinating", self._known)

    @property
    def _known(self) -> dict[str, str]:
        """A name that stands in the plan keeps the body it means there."""
        return {body["printed"]: body["code"] for role in TASK_ROLES for body in self.before.get(role) or []}

    def clean_targets(self) -> list[Json]:
        found = []
        for line in filter(None, map(str.strip, self.cleaned_data["targets"].splitlines())):
            read = _TARGET.fullmatch(line)
            if read is None or not float(read[1].replace(",", ".")):
                raise forms.ValidationError(
                    _("“%(line)s”: begin with a number above zero, then say what is counted.")
                    % {"line": line}
                )
            number = read[1].replace(",", ".")
            whole = number if "." in number else str(int(number))
            found.append({"quantity": whole, "unit": read[2][:200]})
        return found

    @property
    def after(self) -> Json:
        given = self.cleaned_data
        due_on = given["due_on"]
        moved = _iso(due_on) != self.before.get("due_on", "")
        said = given["due_text"]
        if due_on and (not said or (moved and said == self.before.get("due_text"))):
            said = format_date(due_on)  # the old words would no longer be true
        return {
            **{key: given[key] for key in ("no", "content", "product", "lead", "coordinating")},
            "due_text": said,
            "due_on": _iso(due_on),
            "is_before": given["is_before"],
            "targets": given["targets"],
            "note": given["note"],
        }


class NewTaskForm(TaskChangeForm):
    predecessor = forms.ModelChoiceField(
        label=gettext_lazy("Continues the task of last year"),
        queryset=Task.objects.none(),
        required=False,
        empty_label=gettext_lazy("None"),
    )

    def __init__(self, *args: Any, earlier: QuerySet[Task], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if earlier.exists():
            self.fields["predecessor"].queryset = earlier  # type: ignore[attr-defined]
        else:
            del self.fields["predecessor"]


class EndTaskForm(ChangeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True

    @property
    def after(self) -> Json:
        return self.before


class DutyChangeForm(ChangeForm):
    text = forms.CharField(label=gettext_lazy("Standing duty"), widget=long_text(4))
    field_order = ("body", "text", "reason")

    def __init__(self, *args: Any, before: Json, **kwargs: Any) -> None:
        kwargs["initial"] = {**before, **(kwargs.get("initial") or {})}
        super().__init__(*args, before=before, **kwargs)

    @property
    def after(self) -> Json:
        return {**self.before, "text": self.cleaned_data["text"]}


class NewDutyForm(DutyChangeForm):
    body = forms.CharField(
        label=gettext_lazy("Body or group"), help_text=gettext_lazy("As the directory names it.")
    )

    def clean_body(self) -> Json:
        found = self.bodies_of(self.cleaned_data["body"], "body", {})
        return found[0] if found else {"printed": "", "code": ""}

    @property
    def after(self) -> Json:
        body = self.cleaned_data["body"]
        return {"body": body["printed"], "code": body["code"], "text": self.cleaned_data["text"]}


class RuleChangeForm(ChangeForm):
    who = forms.CharField(label=gettext_lazy("Who reports"), required=False, widget=long_text(2))
    to = forms.CharField(label=gettext_lazy("Reports to"), required=False, max_length=300)
    when_text = forms.CharField(label=gettext_lazy("When, as printed"), widget=long_text(2))
    recurrence = forms.ChoiceField(
        label=gettext_lazy("How often"), required=False, choices=[("", "–"), *RECURRENCES.items()]
    )
    month_day = forms.RegexField(
        r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])",
        label=gettext_lazy("Day of the year"),
        required=False,
        help_text=gettext_lazy("Month and day, such as 11-02, where it comes every year."),
    )
    due_on = forms.DateField(label=gettext_lazy("Due"), required=False, widget=DayInput)
    is_before = forms.BooleanField(label=gettext_lazy("The day itself is too late"), required=False)
    field_order = ("who", "to", "when_text", "recurrence", "month_day", "due_on", "is_before", "reason")

    def __init__(self, *args: Any, before: Json, **kwargs: Any) -> None:
        kwargs["initial"] = {**before, **(kwargs.get("initial") or {})}
        super().__init__(*args, before=before, **kwargs)

    @property
    def after(self) -> Json:
        given = self.cleaned_data
        words = ("who", "to", "when_text", "recurrence", "month_day", "is_before")
        return {**{key: given[key] for key in words}, "due_on": _iso(given["due_on"])}


CHANGE_FORMS: dict[str, type[ChangeForm]] = {
    Kind.ADD_TASK: NewTaskForm,
    Kind.CHANGE_TASK: TaskChangeForm,
    Kind.END_TASK: EndTaskForm,
    Kind.ADD_DUTY: NewDutyForm,
    Kind.CHANGE_DUTY: DutyChangeForm,
    Kind.ADD_RULE: RuleChangeForm,
    Kind.CHANGE_RULE: RuleChangeForm,
}


def _typed(reading: Json) -> Json:
    """A reading as it is typed in a form: lists one a line."""
    lines = {role: "\n".join(body["printed"] for body in reading.get(role) or []) for role in TASK_ROLES}
    targets = "\n".join(f"{row['quantity']} {row['unit']}" for row in reading.get("targets") or [])
    return {**reading, **lines, "targets": targets}


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
