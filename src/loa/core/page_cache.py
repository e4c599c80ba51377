"""Public pages, made once and served many times.

A view says with `public_page` that its answer is the same for everyone who is not signed in. `KeepPublicPages`, the
outermost middleware, puts such an answer into the store together with the tables it was made from; `serve_kept`, around
the WSGI application, answers from the store before Django is asked. A signed-in person's request passes by both.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache, wraps
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from loa.core import table_watch
from loa.core.page_store import Address, PageStore, StoredPage

SAME_FOR_ALL = "public, max-age=0, must-revalidate"
_NOT_KEPT = {"set-cookie", "date", "content-length", "etag", "content-encoding"}
logger = logging.getLogger(__name__)
_TOKENS = (b"csrfmiddlewaretoken", b"X-CSRFToken")


def public_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view's answer to a visitor is the same for everyone. It must neither ask the session nor set a cookie."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        is_visitor = settings.SESSION_COOKIE_NAME not in request.COOKIES
        if is_visitor:
            request.user = AnonymousUser()
        response = view(request, *args, **kwargs)
        if response.has_header("Cache-Control"):
            return response
        may_keep = is_visitor and response.status_code == 200 and not response.cookies
        response.headers["Cache-Control"] = SAME_FOR_ALL if may_keep else "private, no-store"
        return response

    return answer


@cache
def page_store() -> PageStore | None:
    """The store of this installation; None where pages are not kept."""
    if not settings.PAGE_CACHE_DIR:
        return None
    shared = _shared_versions() if settings.REDIS_URL else None
    return PageStore(Path(settings.PAGE_CACHE_DIR), max_age=settings.PAGE_CACHE_SECONDS, versions=shared)


def start() -> None:
    """Watch what is written; called once, from the app's `ready`."""
    if settings.PAGE_CACHE_DIR:
        table_watch.start()
        table_watch.when_written(forget)


def forget(tables: frozenset[str]) -> None:
    """Told of each commit. What no page reads is not worth a step."""
    store = page_store()
    tables = frozenset(table for table in tables if not table.startswith(settings.PAGE_CACHE_UNREAD))
    if store is None or not tables:
        return
    if settings.REDIS_URL:
        _raise_shared(tables)
    store.forget(tables)


def today() -> str:
    """The day of the machine in the installation's zone: a page says how many days are left."""
    return datetime.fromtimestamp(time.time(), timezone.get_default_timezone()).date().isoformat()


class KeepPublicPages:
    """The outermost middleware: what leaves here is what the reader gets."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        store = page_store()
        if store is None or request.method != "GET" or not _is_plain(request):
            return self.get_response(request)
        before, day = store.versions(), today()
        with table_watch.reading() as tables:
            response = self.get_response(request)
        if _may_be_kept(response):
            kept = [(name, value) for name, value in response.items() if name.lower() not in _NOT_KEPT]
            store.keep(
                Address(
                    request.get_host().partition(":")[0].lower(),
                    request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) or settings.LANGUAGE_CODE,
                    request.path_info,
                    request.META.get("QUERY_STRING", ""),
                ),
                day=day,
                headers=kept,
                body=response.content,
                tables=tables | settings.PAGE_CACHE_ALWAYS,
                before=before,
            )
        return response


def _is_plain(request: HttpRequest) -> bool:
    """Nothing about the person: no cookie but that of the language, nothing that asks for another form."""
    return set(request.COOKIES) <= {settings.LANGUAGE_COOKIE_NAME} and not (
        request.headers.get("Authorization") or request.headers.get("HX-Request")
    )


def _may_be_kept(response: HttpResponse) -> bool:
    return (
        response.status_code == 200
        and response.headers.get("Cache-Control") == SAME_FOR_ALL
        and not response.streaming
        and not response.cookies
        and not any(token in response.content for token in _TOKENS)
    )


def serve_kept(application: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    """Around the WSGI application: answer from the store, or ask Django."""
    store = page_store()
    if store is None:
        return application

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        address = _address(environ)
        stored = store.find(address, day=today()) if address else None
        if stored is None:
            return application(environ, start_response)
        return _send(stored, environ, start_response)

    return answer


def _address(environ: WSGIEnvironment) -> Address | None:
    """What a stored page would be found by; None where the request is not a visitor's plain reading."""
    if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or "HTTP_AUTHORIZATION" in environ:
        return None
    if "HTTP_HX_REQUEST" in environ or (settings.SECURE_SSL_REDIRECT and not _came_safely(environ)):
        return None
    language = settings.LANGUAGE_CODE
    if sent := environ.get("HTTP_COOKIE"):
        try:
            cookies = SimpleCookie(sent)
        except CookieError:
            return None
        if settings.SESSION_COOKIE_NAME in cookies or settings.SESSION_COOKIE_NAME in sent:
            return None
        if settings.LANGUAGE_COOKIE_NAME in cookies:
            language = cookies[settings.LANGUAGE_COOKIE_NAME].value
            if language not in dict(settings.LANGUAGES):
                return None
    host = environ.get("HTTP_HOST", "").partition(":")[0].lower()
    return Address(host, language, environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", ""))


def _came_safely(environ: WSGIEnvironment) -> bool:
    header = settings.SECURE_PROXY_SSL_HEADER
    return environ.get("wsgi.url_scheme") == "https" or bool(header and environ.get(header[0]) == header[1])


def _send(stored: StoredPage, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    headers = [*stored.headers, ("ETag", stored.etag)]
    if environ.get("HTTP_IF_NONE_MATCH", "").removeprefix("W/") == stored.etag:
        start_response("304 Not Modified", headers)
        return [b""]
    body = stored.body
    if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
        body = stored.packed
        headers.append(("Content-Encoding", "gzip"))
    headers.append(("Content-Length", str(len(body))))
    start_response("200 OK", headers)
    return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]


def expire_pages() -> int:
    """A clock: pages of other days and those that are too old go."""
    store = page_store()
    return store.expire(day=today()) if store else 0


# Several hosts: what each table was last written as stands in Redis -------------------------------
_KEY = "loa:written"


@cache
def _redis() -> Any:
    from redis import Redis  # noqa: PLC0415  only the fleet has one

    return Redis.from_url(settings.REDIS_URL, socket_timeout=1)


def _shared_versions() -> Callable[[], dict[str, str]]:
    """Asked for each page that is served; without an answer nothing is kept and nothing is served from the store."""

    def versions() -> dict[str, str]:
        from redis import RedisError  # noqa: PLC0415

        try:
            return {name.decode(): value.decode() for name, value in _redis().hgetall(_KEY).items()}
        except RedisError:
            return {table: f"unknown {time.time()}" for table in settings.PAGE_CACHE_ALWAYS}

    return versions


def _raise_shared(tables: frozenset[str]) -> None:
    from redis import RedisError  # noqa: PLC0415

    pipe = _redis().pipeline()
    for table in tables:
        pipe.hincrby(_KEY, table, 1)
    try:
        pipe.execute()
    except RedisError:  # the commit stands; nobody is served from a store whose versions cannot be asked
        logger.exception("Redis does not answer: public pages of other hosts may be old for a while")
