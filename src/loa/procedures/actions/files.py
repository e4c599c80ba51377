"""Forms to download, which belong to a version."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loa.core import history, uploads
from loa.core.access import require
from loa.core.uploads import Upload
from loa.core.workflow import FlowError
from loa.directory.models import User
from loa.procedures.models import ProcedureFile, ProcedureVersion
from loa.procedures.states import WRITABLE_STATES


@transaction.atomic
def add_file(version: ProcedureVersion, *, title: str, upload: Upload, by: User) -> ProcedureFile:
    _require_writable(version, by=by)
    row = ProcedureFile(
        version=version,
        title=title or upload.name,
        file_name=upload.name,
        file_type=upload.type,
        size=upload.size,
        sha256=upload.sha256,
    )
    row.file.name = uploads.keep(upload, "procedures")
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise FlowError(_("This file is here already.")) from error
    history.record(version, "version.add_file", by=by, note=row.title)
    return row


@transaction.atomic
def remove_file(paper: ProcedureFile, *, by: User) -> None:
    _require_writable(paper.version, by=by)
    history.record(paper.version, "version.remove_file", by=by, note=paper.title)
    paper.delete()


def _require_writable(version: ProcedureVersion, *, by: User) -> None:
    require(by, "procedures.write_version", version)
    if version.state not in WRITABLE_STATES:
        raise FlowError(_("This version is no longer a draft."))
