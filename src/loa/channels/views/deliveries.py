"""The administrator's part: mail that did not leave, and where ladders and outlets are kept."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from loa.channels import actions, queries
from loa.core.access import permits
from loa.core.pages import page
from loa.core.workflow import StaleError

MOST_FAILED = 100


@login_required
@require_GET
def failed_delivery_list(request: HttpRequest, pk: int) -> HttpResponse:
    """A fragment of the administrator's page, who is `pk`; a page of its own without JavaScript."""
    if pk != request.user.pk or not permits(request.user, "channels.send"):
        raise Http404
    rows = queries.failed_deliveries_visible_to(request.user)
    context = {"deliveries": rows[:MOST_FAILED], "count": rows.count()}
    return page(request, "channels/failed_delivery_list.html", context, part="rows")


@login_required
@require_GET
def channel_settings(request: HttpRequest, pk: int) -> HttpResponse:
    """A fragment of the administrator's page, who is `pk`: ladders and outlets."""
    if pk != request.user.pk or not permits(request.user, "channels.manage_reminder_rules"):
        raise Http404
    context = {
        "rule_count": queries.rules_visible_to(request.user).filter(is_active=True).count(),
        "outlet_count": queries.outlets_visible_to(request.user).filter(is_active=True).count(),
        "unclear_count": queries.posts_visible_to(request.user).filter(state="to_check").count(),
    }
    return page(request, "channels/channel_settings.html", context, part="fragment")


@login_required
@require_POST
def delivery_retry(request: HttpRequest, pk: int) -> HttpResponse:
    delivery = get_object_or_404(queries.failed_deliveries_visible_to(request.user), pk=pk)
    try:
        actions.retry_delivery(delivery, by=request.user)
    except StaleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The e-mail is being sent again."))
    return redirect("directory:administration")
