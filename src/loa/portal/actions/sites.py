"""The city's site and the component sites in it: opened, changed; their columns, and what was published before."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Collection, Locale, Page, Site
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail.signals import page_published

from loa.core import clock, history
from loa.core.access import require
from loa.core.text import fold
from loa.core.workflow import FlowError
from loa.directory.models import Agency, User
from loa.portal.addresses import is_taken
from loa.portal.models import (
    AgencySite,
    CityHome,
    Column,
    EventPage,
    LandingPage,
    SiteHome,
    Story,
    StoryWork,
)

PLAIN_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
HOST = re.compile(
    r"(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*"
)
PORTS = {"http": 80, "https": 443}
MANAGE = "portal.manage_sites"
CITY_DEPTH = 2  # root, then the city's site


@transaction.atomic
def open_city_site(agency: Agency, *, title: str, by: User, **facts: Any) -> CityHome:
    """The first page of the installation, in place of the one Wagtail comes with. Twice is once."""
    require(by, MANAGE)
    there = CityHome.objects.first()
    if there is not None:
        return there
    root = _ground()
    city = CityHome(title=title, slug="thanh-pho", agency=agency, show_in_menus=False, owner=by, **facts)
    _add(root, city, by=by)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"root_page": city, "site_name": title[:255], **_host_of(settings.BASE_URL)},
    )
    _remove_welcome(root)
    history.record(city, "site.open", by=by)
    return city


@transaction.atomic
def open_agency_site(
    agency: Agency, *, slug: str, title: str = "", host: str = "", by: User, **facts: Any
) -> AgencySite:
    """A component site at a path of the city's, or also at a host of its own. One agency has one."""
    require(by, MANAGE)
    city = CityHome.objects.first()
    if city is None:
        raise FlowError(_("Open the city's own site first."))
    if SiteHome.objects.filter(agency=agency).exists():
        raise FlowError(_("This agency has a site already."))
    _require_free_slug(city, slug)
    home = AgencySite(title=title or agency.name, slug=slug, agency=agency, owner=by, **facts)
    _add(city, home, by=by)
    _set_host(home, host)
    history.record(home, "site.open", by=by, data={"slug": slug, "host": host})
    return home


@transaction.atomic
def change_site(home: SiteHome, *, host: str | None = None, by: User, **facts: Any) -> SiteHome:
    """The facts of its foot, its colour, its name, its host; the address stays, for it has been quoted."""
    require(by, MANAGE)
    page = home.specific
    changed = {name: value for name, value in facts.items() if getattr(page, name) != value}
    for name, value in changed.items():
        setattr(page, name, value)
    if changed:
        page.save_revision(user=by).publish(
            user=by, skip_permission_checks=True
        )  # asked above, by our own rule
    moved = host is not None and isinstance(page, AgencySite) and _set_host(page, host)
    if changed or moved:
        told = {name: str(value) for name, value in changed.items()} | ({"host": host} if moved else {})
        history.record(page, "site.change", by=by, data=told)
    return page


@transaction.atomic
def open_column(
    parent: Page,
    *,
    title: str,
    slug: str = "",
    lead: str = "",
    english_title: str = "",
    in_menu: bool = True,
    by: User,
) -> Column:
    """A column of a site, or a sub-column. Twice is once."""
    require(by, MANAGE)
    slug = slug or slug_of(title)
    there = Column.objects.child_of(parent).filter(slug=slug).first()
    if there is not None:
        return there
    _require_free_slug(parent, slug)
    column = Column(
        title=title, slug=slug, lead=lead, english_title=english_title, show_in_menus=in_menu, owner=by
    )
    _add(parent, column, by=by)
    return column


@transaction.atomic
def write_story(
    column: Column,
    *,
    title: str,
    kind: str,
    lead: str,
    body: list[tuple[str, Any]],
    by: User,
    slug: str = "",
    published_at: datetime | None = None,
    works: Iterable[Any] = (),
    topics: Iterable[Any] = (),
    owner: User | None = None,
    **more: Any,
) -> Story:
    """Publish at once what was published before, with its day: a move from an older portal, the sample city.

    What is new goes through the newsroom, where somebody else approves it. `works` are assignments or standing
    duties of a plan. Twice is once.
    """
    require(by, MANAGE)
    slug = slug or slug_of(title)
    there = Story.objects.child_of(column).filter(slug=slug).first()
    if there is not None:
        return there
    story = Story(title=title, slug=slug, kind=kind, lead=lead, body=body, owner=owner or by, **more)
    story.topics = list(topics)
    for work in works:
        story.works.add(StoryWork(**{_place_of(work): work}))
    _add(column, story, by=by, at=published_at)
    return story


