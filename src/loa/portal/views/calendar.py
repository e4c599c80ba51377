"""The editorial calendar: a week or a month, by column and by radio slot."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loa.core import clock
from loa.core.doors import hidden_without
from loa.core.pages import page
from loa.portal.ical import Gathering, calendar_of
from loa.portal.queries.calendar import CalendarItem, calendar_items

WEEK, MONTH = "tuan", "thang"
HOUR = timedelta(hours=1)


@hidden_without("portal.see_calendar")
@require_safe
def editorial_calendar(request: HttpRequest) -> HttpResponse:
    first, last, span = _window(request)
    items = calendar_items(request.user, first, last)
    context = {
        "first": first,
        "last": last,
        "span": span,
        "days": _days(first, last, items),
        "columns": _places(items, is_slot=False),
        "slots": _places(items, is_slot=True),
        "before": _move(first, span, -1),
        "after": _move(first, span, 1),
        "today": clock.today(),
        "count": len(items),
    }
    return page(request, "portal/newsroom/calendar.html", context)


@hidden_without("portal.see_calendar")
@require_safe
def editorial_calendar_file(request: HttpRequest) -> HttpResponse:
    """A quarter from today back a week, for the calendar of a phone."""
    today = clock.today()
    items = calendar_items(request.user, today - timedelta(days=7), today + timedelta(days=84))
    text = calendar_of([_gathering(request, item) for item in items], name=_("Editorial calendar"))
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="lich-bien-tap.ics"'
    return response


def _gathering(request: HttpRequest, item: CalendarItem) -> Gathering:
    begins = item.at or timezone.make_aware(datetime.combine(item.on, time(8)))
    return Gathering(
        uid=f"{item.uid}@{request.get_host()}",
        title=f"{item.kind}: {item.title}",
        begins=begins,
        ends=begins + HOUR,
        place=item.place,
        words=item.kind,
        url=request.build_absolute_uri(item.url),
        changed=clock.now(),
    )


def _window(request: HttpRequest) -> tuple[date, date, str]:
    span = MONTH if request.GET.get("kieu") == MONTH else WEEK
    try:
        day = parse_date(request.GET.get("ngay", "")) or clock.today()
    except ValueError:
        day = clock.today()
    if not date(1990, 1, 1) <= day <= date(2099, 12, 31):
        day = clock.today()
    if span == WEEK:
        first = day - timedelta(days=day.weekday())
        return first, first + timedelta(days=6), span
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1), span


def _move(first: date, span: str, by: int) -> date:
    if span == WEEK:
        return first + timedelta(days=7 * by)
    return (
        (first + timedelta(days=31)).replace(day=1) if by > 0 else (first - timedelta(days=1)).replace(day=1)
    )


def _days(first: date, last: date, items: list[CalendarItem]) -> list[tuple[date, list[CalendarItem]]]:
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return [(day, [item for item in items if item.on == day]) for day in days]


def _places(items: list[CalendarItem], *, is_slot: bool) -> list[tuple[str, list[CalendarItem]]]:
    """The items of each column, or of each slot, by name."""
    found: dict[str, list[CalendarItem]] = {}
    for item in items:
        if item.is_slot == is_slot:
            found.setdefault(item.place or _("Without a column"), []).append(item)
    return sorted(found.items())
