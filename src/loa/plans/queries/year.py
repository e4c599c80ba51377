"""Who sees sub-plans, guidance notes, woven-in talks, and the questions around work; their figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from loa.plans.models import (
    DutyAssignment,
    Explanation,
    Extension,
    Guidance,
    GuidanceReceipt,
    Plan,
    SubPlan,
    Talk,
)
from loa.plans.queries.assignment import accepted_by, explanations_visible_to, extensions_visible_to
from loa.plans.queries.plan import overseen_by, plans_visible_to, reading_agency


def sub_plans_visible_to(user: Any) -> QuerySet[SubPlan]:
    """Who has issued its plan and who is late is part of the plan: for every body named in it."""
    if reading_agency(user) is None:
        return SubPlan.objects.none()
    rows = SubPlan.objects.filter(demand__plan__in=plans_visible_to(user))
    return rows.select_related(
        "demand__plan", "duty_assignment__agency", "duty_assignment__plan", "document", "own", "deliverable"
    )


@dataclass(frozen=True, slots=True)
class SubPlanCount:
    issued: int
    late: int
    total: int


def sub_plan_count(plan: Plan, day: date) -> SubPlanCount:
    """How many bodies have issued their own plan, and how many are past the date. One query."""
    counts = SubPlan.objects.filter(demand__plan=plan).aggregate(
        issued=Count("pk", filter=Q(state="issued")),
        late=Count("pk", filter=late_sub_plans(day)),
        total=Count("pk", filter=~Q(state="released")),
    )
    return SubPlanCount(**counts)


def late_sub_plans(day: date) -> Q:
    return Q(state="asked", demand__due_on__lt=day)


def sub_plans_owed(day: date) -> QuerySet[SubPlan]:
    """Still asked for in plans that run: for reminders. `day` is not past its date where one looks ahead."""
    rows = SubPlan.objects.filter(state="asked", demand__plan__state="issued", demand__due_on__lte=day)
    return rows.select_related("demand__plan", "duty_assignment__agency")


def own_sub_plans(user: Any) -> QuerySet[SubPlan]:
    agency = reading_agency(user)
    if agency is None:
        return SubPlan.objects.none()
    return sub_plans_visible_to(user).filter(duty_assignment__agency=agency)


def guidance_visible_to(user: Any) -> QuerySet[Guidance]:
    """Who oversees the plan sees every note; a body that got one reads it, withdrawn ones too."""
    agency = reading_agency(user)
    if agency is None:
        return Guidance.objects.none()
    received = GuidanceReceipt.objects.filter(guidance=OuterRef("pk"), agency=agency)
    return Guidance.objects.filter(overseen_by(agency, "plan__") | Exists(received))


def receipts_visible_to(user: Any) -> QuerySet[GuidanceReceipt]:
    """The board is for who oversees the plan; a body sees its own receipt."""
    agency = reading_agency(user)
    if agency is None:
        return GuidanceReceipt.objects.none()
    rows = GuidanceReceipt.objects.filter(overseen_by(agency, "guidance__plan__") | Q(agency=agency))
    return rows.select_related("guidance__plan", "agency", "acknowledged_by")


def unacknowledged_receipts() -> QuerySet[GuidanceReceipt]:
    """Notes sent in plans that run and not yet acknowledged: for reminders and the desk."""
    rows = GuidanceReceipt.objects.filter(
        state="waiting", guidance__state="sent", guidance__plan__state="issued"
    )
    return rows.select_related("guidance__plan", "agency")


def with_receipt_counts(guidance: QuerySet[Guidance]) -> QuerySet[Guidance]:
    """The same notes, each with `receipt_count`, `acknowledged_count`, `question_count`."""
    return guidance.annotate(
        receipt_count=Count("receipts"),
        acknowledged_count=Count("receipts", filter=~Q(receipts__state="waiting")),
        question_count=Count("receipts", filter=Q(receipts__state="questioned")),
    )


def talks_visible_to(user: Any) -> QuerySet[Talk]:
    """The body's own, and for who oversees the plan everybody's; withdrawn ones stay visible."""
    agency = reading_agency(user)
    if agency is None:
        return Talk.objects.none()
    rows = Talk.objects.filter(overseen_by(agency, "plan__") | Q(agency=agency))
    return rows.filter(plan__in=plans_visible_to(user))


@dataclass(frozen=True, slots=True)
class TalkFigures:
    count: int
    people: int
    agencies: int


def talk_figures(talks: QuerySet[Talk]) -> TalkFigures:
    """Of those that count. One query."""
    found = talks.filter(state="recorded").aggregate(
        count=Count("pk"), people=Sum("people_count"), agencies=Count("agency", distinct=True)
    )
    return TalkFigures(found["count"], found["people"] or 0, found["agencies"])


def duties_to_talk_for(user: Any) -> QuerySet[DutyAssignment]:
    """The agency's own duties in plans that run: a talk counts for one of them."""
    agency = reading_agency(user)
    if agency is None:
        return DutyAssignment.objects.none()
    rows = DutyAssignment.objects.filter(agency=agency, plan__state="issued")
    return rows.select_related("duty", "plan", "agency").order_by("-plan__year", "plan", "duty__position")


def last_talk_of(user: Any) -> Talk | None:
    """What this person recorded last: the next one is likely of the same duty and form."""
    return Talk.objects.filter(by=user, duty_assignment__in=duties_to_talk_for(user)).order_by("-pk").first()


def explanations_listed_for(user: Any) -> QuerySet[Explanation]:
    """What the agency was asked and what it asked others, over all plans it sees."""
    rows = explanations_visible_to(user)
    return rows.select_related("assignment__task", "assignment__plan", "assignment__agency", "asked_by")


def extensions_listed_for(user: Any) -> QuerySet[Extension]:
    rows = extensions_visible_to(user)
    return rows.select_related("assignment__task", "assignment__plan", "assignment__agency", "asked_by")


def decided_by(user: Any) -> Q:
    """Extensions and explanations on the side of who accepts the work."""
    agency = reading_agency(user)
    if agency is None:
        return Q(pk__in=[])
    return accepted_by(agency, doer="assignment__agency", plan="assignment__plan")


def meetings_of(user: Any) -> list[str]:
    """Names of meetings the agency has recorded before, the latest first, to choose from while typing."""
    agency = reading_agency(user)
    if agency is None:
        return []
    names = Talk.objects.filter(agency=agency).order_by("-pk").values_list("meeting", flat=True)[:60]
    return list(dict.fromkeys(names))[:20]
