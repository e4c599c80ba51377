"""What may be listened to, and by whom: said by the apps, once, from their `ready`."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

MayListen = Callable[[Any, str], bool]
_NAME = re.compile(r"[a-z][a-z0-9-]*:[A-Za-z0-9._-]+")
LONGEST = 100


class TopicRule(NamedTuple):
    prefix: str
    may_listen: MayListen
    is_public: bool


_rules: dict[str, TopicRule] = {}


def register_topic(prefix: str, *, may_listen: MayListen, is_public: bool = False) -> None:
    """Topics "prefix:key". `may_listen(user, key)` is asked for each listener; who may not gets 404.

    A public topic is asked once for everyone, with a visitor who is not signed in, and remembered for seconds.
    """
    _rules[prefix] = TopicRule(prefix, may_listen, is_public)


def forget_topic(prefix: str) -> None:
    _rules.pop(prefix, None)


def rule_of(topic: str) -> TopicRule | None:
    """The rule of a topic; None where no app has registered it, or where it is no name of a topic."""
    if len(topic) > LONGEST or not _NAME.fullmatch(topic):
        return None
    return _rules.get(topic.partition(":")[0])


def may_listen(user: Any, topic: str) -> bool:
    rule = rule_of(topic)
    return rule is not None and bool(rule.may_listen(user, topic.partition(":")[2]))
