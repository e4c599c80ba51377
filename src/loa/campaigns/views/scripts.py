"""Radio scripts: the list, the editor with both texts, the sheet that is read from, slots, stations, letters."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from loa.campaigns import actions, queries
from loa.campaigns.filters import AbbreviationFilter, ScriptFilter
from loa.campaigns.forms.fields import StepForm
from loa.campaigns.forms.scripts import AbbreviationForm, NewScriptForm, ScriptForm, SlotForm, StationForm
from loa.campaigns.models import Abbreviation, Script, Station
from loa.campaigns.papers import script_docx
from loa.campaigns.states import SCRIPT
from loa.campaigns.tables import AbbreviationTable, ScriptTable, StationTable
from loa.campaigns.views.acts import TAKEN, act, attempt, posted, refusal
from loa.core import clock
from loa.core.access import permits, require
from loa.core.history import entries_of
from loa.core.lists import list_page
from loa.core.pages import file_response, page
from officialdoc.speak import speak

WEEK = 7


@login_required
@require_safe
def script_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        "campaigns/script_list.html",
        rows=queries.scripts_visible_to(request.user).select_related("writer", "agency"),
        table_class=ScriptTable,
        filter_class=ScriptFilter,
        export_name="ban-tin-phat-thanh",
        context={"may_write": permits(request.user, "campaigns.write_scripts")},
    )


@login_required
@require_http_methods(["GET", "POST"])
def script_new(request: HttpRequest) -> HttpResponse:
    require(request.user, "campaigns.write_scripts")
    made: list[Script] = []
    form = NewScriptForm(posted(request))
    agency = request.user.hat.agency
    status = attempt(
        request, form, lambda given: made.append(actions.make_script(**given, agency=agency, by=request.user))
    )
    if status == TAKEN:
        return redirect(made[0])
    return page(request, "campaigns/script_new.html", {"form": form}, status=status)


def visible_script(request: HttpRequest, pk: int) -> Script:
    rows = queries.scripts_visible_to(request.user).select_related("agency", "station", "writer", "approver")
    return get_object_or_404(rows, pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def script_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft is edited here, what was written on one side and what is read on the other; later it is shown."""
    script = visible_script(request, pk)
    if request.method == "POST":
        require(request.user, "campaigns.write_script", script)
    form = _editor(request, script)
    status = attempt(request, form, lambda given: actions.write_script(script, **given, by=request.user))
    if status == TAKEN:
        return redirect(f"{script.get_absolute_url()}#doc")
    may_write = script.state == "draft" and permits(request.user, "campaigns.write_script", script)
    context = {
        "script": script,
        "form": form,
        "sound": queries.sound_of_script(script, clock.today()),
        "steps": SCRIPT.open_to(request.user, script),
        "entries": entries_of([script]),
        "may_write": may_write,
        "may_plan": _may_plan(request, script),
    }
    return page(request, "campaigns/script_detail.html", context, status=status)


def _may_plan(request: HttpRequest, script: Script) -> bool:
    return script.state in ("checked", "approved") and permits(request.user, "campaigns.write_script", script)


def _editor(request: HttpRequest, script: Script) -> ScriptForm:
    plain = speak(script.text, queries.abbreviations_on(clock.today()))
    return ScriptForm(posted(request), script=script, pieces=plain.pieces)


@login_required
@require_http_methods(["GET", "POST"])
def script_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    script = visible_script(request, pk)
    if refused := refusal(request, SCRIPT, script, step):
        return refused
    taken = SCRIPT.by_name[step]
    require(request.user, taken.permission, script)
    return act(
        request,
        form=StepForm(posted(request), needs_note=taken.needs_note),
        run=lambda given: actions.take_script_step(script, step, **given, by=request.user),
        heading=taken.label,
        button=taken.label,
        tone=taken.tone,
        about=script,
        done=_("Done."),
        extra={"crumb": script.title, "lead": _too_long(script) if step in ("check", "approve") else ""},
    )


def _too_long(script: Script) -> str:
    """Who is about to let it through reads once more by how much it does not fit its slot."""
    over = queries.sound_of_script(script, clock.today()).over
    told = ngettext("%(n)s second too long", "%(n)s seconds too long", over) % {"n": over}
    return capfirst(told) if over > 0 else ""


