from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loa.core.pages import page
from loa.core.sheets import SheetRow
from loa.core.workflow import FlowError
from loa.directory import actions, exchange, forms, queries
from loa.directory.doors import for_administrators
from loa.directory.views.answering import posted

SALT = "directory.exchange"
ONE_DAY = 24 * 3600  # seconds a preview can be confirmed
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
    form = forms.SheetForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return _show(request, form.rows)
    return page(request, "directory/import.html", {"form": form, "columns": exchange.COLUMNS})


@for_administrators
@require_POST
def agency_import_apply(request: HttpRequest) -> HttpResponse:
    """Do what the preview showed; when the directory has changed meanwhile, show it anew."""
    form = forms.ApplySheetForm(request.POST)
    rows, digest = _opened(request)
    if not form.is_valid():
        return _show(request, rows, form)
    try:
        done = actions.import_agencies(
            rows, digest=digest, renamed_on=form.cleaned_data["renamed_on"], by=request.user
        )
    except FlowError as error:
        form.add_error(None, str(error))
        return _show(request, rows, form, status=409)
    words = {"new": len(done.new), "changed": len(done.changed)}
    messages.success(request, _("Imported: %(new)d new, %(changed)d changed.") % words)
    return redirect("directory:agency_list")


def _show(
    request: HttpRequest,
    rows: list[SheetRow],
    form: forms.ApplySheetForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    preview = queries.preview(rows)
    sealed = _sealed(request, rows, preview.digest) if preview.can_apply else ""
    if form is None:
        form = forms.ApplySheetForm(initial={"sheet": sealed})
    elif form.is_bound:
        form.data = {**form.data.dict(), "sheet": sealed}
    context: dict[str, Any] = {"preview": preview, "form": form, "columns": exchange.COLUMNS}
    return page(request, "directory/import_preview.html", context, status=status)


def _sealed(request: HttpRequest, rows: list[SheetRow], digest: str) -> str:
    """The rows travel with the page, signed: no file is kept, and any host can take the answer."""
    told = {"by": request.user.pk, "digest": digest, "rows": [[row.number, row.cells] for row in rows]}
    return signing.dumps(told, salt=SALT, compress=True)


def _opened(request: HttpRequest) -> tuple[list[SheetRow], str]:
    try:
        told = signing.loads(request.POST.get("sheet", ""), salt=SALT, max_age=ONE_DAY)
    except signing.BadSignature as error:
        raise Http404 from error
    if told["by"] != request.user.pk:
        raise Http404
    return [SheetRow(number, cells) for number, cells in told["rows"]], told["digest"]
