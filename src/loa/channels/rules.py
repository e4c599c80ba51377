import rules


@rules.predicate
def is_administrator(user) -> bool:
    return bool(user.hat and user.hat.holds("administrator"))


@rules.predicate
def is_own_notice(user, notice) -> bool:
    return bool(notice and notice.receiver_id == user.pk)


rules.add_perm("channels.send", is_administrator)
rules.add_perm("channels.read_notice", is_own_notice)
