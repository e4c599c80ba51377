"""Who stands at the public door: what a browser holds, how often an address may act, what no cache may keep."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache

from loa.core.throttle import Limit
from loa.feedback import actions, queries
from loa.feedback.models import Case, Denunciation, Draft

DRAFT_COOKIE = "loa_ban_viet"
CASE_COOKIE = "loa_ho_so"
CASE_KEPT = 30 * 60  # seconds
# many people share one address of a telephone network: what is counted must let a village through
SAVES = Limit("draft-save", 600)
DRAFTS = Limit("draft-new", 120)
ALL_DRAFTS = Limit("draft-new", 6_000, is_of_all=True)
FILES = Limit("draft-files", 200)
SENDINGS = Limit("case-send", 60)
ALL_SENDINGS = Limit("case-send", 3_000, is_of_all=True)
WRONG_SECRETS = Limit("case-open", 30)
WRONG_FOR_CODE = 10  # within an hour; then a sum is asked besides
ACTS = Limit("case-act", 200)

View = Callable[..., HttpResponse]


def private_page(view: View) -> View:
    """A page of one person: kept nowhere, found by no search, telling no other site where the reader came from.

    Whoever has an account is not asked for it here: an officer who writes as a citizen is a citizen.
    """

    @never_cache
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.user = AnonymousUser()
        response = view(request, *args, **kwargs)
        response.headers["Referrer-Policy"] = (
            "same-origin"  # "no-referrer" would take the origin from our own forms
        )
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return answer


class Held:
    """The draft a browser holds by its signed cookie; none yet on the first page."""

    def __init__(self, token: str = "") -> None:
        self.token = token or actions.new_token()
        self.key = actions.key_of_token(self.token)
        self.draft = Draft.objects.filter(key=self.key).first() if token else None

    @classmethod
    def of(cls, request: HttpRequest) -> Held:
        """A forged or old cookie is none."""
        kept = int(queries.DRAFT_KEPT.total_seconds())
        try:
            token = signing.loads(request.COOKIES.get(DRAFT_COOKIE, ""), salt=DRAFT_COOKIE, max_age=kept)
        except signing.BadSignature:
            token = ""
        return cls(str(token))

    @property
    def mark(self) -> str:
        """What a page carries along, so that a page of another draft is known."""
        return self.key[:16] if self.draft else ""

    @property
    def said(self) -> dict[str, Any]:
        return actions.said_in(self.draft) if self.draft and not self.is_sent else {}

    @property
    def is_sent(self) -> bool:
        draft = self.draft
        return bool(draft and (draft.case_id or actions.said_in(draft).get("sealed")))

    def keep(self, said: dict[str, Any]) -> None:
        self.draft = actions.save_draft(self.key, said)

    def give_to(self, response: HttpResponse) -> HttpResponse:
        response.set_cookie(
            DRAFT_COOKIE,
            signing.dumps(self.token, salt=DRAFT_COOKIE),
            max_age=int(queries.DRAFT_KEPT.total_seconds()),
            path=reverse("feedback:case_form"),
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
        return response


def open_case_in(response: HttpResponse, code: str) -> HttpResponse:
    """Let this browser read one case for half an hour, at that case's address alone."""
    response.set_cookie(
        CASE_COOKIE,
        signing.dumps(code, salt=CASE_COOKIE),
        max_age=CASE_KEPT,
        path=reverse("feedback:own_case", args=[code]),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def opened(request: HttpRequest, code: str) -> Case | Denunciation | None:
    """What stands under a code, where this browser has opened it; another one's cookie opens nothing."""
    try:
        told = signing.loads(request.COOKIES.get(CASE_COOKIE, ""), salt=CASE_COOKIE, max_age=CASE_KEPT)
    except signing.BadSignature:
        return None
    if told != code:
        return None
    rows = Case.objects.exclude(state="isolated").select_related(
        "agency",
        "intake",
        "subject",
        "commune",
        "about",
        "procedure",
        "merged_into__agency",
        "merged_into__intake",
    )
    return rows.filter(code=code).first() or Denunciation.objects.filter(code=code).first()
