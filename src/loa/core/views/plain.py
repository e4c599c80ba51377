from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import loader
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from loa.core import clock
from loa.core.counted_days import find_count
from loa.core.due import tell_count
from loa.core.forms import CountForm
from loa.core.pages import page


@csrf_exempt  # public pages carry no token; a forged request could only change the language of the reader's pages
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language in a cookie and go back to where one was."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = redirect(back)
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES) and check_for_language(chosen):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=365 * 24 * 3600,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
        )
    return response


@require_safe
def deadline_explain(request: HttpRequest) -> HttpResponse:
    """How a date was computed, day by day: ?start=2019-06-03&n=5, or ?due=2019-06-10 counted from today.

    With ?of=reports.reportround.12.due_on, who may see the object reads how its date was really counted.
    """
    form = CountForm(request.GET or {"start": clock.today()})
    form.is_valid()
    row = find_count(request.GET.get("of", ""), request.user)
    context = {"form": form, "count": form.result, "counted": row and tell_count(row)}
    return page(request, "core/deadline_explain.html", context)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, "ui/403.html", {"reason": str(exception or "")}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, "ui/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Asks neither the database nor the session: they may be what is broken."""
    return HttpResponse(loader.render_to_string("ui/500.html"), status=500)
