from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from loa.core import clock
from loa.core.pages import page
from loa.plans import queries
from loa.plans.models import Occurrence
from loa.plans.views.board import filtered
from loa.plans.views.plan import visible_plan


@login_required
@require_safe
def plan_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """One month of the plan: ?month=2019-06; else the month of today."""
    plan = visible_plan(request, pk)
    rows, context = filtered(request, plan, "plan_calendar")
    month = _month(request.GET.get("month", ""))
    occurrences = Occurrence.objects.filter(task__plan=plan)
    after, before = queries.next_and_previous(month)
    feed = reverse("plans:calendar_feed", args=[queries.calendar_token(request.user)])
    context |= {
        "month": month,
        "after": after,
        "before": before,
        "weeks": queries.month_of(rows, occurrences, month),
        "today": clock.today(),
        "feed_url": settings.BASE_URL + feed,
    }
    return page(request, "plans/plan_calendar.html", context)


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return clock.today().replace(day=1)


@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """A person's own calendar for a calendar program, which cannot log in: the address is the key."""
    user = queries.user_of_calendar_token(token)
    if user is None:
        raise Http404
    response = HttpResponse(
        _icalendar(queries.own_calendar(user)), content_type="text/calendar; charset=utf-8"
    )
    response["Cache-Control"] = "private, max-age=900"
    response["X-Robots-Tag"] = "noindex"
    return response


def _icalendar(items: list[queries.CalendarItem]) -> bytes:
    feed = Calendar()
    feed.add("prodid", "-//Loa//VI")
    feed.add("version", "2.0")
    feed.add("x-wr-calname", _("Work of my agency"))
    host = settings.BASE_URL.split("//")[-1].split("/")[0]
    for item in items:
        event = Event()
        event.add("uid", f"{item.uid}@{host}")
        event.add("dtstamp", clock.now())
        event.add("dtstart", item.on)
        event.add("summary", f"{_('Due')}: {item.title}" if item.is_due else item.title)
        event.add("description", item.agency)
        event.add("url", settings.BASE_URL + item.url)
        if item.place:
            event.add("location", item.place)
        event.add("transp", "TRANSPARENT")
        feed.add_component(event)
    return feed.to_ical()
