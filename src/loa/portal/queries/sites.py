"""The sites of the installation, for who manages them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Length, Substr
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from loa.directory.models import Agency
from loa.portal.models import CityHome, SiteHome, Story
from loa.portal.queries.site import menu_of

__all__ = ["agencies_without_site", "checks_of", "city_home", "host_of", "menu_of", "site_homes", "site_rows"]


@dataclass(frozen=True, slots=True)
class Check:
    """Whether something a reader needs is there, and in words what to do."""

    is_good: bool
    words: str


def city_home() -> CityHome | None:
    return CityHome.objects.select_related("agency").first()


def site_homes() -> QuerySet[SiteHome]:
    return SiteHome.objects.select_related("agency").order_by("depth", "title")


def site_rows() -> QuerySet[SiteHome]:
    """Each site with its host, how many stories it has published and when the newest: one query."""
    told = Story.objects.live().annotate(site_path=Substr("path", 1, Length(OuterRef("path"))))
    mine = told.filter(site_path=OuterRef("path")).order_by().values("live")
    count = Subquery(mine.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    newest = told.filter(site_path=OuterRef("path")).order_by("-first_published_at")
    host = Site.objects.filter(root_page=OuterRef("page_ptr"), is_default_site=False).values("hostname")
    return site_homes().annotate(
        story_count=Coalesce(count, Value(0)),
        newest_at=Subquery(newest.values("first_published_at")[:1]),
        host=Subquery(host[:1]),
        is_city=Q(cityhome__isnull=False),
    )


def agencies_without_site(on: date) -> QuerySet[Agency]:
    ended = Q(valid_to__lt=on) | Q(valid_from__gt=on)
    return Agency.objects.filter(portal_site__isnull=True).exclude(ended).order_by(F("level"), "sort_name")


def host_of(home: Any) -> str:
    """The host of its own that a component site answers at, or ""."""
    found = Site.objects.filter(root_page_id=home.pk, is_default_site=False).values_list(
        "hostname", flat=True
    )
    return found.first() or ""


def checks_of(home: SiteHome, *, serves: Callable[[str], bool]) -> list[Check]:
    """What readers and the law expect of a site; `serves` says whether this installation answers at a host."""
    host = host_of(home)
    checks = [
        Check(
            bool(home.address and (home.phone or home.email)), _("Address, and phone or e-mail, in the foot")
        ),
        Check(bool(home.responsible), _("Who is responsible for the content")),
        Check(bool(home.english_name and home.english_address), _("Name and address in English")),
        Check(bool(menu_of(home)), _("A column at least, in the menu")),
        Check(Page.objects.descendant_of(home).live().type(Story).exists(), _("A story at least")),
    ]
    if host:
        checks.append(
            Check(serves(host), _("The host %(host)s stands in LOA_ALLOWED_HOSTS") % {"host": host})
        )
    return checks
