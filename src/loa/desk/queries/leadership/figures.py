"""All figures of the leadership view, counted together. Each is the number of the rows in `rows`.

They can be kept as JSON and shown later; whoever counts them again for the same moment gets the same.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from loa.desk.queries.leadership import rows
from loa.desk.queries.leadership.red import Overdue, most_overdue
from loa.desk.queries.leadership.scope import Scope
from loa.plans.queries import THEN, Tally, TargetCount, by_agency_and_state, coverage, sum_of, target_counts
from loa.reports.queries import RoundCount, report_tallies, round_counts

TARGETS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class TargetFigure:
    target: int
    counted: Decimal


@dataclass(frozen=True, slots=True)
class CellFigure:
    """How many tasks tell a topic in a form, and how many talks in other meetings."""

    topic: int
    form: int
    task_count: int
    talk_count: int


@dataclass(frozen=True, slots=True)
class ChangeFigures:
    """What happened after the day compared with, by kind of act, and what has become overdue since."""

    counts: dict[str, int]
    newly_late: int


@dataclass(frozen=True, slots=True)
class Figures:
    day: date
    since: date
    tally: Tally
    states: dict[str, int]
    agencies: list[tuple[int, Tally]]  # their work
    reports: list[tuple[int, Tally]]  # their reports
    task_count: int
    target_count: int
    reached_count: int
    targets: list[TargetFigure]  # the furthest from what was asked first
    late_report_count: int
    late_explanation_count: int
    overdue: list[Overdue]
    changes: ChangeFigures
    rounds: list[RoundCount]
    cells: list[CellFigure]
    unclassified_count: int

    @property
    def overdue_count(self) -> int:
        return self.tally.late + self.late_report_count + self.late_explanation_count

    def to_json(self) -> dict[str, Any]:
        data = asdict(self)
        data["day"], data["since"] = self.day.isoformat(), self.since.isoformat()
        data["targets"] = [[row.target, str(row.counted)] for row in self.targets]
        return data

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Figures:
        return cls(
            **{
                **data,
                "day": date.fromisoformat(data["day"]),
                "since": date.fromisoformat(data["since"]),
                "tally": Tally(**data["tally"]),
                "agencies": [(pk, Tally(**tally)) for pk, tally in data["agencies"]],
                "reports": [(pk, Tally(**tally)) for pk, tally in data["reports"]],
                "targets": [TargetFigure(pk, Decimal(counted)) for pk, counted in data["targets"]],
                "overdue": [Overdue(**row) for row in data["overdue"]],
                "changes": ChangeFigures(**data["changes"]),
                "rounds": [RoundCount(**row) for row in data["rounds"]],
                "cells": [CellFigure(**row) for row in data["cells"]],
            }
        )


def count_figures(scope: Scope) -> Figures:
    """A fixed number of queries, each over the rows of the scope."""
    agencies, states = by_agency_and_state(rows.assignments(scope), scope.day, THEN)
    counts = _target_counts(scope)
    covered = coverage(scope.plan, rows.assignments(scope), rows.talks(scope), THEN)
    return Figures(
        day=scope.day,
        since=scope.since,
        tally=sum_of(row.tally for row in agencies),
        states=states,
        agencies=[(row.agency.pk, row.tally) for row in agencies],
        reports=sorted(report_tallies(rows.reports(scope), scope.day, scope.moment).items()),
        task_count=rows.tasks(scope).count(),
        target_count=len(counts),
        reached_count=sum(count.is_reached for count in counts),
        targets=[TargetFigure(count.target.pk, count.counted) for count in _furthest(counts)],
        late_report_count=rows.late_reports(scope).count(),
        late_explanation_count=rows.late_explanations(scope).count(),
        overdue=most_overdue(scope),
        changes=count_changes(scope),
        rounds=_rounds(scope),
        cells=[
            CellFigure(topic.pk, form.pk, cell.task_count, cell.talk_count)
            for topic, cells in covered.rows
            for form, cell in zip(covered.forms, cells, strict=True)
            if not cell.is_gap
        ],
        unclassified_count=covered.unclassified_count,
    )


def count_changes(scope: Scope) -> ChangeFigures:
    return ChangeFigures(
        counts={kind: rows.changes(scope, kind).count() for kind in rows.CHANGES},
        newly_late=rows.newly_late(scope).count(),
    )


def _target_counts(scope: Scope) -> list[TargetCount]:
    counts = target_counts(rows.running_tasks(scope), scope.day, scope.moment)
    return [count for of_task in counts.values() for count in of_task]


def _furthest(counts: list[TargetCount]) -> list[TargetCount]:
    return sorted(counts, key=lambda count: (count.done / count.quantity, count.target.pk))[:TARGETS_SHOWN]


def _rounds(scope: Scope) -> list[RoundCount]:
    counts = round_counts(rows.reports(scope))
    return [counts[key] for key in sorted(counts, reverse=True)]
