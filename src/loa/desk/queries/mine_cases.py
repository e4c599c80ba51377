"""What citizens' cases bring to a desk: what this person can move now, parts of joint answers, words to let through."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Count, Window
from django.urls import reverse
from django.utils.translation import ngettext

from loa.core import clock
from loa.directory.models import User
from loa.feedback.queries import by_due, cases_waiting_for, shares_waiting_for, words_waiting_for

SHOWN = 50


def case_items(user: User, make: Callable[..., Any]) -> Iterator[Any]:
    """Matters of the kinds "case", "case_share" and "words". Three queries."""
    for row in by_due(cases_waiting_for(user)).select_related("agency", "intake")[:SHOWN]:
        whose = row.agency or row.intake
        yield make("case", row, row.title, row.get_absolute_url(), whose.name, row.code, row.due_on)
    for share in shares_waiting_for(user)[:SHOWN]:
        whose = share.case.agency or share.agency
        yield make(
            "case_share", share, share.question, share.get_absolute_url(), whose.name, share.case.code,
            share.due_on,
        )  # fmt: skip
    yield from _words(user, make)


def _words(user: User, make: Callable[..., Any]) -> Iterator[Any]:
    """One matter for all of them, since the oldest. One query."""
    rows = words_waiting_for(user).annotate(waiting_count=Window(Count("pk"))).order_by("at")
    for oldest in rows.select_related("case__intake")[:1]:
        count: int = oldest.waiting_count
        said = ngettext(
            "%(n)d sender has commented on an answer: decide whether everybody may read it",
            "%(n)d senders have commented on an answer: decide whether everybody may read it",
            count,
        )
        url = f"{reverse('feedback:rating_list')}?mine=on"
        since = clock.day_of(oldest.at)
        yield make(
            "words", oldest, said % {"n": count}, url, oldest.case.intake.name, count=count, since=since
        )
