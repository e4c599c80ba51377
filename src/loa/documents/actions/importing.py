"""Legal documents from a sheet: done as it was previewed, all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from loa.core.access import require
from loa.core.previews import Preview
from loa.core.sheets import SheetRow
from loa.core.workflow import FlowError, StaleError
from loa.directory.models import User
from loa.documents import queries
from loa.documents.actions.legal import add_relation, change_legal_document, enter_legal_document
from loa.documents.queries.importing import RELATION_KINDS


@transaction.atomic
def import_legal_documents(rows: Iterable[SheetRow], *, digest: str, by: User) -> Preview:
    """`digest` is the preview's: where the register has changed since, StaleError, and nothing happens."""
    require(by, "documents.enter_legal")
    assert by.hat is not None
    preview = queries.preview_legal(rows, by=by)
    if preview.errors:
        raise FlowError(_("The sheet has errors. Correct them and upload it again."))
    if preview.digest != digest:
        raise StaleError(_("The register has changed since the preview. Look at it again."))
    for change in preview.added:
        facts, relations = _parted(change.values)
        enter_legal_document(agency=by.hat.agency, by=by, relations=relations, **facts)
    for change in preview.changed:
        facts, relations = _parted(change.values)
        change_legal_document(change.obj, by=by, **facts)
        for kind, lines in relations.items():
            for line in lines:
                add_relation(change.obj, kind=kind, text=line, by=by)
    return preview


def _parted(values: dict[str, Any]) -> tuple[dict[str, Any], dict[str, list[str]]]:
    facts = {key: value for key, value in values.items() if key not in RELATION_KINDS}
    return facts, {key: values[key] for key in RELATION_KINDS if key in values}
