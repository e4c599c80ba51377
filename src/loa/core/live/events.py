"""Events of live topics: written in the act's transaction, read in the order of their commits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q

from loa.core.clocks import real_now
from loa.core.live import waking
from loa.core.live.topics import rule_of
from loa.core.models import LiveEvent, LiveTopic

LONGEST_FRAGMENT = 16 * 1024  # characters
LONGEST_REFERENCE = 300
KEPT_IN_MEMORY = 200  # newest events of a topic
MOST_AT_ONCE = 500  # a listener that is further behind loads its page again
_KIND = re.compile(r"[a-z][a-z_-]{0,39}")
RESERVED = {"beat", "error", "message", "open", "reload", "status"}


class Event(NamedTuple):
    number: int
    kind: str
    data: str


class Missed(NamedTuple):
    """What a listener has missed. With `must_reload` some of it is no longer there, and `events` is empty."""

    events: list[Event]
    last: int
    must_reload: bool = False


def publish(topic: str, *, kind: str, data: str = "") -> int:
    """Tell the listeners of a topic, once the running transaction is committed. Returns the event's number.

    The topic's row stays locked until the act ends, so that numbers are seen in their order and without holes:
    publish last in an act, and to several topics always in the same order. `data` is the rendered fragment of a
    public topic, or a reference.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("An event is published only inside the act it tells of.")
    rule = rule_of(topic)
    if rule is None:
        raise ValueError(f"no app has registered the topic {topic!r}")
    if not _KIND.fullmatch(kind) or kind in RESERVED:
        raise ValueError(f"{kind!r} is no kind of event")
    longest = LONGEST_FRAGMENT if rule.is_public else LONGEST_REFERENCE
    if len(data) > longest:
        raise ValueError(f"an event of {topic} carries at most {longest} characters, not {len(data)}")
    row, _is_new = LiveTopic.objects.get_or_create(name=topic)
    LiveTopic.objects.filter(pk=row.pk).update(last=F("last") + 1)  # the update takes the row lock
    number = LiveTopic.objects.values_list("last", flat=True).get(pk=row.pk)
    LiveEvent.objects.create(topic=row, number=number, kind=kind, data=data, at=real_now())
    transaction.on_commit(lambda: waking.wake(topic))
    return number


def last_number(topic: str) -> int:
    """The number of the newest event, 0 before the first. Ask before reading what the page shows."""
    return LiveTopic.objects.filter(name=topic).values_list("last", flat=True).first() or 0


def events_after(topic: str, since: int | None, *, limit: int = MOST_AT_ONCE) -> Missed:
    """What came after an event; nothing for one who has just come (None)."""
    last = last_number(topic)
    if since is None or since == last:
        return Missed([], last)
    if since > last or last - since > limit:  # the database was put back, or too much for a stream
        return Missed([], last, must_reload=True)
    rows = LiveEvent.objects.filter(topic__name=topic, number__gt=since, number__lte=last)
    events = [Event(*row) for row in rows.order_by("number").values_list("number", "kind", "data")]
    if len(events) != last - since:
        return Missed([], last, must_reload=True)  # pruned meanwhile
    return Missed(events, last)


def newest(topic: str) -> Missed:
    """The newest events of a topic, without a hole, oldest first."""
    last = last_number(topic)
    rows = LiveEvent.objects.filter(topic__name=topic, number__lte=last, number__gt=last - KEPT_IN_MEMORY)
    events = [Event(*row) for row in rows.order_by("number").values_list("number", "kind", "data")]
    begins = next((i for i, event in enumerate(events) if last - event.number == len(events) - 1 - i), 0)
    return Missed(events[begins:], last)


def news(known: Mapping[str, int]) -> dict[str, Missed]:
    """What is new of the topics listened to, by the last number known of each. One query where nothing is."""
    rows = LiveTopic.objects.filter(name__in=known).values_list("pk", "name", "last")
    changed = [(pk, name, last) for pk, name, last in rows if last != known[name]]
    if not changed:
        return {}
    found = _rows_of((pk, known[name], last) for pk, name, last in changed)
    told: dict[str, Missed] = {}
    for pk, name, last in changed:
        events, newest_read = found.get(pk, []), min(last, known[name] + KEPT_IN_MEMORY)
        is_whole = last > known[name] and [event.number for event in events] == list(
            range(known[name] + 1, newest_read + 1)
        )
        told[name] = Missed(events, newest_read) if is_whole else Missed([], last, must_reload=True)
    return told


def _rows_of(ranges: Iterable[tuple[int, int, int]]) -> dict[int, list[Event]]:
    wanted = Q(pk__in=[])
    for pk, since, last in ranges:
        wanted |= Q(topic=pk, number__gt=since, number__lte=min(last, since + KEPT_IN_MEMORY))
    found: dict[int, list[Event]] = {}
    rows = LiveEvent.objects.filter(wanted).order_by("topic", "number")
    for pk, number, kind, data in rows.values_list("topic_id", "number", "kind", "data"):
        found.setdefault(pk, []).append(Event(number, kind, data))
    return found


def prune_events() -> int:
    """A clock: what nobody can be waiting for any more. A page that is older than this is loaded again."""
    oldest = real_now() - timedelta(hours=settings.LIVE_KEPT_HOURS)
    count, _by_model = LiveEvent.objects.filter(at__lt=oldest).delete()
    return count
