"""Lists that all behave alike: filter, sort, search, choose columns, paginate in the database, export."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from loa.core.pages import page
from loa.core.text import fold

PAGE_SIZE = 50


class FoldedSearch(django_filters.CharFilter):
    """Search in a column kept folded (`loa.core.text.fold`): accents optional, every word must occur."""

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        for word in fold(value or "").split():
            qs = qs.filter(**{f"{self.field_name}__contains": word})
        return qs


def list_page(
    request: HttpRequest,
    template: str,
    *,
    rows: QuerySet,
    table_class: type[tables.Table],
    filter_class: type[django_filters.FilterSet],
    export_name: str,
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """The list as a page (context: `table`, `filter`), its part "rows" for htmx, or an .xlsx with ?export=xlsx."""
    filterset = filter_class(request.GET or None, queryset=rows, request=request)
    table = table_class(filterset.qs, request=request)
    if request.GET.get("export") == "xlsx":
        return export_table(table, request, export_name)
    tables.RequestConfig(request, paginate={"per_page": PAGE_SIZE, "silent": True}).configure(table)
    hidden = chosen_columns(request, table)
    return page(
        request, template, {"table": table, "filter": filterset, "hidden_columns": hidden, **(context or {})}, part="rows"
    )


def chosen_columns(request: HttpRequest, table: tables.Table) -> list[str]:
    """Hide the columns a person has put away (?hide=a,b), remembered in the session per table."""
    key = f"columns:{type(table).__name__}"
    if "hide" in request.GET:
        request.session[key] = [name for name in request.GET["hide"].split(",") if name in table.columns.names()]
    hidden = request.session.get(key, [])
    for name in hidden:
        if name in table.columns.names():
            table.columns.hide(name)
    return hidden


def export_table(table: tables.Table, request: HttpRequest, name: str) -> HttpResponse:
    """All rows of the filtered and sorted list as .xlsx, real dates and numbers."""
    from officialdoc.write.xlsx import Column, Sheet, write_xlsx  # noqa: PLC0415  openpyxl is slow to import

    tables.RequestConfig(request, paginate=False).configure(table)
    rows = table.as_values()
    header = next(rows)
    sheet = Sheet(title=name, columns=[Column(str(title)) for title in header], rows=[list(row) for row in rows])
    response = HttpResponse(
        write_xlsx([sheet]), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response
