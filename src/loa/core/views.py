from django.http import HttpRequest, HttpResponse

from loa.core.pages import page


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, "ui/403.html", {"reason": str(exception or "")}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, "ui/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    return page(request, "ui/500.html", status=500)
