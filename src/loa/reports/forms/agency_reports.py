"""Which fields a report has depends on its lines and its outline."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loa.reports.forms.plain import day_input
from loa.reports.forms.quantities import QuantityField
from loa.reports.models import AgencyReport, ReportFigure, ReportLine
from loa.reports.queries.evidence import Evidence, work_key
from loa.reports.queries.outline import label_of, title_of

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


@dataclass(frozen=True, slots=True)
class FigureFields:
    """One row of a figure table: what the register has, what the agency says."""

    figure: ReportFigure
    label: str
    unit: str
    value: forms.BoundField
    estimate: forms.BoundField
    reason: forms.BoundField


class ReportForm(forms.Form):
    """The composer: every line, every figure, every asked section. Field ids are the anchors of what is missing."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        report: AgencyReport,
        lines: Iterable[ReportLine],
        texts: dict[str, str],
        evidence: dict[Any, Evidence],
        figures: Iterable[ReportFigure] = (),
        needs_late_reason: bool,
    ) -> None:
        super().__init__(data, auto_id="%s", initial={"version": report.version})
        self.lines, self.evidence = list(lines), evidence
        self.sections = report.round.asked_sections
        for line in self.lines:
            self._add_line(line)
        self.tables = report.round.template.tables
        self.figures = {(figure.table, figure.row): figure for figure in figures}
        for figure in self.figures.values():
            self._add_figure(figure)
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

    def _add_figure(self, figure: ReportFigure) -> None:
        name, label = f"figure-{figure.pk}", label_of(figure.spec(self.tables))
        number = {"inputmode": "decimal", "autocomplete": "off"}
        for field, words, initial in (
            ("value", _("%(what)s: done to the cut-off"), figure.value),
            ("estimate", _("%(what)s: estimate for the full period"), figure.estimate),
        ):
            widget = forms.TextInput(attrs={**number, "aria-label": words % {"what": label}})
            self.fields[f"{name}-{field}"] = QuantityField(
                label=words % {"what": label}, required=False, initial=initial, widget=widget
            )
        words = _("%(what)s: why it differs, or is zero") % {"what": label}
        self.fields[f"{name}-reason"] = forms.CharField(
            label=words,
            required=False,
            initial=figure.reason,
            widget=forms.Textarea(attrs={"rows": 1, "aria-label": words}),
        )

    def figure_tables(self) -> list[tuple[str, list[FigureFields]]]:
        """(title, rows) of every table of which the report has rows."""
        tables = [
            (
                title_of(table),
                [
                    self._figure_fields(figure, row)
                    for row in table["rows"]
                    if (figure := self.figures.get((table["key"], row["key"])))
                ],
            )
            for table in self.tables
        ]
        return [(title, rows) for title, rows in tables if rows]

    def _figure_fields(self, figure: ReportFigure, row: dict[str, Any]) -> FigureFields:
        value, estimate, reason = (
            self[f"figure-{figure.pk}-{field}"] for field in ("value", "estimate", "reason")
        )
        return FigureFields(figure, label_of(row), row["unit"], value, estimate, reason)

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
        lines: dict[int, dict[str, Any]] = {}
        figures: dict[int, dict[str, Any]] = {}
        for name, value in sent.items():
            if name.startswith(("line-", "figure-")):
                prefix, pk, field = name.split("-", 2)
                (lines if prefix == "line" else figures).setdefault(int(pk), {})[field] = value
        texts = {
            name.removeprefix("text-"): value for name, value in sent.items() if name.startswith("text-")
        }
        return {
            "version": self.cleaned_data["version"],
            "texts": texts,
            "lines": lines,
            "figures": figures,
            "late_reason": sent.get("late_reason"),
        }


class AttachmentForm(forms.Form):
    title = forms.CharField(
        label=_("What it is"),
        max_length=300,
        required=False,
        help_text=_("Left empty, the file's name stands."),
    )
    file = forms.FileField(label=_("File"))


class CommentForm(forms.Form):
    text = forms.CharField(label=_("Comment"), widget=forms.Textarea(attrs={"rows": 4}))


class ReplyForm(forms.Form):
    text = forms.CharField(label=_("Reply"), widget=forms.Textarea(attrs={"rows": 3}))


class ExplanationForm(forms.Form):
    text = forms.CharField(label=_("What is to be explained"), widget=forms.Textarea(attrs={"rows": 4}))
    due_on = forms.DateField(label=_("Answer by"), widget=day_input())
