"""Anybody's own registration: the form, the ticket, not coming after all. These pages are never kept by a cache."""

from __future__ import annotations

import secrets

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from loa.core import clock, legal
from loa.core.acting import TAKEN, attempt
from loa.core.pages import page
from loa.core.throttle import Limit, is_too_much
from loa.core.views.sheets import posted
from loa.core.workflow import FlowError
from loa.events import actions, queries, tickets
from loa.events.forms.guests import OwnForm, RegisterForm
from loa.events.models import Registration

MOST_REGISTRATIONS = 60  # an hour from one connection: a school or an office shares one
MOST_LOOKS = 20


@never_cache
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest, pk: int) -> HttpResponse:
    event = get_object_or_404(queries.public_events().select_related("agency"), pk=pk)
    now = clock.now()
    context = {"event": event, "is_open": queries.takes_registrations(event, now)}
    if request.method == "POST" and is_too_much(request, Limit(f"event.{event.pk}", MOST_REGISTRATIONS)):
        return page(request, "events/register.html", context | {"is_too_much": True}, status=429)
    form = RegisterForm(posted(request), initial={"key": secrets.token_urlsafe(24)})
    made: list[Registration] = []
    language = (get_language() or "vi")[:2]
    status = attempt(
        request,
        form,
        lambda given: made.append(actions.register_publicly(event, language=language, **given)),
    )
    if status == TAKEN:
        return redirect("events:own_registration", tickets.own_word(made[0].code))
    kept = legal.rule_on("event.retention", clock.today())
    context |= {"form": form, "places_left": queries.places_left(event), "days": kept["days"]}
    return page(request, "events/register.html", context, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def own_find(request: HttpRequest) -> HttpResponse:
    """Back by the code and the telephone number or e-mail that was given."""
    if request.method == "POST" and is_too_much(request, Limit("event.own", MOST_LOOKS)):
        return page(request, "events/own_find.html", {"is_too_much": True}, status=429)
    form = OwnForm(posted(request))
    found: list[Registration] = []

    def run(given: dict[str, str]) -> None:
        row = actions.find_own(given["code"], given["contact"])
        if row is None:
            raise FlowError(_("No registration has this code and this telephone number or e-mail."))
        found.append(row)

    status = attempt(request, form, run)
    if status == TAKEN:
        return redirect("events:own_registration", tickets.own_word(found[0].code))
    return page(request, "events/own_find.html", {"form": form}, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def own_registration(request: HttpRequest, word: str) -> HttpResponse:
    """The ticket; sending the form says that one is not coming."""
    registration = _own(word)
    event = registration.event
    refused = ""
    if request.method == "POST":
        try:
            actions.cancel_registration(registration, by=None)
            return redirect("events:own_registration", word)
        except FlowError as error:
            refused = str(error)
    context = {
        "registration": registration,
        "event": event,
        "code": tickets.shown(registration.code),
        "square": tickets.square(tickets.ticket_of(registration.code)),
        "may_cancel": registration.state in ("going", "waiting")
        and event.state in ("announced", "running", "postponed"),
        "refused": refused,
    }
    return page(request, "events/own_registration.html", context, status=409 if refused else 200)


def _own(word: str) -> Registration:
    code = tickets.code_of_own(word)
    if not code:
        raise Http404
    rows = Registration.objects.filter(origin=Registration.Origin.PUBLIC, purged_at__isnull=True)
    return get_object_or_404(rows.select_related("event__agency"), code=code)
