"""What an agency and who accepts its report say to each other; explanations that are asked for and given."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from loa.core import clock, history
from loa.core.access import require
from loa.core.workflow import FlowError
from loa.directory.models import Agency, User
from loa.reports import notices
from loa.reports.models import AgencyReport, CommentReply, ReportComment
from loa.reports.queries.anchors import words_at
from loa.reports.states import COMMENT

Kind = ReportComment.Kind


def comment_on_report(report: AgencyReport, *, text: str, anchor: str = "", by: User) -> ReportComment:
    """Either side, on a line, a text, a figure or the whole. Raises FlowError for an unknown place."""
    require(by, "reports.comment_on_report", report)
    return _say(report, Kind.COMMENT, text=text, anchor=anchor, due_on=None, by=by)


def ask_report_explanation(
    report: AgencyReport, *, text: str, due_on: date, anchor: str = "", by: User
) -> ReportComment:
    """Why a report is late, or a figure what it is; by a day, also before the report is there."""
    require(by, "reports.ask_explanation", report)
    if due_on < clock.today():
        raise FlowError(_("The answer cannot be due in the past."))
    return _say(report, Kind.EXPLANATION, text=text, anchor=anchor, due_on=due_on, by=by)


def _say(
    report: AgencyReport, kind: Kind, *, text: str, anchor: str, due_on: date | None, by: User
) -> ReportComment:
    if not text.strip():
        raise FlowError(_("Write what you have to say."))
    about = words_at(report, anchor)
    if about is None:
        raise FlowError(_("This place is no longer in the report."))
    with transaction.atomic():
        comment = ReportComment.objects.create(
            report=report,
            kind=kind,
            anchor=anchor,
            about=about[:300],
            text=text.strip(),
            due_on=due_on,
            agency=_agency_of(by),
            by=by,
            at=clock.now(),
        )
        action = "report.ask_explanation" if comment.is_explanation else "report.comment"
        data = {"comment": comment.pk, "anchor": anchor}
        entry = history.record(report, action, by=by, note=comment.text, data=data)
        notices.comment_made(comment, entry)
    return comment


def _agency_of(by: User) -> Agency:
    """Whose word it is; who wears no hat was refused before."""
    if by.hat is None:
        raise PermissionDenied
    return by.hat.agency


def reply_to_comment(comment: ReportComment, *, text: str, by: User) -> CommentReply:
    """A further word of either side; the first one of the other side answers an explanation that was asked."""
    require(by, "reports.comment_on_report", comment.report)
    if not text.strip():
        raise FlowError(_("Write what you have to say."))
    if comment.state == "resolved":
        raise FlowError(_("This is resolved; open it again to go on."))
    with transaction.atomic():
        reply = CommentReply.objects.create(
            comment=comment, text=text.strip(), agency=_agency_of(by), by=by, at=clock.now()
        )
        is_answer = _agency_of(by).pk != comment.agency_id
        if is_answer and comment.is_explanation and comment.state == "open":
            COMMENT.take(comment, "answer", by=by, note=reply.text, answered_at=clock.now())
        action = "report.explain" if is_answer and comment.is_explanation else "report.reply"
        data = {"comment": comment.pk}
        entry = history.record(comment.report, action, by=by, note=reply.text, data=data)
        notices.comment_answered(comment, entry)
    return reply


def resolve_comment(comment: ReportComment, *, by: User) -> None:
    with transaction.atomic():
        entry = COMMENT.take(comment, "resolve", by=by)
        history.record(comment.report, "report.resolve_comment", by=by, data={"comment": comment.pk})
        notices.comment_moved(comment, entry)


def reopen_comment(comment: ReportComment, *, reason: str, by: User) -> None:
    with transaction.atomic():
        entry = COMMENT.take(comment, "reopen", by=by, note=reason)
        data = {"comment": comment.pk}
        history.record(comment.report, "report.reopen_comment", by=by, note=reason, data=data)
        notices.comment_moved(comment, entry)
