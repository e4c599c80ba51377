"""Who is let to a page at all: a stranger to it is told that there is no such page, or that the role forbids it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from loa.core.access import permits, require

View = Callable[..., HttpResponse]


def hidden_without(permission: str) -> Callable[[View], View]:
    """What one may not see is not found."""

    def door(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not permits(request.user, permission):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return door


def closed_without(permission: str) -> Callable[[View], View]:
    """What one may see but not change is forbidden, before a form is shown in vain."""

    def door(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            require(request.user, permission)
            return view(request, *args, **kwargs)

        return guarded

    return door
