"""The hall of a dialogue as everybody sees it. What is shown is the same for all and may be kept; what one browser
asked, likes and votes has pages of its own, under a lot that the browser draws when it first acts.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from loa.core import clock, live
from loa.core.acting import TAKEN, attempt
from loa.core.page_cache import public_page
from loa.core.pages import page
from loa.core.sealing import fingerprint
from loa.core.throttle import Limit, is_too_much
from loa.core.workflow import FlowError
from loa.events.models import Event
from loa.events.queries import takes_questions
from loa.feedback import actions, hall, queries
from loa.feedback.forms import AskForm
from loa.feedback.models import Poll, Question

COOKIE = "loa-hall"
_KEPT = 180 * 24 * 3600
ON_A_PAGE = 60
MOST_QUESTIONS, MOST_TAPS = 30, 600  # an hour from one connection: an office or a school shares one


def _dialogue(pk: int) -> Event:
    rows = queries.public_dialogues().select_related("agency", "chair", "series")
    return get_object_or_404(rows, pk=pk)


@public_page
@require_safe
def dialogue_list(request: HttpRequest) -> HttpResponse:
    rows = queries.public_dialogues().select_related("agency", "chair", "series")
    now = clock.now()
    context = {
        "running": rows.filter(state="running").order_by("starts_at"),
        "coming": rows.filter(state="announced", ends_at__gte=now).order_by("starts_at")[:20],
        "past": Paginator(
            queries.with_answer_counts(rows.filter(state__in=("ended", "concluded"))).order_by("-starts_at"),
            20,
        ).get_page(request.GET.get("page", 1)),
    }
    return page(request, "feedback/dialogue/list.html", context)


@public_page
@require_safe
def dialogue_hall(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that is public, as of `since`; what comes after arrives live."""
    event = _dialogue(pk)
    since = live.last_number(hall.topic(event))
    questions = Paginator(queries.public_questions(event), ON_A_PAGE).get_page(request.GET.get("page", 1))
    context = {
        "event": event,
        "topic": hall.topic(event),
        "since": since,
        "question": hall.on_air_of(event),
        "questions": questions,
        "polls": queries.open_polls(event),
        "panel": event.panel.select_related("agency"),
        "takes_questions": takes_questions(event, clock.now()),
        "promises": queries.public_promises(event),
        "tally": queries.tally(event),
    }
    return page(request, "feedback/dialogue/hall.html", context)


@public_page
@require_safe
def dialogue_projector(request: HttpRequest, pk: int) -> HttpResponse:
    """For the wall of the hall: the question that is answered, large, and what comes next."""
    event = _dialogue(pk)
    since = live.last_number(hall.topic(event))
    context = {
        "event": event,
        "topic": hall.topic(event),
        "since": since,
        "question": hall.on_air_of(event),
        "questions": queries.public_questions(event).filter(
            is_shortlisted=True, state="shown", on_air_at=None
        )[:6],
        "polls": queries.open_polls(event)[:1],
        "address": f"{settings.BASE_URL}{reverse('feedback:dialogue_hall', args=[event.pk])}",
    }
    return page(request, "feedback/dialogue/projector.html", context)


@public_page
@require_safe
def dialogue_transcript(request: HttpRequest, pk: int) -> HttpResponse:
    event = _dialogue(pk)
    context = {
        "event": event,
        "answered": queries.transcript(event),
        "promises": queries.public_promises(event),
        "tally": queries.tally(event),
        "panel": event.panel.select_related("agency"),
    }
    return page(request, "feedback/dialogue/transcript.html", context)


def _lot(request: HttpRequest) -> str:
    """What this browser drew before; a forged one is none."""
    try:
        return str(signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=_KEPT))
    except signing.BadSignature:
        return ""


def _token(lot: str) -> str:
    return fingerprint(lot, use="hall") if lot else ""


