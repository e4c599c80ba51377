"""The plan at a glance. Every figure is counted in the database, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from loa.directory.models import Agency
from loa.plans.models import Assignment, Deliverable, DutyAssignment, Plan, ProgressNote, Task, Topic
from loa.plans.queries.standing import Standing, Tally, standing_on, tally_of_tasks
from loa.plans.queries.target import TargetCount, target_counts


@dataclass(frozen=True, slots=True)
class AgencyTally:
    agency: Agency
    tally: Tally


@dataclass(frozen=True, slots=True)
class TopicTally:
    """`topic` is None for tasks that nobody has classified."""

    topic: Topic | None
    tally: Tally


@dataclass(frozen=True, slots=True)
class DutyCount:
    """`answered` standing duties have a note or evidence."""

    answered: int
    total: int


@dataclass(frozen=True, slots=True)
class PlanOverview:
    plan: Plan
    day: date
    tasks: Tally
    assignments: Tally
    states: dict[str, int]
    agencies: list[AgencyTally]
    topics: list[TopicTally]
    targets: list[TargetCount]
    duties: DutyCount

    @property
    def reached_target_count(self) -> int:
        return sum(count.is_reached for count in self.targets)


@dataclass(frozen=True, slots=True)
class TaskProgress:
    """A task's progress is a count over its assignments. `standing` is None where nobody leads it."""

    tally: Tally
    standing: Standing | None


def plan_overview(plan: Plan, today: date) -> PlanOverview:
    """Eight queries, whatever the size of the plan."""
    assignments = Assignment.objects.filter(plan=plan)
    by_agency, states = by_agency_and_state(assignments, today)
    counts = target_counts(Task.objects.filter(plan=plan, ended_on__isnull=True))
    return PlanOverview(
        plan=plan,
        day=today,
        tasks=tally_of_tasks(Task.objects.filter(plan=plan), today),
        assignments=sum_of(row.tally for row in by_agency),
        states=states,
        agencies=by_agency,
        topics=topic_tallies(plan, today),
        targets=[count for task_counts in counts.values() for count in task_counts],
        duties=duty_count(DutyAssignment.objects.filter(plan=plan, ended_on__isnull=True)),
    )


def agency_tallies(assignments: QuerySet[Assignment], day: date) -> list[AgencyTally]:
    """Per lead agency, in the order of names. Two queries."""
    return by_agency_and_state(assignments, day)[0]


def by_agency_and_state(
    assignments: QuerySet[Assignment], day: date, prefix: str = ""
) -> tuple[list[AgencyTally], dict[str, int]]:
    """Standings per lead agency and counts per state; `prefix` names what was (`queries.then`). Two queries."""
    rows = (
        assignments.exclude(**{f"{prefix}state": "passed_on"})
        .order_by()
        .annotate(standing=standing_on(day, prefix))
        .values_list("agency_id", f"{prefix}state", "standing")
        .annotate(Count("pk"))
    )
    standings: dict[int, dict[int, int]] = {}
    states: dict[str, int] = {}
    for agency_id, state, standing, count in rows:
        counted = standings.setdefault(agency_id, {})
        counted[standing] = counted.get(standing, 0) + count
        states[state] = states.get(state, 0) + count
    agencies = Agency.objects.filter(pk__in=standings)
    return [AgencyTally(agency, _tally(standings[agency.pk])) for agency in agencies], states


def topic_tallies(plan: Plan, day: date) -> list[TopicTally]:
    """Assignments per topic; one that serves two topics counts in both. Two queries."""
    rows = (
        Assignment.objects.filter(plan=plan)
        .exclude(state="passed_on")
        .order_by()
        .annotate(topic=F("task__topics"), standing=standing_on(day))
        .values_list("topic", "standing")
        .annotate(Count("pk"))
    )
    standings: dict[int | None, dict[int, int]] = {}
    for topic_id, standing, count in rows:
        standings.setdefault(topic_id, {})[standing] = count
    tallies = [TopicTally(topic, _tally(standings.get(topic.pk, {}))) for topic in plan.topics.all()]
    if None in standings:
        tallies.append(TopicTally(None, _tally(standings[None])))
    return tallies


def task_progress(tasks: QuerySet[Task] | Iterable[Task], day: date) -> dict[int, TaskProgress]:
    """By task id; a task without assignments is left out. One query."""
    rows = (
        Assignment.objects.filter(task__in=tasks)
        .exclude(state="passed_on")
        .order_by()
        .annotate(standing=standing_on(day))
        .values_list("task_id", "standing")
        .annotate(Count("pk"))
    )
    standings: dict[int, dict[int, int]] = {}
    for task_id, standing, count in rows:
        standings.setdefault(task_id, {})[standing] = count
    return {
        task_id: TaskProgress(_tally(counted), Standing(max(counted)))
        for task_id, counted in standings.items()
    }


def duty_count(duties: QuerySet[DutyAssignment]) -> DutyCount:
    """Two counts in one query."""
    counts = with_evidence(duties.order_by()).aggregate(
        answered=Count("pk", filter=Q(has_evidence=True)), total=Count("pk")
    )
    return DutyCount(**counts)


def with_evidence(duties: QuerySet[DutyAssignment]) -> QuerySet[DutyAssignment]:
    """The same duties, each with `has_evidence`: a note, or a deliverable that was not withdrawn."""
    noted = Exists(ProgressNote.objects.filter(duty_assignment=OuterRef("pk")))
    produced = Exists(Deliverable.objects.filter(duty_assignment=OuterRef("pk"), withdrawn_at__isnull=True))
    return duties.annotate(has_evidence=noted | produced)


def _tally(standings: dict[int, int]) -> Tally:
    return Tally(
        done=standings.get(Standing.DONE, 0),
        done_late=standings.get(Standing.DONE_LATE, 0),
        on_schedule=standings.get(Standing.ON_SCHEDULE, 0),
        late=standings.get(Standing.LATE, 0),
        ended=standings.get(Standing.ENDED, 0),
    )


def sum_of(tallies: Iterable[Tally]) -> Tally:
    counted = list(tallies)
    return Tally(
        done=sum(tally.done for tally in counted),
        done_late=sum(tally.done_late for tally in counted),
        on_schedule=sum(tally.on_schedule for tally in counted),
        late=sum(tally.late for tally in counted),
        ended=sum(tally.ended for tally in counted),
    )
