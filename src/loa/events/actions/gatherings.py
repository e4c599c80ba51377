"""A gathering from its first draft: what it is, its programme, who answers, its files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from loa.core import clock, history, uploads
from loa.core.access import require
from loa.core.uploads import Upload
from loa.core.workflow import FlowError
from loa.directory.models import Agency, User
from loa.directory.queries import itself_and_predecessors
from loa.events import notices
from loa.events.actions.letters import PLACE, tell_registered_later
from loa.events.actions.sessions import sum_up
from loa.events.models import Event, EventMaterial, EventPanel, EventSeries, EventSession, Registration
from loa.events.shapes import LATER, Line
from loa.events.states import BEFORE_IT, WRITABLE

RECORDINGS = ("mp4", "mp3")
LONGEST_CAPTIONS = 2_000_000  # characters
MOST_SESSIONS = 100


@transaction.atomic
def draft_event(*, by: User, **fields: Any) -> Event:
    """A draft of the person's own agency."""
    require(by, "events.add_event")
    if by.hat is None:
        raise FlowError(_("You act for no agency."))
    now = clock.now()
    event = Event(
        agency=by.hat.agency, created_by=by, created_at=now, changed_by=by, changed_at=now, **fields
    )
    _check(event, is_moved=True)
    event.save()
    history.record(event, "event.draft", by=by, note=event.title)
    return event


@transaction.atomic
def edit_event(event: Event, *, by: User, **fields: Any) -> Event:
    """Everything of a draft; of an approved one what `LATER` names. Raises FlowError."""
    row = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    require(by, "events.change_event", row)
    if row.state not in WRITABLE:
        _require_later(row)
        fields = {key: value for key, value in fields.items() if key in LATER}
    changed = {key: value for key, value in fields.items() if getattr(row, key) != value}
    for key, value in changed.items():
        setattr(row, key, value)
    _check(row, is_moved=bool({"assignment", "duty_assignment", "series"} & set(changed)))
    if row.state in WRITABLE:
        row.changed_by = by
    row.changed_at = clock.now()
    row.save()
    if changed:
        entry = history.record(row, "event.edit", by=by, data={"fields": sorted(changed)})
        if PLACE & set(changed) and row.state in ("announced", "running"):
            notices.place_moved(row, entry)
            tell_registered_later(entry)
    return row


def _require_later(event: Event) -> None:
    if event.state not in (*BEFORE_IT, "running") or event.state == "with_head":
        raise FlowError(_("Nothing of it can be changed at present."))


def _check(event: Event, *, is_moved: bool) -> None:
    """`is_moved`: what it counts for was chosen anew; what it had may have stayed with a predecessor."""
    if event.ends_at <= event.starts_at:
        raise FlowError(_("It ends before it begins."))
    if event.assignment and event.duty_assignment:
        raise FlowError(_("Choose a task or a standing duty, not both."))
    work = event.work
    if is_moved and work and work.agency_id != event.agency_id:
        raise FlowError(_("This work is another agency's."))
    if event.occurrence and (not event.assignment or event.occurrence.task_id != event.assignment.task_id):
        raise FlowError(_("The occurrence belongs to another task."))
    if is_moved and event.series and not _is_own_series(event):
        raise FlowError(_("This series is another agency's."))
    if event.is_dialogue and not event.chair:
        raise FlowError(_("Say who chairs the dialogue."))
    _check_windows(event)
    check_stream(event.stream_url)


def _is_own_series(event: Event) -> bool:
    if event.series is None:
        return True
    return itself_and_predecessors(event.agency).filter(pk=event.series.agency_id).exists()


def _check_windows(event: Event) -> None:
    opens, closes = event.registration_opens_at, event.registration_closes_at
    if closes and (not opens or closes <= opens):
        raise FlowError(_("Registration closes before it opens."))
    if closes and closes > event.ends_at:
        raise FlowError(_("Registration closes after the event has ended."))
    if opens and not event.is_public:
        raise FlowError(_("People can only register for what is announced on the portal."))
    if event.questions_open_at and event.questions_open_at >= event.ends_at:
        raise FlowError(_("Questions open after the session has ended."))


