"""Readings: counted without knowing who reads, shown to those who write."""

from __future__ import annotations

import hmac
import re
from hashlib import sha256

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from loa.core import clock
from loa.core.lists import list_page
from loa.portal import actions, queries
from loa.portal.filters.counts import ReadingFilter
from loa.portal.models import Story
from loa.portal.tables.counts import ReadingTable

ROBOT = re.compile(r"bot|crawl|spider|slurp|preview|monitor|headless|curl|wget|python", re.IGNORECASE)
ONE_READING = 30 * 60  # seconds in which the same reader opens a story once


@csrf_exempt  # nothing of anybody's is changed, and the page that asks holds no token
@require_POST
def count_reading(request: HttpRequest, pk: int) -> HttpResponse:
    """Called by the page once it has been read for a while. What is kept for half an hour names nobody."""
    story = get_object_or_404(Story.objects.live(), pk=pk)
    if not ROBOT.search(request.headers.get("User-Agent", "")) and cache.add(
        _mark(request, pk), 1, ONE_READING
    ):
        actions.count_reading(story, on=clock.today())
    return HttpResponse(status=204)


def _mark(request: HttpRequest, pk: int) -> str:
    """Of an address only its keyed digest, with the day in it: tomorrow the same address has another."""
    who = f"{request.META.get('REMOTE_ADDR', '')} {request.headers.get('User-Agent', '')}"
    key = f"{settings.SECRET_KEY}{clock.today()}".encode()
    return f"read:{pk}:{hmac.new(key, who.encode(), sha256).hexdigest()[:32]}"


@login_required
@require_safe
def reading_list(request: HttpRequest) -> HttpResponse:
    rows = queries.stories_read(request.user, since=None, until=None)
    return list_page(
        request,
        "portal/counts/reading_list.html",
        rows=rows,
        table_class=ReadingTable,
        filter_class=ReadingFilter,
        export_name="luot-doc",
    )
