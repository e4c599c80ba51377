"""Who may, on the desk: city leadership and heads see how plans stand. Whose figures, the queries say."""

import rules


@rules.predicate
def leads_or_heads(user) -> bool:
    return bool(user.hat and user.hat.holds("leader", "head"))


rules.add_perm("desk.see_leadership", leads_or_heads)
