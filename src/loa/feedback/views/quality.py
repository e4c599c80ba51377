"""How good the suggestions are: counted from what people decided."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from loa.core import clock
from loa.core.access import require
from loa.core.pages import page
from loa.feedback import queries

SPANS = (30, 90, 365)
SHOWN = 50


@login_required
@require_safe
def suggestion_quality(request: HttpRequest) -> HttpResponse:
    require(request.user, "feedback.work_intake")
    intake = request.user.hat.agency  # type: ignore[union-attr]  who works for the intake wears a hat
    given = request.GET.get("ngay", "")
    span = int(given) if given in map(str, SPANS) else SPANS[1]
    until = clock.today()
    since = until - timedelta(days=span)
    context = {
        "spans": SPANS,
        "span": span,
        "quality": queries.quality(intake, since=since, until=until),
        "changed": queries.changed_suggestions(intake, since=since, until=until)[:SHOWN],
        "learned_count": queries.learned_count(),
    }
    return page(request, "feedback/suggestion_quality.html", context)
