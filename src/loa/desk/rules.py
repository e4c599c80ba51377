"""Who may, on the desk: city leadership and heads see how plans stand. Whose figures, the queries say."""

import rules

BRIEFERS = ("officer", "focal_point", "head", "editor")


@rules.predicate
def leads_or_heads(user) -> bool:
    return bool(user.hat and user.hat.holds("leader", "head"))


rules.add_perm("desk.see_leadership", leads_or_heads)


@rules.predicate
def makes_briefings(user) -> bool:
    return bool(user.hat and user.hat.holds(*BRIEFERS))


@rules.predicate
def writes_briefing(user, pack) -> bool:
    return bool(pack and user.hat and user.hat.agency.pk == pack.agency_id and user.hat.holds(*BRIEFERS))


@rules.predicate
def approves_briefing(user, pack) -> bool:
    """The agency's head, and nobody their own."""
    return bool(
        pack
        and user.hat
        and user.hat.agency.pk == pack.agency_id
        and user.hat.holds("head")
        and pack.by_id != user.pk
    )


rules.add_perm("desk.make_briefings", makes_briefings)
rules.add_perm("desk.write_briefing", writes_briefing)
rules.add_perm("desk.approve_briefing", approves_briefing)
