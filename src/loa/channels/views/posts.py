"""Outlets, announcements, and posts that wait for a person."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from loa.channels import actions, queries
from loa.channels.filters import OutletFilter, PostFilter
from loa.channels.forms import AnnounceForm, OutletForm, PostedForm, SendAgainForm
from loa.channels.models import Delivery, Outlet
from loa.channels.queries import Announceable
from loa.channels.states import DELIVERY
from loa.channels.tables import OutletTable, PostTable
from loa.core.access import permits, require
from loa.core.acting import act
from loa.core.history import entries_of
from loa.core.lists import list_page
from loa.core.pages import page


@login_required
@require_GET
def outlet_list(request: HttpRequest) -> HttpResponse:
    if not permits(request.user, "channels.manage_outlets"):
        raise Http404
    return list_page(
        request,
        "channels/outlet_list.html",
        rows=queries.outlets_visible_to(request.user),
        table_class=OutletTable,
        filter_class=OutletFilter,
        export_name="noi-dang",
    )


@login_required
@require_http_methods(["GET", "POST"])
def outlet_add(request: HttpRequest) -> HttpResponse:
    if not permits(request.user, "channels.manage_outlets"):
        raise Http404
    return _save_outlet(request, Outlet(), _("Add an outlet"))


@login_required
@require_http_methods(["GET", "POST"])
def outlet_edit(request: HttpRequest, pk: int) -> HttpResponse:
    outlet = get_object_or_404(queries.outlets_visible_to(request.user), pk=pk)
    return _save_outlet(request, outlet, _("Change an outlet"), {"entries": entries_of([outlet])})


def _save_outlet(
    request: HttpRequest, outlet: Outlet, heading: str, extra: dict[str, Any] | None = None
) -> HttpResponse:
    return act(
        request,
        template="channels/act.html",
        form=OutletForm(request.POST or None, outlet=outlet),
        run=lambda given: actions.save_outlet(outlet, **given, by=request.user),
        heading=heading,
        button=_("Save"),
        about=outlet,
        done=_("Saved."),
        back=reverse("channels:outlet_list"),
        extra={"crumb": _("Outlets"), **(extra or {})},
    )


def _announced(request: HttpRequest, kind: str, pk: int) -> tuple[Announceable, Any]:
    announceable = queries.announceable_called(kind)
    if announceable is None:
        raise Http404
    return announceable, get_object_or_404(announceable.visible_to(request.user), pk=pk)


@login_required
@require_GET
def announcement(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Where a thing was announced, as a fragment of its page; with the button for who may announce it."""
    announceable, obj = _announced(request, kind, pk)
    posts = list(queries.posts_about(obj))
    may = permits(request.user, announceable.permission, obj)
    shown = queries.posts_visible_to(request.user).filter(pk__in=[post.pk for post in posts])
    context = {
        "about": obj,
        "kind": kind,
        "posts": posts,
        "readable": set(shown.values_list("pk", flat=True)),
        "may_announce": may and queries.outlets_open().exclude(deliveries__in=posts).exists(),
    }
    return page(request, "channels/announcement.html", context, part="fragment")


@login_required
@require_http_methods(["GET", "POST"])
def announce(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    announceable, obj = _announced(request, kind, pk)
    require(request.user, announceable.permission, obj)
    posts = list(queries.posts_about(obj))
    title, text = (posts[0].post.title, posts[0].post.text) if posts else announceable.draft(obj)
    form = AnnounceForm(
        request.POST or None,
        outlets=queries.outlets_open().exclude(deliveries__in=posts),
        fixed=bool(posts),
        initial={"title": title, "text": text},
    )
    return act(
        request,
        template="channels/act.html",
        form=form,
        run=lambda given: actions.announce(obj, announceable=announceable, **given, by=request.user),
        heading=_("Announce on outlets"),
        button=_("Announce"),
        about=obj,
        done=_("The announcement is prepared; see below where it stands."),
        extra={"crumb": str(obj)},
    )


@login_required
@require_GET
def post_list(request: HttpRequest) -> HttpResponse:
    rows = queries.posts_visible_to(request.user)
    return list_page(
        request,
        "channels/post_list.html",
        rows=rows,
        table_class=PostTable,
        filter_class=PostFilter,
        export_name="bai-dang",
        context={"unclear_count": rows.filter(state="to_check").count()},
    )


def _visible_post(request: HttpRequest, pk: int) -> Delivery:
    return get_object_or_404(queries.posts_visible_to(request.user), pk=pk)


@login_required
@require_GET
def post_detail(request: HttpRequest, pk: int) -> HttpResponse:
    delivery = _visible_post(request, pk)
    context = {
        "delivery": delivery,
        "steps": DELIVERY.open_to(request.user, delivery),
        "entries": entries_of([delivery]),
        "about": delivery.post.about,
    }
    return page(request, "channels/post_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def post_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """A person says whether it is posted."""
    delivery = _visible_post(request, pk)
    runs = {"mark_posted": actions.mark_posted, "send_again": actions.send_again}
    if step not in runs:
        raise Http404
    require(request.user, "channels.post", delivery)
    form_class = PostedForm if step == "mark_posted" else SendAgainForm
    return act(
        request,
        template="channels/act.html",
        form=form_class(request.POST if request.method == "POST" else None),
        run=lambda given: runs[step](delivery, **given, by=request.user),
        heading=DELIVERY.by_name[step].label,
        button=DELIVERY.by_name[step].label,
        about=delivery,
        done=_("Done."),
        extra={"crumb": delivery.post.title, "lead": delivery.outlet.name},
    )
