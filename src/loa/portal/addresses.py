"""Which addresses are the program's own and not a page's."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, get_urlconf, resolve

BESIDE_THE_PROGRAM = {"static", "media", "robots.txt", "favicon.ico", "sitemap.xml"}


def is_open(path: str) -> bool:
    """Whether this installation has something of its own at an address, other than a page."""
    return _answers(path, _urlconf())


def is_taken(segment: str) -> bool:
    """Whether a page with this first part of an address could never be reached."""
    return segment in BESIDE_THE_PROGRAM or segment in _first_segments(_urlconf())


def _urlconf() -> Any:
    return get_urlconf() or settings.ROOT_URLCONF


@lru_cache(maxsize=256)
def _answers(path: str, urlconf: Any) -> bool:
    try:
        return resolve(path, urlconf).url_name != "wagtail_serve"
    except Resolver404:
        return False


@lru_cache(maxsize=8)
def _first_segments(urlconf: Any) -> frozenset[str]:
    return frozenset(_segments(get_resolver(urlconf).url_patterns))


def _segments(patterns: list[URLPattern | URLResolver]) -> set[str]:
    found: set[str] = set()
    for pattern in patterns:
        route = str(pattern.pattern)
        if isinstance(pattern, URLResolver) and not route:
            found |= _segments(pattern.url_patterns)
        elif route and not route.startswith(("^", "<", "(")):
            found.add(route.split("/", maxsplit=1)[0])
    return found
