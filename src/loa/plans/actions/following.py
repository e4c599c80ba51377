"""A register above that gave a word for a piece of work follows its steps, in the same transaction.

`follow_assignments(call)` is called once from an app's `ready`; `call(assignment, entry)` after each step.
"""

from __future__ import annotations

from collections.abc import Callable

from loa.core.models import Entry
from loa.plans.models import Assignment

Follower = Callable[[Assignment, Entry], None]
_followers: list[Follower] = []


def follow_assignments(follower: Follower) -> None:
    if follower not in _followers:
        _followers.append(follower)


def tell_followers(assignment: Assignment, entry: Entry) -> None:
    for follower in _followers:
        follower(assignment, entry)
