"""The contributor's pages: written on a phone, kept as one goes, sent once."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models.fields.files import FieldFile
from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loa.core.acting import CONFLICT, INVALID, act
from loa.core.byte_ranges import send_file
from loa.core.doors import hidden_without
from loa.core.history import entries_of
from loa.core.lists import list_page
from loa.core.pages import page
from loa.core.workflow import FlowError
from loa.portal.actions import contributions as actions
from loa.portal.filters.newsroom import ContributionFilter
from loa.portal.forms.contributions import ContributionForm
from loa.portal.models import Contribution, ContributionPhoto
from loa.portal.queries.contributions import contributions_visible_to, fate_of, own_contributions
from loa.portal.tables.newsroom import ContributionTable

WRITE = "portal/newsroom/contribution_write.html"


@hidden_without("portal.contribute")
@require_safe
def contribution_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        "portal/newsroom/contribution_list.html",
        rows=own_contributions(request.user),
        table_class=ContributionTable,
        filter_class=ContributionFilter,
        export_name="bai-cong-tac-vien",
    )


@hidden_without("portal.contribute")
@require_http_methods(["GET", "POST"])
def contribution_new(request: HttpRequest) -> HttpResponse:
    """An empty form that carries its own key: sent twice, it is one draft."""
    if request.method == "GET":
        form = ContributionForm(user=request.user)
        return page(request, WRITE, {"form": form, "key": uuid4(), "contribution": None})
    try:
        key = UUID(request.POST.get("key", ""))
    except ValueError:
        raise Http404 from None
    form = ContributionForm(request.POST, request.FILES, user=request.user)
    if form.is_blank:
        form.full_clean()
        form.add_error(None, _("There is nothing to keep yet: write a headline or what happened."))
        return page(request, WRITE, {"form": form, "key": key, "contribution": None}, status=INVALID)
    contribution = actions.begin_contribution(key, by=request.user)
    return _written(request, contribution)


@login_required
@require_http_methods(["GET", "POST"])
def contribution_detail(request: HttpRequest, pk: int) -> HttpResponse:
    contribution = get_object_or_404(contributions_visible_to(request.user), pk=pk)
    fate = fate_of(contribution)
    if not fate.is_open or contribution.author_id != request.user.pk:
        context = {"contribution": contribution, "fate": fate, "entries": entries_of([contribution])}
        return page(request, "portal/newsroom/contribution_detail.html", context)
    if request.method == "POST":
        return _written(request, contribution)
    form = ContributionForm(user=request.user, contribution=contribution)
    return page(request, WRITE, {"form": form, "contribution": contribution, "fate": fate})


def _written(request: HttpRequest, contribution: Contribution) -> HttpResponse:
    """Keep what was sent; where asked, hand it to the editor. What cannot be done is said, and nothing is lost."""
    form = ContributionForm(request.POST, request.FILES, user=request.user, contribution=contribution)
    if not form.is_valid():
        return _again(request, form, contribution, INVALID)
    try:
        actions.save_contribution(contribution, **form.cleaned_data, by=request.user)
        if "send" in request.POST:
            actions.send_contribution(contribution, by=request.user)
    except FlowError as refused:
        form.add_error(None, str(refused))
        return _again(request, form, contribution, CONFLICT)
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"url": contribution.get_absolute_url()})
    sent = "send" in request.POST
    messages.success(request, _("Sent to the editor.") if sent else _("Saved."))
    return redirect("portal:contribution_list" if sent else contribution)


def _again(
    request: HttpRequest, form: ContributionForm, contribution: Contribution, status: int
) -> HttpResponse:
    context = {"form": form, "contribution": contribution, "key": contribution.key}
    return page(request, WRITE, context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def contribution_throw_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks once more, then the draft goes."""
    contribution = get_object_or_404(own_contributions(request.user), pk=pk)
    return act(
        request,
        template="portal/newsroom/act.html",
        form=Form(request.POST if request.method == "POST" else None),
        run=lambda _given: actions.throw_away_contribution(contribution, by=request.user),
        heading=_("Throw the draft away"),
        button=_("Throw it away"),
        tone="danger",
        about=contribution,
        done=_("The draft is thrown away."),
        back=reverse("portal:contribution_list") if request.method == "POST" else "",
        extra={
            "lead": _(
                "Words, photos and recording are gone for good; that there was a draft stays in its history."
            )
        },
    )


@login_required
@require_POST
def photo_remove(request: HttpRequest, pk: int) -> HttpResponse:
    photos = ContributionPhoto.objects.filter(contribution__author=request.user)
    photo = get_object_or_404(photos.select_related("contribution"), pk=pk)
    actions.remove_photo(photo, by=request.user)
    return redirect(reverse("portal:contribution_detail", args=[photo.contribution_id]))


@login_required
@require_safe
def contribution_recording(request: HttpRequest, pk: int) -> HttpResponse:
    """The voice, for its author and for the editors to write from."""
    contribution = get_object_or_404(contributions_visible_to(request.user), pk=pk)
    if not contribution.recording:
        raise Http404
    return _private(request, contribution.recording, contribution.recording_name, contribution.recording_type)


@login_required
@require_safe
def photo_file(request: HttpRequest, pk: int) -> HttpResponse:
    seen = contributions_visible_to(request.user).values("pk")
    photo = get_object_or_404(ContributionPhoto, contribution__in=seen, pk=pk)
    return _private(request, photo.file, photo.file_name, photo.file_type)


def _private(request: HttpRequest, file: FieldFile, name: str, kind: str) -> FileResponse | HttpResponse:
    """Checked content under its true type; never kept by a cache in between."""
    response = send_file(request, file.storage.open(file.name), filename=name, content_type=kind)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
