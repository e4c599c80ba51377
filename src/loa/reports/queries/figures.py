"""One definition per figure: its value is the sum over the rows behind it, so the number on the page,
the number in the report and the rows can never disagree. Pure: facts in, figures out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from loa.reports.queries.facts import DutyFacts, Facts, LineFacts


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was counted. `report` and `line` point to where an agency says so."""

    label: str
    agency: str = ""
    quantity: Decimal = Decimal(1)
    report: int | None = None
    line: int | None = None
    task: int | None = None
    deliverable: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """`goal` is what was asked for, where the plan says how much."""

    key: str
    label: str
    rows: tuple[Row, ...]
    unit: str = ""
    goal: Decimal | None = None

    @property
    def value(self) -> Decimal:
        return sum((row.quantity for row in self.rows), start=Decimal())

    @property
    def is_reached(self) -> bool:
        return self.goal is not None and self.value >= self.goal


def figures_of(facts: Facts) -> dict[str, Figure]:
    """All figures of a consolidated report by key, in the order in which they are shown."""
    labels = facts.wording["figures"]
    counted = {**_report_figures(facts), **_task_figures(facts), **_duty_figures(facts)}
    counted["deliverables"] = _deliverables(facts)
    figures = {key: Figure(key, labels[key], tuple(rows)) for key, rows in counted.items()}
    return figures | {figure.key: figure for figure in _targets(facts)}


def _report_figures(facts: Facts) -> dict[str, list[Row]]:
    rows = [(agency, Row(agency.name, agency.name, report=agency.report)) for agency in facts.agencies]
    return {
        "agencies": [row for _, row in rows],
        "reported": [row for agency, row in rows if agency.has_reported],
        "late": [row for agency, row in rows if agency.has_reported and agency.is_late],
        "missing": [row for agency, row in rows if not agency.has_reported],
    }


def _task_figures(facts: Facts) -> dict[str, list[Row]]:
    reports = _reports(facts)
    lines = [
        (line, _row(line, f"{task.no}. {task.content}", reports, task=task.task))
        for task in facts.tasks
        for line in task.lines
    ]

    def having(test: Callable[[LineFacts], bool]) -> list[Row]:
        return [row for line, row in lines if test(line)]

    return {
        "tasks": [Row(f"{task.no}. {task.content}", task=task.task) for task in facts.tasks],
        "lines": [row for _, row in lines],
        "full": having(lambda line: line.completion == "full"),
        "partly": having(lambda line: line.completion == "partly"),
        "none": having(lambda line: line.is_reported and line.completion not in {"full", "partly"}),
        "unreported": having(lambda line: not line.is_reported),
    }


def _duty_figures(facts: Facts) -> dict[str, list[Row]]:
    reports = _reports(facts)
    lines = [
        (line, _row(line, f"{duty.body}: {duty.text}", reports))
        for duty in facts.duties
        for line in duty.lines
    ]

    def having(test: Callable[[LineFacts], bool]) -> list[Row]:
        return [row for line, row in lines if test(line)]

    return {
        "duties": [Row(f"{duty.body}: {duty.text}") for duty in facts.duties],
        "duty_pairs": [row for _, row in lines],
        "duty_done": having(lambda line: line.is_done_duty),
        "duty_nothing": having(lambda line: line.completion == "nothing_arose"),
        "duty_not_done": having(lambda line: line.completion == "none"),
        "duty_unreported": having(lambda line: not line.is_reported),
    }


def _reports(facts: Facts) -> dict[int, int | None]:
    return {agency.agency: agency.report for agency in facts.agencies}


def _row(line: LineFacts, label: str, reports: dict[int, int | None], task: int | None = None) -> Row:
    return Row(label, line.name, report=reports.get(line.agency), line=line.line, task=task)


def _deliverables(facts: Facts) -> list[Row]:
    return [
        Row(row.title, row.name, row.quantity, task=row.task, deliverable=row.deliverable)
        for row in facts.deliverables
    ]


def _targets(facts: Facts) -> Iterator[Figure]:
    for task in facts.tasks:
        for target in task.targets:
            yield Figure(
                key=f"target:{target.target}",
                label=target.measure or target.unit,
                rows=tuple(
                    Row(row.title, row.name, row.quantity, task=task.task, deliverable=row.deliverable)
                    for row in target.rows
                ),
                unit=target.unit,
                goal=target.quantity,
            )


def duty_tally(duty: DutyFacts) -> dict[str, list[LineFacts]]:
    """A duty's bodies by how it went: done, nothing_arose, none, unreported."""
    tally: dict[str, list[LineFacts]] = {"done": [], "nothing_arose": [], "none": [], "unreported": []}
    for line in duty.lines:
        if not line.is_reported:
            tally["unreported"].append(line)
        else:
            tally["done" if line.is_done_duty else line.completion].append(line)
    return tally


def deliverables_by_unit(facts: Facts) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for row in facts.deliverables:
        sums[row.unit] = sums.get(row.unit, Decimal()) + row.quantity
    return sums
