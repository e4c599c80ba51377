"""The plan as columns by state, as bars over months, and as a matrix of what is told in which form."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, F, QuerySet

from loa.plans.models import Assignment, CommunicationForm, Plan, Talk, Topic
from loa.plans.queries.standing import Standing
from loa.plans.states import ASSIGNMENT_STATES

CARDS = 25  # per column; the list shows all


@dataclass(frozen=True, slots=True)
class Column:
    state: str
    label: Any
    count: int
    cards: list[Assignment]

    @property
    def hidden_count(self) -> int:
        return self.count - len(self.cards)


def board(assignments: QuerySet[Assignment]) -> list[Column]:
    """A column per state with its most urgent cards. Nine queries, whatever the number of cards."""
    counts = dict(assignments.order_by().values_list("state").annotate(Count("pk")))
    ordered = assignments.select_related("task", "agency").order_by(F("due_on").asc(nulls_last=True), "pk")
    return [
        Column(
            state,
            label,
            counts.get(state, 0),
            list(ordered.filter(state=state)[:CARDS]) if counts.get(state) else [],
        )
        for state, label in ASSIGNMENT_STATES.items()
        if state != "passed_on" or counts.get(state)
    ]


@dataclass(frozen=True, slots=True)
class Month:
    """A month on the scale; `x` and `width` are days from the scale's first day."""

    first: date
    x: int
    width: int
    is_named: bool


@dataclass(frozen=True, slots=True)
class Scale:
    """Days from the first to the last month shown."""

    first: date
    last: date
    months: list[Month]

    @property
    def width(self) -> int:
        return (self.last - self.first).days + 1

    def x(self, day: date) -> int:
        return max(0, min(self.width, (day - self.first).days))


@dataclass(frozen=True, slots=True)
class Span:
    """One assignment's bar, in days on the scale."""

    assignment: Assignment
    starts_on: date
    ends_on: date
    x: int
    width: int
    standing: Standing


def month_scale(first: date, last: date) -> Scale:
    start = first.replace(day=1)
    end = last.replace(day=monthrange(last.year, last.month)[1])
    months: list[Month] = []
    month = start
    every = 1 + ((end.year - start.year) * 12 + end.month - start.month) // 18  # names need room
    while month <= end:
        days = monthrange(month.year, month.month)[1]
        months.append(Month(month, (month - start).days, days, is_named=len(months) % every == 0))
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return Scale(start, end, months)


def spans(assignments: Iterable[Any], scale: Scale) -> list[Span]:
    """Bars of assignments that carry `standing`; one without a due date runs to the scale's end."""
    found = []
    for assignment in assignments:
        starts_on = assignment.task.starts_on or assignment.assigned_on
        ends_on = assignment.due_on or scale.last
        x = scale.x(min(starts_on, ends_on))
        width = max(2, scale.x(ends_on) + 1 - x)
        found.append(Span(assignment, starts_on, ends_on, x, width, Standing(assignment.standing)))
    return found


@dataclass(slots=True)
class Cell:
    """Tasks and woven-in talks that tell a topic in a form, and whose they are. Empty: nobody tells it."""

    task_count: int = 0
    talk_count: int = 0
    agencies: list[str] = field(default_factory=list)

    @property
    def is_gap(self) -> bool:
        return not self.task_count and not self.talk_count


@dataclass(frozen=True, slots=True)
class Coverage:
    forms: list[CommunicationForm]
    rows: list[tuple[Topic, list[Cell]]]
    unclassified_count: int

    @property
    def gap_count(self) -> int:
        return sum(cell.is_gap for _topic, cells in self.rows for cell in cells)


def coverage(
    plan: Plan, assignments: QuerySet[Assignment], talks: QuerySet[Talk], prefix: str = ""
) -> Coverage:
    """Topic × form × agency. Seven queries. `prefix` names the state that was (`queries.then`).

    Talks count with their own body, whichever task is looked at; where one lead is chosen, its talks alone.
    """
    forms, topics = list(plan.forms.all()), list(plan.topics.all())
    assignments = assignments.exclude(**{f"{prefix}state": "ended"})  # nobody tells any more what was ended
    pairs = assignments.order_by().annotate(topic=F("task__topics"), form=F("task__forms"))
    classified = pairs.filter(topic__isnull=False, form__isnull=False)
    cells: dict[tuple[int, int], Cell] = {}
    for topic, form, count in classified.values_list("topic", "form").annotate(Count("task", distinct=True)):
        cells[topic, form] = Cell(task_count=count)
    names = classified.values_list("topic", "form", "agency__name").distinct().order_by("agency__sort_name")
    for topic, form, name in names:
        cells[topic, form].agencies.append(name)
    _add_talks(cells, talks.filter(plan=plan, state="recorded"))
    unclassified = assignments.filter(task__topics__isnull=True) | assignments.filter(
        task__forms__isnull=True
    )
    return Coverage(
        forms=forms,
        rows=[(topic, [cells.get((topic.pk, form.pk), Cell()) for form in forms]) for topic in topics],
        unclassified_count=unclassified.values("task").distinct().count(),
    )


def _add_talks(cells: dict[tuple[int, int], Cell], talks: QuerySet[Talk]) -> None:
    told = talks.order_by().filter(topics__isnull=False, form__isnull=False)
    for topic, form, count in told.values_list("topics", "form").annotate(Count("pk", distinct=True)):
        cells.setdefault((topic, form), Cell()).talk_count = count
    names = told.values_list("topics", "form", "agency__name").distinct().order_by("agency__sort_name")
    for topic, form, name in names:
        if name not in cells[topic, form].agencies:
            cells[topic, form].agencies.append(name)
