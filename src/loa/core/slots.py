"""A page may show what stands above it: a higher app adds a fragment to a named place by address.

`register("task", "budgets:task_money", _("Money"))`; the template asks `{% slot "task" task %}` and gets links
that htmx replaces by what they point to; without JavaScript they stay links.
"""

from __future__ import annotations

from typing import Any, NamedTuple


class Fragment(NamedTuple):
    url_name: str
    title: Any  # lazy
    args: tuple[str, ...] = ()  # of the address, before the object's key


_fragments: dict[str, list[Fragment]] = {}


def register(place: str, url_name: str, title: Any, *args: str) -> None:
    """Add a fragment to a place; called once from an app's `ready`."""
    fragment = Fragment(url_name, title, args)
    if fragment not in _fragments.setdefault(place, []):
        _fragments[place].append(fragment)


def fragments(place: str) -> list[Fragment]:
    return list(_fragments.get(place, []))
