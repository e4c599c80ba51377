"""What programs follow: Atom and RSS by column, topic and agency, the calendar of events, the map of the site."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import index as sitemap_index
from django.contrib.sitemaps.views import sitemap as sitemap_section
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import SimpleTemplateResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loa.core import clock
from loa.core.page_cache import public_page
from loa.core.pages import page
from loa.directory.models import Agency
from loa.events.queries import public_events
from loa.plans.models import Topic
from loa.portal import queries
from loa.portal.ical import calendar_of, gathering_of, gathering_of_register
from loa.portal.models import CityHome, Column, EventPage, PublicText, Story
from loa.portal.queries.search import sources

NEWEST = 30
PER_MAP = 5_000
PAST_EVENTS = timedelta(days=180)


class StoryFeed(Feed):
    """The newest stories of everything, of a column, of an agency, or on a topic."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *, what: str = "", key: str = "") -> Any:
        self.home = CityHome.objects.first()
        self.link_of = request.path
        if what == "chuyen-muc":
            return get_object_or_404(Column.objects.live(), pk=key)
        if what == "co-quan":
            return get_object_or_404(Agency.objects.filter(stories__live=True).distinct(), code=key)
        if what == "chu-de":
            return get_object_or_404(Topic.objects.filter(stories__live=True).distinct(), pk=key)
        if what:
            raise Http404
        return None

    def title(self, obj: Any) -> str:
        name = getattr(obj, "title", None) or getattr(obj, "name", None) or getattr(obj, "text", None)
        city = self.home.title if self.home else "Loa"
        return f"{name} – {city}" if name else city

    def link(self, _obj: Any) -> str:
        return "/"

    def feed_url(self, _obj: Any) -> str:
        return self.link_of

    def description(self, _obj: Any) -> str:
        return _("The newest stories")

    subtitle = description

    def items(self, obj: Any) -> QuerySet[Story]:
        rows = queries.public_stories().select_related("agency")
        if isinstance(obj, Column):
            rows = queries.stories_of(obj)
        elif isinstance(obj, Agency):
            rows = rows.filter(agency=obj)
        elif isinstance(obj, Topic):
            rows = rows.filter(topics=obj)
        return rows[:NEWEST]

    def item_title(self, item: Story) -> str:
        return item.title

    def item_description(self, item: Story) -> str:
        return item.lead

    def item_link(self, item: Story) -> str:
        return item.get_url() or "/"

    def item_author_name(self, item: Story) -> str:
        return item.byline or (item.agency.name if item.agency else "")

    def item_pubdate(self, item: Story) -> datetime | None:
        return item.first_published_at

    def item_updateddate(self, item: Story) -> datetime | None:
        return item.last_published_at


class StoryFeedRss(StoryFeed):
    feed_type = Feed.feed_type


story_atom = require_safe(public_page(StoryFeed()))
story_rss = require_safe(public_page(StoryFeedRss()))


@require_safe
@public_page
def feed_list(request: HttpRequest) -> HttpResponse:
    """Every feed there is, for who wants to choose."""
    columns = Column.objects.live().order_by("path")
    agencies = Agency.objects.filter(stories__live=True).distinct().order_by("sort_name")
    topics = Topic.objects.filter(stories__live=True, plan__state="issued").distinct().select_related("plan")
    return page(
        request, "portal/feeds/feed_list.html", {"columns": columns, "agencies": agencies, "topics": topics}
    )


@require_safe
@public_page
def events_calendar(request: HttpRequest) -> HttpResponse:
    """All events of the last half-year and to come, to subscribe to."""
    since = clock.now() - PAST_EVENTS
    events = EventPage.objects.live().filter(starts_at__gte=since).order_by("starts_at")
    gatherings = [gathering_of(event, request) for event in events]
    registered = public_events().filter(starts_at__gte=since).order_by("starts_at")
    gatherings += [gathering_of_register(event, request) for event in registered]
    return HttpResponse(
        calendar_of(gatherings, name=_("Events")), content_type="text/calendar; charset=utf-8"
    )


# The map of the site ---------------------------------------------------------------------------------
class TextMap(Sitemap):
    """Whatever the search knows of one kind is an address for search engines too."""

    limit = PER_MAP

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def items(self) -> QuerySet[PublicText]:
        return PublicText.objects.filter(kind=self.kind).order_by("pk")

    def location(self, item: PublicText) -> str:
        return item.url

    def lastmod(self, item: PublicText) -> Any:
        return item.on

    def get_latest_lastmod(self) -> Any:
        return self.items().order_by("-on").values_list("on", flat=True).first()


class ColumnMap(Sitemap):
    limit = PER_MAP

    def items(self) -> QuerySet[Column]:
        return Column.objects.live().order_by("path")

    def location(self, item: Column) -> str:
        return item.get_url() or "/"


def maps() -> dict[str, Any]:
    return {"column": ColumnMap, **{kind: TextMap(kind) for kind in sources}}


@require_safe
@public_page
def site_map(request: HttpRequest, section: str = "") -> HttpResponse:
    if section:
        answer = sitemap_section(request, sitemaps=maps(), section=section)
    else:
        answer = sitemap_index(request, sitemaps=maps(), sitemap_url_name="portal:site_map_section")
    return answer.render() if isinstance(answer, SimpleTemplateResponse) else answer


@require_safe
@public_page
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /toa-soan/", "Disallow: /tim-kiem/", "Disallow: /tai-khoan/"]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('portal:site_map'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
