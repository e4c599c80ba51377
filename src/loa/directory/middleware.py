from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

SESSION_KEY = "hat"


class HatMiddleware:
    """Put on the hat chosen in this session; one that is no longer held falls off silently."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return self.get_response(request)  # who has no session is not asked: the page may be anybody's
        chosen = request.session.get(SESSION_KEY)
        if chosen and request.user.is_authenticated and not request.user.wear(chosen):
            del request.session[SESSION_KEY]
        return self.get_response(request)
