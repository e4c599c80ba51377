"""The door of the newsroom: who comes in, to which pages, and what its pages may load.

Wagtail's own check of an address ends in a redirect; here another agency's page does not exist. What is not named
below is open to nobody but administrators: accounts, logins and passwords are kept by the directory.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import ResolverMatch
from wagtail.models import Page

from loa.portal.access import may_see_media, may_see_page
from loa.portal.models import Attachment, Picture
from loa.portal.rules.newsroom import keeps_the_portal, works_in_newsroom

PREFIX = "/toa-soan/"
OPEN_SPACES = {
    "wagtailadmin_pages",
    "wagtailadmin_api:pages",
    "wagtailadmin_api:images",
    "wagtailadmin_api:documents",
    "wagtailadmin_reports",
    "wagtailadmin_editing_sessions",
    "wagtailimages",
    "wagtailimages_chooser",
    "wagtaildocs",
    "wagtaildocs_chooser",
}
OPEN_NAMES = {
    "wagtailadmin_home",
    "wagtailadmin_explore_root",
    "wagtailadmin_explore",
    "wagtailadmin_explore_results",
    "wagtail_bulk_action",
    "wagtailadmin_choose_page",
    "wagtailadmin_choose_page_child",
    "wagtailadmin_choose_page_search",
    "wagtailadmin_choose_page_chosen_multiple",
    "wagtailadmin_choose_page_external_link",
    "wagtailadmin_choose_page_email_link",
    "wagtailadmin_choose_page_phone_link",
    "wagtailadmin_choose_page_anchor_link",
    "wagtailadmin_tag_autocomplete",
    "wagtailadmin_tag_model_autocomplete",
    "wagtailadmin_dismissibles",
    "wagtailadmin_block_preview",
    "wagtailadmin_sprite",
    "wagtailadmin_javascript_catalog",
}
ADMINISTRATORS = {"wagtailsites", "wagtailredirects", "wagtailadmin_collections", "wagtailadmin_workflows"}
SENT_ON = {
    "wagtailadmin_login": settings.LOGIN_URL,
    "wagtailadmin_logout": "account_logout",
    "wagtailadmin_account": "mfa_index",
}
CLOSED = {"wagtailadmin_pages:set_privacy", "wagtailadmin_pages:convert_alias"}
BULK_CLOSED = {"publish", "unpublish"}  # a story is published by its workflow and taken down with a reason
PAGE_WORDS = ("page_id", "parent_page_id", "page_to_move_id", "destination_id")
MEDIA_WORDS: dict[str, type[Picture | Attachment]] = {
    "image_id": Picture,
    "document_id": Attachment,
    "doc_id": Attachment,
}
CHOOSERS: dict[str, type[Picture | Attachment]] = {
    "wagtailimages_chooser": Picture,
    "wagtaildocs_chooser": Attachment,
}

# Wagtail's editor writes style attributes and small scripts into its pages and previews a page in a frame. Nothing
# comes from another host here either.
POLICY = {
    **settings.CONTENT_SECURITY_POLICY["DIRECTIVES"],
    "script-src": ["'self'", "'unsafe-inline'", "'unsafe-eval'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "media-src": ["'self'", "blob:"],
    "frame-ancestors": ["'self'"],
    "worker-src": ["'self'", "blob:"],
}


class NewsroomMiddleware:
    """Only addresses below /toa-soan/ are looked at; for any other it costs one comparison."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(PREFIX):
            response._csp_replace = POLICY  # type: ignore[attr-defined]  # noqa: SLF001  django-csp reads it
            response.headers.setdefault("X-Frame-Options", "SAMEORIGIN")
        return response

    def process_view(
        self, request: HttpRequest, _view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or not request.path.startswith(PREFIX):
            return None
        if match.url_name in SENT_ON:
            return redirect(SENT_ON[match.url_name])
        if not request.user.is_authenticated:
            return None  # Wagtail sends on to the login
        if not works_in_newsroom(request.user):  # a flag on the account opens nothing
            raise Http404
        self._check_place(request, match, kwargs)
        self._check_objects(request, match, args, kwargs)
        return None

    def _check_place(self, request: HttpRequest, match: ResolverMatch, kwargs: dict[str, Any]) -> None:
        if match.namespace in ADMINISTRATORS:
            if not keeps_the_portal(request.user):
                raise Http404
            return
        known = match.namespace in OPEN_SPACES or (not match.namespace and match.url_name in OPEN_NAMES)
        if not known or match.view_name in CLOSED:
            raise Http404
        if match.url_name == "wagtail_bulk_action" and kwargs.get("action") in BULK_CLOSED:
            raise Http404

    def _check_objects(
        self, request: HttpRequest, match: ResolverMatch, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        keys = [kwargs[word] for word in PAGE_WORDS if word in kwargs]
        if match.url_name == "revisions_compare" or (match.namespace == "wagtailadmin_api:pages" and args):
            keys += args[:1]
        if match.namespace == "wagtailadmin_api:pages" and "pk" in kwargs:
            keys.append(kwargs["pk"])
        for key in keys:
            page = get_object_or_404(Page, pk=key)
            if not may_see_page(request.user, page):
                raise Http404
        chosen = CHOOSERS.get(match.namespace)
        if chosen and "pk" in kwargs:
            self._check_media(request, chosen, kwargs["pk"])
        for word, model in MEDIA_WORDS.items():
            if word in kwargs:
                self._check_media(request, model, kwargs[word])

    def _check_media(self, request: HttpRequest, model: type[Picture | Attachment], key: Any) -> None:
        if not str(key).isdecimal() or not may_see_media(request.user, get_object_or_404(model, pk=key)):
            raise Http404
