"""What the papers of a gathering say, with the names of the day."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from django.utils import timezone
from django.utils.text import capfirst

from loa.core import clock
from loa.core.text import fold
from loa.directory.models import Agency
from loa.directory.queries.naming import names_on
from loa.directory.queries.signing import head_signature
from loa.events.models import Event, EventPaper
from loa.events.queries.people import present_people
from officialdoc.write.dates import date_in_words
from officialdoc.write.form import form_for


@cache
def words() -> dict[str, Any]:
    """The words of the papers, always Vietnamese."""
    text = resources.files("loa.events").joinpath("data/papers.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def kind_words(event: Event) -> str:
    return str(words()["kinds"][event.kind])


@dataclass(frozen=True, slots=True)
class HeadFacts:
    agency: str
    parent_agency: str | None
    symbol: str  # "STTTT"
    place: str


def head_of(agency: Agency, day: date) -> HeadFacts:
    """One query for each of the names."""
    parent = agency.parent
    bodies = [body for body in (agency, parent) if body]
    names = {body.pk: body.name for body in bodies} | names_on([body.pk for body in bodies], day)
    return HeadFacts(
        agency=names[agency.pk],
        parent_agency=names[parent.pk] if parent else None,
        symbol=agency.symbol or agency.code.upper(),
        place=agency.place or (parent.place if parent else ""),
    )


def day_of(paper: EventPaper) -> date:
    return paper.issued_on or clock.today()


def signature_for(paper: EventPaper) -> dict[str, Any]:
    """Of who signed it; before, the place for the head's."""
    return paper.signature or head_signature(paper.event.agency, day_of(paper))


def symbol_of(paper: EventPaper, head: HeadFacts) -> str:
    return f"{words()[paper.kind]['abbreviation']}-{head.symbol}"


def filled(pattern: str, event: Event, head: HeadFacts, **more: Any) -> str:
    kind, place = kind_words(event), place_words(event)
    named = event.title if fold(event.title).startswith(fold(kind)) else f"{kind} “{event.title}”"
    return pattern.format(
        agency=head.agency,
        title=event.title,
        event=named,
        event_large=capfirst(named),
        event_kind=kind,
        event_kind_large=capfirst(kind),
        day=day_words(event.began_at or event.starts_at),
        place=words()["place"].format(place=place) if place else "",
        **more,
    )


def place_words(event: Event) -> str:
    return ", ".join(part for part in (event.place, event.address) if part)


def moment_words(moment: Any) -> str:
    """19 giờ 30 phút, ngày 27 tháng 6 năm 2019."""
    at = timezone.localtime(moment)
    return str(words()["minutes"]["moment"]).format(hour=at.hour, minute=at.minute, day=day_words(moment))


@dataclass(frozen=True, slots=True)
class Attended:
    """Who the minutes say took part, chaired and wrote."""

    bodies: tuple[str, ...]
    present: int
    chair: str
    secretary: str


def attended(paper: EventPaper) -> Attended:
    """Two queries and the rows the paper brings."""
    event = paper.event
    return Attended(
        bodies=tuple(event.panel.order_by("agency__sort_name").values_list("agency__name", flat=True)),
        present=present_people(event).count(),
        chair=event.chair_title or (event.chair.name if event.chair else ""),
        secretary=paper.writer.full_name,
    )


def day_words(moment: Any) -> str:
    """03 tháng 6 năm 2019: as the decree of the day writes it, without the word for day."""
    day = clock.day_of(moment)
    return date_in_words(day, form_for(day).date).removeprefix("ngày ")


def receivers_of(paper: EventPaper, event: Event) -> list[str]:
    own = [line.strip(" -–;") for line in paper.receivers.splitlines() if line.strip(" -–;")]
    return [*own, *(line.format(event_kind=kind_words(event)) for line in words()["recipients"])]


def subject_of(paper: EventPaper, head: HeadFacts) -> str:
    return filled(words()[paper.kind]["title"], paper.event, head)
