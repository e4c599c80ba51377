from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from loa.core import clock
from loa.core.access import permits, require
from loa.core.history import entries_of
from loa.core.pages import file_response, page
from loa.core.workflow import FlowError
from loa.reports import actions, queries
from loa.reports.forms import EmptyForm, ReasonForm, ReportForm, SubmitForm
from loa.reports.models import AgencyReport
from loa.reports.states import NOT_OWED_STATES, REPORT, WRITABLE_REPORT_STATES
from loa.reports.views.acts import CONFLICT, INVALID, act, refusal

LINE_WORKS = ("assignment__task", "duty_assignment__duty")


RELATED = (
    "agency__parent",
    "round__template",
    "round__plan__coordinator",
    "round__plan__issuer",
    "round__plan__accepting_office",
    "round__plan__document",
)


def report_of(request: HttpRequest, pk: int) -> AgencyReport:
    rows = queries.reports_visible_to(request.user).select_related(*RELATED)
    return get_object_or_404(rows, pk=pk)


@login_required
@require_GET
def report_detail(request: HttpRequest, pk: int) -> HttpResponse:
    report = report_of(request, pk)
    may_write = permits(request.user, "reports.write_report", report)
    context = _reading(request, report) | {
        "steps": REPORT.open_to(request.user, report),
        "may_edit": may_write and report.state in WRITABLE_REPORT_STATES,
        "missing": queries.missing_in(report, clock.today()) if may_write and not report.submitted_at else [],
        "entries": entries_of([report]),
        "next_report": queries.next_to_accept(report)
        if permits(request.user, "reports.accept_report", report)
        else None,
        "status": queries.board_status(report),
        "may_ask_time": may_write and report.round.state == "open" and _owes_first(report),
    }
    return page(request, "reports/report_detail.html", context)


def _reading(request: HttpRequest, report: AgencyReport) -> dict[str, Any]:
    """What the report says, and what is said about it."""
    texts = dict(report.texts.values_list("section", "text"))
    comments = queries.comments_visible_to(request.user).filter(report=report)
    return {
        "report": report,
        "lines": report.lines.select_related(*LINE_WORKS),
        "tables": queries.tables_in(report),
        "texts": [(section, texts.get(section["key"], "")) for section in report.round.asked_sections],
        "attachments": report.attachments.filter(removed_at__isnull=True),
        "comments": comments.select_related("by", "agency").prefetch_related(
            "replies__by", "replies__agency"
        ),
        "may_comment": permits(request.user, "reports.comment_on_report", report),
        "may_ask": permits(request.user, "reports.ask_explanation", report),
    }


def _owes_first(report: AgencyReport) -> bool:
    return report.first_submitted_at is None and report.state not in NOT_OWED_STATES


def _form(request: HttpRequest, report: AgencyReport) -> ReportForm:
    is_first = report.first_submitted_at is None
    return ReportForm(
        request.POST or None,
        report=report,
        lines=report.lines.select_related(*LINE_WORKS),
        texts=dict(report.texts.values_list("section", "text")),
        evidence=queries.evidence_of_report(report),
        figures=report.figures.all(),
        needs_late_reason=is_first and report.is_late_on(clock.today()),
    )


@login_required
@require_http_methods(["GET", "POST"])
def report_edit(request: HttpRequest, pk: int) -> HttpResponse:
    report = report_of(request, pk)
    require(request.user, "reports.write_report", report)
    if report.state not in WRITABLE_REPORT_STATES:
        messages.warning(request, REPORT.why_not(request.user, report, "hand_to_head"))
        return redirect(report)
    actions.prefill_reports([report])
    form = _form(request, report)
    status = 200
    if request.method == "POST":
        refused = _save(form, report, request)
        if not refused:
            return _go_on(request, report)
        form.add_error(None, refused)
        status = CONFLICT
    return page(request, "reports/report_edit.html", _composer(report, form), status=status)


def _composer(report: AgencyReport, form: ReportForm) -> dict[str, Any]:
    """After a conflict the page carries the newest version: to save again is to overwrite knowingly."""
    stored = AgencyReport.objects.values_list("version", flat=True).get(pk=report.pk)
    missing = queries.missing_in(report, clock.today())
    comments = report.comments.exclude(state="resolved").select_related("by", "agency")
    return {
        "report": report,
        "form": form,
        "version": stored,
        "missing": missing,
        "attachments": report.attachments.filter(removed_at__isnull=True),
        "comments": comments,
    }


def _save(form: ReportForm, report: AgencyReport, request: HttpRequest) -> str:
    """The sentence of a refusal, or "" where it was saved."""
    if not form.is_valid():
        wrong = [
            f"{form.fields[name].label}: {errors[0]}"
            for name, errors in form.errors.items()
            if name in form.fields
        ]
        return " ".join([_("Something could not be read. Check the marked fields."), *wrong[:3]])
    try:
        actions.save_report(report, **form.typed(), by=request.user)
    except FlowError as refusal:
        return str(refusal)
    return ""


