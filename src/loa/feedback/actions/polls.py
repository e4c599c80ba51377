"""Polls of the hall: asked, opened, voted in once by each browser, closed."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from loa.core import clock, history
from loa.core.access import require
from loa.core.workflow import FlowError
from loa.directory.models import User
from loa.events.models import Event
from loa.feedback import hall
from loa.feedback.models import Poll, PollChoice, PollVote

MOST_CHOICES = 8


@transaction.atomic
def draft_poll(event: Event, *, words: str, choices: Sequence[str], by: User) -> Poll:
    """Prepare a poll with two to eight choices; it is shown when it is opened."""
    require(by, "feedback.run_hall", event)
    named = [choice.strip() for choice in choices if choice.strip()]
    if not 2 <= len(named) <= MOST_CHOICES or len(set(named)) != len(named):
        raise FlowError(_("Give two to %(n)d different choices, one a line.") % {"n": MOST_CHOICES})
    poll = Poll.objects.create(event=event, words=words.strip(), by=by)
    PollChoice.objects.bulk_create(
        PollChoice(poll=poll, position=number, words=choice[:150])
        for number, choice in enumerate(named, start=1)
    )
    history.record(event, "event.draft_poll", by=by, data={"poll": poll.pk})
    return poll


@transaction.atomic
def open_poll(poll: Poll, *, by: User) -> None:
    """Show a poll to the hall; another one that is open is closed."""
    require(by, "feedback.run_hall", poll.event)
    now = clock.now()
    poll.event.polls.filter(opened_at__isnull=False, closed_at__isnull=True).exclude(pk=poll.pk).update(
        closed_at=now
    )
    Poll.objects.filter(pk=poll.pk).update(opened_at=poll.opened_at or now, closed_at=None)
    poll.refresh_from_db()
    history.record(poll.event, "event.open_poll", by=by, data={"poll": poll.pk})
    hall.tell_poll(poll)


@transaction.atomic
def close_poll(poll: Poll, *, by: User) -> None:
    require(by, "feedback.run_hall", poll.event)
    Poll.objects.filter(pk=poll.pk, closed_at__isnull=True).update(closed_at=clock.now())
    poll.refresh_from_db()
    history.record(poll.event, "event.close_poll", by=by, data={"poll": poll.pk})
    hall.tell_poll(poll)


def vote(choice: PollChoice, *, token: str) -> bool:
    """One vote for each browser; a second one changes nothing. Returns whether it counted."""
    poll = choice.poll
    if not poll.is_open:
        raise FlowError(_("This poll is closed."))
    try:
        with transaction.atomic():
            PollVote.objects.create(poll=poll, choice=choice, token=token)
            PollChoice.objects.filter(pk=choice.pk).update(votes_count=F("votes_count") + 1)
            hall.tell_votes(poll)
    except IntegrityError:
        return False
    return True
