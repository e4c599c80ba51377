"""The public register: what anybody reads. Nobody's session is read, no cookie is set."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import add_never_cache_headers
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loa.core import clock
from loa.core.lists import active_filters, export_table
from loa.core.page_cache import public_page
from loa.core.pages import page
from loa.core.sealing import SealError, open_sealed
from loa.feedback import feeds, queries
from loa.feedback.filters import RegisterFilter
from loa.feedback.forms import PeriodForm
from loa.feedback.tables import RegisterTable

ON_A_PAGE = 20


@require_safe
@public_page
def register_list(request: HttpRequest) -> HttpResponse:
    found = RegisterFilter(request.GET or None, queryset=queries.listed_answers(), request=request)
    paginator = Paginator(found.qs, ON_A_PAGE)
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        "filter": found,
        "rows": paginator.get_page(request.GET.get("page")),
        "paginator": paginator,
        "active_filters": [each for each in active_filters(request, found) if each.label],
        "kept": kept.urlencode(),
        "search": request.GET.get("q", ""),
    }
    return page(request, "feedback/register_list.html", context)


@require_safe
@public_page
def public_answer(request: HttpRequest, code: str) -> HttpResponse:
    """One question with its answer; what was taken back says so and shows nothing else."""
    row = queries.one_answer(code).first()
    if row is None:
        gone = get_object_or_404(queries.taken_back(code))
        return page(request, "feedback/answer_gone.html", {"code": code, "gone": gone}, status=410)
    url = request.build_absolute_uri(request.path)
    context = {
        "row": row,
        "asker_words": queries.shown_words(row.case),
        "told": queries.question_page(row, url=url),
    }
    return page(request, "feedback/answer.html", context)


@require_safe
def public_file(_request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A file that was chosen for everybody, always to be saved."""
    row = get_object_or_404(queries.public_files(), pk=pk, case__code=code)
    try:
        content = open_sealed(row.path)
    except (FileNotFoundError, SealError) as error:
        raise Http404 from error
    response = HttpResponse(content, content_type=row.type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=row.name)
    response["X-Content-Type-Options"] = "nosniff"
    add_never_cache_headers(response)  # taken back, it is gone at once
    return response


@require_safe
@public_page
def register_agencies(request: HttpRequest) -> HttpResponse:
    """How each body keeps its time: no content, no comparison of Party and mass bodies."""
    form = PeriodForm(request.GET or None, today=clock.today())
    period = form.period
    total, ours, asked = queries.standings(period)
    order = request.GET.get("xep", "ten")
    context = {
        "form": form,
        "period": period,
        "total": total,
        "rows": queries.sorted_standings(ours, order),
        "asked": asked,
        "order": order,
        "orders": [
            ("ten", _("By name")),
            ("dung-han", _("By answers in time")),
            ("qua-han", _("By what is overdue")),
            ("hai-long", _("By stars")),
        ],
    }
    return page(request, "feedback/register_agencies.html", context)


@require_safe
@public_page
def register_atom(request: HttpRequest) -> HttpResponse:
    """The newest answers, of the agency or subject that the address names as the list does."""
    found = RegisterFilter(request.GET or None, queryset=queries.listed_answers(), request=request)
    return feeds.atom_of(request, found.qs, named=_named(request, found))


def _named(request: HttpRequest, found: Any) -> str:
    return ", ".join(str(each.value) for each in active_filters(request, found))


@require_safe
def register_sheet(request: HttpRequest) -> HttpResponse:
    """The register as it is filtered, as a sheet."""
    found = RegisterFilter(request.GET or None, queryset=queries.listed_answers(), request=request)
    return export_table(RegisterTable(found.qs, request=request), request, "phan-anh-kien-nghi")
