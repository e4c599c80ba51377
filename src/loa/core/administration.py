"""The pages of the administrator, in one row of tabs: each app adds its own, once, from `ready`."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.urls import reverse

from loa.core.access import permits


class AdministrationPage(NamedTuple):
    url_name: str
    label: Any  # lazy
    icon: str
    permission: str
    order: int


_pages: list[AdministrationPage] = []


def register_page(url_name: str, label: Any, icon: str, permission: str, *, order: int = 50) -> None:
    """Add a page; those of one order stand as they were added."""
    if all(page.url_name != url_name for page in _pages):
        _pages.append(AdministrationPage(url_name, label, icon, permission, order))
        _pages.sort(key=lambda page: page.order)


def tabs_for(user: Any, path: str) -> list[dict[str, Any]]:
    """The pages this person may open; the one whose address begins the present one is current. No query."""
    shown = [
        {"url": reverse(page.url_name), "label": page.label, "icon": page.icon}
        for page in _pages
        if permits(user, page.permission)
    ]
    current = max((tab["url"] for tab in shown if path.startswith(tab["url"])), key=len, default="")
    return [{**tab, "is_current": tab["url"] == current} for tab in shown]
