"""A file is handed out only where it is public, or to who works in the newsroom."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest
from wagtail import hooks

from loa.portal.models import Attachment
from loa.portal.queries.attachments import is_public


@hooks.register("before_serve_document")
def keep_drafts_inside(attachment: Attachment, request: HttpRequest) -> None:
    """A stranger to a file is told that there is no such file. A session is asked only where there may be one."""
    if is_public(attachment):
        return
    if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.has_perm("wagtailadmin.access_admin"):
        return
    raise Http404
