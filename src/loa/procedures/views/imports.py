"""A file of procedures: handed in, read by a job, looked at row by row, confirmed."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loa.core.access import permits, require
from loa.core.acting import TAKEN, attempt, refusal
from loa.core.history import entries_of
from loa.core.lists import list_page
from loa.core.pages import page
from loa.core.progress import seen
from loa.procedures import actions, queries
from loa.procedures.filters import ImportFilter, ImportRowFilter
from loa.procedures.forms import ConfirmImportForm, ImportFileForm, NamesForm, StepForm
from loa.procedures.models import ProcedureImport
from loa.procedures.queries.imports import MOST_NAMES, import_counts
from loa.procedures.states import IMPORT
from loa.procedures.tables import ImportRowTable, ImportTable
from loa.procedures.views.acts import act


def visible_import(request: HttpRequest, pk: int) -> ProcedureImport:
    return get_object_or_404(queries.imports_visible_to(request.user), pk=pk)


@login_required
@require_safe
def import_list(request: HttpRequest) -> HttpResponse:
    require(request.user, "procedures.import_procedures")
    return list_page(
        request,
        "procedures/import_list.html",
        rows=queries.imports_visible_to(request.user),
        table_class=ImportTable,
        filter_class=ImportFilter,
        export_name="nhap-thu-tuc",
    )


@login_required
@require_http_methods(["GET", "POST"])
def import_add(request: HttpRequest) -> HttpResponse:
    require(request.user, "procedures.import_procedures")
    form = ImportFileForm(request.POST or None, request.FILES or None)
    made = []

    def run(given: dict) -> None:
        file, agency = given["file"], request.user.hat.agency
        others = given["other_agency"]
        made.append(
            actions.hand_in_register(
                file.read(), file.name, agency=agency, other_agency=others, by=request.user
            )
        )

    status = attempt(request, form, run)
    if status == TAKEN:
        return redirect(made[0])
    return page(request, "procedures/import_add.html", {"form": form}, status=status)


@login_required
@require_safe
def import_detail(request: HttpRequest, pk: int) -> HttpResponse:
    imported = visible_import(request, pk)
    is_working = imported.state in ("reading", "taking_in")
    context = {
        "imported": imported,
        "job": seen(imported.job) if imported.job and is_working else None,
        "counts": import_counts(imported),
        "names": imported.unknown_names[:MOST_NAMES],
        "may_confirm": imported.state == "read"
        and permits(request.user, "procedures.confirm_import", imported),
        "is_read": imported.state == "read",
        "entries": entries_of([imported]),
    }
    return list_page(
        request,
        "procedures/import_detail.html",
        rows=imported.rows.all(),
        table_class=ImportRowTable,
        filter_class=ImportRowFilter,
        export_name=f"nhap-thu-tuc-{imported.pk}",
        context=context,
    )


@login_required
@require_http_methods(["GET", "POST"])
def import_names(request: HttpRequest, pk: int) -> HttpResponse:
    imported = visible_import(request, pk)
    refused = refusal(request, IMPORT, imported, "read_again", template="procedures/act.html")
    if refused:
        return refused
    form = NamesForm(request.POST if request.method == "POST" else None, imported=imported)
    return act(
        request,
        form=form,
        run=lambda given: actions.answer_names(
            imported, answers=form.answers(), other_agency=given["other_agency"], by=request.user
        ),
        heading=_("Which bodies are meant"),
        button=_("Compare again"),
        about=imported,
        done=_("The file is compared again."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def import_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    imported = visible_import(request, pk)
    refused = refusal(request, IMPORT, imported, "confirm", template="procedures/act.html")
    if refused:
        return refused
    counts = import_counts(imported)
    said = _("%(new)d new, %(changed)d changed; %(bad)d rows are left out.") % counts
    return act(
        request,
        form=ConfirmImportForm(request.POST if request.method == "POST" else None),
        run=lambda given: actions.confirm_import(imported, **given, by=request.user),
        heading=_("Take procedures in"),
        button=_("Take them in and publish"),
        about=imported,
        done=_("The procedures are being taken in."),
        extra={"said": said},
    )


@login_required
@require_http_methods(["GET", "POST"])
def import_drop(request: HttpRequest, pk: int) -> HttpResponse:
    imported = visible_import(request, pk)
    refused = refusal(request, IMPORT, imported, "drop", template="procedures/act.html")
    if refused:
        return refused
    return act(
        request,
        form=StepForm(request.POST if request.method == "POST" else None, step="drop", flow=IMPORT),
        run=lambda given: actions.drop_import(imported, note=given["note"], by=request.user),
        heading=_("Drop the import"),
        button=_("Drop"),
        about=imported,
        done=_("Dropped."),
        tone="danger",
        back=reverse("procedures:import_list"),
    )
