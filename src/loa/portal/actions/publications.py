"""Writing a publication, its files, and its way to the readers; released, it counts for the plan's work."""

from __future__ import annotations

import base64
import hashlib
import tempfile
from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from loa.core import clock, history, uploads
from loa.core.access import require
from loa.core.models import Entry
from loa.core.queue import later
from loa.core.uploads import Upload
from loa.core.workflow import FlowError
from loa.directory.models import User
from loa.plans.actions import correct_deliverable, record_deliverable, withdraw_deliverable
from loa.plans.models import Deliverable, Topic
from loa.portal import queries
from loa.portal.models import Publication, PublicationFile
from loa.portal.models.publications import public_storage
from loa.portal.notices import publications as notices
from loa.portal.states import PUBLICATION
from officialdoc.model import UnreadableDocumentError
from officialdoc.read.safe import look_bounded

PRINT_FACTS = ("print_run", "printer", "printed_on", "licence", "cost_line")  # also after approval
READING_KINDS = ("pdf", "docx", "pptx", "jpg", "png", "mp3", "mp4")


@transaction.atomic
def write_publication(*, topics: list[Topic] | None = None, by: User, **fields: Any) -> Publication:
    """A draft of the person's own agency."""
    require(by, "portal.add_publication")
    if by.hat is None:
        raise FlowError(_("You act for no agency."))
    now = clock.now()
    publication = Publication(agency=by.hat.agency, created_by=by, changed_by=by, created_at=now, **fields)
    _check(publication)
    publication.save()
    publication.topics.set(topics or [])
    history.record(publication, "publication.write", by=by, note=publication.title)
    return publication


@transaction.atomic
def edit_publication(
    publication: Publication, *, topics: list[Topic] | None = None, by: User, **fields: Any
) -> Publication:
    """Everything before approval; of an approved one only the facts of its printing."""
    row = Publication.objects.select_for_update().get(pk=publication.pk)
    require(by, "portal.change_publication", row)
    if row.state == "approved":
        fields, topics = {key: fields[key] for key in PRINT_FACTS if key in fields}, None
    changes = {key: new for key, new in fields.items() if getattr(row, key) != new}
    for key, new in changes.items():
        setattr(row, key, new)
    _check(row)
    if topics is not None:
        row.topics.set(topics)
    if row.state != "approved":
        row.changed_by = by
    row.save()
    history.record(row, "publication.edit", by=by, data={"fields": sorted(changes)})
    return row


def _check(publication: Publication) -> None:
    work = publication.assignment or publication.duty_assignment
    if publication.assignment and publication.duty_assignment:
        raise FlowError(_("Choose a task or a standing duty, not both."))
    if work and work.agency_id != publication.agency_id:
        raise FlowError(_("This work is another agency's."))
    line = publication.cost_line
    if line and not queries.cost_lines_for(publication.agency).filter(pk=line.pk).exists():
        raise FlowError(_("The cost line must be an approved one of your own agency."))
    given = queries.given_out(publication) if publication.pk else 0
    if given > (publication.print_run or 0):
        raise FlowError(_("%(n)s copies have been given out already.") % {"n": given})


@transaction.atomic
def attach_publication_file(
    publication: Publication, *, purpose: str, upload: Upload, by: User
) -> PublicationFile:
    """A checked file; the same one for the same purpose is kept once. A job looks into a .pdf."""
    require(by, "portal.change_publication", publication)
    if publication.state == "approved":
        raise FlowError(_("It is approved: open it again before its files change."))
    if purpose == "print" and upload.kind != "pdf":
        raise FlowError(_("The printer gets a .pdf."))
    if upload.kind not in READING_KINDS:
        raise FlowError(_("Readers get a .pdf, .docx, .pptx, picture, sound or film."))
    row, is_new = PublicationFile.objects.get_or_create(
        publication=publication,
        purpose=purpose,
        sha256=upload.sha256,
        defaults={
            "file": uploads.keep(upload, "publications"),
            "file_name": upload.name,
            "file_type": upload.type,
            "size": upload.size,
            "is_looked_at": upload.kind != "pdf",
            "added_by": by,
            "added_at": clock.now(),
        },
    )
    if is_new:
        Publication.objects.filter(pk=publication.pk).update(changed_by=by)
        publication.changed_by = by
        history.record(publication, "publication.attach", by=by, note=row.file_name)
        if not row.is_looked_at:
            later("loa.portal.jobs.publications.look_at_file", row.pk)
    return row


