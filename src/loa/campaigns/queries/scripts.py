"""Radio scripts: who sees them, how they sound, what is read in which slot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.db.models import F, Q, QuerySet

from loa.campaigns.models import Abbreviation, Script, Station
from loa.campaigns.queries.press import press_agency
from loa.directory.models import Agency, in_force
from loa.directory.queries import itself_and_predecessors
from officialdoc.speak import Finding, Speech, count_words, findings, seconds_to_read, speak

APPROVERS = ("head", "approver")


def scripts_visible_to(user: Any) -> QuerySet[Script]:
    """Those of one's own agency."""
    agency = press_agency(user)
    if agency is None:
        return Script.objects.none()
    return Script.objects.filter(agency__in=itself_and_predecessors(agency))


def scripts_waiting_for(user: Any) -> QuerySet[Script]:
    """What this person can move now: one's own drafts, and others' checked ones where one approves. By their slot."""
    agency = press_agency(user)
    if agency is None:
        return Script.objects.none()
    moves = Q(state="draft", writer=user)
    if user.hat.holds(*APPROVERS):
        moves |= Q(state="checked") & ~Q(writer=user)
    rows = Script.objects.filter(moves, agency=agency).select_related("agency")
    return rows.order_by(F("slot_on").asc(nulls_last=True), "slot_at", "pk")


def stations_visible_to(user: Any) -> QuerySet[Station]:
    """One's own and the one for all."""
    hat = getattr(user, "hat", None)
    if hat is None:
        return Station.objects.none()
    return Station.objects.filter(Q(agency=hat.agency) | Q(agency__isnull=True)).select_related("agency")


def abbreviations_visible_to(user: Any) -> QuerySet[Abbreviation]:
    return Abbreviation.objects.all() if getattr(user, "hat", None) else Abbreviation.objects.none()


def station_of(agency: Agency) -> Station | None:
    """The agency's own, else the one that holds for all."""
    rows = Station.objects.filter(Q(agency=agency) | Q(agency__isnull=True))
    return max(rows, key=lambda row: row.agency_id is not None, default=None)


def abbreviations_on(day: date) -> dict[str, str]:
    """How letters are read on a day; of two rows the later one holds."""
    rows = Abbreviation.objects.filter(in_force(day)).order_by("valid_from")
    return dict(rows.values_list("letters", "spoken"))


@dataclass(frozen=True, slots=True)
class Sound:
    """A text as it is read at a station, its opening and closing words included."""

    speech: Speech
    station: Station
    text: str
    seconds: int
    target: int
    findings: list[Finding]

    @property
    def words(self) -> int:
        return count_words(self.text)

    @property
    def over(self) -> int:
        """Seconds beyond what was asked for; negative where it is shorter."""
        return self.seconds - self.target


def sound_of(
    text: str, station: Station, *, target: int, abbreviations: Mapping[str, str], readings: Mapping[str, str]
) -> Sound:
    speech = speak(text, abbreviations, readings)
    whole = "\n".join(part for part in (station.opening, speech.text, station.closing) if part.strip())
    return Sound(
        speech=speech,
        station=station,
        text=whole,
        seconds=seconds_to_read(whole, station.words_per_minute),
        target=target,
        findings=findings(speech, longest_sentence=station.longest_sentence),
    )


def sound_of_script(script: Script, day: date) -> Sound:
    """As its text would be read now."""
    return sound_of(
        script.text,
        script.station,
        target=script.target_seconds,
        abbreviations=abbreviations_on(day),
        readings=script.readings,
    )


@dataclass(frozen=True, slots=True)
class Slot:
    """What is wanted for one slot of the day: its scripts in order."""

    on: date
    at: time | None
    scripts: tuple[Script, ...]


def scripts_by_slot(start: date, end: date, *, agency: Agency | None = None) -> list[Slot]:
    """Scripts wanted from a day to a day, by slot, for an editorial calendar. One query."""
    rows = Script.objects.filter(slot_on__gte=start, slot_on__lte=end).exclude(state="dropped")
    if agency is not None:
        rows = rows.filter(agency=agency)
    found: dict[tuple[date, time | None], list[Script]] = {}
    for script in rows.select_related("agency", "station").order_by("slot_on", "slot_at", "pk"):
        if script.slot_on is not None:
            found.setdefault((script.slot_on, script.slot_at), []).append(script)
    return [Slot(on, at, tuple(scripts)) for (on, at), scripts in found.items()]
