"""What is being written in the public form: kept as one goes, sent once, gone after a day."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from loa.core import clock
from loa.core.sealing import fingerprint, keep_sealed, open_sealed
from loa.core.uploads import Upload
from loa.core.workflow import FlowError
from loa.directory.models import Agency
from loa.feedback.actions.denunciations import SealedReceipt, submit_denunciation
from loa.feedback.actions.intake import Identity, Receipt, Words, make_secret, submit_case
from loa.feedback.models import Draft, DraftFile
from loa.procedures.models import Procedure

MOST_FILES = 5
DENUNCIATION = "denunciation"  # what the form calls it; never a kind of a case


def new_token() -> str:
    """What a browser holds for its draft."""
    return secrets.token_urlsafe(32)


def key_of_token(token: str) -> str:
    """What is kept of it: whoever reads the database cannot open a draft with that."""
    return fingerprint(token, use="draft")


def said_in(draft: Draft) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(draft.said) if draft.said else {}
    return said


@transaction.atomic
def save_draft(key: str, said: Mapping[str, Any]) -> Draft:
    """Keep what was typed in a step beside what was typed in the others. One that was sent stays as it is."""
    now = clock.now()
    draft, _is_new = Draft.objects.select_for_update().get_or_create(
        key=key, defaults={"began_at": now, "changed_at": now}
    )
    if draft.case_id is None:
        draft.said = json.dumps({**said_in(draft), **said}, ensure_ascii=False)
        draft.changed_at = now
        draft.save(update_fields=["said", "changed_at"])
    return draft


@transaction.atomic
def keep_draft_file(draft: Draft, upload: Upload) -> DraftFile:
    """Keep a checked file with a draft; the same file twice is one. Raises FlowError for one too many."""
    Draft.objects.select_for_update().get(pk=draft.pk)
    path = keep_sealed(upload, f"drafts/{draft.pk}")
    row = draft.files.filter(path=path).first()
    if row is not None:
        return row
    if draft.files.count() >= MOST_FILES:
        default_storage.delete(path)
        raise FlowError(_("No more than %(most)s files can be sent.") % {"most": MOST_FILES})
    return DraftFile.objects.create(
        draft=draft, path=path, name=upload.name, kind=upload.kind, size=upload.size
    )


@transaction.atomic
def drop_draft_files(rows: Iterable[DraftFile]) -> None:
    for row in list(rows):
        row.delete()
        transaction.on_commit(partial(default_storage.delete, row.path))


@transaction.atomic
def send_draft(
    draft: Draft, more: Mapping[str, Any], *, consents: Mapping[str, str], language: str
) -> Receipt:
    """Make a case of a draft and what was said `more` at last, once: sent again, the receipt is the same. Raises FlowError."""
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    if draft.case is not None:
        return Receipt(draft.case, make_secret(draft.key), is_new=False)
    said = {**said_in(draft), **more}
    if not said.get("content", "").strip():
        raise FlowError(_("First say what happened: nothing else is needed."))
    if said.get("kind") == DENUNCIATION:
        raise FlowError(_("A denunciation is handled differently: one officer alone reads it."))
    uploads = [Upload(row.name, row.kind, open_sealed(row.path)) for row in draft.files.all()]
    receipt = submit_case(
        words_of(said, language=language),
        key=draft.key,
        source="web",
        identity=identity_of(said),
        consents=consents,
        files=uploads,
    )
    draft.case, draft.said, draft.changed_at = receipt.case, "", clock.now()
    draft.save(update_fields=["case", "said", "changed_at"])
    drop_draft_files(draft.files.all())
    return receipt


@transaction.atomic
def seal_draft(draft: Draft, said: Mapping[str, str]) -> SealedReceipt:
    """Hand a draft to the one officer who reads denunciations; nothing of it stays here. Sent again, it is one."""
    words, identity = Words(content=said["content"], place=said["place"]), identity_of(said)
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    uploads = [Upload(row.name, row.kind, open_sealed(row.path)) for row in draft.files.all()]
    receipt = submit_denunciation(words, key=draft.key, identity=identity, files=uploads)
    draft.said, draft.changed_at = json.dumps({"sealed": True}), clock.now()
    draft.save(update_fields=["said", "changed_at"])
    drop_draft_files(draft.files.all())
    return receipt


def identity_of(said: Mapping[str, Any]) -> Identity:
    return Identity(*(said.get(name, "") for name in ("name", "phone", "email", "address")))


def words_of(said: Mapping[str, Any], *, language: str = "vi") -> Words:
    """What a draft says, as a case takes it in."""
    latitude, longitude = said.get("point") or (None, None)
    procedure = said.get("procedure")
    return Words(
        content=said.get("content", ""),
        kind=said.get("kind", ""),
        language=language,
        commune=_agency(said.get("commune")),
        place=said.get("place", ""),
        latitude=Decimal(latitude) if latitude else None,
        longitude=Decimal(longitude) if longitude else None,
        about=_agency(said.get("about")),
        procedure=Procedure.objects.filter(code=procedure).first() if procedure else None,
    )


def _agency(code: str | None) -> Agency | None:
    return Agency.objects.filter(code=code).first() if code else None


@transaction.atomic
def drop_draft(draft: Draft) -> None:
    """Leave what was written unsent, or clear the receipt from this browser's reach."""
    drop_draft_files(draft.files.all())
    draft.delete()
