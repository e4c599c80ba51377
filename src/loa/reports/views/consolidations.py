from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from loa.core import clock
from loa.core.access import permits, require
from loa.core.history import entries_of
from loa.core.models import Job
from loa.core.pages import file_response, page
from loa.core.workflow import FlowError
from loa.reports import actions, queries
from loa.reports.actions.files import NAMES
from loa.reports.forms import EmptyForm, IssueForm, ReasonForm, SignedCopyForm
from loa.reports.models import Consolidation
from loa.reports.papers.consolidated import consolidated_paper
from loa.reports.queries.facts import Facts
from loa.reports.queries.sources import outdated_count, sourced_sections
from loa.reports.states import CONSOLIDATION
from loa.reports.views.acts import act, refusal
from loa.reports.views.rounds import consolidation_of
from officialdoc.write.form import form_for
from officialdoc.write.printed import printed

ROWS_PER_PAGE = 100


def shared_context(request: HttpRequest, consolidation: Consolidation, tab: str) -> dict[str, Any]:
    return {
        "consolidation": consolidation,
        "round": consolidation.round,
        "tab": tab,
        "steps": CONSOLIDATION.open_to(request.user, consolidation),
        "may_edit": consolidation.state == "drafting"
        and permits(request.user, "reports.write_consolidation", consolidation),
        "difference_count": len(queries.differences(consolidation)) if consolidation.snapshot else 0,
    }


@login_required
@require_GET
def consolidation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    consolidation = consolidation_of(request, pk)
    context = shared_context(request, consolidation, "text") | {
        "sections": sourced_sections(consolidation),
        "outdated_count": 0 if consolidation.snapshot else outdated_count(consolidation),
        "entries": entries_of([consolidation])[:30],
        "earlier_count": consolidation.earlier_issues.count(),
        "may_attach": consolidation.state in {"approved", "issued"}
        and permits(request.user, "reports.issue_consolidation", consolidation),
    }
    return page(request, "reports/consolidation_detail.html", context)


@login_required
@require_POST
def consolidation_draft(request: HttpRequest, pk: int) -> HttpResponse:
    rounds = queries.rounds_visible_to(request.user).select_related("plan", "template")
    report_round = get_object_or_404(rounds, pk=pk)
    try:
        found = actions.draft_or_queue(report_round, by=request.user)
    except FlowError as refusal_:
        messages.error(request, str(refusal_))
        return redirect(report_round)
    if isinstance(found, Job):
        return redirect("core:job_detail", found.pk)
    messages.success(request, _("Drafted from what has been reported so far."))
    return redirect(found)


@login_required
@require_http_methods(["GET", "POST"])
def consolidation_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    consolidation = consolidation_of(request, pk)
    known = _steps(request, consolidation)
    if refused := refusal(request, CONSOLIDATION, consolidation, step, known=known):
        return refused
    taken = CONSOLIDATION.by_name[step]
    form_class = ReasonForm if taken.needs_note else EmptyForm
    if step == "issue":
        form_class = IssueForm
    posted = request.POST if request.method == "POST" else None
    return act(
        request,
        form=form_class(posted, initial={"on": clock.today()}),
        run=known[step],
        heading=taken.label,
        button=taken.label,
        tone=taken.tone,
        about=consolidation,
        done=_("Done: %(step)s.") % {"step": taken.label},
    )


def _steps(request: HttpRequest, consolidation: Consolidation) -> dict[str, Any]:
    by = request.user
    return {
        "hand_to_head": lambda _given: actions.hand_consolidation_to_head(consolidation, by=by),
        "return_to_writer": lambda given: actions.return_consolidation(consolidation, **given, by=by),
        "approve": lambda _given: actions.approve_consolidation(consolidation, by=by),
        "reopen": lambda given: actions.reopen_consolidation(consolidation, **given, by=by),
        "issue": lambda given: actions.issue_consolidation(consolidation, **given, by=by),
    }


