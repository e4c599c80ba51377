"""Files that go with an agency's report, checked by their content."""

from __future__ import annotations

from typing import BinaryIO

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loa.core import clock, history, uploads
from loa.core.access import require
from loa.core.workflow import FlowError
from loa.directory.models import User
from loa.reports.models import AgencyReport, ReportAttachment
from loa.reports.states import WRITABLE_REPORT_STATES


def attach_to_report(
    report: AgencyReport, *, file: BinaryIO, name: str, title: str = "", by: User
) -> ReportAttachment:
    """Raises FlowError where the file is not taken, is there already, or the report is not being written."""
    _open_for_writing(report, by)
    try:
        upload = uploads.check_upload(file, name)
    except uploads.UploadError as error:
        raise FlowError(str(error)) from error
    with transaction.atomic():
        try:
            with transaction.atomic():
                attachment = ReportAttachment.objects.create(
                    report=report,
                    title=title.strip()[:300] or upload.name.rsplit(".", 1)[0],
                    file=uploads.keep(upload, "documents"),
                    file_name=upload.name,
                    file_type=upload.type,
                    size=upload.size,
                    sha256=upload.sha256,
                    by=by,
                    at=clock.now(),
                )
        except IntegrityError as error:
            raise FlowError(_("This file is attached already.")) from error
        data = {"title": attachment.title, "sha256": upload.sha256}
        history.record(report, "report.attach", by=by, note=attachment.title, data=data)
    return attachment


def remove_attachment(attachment: ReportAttachment, *, by: User) -> None:
    """Twice does it once. The file itself is kept with the history."""
    _open_for_writing(attachment.report, by)
    with transaction.atomic():
        rows = ReportAttachment.objects.filter(pk=attachment.pk, removed_at__isnull=True)
        if rows.update(removed_at=clock.now()):
            data = {"title": attachment.title, "sha256": attachment.sha256}
            history.record(attachment.report, "report.detach", by=by, note=attachment.title, data=data)


def _open_for_writing(report: AgencyReport, by: User) -> None:
    require(by, "reports.write_report", report)
    if report.state not in WRITABLE_REPORT_STATES:
        raise FlowError(_("Files can be changed only while the report is being written."))
