from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loa.core import actions, clock, queries
from loa.core.acting import TAKEN, attempt
from loa.core.doors import hidden_without
from loa.core.filters import CalendarFilter, ChangeFilter
from loa.core.forms import AddDayForm, ApplyCalendarForm, ChangeDayForm, RemoveDayForm
from loa.core.lists import list_page
from loa.core.models import CalendarDay
from loa.core.pages import page
from loa.core.sheets import SheetShape
from loa.core.tables import CalendarSheet, CalendarTable, ChangeTable
from loa.core.views.sheets import SheetDoor, posted

for_keepers = hidden_without("core.manage_calendar")


@for_keepers
@require_safe
def calendar_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        "core/calendar_list.html",
        rows=queries.calendar_days(),
        table_class=CalendarSheet if "export" in request.GET else CalendarTable,
        filter_class=CalendarFilter,
        export_name="lich-lam-viec",
        context={"years": queries.calendar_years(), "reach": queries.reach(clock.today())},
    )


@for_keepers
@require_safe
def day_detail(request: HttpRequest, pk: int) -> HttpResponse:
    day = get_object_or_404(queries.calendar_days(), pk=pk)
    context = {"day": day, "changes": queries.history_of_day(day.date)}
    return page(request, "core/day_detail.html", context)


@for_keepers
@require_http_methods(["GET", "POST"])
def day_add(request: HttpRequest) -> HttpResponse:
    form = AddDayForm(posted(request))
    return _change(request, form, lambda given: actions.add_day(**given, by=request.user), _("Add a day"))


@for_keepers
@require_http_methods(["GET", "POST"])
def day_change(request: HttpRequest, pk: int) -> HttpResponse:
    day = get_object_or_404(queries.calendar_days(), pk=pk)
    form = ChangeDayForm(posted(request), day=day)
    return _change(
        request,
        form,
        lambda given: actions.change_day(day, **given, by=request.user),
        _("Change the day"),
        day=day,
    )


@for_keepers
@require_http_methods(["GET", "POST"])
def day_remove(request: HttpRequest, pk: int) -> HttpResponse:
    day = get_object_or_404(queries.calendar_days(), pk=pk)
    return _change(
        request,
        RemoveDayForm(posted(request)),
        lambda given: actions.remove_day(day, **given, by=request.user),
        _("Take the day out of the calendar"),
        day=day,
        tone="danger",
    )


def _change(
    request: HttpRequest,
    form: Any,
    run: Any,
    heading: str,
    *,
    day: CalendarDay | None = None,
    tone: str = "main",
) -> HttpResponse:
    """Change the calendar, then show what moved; where nothing was different, the list."""
    done: list[Any] = []
    status = attempt(request, form, lambda given: done.append(run(given)))
    if status == TAKEN:
        return redirect(done[0] or reverse("core:calendar_list"))
    context = {"form": form, "heading": heading, "button": heading, "tone": tone, "day": day}
    return page(request, "core/day_form.html", context, status=status)


@for_keepers
@require_safe
def calendar_change_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        "core/calendar_change_list.html",
        rows=queries.calendar_changes(),
        table_class=ChangeTable,
        filter_class=ChangeFilter,
        export_name="thay-doi-lich-lam-viec",
    )


@for_keepers
@require_safe
def calendar_change(request: HttpRequest, pk: int) -> HttpResponse:
    change = get_object_or_404(queries.calendar_changes(), pk=pk)
    context = {"change": change, "days": change.days.all(), "moved": change.moved.all()}
    return page(request, "core/calendar_change.html", context)


DOOR = SheetDoor(
    salt="core.calendar",
    shape=SheetShape(queries.CALENDAR_COLUMNS, queries.CALENDAR_REQUIRED),
    preview=queries.preview_calendar,
    take=actions.import_calendar,
    form=ApplyCalendarForm,
    template="core/calendar_import.html",
    apply_url="core:calendar_import_apply",
    back_url="core:calendar_change_list",
)


@for_keepers
@require_http_methods(["GET", "POST"])
def calendar_import(request: HttpRequest) -> HttpResponse:
    return DOOR.hand_in(request)


@for_keepers
@require_POST
def calendar_import_apply(request: HttpRequest) -> HttpResponse:
    return DOOR.confirm(request)
