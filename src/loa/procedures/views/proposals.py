"""Proposals to make a change known: made by the body in charge, decided by the plan's coordinator."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loa.core.access import permits, require
from loa.core.acting import refusal
from loa.core.history import entries_of
from loa.core.lists import list_page
from loa.core.pages import page
from loa.plans.queries import plans_visible_to
from loa.procedures import actions, queries
from loa.procedures.filters import ProposalFilter
from loa.procedures.forms import ProposalForm, StepForm, TakeUpForm
from loa.procedures.models import CommunicationProposal
from loa.procedures.states import PROPOSAL
from loa.procedures.tables import ProposalTable
from loa.procedures.views.acts import act
from loa.procedures.views.versions import visible_version

STEPS = {"decline": actions.decline_proposal, "withdraw": actions.withdraw_proposal}


def visible_proposal(request: HttpRequest, pk: int) -> CommunicationProposal:
    rows = queries.proposals_visible_to(request.user).select_related("plan__coordinator", "change__amendment")
    return get_object_or_404(rows, pk=pk)


@login_required
@require_safe
def proposal_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        "procedures/proposal_list.html",
        rows=queries.proposals_visible_to(request.user),
        table_class=ProposalTable,
        filter_class=ProposalFilter,
        export_name="de-xuat-tuyen-truyen",
    )


@login_required
@require_http_methods(["GET", "POST"])
def version_propose(request: HttpRequest, pk: int) -> HttpResponse:
    version = visible_version(request, pk)
    require(request.user, "procedures.propose_communication", version)
    plans = queries.running_plans()
    before = queries.version_before(version)
    touched = ", ".join(queries.changed_labels(before, version)) if before else ""
    initial = {
        "plan": plans.first(),
        "content": _("Make known: %(change)s, procedure “%(name)s”")
        % {"change": str(version.get_change_display()).lower(), "name": version.name},
        "why": _("Changes: %(what)s.") % {"what": touched} if touched else "",
    }
    return act(
        request,
        form=ProposalForm(request.POST or None, plans=plans, initial=initial),
        run=lambda given: actions.propose_communication(version, **given, by=request.user),
        heading=_("Propose to make it known"),
        button=_("Propose to the coordinator"),
        about=version.procedure,
        done=_("Proposed. The coordinator of the plan has been told."),
        back=version.staff_url,
    )


@login_required
@require_safe
def proposal_detail(request: HttpRequest, pk: int) -> HttpResponse:
    proposal = visible_proposal(request, pk)
    context = {
        "proposal": proposal,
        "may_decide": proposal.state == "proposed"
        and permits(request.user, "procedures.decide_proposal", proposal),
        "steps": [step for step in PROPOSAL.open_to(request.user, proposal) if step.name in STEPS],
        "sees_version": queries.versions_visible_to(request.user).filter(pk=proposal.version_id).exists(),
        "entries": entries_of([proposal]),
    }
    return page(request, "procedures/proposal_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def proposal_take_up(request: HttpRequest, pk: int) -> HttpResponse:
    proposal = visible_proposal(request, pk)
    require(request.user, "procedures.decide_proposal", proposal)
    refused = refusal(request, PROPOSAL, proposal, "take_up", template="procedures/act.html")
    if refused:
        return refused
    return act(
        request,
        form=TakeUpForm(request.POST or None, proposal=proposal),
        run=lambda given: _take_up(proposal, given, request),
        heading=_("Take up"),
        button=_("Take up"),
        about=proposal,
        done=_("Taken up. The body that proposed it has been told."),
        extra={"said": proposal.content},
    )


def _take_up(proposal: CommunicationProposal, given: dict[str, Any], request: HttpRequest) -> None:
    if given["task"]:
        actions.take_up_by_task(proposal, task=given["task"], answer=given["answer"], by=request.user)
        return
    names = ("amendment", "lead", "due_on", "answer")
    actions.take_up_by_amendment(proposal, **{key: given[key] for key in names}, by=request.user)


@login_required
@require_http_methods(["GET", "POST"])
def proposal_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    proposal = visible_proposal(request, pk)
    refused = refusal(request, PROPOSAL, proposal, step, template="procedures/act.html", known=STEPS)
    if refused:
        return refused
    return act(
        request,
        form=StepForm(request.POST if request.method == "POST" else None, step=step, flow=PROPOSAL),
        run=lambda given: STEPS[step](proposal, note=given["note"], by=request.user),
        heading=PROPOSAL.by_name[step].label,
        button=PROPOSAL.by_name[step].label,
        about=proposal,
        done=_("Done."),
        tone=PROPOSAL.by_name[step].tone,
        extra={"said": proposal.content},
    )


@login_required
@require_safe
def plan_proposals(request: HttpRequest, pk: int) -> HttpResponse:
    """What bodies ask the plan to make known: a fragment of the plan's page."""
    plan = get_object_or_404(plans_visible_to(request.user), pk=pk)
    rows = queries.proposals_visible_to(request.user).filter(plan=plan)
    context = {"plan": plan, "proposals": rows[:20]}
    return page(request, "procedures/plan_proposals.html", context, part="fragment")
