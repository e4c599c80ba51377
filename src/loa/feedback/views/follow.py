"""The asker comes back with the code and the secret."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from loa.core.pages import page
from loa.feedback.forms import FollowForm


@never_cache
@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    form = FollowForm(request.POST or None, initial={"code": request.GET.get("code", "")})
    case = form.case if request.method == "POST" and form.is_valid() else None
    return page(request, "feedback/follow.html", {"form": form, "case": case})
