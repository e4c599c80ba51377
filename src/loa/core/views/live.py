"""A live topic where no stream can be had: what came since, and come back soon."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from loa.core.live import events, topics, wire


@require_safe
def live(request: HttpRequest, topic: str) -> HttpResponse:
    """The stream, as a site without a live process gives it: it ends at once and the browser comes back.

    It is also asked (HEAD) by the live process whether this person may listen.
    """
    _check(request, topic)
    since = wire.since_of(request.headers.get("Last-Event-ID"), request.GET.get("since"))
    body = b""
    if request.method == "GET":
        missed = wire.told(events.events_after(topic, since))
        body = wire.greeting(soonest=2000, latest=3000) + wire.status(wire.DELAYED) + missed
    return HttpResponse(body, headers=wire.HEADERS)


@require_safe
def live_since(request: HttpRequest, topic: str, since: int) -> JsonResponse:
    """The same as JSON, for browsers and proxies that cannot do streams."""
    _check(request, topic)
    missed = events.events_after(topic, since)
    told = [{"id": event.number, "kind": event.kind, "data": event.data} for event in missed.events]
    answer = {"events": told, "last": missed.last, "reload": missed.must_reload}
    return JsonResponse(answer, headers={"Cache-Control": "no-store"})


def _check(request: HttpRequest, topic: str) -> None:
    if not topics.may_listen(request.user, topic):
        raise Http404
