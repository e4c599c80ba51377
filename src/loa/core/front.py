"""What the first page of the city's site shows of other apps: each adds a section, once, from its `ready`.

`register("procedures/front_changes.html", newest_changes, order=40)`: the function gives what the template
takes, or None where there is nothing to show; then nothing is shown. `agency` is None on the city's own page,
else the body whose component site it is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

Provider = Callable[[Any], dict[str, Any] | None]


class Section(NamedTuple):
    template: str
    provider: Provider
    order: int


_sections: list[Section] = []


def register(template: str, provider: Provider, *, order: int = 50) -> None:
    """Add a section; those of one order stand as they were added."""
    section = Section(template, provider, order)
    if section not in _sections:
        _sections.append(section)
        _sections.sort(key=lambda each: each.order)


def sections_for(agency: Any) -> list[dict[str, Any]]:
    """What there is to show: `{"template": …, "given": …}` in order."""
    found = ((each.template, each.provider(agency)) for each in _sections)
    return [{"template": template, "given": given} for template, given in found if given is not None]
