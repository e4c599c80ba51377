"""Lists that all behave alike: filter, sort, search, choose columns, paginate in the database, export."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

import django_filters
import django_tables2 as tables
from django.db.models import DateField, DateTimeField, Field, QuerySet
from django.forms import ModelChoiceField, Select
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from loa.core import clock
from loa.core.pages import page
from loa.core.text import fold, format_date

PAGE_SIZE = 50


class FoldedSearch(django_filters.CharFilter):
    """Search in a column kept folded (`loa.core.text.fold`): accents optional, every word must occur."""

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        for word in fold(value or "").split():
            qs = qs.filter(**{f"{self.field_name}__contains": word})
        return qs


@tables.columns.library.register
class DayColumn(tables.Column):
    """dd/mm/yyyy on the page, a real date in the .xlsx; the column of every date field, and the city's day of a moment."""

    @classmethod
    def from_field(cls, field: Field, **kwargs: Any) -> tables.Column | None:
        is_day = isinstance(field, DateField) and not isinstance(field, DateTimeField)
        return cls(**kwargs) if is_day else None

    def render(self, value: date) -> str:
        return format_date(self.value(value))

    def value(self, value: date) -> date:
        return clock.day_of(value) if isinstance(value, datetime) else value


@dataclass(frozen=True, slots=True)
class ActiveFilter:
    label: str
    value: str
    url: str  # the same list without it


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
    """The list as a page, its part "rows" for htmx, or an .xlsx with ?export=xlsx.

    Context: `table`, `filter`, and what ui/list.html takes. A template with a partial "rows" of its
    own is asked for it, any other answers htmx with the rows of ui/list.html.
    """
    filterset = filter_class(request.GET or None, queryset=rows, request=request)
    _name_empty_choices(filterset)
    table = table_class(filterset.qs, request=request)
    if remember_columns(request, table):
        return redirect(_url(request, without=("columns", "show", "hide")))
    if request.GET.get("export") == "xlsx":
        return export_table(table, request, export_name)
    tables.RequestConfig(request, paginate={"per_page": PAGE_SIZE, "silent": True}).configure(table)
    shown = {
        "table": table,
        "filter": filterset,
        "hidden_columns": chosen_columns(request, table),
        "search_field": _search_field(filterset),
        "active_filters": active_filters(request, filterset),
        "plain_url": request.path,
        "export_url": _url(request, export="xlsx"),
        **(context or {}),
    }
    response = page(request, _template_for(request, template), shown)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _template_for(request: HttpRequest, template: str) -> str:
    if not request.headers.get("HX-Request"):
        return template
    try:
        get_template(f"{template}#rows")
    except TemplateDoesNotExist:
        template = "ui/list.html"
    return f"{template}#rows"


def _name_empty_choices(filterset: django_filters.FilterSet) -> None:
    """No choice made means everything; a row of dashes does not say so."""
    for field in filterset.form.fields.values():
        if isinstance(field, ModelChoiceField):
            field.empty_label = field.empty_label and _("All")
        elif isinstance(field.widget, Select) and not field.widget.allow_multiple_selected:
            field.widget.choices = [(key, label if key else _("All")) for key, label in field.widget.choices]


def _search_field(filterset: django_filters.FilterSet) -> str:
    for name, each in filterset.filters.items():
        if isinstance(each, FoldedSearch):
            return name
    return "q"


def active_filters(request: HttpRequest, filterset: django_filters.FilterSet) -> list[ActiveFilter]:
    """The filters in force, each with the address of the list without it."""
    if not filterset.is_bound or not filterset.form.is_valid():
        return []
    found = []
    for name, value in filterset.form.cleaned_data.items():
        words = _in_words(filterset.form.fields[name], value)
        if words:
            label = str(filterset.form[name].label)
            found.append(ActiveFilter(label=label, value=words, url=_url(request, without=_parameters(name))))
    return found


