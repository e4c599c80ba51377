"""What happens to drafts and to who asked because time passed."""

from __future__ import annotations

from datetime import timedelta

from loa.core import clock
from loa.feedback import actions, queries

AT_ONCE = 500  # a minute: the rest follows in the next


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
