"""What of a plan can be overdue or waits for an answer: the matters of which agencies are reminded."""

from __future__ import annotations

from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from loa.channels.queries import Announceable, Matter, MatterSource
from loa.core.text import format_date, headline
from loa.plans.models import Assignment, Explanation, Extension, Occurrence, Plan, PlanBody, ProgressNote
from loa.plans.queries.assignment import accepted_by, assignments_shared_with
from loa.plans.queries.plan import overseen_by, plans_visible_to, reading_agency

NEVER_BEFORE = Value(value=False, output_field=BooleanField())
_OWED_STATES = ("assigned", "accepted", "in_progress", "with_head", "returned")
_RELATED = ("task", "plan", "agency")
_TWO_STEPS = tuple(f"assignment__{name}" for name in _RELATED)


def _accepting(assignment: Assignment) -> int:
    plan = assignment.plan
    return plan.accepting_office_id if assignment.agency_id == plan.coordinator_id else plan.coordinator_id


def _work_url() -> str:
    return reverse("plans:agency_work")


# Assignments: work owed by its lead agency


def _assignments() -> QuerySet[Assignment]:
    """A date granted later is itself the last day; only the printed "before" is not."""
    is_before = Case(
        When(due_on=F("task__due_on"), then=F("task__is_due_before")),
        default=NEVER_BEFORE,
        output_field=BooleanField(),
    )
    said = Explanation.objects.filter(assignment=OuterRef("pk"), state="given").order_by("-given_at")
    done = ProgressNote.objects.filter(assignment=OuterRef("pk")).order_by("-on", "-pk")
    rows = Assignment.objects.filter(due_on__isnull=False).select_related(*_RELATED)
    return rows.annotate(
        due=F("due_on"),
        is_before=is_before,
        since=F("assigned_on"),
        answered=Coalesce(Subquery(said.values("answer")[:1]), Subquery(done.values("done")[:1])),
    )


def _owed_assignments() -> QuerySet[Assignment]:
    return _assignments().filter(state__in=_OWED_STATES, plan__state="issued")


def _assignment_matter(row: Any) -> Matter:
    return Matter(
        obj=row,
        kind="assignment",
        title=row.words or row.task.content,
        url=row.get_absolute_url(),
        agency=row.agency,
        asker_id=_accepting(row),
        due_on=row.due,
        is_before=row.is_before,
        officer_id=row.officer_id,
        leader_id=row.plan.issuer_id,
        context=row.plan.number,
    )


def _assignments_shared(user: Any, rows: QuerySet) -> QuerySet:
    return rows.filter(pk__in=assignments_shared_with(user).values("pk"))


def _assignments_overseen(user: Any, rows: QuerySet) -> QuerySet:
    agency = reading_agency(user)
    return rows.filter(overseen_by(agency, "plan__") | Q(agency=agency)) if agency else rows.none()


# What was handed in waits for who accepts it


def _handed_in() -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(submitted_on__isnull=False).select_related(
        *_RELATED, "plan__coordinator", "plan__accepting_office"
    )
    return rows.annotate(
        due=F("submitted_on"),
        is_before=NEVER_BEFORE,
        since=F("submitted_on"),
        answered=Value("", output_field=TextField()),
    )


def _unaccepted() -> QuerySet[Assignment]:
    return _handed_in().filter(state="submitted", plan__state="issued")


def _acceptance_matter(row: Any) -> Matter:
    own = row.agency_id == row.plan.coordinator_id
    return Matter(
        obj=row,
        kind="acceptance",
        title=row.words or row.task.content,
        url=row.get_absolute_url(),
        agency=row.plan.accepting_office if own else row.plan.coordinator,
        asker_id=row.agency_id,
        due_on=row.due,
        is_waiting=True,
        leader_id=row.plan.issuer_id,
        context=f"{row.plan.number} · {row.agency}",
    )


def _acceptances_overseen(user: Any, rows: QuerySet) -> QuerySet:
    agency = reading_agency(user)
    return rows.filter(accepted_by(agency) | Q(agency=agency)) if agency else rows.none()


# Explanations asked, and more time asked


def _explanations() -> QuerySet[Explanation]:
    rows = Explanation.objects.filter(due_on__isnull=False).select_related(*_TWO_STEPS)
    return rows.annotate(
        due=F("due_on"), is_before=NEVER_BEFORE, since=TruncDate("asked_at"), answered=F("question")
    )


def _unexplained() -> QuerySet[Explanation]:
    return _explanations().filter(state="asked", assignment__plan__state="issued")


def _explanation_matter(row: Any) -> Matter:
    work = row.assignment
    return Matter(
        obj=row,
        kind="explanation",
        title=row.question,
        url=work.get_absolute_url(),
        agency=work.agency,
        asker_id=_accepting(work),
        due_on=row.due,
        officer_id=work.officer_id,
        leader_id=work.plan.issuer_id,
        context=f"{work.plan.number} · {headline(work.task.content)[:120]}",
    )


