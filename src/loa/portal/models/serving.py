"""Who says what a page shows: a page asks here, the views above answer; preview and serving take the same way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wagtail.models import Page

ContextOf = Callable[[Any, Any], dict[str, Any]]  # page, request -> what its template takes
_contexts: dict[type[Page], ContextOf] = {}


def context_for(model: type[Page]) -> Callable[[ContextOf], ContextOf]:
    """`@context_for(Story)`: the function gives what the template of such a page takes."""

    def keep(function: ContextOf) -> ContextOf:
        _contexts[model] = function
        return function

    return keep


class ServedPage(Page):
    """A page whose context is made by the views. Everything published is for everybody: no page has a password."""

    private_page_options: list[str] = []

    class Meta:
        abstract = True

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        given = super().get_context(request, *args, **kwargs)
        more = next((_contexts[kind] for kind in type(self).__mro__ if kind in _contexts), None)
        return given | (more(self, request) if more else {})
