"""Slow work of the portal. Each may run twice."""

from __future__ import annotations

from loa.portal import actions


def index_things(kind: str, keys: list[int]) -> None:
    actions.index_things(kind, keys)


def index_all() -> None:
    actions.index_all()


def index_kind(kind: str) -> None:
    actions.look_through(kind)
