"""Who may, in the portal. Predicates are sentences; nothing here asks the database per row."""

import rules


@rules.predicate
def is_administrator(user) -> bool:
    return bool(user.hat and user.hat.holds("administrator"))


rules.add_perm("portal.manage_sites", is_administrator)
