from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.core import clock
from loa.core.forms import DayInput
from loa.core.lists import FoldedSearch
from loa.documents import queries
from loa.documents.models import Citation, LegalDocument
from loa.documents.states import LEGAL

STATUSES = [(code, label) for code, label in queries.STATUS_LABELS.items()]


class LegalFilter(django_filters.FilterSet):
    """Of whatever rows it is given: those one may see. `on` is the day whose status is shown, today at first."""

    q = FoldedSearch(field_name="search_text", label=_("Search"))
    kind = django_filters.ChoiceFilter(field_name="document__kind", label=_("Kind"))
    field = django_filters.ChoiceFilter(label=_("Field of law"))
    issuer = django_filters.ChoiceFilter(field_name="document__issuer_name", label=_("Issued by"))
    year = django_filters.ChoiceFilter(field_name="document__issued_on", lookup_expr="year", label=_("Year"))
    status = django_filters.ChoiceFilter(
        field_name="status_code",
        label=pgettext_lazy("of a law", "Status"),
        choices=STATUSES,
        empty_label=_("All"),
    )
    on = django_filters.DateFilter(label=_("Status on"), widget=DayInput, method="nothing_more")

    class Meta:
        model = LegalDocument
        fields: list[str] = []

    def __init__(self, data: Any = None, queryset: Any = None, **kwargs: Any) -> None:
        rows = queryset.order_by()
        self.day = _day_of(data) or clock.today()
        super().__init__(data, queries.with_status_on(queryset, self.day), **kwargs)
        self._offer("kind", [(kind, kind.capitalize()) for kind in _values(rows, "document__kind")])
        self._offer("field", [(field, field) for field in _values(rows, "field") if field])
        self._offer("issuer", [(name, name) for name in _values(rows, "document__issuer_name") if name])
        days = rows.dates("document__issued_on", "year", order="DESC")
        self._offer("year", [(day.year, str(day.year)) for day in days])

    def _offer(self, name: str, choices: list[tuple[Any, str]]) -> None:
        self.filters[name].extra["choices"] = choices
        self.filters[name].extra["empty_label"] = _("All")

    def nothing_more(self, rows: QuerySet, _name: str, _value: Any) -> QuerySet:
        """The day is part of the rows already: it decides their status."""
        return rows


def _values(rows: QuerySet, name: str) -> list[str]:
    return list(rows.order_by(name).values_list(name, flat=True).distinct())


def _day_of(data: QueryDict | None) -> Any:
    try:
        return parse_date(data.get("on", "")) if data else None
    except ValueError:
        return None


class StaffLegalFilter(LegalFilter):
    state = django_filters.ChoiceFilter(label=_("Public"), choices=LEGAL.choices)
    checked = django_filters.ChoiceFilter(
        label=_("Verified"), choices=[("yes", _("Verified")), ("no", _("Not verified"))], method="of_checked"
    )
    keeper = django_filters.ChoiceFilter(
        label=_("Kept by"),
        choices=[("own", _("My agency")), ("none", _("Came with the program"))],
        method="of_keeper",
    )

    def of_checked(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        return rows.filter(is_checked=value == "yes")

    def of_keeper(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        if value == "none":
            return rows.filter(keeper__isnull=True)
        hat = self.request.user.hat
        return rows.filter(keeper=hat.agency if hat else None)


class CitationFilter(django_filters.FilterSet):
    """What has ended at first; `on` is the day whose status counts, today at first."""

    q = FoldedSearch(field_name="legal__search_text", label=_("Search"))
    source = django_filters.ChoiceFilter(label=_("Kind of text"))
    status = django_filters.ChoiceFilter(
        field_name="status_code",
        label=pgettext_lazy("of a law", "Status"),
        choices=[("all", _("All")), *STATUSES],
        empty_label=None,
        method="of_status",
    )
    agency = django_filters.ChoiceFilter(
        label=_("Agency"), choices=[("own", _("My agency"))], method="of_agency"
    )
    on = django_filters.DateFilter(label=_("Status on"), widget=DayInput, method="nothing_more")

    class Meta:
        model = Citation
        fields: list[str] = []

    def __init__(self, data: Any = None, queryset: Any = None, **kwargs: Any) -> None:
        given = QueryDict(mutable=True) if data is None else data.copy()
        given.setdefault("status", "ended")
        self.day = _day_of(data) or clock.today()
        super().__init__(given, queries.citations_on(queryset, self.day), **kwargs)
        self.filters["source"].extra["choices"] = [
            (source.name, source.label) for source in queries.citing_sources()
        ]

    def nothing_more(self, rows: QuerySet, _name: str, _value: Any) -> QuerySet:
        return rows

    def of_status(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        return rows if value == "all" else rows.filter(status_code=value)

    def of_agency(self, rows: QuerySet, _name: str, _value: str) -> QuerySet:
        hat = self.request.user.hat
        return rows.filter(agency=hat.agency if hat else None)