def facts_shown(request: HttpRequest, consolidation: Consolidation) -> tuple[Facts, bool]:
    """As it was, or with ?nay=1 under the bodies that exist today; and which of the two."""
    facts = queries.facts_of(consolidation)
    if request.GET.get("nay") != "1":
        return facts, False
    heirs = queries.heirs_on(clock.today(), [agency.agency for agency in facts.agencies])
    return queries.as_it_is(facts, heirs), True


@login_required
@require_GET
def figure_list(request: HttpRequest, pk: int) -> HttpResponse:
    consolidation = consolidation_of(request, pk)
    facts, as_now = facts_shown(request, consolidation)
    context = shared_context(request, consolidation, "figures") | {
        "figures": queries.figures_of(facts).values(),
        "tables": queries.tables_of(facts),
        "as_now": as_now,
        "cutoff": facts.round.data_to,
    }
    return page(request, "reports/figure_list.html", context)


@login_required
@require_GET
def figure_detail(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """The rows behind one figure; their sum is the figure."""
    consolidation = consolidation_of(request, pk)
    figure = queries.figures_of(queries.facts_of(consolidation)).get(key)
    if figure is None:
        raise Http404
    paginator = Paginator(figure.rows, ROWS_PER_PAGE)
    rows = paginator.get_page(request.GET.get("page"))
    readable = set(queries.reports_visible_to(request.user).filter(round=pk).values_list("pk", flat=True))
    context = {"figure": figure, "rows": rows, "paginator": paginator, "readable": readable}
    return page(
        request, "reports/figure_detail.html", shared_context(request, consolidation, "figures") | context
    )


@login_required
@require_GET
def difference_list(request: HttpRequest, pk: int) -> HttpResponse:
    consolidation = consolidation_of(request, pk)
    readable = set(queries.reports_visible_to(request.user).filter(round=pk).values_list("pk", flat=True))
    context = {"differences": queries.differences(consolidation), "readable": readable}
    shared = shared_context(request, consolidation, "differences")
    return page(request, "reports/difference_list.html", shared | context)


@login_required
@require_GET
def consolidation_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The words of the paper, as it will be printed."""
    consolidation = consolidation_of(request, pk)
    document = consolidated_paper(queries.facts_of(consolidation))
    context = {"sheet": printed(document, form_for(document.on))}
    shared = shared_context(request, consolidation, "preview")
    return page(request, "reports/consolidation_preview.html", shared | context)


@login_required
@require_GET
def consolidation_download(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    consolidation = consolidation_of(request, pk)
    if form not in NAMES:
        raise Http404
    facts, as_now = facts_shown(request, consolidation) if form == "xlsx" else (None, False)
    content = actions.consolidated_file(facts or queries.facts_of(consolidation), form)
    return file_response(content, form, f"{file_name(consolidation)}{'-hien-nay' if as_now else ''}")


def file_name(consolidation: Consolidation) -> str:
    document = consolidation.document
    if document is None:
        return f"du-thao-bao-cao-{consolidation.round.period}"
    return f"bao-cao-{document.printed_number.replace('/', '-')}".encode("ascii", "ignore").decode()


@login_required
@require_http_methods(["GET", "POST"])
def signed_copy(request: HttpRequest, pk: int) -> HttpResponse:
    consolidation = consolidation_of(request, pk)
    require(request.user, "reports.issue_consolidation", consolidation)
    return act(
        request,
        form=SignedCopyForm(request.POST or None, request.FILES or None),
        run=lambda given: actions.attach_signed_copy(
            consolidation, file=given["file"], name=given["file"].name, by=request.user
        ),
        heading=_("Attach the signed copy"),
        button=_("Attach"),
        about=consolidation,
        done=_("The signed copy is attached."),
    )


@login_required
@require_GET
def signed_copy_download(request: HttpRequest, pk: int) -> HttpResponse:
    consolidation = consolidation_of(request, pk)
    if not consolidation.signed_file:
        raise Http404
    with consolidation.signed_file.open() as kept:
        return file_response(kept.read(), "pdf", f"{file_name(consolidation)}-ban-ky")
