"""A file of procedures taken in: handed in, read by a job, looked at, confirmed by a head, taken in by a job."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from loa.core import clock, history, progress
from loa.core.access import require
from loa.core.models import Job
from loa.core.sheets import SheetError, digest_of, read_sheet
from loa.core.workflow import FlowError
from loa.directory.models import Agency, User
from loa.procedures import national
from loa.procedures.actions.versions import field_called, take_in_version
from loa.procedures.exchange import SHAPE, values_of
from loa.procedures.models import ImportRow, OnlineLevel, Procedure, ProcedureImport
from loa.procedures.models.imports import stored_register
from loa.procedures.queries.content import FIELDS, copied_content
from loa.procedures.queries.imports import (
    DECISION,
    REGISTER,
    Comparer,
    Given,
    batches,
    changes_of,
    facts_of,
    known_procedures_by_code,
)
from loa.procedures.states import IMPORT

Json = dict[str, Any]
MEGABYTE = 1024 * 1024
BATCH = 100  # rows taken in by one transaction
PACKED = b"\x1f\x8b"
READ = "loa.procedures.jobs.read_import"
TAKE_IN = "loa.procedures.jobs.take_in_import"


@transaction.atomic
def hand_in_register(
    content: bytes, name: str, *, agency: Agency, other_agency: Agency | None = None, by: User
) -> ProcedureImport:
    """Keep the file and have it read. Raises FlowError for a file that is neither a sheet nor JSON lines."""
    require(by, "procedures.import_procedures")
    if len(content) > settings.UPLOAD_LIMIT_MB * MEGABYTE:
        raise FlowError(
            _("The file is larger than %(limit)s MB. Send a smaller one.")
            % {"limit": settings.UPLOAD_LIMIT_MB}
        )
    imported = ProcedureImport(
        kind=_kind_of(content, name),
        agency=agency,
        other_agency=other_agency,
        file_name=Path(name).name[:255],
        sha256=hashlib.sha256(content).hexdigest(),
        started_by=by,
        created_at=clock.now(),
    )
    path = stored_register(imported, name)
    if not default_storage.exists(path):
        path = default_storage.save(path, ContentFile(content))
    imported.file.name = path
    imported.save()
    history.record(imported, "procedure_import.hand_in", by=by)
    _start_reading(imported, by=by)
    return imported


def _kind_of(content: bytes, name: str) -> str:
    if content.startswith(b"PK") and name.lower().endswith(".xlsx"):
        return ProcedureImport.Kind.SHEET
    if content.startswith(PACKED) or content.lstrip()[:1] == b"{":
        return ProcedureImport.Kind.NATIONAL
    raise FlowError(_("Give the national register as JSON lines (.jsonl, .jsonl.gz) or a sheet (.xlsx)."))


def _start_reading(imported: ProcedureImport, *, by: User) -> None:
    title = _("Read procedures: %(file)s") % {"file": imported.file_name}
    imported.job = progress.start(title, READ, imported.pk, by=by)
    imported.save(update_fields=["job"])


@transaction.atomic
def answer_names(
    imported: ProcedureImport, *, answers: dict[str, str], other_agency: Agency | None, by: User
) -> None:
    """Say which bodies printed names mean, and have the file compared again."""
    IMPORT.take(imported, "read_again", by=by)
    imported.answers = {**imported.answers, **answers}
    imported.other_agency = other_agency
    imported.save(update_fields=["answers", "other_agency"])
    _start_reading(imported, by=by)


def read_import(imported: ProcedureImport, job: Job) -> None:
    """Compare every row with the register and keep what it would do. Run again, it begins anew."""
    progress.begin(job)
    if imported.state == "reading":
        try:
            _read(imported, job)
        except (SheetError, ValueError) as error:
            IMPORT.take(imported, "fail", by=None, actor="import", note=str(error), error=str(error))
    progress.finish(job, result_url=imported.get_absolute_url())


def _read(imported: ProcedureImport, job: Job) -> None:
    with imported.file.open("rb") as file:
        content = file.read()
    imported.rows.all().delete()
    comparer = Comparer(imported, clock.today())
    counts = dict.fromkeys(ImportRow.Kind.values, 0)
    for rows in comparer.rows(_given(imported, content)):
        ImportRow.objects.bulk_create(rows)
        for row in rows:
            counts[row.kind] += 1
        progress.show(job, sum(counts.values()) + comparer.found.unchanged_count)
    found = comparer.found
    IMPORT.take(
        imported,
        "finish",
        by=None,
        actor="import",
        counts={**counts, "unchanged": found.unchanged_count},
        unknown_names=[list(pair) for pair in found.unknown_names.most_common()],
        new_fields=list(found.new_fields.values()),
    )


def _given(imported: ProcedureImport, content: bytes) -> Iterator[Given]:
    if imported.kind == ProcedureImport.Kind.SHEET:
        for row in read_sheet(content, imported.file_name, SHAPE).rows:
            yield _readable(row.number, lambda cells=row.cells: values_of(cells), dict(row.cells))
        return
    for number, line in national.lines_of(content):
        yield _readable(number, lambda line=line: national.row_of(line), {})


def _readable(number: int, read: Any, cells: Json) -> Given:
    try:
        return Given(number, read())
    except ValueError as error:
        named = {key: cells.get(key, "") for key in ("code", "name")}
        return Given(number, named, reason=str(error))


@transaction.atomic
def confirm_import(imported: ProcedureImport, *, is_announced: bool, by: User) -> None:
    """A head says yes to what the preview shows; rows that cannot be taken in are left out."""
    if not imported.counts.get("new") and not imported.counts.get("changed"):
        raise FlowError(_("Nothing would change."))
    IMPORT.take(imported, "confirm", by=by, is_announced=is_announced)
    title = _("Take procedures in: %(file)s") % {"file": imported.file_name}
    total = imported.counts["new"] + imported.counts["changed"]
    imported.job = progress.start(title, TAKE_IN, imported.pk, by.pk, total=total, by=by)
    imported.save(update_fields=["job"])


def take_in_import(imported: ProcedureImport, job: Job, *, by_pk: int) -> None:
    """All that was shown, a hundred rows at a time. Killed and begun again, it goes on where it was."""
    progress.begin(job)
    by = User.objects.get(pk=by_pk)
    by.wear(imported.agency_id)
    if imported.state == "taking_in":
        waiting = (
            imported.rows.exclude(kind=ImportRow.Kind.BAD).filter(is_done=False).order_by("number", "pk")
        )
        keys = list(waiting.values_list("pk", flat=True))
        for batch in batches(keys, BATCH):
            _take_in_batch(imported, list(batch), by=by)
            progress.advance(job, len(batch))
        done_count = imported.rows.filter(is_done=True).count()
        IMPORT.take(imported, "end", by=None, actor="import", done_count=done_count)
    progress.finish(job, result_url=imported.get_absolute_url())


@transaction.atomic
def _take_in_batch(imported: ProcedureImport, keys: list[int], *, by: User) -> None:
    rows = list(ImportRow.objects.filter(pk__in=keys, is_done=False).order_by("number", "pk"))
    known = known_procedures_by_code(row.code for row in rows)
    codes = {row.values.get("agency", "") for row in rows}
    agencies = {agency.code: agency for agency in Agency.objects.filter(code__in=codes)}
    levels = {level.code: level for level in OnlineLevel.objects.all()}
    for row in rows:
        procedure = known.get(row.code)
        if reason := _why_not(row, procedure):
            row.kind, row.reason = ImportRow.Kind.BAD, reason
        else:
            _take_in_row(imported, row, procedure, agencies, levels, by=by)
            row.is_done = True
        row.save(update_fields=["kind", "reason", "is_done"])


def _why_not(row: ImportRow, procedure: Procedure | None) -> str:
    """What was shown is what is done: where the register has changed since, the row is left out."""
    is_known = procedure is not None
    if is_known != (row.kind == ImportRow.Kind.CHANGED):
        return _("The procedure has changed here since the preview.")
    if procedure is None:
        return ""
    if procedure.is_being_changed or digest_of(facts_of(procedure)) != row.base:  # type: ignore[attr-defined]
        return _("The procedure has changed here since the preview.")
    return ""


def _take_in_row(
    imported: ProcedureImport,
    row: ImportRow,
    procedure: Procedure | None,
    agencies: dict[str, Agency],
    levels: dict[str, OnlineLevel],
    *,
    by: User,
) -> None:
    values = row.values
    changes = row.changes if procedure is None else changes_of(facts_of(procedure), values)
    is_new = procedure is None
    agency = agencies.get(values.get("agency", "")) or imported.other_agency
    if procedure is None:
        procedure = Procedure(code=row.code, name=values["name"], created_at=clock.now())
        procedure.agency = agency or imported.agency
    if is_new or set(changes) & set(REGISTER):
        if "field" in values or is_new:
            procedure.field = field_called(values.get("field") or _("Other field"))
        procedure.levels = values.get("levels", procedure.levels)
        procedure.agency = agency or procedure.agency
        procedure.save()
        history.record(procedure, "procedure.take_in", by=by, data={"import": imported.pk, "row": row.number})
    if is_new or set(changes) - set(REGISTER):
        _take_in_content(imported, procedure, values, levels, is_new=is_new, by=by)


def _take_in_content(
    imported: ProcedureImport,
    procedure: Procedure,
    values: Json,
    levels: dict[str, OnlineLevel],
    *,
    is_new: bool,
    by: User,
) -> None:
    current = procedure.current
    content = copied_content(current) if current else {}
    content |= {key: values[key] for key in FIELDS if key in values and key != "online_level"}
    if "online_level" in values:
        content["online_level"] = levels.get(values["online_level"])
    take_in_version(
        procedure,
        change=values.get("change") or ("new" if is_new else "amended"),
        content=content,
        is_announced=imported.is_announced,
        by=by,
        **_decision(values, current),
    )


def _decision(values: Json, current: Any) -> Json:
    facts: Json = {}
    for key in DECISION:
        said = values.get(key) or ""
        if key != "decision":
            facts[key] = date.fromisoformat(said) if said else None
        else:
            facts[key] = said
        if not facts[key] and current is not None:
            facts[key] = getattr(current, key)
    return facts


@transaction.atomic
def drop_import(imported: ProcedureImport, *, note: str, by: User) -> None:
    IMPORT.take(imported, "drop", by=by, note=note)
    imported.rows.all().delete()
