"""What time does to cases: answered ones teach, letters that wait are reminded of, drafts and who asked are forgotten."""

from __future__ import annotations

from datetime import date, timedelta

from loa.core import clock
from loa.feedback import actions, queries
from loa.feedback.actions.learning import AT_ONCE

MOST_A_RUN = 20_000
PURGED_AT_ONCE = 500  # a minute: the rest follows in the next


def learn(today: date | None = None) -> int:
    """Count the words of cases that were answered since. Returns how many were learned."""
    del today
    learned = 0
    while learned < MOST_A_RUN:
        batch = list(queries.unlearned_cases()[:AT_ONCE])
        if not batch:
            break
        learned += actions.learn_cases(batch)
    return learned


def remind_of_letters(today: date | None = None) -> int:
    """Tell the officer once that a letter's day has come. Returns how many letters wait beyond theirs."""
    return actions.remind_of_letters(today or clock.today())


def purge_identities() -> int:
    """Cases whose time of keeping is over: who asked is forgotten, and files nobody may see. Returns how many."""
    rule = queries.rule_if_any("feedback.retention", clock.today())
    if rule is None:
        return 0
    ended_before = clock.now() - timedelta(days=rule["days"])
    cases = list(queries.cases_to_purge(ended_before)[:PURGED_AT_ONCE])
    return sum(actions.purge_case(case, legal_basis=rule.legal_basis) for case in cases)


def purge_drafts() -> int:
    """Drafts nobody has touched for a day, and receipts whose hour is over. Returns how many."""
    drafts = list(queries.drafts_to_purge(clock.now())[:PURGED_AT_ONCE])
    for draft in drafts:
        actions.drop_draft(draft)
    return len(drafts)
