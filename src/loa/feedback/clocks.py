"""What cases do because time passed. Each may run at any time, twice, or after days of silence."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from loa.channels.actions import send_reminders
from loa.core import clock
from loa.core.workflow import FlowError
from loa.feedback import actions, queries
from loa.feedback.actions import learning
from loa.feedback.models import Case
from loa.feedback.queries.matters import MATTERS

AT_ONCE = 500  # a minute: the rest follows in the next
MOST_A_RUN = 20_000


def end_waiting(today: date | None = None) -> int:
    """Askers who were asked something and did not reply in time: the clocks run again. Returns how many."""
    return _count(queries.awaited_cases(), actions.lapse_waiting, today or clock.today())


def close_answered(today: date | None = None) -> int:
    """Answered cases that nobody has opened again in time. Returns how many were closed."""
    return _count(queries.unclosed_cases(), actions.close_case, today or clock.today())


def remind(today: date | None = None) -> int:
    """The ladders of every clock of a case. Returns how many were reminded of."""
    return sum(send_reminders(source, today or clock.today()) for source in MATTERS)


def remind_of_promises(today: date | None = None) -> int:
    """The ladder of what was promised aloud. Returns how many were reminded of."""
    return sum(send_reminders(source, today or clock.today()) for source in queries.PROMISE_MATTERS)


def release_questions() -> int:
    """Sessions that have ended let their questions go on as cases. Returns how many."""
    return sum(actions.release_question(question) for question in queries.unreleased_questions())


def purge_identities() -> int:
    """Cases whose time of keeping is over: who asked is forgotten, and files nobody may see. Returns how many."""
    rule = queries.rule_if_any("feedback.retention", clock.today())
    if rule is None:
        return 0
    ended_before = clock.now() - timedelta(days=rule["days"])
    cases = list(queries.cases_to_purge(ended_before)[:AT_ONCE])
    return sum(actions.purge_case(case, legal_basis=rule.legal_basis) for case in cases)


def purge_drafts() -> int:
    """Drafts nobody has touched for a day, and receipts whose hour is over. Returns how many."""
    drafts = list(queries.drafts_to_purge(clock.now())[:AT_ONCE])
    for draft in drafts:
        actions.drop_draft(draft)
    return len(drafts)


def learn(today: date | None = None) -> int:
    """Count the words of cases that were answered since. Returns how many were learned."""
    del today
    learned = 0
    while learned < MOST_A_RUN:
        batch = list(queries.unlearned_cases()[: learning.AT_ONCE])
        if not batch:
            break
        learned += actions.learn_cases(batch)
    return learned


def remind_of_letters(today: date | None = None) -> int:
    """Tell the officer once that a letter's day has come. Returns how many letters wait beyond theirs."""
    return actions.remind_of_letters(today or clock.today())


def _count(cases: Iterable[Case], act: Callable[..., bool], today: date) -> int:
    count = 0
    for case in cases:
        try:
            count += act(case, on=today)
        except FlowError:  # the asker or another clock was faster
            continue
    return count


def tell_subscribers(today: date | None = None) -> int:
    """Letters about new answers, one a day for each address. Returns how many were written."""
    on = today or clock.today()
    return sum(actions.tell_subscriber(each, on=on) for each in queries.addresses_to_tell())


def purge_subscriptions(_today: date | None = None) -> int:
    """Addresses that were never confirmed."""
    return actions.purge_unconfirmed()
