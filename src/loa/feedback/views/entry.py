"""An officer writes down a case for somebody: hotline, counter, reporter, dialogue hall."""

from __future__ import annotations

from urllib.parse import urlencode

import segno
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from loa.core.access import require
from loa.core.acting import TAKEN, attempt
from loa.core.pages import page
from loa.feedback import actions
from loa.feedback.forms.entry import EntryForm
from loa.feedback.models import Case


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def case_enter(request: HttpRequest) -> HttpResponse:
    """The answer to the form is the receipt itself: the secret is shown once and kept nowhere, a second click shows it again."""
    require(request.user, "feedback.enter_case")
    form = EntryForm(request.POST or None, request.FILES or None, initial=_first(request))
    receipts: list[actions.Receipt | actions.SealedReceipt] = []
    status = attempt(request, form, lambda _given: receipts.append(_submit(request, form)))
    if status == TAKEN:
        return page(request, "feedback/receipt.html", _receipt(receipts[0], form))
    return page(request, "feedback/case_enter.html", {"form": form}, status=status)


def _first(request: HttpRequest) -> dict[str, str]:
    """The source of the entry before, carried in the address."""
    source = request.GET.get("nguon", "")
    return {"source": source if source in Case.Source.values else Case.Source.HOTLINE.value}


def _submit(request: HttpRequest, form: EntryForm) -> actions.Receipt | actions.SealedReceipt:
    given = form.cleaned_data
    if given["is_denunciation"]:
        return actions.submit_denunciation(
            form.words, key=given["key"], identity=form.identity, files=given["files"], by=request.user
        )
    return actions.submit_case(
        form.words,
        key=given["key"],
        source=given["source"],
        identity=form.identity,
        consents=form.consents,
        files=given["files"],
        by=request.user,
    )


def _receipt(receipt: actions.Receipt | actions.SealedReceipt, form: EntryForm) -> dict[str, object]:
    case = receipt.case if isinstance(receipt, actions.Receipt) else None
    code = case.code if case else receipt.code
    address = f"{settings.BASE_URL}{reverse('feedback:follow')}?{urlencode({'code': code})}"
    return {
        "code": code,
        "secret": receipt.secret,
        "groups": [receipt.secret[start : start + 4] for start in range(0, len(receipt.secret), 4)],
        "address": address,
        "qr": qr_code(address),
        "case": case,
        "source": form.cleaned_data["source"],
    }


def qr_code(address: str) -> SafeString:
    """A code as SVG inside the page, without style; made by the library of nothing but the address."""
    made = segno.make(address, error="m", micro=False)
    return mark_safe(made.svg_inline(scale=4, border=2, svgclass="qr", lineclass=None))  # noqa: S308