def _remember(response: HttpResponse, lot: str) -> HttpResponse:
    response.set_cookie(
        COOKIE, signing.dumps(lot, salt=COOKIE), max_age=_KEPT, path="/doi-thoai-truc-tuyen/",
        httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


@never_cache
@require_http_methods(["GET", "POST"])
def dialogue_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """The form stands in the hall by a fragment, and on a page of its own without a script."""
    event = _dialogue(pk)
    context: dict[str, Any] = {"event": event, "is_open": takes_questions(event, clock.now())}
    if request.method == "POST" and is_too_much(request, Limit(f"hall.{event.pk}", MOST_QUESTIONS)):
        return _asked(request, context | {"form": AskForm(request.POST), "is_too_much": True}, status=429)
    form = AskForm(request.POST if request.method == "POST" else None, initial=_fresh())
    lot = _lot(request) or secrets.token_urlsafe(24)
    receipts: list[Any] = []
    status = attempt(request, form, lambda given: receipts.append(_ask(event, given, _token(lot))))
    if status != TAKEN:
        return _asked(request, context | {"form": form}, status=status)
    response = _asked(request, context | {"receipt": receipts[0], "form": AskForm(initial=_fresh())})
    response["HX-Trigger"] = "asked"
    return _remember(response, lot)


def _asked(request: HttpRequest, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    return page(request, "feedback/dialogue/ask.html", context, part="ask", status=status)


def _fresh() -> dict[str, str]:
    return {"key": secrets.token_urlsafe(24)}


def _ask(event: Event, given: dict[str, Any], token: str) -> Any:
    consents = {"name": _("My name may be shown beside the question")} if given["may_name"] else {}
    return actions.ask_question(
        event,
        given["text"],
        key=given["key"],
        token=token,
        identity=actions.Identity(name=given["name"]),
        consents=consents if given["name"] else {},
        language=(get_language() or "vi")[:2],
    )


@never_cache
@require_safe
def dialogue_mine(request: HttpRequest, pk: int) -> HttpResponse:
    """What this browser asked, whatever became of it."""
    event = _dialogue(pk)
    token = _token(_lot(request))
    rows = list(queries.questions_of_token(event, token)[:20])
    context = {"event": event, "mine": rows, "is_running": event.state in ("announced", "running")}
    return page(request, "feedback/dialogue/mine.html", context, part="mine")


@never_cache
@require_http_methods(["GET", "POST"])
def question_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One question; sending the form says "I want to know this too"."""
    rows = Question.objects.filter(event__in=queries.public_dialogues(), state__in=queries.PUBLIC_QUESTIONS)
    question = get_object_or_404(
        rows.exclude(case__state="isolated").select_related("case__agency", "event", "signed_for"), pk=pk
    )
    return _tap(
        request,
        lambda token: actions.like_question(question, token=token),
        show=lambda: page(
            request, "feedback/dialogue/question_page.html", {"question": question, "event": question.event}
        ),
        fragment=lambda: HttpResponse(hall.question_fragment(question)),
        back=question.event,
    )


@never_cache
@require_http_methods(["GET", "POST"])
def poll_page(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Poll.objects.filter(event__in=queries.public_dialogues(), opened_at__isnull=False)
    poll = get_object_or_404(rows.select_related("event"), pk=pk)
    choice = (
        poll.choices.filter(pk=_number(request.POST.get("choice"))).first()
        if request.method == "POST"
        else None
    )
    if request.method == "POST" and choice is None:
        return page(
            request,
            "feedback/dialogue/poll_page.html",
            {"poll": poll, "event": poll.event, "is_unchosen": True},
            status=422,
        )
    if choice is not None:
        choice.poll = poll
    return _tap(
        request,
        lambda token: actions.vote(choice, token=token),
        show=lambda: page(request, "feedback/dialogue/poll_page.html", {"poll": poll, "event": poll.event}),
        fragment=lambda: HttpResponse(hall.polls_fragment(poll.event)),
        back=poll.event,
    )


def _number(given: str | None) -> int | None:
    return int(given) if given and given.isascii() and given.isdigit() and len(given) < 18 else None


def _tap(
    request: HttpRequest,
    act: Callable[[str], Any],
    *,
    show: Callable[[], HttpResponse],
    fragment: Callable[[], HttpResponse],
    back: Event,
) -> HttpResponse:
    """A like or a vote: one for each browser; htmx gets the fragment, others go back to the hall."""
    if request.method != "POST":
        return show()
    is_htmx = bool(request.headers.get("HX-Request"))
    if is_too_much(request, Limit(f"hall.tap.{back.pk}", MOST_TAPS)):
        return HttpResponse(_("Too many taps from this connection. Please wait a moment."), status=429)
    lot = _lot(request) or secrets.token_urlsafe(24)
    try:
        act(_token(lot))
    except FlowError as refused:
        if not is_htmx:
            return HttpResponse(str(refused), status=409)
    return _remember(fragment() if is_htmx else redirect("feedback:dialogue_hall", back.pk), lot)
