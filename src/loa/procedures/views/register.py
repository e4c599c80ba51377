"""The register as the staff keeps it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loa.core.access import permits, require
from loa.core.acting import TAKEN, attempt
from loa.core.history import entries_of
from loa.core.lists import list_page
from loa.core.pages import page
from loa.procedures import actions, queries
from loa.procedures.filters import ProcedureFilter
from loa.procedures.forms import AddProcedureForm, DraftForm, EditProcedureForm
from loa.procedures.models import Procedure
from loa.procedures.tables import ProcedureSheet, ProcedureTable
from loa.procedures.views.acts import act


def visible_procedure(request: HttpRequest, pk: int) -> Procedure:
    rows = queries.procedures_visible_to(request.user)
    return get_object_or_404(
        rows.select_related("agency", "field", "current__online_level", "online_level"), pk=pk
    )


@login_required
@require_safe
def procedure_list(request: HttpRequest) -> HttpResponse:
    """The .xlsx holds every field, so that it can be handed in again."""
    is_sheet = request.GET.get("export") == "xlsx"
    rows = queries.procedures_visible_to(request.user).select_related("agency", "field", "online_level")
    rows = rows.select_related("current__online_level") if is_sheet else queries.with_open_version(rows)
    context = {
        "may_add": permits(request.user, "procedures.add_procedure"),
        "may_import": permits(request.user, "procedures.import_procedures"),
        "waiting": queries.versions_waiting_for(request.user)[:10],
    }
    return list_page(
        request,
        "procedures/procedure_list.html",
        rows=rows,
        table_class=ProcedureSheet if is_sheet else ProcedureTable,
        filter_class=ProcedureFilter,
        export_name="thu-tuc",
        context=context,
    )


@login_required
@require_http_methods(["GET", "POST"])
def procedure_add(request: HttpRequest) -> HttpResponse:
    require(request.user, "procedures.add_procedure")
    form = AddProcedureForm(request.POST or None)
    made = []

    def run(given: dict) -> None:
        made.append(actions.add_procedure(**given, agency=request.user.hat.agency, by=request.user))

    status = attempt(request, form, run)
    if status == TAKEN:
        return redirect("procedures:version_edit", made[0].pk)
    context = {
        "form": form,
        "heading": _("Enter a procedure"),
        "button": _("Enter and write it"),
        "tone": "main",
        "back": reverse("procedures:procedure_list"),
    }
    return page(request, "procedures/act.html", context, part="act", status=status)


@login_required
@require_safe
def procedure_detail(request: HttpRequest, pk: int) -> HttpResponse:
    procedure = visible_procedure(request, pk)
    versions = list(procedure.versions.select_related("online_level", "document", "written_by"))
    for version in versions:
        version.procedure = procedure
    open_version = queries.open_version_of(procedure)
    context = {
        "procedure": procedure,
        "versions": versions,
        "open_version": open_version,
        "may_write": permits(request.user, "procedures.write_procedure", procedure),
        "may_draft": procedure.current and not open_version,
        "count": queries.clarity_counts(procedure),
        "entries": entries_of([procedure, *versions[:10]])[:40],
    }
    return page(request, "procedures/procedure_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def procedure_edit(request: HttpRequest, pk: int) -> HttpResponse:
    procedure = visible_procedure(request, pk)
    require(request.user, "procedures.write_procedure", procedure)
    initial = {"field": procedure.field.name, "levels": procedure.levels.split()}
    return act(
        request,
        form=EditProcedureForm(request.POST or None, initial=initial),
        run=lambda given: actions.edit_procedure(procedure, **given, by=request.user),
        heading=_("Correct the entry"),
        button=_("Save"),
        about=procedure,
        done=_("Saved."),
        back=procedure.staff_url,
    )


@login_required
@require_http_methods(["GET", "POST"])
def procedure_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the next version; the page of the draft follows."""
    procedure = visible_procedure(request, pk)
    require(request.user, "procedures.write_procedure", procedure)
    form = DraftForm(request.POST or None, initial={"change": "amended"})
    made = []
    status = attempt(
        request, form, lambda given: made.append(actions.draft_version(procedure, **given, by=request.user))
    )
    if status == TAKEN:
        return redirect("procedures:version_edit", made[0].pk)
    context = {
        "form": form,
        "heading": _("Begin a new version"),
        "button": _("Begin with what the present one says"),
        "tone": "main",
        "about": procedure,
        "back": procedure.staff_url,
    }
    return page(request, "procedures/act.html", context, part="act", status=status)
