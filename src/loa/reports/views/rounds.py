from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from loa.core import clock
from loa.core.access import permits, require
from loa.core.history import entries_of
from loa.core.lists import list_page
from loa.core.pages import page
from loa.plans.queries import plans_visible_to, tasks_visible_to
from loa.reports import actions, queries
from loa.reports.filters import RoundFilter
from loa.reports.forms import EmptyForm, ReasonForm, RoundForm
from loa.reports.models import Consolidation, ReportRound
from loa.reports.states import ROUND
from loa.reports.tables import RoundTable
from loa.reports.views.acts import act, refusal


@login_required
@require_GET
def round_list(request: HttpRequest) -> HttpResponse:
    due = queries.reports_to_write(request.user).select_related("round", "agency")
    waiting = queries.reports_to_accept(request.user).select_related("round", "agency")
    today = clock.today()
    typed = request.GET.get("year", "")
    year = int(typed) if typed.isdigit() and 2000 <= int(typed) <= 2100 else today.year
    months = queries.year_strip(request.user, year, today)
    return list_page(
        request,
        "reports/round_list.html",
        rows=queries.rounds_listed_for(request.user),
        table_class=RoundTable,
        filter_class=RoundFilter,
        export_name="ky-bao-cao",
        context={
            "due": due[:10],
            "waiting": waiting[:10],
            "year": year,
            "months": months,
            "has_marks": any(month.marks for month in months),
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def round_open(request: HttpRequest, pk: int) -> HttpResponse:
    plan = get_object_or_404(plans_visible_to(request.user).select_related("coordinator"), pk=pk)
    require(request.user, "reports.open_round", plan)
    actions.load_templates()
    proposal = queries.propose_round(plan, clock.today(), request.GET.get("kind", ""))
    return act(
        request,
        form=RoundForm(request.POST or None, proposal=proposal),
        run=lambda given: actions.open_round(plan, **given, by=request.user),
        heading=_("Open a round of reports"),
        button=_("Open the round and ask for reports"),
        about=plan,
        done=_("The round is open; the agencies are told."),
        extra={
            "rules": plan.reporting_rules.all(),
            "owing_count": len(queries.owing_agency_ids(plan)),
            "kinds": ReportRound.Kind.choices,
            "kind": proposal.kind,
        },
    )


@login_required
@require_GET
def round_detail(request: HttpRequest, pk: int) -> HttpResponse:
    rounds = queries.rounds_visible_to(request.user).select_related(
        "plan__coordinator", "template", "receiver", "rule", "opened_by"
    )
    report_round = get_object_or_404(rounds, pk=pk)
    context: dict[str, Any] = {
        "round": report_round,
        "own": queries.own_report(request.user, report_round),
        "steps": ROUND.open_to(request.user, report_round),
        "entries": entries_of([report_round]),
        "consolidation": queries.consolidations_visible_to(request.user).filter(round=report_round).first(),
        "may_draft": permits(request.user, "reports.manage_round", report_round),
        "unprefilled_count": report_round.reports.filter(prefilled_at__isnull=True).count(),
        "counted": queries.counted_days_of(report_round).first(),
    }
    if queries.rounds_overseen_by(request.user).filter(pk=pk).exists():
        context |= _board(request, report_round)
    return page(request, "reports/round_detail.html", context)


def _board(request: HttpRequest, report_round: Any) -> dict[str, Any]:
    board = queries.round_board(report_round, clock.today())
    asked = queries.report_extensions_visible_to(request.user).filter(
        report__round=report_round, state="asked"
    )
    return {
        "board": board,
        "status": request.GET.get("status", ""),
        "extensions": asked.select_related("report__agency", "report__round"),
        "days": queries.progress_by_day(report_round, clock.today()),
        "may_manage": permits(request.user, "reports.manage_round", report_round),
    }


@login_required
@require_GET
def round_mine(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a notice to many agencies leads: to one's own report."""
    report_round = get_object_or_404(queries.rounds_visible_to(request.user), pk=pk)
    return redirect(queries.own_report(request.user, report_round) or report_round)


@login_required
@require_http_methods(["GET", "POST"])
def round_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    report_round = get_object_or_404(queries.rounds_visible_to(request.user).select_related("plan"), pk=pk)
    known = {
        "close": (EmptyForm, lambda _given: actions.close_round(report_round, by=request.user)),
        "reopen": (ReasonForm, lambda given: actions.reopen_round(report_round, **given, by=request.user)),
    }
    if refused := refusal(request, ROUND, report_round, step, known=known):
        return refused
    form_class, run = known[step]
    taken = ROUND.by_name[step]
    return act(
        request,
        form=form_class(request.POST if request.method == "POST" else None),
        run=run,
        heading=taken.label,
        button=taken.label,
        tone=taken.tone,
        about=report_round,
        done=_("Done."),
    )


@login_required
@require_GET
def plan_rounds(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan's rounds, as a fragment of the plan's page."""
    plan = get_object_or_404(plans_visible_to(request.user), pk=pk)
    context = {
        "plan": plan,
        "rounds": queries.rounds_of_plan(request.user, plan),
        "may_open": permits(request.user, "reports.open_round", plan) and plan.state == "issued",
        "proposed_count": plan.standing_rules.filter(state="proposed").count(),
    }
    return page(request, "reports/plan_rounds.html", context, part="fragment")


@login_required
@require_GET
def task_reported(request: HttpRequest, pk: int) -> HttpResponse:
    """What agencies reported on a task, as a fragment of the task's page."""
    task = get_object_or_404(tasks_visible_to(request.user), pk=pk)
    context = {"task": task, "lines": queries.lines_on_task(request.user, task.pk)}
    return page(request, "reports/task_reported.html", context, part="fragment")


def consolidation_of(request: HttpRequest, pk: int) -> Consolidation:
    """The consolidation of a round, by the round's key, if this person may see it."""
    rows = queries.consolidations_visible_to(request.user).select_related(
        "round__plan__coordinator__parent",
        "round__plan__issuer",
        "round__plan__accepting_office",
        "round__plan__document",
        "round__template",
        "document",
    )
    return get_object_or_404(rows, round=pk)
