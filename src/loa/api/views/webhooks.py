"""An agency connects its own system: where it is told, a trial, what it was told."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loa.api import actions, queries
from loa.api.filters import SendingFilter, WebhookFilter
from loa.api.forms import WebhookForm
from loa.api.models import CaseWebhook
from loa.api.tables import SendingTable, WebhookTable
from loa.core.access import permits, require
from loa.core.acting import act
from loa.core.history import entries_of
from loa.core.lists import list_page
from loa.core.pages import page
from loa.core.workflow import FlowError


@login_required
@require_safe
def webhook_list(request: HttpRequest) -> HttpResponse:
    may_make = permits(request.user, "api.make_webhooks")
    if not may_make and not permits(request.user, "api.manage_keys"):
        raise Http404
    return list_page(
        request,
        "api/webhook_list.html",
        rows=queries.webhooks_visible_to(request.user),
        table_class=WebhookTable,
        filter_class=WebhookFilter,
        export_name="he-thong-ket-noi",
        context={"may_make": may_make},
    )


@login_required
@require_http_methods(["GET", "POST"])
def webhook_add(request: HttpRequest) -> HttpResponse:
    if not permits(request.user, "api.make_webhooks"):
        raise Http404
    webhook = CaseWebhook()
    return _save(request, webhook, _("Connect a system"), reverse("connect:webhook_list"))


@login_required
@require_http_methods(["GET", "POST"])
def webhook_edit(request: HttpRequest, pk: int) -> HttpResponse:
    webhook = _kept(request, pk)
    return _save(request, webhook, _("Change the connection"), webhook.get_absolute_url())


def _save(request: HttpRequest, webhook: CaseWebhook, heading: str, back: str) -> HttpResponse:
    return act(
        request,
        template="api/act.html",
        form=WebhookForm(request.POST or None, webhook=webhook),
        run=lambda given: actions.save_webhook(webhook, **given, by=request.user),
        heading=heading,
        button=_("Save"),
        about=webhook,
        done=_("Saved."),
        back=back,
    )


@login_required
@never_cache
@require_safe
def webhook_detail(request: HttpRequest, pk: int) -> HttpResponse:
    webhook = _visible(request, pk)
    may_keep = permits(request.user, "api.keep_webhook", webhook)
    return list_page(
        request,
        "api/webhook_detail.html",
        rows=webhook.sendings.select_related("case", "webhook"),
        table_class=SendingTable,
        filter_class=SendingFilter,
        export_name="da-bao",
        context={
            "webhook": webhook,
            "may_keep": may_keep,
            "dead_count": webhook.sendings.filter(state="dead").count(),
            "entries": entries_of([webhook]),
        },
    )


@login_required
@never_cache
@require_POST
def webhook_secret(request: HttpRequest, pk: int) -> HttpResponse:
    """The secret, to whoever keeps the connection; by POST, so that no address leads to it."""
    webhook = _kept(request, pk)
    if "renew" in request.POST:
        actions.renew_secret(webhook, by=request.user)
    return page(request, "api/webhook_secret.html", {"webhook": webhook})


@login_required
@require_POST
def webhook_ping(request: HttpRequest, pk: int) -> HttpResponse:
    webhook = _kept(request, pk)
    try:
        actions.ping(webhook, by=request.user)
    except FlowError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("A test is on its way; the result appears below in a moment."))
    return redirect(webhook)


@login_required
@require_POST
def webhook_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """What was given up is told once more."""
    webhook = _kept(request, pk)
    for sending in webhook.sendings.filter(state="dead"):
        actions.retry_sending(sending, by=request.user)
    messages.success(request, _("What was given up is being sent again."))
    return redirect(webhook)


@login_required
@require_http_methods(["GET", "POST"])
def webhook_remove(request: HttpRequest, pk: int) -> HttpResponse:
    webhook, back = _kept(request, pk), reverse("connect:webhook_list")
    return act(
        request,
        template="api/act.html",
        form=Form(request.POST if request.method == "POST" else None),
        run=lambda _given: actions.remove_webhook(webhook, by=request.user),
        heading=_("Disconnect the system"),
        button=_("Disconnect"),
        tone="danger",
        about=webhook,
        done=_("Disconnected."),
        back=back,
        extra={"lead": webhook.url},
    )


def _visible(request: HttpRequest, pk: int) -> CaseWebhook:
    return get_object_or_404(queries.webhooks_visible_to(request.user), pk=pk)


def _kept(request: HttpRequest, pk: Any) -> CaseWebhook:
    webhook = _visible(request, pk)
    require(request.user, "api.keep_webhook", webhook)
    return webhook
