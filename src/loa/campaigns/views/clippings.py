"""The press log: the list, the quick form, one clipping, a sheet of many, figures, and what the public sees."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loa.campaigns import actions, queries
from loa.campaigns.filters import ClippingFilter
from loa.campaigns.forms.clippings import KEPT, ClippingForm
from loa.campaigns.forms.fields import StepForm
from loa.campaigns.models import Clipping
from loa.campaigns.states import CLIPPING
from loa.campaigns.tables import ClippingTable
from loa.campaigns.views.acts import TAKEN, act, attempt, posted, refusal
from loa.campaigns.views.press import as_download
from loa.core.access import permits, require
from loa.core.forms import ApplySheetForm
from loa.core.history import entries_of
from loa.core.lists import list_page
from loa.core.pages import page
from loa.core.views.sheets import SheetDoor

RELATED = (
    "press_body",
    "agency",
    "plan",
    "topic",
    "assignment__task",
    "assignment__plan",
    "assignment__agency",
    "duty_assignment__duty",
    "duty_assignment__plan",
    "duty_assignment__agency",
)
PUBLIC_PAGE = 30


@login_required
@require_safe
def clipping_list(request: HttpRequest) -> HttpResponse:
    rows = queries.clippings_visible_to(request.user)
    return list_page(
        request,
        "campaigns/clipping_list.html",
        rows=rows.select_related(*RELATED),
        table_class=ClippingTable,
        filter_class=ClippingFilter,
        export_name="nhat-ky-bao-chi",
        context={
            "may_record": permits(request.user, "campaigns.keep_clippings"),
            "waiting_count": queries.candidates_visible_to(request.user).filter(state="waiting").count(),
        },
    )


def clipping_form(request: HttpRequest, initial: dict[str, Any]) -> ClippingForm:
    return ClippingForm(
        posted(request),
        request.FILES or None,
        bodies=queries.press_bodies_visible_to(request.user).filter(is_active=True),
        topics=queries.topics_to_choose(request.user),
        forms_of_plan=queries.forms_to_choose(request.user),
        works=queries.works_to_publish_for(request.user),
        initial=initial,
    )


@login_required
@require_http_methods(["GET", "POST"])
def clipping_new(request: HttpRequest) -> HttpResponse:
    """The quick form: after one is kept, the next has what is likely the same filled in."""
    require(request.user, "campaigns.keep_clippings")
    form = clipping_form(request, {name: request.GET[name] for name in KEPT if name in request.GET})
    status = attempt(request, form, lambda given: actions.record_clipping(**given, by=request.user))
    if status == TAKEN:
        messages.success(request, _("Kept: %(title)s") % {"title": form.cleaned_data["title"]})
        if "next" in request.POST:
            return redirect(f"{request.path}?{urlencode(ClippingForm.kept(form.cleaned_data))}")
        return redirect("campaigns:clipping_list")
    latest = queries.clippings_visible_to(request.user).filter(by=request.user, state="recorded")
    context = {
        "form": form,
        "columns": queries.columns_of(request.user),
        "latest": latest.select_related("press_body").order_by("-pk")[:5],
    }
    return page(request, "campaigns/clipping_new.html", context, status=status)


def visible_clipping(request: HttpRequest, pk: int) -> Clipping:
    rows = queries.clippings_visible_to(request.user).select_related(*RELATED, "form", "by", "deliverable")
    return get_object_or_404(rows, pk=pk)


@login_required
@require_safe
def clipping_detail(request: HttpRequest, pk: int) -> HttpResponse:
    clipping = visible_clipping(request, pk)
    is_open = clipping.state == "recorded"
    context = {
        "clipping": clipping,
        "entries": entries_of([clipping]),
        "may_change": is_open and permits(request.user, "campaigns.change_clipping", clipping),
    }
    return page(request, "campaigns/clipping_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def clipping_edit(request: HttpRequest, pk: int) -> HttpResponse:
    clipping = visible_clipping(request, pk)
    require(request.user, "campaigns.change_clipping", clipping)
    form = clipping_form(request, ClippingForm.of_clipping(clipping))
    form.keep_work(clipping.work)
    return act(
        request,
        form=form,
        run=lambda given: actions.change_clipping(clipping, **given, by=request.user),
        heading=_("Correct what is in the log"),
        button=_("Save"),
        about=clipping,
        done=_("Saved."),
        extra={"crumb": clipping.title},
    )


@login_required
@require_http_methods(["GET", "POST"])
def clipping_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    clipping = visible_clipping(request, pk)
    if refused := refusal(request, CLIPPING, clipping, "withdraw"):
        return refused
    require(request.user, "campaigns.change_clipping", clipping)
    return act(
        request,
        form=StepForm(posted(request), needs_note=True),
        run=lambda given: actions.withdraw_clipping(clipping, **given, by=request.user),
        heading=_("Take back: %(title)s") % {"title": clipping.title},
        button=_("Take back"),
        tone="danger",
        about=clipping,
        done=_("It is taken back and no longer counts."),
        extra={"crumb": clipping.title},
    )


@login_required
@require_safe
def clipping_file(request: HttpRequest, pk: int) -> FileResponse:
    return as_download(visible_clipping(request, pk))


def _door(request: HttpRequest) -> SheetDoor:
    require(request.user, "campaigns.keep_clippings")
    return SheetDoor(
        salt="campaigns.clippings",
        shape=queries.CLIPPING_SHAPE,
        preview=partial(queries.preview_clippings, by=request.user),
        take=actions.import_clippings,
        form=ApplySheetForm,
        template="campaigns/clipping_import.html",
        apply_url="campaigns:clipping_import_apply",
        back_url="campaigns:clipping_list",
    )


@login_required
@require_http_methods(["GET", "POST"])
def clipping_import(request: HttpRequest) -> HttpResponse:
    return _door(request).hand_in(request)


@login_required
@require_POST
def clipping_import_apply(request: HttpRequest) -> HttpResponse:
    return _door(request).confirm(request)


@login_required
@require_safe
def clipping_statistics(request: HttpRequest) -> HttpResponse:
    """The list's own filter narrows the figures, so that each leads to the rows behind it."""
    rows = queries.clippings_visible_to(request.user).filter(state="recorded")
    filterset = ClippingFilter(request.GET or None, queryset=rows, request=request)
    context = {
        "filter": filterset,
        "figures": queries.statistics(filterset.qs),
        "query": request.GET.urlencode(),
    }
    return page(request, "campaigns/clipping_statistics.html", context)


@require_safe
def press_review(request: HttpRequest) -> HttpResponse:
    """Public: title, source and day of what agencies marked, with the way to read it where it was published."""
    found = Paginator(queries.public_clippings(), PUBLIC_PAGE).get_page(request.GET.get("page"))
    context = {"found": found, "address": reverse("campaigns:press_review")}
    return page(request, "campaigns/press_review.html", context)
