"""From a file to a plan: the list of readings, a new one, one being read or waiting for a yes."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loa.core.access import permits, require
from loa.core.history import entries_of
from loa.core.pages import page
from loa.core.workflow import FlowError, StaleError
from loa.documents.actions import drop_reading, take_in
from loa.documents.models import Reading
from loa.documents.queries import readings_visible_to
from loa.plans.actions import imports
from loa.plans.actions.issue import issue_plan
from loa.plans.forms import StepForm
from loa.plans.forms.imports import DropForm, DueForm, NameForm, PlanFieldsForm, PlanFileForm, SeenForm
from loa.plans.models import Plan
from loa.plans.queries import plans_visible_to
from loa.plans.queries.confirmation import preview
from loa.plans.queries.imports import ReadingView, parents_for
from loa.plans.queries.screen import with_task_count
from loa.plans.views.acts import CONFLICT, INVALID, act
from loa.plans.views.plan import visible_plan
from loa.plans.views.reading_page import changed, reading_page, visible_reading
from officialdoc.model import UnreadableDocumentError

PAGE_SIZE = 25


@login_required
@require_safe
def import_list(request: HttpRequest) -> HttpResponse:
    shows_all = "tat-ca" in request.GET
    readings = with_task_count(readings_visible_to(request.user))
    shown = readings if shows_all else readings.exclude(state="dropped")
    pages = Paginator(shown.defer("text", "warnings", "header"), PAGE_SIZE)
    context = {
        "readings": pages.get_page(request.GET.get("page")),
        "shows_all": shows_all,
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
        try:
            reading = take_in(file.read(), file.name, agency=request.user.hat.agency, by=request.user)
            _preset_parent(request, reading)
            return redirect(reading)
        except UnreadableDocumentError as error:
            form.add_error("file", error.en if (get_language() or "").startswith("en") else error.vi)
    status = INVALID if request.method == "POST" else 200
    return page(request, "plans/import_new.html", {"form": form}, status=status)


def _preset_parent(request: HttpRequest, reading: Reading) -> None:
    """Asked for from a duty, the plan stands under the one that asks (?parent=12)."""
    parent = request.GET.get("parent", "")
    if parent.isdecimal() and parents_for(reading).filter(pk=parent).exists():
        imports.preset_parent(reading, parent=int(parent), by=request.user)


@login_required
@require_safe
def import_detail(request: HttpRequest, pk: int) -> HttpResponse:
    reading = visible_reading(request, pk)
    if reading.state == "read":
        if request.headers.get("HX-Request"):  # the progress fragment asks: there is more to show now
            return HttpResponse(headers={"HX-Refresh": "true"})
        opened = request.GET.get("p", "")
        return reading_page(request, reading, opened=int(opened) if opened.isdecimal() else None)
    context = {
        "reading": reading,
        "plan": plans_visible_to(request.user).filter(document__reading=reading).first(),
        "entries": entries_of([reading])[:30],
    }
    return page(request, "plans/import_state.html", context, part="progress")


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


@login_required
@require_POST
def import_fields(request: HttpRequest, pk: int) -> HttpResponse:
    reading = visible_reading(request, pk)
    form = PlanFieldsForm(request.POST, parents=parents_for(reading))
    if not form.is_valid():
        return changed(request, reading, parts=["fields"], status=INVALID, fields_form=form)
    try:
        imports.answer_fields(reading, by=request.user, **form.cleaned_data)
    except FlowError as refusal:
        form.add_error(None, str(refusal))
        return changed(request, reading, parts=["fields"], status=CONFLICT, fields_form=form)
    return changed(request, reading, parts=["fields"])


@login_required
@require_POST
def import_name(request: HttpRequest, pk: int) -> HttpResponse:
    reading = visible_reading(request, pk)
    form = NameForm(request.POST)
    if not form.is_valid():
        return changed(request, reading, parts=["names"], status=INVALID, name_form=form)
    given = form.cleaned_data
    words = {key: given[key] for key in ("printed", "code", "remember", "note")}
    try:
        imports.answer_name(reading, by=request.user, **words)
    except FlowError as refusal:
        form.add_error(None, str(refusal))
        return changed(request, reading, parts=["names"], status=CONFLICT, name_form=form)
    return changed(request, reading, printed=given["printed"], parts=["names", "fields"])


@login_required
@require_POST
def import_due(request: HttpRequest, pk: int) -> HttpResponse:
    reading = visible_reading(request, pk)
    form = DueForm(request.POST)
    if not form.is_valid():
        return changed(request, reading, parts=["dues"], status=INVALID, due_form=form)
    try:
        imports.answer_due(reading, by=request.user, **form.cleaned_data)
    except FlowError as refusal:
        return changed(request, reading, parts=["dues"], status=CONFLICT, error=str(refusal))
    rows = [row for row in reading.proposals.filter(kind="task") if row.data.get("due_text")]
    same = [row for row in rows if " ".join(row.data["due_text"].split()) == form.cleaned_data["printed"]]
    return changed(request, reading, proposals=same, parts=["dues"])


@login_required
@require_POST
def import_seen(request: HttpRequest, pk: int) -> HttpResponse:
    reading = visible_reading(request, pk)
    form = SeenForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        imports.mark_seen(reading, warnings=form.cleaned_data["remarks"], by=request.user)
    except FlowError as refusal:
        return changed(request, reading, status=CONFLICT, error=str(refusal))
    return changed(request, reading)


@login_required
@require_http_methods(["GET", "POST"])
def import_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    reading = visible_reading(request, pk)
    refusal = ""
    if request.method == "POST":
        try:
            plan = imports.confirm_reading(reading, by=request.user, issue="draft" not in request.POST)
        except StaleError:
            messages.warning(
                request, _("Somebody was faster: this file is no longer waiting. Nothing was done twice.")
            )
            return redirect(reading)
        except FlowError as error:
            refusal = str(error)
        else:
            return _confirmed(request, plan)
    if reading.state != "read":
        return redirect(reading)
    return _confirmation(request, reading, refusal)


def _confirmed(request: HttpRequest, plan: Plan) -> HttpResponse:
    if plan.state == "issued":
        messages.success(request, _("The plan is issued and its work is given out."))
    else:
        messages.success(request, _("The plan is kept as a draft; its coordinator issues it."))
    is_seen = plans_visible_to(request.user).filter(pk=plan.pk).exists()
    return redirect(plan if is_seen else plan.document.reading)


def _confirmation(request: HttpRequest, reading: object, refusal: str) -> HttpResponse:
    view = ReadingView(reading)
    context = {
        "reading": reading,
        "view": view,
        "preview": preview(view),
        "refusal": refusal,
        "may_confirm": permits(request.user, "documents.confirm_reading", reading),
        "may_issue": permits(request.user, "plans.issue_plan", Plan(coordinator=view.coordinator)),
    }
    return page(request, "plans/import_confirm.html", context, status=CONFLICT if refusal else 200)


@login_required
@require_http_methods(["GET", "POST"])
def plan_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """A plan kept as a draft begins: its bodies get their work."""
    plan = visible_plan(request, pk)
    require(request.user, "plans.issue_plan", plan)
    return act(
        request,
        form=StepForm(request.POST if request.method == "POST" else None),
        run=lambda _given: issue_plan(plan, by=request.user),
        heading=_("Issue the plan"),
        button=_("Issue and give out the work"),
        about=plan,
        done=_("The plan is issued and its work is given out."),
    )