def _parameters(name: str) -> tuple[str, ...]:
    return (name, "page", *(f"{name}_{end}" for end in ("min", "max", "after", "before", "0", "1")))


def _in_words(field: Any, value: Any) -> str:
    if value is None or value == "" or value is False:
        return ""
    if isinstance(value, slice):
        return " – ".join(_in_words(field, end) or "…" for end in (value.start, value.stop))
    if isinstance(value, list | tuple | set | QuerySet):
        return ", ".join(_in_words(field, item) for item in value)
    if isinstance(value, date):
        return format_date(value)
    labels = (
        {str(key): str(label) for key, label in getattr(field, "choices", ())}
        if not hasattr(value, "pk")
        else {}
    )
    return labels.get(str(value), "✓" if value is True else str(value))


def _url(request: HttpRequest, *, without: tuple[str, ...] = (), **changes: str) -> str:
    query: QueryDict = request.GET.copy()
    for name in without:
        query.pop(name, None)
    for name, value in changes.items():
        query[name] = value
    return f"{request.path}?{query.urlencode()}" if query else request.path


def _columns_key(table: tables.Table) -> str:
    return f"columns:{type(table).__name__}"


def remember_columns(request: HttpRequest, table: tables.Table) -> bool:
    """Keep in the session which columns of this table a person shows (?columns=1&show=a&show=b) or hides (?hide=a,b)."""
    names = [column.name for column in table.columns.all() if column.header]
    if "columns" in request.GET:
        hidden = [name for name in names if name not in request.GET.getlist("show")]
    elif "hide" in request.GET:
        hidden = [name for name in request.GET["hide"].split(",") if name in names]
    else:
        return False
    request.session[_columns_key(table)] = [] if len(hidden) == len(names) else hidden
    return True


def chosen_columns(request: HttpRequest, table: tables.Table) -> list[str]:
    """Hide the columns a person has put away; before they have chosen, those the table begins without (`put_away`)."""
    chosen = request.session.get(_columns_key(table), getattr(table, "put_away", ()))
    hidden = [name for name in chosen if name in table.columns.names()]
    for name in hidden:
        table.columns.hide(name)
    return hidden


def export_table(table: tables.Table, request: HttpRequest, name: str) -> HttpResponse:
    """All rows of the filtered and sorted list as .xlsx, real dates and numbers."""
    from officialdoc.write.xlsx import Sheet, SheetColumn, write_xlsx  # noqa: PLC0415  openpyxl is slow to import

    tables.RequestConfig(request, paginate=False).configure(table)
    _keep_days(table)
    rows = table.as_values()
    header = next(rows)
    cells = [tuple(_cell(value) for value in row) for row in rows]
    kinds = [_kind(column) for column in zip(*cells, strict=True)] or ["text"] * len(header)
    columns = [SheetColumn(str(title), 28, kind) for title, kind in zip(header, kinds, strict=True)]
    sheet = Sheet(title=name, columns=tuple(columns), rows=tuple(cells))
    response = HttpResponse(
        write_xlsx([sheet]), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def _keep_days(table: tables.Table) -> None:
    """A day stays a day in the sheet where its table shows it on the page in other words (render_<name>)."""
    for column in table.columns.all():
        if isinstance(column.column, DayColumn) and not hasattr(table, f"value_{column.name}"):
            column.value = column.column.value


def _cell(value: Any) -> str | int | date | None:
    """What a sheet can hold: a moment by its local words, anything else that is no number or day as text."""
    if isinstance(value, datetime):
        local = timezone.localtime(value)
        return f"{format_date(local.date())} {local:%H:%M}"
    return value if value is None or isinstance(value, int | date) else str(value)


def _kind(values: tuple[Any, ...]) -> Literal["text", "int", "date"]:
    """Numbers and days stay what they are where a whole column is of them."""
    present = [value for value in values if value not in (None, "")]
    if present and all(isinstance(value, date) for value in present):
        return "date"
    return "int" if present and all(isinstance(value, int) for value in present) else "text"
