"""A change of procedure becomes work of the communication plan: proposed by its body, decided by the coordinator."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loa.core import clock
from loa.core.access import require
from loa.core.history import record
from loa.core.text import format_date
from loa.core.workflow import FlowError
from loa.directory.models import Agency, User
from loa.plans.actions import propose_change
from loa.plans.models import Amendment, Plan, Task
from loa.procedures import notices
from loa.procedures.models import CommunicationProposal, ProcedureVersion
from loa.procedures.states import PROPOSAL, PUBLIC_STATES


@transaction.atomic
def propose_communication(
    version: ProcedureVersion,
    *,
    plan: Plan,
    content: str,
    why: str = "",
    due_on: date | None = None,
    by: User,
) -> CommunicationProposal:
    """Ask the coordinator of a running plan to make a published change known."""
    require(by, "procedures.propose_communication", version)
    if version.state not in PUBLIC_STATES:
        raise FlowError(_("Propose it once the version is published."))
    if plan.state != "issued":
        raise FlowError(_("Choose a plan that is being carried out."))
    try:
        with transaction.atomic():
            proposal = CommunicationProposal.objects.create(
                version=version,
                plan=plan,
                agency=version.procedure.agency,
                content=content,
                why=why,
                due_on=due_on,
                proposed_by=by,
                proposed_at=clock.now(),
            )
    except IntegrityError as error:
        raise FlowError(_("This is proposed to the plan already.")) from error
    entry = record(proposal, "proposal.propose", by=by, note=why)
    record(version, "version.propose_communication", by=by, data={"proposal": proposal.pk})
    notices.proposal_made(proposal, entry)
    return proposal


@transaction.atomic
def take_up_by_task(proposal: CommunicationProposal, *, task: Task, answer: str = "", by: User) -> None:
    """A task of the plan does it already."""
    if task.plan_id != proposal.plan_id or task.ended_on:
        raise FlowError(_("Choose a task of this plan that is not ended."))
    entry = PROPOSAL.take(
        proposal, "take_up", by=by, note=answer, task=task, answer=answer, decided_at=clock.now()
    )
    notices.proposal_decided(proposal, entry)


@transaction.atomic
def take_up_by_amendment(
    proposal: CommunicationProposal,
    *,
    amendment: Amendment,
    lead: Agency,
    due_on: date | None = None,
    answer: str = "",
    by: User,
) -> None:
    """Put a new task on the list of changes of an amendment that is a draft."""
    if amendment.plan_id != proposal.plan_id:
        raise FlowError(_("Choose an amendment of this plan."))
    change = propose_change(
        amendment,
        "add_task",
        after=_reading(proposal, lead, due_on or proposal.due_on),
        reason=f"{proposal.version.procedure}"[:500],
        by=by,
    )
    entry = PROPOSAL.take(
        proposal, "take_up", by=by, note=answer, change=change, answer=answer, decided_at=clock.now()
    )
    notices.proposal_decided(proposal, entry)


def _reading(proposal: CommunicationProposal, lead: Agency, due_on: date | None) -> dict[str, Any]:
    """A task as a plan prints it (plans.queries.printed)."""
    return {
        "no": "",
        "content": proposal.content,
        "product": "",
        "lead": [{"printed": lead.name, "code": lead.code}],
        "coordinating": _taking_part(proposal, lead),
        "due_text": format_date(due_on) if due_on else "",
        "due_on": due_on.isoformat() if due_on else "",
        "is_before": False,
        "targets": [],
        "note": "",
    }


def _taking_part(proposal: CommunicationProposal, lead: Agency) -> list[dict[str, str]]:
    """The body in charge of the procedure takes part where another one leads."""
    agency = proposal.agency
    return [] if agency == lead else [{"printed": agency.name, "code": agency.code}]


@transaction.atomic
def decline_proposal(proposal: CommunicationProposal, *, note: str, by: User) -> None:
    entry = PROPOSAL.take(proposal, "decline", by=by, note=note, answer=note, decided_at=clock.now())
    notices.proposal_decided(proposal, entry)


def withdraw_proposal(proposal: CommunicationProposal, *, note: str, by: User) -> None:
    PROPOSAL.take(proposal, "withdraw", by=by, note=note)
