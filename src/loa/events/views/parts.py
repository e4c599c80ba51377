"""The parts of a gathering: programme, who answers, files, recording; and standing series."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loa.core import clock
from loa.core.access import permits, require
from loa.core.acting import CONFLICT, INVALID
from loa.core.history import entries_of
from loa.core.lists import list_page
from loa.core.pages import page
from loa.core.workflow import FlowError
from loa.directory.models import in_force
from loa.directory.queries import agencies_visible_to
from loa.events import actions, queries
from loa.events.filters import SeriesFilter
from loa.events.forms.gatherings import LineFormSet, MaterialForm, PanelForm, RecordingForm, SeriesForm
from loa.events.models import EventPanel, EventSeries
from loa.events.shapes import Line
from loa.events.tables import SeriesTable
from loa.events.views.acts import act, as_download, posted
from loa.events.views.gatherings import SHOWN, visible_event


@login_required
@require_http_methods(["GET", "POST"])
def event_programme(request: HttpRequest, pk: int) -> HttpResponse:
    event = visible_event(request, pk)
    require(request.user, "events.change_event", event)
    initial = [{name: getattr(row, name) for name in Line._fields} for row in event.sessions.all()]
    rows = LineFormSet(posted(request), initial=initial)
    status, refused = 200, ""
    if request.method == "POST":
        status = INVALID
        if rows.is_valid():
            try:
                actions.set_programme(event, rows.lines(), by=request.user)
            except FlowError as error:
                status, refused = CONFLICT, str(error)
            else:
                return redirect(event)
    context = {"event": event, "rows": rows, "refused": refused}
    return page(request, "events/programme.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def event_panel(request: HttpRequest, pk: int) -> HttpResponse:
    event = visible_event(request, pk)
    require(request.user, "events.change_event", event)
    form = PanelForm(
        posted(request),
        agencies=agencies_visible_to(request.user).filter(in_force(clock.today())),
        present=list(event.panel.values_list("agency", flat=True)),
    )
    return act(
        request,
        form=form,
        run=lambda _given: actions.set_panel(event, form.agencies(), by=request.user),
        heading=_("Who answers"),
        button=_("Save"),
        about=event,
        done=_("Saved."),
        extra={"crumb": event.title, "lead": _("Each body is asked to confirm when the event is announced.")},
    )


@login_required
@require_POST
def panel_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    events = queries.events_visible_to(request.user).order_by().values("pk")
    rows = EventPanel.objects.filter(event__in=events).select_related("event__agency", "agency")
    place = get_object_or_404(rows, pk=pk)
    try:
        actions.confirm_panel(place, by=request.user)
        messages.success(request, _("Confirmed."))
    except FlowError as refused:
        messages.error(request, str(refused))
    return redirect(place.event)


@login_required
@require_http_methods(["GET", "POST"])
def material_add(request: HttpRequest, pk: int) -> HttpResponse:
    event = visible_event(request, pk)
    require(request.user, "events.change_event", event)
    return act(
        request,
        form=MaterialForm(posted(request), request.FILES or None),
        run=lambda given: actions.add_material(
            event,
            title=given["title"],
            upload=given["file"],
            is_public=given["is_public"],
            by=request.user,
        ),
        heading=_("Add a file"),
        button=_("Add"),
        about=event,
        done=_("The file is saved."),
        back=reverse("events:event_papers", args=[event.pk]),
        extra={"crumb": event.title},
    )


@login_required
@require_safe
def material_file(request: HttpRequest, pk: int) -> FileResponse:
    return as_download(get_object_or_404(queries.materials_visible_to(request.user), pk=pk))


@login_required
@require_http_methods(["GET", "POST"])
def material_drop(request: HttpRequest, pk: int) -> HttpResponse:
    rows = queries.materials_visible_to(request.user).select_related("event__agency")
    material = get_object_or_404(rows, pk=pk)
    require(request.user, "events.change_event", material.event)
    return act(
        request,
        form=forms.Form(posted(request)),
        run=lambda _given: actions.drop_material(material, by=request.user),
        heading=_("Remove “%(title)s”") % {"title": material.title},
        button=_("Take away"),
        tone="danger",
        about=material.event,
        done=_("File removed."),
        back=reverse("events:event_papers", args=[material.event_id]),
        extra={"crumb": material.event.title},
    )


@login_required
@require_http_methods(["GET", "POST"])
def event_recording(request: HttpRequest, pk: int) -> HttpResponse:
    event = visible_event(request, pk)
    require(request.user, "events.change_event", event)
    return act(
        request,
        form=RecordingForm(posted(request), request.FILES or None),
        run=lambda given: actions.keep_recording(event, **given, by=request.user),
        heading=_("Recording and subtitles"),
        button=_("Keep"),
        about=event,
        done=_("Saved."),
        back=reverse("events:event_papers", args=[event.pk]),
        extra={"crumb": event.title},
    )


# series ------------------------------------------------------------------------------------------


@login_required
@require_safe
def series_list(request: HttpRequest) -> HttpResponse:
    rows = queries.series_visible_to(request.user).annotate(episode_count=Count("events"))
    return list_page(
        request,
        "events/series_list.html",
        rows=rows,
        table_class=SeriesTable,
        filter_class=SeriesFilter,
        export_name="loat-su-kien",
        context={"may_add": permits(request.user, "events.add_series")},
    )


@login_required
@require_safe
def series_detail(request: HttpRequest, pk: int) -> HttpResponse:
    series = get_object_or_404(queries.series_visible_to(request.user), pk=pk)
    may_change = permits(request.user, "events.change_series", series)
    context = {
        "series": series,
        "events": queries.events_visible_to(request.user).filter(series=series),
        "entries": entries_of([series])[:SHOWN],
        "may_change": may_change,
        "may_add": may_change and series.is_running and permits(request.user, "events.add_event"),
    }
    return page(request, "events/series_detail.html", context)


def _series(request: HttpRequest, series: EventSeries, heading: Any) -> HttpResponse:
    back = series.get_absolute_url() if series.pk else reverse("events:series_list")
    return act(
        request,
        form=SeriesForm(posted(request), instance=series),
        run=lambda given: actions.save_series(series, **given, by=request.user),
        heading=heading,
        button=_("Save"),
        about=series,
        done=_("Saved."),
        back=back,
        extra={"crumb": _("Series of events")},
    )


@login_required
@require_http_methods(["GET", "POST"])
def series_add(request: HttpRequest) -> HttpResponse:
    require(request.user, "events.add_series")
    return _series(request, EventSeries(), _("New series"))


@login_required
@require_http_methods(["GET", "POST"])
def series_edit(request: HttpRequest, pk: int) -> HttpResponse:
    series = get_object_or_404(queries.series_visible_to(request.user), pk=pk)
    require(request.user, "events.change_series", series)
    return _series(request, series, series.name)
