"""Who may, with the keys of other systems and the addresses that are told of cases."""

from typing import Any

import rules

MANAGERS = ("focal_point", "head")


@rules.predicate
def is_administrator(user: Any) -> bool:
    return bool(user.hat and user.hat.holds("administrator"))


@rules.predicate
def manages_agency(user: Any) -> bool:
    return bool(user.hat and user.hat.holds(*MANAGERS))


@rules.predicate
def keeps_webhook(user: Any, webhook: Any) -> bool:
    return bool(webhook and manages_agency(user) and user.hat.agency.pk == webhook.agency_id)


@rules.predicate
def keeps_webhook_of(user: Any, sending: Any) -> bool:
    return bool(sending and keeps_webhook(user, sending.webhook))


def _lets(scope: str) -> Any:
    """The key's keeper, as far as the key's scope goes."""

    @rules.predicate(name=f"key_{scope}")
    def lets(user: Any, key: Any) -> bool:
        return bool(key and key.keeper_id == user.pk and getattr(key, scope))

    return lets


@rules.predicate
def nobody(_user: Any, _obj: Any) -> bool:
    """The clock's alone."""
    return False


rules.add_perm("api.manage_keys", is_administrator)
rules.add_perm("api.make_webhooks", manages_agency)
rules.add_perm("api.keep_webhook", keeps_webhook)
rules.add_perm("api.retry_sending", keeps_webhook_of)
rules.add_perm("api.send_in", _lets("may_submit"))
rules.add_perm("api.read_cases", _lets("may_read"))
rules.add_perm("api.write_cases", _lets("may_write"))
rules.add_perm("api.read_identity", _lets("may_see_identity"))
rules.add_perm("api.nobody", nobody)
