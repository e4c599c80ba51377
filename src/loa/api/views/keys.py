"""The administrator's pages of keys."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from loa.api import actions, queries
from loa.api.filters import KeyFilter
from loa.api.forms import KeyForm, RevokeForm
from loa.api.models import ApiKey
from loa.api.tables import KeyTable
from loa.core.access import permits
from loa.core.acting import TAKEN, act, attempt
from loa.core.history import entries_of
from loa.core.lists import list_page
from loa.core.pages import page


def _allow(request: HttpRequest) -> None:
    if not permits(request.user, "api.manage_keys"):
        raise Http404


@login_required
@require_safe
def key_list(request: HttpRequest) -> HttpResponse:
    _allow(request)
    return list_page(
        request,
        "api/key_list.html",
        rows=queries.keys_visible_to(request.user),
        table_class=KeyTable,
        filter_class=KeyFilter,
        export_name="khoa-ket-noi",
    )


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def key_add(request: HttpRequest) -> HttpResponse:
    """The key is shown on the answer to this one POST and never again."""
    _allow(request)
    form, made = KeyForm(request.POST or None), []
    status = attempt(request, form, lambda given: made.append(actions.make_key(**given, by=request.user)))
    if status == TAKEN:
        key, letters = made[0]
        return page(request, "api/key_shown.html", {"key": key, "letters": letters})
    return page(request, "api/key_add.html", {"form": form}, part="act", status=status)


@login_required
@require_safe
def key_detail(request: HttpRequest, pk: int) -> HttpResponse:
    key = _visible(request, pk)
    return page(request, "api/key_detail.html", {"key": key, "entries": entries_of([key])})


@login_required
@require_http_methods(["GET", "POST"])
def key_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    key = _visible(request, pk)
    return act(
        request,
        template="api/act.html",
        form=RevokeForm(request.POST or None),
        run=lambda given: actions.revoke_key(key, **given, by=request.user),
        heading=_("Revoke the key"),
        button=_("Revoke"),
        tone="danger",
        about=key,
        done=_("The key is revoked and no longer works."),
    )


def _visible(request: HttpRequest, pk: int) -> ApiKey:
    return get_object_or_404(queries.keys_visible_to(request.user), pk=pk)


@login_required
@require_safe
def connections(request: HttpRequest, pk: int) -> HttpResponse:
    """A part of the administration page."""
    if request.user.pk != pk:
        raise Http404
    _allow(request)
    keys = queries.keys_visible_to(request.user)
    context = {
        "key_count": keys.filter(revoked_at__isnull=True).count(),
        "webhook_count": queries.webhooks_visible_to(request.user).filter(is_active=True).count(),
    }
    return page(request, "api/connections.html", context, part="fragment")
