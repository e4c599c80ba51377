"""The inbox, and how one wants to be told."""

from __future__ import annotations

from itertools import groupby

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from loa.channels import actions, queries
from loa.channels.forms import MailSettingsForm
from loa.core import clock
from loa.core.pages import page

PAGE_SIZE = 50
UNREAD = "chua-doc"


@login_required
@require_GET
def notice_list(request: HttpRequest) -> HttpResponse:
    """Grouped by day; ?loc=chua-doc shows the unread alone."""
    rows = queries.notices_visible_to(request.user)
    is_unread_only = request.GET.get("loc") == UNREAD
    if is_unread_only:
        rows = rows.filter(read_at__isnull=True)
    notices = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    days = [
        (day, list(group)) for day, group in groupby(notices, key=lambda row: clock.day_of(row.created_at))
    ]
    context = {"notices": notices, "days": days, "is_unread_only": is_unread_only}
    return page(request, "channels/notice_list.html", context)


@login_required
@require_POST
def notice_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark as read and go where it leads."""
    notice = get_object_or_404(queries.notices_visible_to(request.user), pk=pk)
    actions.read_notice(notice, by=request.user)
    return redirect(notice.url)


@login_required
@require_POST
def notice_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark as read and stay."""
    notice = get_object_or_404(queries.notices_visible_to(request.user), pk=pk)
    actions.read_notice(notice, by=request.user)
    return _back(request)


@login_required
@require_POST
def notice_read_all(request: HttpRequest) -> HttpResponse:
    actions.read_all_notices(by=request.user)
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    response = redirect("channels:notice_list")
    if request.POST.get("loc") == UNREAD:
        response["Location"] += f"?loc={UNREAD}"
    return response


@login_required
@require_http_methods(["GET", "POST"])
def mail_settings(request: HttpRequest) -> HttpResponse:
    """Per kind of notice whether it is mailed, and when."""
    form = MailSettingsForm(request.POST or None, settings=queries.mail_settings_of(request.user))
    if request.method == "POST" and form.is_valid():
        actions.change_mail_settings(**form.values, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("channels:mail_settings")
    status = 422 if form.errors else 200
    return page(request, "channels/mail_settings.html", {"form": form}, status=status)
