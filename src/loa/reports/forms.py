"""Input → cleaned data. Which fields a report has depends on its lines and its outline."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loa.reports.models import AgencyReport, Consolidation, ReportLine, ReportRound, ReportTemplate
from loa.reports.queries.evidence import Evidence, work_key
from loa.reports.queries.outline import title_of
from loa.reports.queries.proposing import RoundProposal

Completion = ReportLine.Completion
TASK_ANSWERS = [
    ("", _("Choose…")),
    (Completion.FULL, Completion.FULL.label),
    (Completion.PARTLY, Completion.PARTLY.label),
    (Completion.NONE, Completion.NONE.label),
]
DUTY_ANSWERS = [
    ("", _("Choose…")),
    (Completion.FULL, _("Done")),
    (Completion.NOTHING_AROSE, Completion.NOTHING_AROSE.label),
    (Completion.NONE, Completion.NONE.label),
]


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class RoundForm(forms.Form):
    """What the plan's rules propose, to be corrected by a person."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ReportRound.Kind.choices)
    period = forms.CharField(label=_("Period"), max_length=20, help_text=_("Such as 2019 or 2019-Q1."))
    title = forms.CharField(label=_("Title of the report"), max_length=300)
    data_from = forms.DateField(label=_("Data from"), widget=_day())
    data_to = forms.DateField(label=_("Data to"), widget=_day())
    due_on = forms.DateField(label=_("Due"), widget=_day())
    is_due_before = forms.BooleanField(
        label=_("The paper says “before”: on that day it is late"), required=False
    )
    template = forms.ModelChoiceField(label=_("Outline"), queryset=ReportTemplate.objects.none())

    def __init__(self, *args: Any, proposal: RoundProposal, **kwargs: Any) -> None:
        fields = ("kind", "period", "title", "data_from", "data_to", "due_on", "is_due_before", "template")
        super().__init__(*args, initial={name: getattr(proposal, name) for name in fields}, **kwargs)
        self.fields["template"].queryset = ReportTemplate.objects.order_by("name_vi", "-valid_from")


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 4}))


class SubmitForm(forms.Form):
    late_reason = forms.CharField(
        label=_("Why the report is late"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )

    def __init__(self, *args: Any, report: AgencyReport, is_late: bool, **kwargs: Any) -> None:
        super().__init__(*args, initial={"late_reason": report.late_reason}, **kwargs)
        if not is_late:
            del self.fields["late_reason"]


class EmptyForm(forms.Form):
    """A plain yes."""


class IssueForm(forms.Form):
    on = forms.DateField(label=_("Date of the document"), widget=_day())


class SignedCopyForm(forms.Form):
    file = forms.FileField(
        label=_("Signed and sealed copy (.pdf)"), widget=forms.ClearableFileInput(attrs={"accept": ".pdf"})
    )


class SentenceForm(forms.Form):
    text = forms.CharField(label=_("Sentence"), widget=forms.Textarea(attrs={"rows": 4}))
    version = forms.IntegerField(widget=forms.HiddenInput)


class NewSentenceForm(forms.Form):
    section = forms.ChoiceField(label=_("Section"))
    text = forms.CharField(label=_("Sentence"), widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, consolidation: Consolidation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leaves = consolidation.round.template.leaves
        self.fields["section"].choices = [(leaf["key"], title_of(leaf)) for leaf in leaves]


@dataclass(frozen=True, slots=True)
class LineFields:
    line: ReportLine
    evidence: Evidence
    result: forms.BoundField
    completion: forms.BoundField
    reason: forms.BoundField

    @property
    def fields(self) -> tuple[forms.BoundField, ...]:
        return (self.completion, self.result, self.reason)


class ReportForm(forms.Form):
    """The composer: every line, every asked section. Field ids are the anchors of what is missing."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        report: AgencyReport,
        lines: Iterable[ReportLine],
        texts: dict[str, str],
        evidence: dict[Any, Evidence],
        needs_late_reason: bool,
    ) -> None:
        super().__init__(data, auto_id="%s", initial={"version": report.version})
        self.lines, self.evidence = list(lines), evidence
        self.sections = report.round.template.asked_sections
        for line in self.lines:
            self._add_line(line)
        for section in self.sections:
            self._add_text(f"text-{section['key']}", title_of(section), texts.get(section["key"], ""), rows=4)
        if needs_late_reason:
            self._add_text("late_reason", _("Why the report is late"), report.late_reason, rows=2)

    def _add_text(self, name: str, label: Any, initial: str, *, rows: int) -> None:
        widget = forms.Textarea(attrs={"rows": rows, "data-cite": ""})
        self.fields[name] = forms.CharField(label=label, required=False, initial=initial, widget=widget)

    def _add_line(self, line: ReportLine) -> None:
        answers = TASK_ANSWERS if line.assignment_id else DUTY_ANSWERS
        self._add_text(f"line-{line.pk}-result", _("What was done"), line.result, rows=4)
        self.fields[f"line-{line.pk}-completion"] = forms.ChoiceField(
            label=_("How far it is"), choices=answers, required=False, initial=line.completion
        )
        self.fields[f"line-{line.pk}-reason"] = forms.CharField(
            label=_("Reason or note"),
            required=False,
            initial=line.reason,
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    def line_fields(self) -> list[LineFields]:
        return [
            LineFields(
                line,
                self.evidence.get(work_key(line)) or Evidence(),
                self[f"line-{line.pk}-result"],
                self[f"line-{line.pk}-completion"],
                self[f"line-{line.pk}-reason"],
            )
            for line in self.lines
        ]

    def task_fields(self) -> list[LineFields]:
        return [fields for fields in self.line_fields() if fields.line.assignment_id]

    def duty_fields(self) -> list[LineFields]:
        return [fields for fields in self.line_fields() if fields.line.duty_assignment_id]

    def text_fields(self) -> list[forms.BoundField]:
        return [self[f"text-{section['key']}"] for section in self.sections]

    def typed(self) -> dict[str, Any]:
        """What `save_report` takes. Only what was sent: a shorter form changes less."""
        sent = {name: value for name, value in self.cleaned_data.items() if name in self.data}
        lines: dict[int, dict[str, str]] = {}
        for name, value in sent.items():
            if name.startswith("line-"):
                _prefix, pk, field = name.split("-", 2)
                lines.setdefault(int(pk), {})[field] = value
        texts = {
            name.removeprefix("text-"): value for name, value in sent.items() if name.startswith("text-")
        }
        return {
            "version": self.cleaned_data["version"],
            "texts": texts,
            "lines": lines,
            "late_reason": sent.get("late_reason"),
        }
