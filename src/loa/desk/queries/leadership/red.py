"""The red list: what is overdue, by how many days, why, and who owes the next step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.core.text import headline
from loa.core.workflow import Flow
from loa.desk.queries.leadership import rows
from loa.desk.queries.leadership.scope import Scope
from loa.directory.models import Agency
from loa.plans.models import Assignment, Explanation, Extension, ProgressNote
from loa.plans.queries import accepting_agency
from loa.plans.states import ASSIGNMENT, EXPLANATION
from loa.reports.models import ReportRound
from loa.reports.states import REPORT

SHOWN = 8
NAMED = 5
FOCAL_POINT, HEAD = pgettext_lazy("role", "Focal point"), _("Head")
KINDS = {
    "assignment": pgettext_lazy("of a plan", "Task"),
    "round": _("Report"),
    "explanation": _("Explanation asked"),
}
# Who takes a step of this permission: the agency itself or who accepts its work, and in which role.
_OWED_BY = {
    "plans.work_on_assignment": ("own", _("Focal point or officer in charge")),
    "plans.approve_assignment": ("own", HEAD),
    "plans.accept_assignment": ("accepting", FOCAL_POINT),
    "plans.give_explanation": ("own", FOCAL_POINT),
    "reports.write_report": ("own", FOCAL_POINT),
    "reports.submit_report": ("own", HEAD),
}


@dataclass(frozen=True, slots=True)
class Overdue:
    """One overdue matter as it is counted and kept: `kind` is assignment, explanation, or round with the
    `count` of its missing reports.
    """

    kind: str
    pk: int
    days: int
    state: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Owed:
    """The step that comes next: whose, in which role, and what it is called. `agency` None: each of those named."""

    agency: Agency | None
    role: Any
    step: Any


@dataclass(frozen=True, slots=True)
class RedRow:
    kind: str
    obj: Any
    title: str
    url: str
    agencies: list[Agency]
    hidden_count: int  # further agencies that are not named
    days: int
    reason: str
    owed: Owed

    @property
    def kind_label(self) -> Any:
        return KINDS[self.kind]


def most_overdue(scope: Scope) -> list[Overdue]:
    """The worst matters of all kinds, the longest overdue first. Four queries."""
    found = [*_assignments(scope), *_reports(scope), *_explanations(scope)]
    return sorted(found, key=lambda row: (-row.days, row.kind, row.pk))[:SHOWN]


def _assignments(scope: Scope) -> Iterator[Overdue]:
    for row in rows.late_assignments(scope).select_related("task")[:SHOWN]:
        yield Overdue("assignment", row.pk, assignment_days(row, scope.day), row.then_state)


def assignment_days(row: Any, day: date) -> int:
    """Days since the last day in time, of an assignment as `assignments_then` gives it."""
    is_before = row.task.is_due_before and row.then_due_on == row.task.due_on
    return overdue_days(row.then_due_on, day, is_before=is_before)


def overdue_days(due_on: date, day: date, *, is_before: bool = False) -> int:
    return (day - (due_on - timedelta(days=1) if is_before else due_on)).days


def _reports(scope: Scope) -> Iterator[Overdue]:
    """One matter for each round, however many agencies owe it."""
    missing = dict(rows.late_reports(scope).order_by().values_list("round").annotate(Count("pk")))
    for row in ReportRound.objects.filter(pk__in=missing):
        days = overdue_days(row.due_on, scope.day, is_before=row.is_due_before)
        yield Overdue("round", row.pk, days, "open", missing[row.pk])


def _explanations(scope: Scope) -> Iterator[Overdue]:
    for row in rows.late_explanations(scope)[:SHOWN]:
        if row.due_on:
            yield Overdue("explanation", row.pk, overdue_days(row.due_on, scope.day), "asked")


def red_rows(overdue: Iterable[Overdue], scope: Scope) -> list[RedRow]:
    """The matters with their words. Nine queries, whatever their number."""
    found = list(overdue)
    assignments = _with_plan(Assignment.objects.all(), "", _keys(found, "assignment"))
    explanations = _with_plan(Explanation.objects.all(), "assignment__", _keys(found, "explanation"))
    rounds = ReportRound.objects.in_bulk(_keys(found, "round"))
    owing = _owing(scope, rounds)
    reasons = _reasons(assignments, scope.moment)
    waiting = set(
        rows.asked_extensions(scope).filter(assignment__in=assignments).values_list("assignment", flat=True)
    )
    shown = {
        "assignment": lambda row: _of_assignment(assignments[row.pk], row, reasons, waiting),
        "explanation": lambda row: _of_explanation(explanations[row.pk], row),
        "round": lambda row: _of_round(rounds[row.pk], row, owing[row.pk]),
    }  # fmt: skip
    return [shown[row.kind](row) for row in found]


def _keys(found: list[Overdue], kind: str) -> list[int]:
    return [row.pk for row in found if row.kind == kind]


def _with_plan(objects: QuerySet, prefix: str, keys: list[int]) -> dict[int, Any]:
    names = ("task", "agency", "plan__coordinator", "plan__accepting_office")
    return objects.select_related(*(f"{prefix}{name}" for name in names)).in_bulk(keys)


def _of_assignment(row: Assignment, overdue: Overdue, reasons: dict[int, str], waiting: set[int]) -> RedRow:
    owed = owed_for_assignment(row, overdue.state, waits_for_extension=row.pk in waiting)
    title, url = headline(row.task.content), row.get_absolute_url()
    return RedRow(
        "assignment", row, title, url, [row.agency], 0, overdue.days, reasons.get(row.pk, ""), owed
    )  # fmt: skip


def _of_explanation(row: Explanation, overdue: Overdue) -> RedRow:
    work = row.assignment
    owed = _owed(EXPLANATION, "asked", own=work.agency, accepting=accepting_agency(work))
    return RedRow(
        "explanation", row, headline(row.question), work.get_absolute_url(), [work.agency], 0, overdue.days, "", owed
    )  # fmt: skip


def _owing(scope: Scope, rounds: Iterable[int]) -> dict[int, list[Any]]:
    """The reports that are missing in some rounds, those of bodies that are ordered first. One query."""
    found: dict[int, list[Any]] = {key: [] for key in rounds}
    missing = rows.late_reports(scope).filter(round__in=found).select_related("agency")
    for report in sorted(missing, key=lambda row: (row.agency.is_political, row.agency.sort_name)):
        found[report.round_id].append(report)
    return found


def _of_round(row: ReportRound, overdue: Overdue, reports: list[Any]) -> RedRow:
    if len(reports) == 1:
        owed = _owed(REPORT, reports[0].then_state, own=reports[0].agency, accepting=reports[0].agency)
    else:
        owed = Owed(None, _("each of these agencies"), _("Submit the report"))
    named = [report.agency for report in reports[:NAMED]]
    hidden_count = max(0, overdue.count - len(named))
    return RedRow(
        "round", row, row.title, row.get_absolute_url(), named, hidden_count, overdue.days, "", owed
    )  # fmt: skip


def owed_for_assignment(row: Assignment, state: str, *, waits_for_extension: bool = False) -> Owed:
    """By the state: submitted → who accepts it owes the answer; with the head → the head. A question
    about more time comes before the work itself.
    """
    accepting = accepting_agency(row)
    if waits_for_extension and state != "submitted":
        return Owed(accepting, FOCAL_POINT, _("Answer the request for more time"))
    return _owed(ASSIGNMENT, state, own=row.agency, accepting=accepting)


def _owed(flow: Flow, state: str, *, own: Agency, accepting: Agency) -> Owed:
    """The step that leads on from a state: the first one that does not send back."""
    step = next(step for step in flow.steps if state in step.sources and step.tone != "danger")
    side, role = _OWED_BY[step.permission]
    return Owed(own if side == "own" else accepting, role, step.label)


def _reasons(keys: Iterable[int], moment: datetime | None) -> dict[int, str]:
    """The latest of: the explanation given, the obstacle noted, what was said of more time. Three queries."""
    keys = list(keys)
    told: list[Any] = []
    given = Explanation.objects.filter(assignment__in=keys, given_at__isnull=False)
    told += given.values_list("given_at", "assignment", "answer")
    noted = ProgressNote.objects.filter(assignment__in=keys).exclude(obstacles="")
    told += noted.values_list("at", "assignment", "obstacles")
    for asked_at, decided_at, work, reason, answer in Extension.objects.filter(
        assignment__in=keys
    ).values_list("asked_at", "decided_at", "assignment", "reason", "answer"):
        told.append((asked_at, work, reason))
        if decided_at and answer:
            told.append((decided_at, work, answer))
    return {work: headline(words) for at, work, words in sorted(told) if moment is None or at < moment}
