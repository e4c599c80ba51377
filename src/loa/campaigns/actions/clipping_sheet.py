"""Many clippings from a sheet: what the preview showed, all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from loa.campaigns.actions.clippings import change_clipping, record_clipping
from loa.campaigns.models import Clipping
from loa.campaigns.queries.clipping_sheet import TOLD, preview_clippings
from loa.core.access import require
from loa.core.previews import Preview
from loa.core.sheets import SheetRow
from loa.core.workflow import FlowError, StaleError
from loa.directory.models import User


@transaction.atomic
def import_clippings(rows: Iterable[SheetRow], *, digest: str, by: User) -> Preview:
    """Raises FlowError where a row is wrong, StaleError where the log has changed since the preview."""
    require(by, "campaigns.keep_clippings")
    preview = preview_clippings(rows, by=by)
    if preview.errors:
        raise FlowError(_("The sheet has errors. Correct them and upload it again."))
    if preview.digest != digest:
        raise StaleError(_("The log has changed since the preview. Look at it again."))
    for row in preview.added:
        record_clipping(**row.values, origin=Clipping.Origin.SHEET, by=by)
    for row in preview.changed:
        _change(row.obj, row.values, by=by)
    return preview


def _change(clipping: Clipping, values: dict[str, Any], *, by: User) -> None:
    """What a row leaves empty stays as it is."""
    said = {key: values[key] for key in TOLD if values[key]}
    change_clipping(clipping, press_body=clipping.press_body, work=clipping.work, by=by, **said)
