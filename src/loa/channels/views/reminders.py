"""Reminders of one matter, those by hand, and what is overdue."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from loa.channels import actions, queries
from loa.channels.filters import overdue_filter
from loa.channels.forms import RecordForm
from loa.channels.queries import Matter, MatterSource
from loa.channels.tables import overdue_table
from loa.core import clock
from loa.core.access import permits, require
from loa.core.acting import act
from loa.core.lists import list_page
from loa.core.pages import page
from loa.core.workflow import FlowError
from loa.directory.models import Agency


def _source(kind: str) -> MatterSource:
    source = queries.source_called(kind)
    if source is None:
        raise Http404
    return source


def _open_matter(request: HttpRequest, kind: str, pk: int) -> Matter:
    """An open matter whose reminders this person may see, or 404; who may not remind is refused."""
    source = _source(kind)
    row = get_object_or_404(source.visible_to(request.user, source.open_rows()), pk=pk)
    matter = source.matter(row)
    require(request.user, "channels.remind", matter)
    return matter


@login_required
@require_GET
def reminder_list(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Every reminder of a matter, as a fragment of its page; buttons for what it still is."""
    source = _source(kind)
    row = get_object_or_404(source.visible_to(request.user, source.rows()), pk=pk)
    open_matters = [
        (each, each.matter(found))
        for each in queries.sources_about(row)
        for found in each.open_rows().filter(pk=pk)
    ]
    context = {
        "about": row,
        "reminders": queries.reminders_of(row),
        "acts": [pair for pair in open_matters if permits(request.user, "channels.remind", pair[1])],
        "ladder": queries.rules_in_force(open_matters[0][0].kind, clock.today()) if open_matters else [],
    }
    return page(request, "channels/reminder_list.html", context, part="fragment")


@login_required
@require_http_methods(["GET", "POST"])
def reminder_record(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    matter = _open_matter(request, kind, pk)
    return act(
        request,
        template="channels/act.html",
        form=RecordForm(request.POST or None),
        run=lambda given: actions.record_reminder(matter, **given, by=request.user),
        heading=_("Record a reminder"),
        button=_("Record it"),
        about=matter.obj,
        done=_("The reminder is recorded."),
        back=matter.url,
        extra={"crumb": matter.title, "lead": matter.agency.name},
    )


@login_required
@require_POST
def reminder_nudge(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """One click: the people in charge are reminded now, at most once a day."""
    matter = _open_matter(request, kind, pk)
    try:
        for level, words in actions.nudge([matter], by=request.user).sentences:
            getattr(messages, level)(request, words)
    except FlowError as refused:
        messages.error(request, str(refused))
    back = request.POST.get("next", "")
    is_safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if is_safe else matter.url)


@login_required
@require_GET
def overdue_list(request: HttpRequest, kind: str = "") -> HttpResponse:
    """Overdue matters that one answers for: on which step of the ladder, who was told, what was answered."""
    today = clock.today()
    count = partial(_count, request.user, today)
    tabs = [(source, count(source)) for source in queries.sources()]
    first = next((source for source, number in tabs if number), queries.sources()[0])
    chosen = _source(kind) if kind else first
    rows = queries.overdue_rows(chosen, request.user, today)
    agencies = Agency.objects.filter(
        pk__in=chosen.overseen_by(request.user, chosen.open_rows()).order_by().values(chosen.agency_field)
    )
    return list_page(
        request,
        "channels/overdue_list.html",
        rows=rows,
        table_class=overdue_table(chosen),
        filter_class=overdue_filter(chosen, agencies),
        export_name="qua-han",
        context={"tabs": [(source, number, source is chosen) for source, number in tabs]},
    )


def _count(user: Any, today: Any, source: MatterSource) -> int:
    return source.overseen_by(user, source.open_rows()).filter(queries.late_as_of(today)).count()
