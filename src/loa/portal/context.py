"""What the public shell shows on every page: whose site it is, its menu, its colours, who answers for it.

Nothing is asked before a public page asks for it; then three queries, whatever the menus hold.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from loa.portal.addresses import is_open
from loa.portal.queries.site import Frame, frame_of

# What other apps hold open beside the pages, as far as the installation has it.
DOORS: tuple[tuple[str, Any], ...] = (
    ("/thu-tuc/", _("Procedures")),
    ("/phap-luat/", _("Legal documents")),
    ("/cong-khai/", _("Plans in the open")),
    ("/an-pham/", _("Publications")),
    ("/su-kien/", _("Events")),
    ("/gop-y/", _("Feedback")),
)
SEARCH = "/tim-kiem/"
KEPT_AS = "site_shell"


@dataclass(frozen=True, slots=True)
class Door:
    label: Any
    url: str
    is_current: bool = False
    lang: str = ""  # where it is not the language of the page


@dataclass(slots=True)
class SiteShell:
    """What `ui/public.html` takes as `site_shell`."""

    name: str = "Loa"
    url: str = "/"
    accent: str = "teal"
    city_name: str = ""  # on a component site: whose part it is
    city_url: str = ""
    home: Any = None  # the SiteHome, None where no site is opened
    agency: str = ""
    address: str = ""
    legal_line: str = ""
    menu: list[Door] = field(default_factory=list)
    doors: list[Door] = field(default_factory=list)
    search_url: str = ""
    card_url: str = ""  # the picture shown where a page has none of its own
    canonical_url: str = ""
    may_be_signed_in: bool = False  # only then may a page ask who reads it


def site_shell(request: HttpRequest) -> dict[str, Any]:
    return {"site_shell": SimpleLazyObject(lambda: shell_of(request))}


def shell_of(request: HttpRequest) -> SiteShell:
    """The shell of a request; made once."""
    kept: SiteShell | None = request.__dict__.get(KEPT_AS)
    if kept is None:
        site = Site.find_for_request(request)
        frame = frame_of(site.root_page, request.path) if site else None
        kept = request.__dict__[KEPT_AS] = _shell(request, site, frame)
    return kept


def absolute(url: str) -> str:
    """An address as other sites must be told it."""
    return urljoin(settings.BASE_URL, url)


def open_doors(current: str = "") -> list[Door]:
    return [Door(label, url, current.startswith(url)) for url, label in DOORS if is_open(url)]


def _shell(request: HttpRequest, site: Site | None, frame: Frame | None) -> SiteShell:
    shell = SiteShell(
        doors=open_doors(request.path),
        search_url=SEARCH if is_open(SEARCH) else "",
        card_url=absolute(static("portal/card.png")),
        canonical_url=absolute(request.path),
        may_be_signed_in=settings.SESSION_COOKIE_NAME in request.COOKIES,
    )
    if frame is None or site is None:
        return shell
    home, is_english = frame.home, (get_language() or "").startswith("en")
    shell.home, shell.accent, shell.legal_line = home, home.accent, home.legal_line
    shell.name = (is_english and home.english_name) or home.title
    shell.agency = (is_english and home.english_name) or home.agency.name
    shell.address = (is_english and home.english_address) or home.address
    shell.url = home.get_url(request, current_site=site) or "/"
    if frame.city:
        shell.city_name = (is_english and frame.city.english_name) or frame.city.title
        shell.city_url = frame.city.get_url(request, current_site=site) or "/"
        shell.legal_line = shell.legal_line or frame.city.legal_line
    for entry in frame.entries:
        url = shell.url + entry.url_path[len(home.url_path) :]
        label = (is_english and entry.english_title) or entry.title
        lang = "vi" if is_english and not entry.english_title else ""
        shell.menu.append(Door(label, url, request.path.startswith(url), lang))
    return shell
