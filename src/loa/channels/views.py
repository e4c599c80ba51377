from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from loa.channels import actions, queries
from loa.core.access import permits
from loa.core.pages import page
from loa.core.workflow import StaleError

PAGE_SIZE = 50
MOST_FAILED = 100


@login_required
@require_GET
def notice_list(request: HttpRequest) -> HttpResponse:
    notices = Paginator(queries.notices_visible_to(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    return page(request, "channels/notice_list.html", {"notices": notices})


@login_required
@require_POST
def notice_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark as read and go where it leads."""
    notice = get_object_or_404(queries.notices_visible_to(request.user), pk=pk)
    actions.read_notice(notice, by=request.user)
    return redirect(notice.url)


@login_required
@require_POST
def notice_read_all(request: HttpRequest) -> HttpResponse:
    actions.read_all_notices(by=request.user)
    return redirect("channels:notice_list")


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
@require_POST
def delivery_retry(request: HttpRequest, pk: int) -> HttpResponse:
    delivery = get_object_or_404(queries.failed_deliveries_visible_to(request.user), pk=pk)
    try:
        actions.retry_delivery(delivery, by=request.user)
    except StaleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The mail is on its way again."))
    return redirect("directory:administration")
