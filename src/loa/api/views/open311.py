"""Open311 GeoReport v2. Nobody's session is asked: who sends in shows a key, who reads is anybody."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from loa.api import actions, queries
from loa.api.forms import read_asked, read_report
from loa.api.forms.open311 import subject_called
from loa.api.models import ApiKey
from loa.api.open_data import OpenDataThrottle
from loa.api.queries import open311 as told
from loa.api.throttling import wait_for
from loa.api.wire import Open311Error, plain, refused, written
from loa.core import clock
from loa.core.workflow import FlowError
from loa.feedback.actions import Receipt
from loa.feedback.models import Case

Answer = tuple[str, Any]  # the root element and what is in it
_READ = ("GET", "HEAD")
_LONGEST_CALL_KEY = 200


def open311(*methods: str) -> Callable[[Callable[..., Answer]], Callable[..., HttpResponse]]:
    """A view that answers in the format of its address, also when it refuses; readable from any site."""

    def decorated(view: Callable[..., Answer]) -> Callable[..., HttpResponse]:
        @csrf_exempt
        @wraps(view)
        def answer(request: HttpRequest, form: str = "xml", **given: str) -> HttpResponse:
            request.user = AnonymousUser()
            allowed = ", ".join((*methods, "OPTIONS"))
            try:
                response = _answered(request, form, methods, view, given)
            except Open311Error as error:
                response = refused(error, form)
            response["Cache-Control"] = "no-store"
            if response.status_code == 405 or request.method == "OPTIONS":
                response["Allow"] = allowed
            if request.method != "POST":
                response["Access-Control-Allow-Origin"] = "*"
                response["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
            return response

        return answer

    return decorated


def _answered(
    request: HttpRequest,
    form: str,
    methods: tuple[str, ...],
    view: Callable[..., Answer],
    given: dict[str, str],
) -> HttpResponse:
    if request.method == "OPTIONS":
        return HttpResponse(status=204)
    if request.method not in methods:
        raise Open311Error(405, _("This address does not take %(method)s.") % {"method": request.method})
    if request.method in _READ:
        throttle = OpenDataThrottle()
        if not throttle.allow_request(request, None):
            raise Open311Error(429, _("Too many calls: wait a little."), wait=int(throttle.wait() or 1))
        _check_jurisdiction(request.GET)
    name, data = view(request, **given)
    return written(name, data, form)


def _check_jurisdiction(sent: QueryDict) -> None:
    said, own = sent.get("jurisdiction_id", "").strip(), settings.OPEN311_JURISDICTION
    if said and own and said != own:
        raise Open311Error(404, _("jurisdiction_id “%(code)s” was not found.") % {"code": plain(said)[:100]})


@open311(*_READ)
def discovery(_request: HttpRequest) -> Answer:
    return "discovery", told.discovery(clock.today())


@open311(*_READ)
def services(_request: HttpRequest) -> Answer:
    return "services", told.services_on(clock.today())


@open311(*_READ)
def service(_request: HttpRequest, code: str) -> Answer:
    return "service_definition", told.definition(subject_called(code))


@open311(*_READ)
def token(_request: HttpRequest, token: str) -> Answer:
    """Every service is realtime, so the number itself is its token."""
    return "service_requests", [{"service_request_id": _case(token).code, "token": token}]


@open311(*_READ, "POST")
def requests(request: HttpRequest) -> Answer:
    return _take_in(request) if request.method == "POST" else _list(request)


@open311(*_READ)
def request_detail(request: HttpRequest, code: str) -> Answer:
    case = _case(code)
    record = told.request_of(case)
    if request.GET.get("extensions") == "true":
        record["updates"] = told.updates_of([case])[case.pk]
    return "service_requests", [record]


@open311(*_READ)
def request_updates(_request: HttpRequest, code: str) -> Answer:
    case = _case(code)
    return "updates", told.updates_of([case])[case.pk]


@open311(*_READ, "POST", "PUT", "PATCH", "DELETE")
def nothing(_request: HttpRequest, rest: str = "") -> Answer:
    raise Open311Error(404, _("There is no such address. Open311 is answered as .json and .xml."))


def _case(code: str) -> Case:
    case = told.public_cases().filter(code=plain(code).upper()).first()
    if case is None:
        raise Open311Error(
            404, _("service_request_id “%(code)s” was not found.") % {"code": plain(code)[:60]}
        )
    if case.purged_at:
        raise Open311Error(410, _("This request was kept as long as the law allows and is gone."))
    return case


def _list(request: HttpRequest) -> Answer:
    asked = read_asked(request.GET.dict())
    cases = list(asked.rows[asked.start : asked.stop])
    updates = told.updates_of(cases) if asked.with_updates else {}
    rows = [told.request_of(case) for case in cases]
    for case, row in zip(cases, rows, strict=True):
        if asked.with_updates:
            row["updates"] = updates[case.pk]
    return "service_requests", rows


def _take_in(request: HttpRequest) -> Answer:
    sent = _sent(request)
    key = _key(sent)
    _check_jurisdiction(sent)
    call_key = request.headers.get("Idempotency-Key", "")
    if len(call_key) > _LONGEST_CALL_KEY:
        raise Open311Error(400, _("The Idempotency-Key is too long."))
    given = read_report(sent.dict(), call_key=call_key)  # type: ignore[arg-type]
    try:
        receipt = actions.take_in(given, key=key)
    except FlowError as error:
        raise Open311Error(400, str(error)) from error
    notice = _notice(receipt, has_media=bool(sent.get("media_url")))
    row = {"service_request_id": receipt.case.code, "service_notice": notice, "account_id": None}
    return "service_requests", [row]


def _sent(request: HttpRequest) -> QueryDict:
    try:
        return request.POST
    except (BadRequest, SuspiciousOperation, MultiPartParserError, UnreadablePostError, LookupError) as error:
        raise Open311Error(400, _("What was sent is no form in UTF-8.")) from error


def _key(sent: QueryDict) -> ApiKey:
    said = sent.get("api_key", "")
    key = queries.good_key(said) if said else None
    if key is None or not key.may_submit:
        raise Open311Error(403, _("The api_key is missing or not valid here."))
    wait = wait_for(key)
    if wait:
        raise Open311Error(429, _("Too many calls: wait a little."), wait=wait)
    actions.use_key(key)
    return key


def _notice(receipt: Receipt, *, has_media: bool) -> str:
    address = f"{settings.BASE_URL}{reverse('feedback:follow')}?code={receipt.case.code}"
    words = {"address": address, "code": receipt.case.code, "secret": receipt.secret}
    parts = [_("Followed at %(address)s with the code %(code)s and the secret %(secret)s.") % words]
    if receipt.case.due_on:
        parts.append(_("The answer is due by %(day)s.") % {"day": f"{receipt.case.due_on:%d/%m/%Y}"})
    if has_media:
        parts.append(_("Pictures are not fetched from other places: media_url was left out."))
    return " ".join(parts)
