"""Feeds of press bodies: what a job finds there waits for a person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from loa.campaigns.actions.clippings import record_clipping
from loa.campaigns.actions.press import agency_of
from loa.campaigns.feeding import FeedError, Item, fetch, has_word, read_feed
from loa.campaigns.links import key_of
from loa.campaigns.models import Candidate, Clipping, Feed
from loa.campaigns.states import CANDIDATE
from loa.core import clock, history
from loa.core.access import require
from loa.core.models import Entry
from loa.core.queue import later
from loa.core.text import fold
from loa.core.workflow import FlowError
from loa.directory.models import User

EVERY = timedelta(hours=1)


@transaction.atomic
def save_feed(feed: Feed, *, by: User, **changes: Any) -> Feed:
    """Have an address watched, or change that. Only an editor or administrator says which address is fetched."""
    if feed.pk:
        require(by, "campaigns.change_feed", feed)
    else:
        require(by, "campaigns.make_feeds")
        feed.agency, feed.by = agency_of(by), by
    before = {key: str(getattr(feed, key)) for key in changes} if feed.pk else {}
    for key, value in changes.items():
        setattr(feed, key, value)
    action = "feed.edit" if feed.pk else "feed.add"
    try:
        with transaction.atomic():
            feed.save()
    except IntegrityError as error:
        raise FlowError(_("This address is watched already.")) from error
    changed = {key: old for key, old in before.items() if old != str(changes[key])}
    history.record(feed, action, by=by, data={"before": changed, "address": feed.address})
    return feed


def fetch_now(feed: Feed, *, by: User) -> None:
    """A person does not wait for the hour."""
    require(by, "campaigns.decide_candidate", feed)
    if not feed.is_active:
        raise FlowError(_("The feed is switched off."))
    later("loa.campaigns.jobs.fetch_feed", feed.pk)


def claim_feed(feed: Feed) -> bool:
    """One fetch an hour, whoever asks; False where somebody was faster."""
    due = Q(fetched_at__isnull=True) | Q(fetched_at__lte=clock.now() - EVERY)
    if Feed.objects.filter(due, pk=feed.pk, is_active=True).update(fetched_at=clock.now()) != 1:
        return False
    later("loa.campaigns.jobs.fetch_feed", feed.pk)
    return True


def fetch_feed(feed: Feed) -> int:
    """Fetch and keep new items as candidates; an error is kept on the feed. Returns how many are new."""
    if not feed.is_active:
        return 0
    try:
        items = read_feed(fetch(feed.address, allow_private=settings.FEED_ALLOW_PRIVATE))
    except FeedError as error:
        Feed.objects.filter(pk=feed.pk).update(error=str(error)[:300], fetched_at=clock.now())
        return 0
    count = take_in_items(feed, items)
    Feed.objects.filter(pk=feed.pk).update(error="", fetched_at=clock.now())
    return count


@transaction.atomic
def take_in_items(feed: Feed, items: Iterable[Item]) -> int:
    """What neither waits nor is in the log yet waits now. Returns how many."""
    found: dict[str, Candidate] = {}
    for item in items:
        on = min(item.on or clock.today(), clock.today())
        key = key_of(item.link, title=item.title, on=on, press_body=feed.press_body_id)
        found[key] = Candidate(
            feed=feed,
            agency_id=feed.agency_id,
            key=key,
            title=item.title,
            link=item.link,
            on=on,
            author=item.author,
            is_suggested=bool(feed.words) and has_word(f"{item.title} {item.summary}", feed.words),
            search_text=fold(f"{item.title} {item.author}"),
            found_at=clock.now(),
        )
    ours = {"agency": feed.agency_id, "key__in": found}
    known = set(Candidate.objects.filter(**ours).values_list("key", flat=True))
    known |= set(Clipping.objects.filter(**ours, state="recorded").values_list("key", flat=True))
    fresh = [candidate for key, candidate in found.items() if key not in known]
    Candidate.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


@transaction.atomic
def take_candidate(candidate: Candidate, *, by: User, **said: Any) -> Clipping:
    """Into the log, as `record_clipping`; its source is the feed."""
    require(by, "campaigns.decide_candidate", candidate)
    row = Candidate.objects.select_for_update(of=("self",)).get(pk=candidate.pk)
    clipping = record_clipping(origin=Clipping.Origin.FEED, by=by, **said)
    CANDIDATE.take(row, "take", by=by, clipping=clipping)
    return clipping


def drop_candidate(candidate: Candidate, *, by: User) -> Entry:
    return CANDIDATE.take(candidate, "drop", by=by)


@transaction.atomic
def drop_candidates(candidates: Iterable[Candidate], *, by: User) -> int:
    """Those that still wait, of a page full of them. Returns how many."""
    rows = [row for row in candidates if row.state == "waiting"]
    for row in rows:
        drop_candidate(row, by=by)
    return len(rows)
