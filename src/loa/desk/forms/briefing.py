from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.core import clock
from loa.core.forms import DayInput
from loa.desk.forms.leadership import PlanChoice
from loa.desk.models import BriefingPack
from loa.plans.models import Plan

BLANK_ROWS = 3


class NewBriefingForm(forms.Form):
    """A period of a plan. The half year of the reports is filled in."""

    plan = PlanChoice(label=gettext_lazy("Plan"), queryset=Plan.objects.none(), empty_label=None)
    start = forms.DateField(label=gettext_lazy("From"), widget=DayInput)
    end = forms.DateField(label=gettext_lazy("To"), widget=DayInput)
    title = forms.CharField(
        label=gettext_lazy("Title"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Left empty, plan and days make it."),
    )

    def __init__(self, data: Any = None, *, plans: QuerySet[Plan], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["plan"].queryset = plans  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        start, end = given.get("start"), given.get("end")
        if start and end and end < start:
            self.add_error("end", _("It ends before it begins."))
        if end and end > clock.today():
            self.add_error("end", _("The period has not ended yet."))
        return given


class BriefingForm(forms.Form):
    """What a person adds to what was gathered."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=300)
    contact = forms.CharField(
        label=gettext_lazy("Whom the press may ask"), required=False, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, data: Any = None, *, pack: BriefingPack) -> None:
        super().__init__(data, initial={"title": pack.title, "contact": pack.contact})
        self.row_count = len(pack.questions) + BLANK_ROWS
        for place in range(self.row_count):
            known = pack.questions[place] if place < len(pack.questions) else {}
            words = {"n": place + 1}
            self.fields[f"question_{place}"] = forms.CharField(
                label=_("Question %(n)s") % words,
                required=False,
                max_length=500,
                initial=known.get("question", ""),
            )
            self.fields[f"answer_{place}"] = forms.CharField(
                label=_("Proposed answer %(n)s") % words,
                required=False,
                max_length=5000,
                initial=known.get("answer", ""),
                widget=forms.Textarea({"rows": 3}),
            )

    def rows(self) -> Iterator[tuple[BoundField, BoundField]]:
        for place in range(self.row_count):
            yield self[f"question_{place}"], self[f"answer_{place}"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        questions = []
        for place in range(self.row_count):
            question = " ".join((given.pop(f"question_{place}", "") or "").split())
            answer = (given.pop(f"answer_{place}", "") or "").strip()
            if question:
                questions.append({"question": question, "answer": answer})
            elif answer:
                self.add_error(f"question_{place}", _("An answer needs its question."))
        return {**given, "questions": questions}


class BriefingStepForm(forms.Form):
    note = forms.CharField(label=gettext_lazy("Note"), required=False, widget=forms.Textarea({"rows": 3}))

    def __init__(self, data: Any = None, *, needs_note: bool) -> None:
        super().__init__(data)
        if needs_note:
            self.fields["note"].required = True
            self.fields["note"].label = _("Reason")


class PlainYesForm(forms.Form):
    """A plain yes."""
