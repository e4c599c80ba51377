from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loa.core.access import require
from loa.core.workflow import FlowError
from loa.reports import actions, queries
from loa.reports.forms import AttachmentForm
from loa.reports.views.acts import act
from loa.reports.views.reports import report_of


@login_required
@require_http_methods(["GET", "POST"])
def report_attach(request: HttpRequest, pk: int) -> HttpResponse:
    report = report_of(request, pk)
    require(request.user, "reports.write_report", report)
    return act(
        request,
        form=AttachmentForm(request.POST or None, request.FILES or None),
        run=lambda given: actions.attach_to_report(
            report, file=given["file"], name=given["file"].name, title=given["title"], by=request.user
        ),
        heading=_("Attach a file"),
        button=_("Attach"),
        about=report,
        done=_("The file goes with the report."),
        back=f"{reverse('reports:report_edit', args=[pk])}#attachments",
    )


@login_required
@require_safe
def attachment_download(request: HttpRequest, pk: int) -> HttpResponse:
    """Always as a download under its true type: nothing that was sent in is ever opened inside the page."""
    attachment = get_object_or_404(queries.attachments_visible_to(request.user), pk=pk)
    response = FileResponse(
        attachment.file.open("rb"),
        as_attachment=True,
        filename=attachment.file_name,
        content_type=attachment.file_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_POST
def attachment_remove(request: HttpRequest, pk: int) -> HttpResponse:
    rows = queries.attachments_visible_to(request.user, with_removed=True)
    attachment = get_object_or_404(rows.select_related("report__round__plan"), pk=pk)
    try:
        actions.remove_attachment(attachment, by=request.user)
    except FlowError as refusal:
        messages.error(request, str(refusal))
        return redirect(attachment.report)
    messages.success(request, _("The file no longer goes with the report."))
    return redirect(f"{reverse('reports:report_edit', args=[attachment.report_id])}#attachments")
