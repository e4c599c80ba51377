"""From a file to a plan: the list of readings, a new one, one being read or waiting for a yes."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loa.core.access import permits, require
from loa.core.pages import page
from loa.documents.actions import drop_reading, take_in
from loa.documents.models import Reading
from loa.documents.queries import readings_visible_to
from loa.plans.forms.imports import DropForm, PlanFileForm
from loa.plans.views.acts import act

PAGE_SIZE = 25
WAITING = ("queued", "reading", "read")


def visible_reading(request: HttpRequest, pk: int) -> Reading:
    """The reading with the people and the paper it belongs to, or 404."""
    readings = readings_visible_to(request.user).select_related("agency", "started_by", "document__plan")
    return get_object_or_404(readings, pk=pk)


@login_required
@require_safe
def import_list(request: HttpRequest) -> HttpResponse:
    readings = readings_visible_to(request.user).select_related("started_by", "document__plan")
    shown = readings.exclude(state="dropped") if request.GET.get("tat-ca") is None else readings
    context = {
        "readings": Paginator(shown.defer("text", "warnings", "header"), PAGE_SIZE).get_page(
            request.GET.get("page")
        ),
        "shows_all": request.GET.get("tat-ca") is not None,
        "may_import": permits(request.user, "plans.import_plan"),
    }
    return page(request, "plans/import_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def import_new(request: HttpRequest) -> HttpResponse:
    require(request.user, "plans.import_plan")
    form = PlanFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        reading = take_in(file.read(), file.name, agency=request.user.hat.agency, by=request.user)
        return redirect(reading)
    status = 422 if request.method == "POST" else 200
    return page(request, "plans/import_new.html", {"form": form}, status=status)


@login_required
@require_safe
def import_detail(request: HttpRequest, pk: int) -> HttpResponse:
    reading = visible_reading(request, pk)
    return page(request, "plans/import_state.html", {"reading": reading}, part="progress")


@login_required
@require_safe
def import_file(request: HttpRequest, pk: int) -> FileResponse:
    """The file as it came, always to be saved: a browser must never run what somebody sent in."""
    reading = visible_reading(request, pk)
    if not reading.file.storage.exists(reading.file.name):
        raise Http404
    response = FileResponse(
        reading.file.open("rb"),
        as_attachment=True,
        filename=reading.file_name,
        content_type="application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


@login_required
@require_http_methods(["GET", "POST"])
def import_drop(request: HttpRequest, pk: int) -> HttpResponse:
    reading = visible_reading(request, pk)
    require(request.user, "documents.confirm_reading", reading)
    return act(
        request,
        form=DropForm(request.POST or None),
        run=lambda given: drop_reading(reading, note=given["note"], by=request.user),
        heading=_("Drop this file"),
        button=_("Drop"),
        tone="danger",
        about=reading,
        done=_("The file is dropped. Nothing was made of it."),
    )