@transaction.atomic
def drop_publication_file(file: PublicationFile, *, by: User) -> None:
    """The stored bytes stay under their digest; nothing refers to them any more."""
    publication = file.publication
    require(by, "portal.change_publication", publication)
    if publication.state == "approved":
        raise FlowError(_("It is approved: open it again before its files change."))
    history.record(publication, "publication.detach", by=by, note=file.file_name)
    file.delete()


def look_at_file(
    file: PublicationFile, *, reader: Callable[[str], dict[str, Any] | None] = look_bounded
) -> None:
    """The cover, the pages and their text, found in a bounded process. Looking twice changes nothing."""
    if file.is_looked_at:
        return
    with tempfile.NamedTemporaryFile(suffix=".pdf") as copy, file.file.open("rb") as kept:
        for chunk in kept.chunks():
            copy.write(chunk)
        copy.flush()
        try:
            seen = reader(copy.name)
        except UnreadableDocumentError as error:
            seen = {"why": error.vi}
    _keep_look(file, seen or {})


@transaction.atomic
def _keep_look(file: PublicationFile, seen: dict[str, Any]) -> None:
    found = {"pages": seen.get("pages", []), "page_count": seen.get("page_count"), "is_looked_at": True}
    if not PublicationFile.objects.filter(pk=file.pk, is_looked_at=False).update(**found):
        return
    publication = Publication.objects.select_for_update().get(pk=file.publication_id)
    if found["page_count"] is None:
        note = f"{file.file_name}: {seen.get('why', '')}".strip(": ")
        history.record(publication, "publication.unreadable", by=None, actor="import", note=note)
        return
    changes: dict[str, Any] = {}
    if file.purpose == "reading" or not publication.cover:
        changes = {
            "cover": _keep_cover(base64.b64decode(seen["picture"])),
            "cover_width": seen["width"],
            "cover_height": seen["height"],
        }
    if publication.page_count is None or file.purpose == "reading":
        changes["page_count"] = seen["page_count"]
    Publication.objects.filter(pk=publication.pk).update(**changes)


def _keep_cover(picture: bytes) -> str:
    digest = hashlib.sha256(picture).hexdigest()
    storage, path = public_storage(), f"publications/{digest[:2]}/{digest}.webp"
    return path if storage.exists(path) else storage.save(path, ContentFile(picture))


# steps -------------------------------------------------------------------------------------------


@transaction.atomic
def take_publication_step(publication: Publication, step: str, *, note: str = "", by: User) -> Entry:
    """The action behind a step's button."""
    before = {"hand_to_editor": _ready, "reopen": _not_sent}.get(step)
    if before:
        before(publication)
    entry = PUBLICATION.take(publication, step, by=by, note=note, **_moments(step, by))
    after: Callable[..., None] | None = {"release": _record, "withdraw": _take_back}.get(step)
    if after:
        after(publication, entry, by=by)
    notices.publication_moved(publication, entry)
    return entry


def _moments(step: str, by: User) -> dict[str, Any]:
    if step == "hand_to_editor":
        return {"handed_in_by": by}
    if step == "release":
        return {"released_at": clock.now(), "released_on": clock.today()}
    return {}


def _ready(publication: Publication) -> None:
    if not publication.files.exists():
        raise FlowError(_("Add the file first: there is nothing to approve yet."))


def _not_sent(publication: Publication) -> None:
    if publication.dispatches.filter(state="sent").exists():
        raise FlowError(_("Copies have been sent out: what is printed does not change any more."))


def source_of(publication: Publication) -> str:
    """What its deliverable is a record of."""
    return f"publication:{publication.pk}"


def _record(publication: Publication, _entry: Entry, *, by: User) -> None:
    work = publication.assignment or publication.duty_assignment
    if work is None:
        return
    counted = queries.counted_as(publication)
    row = record_deliverable(
        work,
        agency=publication.agency,
        kind="publication",
        title=publication.title,
        on=publication.released_on or clock.today(),
        source=source_of(publication),
        quantity=counted.quantity,
        unit=counted.unit,
        by=by,
    )
    if (row.title, row.quantity, row.unit) != (publication.title[:500], counted.quantity, counted.unit):
        correct_deliverable(
            row.source, title=publication.title, quantity=counted.quantity, unit=counted.unit, by=by
        )


def _take_back(publication: Publication, entry: Entry, *, by: User) -> None:
    if Deliverable.objects.filter(source=source_of(publication)).exists():
        withdraw_deliverable(source_of(publication), note=entry.note, by=by)
