"""Letters about new answers: asked for here, confirmed and ended by the link in the letter."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loa.core.pages import page
from loa.core.throttle import Limit, is_too_much
from loa.feedback import actions, queries
from loa.feedback.forms import SubscribeForm
from loa.feedback.models import AnswerSubscription

LIMITS = (Limit("subscribe", 10), Limit("subscribe", 500, is_of_all=True))


@never_cache
@require_http_methods(["GET", "POST"])
def subscribe(request: HttpRequest) -> HttpResponse:
    form = SubscribeForm(
        request.POST if request.method == "POST" else None,
        subjects=queries.subjects_in_register(),
        agencies=queries.agencies_in_register(),
        communes=queries.communes_in_register(),
        initial={name: request.GET.get(name) for name in ("subject", "agency", "commune")},
    )
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return page(request, "feedback/subscribe.html", {"form": form}, status=status)
    given = dict(form.cleaned_data)
    is_machine = bool(given.pop("website"))
    if is_too_much(request, *LIMITS):
        return page(request, "feedback/subscribe.html", {"form": form, "is_too_much": True}, status=429)
    if not is_machine:
        actions.subscribe(**given, language=request.LANGUAGE_CODE)  # type: ignore[attr-defined]
    return redirect("feedback:subscribe_sent")


@require_safe
def subscribe_sent(request: HttpRequest) -> HttpResponse:
    """The same for every address, so that nobody learns who follows what."""
    return page(request, "feedback/subscribe_sent.html")


@never_cache
@require_http_methods(["GET", "POST"])
def subscription(request: HttpRequest, token: str) -> HttpResponse:
    """Behind the link of a letter: a button confirms, for programs follow links too; later, what is new and the end."""
    row = _row_of(token)
    is_late = False
    if request.method == "POST":
        is_late = not actions.confirm_subscription(row)
    context = {
        "row": row,
        "token": token,
        "is_late": is_late,
        "is_new": request.method == "POST",
        "others": [other for other in queries.subscriptions_with(row) if other.pk != row.pk],
        "newest": queries.newest_answers()[:10] if row.confirmed_at else [],
        "token_of": actions.token_of,
    }
    return page(request, "feedback/subscription.html", context, status=410 if is_late else 200)


@csrf_exempt  # the button of a mail program sends no token; the signed address is what allows it
@never_cache
@require_POST
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """One click: this subscription, or with `all`, or by a mail program, every one of the address; twice is once."""
    row = queries.subscription_of(token)
    if row is not None:
        is_of_all = "all" in request.POST or request.POST.get("List-Unsubscribe") == "One-Click"
        others = queries.subscriptions_with(row) if is_of_all else []
        for each in {row.pk: row, **{other.pk: other for other in others}}.values():
            actions.end_subscription(each)
    return page(request, "feedback/unsubscribed.html")


def _row_of(token: str) -> AnswerSubscription:
    row = queries.subscription_of(token)
    if row is None:
        raise Http404
    return row
