"""A public plan for programs: calendar, feed of changes, and the progress badge that other sites show."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from loa.core import clock
from loa.portal.models import PlanPublication
from loa.portal.queries import public_changes, transparency
from loa.portal.views.open_data import fresh, unchanged_is_not_sent
from loa.portal.views.transparency import public_publication

FEED_PLANS = 100


@require_safe
@unchanged_is_not_sent
def public_calendar(_request: HttpRequest, pk: int) -> HttpResponse:
    """Due dates and occurrences of the plan, for any calendar program."""
    plan = public_publication(pk).plan
    feed = Calendar()
    feed.add("prodid", "-//Loa//VI")
    feed.add("version", "2.0")
    feed.add("x-wr-calname", f"{plan.number} – {plan.issuer}")
    for marker in public_changes.calendar_of(plan):
        feed.add_component(_event(marker))
    return fresh(HttpResponse(feed.to_ical(), content_type="text/calendar; charset=utf-8"))


def _event(marker: public_changes.Marker) -> Event:
    event = Event()
    host = settings.BASE_URL.split("//")[-1].split("/")[0]
    event.add("uid", f"public-{marker.key}@{host}")
    event.add("dtstamp", clock.now())
    event.add("dtstart", marker.on)
    event.add("summary", marker.title)
    event.add("description", marker.description)
    event.add("url", settings.BASE_URL + marker.url)
    if marker.place:
        event.add("location", marker.place)
    event.add("transp", "TRANSPARENT")
    return event


@require_safe
@unchanged_is_not_sent
def public_plan_feed(request: HttpRequest, pk: int) -> HttpResponse:
    publication = public_publication(pk)
    title = _("%(plan)s: what has changed") % {"plan": publication.plan.number}
    page_url = reverse("portal:plan_public", args=[pk])
    return _atom(request, title, page_url, public_changes.changes([publication]))


@require_safe
@unchanged_is_not_sent
def public_feed(request: HttpRequest) -> HttpResponse:
    """Of all public plans."""
    rows = PlanPublication.objects.filter(plan__in=transparency.public_plans()).select_related("plan")
    page_url = reverse("portal:public_plan_list")
    return _atom(
        request, _("Public plans: what has changed"), page_url, public_changes.changes(rows[:FEED_PLANS])
    )


def _atom(
    request: HttpRequest, title: str, page_url: str, changes: Iterable[public_changes.Change]
) -> HttpResponse:
    base = settings.BASE_URL
    feed = Atom1Feed(
        title=title,
        link=base + page_url,
        description=title,
        language=request.LANGUAGE_CODE,  # type: ignore[attr-defined]
        feed_url=base + request.path,
        feed_guid=base + request.path,
    )
    for change in changes:
        feed.add_item(
            title=f"{change.plan_number} · {change.what}",
            link=base + change.url,
            description=change.about,
            updateddate=change.at,
            pubdate=change.at,
            unique_id=f"{base}{change.url.partition('#')[0]}#{change.key}",
        )
    return fresh(HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type))


@require_safe
@unchanged_is_not_sent
def public_badge(request: HttpRequest, pk: int) -> HttpResponse:
    """A picture of the progress: drawn by attributes alone, so that any page can show it."""
    publication = public_publication(pk)
    truth = transparency.truths([publication.plan], clock.today())[pk]
    context = {
        "plan": publication.plan,
        "truth": truth,
        "segments": transparency.segments(truth.tasks),
        "day": clock.today(),
    }
    response = render(request, "portal/transparency/badge.svg", context, content_type="image/svg+xml")
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return fresh(response)
