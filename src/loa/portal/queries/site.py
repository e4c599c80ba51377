"""Which site a request is on, and its menu: three queries, whatever the menus hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from wagtail.models import Page

from loa.portal.models import SiteHome


@dataclass(frozen=True, slots=True)
class MenuEntry:
    title: str
    english_title: str
    url_path: str  # from Wagtail's root


@dataclass(frozen=True, slots=True)
class Frame:
    home: SiteHome
    city: SiteHome | None  # the city's own site; None on it
    entries: list[MenuEntry]


def frame_of(root: Page, path: str) -> Frame | None:
    """The site under `root` whose address begins `path`, the longest first; None where no site is opened yet."""
    first = path.strip("/").split("/")[0]
    addresses = [root.url_path, *([f"{root.url_path}{first}/"] if first else [])]
    here = Q(url_path__in=addresses, live=True)
    homes = list(
        SiteHome.objects.filter(here | Q(cityhome__isnull=False)).select_related("agency").order_by("depth")
    )
    home = max(
        (each for each in homes if each.url_path in addresses), key=lambda each: each.depth, default=None
    )
    if home is None:
        return None
    city = next((each for each in homes if each.depth < home.depth), None)
    return Frame(home, city, menu_of(home))


def menu_of(home: SiteHome) -> list[MenuEntry]:
    rows: Any = (
        Page.objects.child_of(home)
        .live()
        .in_menu()
        .order_by("path")
        .values_list("title", "column__english_title", "landingpage__english_title", "url_path")
    )
    return [MenuEntry(title, column or landing or "", url) for title, column, landing, url in rows]
