"""A decision on the administrator's desk: its page, what it would do, and the click that does it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loa.core import clock, history
from loa.core.access import permits
from loa.core.acting import TAKEN, act, attempt, refusal
from loa.core.lists import list_page
from loa.core.pages import page
from loa.core.workflow import FlowError
from loa.desk import actions, queries
from loa.desk.filters.reorganisation import DecisionFilter, EffectFilter, HandOverFilter
from loa.desk.forms.reorganisation import PaperForm, ShareForm, StepForm
from loa.desk.tables.reorganisation import DecisionTable, HandOverTable, PassedOnTable
from loa.directory import actions as directory
from loa.directory.models import Reorganisation, ReorganisationDecision
from loa.directory.queries import acts_visible_to, decisions_visible_to, hand_overs_visible_to
from loa.directory.states import DECISION
from loa.documents.actions import link_decision, register_decision
from loa.plans.queries import in_hand

STEPS = ("schedule", "take_back", "apply", "drop")
MANAGE = "directory.manage_directory"


@login_required
@require_safe
def decision_list(request: HttpRequest) -> HttpResponse:
    _require_administrator(request)
    return list_page(
        request,
        "desk/decision_list.html",
        rows=decisions_visible_to(request.user).annotate(act_count=Count("acts")),
        table_class=DecisionTable,
        filter_class=DecisionFilter,
        export_name="quyet-dinh-sap-xep",
    )


@login_required
@require_safe
def decision_detail(request: HttpRequest, pk: int) -> HttpResponse:
    decision = _decision(request, pk)
    acts = decision.acts.select_related("default_successor")
    groups = queries.effect_groups(decision)
    context = {
        "decision": decision,
        "acts": acts.prefetch_related("predecessors", "successors").order_by("position", "pk"),
        "paper": decision.documents.first(),
        "groups": [group for group in groups if not group.is_refused],
        "refused": [group for group in groups if group.is_refused],
        "effect_count": sum(group.count for group in groups),
        "is_due": decision.on <= clock.today(),
        "entries": history.entries_of([decision])[:50],
    }
    return page(request, "desk/decision_detail.html", context)


@login_required
@require_POST
def decision_rehearse(request: HttpRequest, pk: int) -> HttpResponse:
    """The dry run: everything is done, shown, and rolled back."""
    decision = _decision(request, pk)
    try:
        job = actions.rehearse_later(decision, by=request.user)
    except FlowError as refused:
        messages.error(request, str(refused))
    else:
        if job:
            return redirect("core:job_detail", job.pk)
        count = queries.effects_of(decision).count()
        messages.success(request, _("Dry run: %(n)d effects. Nothing was changed.") % {"n": count})
    return redirect(f"{decision.get_absolute_url()}#rehearsal")


@login_required
@require_safe
def effect_list(request: HttpRequest, pk: int) -> HttpResponse:
    decision = _decision(request, pk)
    return list_page(
        request,
        "desk/effect_list.html",
        rows=queries.effects_of(decision),
        table_class=HandOverTable,
        filter_class=EffectFilter,
        export_name="tac-dong-sap-xep",
        context={"decision": decision},
    )


@login_required
@require_http_methods(["GET", "POST"])
def decision_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    decision = _decision(request, pk)
    if refused := refusal(request, DECISION, decision, step, known=STEPS, template="desk/act.html"):
        return refused
    taken = DECISION.by_name[step]
    jobs: list = []
    answer = act(
        request,
        template="desk/act.html",
        form=StepForm(request.POST if request.method == "POST" else None, needs_note=taken.needs_note),
        run=lambda given: jobs.append(_take(request, decision, step, given)),
        heading=taken.label,
        button=taken.label,
        tone=taken.tone,
        about=decision,
        done=_("Done: %(step)s.") % {"step": taken.label},
        extra={"step": step, "groups": queries.effect_groups(decision)},
    )
    return redirect("core:job_detail", jobs[0].pk) if jobs and jobs[0] else answer


def _take(request: HttpRequest, decision: ReorganisationDecision, step: str, given: dict) -> object:
    if step == "apply":
        return actions.apply_later(decision, by=request.user)
    steps = {
        "schedule": directory.schedule_decision,
        "take_back": directory.take_back_decision,
        "drop": directory.drop_decision,
    }
    steps[step](decision, **given, by=request.user)
    return None


@login_required
@require_http_methods(["GET", "POST"])
def decision_paper(request: HttpRequest, pk: int) -> HttpResponse:
    decision = _decision(request, pk)
    return act(
        request,
        template="desk/act.html",
        form=PaperForm(request.POST or None, request.FILES or None),
        run=lambda given: _keep_paper(request, decision, given),
        heading=_("The paper of the decision"),
        button=_("Keep it"),
        about=decision,
        done=_("The paper is in the register."),
    )


def _keep_paper(request: HttpRequest, decision: ReorganisationDecision, given: dict) -> None:
    if given["printed_number"]:
        link_decision(decision, printed_number=given["printed_number"], by=request.user)
        return
    acts = decision.acts.prefetch_related("predecessors", "successors")
    bodies = {body for each in acts for body in (*each.predecessors.all(), *each.successors.all())}
    register_decision(decision, upload=given["file"], readers=bodies, by=request.user)


@login_required
@require_http_methods(["GET", "POST"])
def work_share(request: HttpRequest, pk: int) -> HttpResponse:
    rows = acts_visible_to(request.user).select_related("decided_by", "default_successor")
    one: Reorganisation = get_object_or_404(rows, pk=pk)
    form = ShareForm(
        request.POST if request.method == "POST" else None,
        act=one,
        hand=in_hand(list(one.predecessors.all())),
        successors=list(one.successors.all()),
    )
    status = attempt(
        request, form, lambda _given: directory.share_work(one, shares=form.shares, by=request.user)
    )
    if status == TAKEN:
        messages.success(request, _("Saved."))
        return redirect(one.decided_by)
    return page(request, "desk/work_share.html", {"form": form, "act": one}, status=status)


@login_required
@require_safe
def hand_over_list(request: HttpRequest) -> HttpResponse:
    """What one's own body received, handed over or inherits, by decisions that were applied."""
    return list_page(
        request,
        "desk/hand_over_list.html",
        rows=hand_overs_visible_to(request.user).filter(is_rehearsal=False),
        table_class=PassedOnTable,
        filter_class=HandOverFilter,
        export_name="da-chuyen-giao",
    )


def _require_administrator(request: HttpRequest) -> None:
    if not permits(request.user, MANAGE):
        raise Http404


def _decision(request: HttpRequest, pk: int) -> ReorganisationDecision:
    _require_administrator(request)
    return get_object_or_404(decisions_visible_to(request.user), pk=pk)
