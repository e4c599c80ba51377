"""What everybody may read of a plan that was made public. Every figure is the desk's own, asked of the same queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet
from django.utils.translation import gettext as _

from loa.budgets.models import ApprovedLine
from loa.budgets.queries.money import approved_lines, money_of_task
from loa.core.text import format_date
from loa.directory.models import Agency
from loa.plans.models import Assignment, Plan, Task
from loa.plans.queries import (
    AgencyTally,
    Standing,
    Tally,
    TargetCount,
    plans_visible_to,
    sum_of,
    tallies_by_plan,
    target_counts,
    task_progress,
    with_standing,
    with_task_standing,
)
from loa.portal.models import PlanPublication, ReportPublication
from loa.portal.queries.results import Result, results_of
from loa.portal.states.transparency import PUBLIC_STATE_OF, PUBLIC_STATES
from loa.reports.models import Consolidation

SHOWN_STATES = ("issued", "closed")


def public_plans() -> QuerySet[Plan]:
    return Plan.objects.filter(publication__state="public", state__in=SHOWN_STATES)


def public_tasks() -> QuerySet[Task]:
    return Task.objects.filter(plan__in=public_plans())


def public_assignments() -> QuerySet[Assignment]:
    """What was passed on to a successor is the successor's, here as at the desk."""
    return Assignment.objects.filter(plan__in=public_plans()).exclude(state="passed_on")


def publications_listed_for(user: Any) -> QuerySet[Plan]:
    """Plans whose publicity one may look at, each with its `publication` where there is one."""
    plans = plans_visible_to(user).exclude(state="draft")
    return plans.select_related("publication", "issuer", "coordinator")


def publication_of(plan: Plan) -> PlanPublication:
    """The plan's own, or what holds for a plan of which nobody has decided (not in the database)."""
    return PlanPublication.objects.filter(plan=plan).select_related("plan").first() or PlanPublication(
        plan=plan
    )


# One line that tells the truth ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Truth:
    """A plan in numbers: what plans/truth.html says in one line."""

    tasks: Tally
    targets: list[TargetCount] = field(default_factory=list)


def truths(plans: Iterable[Plan], day: date) -> dict[int, Truth]:
    """By plan id, as the plan's own overview counts. Four queries, whatever the number of plans."""
    tasks = Task.objects.filter(plan__in=[plan.pk for plan in plans])
    tallies = tallies_by_plan(tasks, day)
    running = tasks.filter(ended_on__isnull=True)
    plan_of = dict(running.order_by().values_list("pk", "plan_id"))
    found: dict[int, list[TargetCount]] = defaultdict(list)
    for task_id, counts in target_counts(running).items():
        found[plan_of[task_id]].extend(counts)
    return {plan.pk: Truth(tallies.get(plan.pk, Tally()), found[plan.pk]) for plan in plans}


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the bar, in thousandths of its length."""

    key: str
    label: str
    count: int
    x: int
    width: int


def segments(tally: Tally) -> list[Segment]:
    """A tally as one bar: done, done late, running, overdue, without a lead. Nothing of what is empty."""
    parts = (
        ("done", Standing.DONE.label, tally.done),
        ("done_late", Standing.DONE_LATE.label, tally.done_late),
        ("on_schedule", Standing.ON_SCHEDULE.label, tally.on_schedule),
        ("late", Standing.LATE.label, tally.late),
        ("unassigned", _("Without a lead"), tally.unassigned),
    )
    found: list[Segment] = []
    x, counted, total = 0, 0, max(tally.total, 1)
    for key, label, count in parts:
        counted += count
        end = 1000 * counted // total
        if count:
            found.append(Segment(key, str(label), count, x, end - x))
        x = end
    return found


# Tasks --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PublicLead:
    """One lead agency's part as citizens read it."""

    agency: Agency
    state: str
    label: str
    standing: Standing
    due_on: date | None
    is_before: bool
    late_days: int


@dataclass(frozen=True, slots=True)
class PublicTask:
    task: Task
    standing: Standing | None
    leads: list[PublicLead]
    targets: list[TargetCount]

    @property
    def done_count(self) -> int:
        return sum(lead.state == "done" for lead in self.leads)

    @property
    def active_count(self) -> int:
        return sum(lead.state != "ended" for lead in self.leads)

    @property
    def late_leads(self) -> list[PublicLead]:
        return [lead for lead in self.leads if lead.standing == Standing.LATE]


def with_leads(tasks: QuerySet[Task], day: date) -> QuerySet[Task]:
    """The same tasks with their assignments in the order of names, each with its `standing`. One query more."""
    rows = with_standing(Assignment.objects.exclude(state="passed_on"), day).select_related("agency")
    return tasks.prefetch_related(
        Prefetch("assignments", rows.order_by("agency__sort_name"), to_attr="shown")
    )


