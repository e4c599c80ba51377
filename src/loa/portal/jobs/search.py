"""Slow work of the portal. Each may run twice."""

from __future__ import annotations

from loa.portal import actions


def index_things(kind: str, keys: list[int]) -> None:
    actions.index_things(kind, keys)


def index_all() -> None:
    actions.index_all()


def index_kind(kind: str) -> None:
    """A clock asks for it each minute while the workers are behind: the first does it, the others find it done."""
    if not actions.is_in_step(kind):
        actions.index_kind(kind)
