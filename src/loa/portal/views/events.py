from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from loa.core import clock
from loa.portal.ical import Gathering, calendar_of
from loa.portal.models import EventPage

USUAL_LENGTH = timedelta(hours=2)


@require_safe
def event_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """One event for the reader's own calendar."""
    event = get_object_or_404(EventPage.objects.live(), pk=pk)
    gathering = Gathering(
        uid=f"{event.translation_key}@{request.get_host().split(':')[0]}",
        title=event.title,
        begins=event.starts_at,
        ends=event.ends_at or event.starts_at + USUAL_LENGTH,
        place=event.place,
        words=event.lead,
        url=request.build_absolute_uri(event.get_url(request)),
        changed=event.last_published_at or clock.now(),
    )
    response = HttpResponse(calendar_of([gathering]), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{event.slug}.ics"'
    return response