def _extensions() -> QuerySet[Extension]:
    related = (*_TWO_STEPS, "assignment__plan__coordinator", "assignment__plan__accepting_office")
    rows = Extension.objects.select_related(*related)
    return rows.annotate(
        due=TruncDate("asked_at"), is_before=NEVER_BEFORE, since=TruncDate("asked_at"), answered=F("reason")
    )


def _undecided() -> QuerySet[Extension]:
    return _extensions().filter(state="asked", assignment__plan__state="issued")


def _extension_matter(row: Any) -> Matter:
    work = row.assignment
    own = work.agency_id == work.plan.coordinator_id
    return Matter(
        obj=row,
        kind="extension",
        title=work.task.content,
        url=work.get_absolute_url(),
        agency=work.plan.accepting_office if own else work.plan.coordinator,
        asker_id=work.agency_id,
        due_on=row.due,
        is_waiting=True,
        leader_id=work.plan.issuer_id,
        context=f"{work.plan.number} · {work.agency} → {format_date(row.new_due_on)}",
    )


def _of_assignment(user: Any, rows: QuerySet) -> QuerySet:
    agency = reading_agency(user)
    own = Q(assignment__agency=agency)
    return rows.filter(overseen_by(agency, "assignment__plan__") | own) if agency else rows.none()


# Occurrences: a date on which something takes place


def _occurrences() -> QuerySet[Occurrence]:
    rows = Occurrence.objects.filter(on__isnull=False, lead__isnull=False)
    return rows.select_related("task__plan", "lead").annotate(
        due=F("on"),
        is_before=NEVER_BEFORE,
        since=F("task__plan__issued_on"),
        answered=Value("", output_field=TextField()),
    )


def _unheld() -> QuerySet[Occurrence]:
    return _occurrences().filter(state__in=("planned", "postponed"), task__plan__state="issued")


def _occurrence_matter(row: Any) -> Matter:
    return Matter(
        obj=row,
        kind="occurrence",
        title=f"{row.title} – {headline(row.task.content)[:160]}",
        url=row.task.get_absolute_url(),
        agency=row.lead,
        asker_id=row.task.plan.coordinator_id,
        due_on=row.due,
        leader_id=row.task.plan.issuer_id,
        context=row.task.plan.number,
    )


def _occurrences_visible(user: Any, rows: QuerySet) -> QuerySet:
    agency = reading_agency(user)
    return rows.filter(overseen_by(agency, "task__plan__") | Q(lead=agency)) if agency else rows.none()


MATTERS = (
    MatterSource(
        kind="assignment",
        label=_("Work assigned"),
        rows=_assignments,
        open_rows=_owed_assignments,
        matter=_assignment_matter,
        visible_to=_assignments_shared,
        overseen_by=_assignments_overseen,
        list_url=_work_url,
    ),
    MatterSource(
        kind="occurrence",
        label=_("Occurrences"),
        rows=_occurrences,
        open_rows=_unheld,
        matter=_occurrence_matter,
        visible_to=_occurrences_visible,
        overseen_by=_occurrences_visible,
        agency_field="lead",
    ),
    MatterSource(
        kind="explanation",
        label=_("Explanations asked"),
        rows=_explanations,
        open_rows=_unexplained,
        matter=_explanation_matter,
        visible_to=_of_assignment,
        overseen_by=_of_assignment,
        agency_field="assignment__agency",
    ),
    MatterSource(
        kind="acceptance",
        label=_("Results to accept"),
        rows=_handed_in,
        open_rows=_unaccepted,
        matter=_acceptance_matter,
        visible_to=_assignments_shared,
        overseen_by=_acceptances_overseen,
        is_waiting=True,
    ),
    MatterSource(
        kind="extension",
        label=_("More time asked"),
        rows=_extensions,
        open_rows=_undecided,
        matter=_extension_matter,
        visible_to=_of_assignment,
        overseen_by=_of_assignment,
        agency_field="assignment__agency",
        is_waiting=True,
    ),
)


def _issued_plans(user: Any) -> QuerySet[Plan]:
    return plans_visible_to(user).exclude(state="draft")


def _plan_announcement(plan: Plan) -> tuple[str, str]:
    leads = PlanBody.objects.filter(plan=plan, role=PlanBody.Role.LEAD).count()
    issued = (
        f"{plan.issuer} ban hành ngày {format_date(plan.issued_on)}" if plan.issued_on else str(plan.issuer)
    )
    text = (
        f"{plan.title}\n\nKế hoạch số {plan.number}, {issued}. {plan.coordinator} là cơ quan đầu mối; "
        f"{plan.tasks.count()} nhiệm vụ do {leads} cơ quan chủ trì thực hiện trong năm {plan.year}."
    )
    return headline(plan.title)[:300], text


PLAN_ANNOUNCEMENT = Announceable(
    kind="plan",
    label=_("Plan"),
    visible_to=_issued_plans,
    permission="plans.announce_plan",
    draft=_plan_announcement,
)
