"""What time does to cases of the intake: answered ones teach, letters that wait are reminded of."""

from __future__ import annotations

from datetime import date

from loa.core import clock
from loa.feedback import actions, queries
from loa.feedback.actions.learning import AT_ONCE

MOST_A_RUN = 20_000


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
