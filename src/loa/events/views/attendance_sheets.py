"""Who was there as a sheet: the list to sign and to give back typed in, of the whole or session by session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loa.core.forms import ApplySheetForm
from loa.core.pages import file_response
from loa.core.templatetags.ui import moment
from loa.core.views.sheets import SheetDoor
from loa.events import actions, queries, tickets
from loa.events.models import Event, EventSession
from loa.events.queries.attendance_sheet import SHAPE, presence_labels, preview_attendance
from loa.events.queries.session_sheet import preview_sessions, session_headings, session_shape
from loa.events.views.door import own_event, session_named
from officialdoc.write.xlsx import Sheet, SheetColumn, write_xlsx

SIGNED_BY_HAND = 28.0  # points: room for a signature


@login_required
@require_safe
def attendance_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The list to print and sign, and to give back typed in: the columns that the import reads.

    Of an event with several sessions it says who was in which, or is the list of the one that is named.
    """
    event = own_event(request, pk)
    sessions = queries.sessions_with_attendance(event)
    session = session_named(sessions, request.GET.get("buoi", ""))
    if sessions and session is None:
        return _sessions_sheet(event, sessions)
    words = presence_labels()
    known = queries.presence_in(session) if session else None
    rows = tuple(
        (
            tickets.shown(row.code), row.name, row.title, row.organisation,
            row.presence_words if known is None else words[known.get(row.pk, "")], "",
        )
        for row in queries.coming(event)
    )  # fmt: skip
    headings = [*(str(label) for label in SHAPE.columns.values()), _("Signature")]
    title = session.title if session else _("Participants")
    name = f"danh-sach-ky-ten-{event.pk}" + (f"-buoi-{session.pk}" if session else "")
    widths = (14, 30, 28, 36, 14, 24)
    sheet = _sheet(event, session, title=title, headings=headings, widths=widths, rows=rows)
    return _workbook(replace(sheet, row_height=SIGNED_BY_HAND), name)


def _sessions_sheet(event: Event, sessions: list[EventSession]) -> HttpResponse:
    known, words = [queries.presence_in(session) for session in sessions], presence_labels()
    rows = tuple(
        (
            tickets.shown(row.code), row.name, row.title, row.organisation,
            *(words[each.get(row.pk, "")] for each in known), row.presence_words,
        )
        for row in queries.coming(event)
    )  # fmt: skip
    labels = list(SHAPE.columns.values())
    headings = [*map(str, labels[:4]), *session_headings(sessions).values(), _("In all")]
    widths = (14, 30, 28, 36, *([18] * len(sessions)), 14)
    sheet = _sheet(event, None, title=_("Participants"), headings=headings, widths=widths, rows=rows)
    return _workbook(sheet, f"diem-danh-cac-buoi-{event.pk}")


def _sheet(
    event: Event,
    session: EventSession | None,
    *,
    title: str,
    headings: Sequence[str],
    widths: Sequence[int],
    rows: tuple[tuple[str, ...], ...],
) -> Sheet:
    """Under what it is of: the event and the session, then when and where."""
    columns = tuple(
        SheetColumn(heading, width, "text") for heading, width in zip(headings, widths, strict=True)
    )
    names = f"{event.title}: {session.title}" if session else event.title
    where = ", ".join(filter(None, [moment(session.starts_at if session else event.starts_at), event.place]))
    return Sheet(title=title, columns=columns, rows=rows, heading=f"{names}\n{where}")


def _workbook(sheet: Sheet, name: str) -> HttpResponse:
    return file_response(write_xlsx([sheet]), "xlsx", name)


def _sheet_door(request: HttpRequest, event: Event) -> SheetDoor:
    door = SheetDoor(
        salt=f"events.attendance.{event.pk}",
        shape=SHAPE,
        preview=partial(preview_attendance, event=event),
        take=partial(actions.import_attendance, event),
        form=ApplySheetForm,
        template="events/attendance_import.html",
        apply_url="events:attendance_import_apply",
        back_url="events:event_attendance",
        args=(event.pk,),
    )
    if not (sessions := queries.sessions_with_attendance(event)):
        return door
    session = session_named(sessions, request.GET.get("buoi", ""))
    return replace(
        door,
        salt=f"events.sessions.{event.pk}.{session.pk if session else 'each'}",
        shape=session_shape(sessions, session),
        preview=partial(preview_sessions, event=event, session=session),
        take=partial(actions.import_sessions, event, session=session),
        query=f"?buoi={session.pk}" if session else "",
        extra={"sessions": sessions, "session": session},
    )


@login_required
@require_http_methods(["GET", "POST"])
def attendance_import(request: HttpRequest, pk: int) -> HttpResponse:
    return _sheet_door(request, own_event(request, pk)).hand_in(request)


@login_required
@require_POST
def attendance_import_apply(request: HttpRequest, pk: int) -> HttpResponse:
    return _sheet_door(request, own_event(request, pk)).confirm(request)
