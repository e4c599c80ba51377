"""Which fields a report has depends on its lines and its outline."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loa.reports.models import AgencyReport, ReportLine
from loa.reports.queries.evidence import Evidence, work_key
from loa.reports.queries.outline import title_of

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


class SubmitForm(forms.Form):
    late_reason = forms.CharField(
        label=_("Why the report is late"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )

    def __init__(self, *args: Any, report: AgencyReport, is_late: bool, **kwargs: Any) -> None:
        super().__init__(*args, initial={"late_reason": report.late_reason}, **kwargs)
        if not is_late:
            del self.fields["late_reason"]


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
        self.sections = report.round.asked_sections
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