def check_stream(url: str) -> None:
    """A player of one of the installation's hosts, over https. Raises FlowError."""
    if not url:
        return
    parts = urlsplit(url)
    if parts.scheme != "https" or parts.username or parts.port not in (None, 443):
        raise FlowError(_("The address of the stream must begin with https:// and name no port."))
    if parts.hostname not in settings.STREAM_HOSTS:
        hosts = ", ".join(settings.STREAM_HOSTS) or _("none yet")
        raise FlowError(
            _("Streams are shown only from the city's own hosts: %(hosts)s. The administrator can add one.")
            % {"hosts": hosts}
        )


@transaction.atomic
def set_programme(event: Event, lines: Sequence[Line], *, by: User) -> None:
    """The whole programme as it is now; it may still change until the event has ended."""
    row = _changeable(event, by)
    if len(lines) > MOST_SESSIONS:
        raise FlowError(_("A programme has at most %(n)d lines.") % {"n": MOST_SESSIONS})
    outside = [line for line in lines if not row.starts_at <= line.starts_at < row.ends_at]
    if outside:
        raise FlowError(
            _("“%(title)s” lies outside the time of the event.") % {"title": outside[0].title[:80]}
        )
    old = list(row.sessions.all())
    before = [Line(*(getattr(each, name) for name in Line._fields)) for each in old]
    ordered = sorted(lines, key=lambda line: line.starts_at)
    if before == ordered:
        return
    _write_programme(row, old, ordered)
    people = Registration.objects.filter(event=row, session_attendances__isnull=False)
    sum_up(row, set(people.values_list("pk", flat=True)), how="list", by=by)
    history.record(row, "event.set_programme", by=by, data={"lines": len(ordered)})


def _write_programme(event: Event, old: list[EventSession], lines: Sequence[Line]) -> None:
    """A line that stays keeps its row, and with it who was there: known by time and title, else by either."""
    matches = (
        lambda row, line: (row.starts_at, row.title) == (line.starts_at, line.title),
        lambda row, line: row.starts_at == line.starts_at,
        lambda row, line: row.title == line.title,
    )
    left, kept = list(old), dict[int, EventSession]()
    for is_same in matches:
        for place, line in enumerate(lines):
            row = None if place in kept else next((each for each in left if is_same(each, line)), None)
            if row:
                kept[place] = row
                left.remove(row)
    closed = [*left, *(row for place, row in kept.items() if not lines[place].takes_attendance)]
    if taken := next((row for row in closed if row.attendances.exists()), None):
        words = {"title": taken.title[:80]}
        raise FlowError(_("Attendance has been recorded for “%(title)s”: it stays in the programme.") % words)
    EventSession.objects.filter(pk__in=[row.pk for row in left]).delete()
    event.sessions.update(position=F("position") + 2 * MOST_SESSIONS)  # out of the way of the new places
    for place, line in enumerate(lines):
        session = kept.get(place) or EventSession(event=event)
        for name, value in {**line._asdict(), "position": place + 1}.items():
            setattr(session, name, value)
        session.save()


@transaction.atomic
def set_panel(event: Event, agencies: Iterable[Agency], *, by: User) -> None:
    """Who answers, in this order. Who stays keeps its confirmation; who is new is asked once it is announced."""
    row = _changeable(event, by)
    if not row.is_dialogue:
        raise FlowError(_("Only a dialogue has bodies that answer."))
    wanted = list(dict.fromkeys(agencies))
    known = {place.agency_id: place for place in row.panel.all()}
    if [agency.pk for agency in wanted] == list(known):
        return
    row.panel.exclude(agency__in=wanted).delete()
    entry = history.record(
        row, "event.set_panel", by=by, data={"agencies": [agency.code for agency in wanted]}
    )
    for position, agency in enumerate(wanted, start=1):
        place, is_new = EventPanel.objects.update_or_create(
            event=row, agency=agency, defaults={"position": position}
        )
        if is_new and row.state in ("announced", "postponed"):
            notices.tell_panel(place, entry)


