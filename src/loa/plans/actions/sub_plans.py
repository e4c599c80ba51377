"""Plans that agencies issue under the parent plan: asked for by a date, entered when issued."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from loa.core import clock, history
from loa.core.access import require
from loa.core.uploads import Upload
from loa.core.workflow import FlowError
from loa.directory.models import Agency, User
from loa.documents.actions import register_paper
from loa.documents.models import Document
from loa.plans import notices
from loa.plans.actions.assignment import require_running
from loa.plans.actions.evidence import record_deliverable, withdraw_deliverable
from loa.plans.models import Duty, Plan, SubPlan, SubPlanDemand
from loa.plans.states import SUB_PLAN

KIND = "KẾ HOẠCH"


@transaction.atomic
def ask_for_sub_plans(
    duty: Duty, *, due_on: date, agencies: Iterable[Agency] | None = None, note: str = "", by: User
) -> SubPlanDemand:
    """Bodies of a standing duty (all, or those named) owe their own plan by a date. Asked again, the date
    and the bodies are as said last: who is no longer named is released, who has issued stays.
    """
    plan = duty.plan
    demand = SubPlanDemand.objects.select_for_update().filter(duty=duty).first()
    demand = demand or SubPlanDemand(plan=plan, duty=duty, asked_by=by, asked_at=clock.now())
    require(by, "plans.ask_sub_plans", SubPlan(demand=demand))
    require_running(plan)
    demand.due_on, demand.note = due_on, note
    demand.save()
    entry = history.record(
        plan, "plan.ask_sub_plans", by=by, note=note, data={"due_on": due_on.isoformat(), "duty": duty.pk}
    )
    new = _owe(demand, agencies, by=by)
    notices.tell_sub_plan_asked(demand, [row.duty_assignment.agency for row in new], entry)
    return demand


def _owe(demand: SubPlanDemand, agencies: Iterable[Agency] | None, *, by: User) -> list[SubPlan]:
    named = None if agencies is None else {agency.pk for agency in agencies}
    duties = {row.agency_id: row for row in demand.duty.assignments.select_related("agency", "plan")}
    wanted = set(duties) if named is None else named & set(duties)
    if not wanted:
        raise FlowError(_("None of these bodies has this duty."))
    known = {
        row.duty_assignment.agency_id: row
        for row in demand.sub_plans.select_related("duty_assignment__agency", "duty_assignment__plan")
    }
    for pk, row in known.items():
        row.demand = demand
        if pk in wanted and row.state == "released":
            SUB_PLAN.take(row, "ask_again", by=by)
        elif pk not in wanted and row.state == "asked":
            SUB_PLAN.take(row, "release", by=by, note=_("No longer asked by the coordinator."))
    return SubPlan.objects.bulk_create(
        SubPlan(demand=demand, duty_assignment=duties[pk]) for pk in sorted(wanted - set(known))
    )


@transaction.atomic
def register_sub_plan(
    sub_plan: SubPlan,
    *,
    number: str,
    issued_on: date,
    title: str = "",
    upload: Upload | None = None,
    by: User,
) -> SubPlan:
    """The agency enters its issued plan: number, date, file. It counts as a deliverable of the duty."""
    require(by, "plans.register_sub_plan", sub_plan)
    agency, parent = sub_plan.duty_assignment.agency, sub_plan.demand.plan
    document = register_paper(
        issuer=agency,
        kind=KIND,
        printed_number=number,
        subject=title or parent.title,
        issued_on=issued_on,
        upload=upload,
        readers={parent.coordinator_id, parent.accepting_office_id, agency.pk},
        by=by,
    )
    return _issue(sub_plan, document=document, issued_on=issued_on, own=None, by=by)


def _issue(sub_plan: SubPlan, *, document: Document, issued_on: date, own: Plan | None, by: User) -> SubPlan:
    duty_assignment = sub_plan.duty_assignment
    deliverable = record_deliverable(
        duty_assignment,
        agency=duty_assignment.agency,
        kind="sub_plan",
        title=f"{document} – {document.subject}"[:500],
        on=issued_on,
        source=f"sub_plan:{sub_plan.pk}:{document.pk}",
        is_counted=False,
        by=by,
    )
    entry = SUB_PLAN.take(
        sub_plan,
        "register",
        by=by,
        note=str(document),
        document=document,
        own=own,
        deliverable=deliverable,
        issued_on=issued_on,
    )
    notices.tell_sub_plan_registered(sub_plan, entry)
    return sub_plan


@transaction.atomic
def take_back_sub_plan(sub_plan: SubPlan, *, note: str, by: User) -> SubPlan:
    """It was entered by mistake: the paper stays in the register, the duty is open again."""
    require_running(sub_plan.demand.plan)
    deliverable = sub_plan.deliverable
    SUB_PLAN.take(
        sub_plan, "take_back", by=by, note=note, document=None, own=None, deliverable=None, issued_on=None
    )
    if deliverable is not None:
        withdraw_deliverable(deliverable.source, note=note, by=by)
    return sub_plan


def note_imported_plan(plan: Plan, *, by: User | None) -> None:
    """A plan that was imported under its parent is the one its issuer owes, where it owes one."""
    if plan.parent is None or by is None:
        return
    rows = SubPlan.objects.filter(
        demand__plan=plan.parent, duty_assignment__agency=plan.issuer, state__in=("asked", "issued"), own=None
    ).select_related("demand__plan", "duty_assignment__agency", "duty_assignment__plan")
    sub_plan = rows.first()
    if sub_plan is None or not by.has_perm("plans.register_sub_plan", sub_plan):
        return
    if sub_plan.state == "issued":
        SubPlan.objects.filter(pk=sub_plan.pk).update(own=plan)
        return
    if sub_plan.demand.plan.state == "issued":
        _issue(
            sub_plan,
            document=plan.document,
            issued_on=plan.issued_on or clock.day_of(plan.created_at),
            own=plan,
            by=by,
        )
