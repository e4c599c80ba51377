"""What anybody reads of gatherings: no session, no cookie, no script is needed."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loa.core import clock
from loa.core.byte_ranges import send_file
from loa.core.page_cache import public_page
from loa.core.pages import page
from loa.core.text import fold
from loa.events import queries
from loa.events.calendars import calendar_of
from loa.events.models import Event, EventPaper
from loa.events.states import HELD
from loa.events.views.acts import as_download

ON_A_PAGE = 20
SOON = 30  # coming ones on one page


def public_url(event: Event) -> str:
    return reverse("events:public_detail", args=[event.pk])


def _announced(pk: int) -> Event:
    rows = queries.public_events().select_related("agency", "series", "chair", "topic")
    return get_object_or_404(rows, pk=pk)


@public_page
@require_safe
def public_list(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    rows = _found(queries.public_events().select_related("agency", "series"), asked)
    now = clock.now()
    is_over = Q(state__in=HELD) | Q(ends_at__lt=now) & ~Q(state="running")  # it may take longer than planned
    past = rows.filter(is_over).order_by("-starts_at", "-pk")
    context = {
        "coming": rows.exclude(is_over).order_by("starts_at", "pk")[:SOON],
        "past": Paginator(past, ON_A_PAGE).get_page(request.GET.get("page", 1)),
        "kinds": Event.Kind.choices,
        "asked": asked,
        "query": urlencode(asked),
        "series": queries.public_series().filter(is_running=True).select_related("agency"),
    }
    return page(request, "events/public_list.html", context)


def _asked(request: HttpRequest) -> dict[str, str]:
    found = {"q": request.GET.get("q", "").strip()[:200], "kind": request.GET.get("kind", "")}
    if found["kind"] not in Event.Kind.values:
        found["kind"] = ""
    return {name: value for name, value in found.items() if value}


def _found(rows: QuerySet[Event], asked: dict[str, str]) -> QuerySet[Event]:
    for word in fold(asked.get("q", "")).split():
        rows = rows.filter(search_text__contains=word)
    return rows.filter(kind=asked["kind"]) if "kind" in asked else rows


@public_page
@require_safe
def public_detail(request: HttpRequest, pk: int) -> HttpResponse:
    event = _announced(pk)
    now = clock.now()
    papers = EventPaper.objects.filter(event=event, state="issued", kind=EventPaper.Kind.CONCLUSION)
    context: dict[str, Any] = {
        "event": event,
        "sessions": event.sessions.all(),
        "panel": event.panel.select_related("agency"),
        "materials": queries.public_materials().filter(event=event),
        "conclusion": papers.select_related("document").first(),
        "takes_registrations": queries.takes_registrations(event, now),
        "places_left": queries.places_left(event),
        "takes_questions": queries.takes_questions(event, now),
        "is_before": event.ends_at >= now and event.state == "announced",
        "address": request.build_absolute_uri(request.path),
    }
    return page(request, "events/public_detail.html", context)


@public_page
@require_safe
def public_series(request: HttpRequest, pk: int) -> HttpResponse:
    series = get_object_or_404(queries.public_series().select_related("agency"), pk=pk)
    rows = queries.public_events().filter(series=series).select_related("agency", "series")
    context = {"series": series, "episodes": Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page", 1))}
    return page(request, "events/public_series.html", context)


@require_safe
def public_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """One gathering for the reader's own calendar."""
    event = _announced(pk)
    text = calendar_of([event], name=_("Events"), address=public_url)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="su-kien-{event.pk}.ics"'
    return response


@require_safe
def public_material(request: HttpRequest, pk: int) -> FileResponse:
    return as_download(get_object_or_404(queries.public_materials(), pk=pk))


@require_safe
def public_recording(request: HttpRequest, pk: int) -> HttpResponseBase:
    event = _announced(pk)
    if not event.recording:
        raise Http404
    file = default_storage.open(event.recording)
    response = send_file(request, file, content_type=event.recording_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_safe
def public_captions(request: HttpRequest, pk: int) -> HttpResponse:
    event = _announced(pk)
    if not event.captions:
        raise Http404
    return HttpResponse(event.captions, content_type="text/vtt; charset=utf-8")