def told_tasks(tasks: Iterable[Any], day: date) -> list[PublicTask]:
    """Tasks of `with_leads` in the citizens' words. Three queries."""
    rows = list(tasks)
    keys = [task.pk for task in rows]
    progress, targets = task_progress(keys, day), target_counts(keys)  # type: ignore[arg-type]
    return [
        PublicTask(
            task,
            progress[task.pk].standing if task.pk in progress else _without_assignment(task),
            [_lead(row, task, day) for row in task.shown],
            targets.get(task.pk, []),
        )
        for task in rows
    ]


def _without_assignment(task: Task) -> Standing | None:
    return Standing.ENDED if task.ended_on else None


def _lead(assignment: Any, task: Task, day: date) -> PublicLead:
    state = PUBLIC_STATE_OF[assignment.state]
    is_before = task.is_due_before and assignment.due_on == task.due_on
    standing = Standing(assignment.standing)
    last = assignment.due_on - timedelta(days=1) if is_before and assignment.due_on else assignment.due_on
    return PublicLead(
        agency=assignment.agency,
        state=state,
        label=str(PUBLIC_STATES[state]),
        standing=standing,
        due_on=assignment.due_on,
        is_before=is_before,
        # work that a closed plan has handed on or given up grows no older here
        late_days=(day - last).days if standing == Standing.LATE and last and not task.closing else 0,
    )


def due_words(due_on: date, *, is_before: bool) -> str:
    return _("before %(date)s") % {"date": format_date(due_on)} if is_before else format_date(due_on)


# Agencies -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AgencyRows:
    """State bodies in the order of their names; party and mass bodies are counted together, compared with nobody."""

    rows: list[AgencyTally]
    political: Tally


def agency_rows(tallies: Iterable[AgencyTally]) -> AgencyRows:
    told = list(tallies)
    return AgencyRows(
        rows=[row for row in told if not row.agency.is_political],
        political=sum_of(row.tally for row in told if row.agency.is_political),
    )


# Reports ------------------------------------------------------------------------------------------


def public_reports(plans: QuerySet[Plan] | Iterable[Plan]) -> QuerySet[Consolidation]:
    """Issued reports on plans that show them, each with `has_public_file`; newest first. One query."""
    given_out = ReportPublication.objects.filter(document=OuterRef("document"), state="public")
    rows = Consolidation.objects.filter(round__plan__in=plans, state="issued", document__isnull=False)
    rows = rows.select_related("round__plan", "document__issuer").annotate(has_public_file=Exists(given_out))
    return rows.order_by("-document__issued_on", "-pk")


def reports_for_everybody() -> QuerySet[Consolidation]:
    return public_reports(public_plans().filter(publication__shows_reports=True))


def report_decisions(plan: Plan) -> list[tuple[Consolidation, ReportPublication | None]]:
    """Each issued report on a plan with what was decided about its file. Two queries."""
    decided = {row.document_id: row for row in ReportPublication.objects.filter(plan=plan)}
    return [(row, decided.get(row.document_id)) for row in public_reports([plan])]  # type: ignore[arg-type]


# Money --------------------------------------------------------------------------------------------


def public_money() -> QuerySet[ApprovedLine]:
    """What decisions gave for plans that show their money; nothing that is only proposed or appraised."""
    shown = public_plans().filter(publication__shows_money=True)
    return approved_lines().filter(line__estimate__plan__in=shown)


def approved_for(publication: PlanPublication, task: Task) -> list[tuple[Agency, int]]:
    """Agency and đồng, for who may lead a task with money that everybody sees. Two queries, or none."""
    if not publication.shows_money:
        return []
    amounts = {key: money.approved for key, money in money_of_task(task.pk).items() if money.approved}
    return [(agency, amounts[agency.pk]) for agency in Agency.objects.filter(pk__in=amounts)]


def shown_results(publication: PlanPublication, task: Task) -> list[Result]:
    if not publication.shows_results:
        return []
    return list(results_of(Task.objects.filter(pk=task.pk)))


def late_tasks(plan: Plan, day: date) -> QuerySet[Task]:
    """Overdue on a day, the longest overdue first."""
    late = with_task_standing(plan.tasks.all(), day).filter(standing=Standing.LATE)
    return Task.objects.filter(pk__in=late.order_by().values("pk")).order_by("due_on", "position")


def fates_of(plan: Plan) -> list[tuple[str, int]]:
    """What became of unfinished tasks when a plan was closed: words and how many. One query."""
    counts = dict(plan.tasks.exclude(closing="").order_by().values_list("closing").annotate(Count("pk")))
    return [(str(label), counts[value]) for value, label in Task.Closing.choices if value in counts]


def neighbours(task: Task) -> dict[str, Task | None]:
    """The task of an earlier and of a later plan that are one work with this, where those plans are public."""
    shown = public_tasks().select_related("plan")
    return {
        "before": shown.filter(pk=task.predecessor_id).first() if task.predecessor_id else None,
        "after": shown.filter(predecessor=task).first(),
    }