@transaction.atomic
def confirm_panel(place: EventPanel, *, by: User) -> None:
    """The body sends somebody who can answer. Confirmed twice is confirmed once."""
    require(by, "events.confirm_panel", place)
    if place.event.state not in ("announced", "running", "postponed"):
        raise FlowError(_("This can be confirmed while the dialogue is announced."))
    now = clock.now()
    rows = EventPanel.objects.filter(pk=place.pk, confirmed_at__isnull=True)
    if rows.update(confirmed_at=now, confirmed_by=by):
        history.record(place.event, "event.confirm_panel", by=by, note=str(place.agency))
        notices.tell_place_confirmed(place, by=by)
    place.refresh_from_db()


def _changeable(event: Event, by: User) -> Event:
    row = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    require(by, "events.change_event", row)
    _require_later(row)
    return row


# files -------------------------------------------------------------------------------------------


@transaction.atomic
def add_material(event: Event, *, title: str, upload: Upload, is_public: bool, by: User) -> EventMaterial:
    """A checked file; the same one is kept once."""
    require(by, "events.change_event", event)
    if event.state == "cancelled":
        raise FlowError(_("Nothing of it can be changed at present."))
    row, is_new = EventMaterial.objects.get_or_create(
        event=event,
        sha256=upload.sha256,
        defaults={
            "title": title.strip()[:300] or upload.name,
            "file": uploads.keep(upload, "events"),
            "file_name": upload.name,
            "file_type": upload.type,
            "size": upload.size,
            "is_public": is_public,
            "by": by,
            "at": clock.now(),
        },
    )
    if is_new:
        history.record(event, "event.add_material", by=by, note=row.title)
    return row


@transaction.atomic
def drop_material(material: EventMaterial, *, by: User) -> None:
    """The stored bytes stay under their digest; nothing refers to them any more."""
    require(by, "events.change_event", material.event)
    history.record(material.event, "event.drop_material", by=by, note=material.title)
    material.delete()


@transaction.atomic
def keep_recording(
    event: Event, *, upload: Upload | None = None, captions: str | None = None, by: User
) -> Event:
    """What people watch afterwards and its subtitles; what is not given stays."""
    require(by, "events.change_event", event)
    if event.state in ("draft", "returned", "with_head", "cancelled"):
        raise FlowError(_("A recording is kept once the event is announced."))
    changes: dict[str, Any] = {}
    if upload is not None:
        if upload.kind not in RECORDINGS:
            raise FlowError(_("A recording is an .mp4 or an .mp3 file."))
        kept = uploads.keep(upload, "events")
        changes |= {"recording": kept, "recording_name": upload.name, "recording_type": upload.type}
    if captions is not None:
        changes["captions"] = check_captions(captions)
    Event.objects.filter(pk=event.pk).update(**changes)
    for key, value in changes.items():
        setattr(event, key, value)
    history.record(event, "event.keep_recording", by=by, data={"fields": sorted(changes)})
    return event


def check_captions(text: str) -> str:
    """WebVTT as it is shown. Raises FlowError where it is something else."""
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        return ""
    head = text.partition("\n")[0]
    if (head != "WEBVTT" and not head.startswith(("WEBVTT ", "WEBVTT\t"))) or "-->" not in text:
        raise FlowError(
            _(
                "Subtitles are a .vtt file: its first line says WEBVTT, its times stand as 00:01.000 --> 00:04.000."
            )
        )
    if len(text) > LONGEST_CAPTIONS:
        raise FlowError(_("The subtitles are too long."))
    return text


@transaction.atomic
def save_series(series: EventSeries, *, by: User, **fields: Any) -> EventSeries:
    """A standing column of one's own agency."""
    if series.pk:
        require(by, "events.change_series", series)
    else:
        require(by, "events.add_series")
        if by.hat is None:
            raise FlowError(_("You act for no agency."))
        series.agency = by.hat.agency
    twin = EventSeries.objects.filter(agency=series.agency, name=fields["name"]).exclude(pk=series.pk)
    if twin.exists():
        raise FlowError(_("Your agency has a series of this name already."))
    action = "event_series.edit" if series.pk else "event_series.add"
    for key, value in fields.items():
        setattr(series, key, value)
    series.save()
    history.record(series, action, by=by, note=series.name)
    return series
