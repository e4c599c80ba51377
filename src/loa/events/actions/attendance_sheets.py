"""Who was there, taken from a sheet as its preview showed it: of the whole, of one session, or of several."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from loa.core import clock, history
from loa.core.access import require
from loa.core.previews import Preview
from loa.core.sheets import SheetRow
from loa.core.turns import take_turn
from loa.core.workflow import FlowError, StaleError
from loa.directory.models import User
from loa.events import tickets
from loa.events.actions.attending import require_one_session, write_presence
from loa.events.actions.sessions import mark_session, require_written
from loa.events.models import Attendance, Event, EventSession, Registration
from loa.events.queries import sessions_with_attendance
from loa.events.queries.attendance_sheet import preview_attendance
from loa.events.queries.session_sheet import preview_sessions


@transaction.atomic
def import_attendance(event: Event, rows: Iterable[SheetRow], *, digest: str, by: User) -> Preview:
    """Raises FlowError where a row is wrong, StaleError where the list has changed since the preview."""
    _begin(event, by)
    require_one_session(event)
    preview = _looked_at(lambda: preview_attendance(rows, event=event), digest)
    for row in preview.added:
        person = _come(event, row.values)
        write_presence(person, row.values["presence"], how=Attendance.How.SHEET, by=by)
    for row in preview.changed:
        write_presence(row.obj, row.values["presence"], how=Attendance.How.SHEET, by=by)
    history.record(event, "event.mark_presence", by=by, data={"count": len(preview.rows), "how": "sheet"})
    return preview


@transaction.atomic
def import_sessions(
    event: Event, rows: Iterable[SheetRow], *, session: EventSession | None = None, digest: str, by: User
) -> Preview:
    """The signed list of one session, or a sheet with a column for each; what it does not say stays as it is.

    Raises FlowError where a row is wrong, StaleError where the list has changed since the preview.
    """
    _begin(event, by)
    preview = _looked_at(lambda: preview_sessions(rows, event=event, session=session), digest)
    said = [(row.obj or _come(event, row.values), row.values["presences"]) for row in preview.rows]
    for each in sessions_with_attendance(event):
        key = str(each.pk)
        presences = {person.pk: presences[key] for person, presences in said if key in presences}
        mark_session(each, presences, how=Attendance.How.SHEET, by=by)
    return preview


def _begin(event: Event, by: User) -> None:
    """One sheet after the other: a second click finds what the first has done."""
    require(by, "events.change_event", event)
    require_written(event)
    take_turn(f"events:attendance:{event.pk}")


def _looked_at(make: Callable[[], Preview], digest: str) -> Preview:
    """The preview of now, where it is the one that was confirmed."""
    preview = make()
    if preview.errors:
        raise FlowError(_("The sheet has errors. Correct them and upload it again."))
    if preview.digest != digest:
        raise StaleError(_("The list has changed since the preview. Look at it again."))
    return preview


def _come(event: Event, values: dict[str, Any]) -> Registration:
    return Registration.objects.create(
        event=event,
        origin=Registration.Origin.DOOR,
        name=values["name"],
        title=values["title"],
        organisation=values["organisation"],
        code=tickets.new_code(),
        created_at=clock.now(),
    )
