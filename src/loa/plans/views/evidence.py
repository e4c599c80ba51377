from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loa.core.access import require
from loa.plans import actions, queries
from loa.plans.forms import FileForm, LinkForm, NoteForm, WithdrawForm
from loa.plans.models import Assignment, DutyAssignment
from loa.plans.views.acts import act
from loa.plans.views.assignment import visible_assignment
from loa.plans.views.duty import visible_duty_assignment

Work = Assignment | DutyAssignment


@login_required
@require_http_methods(["GET", "POST"])
def assignment_evidence(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    assignment = visible_assignment(request, pk)
    require(request.user, "plans.work_on_assignment", assignment)
    return _add(request, assignment, kind)


@login_required
@require_http_methods(["GET", "POST"])
def duty_evidence(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    duty_assignment = visible_duty_assignment(request, pk)
    require(request.user, "plans.work_on_duty", duty_assignment)
    return _add(request, duty_assignment, kind)


def _add(request: HttpRequest, work: Work, kind: str) -> HttpResponse:
    """A note, a file or a link for the same work, each by its own form."""
    add = {"note": actions.add_note, "file": actions.attach_file, "link": actions.attach_link}[kind]
    heading = {"note": _("Note what was done"), "file": _("Attach a file"), "link": _("Add a link")}[kind]
    return act(
        request,
        form=_form(request, work, kind),
        run=lambda given: add(work, **given, by=request.user),
        heading=heading,
        button=_("Save"),
        about=work,
        done=_("It is kept with the work."),
    )


def _form(request: HttpRequest, work: Work, kind: str) -> Form:
    posted = request.POST if request.method == "POST" else None
    if kind == "note":
        return NoteForm(posted)
    if kind == "file":
        return FileForm(posted, request.FILES or None, work=work)
    return LinkForm(posted, work=work)


@login_required
@require_safe
def deliverable_download(request: HttpRequest, pk: int) -> HttpResponse:
    """Always as a download under its true type: nothing that was sent in is ever opened inside the page."""
    return as_download(get_object_or_404(queries.deliverables_visible_to(request.user), pk=pk))


def as_download(row: Any) -> FileResponse:
    """The file of a row that has `file`, `file_name` and `file_type`."""
    if not row.file:
        raise Http404
    response = FileResponse(
        row.file.open("rb"),
        as_attachment=True,
        filename=row.file_name,
        content_type=row.file_type or "application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_http_methods(["GET", "POST"])
def deliverable_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    rows = queries.deliverables_visible_to(request.user).select_related(
        "assignment__plan", "duty_assignment__plan"
    )
    deliverable = get_object_or_404(rows.filter(withdrawn_at__isnull=True), pk=pk)
    require(request.user, "plans.withdraw_deliverable", deliverable)
    about: Any = deliverable.assignment or deliverable.duty_assignment
    return act(
        request,
        form=WithdrawForm(request.POST or None),
        run=lambda given: actions.withdraw_evidence(deliverable, note=given["note"], by=request.user),
        heading=_("Take back: %(title)s") % {"title": deliverable.title},
        button=_("Take back"),
        tone="danger",
        about=about,
        done=_("The evidence is taken back."),
    )
