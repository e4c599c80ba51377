"""Legal documents as a sheet: taken out to fill in, handed in, looked at, confirmed."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loa.core.doors import closed_without
from loa.core.forms import ApplySheetForm
from loa.core.pages import file_response
from loa.core.sheets import write_workbook
from loa.core.views.sheets import SheetDoor
from loa.documents import actions, queries

for_keepers = closed_without("documents.enter_legal")


def _door(request: HttpRequest) -> SheetDoor:
    return SheetDoor(
        salt="documents.legal",
        shape=queries.LEGAL_SHAPE,
        preview=partial(queries.preview_legal, by=request.user),
        take=actions.import_legal_documents,
        form=ApplySheetForm,
        template="documents/legal_import.html",
        apply_url="documents:legal_import_apply",
        back_url="documents:legal_list",
    )


@for_keepers
@require_safe
def legal_export(request: HttpRequest) -> HttpResponse:
    """What the own agency keeps, in the form that can be handed in again."""
    own = queries.legal_documents_visible_to(request.user).filter(keeper=request.user.hat.agency)
    days = ("issued_on", "effective_from", "effective_to")
    data = write_workbook(_("Legal documents"), queries.LEGAL_COLUMNS, queries.exported_legal(own), days=days)
    return file_response(data, "xlsx", "van-ban-phap-luat-de-nhap")


@for_keepers
@require_http_methods(["GET", "POST"])
def legal_import(request: HttpRequest) -> HttpResponse:
    return _door(request).hand_in(request)


@for_keepers
@require_POST
def legal_import_apply(request: HttpRequest) -> HttpResponse:
    return _door(request).confirm(request)
