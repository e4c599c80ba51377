"""Guidance notes: written and sent by the coordinator, acknowledged by each body."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loa.core import clock
from loa.core.access import permits, require
from loa.core.history import entries_of
from loa.core.lists import list_page
from loa.directory.models import Agency, in_force
from loa.documents.queries import documents_visible_to
from loa.plans import actions, queries
from loa.plans.filters import GuidanceFilter, ReceiptFilter
from loa.plans.forms import StepForm
from loa.plans.forms.year import GuidanceForm
from loa.plans.models import Guidance, GuidanceFile
from loa.plans.queries.plan import overseen_by
from loa.plans.states import GUIDANCE, RECEIPT
from loa.plans.tables import GuidanceTable, ReceiptTable
from loa.plans.views.acts import act, refusal
from loa.plans.views.evidence import as_download
from loa.plans.views.plan import visible_plan
from loa.plans.views.tabs import tabs


def visible_guidance(request: HttpRequest, pk: int) -> Guidance:
    rows = queries.guidance_visible_to(request.user)
    return get_object_or_404(rows.select_related("plan", "document", "created_by"), pk=pk)


@login_required
@require_safe
def plan_guidance(request: HttpRequest, pk: int) -> HttpResponse:
    plan = visible_plan(request, pk)
    rows = queries.guidance_visible_to(request.user).filter(plan=plan)
    return list_page(
        request,
        "plans/plan_guidance.html",
        rows=queries.with_receipt_counts(rows),
        table_class=GuidanceTable,
        filter_class=GuidanceFilter,
        export_name="huong-dan",
        context={
            **tabs(request, plan, "plan_guidance"),
            "may_guide": plan.state != "draft" and permits(request.user, "plans.guide", Guidance(plan=plan)),
        },
    )


def _form(request: HttpRequest, initial: dict[str, Any] | None = None) -> GuidanceForm:
    return GuidanceForm(
        request.POST or None,
        request.FILES or None,
        agencies=Agency.objects.filter(in_force(clock.today())),
        documents=documents_visible_to(request.user),
        initial=initial,
    )


@login_required
@require_http_methods(["GET", "POST"])
def plan_guide(request: HttpRequest, pk: int) -> HttpResponse:
    plan = visible_plan(request, pk)
    require(request.user, "plans.guide", Guidance(plan=plan))
    written: list[Guidance] = []
    response = act(
        request,
        form=_form(request),
        run=lambda given: written.append(actions.write_guidance(plan, **given, by=request.user)),
        heading=_("Write a guidance note"),
        button=_("Keep as a draft"),
        about=plan,
        done=_("The note is kept. Look at it, then send it."),
    )
    if written:
        response["Location"] = written[0].get_absolute_url()
    return response


@login_required
@require_http_methods(["GET", "POST"])
def guidance_edit(request: HttpRequest, pk: int) -> HttpResponse:
    guidance = visible_guidance(request, pk)
    require(request.user, "plans.guide", guidance)
    initial = {
        "title": guidance.title,
        "text": guidance.text,
        "groups": list(guidance.groups.all()),
        "agencies": list(guidance.agencies.all()),
        "acknowledge_by": guidance.acknowledge_by,
        "document": guidance.document,
    }
    return act(
        request,
        form=_form(request, initial),
        run=lambda given: actions.edit_guidance(guidance, **given, by=request.user),
        heading=_("Correct the note"),
        button=_("Save"),
        about=guidance,
        done=_("Saved."),
    )


@login_required
@require_safe
def guidance_detail(request: HttpRequest, pk: int) -> HttpResponse:
    guidance = visible_guidance(request, pk)
    receipts = queries.receipts_visible_to(request.user).filter(guidance=guidance)
    hat = request.user.hat
    own = receipts.filter(agency=hat.agency).first() if hat else None
    oversees = bool(hat) and Guidance.objects.filter(overseen_by(hat.agency, "plan__"), pk=pk).exists()
    return list_page(
        request,
        "plans/guidance_detail.html",
        rows=receipts.order_by("agency__sort_name"),
        table_class=ReceiptTable,
        filter_class=ReceiptFilter,
        export_name="tiep-nhan-huong-dan",
        context={
            "guidance": guidance,
            "plan": guidance.plan,
            "own": own,
            "own_steps": RECEIPT.open_to(request.user, own) if own and guidance.state == "sent" else [],
            "steps": GUIDANCE.open_to(request.user, guidance),
            "oversees": oversees,
            "entries": entries_of([guidance, *([own] if own else [])])[:30],
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def guidance_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    guidance = visible_guidance(request, pk)
    if refused := refusal(request, GUIDANCE, guidance, step):
        return refused
    taken = GUIDANCE.by_name[step]
    run = {
        "send": lambda _given: actions.send_guidance(guidance, by=request.user),
        "withdraw": lambda given: actions.withdraw_guidance(guidance, note=given["note"], by=request.user),
    }[step]
    return act(
        request,
        form=StepForm(request.POST if request.method == "POST" else None, needs_note=taken.needs_note),
        run=run,
        heading=f"{taken.label}: {guidance}",
        button=taken.label,
        tone=taken.tone,
        about=guidance,
        done=_("The note is sent.") if step == "send" else _("The note is withdrawn."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def receipt_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """One click acknowledges: the page of the note posts here. A question and an answer have their form."""
    receipt = get_object_or_404(queries.receipts_visible_to(request.user), pk=pk)
    if refused := refusal(request, RECEIPT, receipt, step):
        return refused
    taken = RECEIPT.by_name[step]
    return act(
        request,
        form=StepForm(request.POST if request.method == "POST" else None, needs_note=taken.needs_note),
        run=lambda given: actions.take_receipt_step(receipt, step, note=given["note"], by=request.user),
        heading=f"{taken.label}: {receipt.guidance}",
        button=taken.label,
        tone=taken.tone,
        about=receipt.guidance,
        done=_("Done: %(step)s.") % {"step": taken.label},
    )


@login_required
@require_safe
def guidance_file(request: HttpRequest, pk: int) -> HttpResponse:
    seen = queries.guidance_visible_to(request.user)
    return as_download(get_object_or_404(GuidanceFile.objects.filter(guidance__in=seen), pk=pk))
