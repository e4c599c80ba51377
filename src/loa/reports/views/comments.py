from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from loa.core import clock
from loa.core.access import permits, require
from loa.core.acting import TAKEN, attempt
from loa.core.history import entries_of
from loa.core.pages import page
from loa.reports import actions, queries
from loa.reports.forms import CommentForm, EmptyForm, ExplanationForm, ReasonForm, ReplyForm
from loa.reports.models import AgencyReport, ReportComment
from loa.reports.queries.anchors import words_at
from loa.reports.states import COMMENT
from loa.reports.views.acts import act, refusal
from loa.reports.views.reports import RELATED, report_of

DAYS_TO_ANSWER = 3
WRITTEN_STEPS = ("resolve", "reopen")  # an answer is given by replying


@login_required
@require_http_methods(["GET", "POST"])
def comment_add(request: HttpRequest, pk: int) -> HttpResponse:
    report = report_of(request, pk)
    require(request.user, "reports.comment_on_report", report)
    anchor = request.GET.get("cho", "")
    about = _words(report, anchor)
    return act(
        request,
        form=CommentForm(request.POST or None),
        run=lambda given: actions.comment_on_report(report, **given, anchor=anchor, by=request.user),
        heading=_("Comment on the report"),
        button=_("Send the comment"),
        about=report,
        done=_("The other side is told."),
        back=f"{report.get_absolute_url()}#{anchor or 'comments'}",
        extra={"quoted": about},
    )


def _words(report: AgencyReport, anchor: str) -> str:
    about = words_at(report, anchor)
    if about is None:
        raise Http404
    return about


@login_required
@require_http_methods(["GET", "POST"])
def report_explanation_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Also of an agency whose report is not there yet: only that it is late is known then."""
    reports = queries.reports_accepted_by(request.user).select_related(*RELATED)
    report = get_object_or_404(reports, pk=pk)
    require(request.user, "reports.ask_explanation", report)
    anchor = request.GET.get("cho", "")
    is_readable = queries.reports_visible_to(request.user).filter(pk=pk).exists()
    about = _words(report, anchor if is_readable else "")
    initial = {"due_on": clock.today() + timedelta(days=DAYS_TO_ANSWER)}
    return act(
        request,
        form=ExplanationForm(request.POST or None, initial=initial),
        run=lambda given: actions.ask_report_explanation(
            report, **given, anchor=anchor if is_readable else "", by=request.user
        ),
        heading=_asked_heading(report),
        button=_("Send"),
        about=report if is_readable else report.round,
        done=_("The agency is told."),
        extra={"quoted": about or report.agency.name},
    )


def _asked_heading(report: AgencyReport) -> str:
    """Party and mass bodies are asked, not told."""
    return _("Kindly ask for an explanation") if report.agency.is_political else _("Ask for an explanation")


def _comment(request: HttpRequest, pk: int) -> ReportComment:
    rows = queries.comments_visible_to(request.user).select_related(
        "by", "agency", *(f"report__{name}" for name in RELATED)
    )
    return get_object_or_404(rows, pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def comment_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole exchange, and a word more."""
    comment = _comment(request, pk)
    form = ReplyForm(request.POST or None)
    status = attempt(request, form, lambda given: actions.reply_to_comment(comment, **given, by=request.user))
    if status == TAKEN:
        return redirect(comment)
    return page(request, "reports/comment_detail.html", _thread(request, comment, form), status=status)


def _thread(request: HttpRequest, comment: ReportComment, form: ReplyForm) -> dict[str, Any]:
    user = request.user
    steps = [step for step in COMMENT.open_to(user, comment) if step.name in WRITTEN_STEPS]
    return {
        "comment": comment,
        "report": comment.report,
        "replies": comment.replies.select_related("by", "agency"),
        "form": form,
        "steps": steps,
        "may_reply": comment.state != "resolved"
        and permits(user, "reports.comment_on_report", comment.report),
        "is_readable": queries.reports_visible_to(user).filter(pk=comment.report_id).exists(),
        "entries": entries_of([comment]),
    }


@login_required
@require_http_methods(["GET", "POST"])
def comment_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    comment = _comment(request, pk)
    by = request.user
    known = {
        "resolve": (EmptyForm, lambda _given: actions.resolve_comment(comment, by=by)),
        "reopen": (ReasonForm, lambda given: actions.reopen_comment(comment, **given, by=by)),
    }
    if refused := refusal(request, COMMENT, comment, step, known=known):
        return refused
    form_class, run = known[step]
    taken = COMMENT.by_name[step]
    return act(
        request,
        form=form_class(request.POST if request.method == "POST" else None),
        run=run,
        heading=taken.label,
        button=taken.label,
        tone=taken.tone,
        about=comment,
        done=_("Done: %(step)s.") % {"step": taken.label},
    )