@login_required
@require_http_methods(["GET", "POST"])
def script_slot(request: HttpRequest, pk: int) -> HttpResponse:
    script = visible_script(request, pk)
    require(request.user, "campaigns.write_script", script)
    initial = {"slot_on": script.slot_on, "slot_at": script.slot_at}
    return act(
        request,
        form=SlotForm(posted(request), initial=initial),
        run=lambda given: actions.plan_slot(script, **given, by=request.user),
        heading=_("When it is wanted"),
        button=_("Save"),
        about=script,
        done=_("Saved."),
        extra={"crumb": script.title},
    )


@login_required
@require_safe
def script_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Large letters for the reader, on screen and on paper."""
    script = visible_script(request, pk)
    return page(request, "campaigns/script_sheet.html", {"script": script})


@login_required
@require_safe
def script_download(request: HttpRequest, pk: int) -> HttpResponse:
    script = visible_script(request, pk)
    return file_response(script_docx(script), "docx", f"ban-doc-{script.pk}")


@login_required
@require_safe
def slot_calendar(request: HttpRequest) -> HttpResponse:
    """A week of one's own agency's slots."""
    monday = _monday(request.GET.get("tu", ""))
    agency = queries.press_agency(request.user)
    slots = (
        queries.scripts_by_slot(monday, monday + timedelta(days=WEEK - 1), agency=agency) if agency else []
    )
    days = [monday + timedelta(days=count) for count in range(WEEK)]
    week = [(day, [slot for slot in slots if slot.on == day]) for day in days]
    around = {"earlier": monday - timedelta(days=WEEK), "later": monday + timedelta(days=WEEK)}
    return page(request, "campaigns/slot_calendar.html", {"week": week, "monday": monday, **around})


def _monday(text: str) -> date:
    try:
        day = parse_date(text) or clock.today()
    except ValueError as error:
        raise Http404 from error
    return day - timedelta(days=day.weekday())


@login_required
@require_safe
def station_list(request: HttpRequest) -> HttpResponse:
    rows = queries.stations_visible_to(request.user)
    has_own = any(row.agency_id for row in rows)
    context = {
        "table": StationTable(rows, request=request),
        "may_add": not has_own and permits(request.user, "campaigns.make_stations"),
    }
    return page(request, "campaigns/station_list.html", context)


def _station(request: HttpRequest, station: Station, heading: str) -> HttpResponse:
    like = queries.stations_visible_to(request.user).filter(agency__isnull=True).first()
    return act(
        request,
        form=StationForm(posted(request), station=station, like=like),
        run=lambda given: actions.save_station(station, **given, by=request.user),
        heading=heading,
        button=_("Save"),
        about=station,
        done=_("Saved."),
        back=reverse("campaigns:station_list"),
        extra={"crumb": _("How scripts are read")},
    )


@login_required
@require_http_methods(["GET", "POST"])
def station_add(request: HttpRequest) -> HttpResponse:
    require(request.user, "campaigns.make_stations")
    return _station(request, Station(), _("Your own station"))


@login_required
@require_http_methods(["GET", "POST"])
def station_edit(request: HttpRequest, pk: int) -> HttpResponse:
    station = get_object_or_404(queries.stations_visible_to(request.user), pk=pk)
    require(request.user, "campaigns.change_station", station)
    return _station(request, station, station.name)


@login_required
@require_safe
def abbreviation_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        "campaigns/abbreviation_list.html",
        rows=queries.abbreviations_visible_to(request.user),
        table_class=AbbreviationTable,
        filter_class=AbbreviationFilter,
        export_name="viet-tat",
        context={"may_manage": permits(request.user, "campaigns.manage_abbreviations")},
    )


def _abbreviation(request: HttpRequest, row: Abbreviation, heading: str) -> HttpResponse:
    require(request.user, "campaigns.manage_abbreviations")
    extra: dict[str, Any] = {"crumb": _("Abbreviations")}
    return act(
        request,
        form=AbbreviationForm(posted(request), row=row),
        run=lambda given: actions.save_abbreviation(row, **given, by=request.user),
        heading=heading,
        button=_("Save"),
        about=row,
        done=_("Saved."),
        back=reverse("campaigns:abbreviation_list"),
        extra=extra | {"entries": entries_of([row]) if row.pk else None},
    )


@login_required
@require_http_methods(["GET", "POST"])
def abbreviation_add(request: HttpRequest) -> HttpResponse:
    return _abbreviation(request, Abbreviation(), _("Add an abbreviation"))


@login_required
@require_http_methods(["GET", "POST"])
def abbreviation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(queries.abbreviations_visible_to(request.user), pk=pk)
    return _abbreviation(request, row, row.letters)
