"""iCalendar (RFC 5545): gatherings as text for anybody's calendar."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

LINE = 75  # octets, after which a line is folded


@dataclass(frozen=True, slots=True)
class Gathering:
    uid: str
    title: str
    begins: datetime
    ends: datetime
    place: str
    words: str
    url: str
    changed: datetime


def calendar_of(gatherings: Iterable[Gathering], *, name: str = "") -> str:
    """A whole calendar, lines folded and ended as the standard wants them."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Loa//Portal//VI", "CALSCALE:GREGORIAN"]
    if name:
        lines.append(f"X-WR-CALNAME:{_text(name)}")
    for each in gatherings:
        lines += _event(each)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(each: Gathering) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{each.uid}",
        f"DTSTAMP:{_moment(each.changed)}",
        f"DTSTART:{_moment(each.begins)}",
        f"DTEND:{_moment(each.ends)}",
        f"SUMMARY:{_text(each.title)}",
        f"LOCATION:{_text(each.place)}",
        f"DESCRIPTION:{_text(each.words)}",
        f"URL:{each.url}",
        "END:VEVENT",
    ]


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(words: str) -> str:
    plain = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def _folded(line: str) -> str:
    """At most 75 octets a line, never inside a letter."""
    pieces, piece, size = [], "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > LINE:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + letter, size + width
    return "\r\n".join([*pieces, piece])
