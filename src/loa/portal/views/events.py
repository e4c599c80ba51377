from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from loa.portal.ical import calendar_of, gathering_of
from loa.portal.models import EventPage


@require_safe
def event_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """One event for the reader's own calendar."""
    event = get_object_or_404(EventPage.objects.live(), pk=pk)
    response = HttpResponse(
        calendar_of([gathering_of(event, request)]), content_type="text/calendar; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{event.slug}.ics"'
    return response
