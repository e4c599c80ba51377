import rules

MANAGERS = ("focal_point", "head")


def _wears(user, agency_id, *roles: str) -> bool:
    return bool(
        user.hat and agency_id is not None and user.hat.agency.pk == agency_id and user.hat.holds(*roles)
    )


@rules.predicate
def is_administrator(user) -> bool:
    return bool(user.hat and user.hat.holds("administrator"))


@rules.predicate
def is_own_notice(user, notice) -> bool:
    return bool(notice and notice.receiver_id == user.pk)


@rules.predicate
def follows_up(user, matter) -> bool:
    """Works in the agency to which a matter is owed."""
    return bool(matter and _wears(user, matter.asker_id, *MANAGERS))


@rules.predicate
def works_for_poster(user, delivery) -> bool:
    """Works in the agency that announced it."""
    return bool(delivery and delivery.post and _wears(user, delivery.post.agency_id, *MANAGERS, "clerk"))


rules.add_perm("channels.send", is_administrator)
rules.add_perm("channels.read_notice", is_own_notice)
rules.add_perm("channels.manage_reminder_rules", is_administrator)
rules.add_perm("channels.manage_outlets", is_administrator)
rules.add_perm("channels.remind", follows_up)
rules.add_perm("channels.post", works_for_poster)
