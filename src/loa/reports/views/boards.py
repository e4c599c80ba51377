"""The board of a round: who stands where, and what the coordinator may do about one body or all."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from loa.core import clock
from loa.core.access import permits, require
from loa.core.lists import list_page
from loa.reports import actions, queries
from loa.reports.filters import BoardFilter
from loa.reports.forms import AddBodyForm, AnswerForm, AskExtensionForm, EmptyForm, ExtendForm, ReasonForm
from loa.reports.models import AgencyReport, ReportExtension, ReportRound
from loa.reports.states import REPORT_EXTENSION
from loa.reports.tables import BoardTable
from loa.reports.views.acts import act, refusal


def _overseen(request: HttpRequest, pk: int) -> ReportRound:
    rounds = queries.rounds_overseen_by(request.user).select_related("plan__coordinator", "template")
    return get_object_or_404(rounds, pk=pk)


class _ActingTable(BoardTable):
    """For who may act: with the column of acts filled."""

    may_act = True

    class Meta(BoardTable.Meta):
        pass


@login_required
@require_GET
def board(request: HttpRequest, pk: int) -> HttpResponse:
    report_round, today = _overseen(request, pk), clock.today()
    may_manage = permits(request.user, "reports.manage_round", report_round)
    may_act = may_manage and report_round.state == "open"
    return list_page(
        request,
        "reports/board.html",
        rows=queries.board_rows(report_round, today),
        table_class=_ActingTable if may_act else BoardTable,
        filter_class=BoardFilter,
        export_name=f"tinh-hinh-bao-cao-{report_round.period}",
        context={
            "round": report_round,
            "counts": queries.board_counts(report_round, today),
            "days": queries.progress_by_day(report_round, today),
            "may_act": may_act,
        },
    )


def _board_url(report_round: ReportRound) -> str:
    return reverse("reports:board", args=[report_round.pk])


@login_required
@require_http_methods(["GET", "POST"])
def round_extend(request: HttpRequest, pk: int) -> HttpResponse:
    report_round = get_object_or_404(queries.rounds_visible_to(request.user).select_related("plan"), pk=pk)
    require(request.user, "reports.manage_round", report_round)
    return act(
        request,
        form=ExtendForm(request.POST or None),
        run=lambda given: actions.extend_round(report_round, **given, by=request.user),
        heading=_("More time for everybody"),
        button=_("Give more time"),
        about=report_round,
        done=_("The due date is moved; the bodies that still owe are told."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def round_add_body(request: HttpRequest, pk: int) -> HttpResponse:
    report_round = get_object_or_404(queries.rounds_visible_to(request.user).select_related("plan"), pk=pk)
    require(request.user, "reports.manage_round", report_round)
    return act(
        request,
        form=AddBodyForm(request.POST or None, report_round=report_round),
        run=lambda given: actions.add_body(report_round, **given, by=request.user),
        heading=_("Ask one more body"),
        button=_("Ask for its report"),
        about=report_round,
        done=_("The body is asked and told."),
        back=_board_url(report_round),
    )


@login_required
@require_http_methods(["GET", "POST"])
def board_act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Excuse a body, ask it again, or give it more time."""
    report = _listed(request, pk)
    known = _acts(request, report)
    if what not in known:
        raise Http404
    require(request.user, "reports.excuse_report", report)
    heading, form_class, run, done = known[what]
    return act(
        request,
        form=form_class(request.POST if request.method == "POST" else None),
        run=run,
        heading=f"{heading}: {report.agency}",
        button=heading,
        about=report.round,
        done=done,
        back=_board_url(report.round),
    )


def _listed(request: HttpRequest, pk: int) -> AgencyReport:
    """A report on a board one sees, also one whose words one may not read yet."""
    rows = AgencyReport.objects.filter(
        round__in=queries.rounds_overseen_by(request.user).order_by().values("pk")
    )
    return get_object_or_404(rows.select_related("agency", "round__plan", "round__template"), pk=pk)


def _acts(request: HttpRequest, report: AgencyReport) -> dict[str, tuple[str, Any, Any, str]]:
    by = request.user
    return {
        "mien": (
            _("Excuse from this round"),
            ReasonForm,
            lambda given: actions.excuse_report(report, **given, by=by),
            _("The body owes no report in this round."),
        ),
        "hoi-lai": (
            _("Ask for the report again"),
            EmptyForm,
            lambda _given: actions.ask_again(report, by=by),
            _("The body is asked again."),
        ),
        "gia-han": (
            _("Give more time"),
            ExtendForm,
            lambda given: actions.extend_report(report, **given, by=by),
            _("The body has more time and is told."),
        ),
    }


@login_required
@require_http_methods(["GET", "POST"])
def report_ask_extension(request: HttpRequest, pk: int) -> HttpResponse:
    """A body asks for more time."""
    rows = queries.reports_visible_to(request.user).select_related("agency", "round__plan", "round__template")
    report = get_object_or_404(rows, pk=pk)
    require(request.user, "reports.ask_extension", report)
    return act(
        request,
        form=AskExtensionForm(request.POST or None),
        run=lambda given: actions.ask_extension(report, **given, by=request.user),
        heading=_("Ask for more time"),
        button=_("Ask for more time"),
        about=report,
        done=_("Asked: who accepts the report decides."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def report_extension_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Grant or refuse: the step is the button pressed, or ?buoc=refuse."""
    rows = queries.report_extensions_visible_to(request.user).select_related(
        "report__agency", "report__round__plan", "asked_by"
    )
    extension: ReportExtension = get_object_or_404(rows, pk=pk)
    step = "refuse" if request.GET.get("buoc") == "refuse" else "grant"
    about = extension.report.round
    if refused := refusal(request, REPORT_EXTENSION, extension, step, about=about):
        return refused
    taken = REPORT_EXTENSION.by_name[step]
    return act(
        request,
        form=AnswerForm(request.POST if request.method == "POST" else None, needs_answer=taken.needs_note),
        run=lambda given: actions.decide_extension(extension, step, **given, by=request.user),
        heading=_("More time for %(agency)s") % {"agency": extension.report.agency},
        button=taken.label,
        tone=taken.tone,
        about=about,
        done=_("Decided; the body is told."),
        extra={"extension": extension, "step": step},
    )
