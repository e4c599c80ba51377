"""What goes over the line: server-sent events (WHATWG HTML, 9.2)."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from loa.core.live.events import Event, Missed

TYPE = "text/event-stream; charset=utf-8"
HEADERS = {
    "Content-Type": TYPE,
    "Cache-Control": "no-store, no-transform",  # a proxy neither keeps nor packs it
    "X-Accel-Buffering": "no",  # nginx passes each piece on at once
    "X-Content-Type-Options": "nosniff",
}
BEAT = b"event: beat\ndata\n\n"  # an event and not a comment: the page hears that the line lives
AT_ONCE, DELAYED = "live", "delayed"


def written(event: Event) -> bytes:
    """The kind is the first line of the data: a browser hears only names of events that it waits for."""
    lines = "".join(f"data: {line}\n" for line in (event.kind, *_lines(event.data)))
    return f"id: {event.number}\n{lines}\n".encode()


def _lines(text: str) -> Iterable[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def status(word: str) -> bytes:
    return f"event: status\ndata: {word}\n\n".encode()


def reload(last: int) -> bytes:
    """What was missed is no longer there: the page must be loaded again."""
    return f"id: {last}\nevent: reload\ndata\n\n".encode()


def told(missed: Missed) -> bytes:
    if missed.must_reload:
        return reload(missed.last)
    return b"".join(written(event) for event in missed.events)


def greeting(*, soonest: int = 1000, latest: int = 4000) -> bytes:
    """When to come back after the line breaks, in milliseconds: not everybody at the same moment."""
    return f"retry: {soonest + secrets.randbelow(latest - soonest + 1)}\n\n".encode()


def since_of(header: str | None, query: str | None) -> int | None:
    """The last event that a listener has: what the browser says by itself, else what the page was made with."""
    for said in (header, query):
        if said and said.isascii() and said.isdecimal() and len(said) <= 18:
            return int(said)
    return None
