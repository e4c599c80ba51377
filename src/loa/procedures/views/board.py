"""Lists for the notice board: as a page to print, as .pdf, and the codes alone."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from loa.core import clock
from loa.core.pages import file_response, page
from loa.core.text import format_date
from loa.procedures import queries
from loa.procedures.models import ProcedureField
from loa.procedures.papers.board import board_pdf as write_board
from loa.procedures.papers.board import qr_png, qr_svg

ON_PAGE = 50
IN_PAPER = 300  # rows of one .pdf; a body with more prints field by field


@require_safe
def board_choice(request: HttpRequest) -> HttpResponse:
    return page(request, "procedures/board_choice.html", {"agencies": queries.agencies_with_counts()})


@require_safe
def board_page(request: HttpRequest, agency: str) -> HttpResponse:
    body, field, rows = _asked(request, agency)
    paginator = Paginator(rows, ON_PAGE)
    shown = paginator.get_page(request.GET.get("page"))
    base_url = request.build_absolute_uri("/").rstrip("/")
    context = {
        "agency": body,
        "field": field,
        "fields": queries.fields_of_agency(body),
        "rows": [(row, SafeString(qr_svg(base_url + row.get_absolute_url()))) for row in shown],
        "shown": shown,
        "paginator": paginator,
        "first": shown.start_index(),
        "desk": queries.desk_of(body),
        "today": clock.today(),
        "most": IN_PAPER,
    }
    return page(request, "procedures/board_page.html", context)


@require_safe
def board_pdf(request: HttpRequest, agency: str) -> HttpResponse:
    body, field, rows = _asked(request, agency)
    base_url = request.build_absolute_uri("/").rstrip("/")
    heading = f"{body.name} – {field}" if field else body.name
    on = format_date(clock.today())
    content = write_board(heading, rows[:IN_PAPER], base_url=base_url, desk=queries.desk_of(body), on=on)
    response = file_response(content, "pdf", f"niem-yet-{body.code}")
    response["Content-Disposition"] = response["Content-Disposition"].replace("attachment", "inline")
    return response


def _asked(request: HttpRequest, agency: str) -> tuple[Any, ProcedureField | None, Any]:
    """The body, the field where one is chosen, and the procedures of both."""
    body = get_object_or_404(queries.agencies_in_register(), code=agency)
    rows = queries.public_procedures().filter(agency=body)
    given = request.GET.get("field", "")
    if not given:
        return body, None, rows
    if not given.isascii() or not given.isdigit() or len(given) > 18:
        raise Http404
    field = get_object_or_404(ProcedureField, pk=int(given))
    return body, field, rows.filter(field=field)


@require_safe
def public_qr(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The code of one procedure, for a poster: .svg or .png."""
    procedure = get_object_or_404(queries.known_procedures(), code=code)
    url = request.build_absolute_uri(procedure.get_absolute_url())
    if form == "svg":
        return HttpResponse(qr_svg(url), content_type="image/svg+xml")
    if form == "png":
        return HttpResponse(qr_png(url), content_type="image/png")
    raise Http404
