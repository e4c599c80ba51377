"""Requests of askers about their own data, for the intake: what is asked, by when, carried out by a button."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loa.core.access import require
from loa.core.acting import act, refusal
from loa.core.history import entries_of
from loa.core.lists import list_page
from loa.core.pages import page
from loa.feedback import actions, queries
from loa.feedback.filters import DataRequestFilter
from loa.feedback.forms.data_requests import DataDoneForm, DataNoteForm
from loa.feedback.models import DataRequest
from loa.feedback.states import DATA_REQUEST
from loa.feedback.tables import DataRequestTable


def _visible(request: HttpRequest, pk: int) -> DataRequest:
    return get_object_or_404(queries.data_requests_visible_to(request.user), pk=pk)


@login_required
@require_safe
def data_request_list(request: HttpRequest) -> HttpResponse:
    require(request.user, "feedback.work_intake")
    return list_page(
        request,
        "feedback/data_request_list.html",
        rows=queries.data_requests_visible_to(request.user),
        table_class=DataRequestTable,
        filter_class=DataRequestFilter,
        export_name="yeu-cau-du-lieu",
    )


@login_required
@require_safe
def data_request_detail(request: HttpRequest, pk: int) -> HttpResponse:
    row = _visible(request, pk)
    context = {
        "row": row,
        "steps": DATA_REQUEST.open_to(request.user, row),
        "fields": queries.fields_to_correct(row),
        "entries": entries_of([row]),
    }
    return page(request, "feedback/data_request_detail.html", context)


def _runs() -> dict[str, tuple[Any, Any, str]]:
    return {
        "reply": (DataNoteForm, actions.reply_data_request, _("The sender has your reply.")),
        "decline": (DataNoteForm, actions.decline_data_request, _("Declined; the sender can read why.")),
        "carry_out": (DataDoneForm, actions.carry_out_data_request, _("Carried out.")),
    }


@login_required
@require_http_methods(["GET", "POST"])
def data_request_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    row = _visible(request, pk)
    if answer := refusal(request, DATA_REQUEST, row, step, template="feedback/intake_act.html", about=row):
        return answer
    form_class, run, done = _runs()[step]
    return act(
        request,
        template="feedback/intake_act.html",
        form=form_class(request.POST or None) if request.method != "POST" else form_class(request.POST),
        run=lambda given: run(row, **given, by=request.user),
        heading=DATA_REQUEST.by_name[step].label,
        button=DATA_REQUEST.by_name[step].label,
        about=row,
        done=done,
        tone=DATA_REQUEST.by_name[step].tone,
    )
