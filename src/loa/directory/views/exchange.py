from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loa.core.forms import SheetForm
from loa.core.pages import page
from loa.core.sheets import ReadSheet, seal, unseal
from loa.core.workflow import FlowError
from loa.directory import actions, exchange, forms, queries
from loa.directory.doors import for_administrators
from loa.directory.views.answering import posted

SALT = "directory.exchange"
WRITERS = {
    "csv": (exchange.write_csv, "text/csv; charset=utf-8"),
    "xlsx": (exchange.write_workbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@login_required
@require_safe
def agency_export(request: HttpRequest, kind: str) -> HttpResponse:
    """Every body, ended ones too, in a form that can be handed in again."""
    agencies = queries.agencies_visible_to(request.user)
    if kind not in WRITERS or request.user.hat is None:
        raise Http404
    write, content_type = WRITERS[kind]
    response = HttpResponse(write(queries.exported_rows(agencies)), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="danh-ba-co-quan.{kind}"'
    return response


@for_administrators
@require_http_methods(["GET", "POST"])
def agency_import(request: HttpRequest) -> HttpResponse:
    """A file becomes a preview; nothing is changed before it is confirmed."""
    form = SheetForm(posted(request), request.FILES or None, shape=exchange.SHAPE)
    if request.method == "POST" and form.is_valid():
        return _show(request, form.sheet)
    return page(request, "directory/import.html", {"form": form, "columns": exchange.COLUMNS})


@for_administrators
@require_POST
def agency_import_apply(request: HttpRequest) -> HttpResponse:
    """Do what the preview showed; when the directory has changed meanwhile, show it anew."""
    form = forms.ApplyAgenciesForm(request.POST)
    try:
        sheet, digest = unseal(request.POST.get("sheet", ""), by=request.user, salt=SALT)
    except signing.BadSignature as error:
        raise Http404 from error
    if not form.is_valid():
        return _show(request, sheet, form)
    try:
        done = actions.import_agencies(
            sheet.rows, digest=digest, renamed_on=form.cleaned_data["renamed_on"], by=request.user
        )
    except FlowError as error:
        form.add_error(None, str(error))
        return _show(request, sheet, form, status=409)
    words = {"new": len(done.new), "changed": len(done.changed)}
    messages.success(request, _("Imported: %(new)d new, %(changed)d changed.") % words)
    return redirect("directory:agency_list")


def _show(
    request: HttpRequest,
    sheet: ReadSheet,
    form: forms.ApplyAgenciesForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    preview = queries.preview(sheet.rows)
    sealed = seal(sheet, digest=preview.digest, by=request.user, salt=SALT) if preview.can_apply else ""
    if form is None:
        form = forms.ApplyAgenciesForm(initial={"sheet": sealed})
    elif form.is_bound:
        form.data = {**form.data.dict(), "sheet": sealed}
    context: dict[str, Any] = {"preview": preview, "form": form, "columns": exchange.COLUMNS}
    return page(request, "directory/import_preview.html", context, status=status)
