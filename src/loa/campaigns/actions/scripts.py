"""Radio scripts: made from an article or from pasted text, checked, approved by another, read on air."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date, time
from importlib import resources
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loa.campaigns import notices
from loa.campaigns.actions.press import agency_of
from loa.campaigns.models import Abbreviation, Script, Station
from loa.campaigns.queries.scripts import abbreviations_on, sound_of, station_of
from loa.campaigns.states import SCRIPT, UNFINISHED_SCRIPT_STATES
from loa.core import clock, history
from loa.core.access import require
from loa.core.models import Entry
from loa.core.workflow import FlowError, StaleError
from loa.directory.models import Agency, User

LONGEST = 50_000  # characters of a text
SHIPPED_FROM = date(2016, 1, 1)


def load_radio() -> None:
    """The shipped reading speed and abbreviations; what an administrator changed stays as it is."""
    shipped = json.loads(resources.files("loa.campaigns").joinpath("data", "radio.json").read_text("utf-8"))
    Station.objects.get_or_create(agency=None, defaults=shipped["station"])
    known = set(Abbreviation.objects.values_list("letters", flat=True))
    Abbreviation.objects.bulk_create(
        Abbreviation(letters=letters, spoken=spoken, valid_from=SHIPPED_FROM)
        for letters, spoken in shipped["abbreviations"]
        if letters not in known
    )


@transaction.atomic
def make_script(
    *, title: str, text: str, source: str = "", agency: Agency, by: User, source_url: str = ""
) -> Script:
    """A draft from a story or from pasted text. `source` names where it comes from ("story:12").

    Made again from the same source while the first is unfinished, it is the first. Raises FlowError.
    """
    require(by, "campaigns.write_scripts")
    if agency_of(by).pk != agency.pk:
        raise PermissionDenied(_("Your role here does not allow this."))
    text = text.strip()
    if not title.strip() or not text:
        raise FlowError(_("A script needs a title and a text."))
    if len(text) > LONGEST:
        raise FlowError(_("The text is longer than %(n)s characters.") % {"n": LONGEST})
    station = station_of(agency)
    if station is None:  # the first script of an installation
        load_radio()
        station = Station.objects.get(agency=None)
    source = source or f"text:{hashlib.sha256(text.encode()).hexdigest()}"
    known = Script.objects.filter(agency=agency, source=source, state__in=UNFINISHED_SCRIPT_STATES).first()
    if known:
        return known
    script = Script(
        agency=agency,
        station=station,
        title=title.strip()[:300],
        source=source[:200],
        source_url=source_url[:500],
        source_text=text,
        text=text,
        target_seconds=station.target_seconds,
        writer=by,
        created_at=clock.now(),
    )
    try:
        with transaction.atomic():
            _save(script)
    except IntegrityError:  # a second click was faster
        return Script.objects.get(agency=agency, source=source, state__in=UNFINISHED_SCRIPT_STATES)
    history.record(script, "script.make", by=by, data={"source": source})
    return script


@transaction.atomic
def write_script(
    script: Script,
    *,
    title: str,
    text: str,
    readings: Mapping[str, str],
    target_seconds: int,
    slot_on: date | None = None,
    slot_at: time | None = None,
    saved_at: str = "",
    by: User,
) -> Script:
    """Save a draft. `readings` are the pieces to be read otherwise than by the rules.

    `saved_at`: as it was when the page was opened; StaleError where somebody has saved meanwhile.
    """
    require(by, "campaigns.write_script", script)
    row = Script.objects.select_for_update(of=("self",)).select_related("station").get(pk=script.pk)
    if row.state != "draft":
        raise FlowError(_("Only a draft is changed. Return it to the writer first."))
    if saved_at and saved_at != row.saved_at.isoformat():
        raise StaleError(
            _("Somebody else has saved this script meanwhile. Copy your words and open it again.")
        )
    if not title.strip() or not text.strip():
        raise FlowError(_("A script needs a title and a text."))
    if slot_at and not slot_on:
        raise FlowError(_("A slot needs its day."))
    before = {"title": row.title, "text": row.text, "readings": row.readings}
    row.title, row.text = title.strip(), text.strip()
    row.readings = dict(readings)
    row.target_seconds, row.slot_on, row.slot_at = target_seconds, slot_on, slot_at
    _save(row)
    changed = [key for key, old in before.items() if old != getattr(row, key)]
    history.record(row, "script.write", by=by, data={"changed": changed})
    return row


def _save(script: Script) -> None:
    sound = sound_of(
        script.text,
        script.station,
        target=script.target_seconds,
        abbreviations=abbreviations_on(clock.today()),
        readings=script.readings,
    )
    script.spoken_text, script.seconds = sound.text, sound.seconds
    script.saved_at = clock.now()
    script.save()


@transaction.atomic
def take_script_step(script: Script, step: str, *, note: str = "", by: User) -> Entry:
    """Check, approve (not one's own), return, read on air or give up; tells who has to know."""
    changes: dict[str, Any] = {"approver": by} if step == "approve" else {}
    if step == "return_to_writer":
        changes = {"approver": None}
    entry = SCRIPT.take(script, step, by=by, note=note, **changes)
    if step == "check":
        notices.tell_script_waits(script, by=by)
    elif step == "approve":
        notices.tell_script_approved(script, by=by)
    elif step == "return_to_writer":
        notices.tell_script_returned(script, note=note, by=by)
    return entry


@transaction.atomic
def plan_slot(script: Script, *, slot_on: date | None, slot_at: time | None, by: User) -> Script:
    """When it is wanted; may still change after approval, not after it was read."""
    require(by, "campaigns.write_script", script)
    if script.state not in UNFINISHED_SCRIPT_STATES:
        raise FlowError(_("It is over: no slot is planned for it any more."))
    if slot_at and not slot_on:
        raise FlowError(_("A slot needs its day."))
    Script.objects.filter(pk=script.pk).update(slot_on=slot_on, slot_at=slot_at)
    script.slot_on, script.slot_at = slot_on, slot_at
    data = {"on": slot_on.isoformat() if slot_on else "", "at": slot_at.isoformat() if slot_at else ""}
    history.record(script, "script.plan_slot", by=by, data=data)
    return script


@transaction.atomic
def save_station(station: Station, *, by: User, **changes: Any) -> Station:
    """How one's own agency reads; the one for all is the administrator's. Drafts take it when they are saved."""
    if station.pk:
        require(by, "campaigns.change_station", station)
    else:
        require(by, "campaigns.make_stations")
        station.agency = agency_of(by)
        if Station.objects.filter(agency=station.agency).exists():
            raise FlowError(_("Your agency has a station already."))
    before = {key: getattr(station, key) for key in changes} if station.pk else {}
    for key, value in changes.items():
        setattr(station, key, value)
    action = "station.edit" if station.pk else "station.add"
    station.save()
    changed = {key: [old, changes[key]] for key, old in before.items() if old != changes[key]}
    history.record(station, action, by=by, data={"changed": changed})
    return station


@transaction.atomic
def save_abbreviation(row: Abbreviation, *, by: User, **changes: Any) -> Abbreviation:
    """How letters are read from a day on. Raises FlowError where that day has a row already."""
    require(by, "campaigns.manage_abbreviations")
    action = "abbreviation.edit" if row.pk else "abbreviation.add"
    before = {key: str(getattr(row, key)) for key in changes} if row.pk else {}
    for key, value in changes.items():
        setattr(row, key, value)
    if row.valid_to and row.valid_to < row.valid_from:
        raise FlowError(_("It ends before it begins."))
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise FlowError(_("These letters have a reading from this day already.")) from error
    history.record(row, action, by=by, note=str(row), data={"before": before})
    return row