@transaction.atomic
def announce_event(parent: Page, *, title: str, by: User, slug: str = "", **facts: Any) -> EventPage:
    """An event page, published. Twice is once."""
    require(by, MANAGE)
    event = EventPage(title=title, slug=slug or slug_of(title), owner=by, **facts)
    return _added(parent, event, by=by)


@transaction.atomic
def open_landing(
    parent: Page, *, title: str, body: Any, by: User, slug: str = "", in_menu: bool = True, **facts: Any
) -> LandingPage:
    """A page from blocks, published. Twice is once."""
    require(by, MANAGE)
    page = LandingPage(
        title=title, slug=slug or slug_of(title), body=body, owner=by, show_in_menus=in_menu, **facts
    )
    return _added(parent, page, by=by)


def slug_of(title: str) -> str:
    """An address of a title, without marks."""
    return slugify(fold(title))[:100].strip("-") or "trang"


def _added(parent: Page, page: Any, *, by: User) -> Any:
    there = type(page).objects.child_of(parent).filter(slug=page.slug).first()
    if there is not None:
        return there
    _require_free_slug(parent, page.slug)
    _add(parent, page, by=by)
    return page


def _ground() -> Page:
    """The root that Wagtail's migrations lay, laid again where the tables were emptied."""
    Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")
    return Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root"))


def _add(parent: Page, page: Any, *, by: User, at: datetime | None = None) -> None:
    """Live at once, with a revision to go back to, and told to everybody as any publication is."""
    page.live, page.has_unpublished_changes = True, False
    page.first_published_at = page.last_published_at = at or clock.now()
    parent.add_child(instance=page)
    with disable_reference_index_auto_update():  # nothing in it has changed since the line above
        revision = page.save_revision(user=by, changed=False, clean=False)
    page.live_revision = revision
    Page.objects.filter(pk=page.pk).update(live_revision=revision)
    page_published.send(sender=type(page), instance=page, revision=revision)


def _place_of(work: Any) -> str:
    return {"assignment": "assignment", "dutyassignment": "duty_assignment"}[work._meta.model_name]  # noqa: SLF001


def _require_free_slug(parent: Page, slug: str) -> None:
    if not PLAIN_SLUG.fullmatch(slug):
        raise FlowError(_("An address is made of small letters without marks, numbers and hyphens."))
    if parent.depth == CITY_DEPTH and is_taken(slug):
        raise FlowError(_("This address belongs to another part of the program. Choose another."))
    if Page.objects.child_of(parent).filter(slug=slug).exists():
        raise FlowError(_("This address is taken already."))


def _set_host(home: AgencySite, host: str) -> bool:
    """Give, change or take the host of a component site; whether anything changed."""
    host = host.strip().lower()
    there = Site.objects.filter(root_page=home, is_default_site=False).first()
    if (there.hostname if there else "") == host:
        return False
    if not host:
        Site.objects.filter(root_page=home, is_default_site=False).delete()
        return True
    if not HOST.fullmatch(host):
        raise FlowError(_("This is no name of a host, such as sonoivu.haiphong.example."))
    if Site.objects.filter(hostname=host).exists():
        raise FlowError(_("Another site answers at this host."))
    port = _host_of(settings.BASE_URL)["port"]
    Site.objects.update_or_create(
        root_page=home,
        is_default_site=False,
        defaults={"hostname": host, "port": port, "site_name": home.title[:255]},
    )
    return True


def _host_of(address: str) -> dict[str, Any]:
    parts = urlsplit(address)
    return {"hostname": parts.hostname or "localhost", "port": parts.port or PORTS.get(parts.scheme, 80)}


def _remove_welcome(root: Page) -> None:
    """The page that Wagtail brings along, as long as nobody has made something of it."""
    for page in root.get_children().exact_type(Page).filter(slug="home", owner=None):
        page.delete()