def _go_on(request: HttpRequest, report: AgencyReport) -> HttpResponse:
    then = request.POST.get("then", "")
    if then == "hand_to_head":
        return redirect("reports:report_step", report.pk, "hand_to_head")
    if then == "attach":
        return redirect("reports:report_attach", report.pk)
    if then == "recount":
        return _recount(request, report)
    messages.success(request, _("Saved."))
    return redirect("reports:report_edit", report.pk)


def _recount(request: HttpRequest, report: AgencyReport) -> HttpResponse:
    try:
        count = actions.recount_figures(report, version=report.version, by=request.user)
    except FlowError as refusal:
        messages.error(request, str(refusal))
    else:
        words = ngettext("%(n)s figure has changed.", "%(n)s figures have changed.", count) % {"n": count}
        messages.success(request, words if count else _("The registers say the same as before."))
    return redirect(f"{reverse('reports:report_edit', args=[report.pk])}#figures")


@login_required
@require_POST
def report_save(request: HttpRequest, pk: int) -> HttpResponse:
    """What the composer sends by itself while somebody types. Answers in JSON."""
    report = report_of(request, pk)
    require(request.user, "reports.write_report", report)
    form = _form(request, report)
    if refused := _save(form, report, request):
        return JsonResponse({"error": refused}, status=CONFLICT if form.is_valid() else INVALID)
    missing = [{"anchor": gap.anchor, "text": gap.text} for gap in queries.missing_in(report, clock.today())]
    saved = _("Saved at %(time)s") % {"time": f"{clock.now().astimezone():%H:%M:%S}"}
    return JsonResponse({"version": report.version, "saved": saved, "missing": missing})


@login_required
@require_POST
def line_refresh(request: HttpRequest, pk: int, line_pk: int) -> HttpResponse:
    report = report_of(request, pk)
    line = get_object_or_404(report.lines.select_related(*LINE_WORKS, "report__round__template"), pk=line_pk)
    try:
        actions.refresh_line(line, version=int(request.POST.get("version") or 0), by=request.user)
    except FlowError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Drafted anew from the evidence of the period."))
    return redirect(f"{request.path.split('/dong/')[0]}/soan/#line-{line.pk}")


@login_required
@require_http_methods(["GET", "POST"])
def report_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    report = report_of(request, pk)
    known = _steps(request, report)
    if refused := refusal(request, REPORT, report, step, known=known):
        return refused
    taken = REPORT.by_name[step]
    return act(
        request,
        form=_step_form(request, report, step),
        run=known[step],
        heading=taken.label,
        button=taken.label,
        tone=taken.tone,
        about=report,
        done=_("Done: %(step)s.") % {"step": taken.label},
        back="" if report.agency_id == _agency_of(request) else report.round.get_absolute_url(),
        extra=_what_is_missing(report, step),
    )


def _agency_of(request: HttpRequest) -> int | None:
    return request.user.hat.agency.pk if request.user.hat else None


def _steps(request: HttpRequest, report: AgencyReport) -> dict[str, Any]:
    by = request.user
    return {
        "hand_to_head": lambda _given: actions.hand_to_head(report, by=by),
        "return_to_writer": lambda given: actions.return_to_writer(report, **given, by=by),
        "submit": lambda given: actions.submit_report(report, **given, by=by),
        "return_to_agency": lambda given: actions.return_to_agency(report, **given, by=by),
        "accept": lambda _given: actions.accept_report(report, by=by),
        "reopen": lambda given: actions.reopen_report(report, **given, by=by),
    }


def _step_form(request: HttpRequest, report: AgencyReport, step: str) -> Any:
    posted = request.POST if request.method == "POST" else None
    if step == "submit":
        is_late = report.first_submitted_at is None and report.is_late_on(clock.today())
        return SubmitForm(posted, report=report, is_late=is_late)
    return (ReasonForm if REPORT.by_name[step].needs_note else EmptyForm)(posted)


def _what_is_missing(report: AgencyReport, step: str) -> dict[str, Any]:
    if step not in {"hand_to_head", "submit"}:
        return {}
    missing = queries.missing_in(report, clock.today())
    if step == "submit":  # asked for on this very page
        missing = [gap for gap in missing if gap.anchor != "late_reason"]
    return {"missing": missing, "report": report}


@login_required
@require_GET
def report_download(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    report = report_of(request, pk)
    if form not in {"docx", "pdf"}:
        raise Http404
    name = f"bao-cao-{report.agency.code}-{report.round.period}"
    return file_response(actions.agency_report_file(report, form), form, name)
