from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_POST

from loa.channels import actions, queries
from loa.core.pages import page

PAGE_SIZE = 50


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
