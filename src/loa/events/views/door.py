"""Who was there: the page at the door, the signed list typed in, and a sheet of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from loa.core import clock
from loa.core.access import require
from loa.core.pages import page
from loa.core.workflow import FlowError
from loa.events import actions, queries
from loa.events.actions import Checked, CheckIn
from loa.events.forms.attendance import AttendanceForm, CodeForm
from loa.events.forms.guests import PersonForm
from loa.events.models import Event, EventSession
from loa.events.views.acts import TAKEN, act, attempt, posted
from loa.events.views.gatherings import tabs_of, visible_event

MOST_BYTES = 500_000  # of what a phone sends at once


def own_event(request: HttpRequest, pk: int) -> Event:
    event = visible_event(request, pk)
    require(request.user, "events.change_event", event)
    return event


@login_required
@require_http_methods(["GET", "POST"])
def event_door(request: HttpRequest, pk: int) -> HttpResponse:
    """For a phone at the door. Without a script the code is typed and sent; with one it works without the network."""
    event = own_event(request, pk)
    sessions = queries.sessions_with_attendance(event)
    now = queries.session_at(sessions, clock.now())
    form = CodeForm(posted(request), sessions=sessions, now=now)
    found: list[Checked] = []

    def run(given: dict[str, Any]) -> None:
        chosen = given.get("session")
        seen = CheckIn(told=given["code"], key="", is_typed=True, session=chosen.pk if chosen else None)
        found.extend(actions.check_in_many(event, [seen], by=request.user))

    status = attempt(request, form, run)
    chosen = form.cleaned_data.get("session") if status == TAKEN else now
    shown = CodeForm(sessions=sessions, now=chosen) if status == TAKEN else form
    context = _door(event, chosen) | {"form": shown, "found": found[0] if found else None}
    return page(request, "events/door.html", context, status=200 if status == TAKEN else status)


def _door(event: Event, session: EventSession | None) -> dict[str, Any]:
    counts = queries.guest_counts(event)
    return {
        "event": event,
        "present": queries.present_in(session) if session else counts.present,
        "going": counts.going,
        "known": queries.door_list(event),
        "send_url": reverse("events:door_send", args=[event.pk]),
    }


@login_required
@require_POST
def door_send(request: HttpRequest, pk: int) -> JsonResponse:
    """What phones read, perhaps long ago and perhaps sent before:
    {"seen": [{"told", "key", "at", "typed", "session"}], "session": the one chosen now}.
    """
    event = own_event(request, pk)
    seen = _seen(request)
    if seen is None:
        return JsonResponse({"error": _("This code could not be read.")}, status=400)
    try:
        results = actions.check_in_many(event, seen, by=request.user)
    except FlowError as refused:
        return JsonResponse({"error": str(refused)}, status=409)
    counts, chosen = queries.guest_counts(event), _session_shown(request, event)
    told = [
        {"key": row.key, "result": row.result, "name": row.name, "since": row.since and row.since.isoformat()}
        for row in results
    ]
    present = queries.present_in(chosen) if chosen else counts.present
    return JsonResponse({"results": told, "present": present, "going": counts.going})


def _session_shown(request: HttpRequest, event: Event) -> EventSession | None:
    told = str(json.loads(request.body).get("session") or "")
    return session_named(queries.sessions_with_attendance(event), told)


def session_named(rows: list[EventSession], told: str) -> EventSession | None:
    """The one that an address or a phone names."""
    return next((row for row in rows if told.isascii() and told.isdigit() and row.pk == int(told)), None)


def _seen(request: HttpRequest) -> list[CheckIn] | None:
    """None where it is not what the page sends."""
    if len(request.body) > MOST_BYTES:
        return None
    try:
        rows = json.loads(request.body)["seen"]
        return [
            CheckIn(
                told=str(row["told"])[:300],
                key=str(row["key"])[:64],
                seen_at=_moment(row.get("at")),
                is_typed=bool(row.get("typed")),
                session=int(row["session"]) if row.get("session") else None,
            )
            for row in rows
        ]
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _moment(told: Any) -> datetime | None:
    """What the phone's clock says; nothing where it is no moment."""
    try:
        at = parse_datetime(told) if isinstance(told, str) else None
    except ValueError:
        return None
    return at.replace(tzinfo=UTC) if at and at.tzinfo is None else at


@login_required
@require_http_methods(["GET", "POST"])
def door_add(request: HttpRequest, pk: int) -> HttpResponse:
    event = own_event(request, pk)
    return act(
        request,
        form=PersonForm(posted(request)),
        run=lambda given: actions.register_at_door(event, **given, by=request.user),
        heading=_("Came without a ticket"),
        button=_("Record as present"),
        about=event,
        done=_("Recorded."),
        back=reverse("events:event_door", args=[event.pk]),
        extra={"crumb": event.title},
    )


@login_required
@require_http_methods(["GET", "POST"])
def event_attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """The signed list, typed in; everybody on one page so that tab goes down it. Session by session where it is so."""
    event = own_event(request, pk)
    sessions = queries.sessions_with_attendance(event)
    session = session_named(sessions, request.GET.get("buoi", "")) or next(iter(sessions), None)
    known = queries.presence_in(session) if session else None
    form = AttendanceForm(posted(request), people=list(queries.coming(event)), known=known)
    changed: list[int] = []
    status = attempt(
        request, form, lambda _given: changed.append(_mark(event, session, form.presences(), request))
    )
    if status == TAKEN:
        words = ngettext("%(n)d person changed.", "%(n)d people changed.", changed[0]) % {"n": changed[0]}
        messages.success(request, words)
        return redirect(_attendance_url(event, session))
    context = _attendance(event, session, known) | {
        "tabs": tabs_of(request, event, "event_attendance"),
        "form": form,
        "sessions": sessions,
    }
    return page(request, "events/attendance.html", context, status=status)


def _attendance(event: Event, session: EventSession | None, known: dict[int, str] | None) -> dict[str, Any]:
    counts = queries.guest_counts(event)
    return {
        "event": event,
        "counts": counts,
        "session": session,
        "present": queries.present_in(session) if session else None,
        "unknown": counts.going - len(known) if known is not None else counts.unknown,
        "may_write": event.state in ("running", "ended"),
        "may_check_in": event.state in ("announced", "running", "ended"),
    }


def _mark(event: Event, session: EventSession | None, presences: dict[int, str], request: HttpRequest) -> int:
    if session:
        return actions.mark_session(session, presences, by=request.user)
    return actions.mark_presence(event, presences, by=request.user)


def _attendance_url(event: Event, session: EventSession | None) -> str:
    url = reverse("events:event_attendance", args=[event.pk])
    return f"{url}?buoi={session.pk}" if session else url


@login_required
@require_POST
def attendance_rest(request: HttpRequest, pk: int) -> HttpResponse:
    event = own_event(request, pk)
    session = session_named(queries.sessions_with_attendance(event), request.GET.get("buoi", ""))
    try:
        count = actions.mark_rest_absent(event, session=session, by=request.user)
        messages.success(
            request,
            ngettext("%(n)d person did not come.", "%(n)d people did not come.", count) % {"n": count},
        )
    except FlowError as refused:
        messages.error(request, str(refused))
    return redirect(_attendance_url(event, session))
