from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from loa.core import clock, queries
from loa.core.forms import DayInput
from loa.core.legal import in_force_on, known_codes
from loa.core.models import CalendarChange, CalendarDay, Job, LegalRule

_ALL = ("all", _("All"))


def _years() -> list[tuple[str, Any]]:
    return [_ALL, *((str(year), str(year)) for year in queries.calendar_years())]


class CalendarFilter(django_filters.FilterSet):
    """One year at first: the present one."""

    year = django_filters.ChoiceFilter(label=_("Year"), choices=_years, empty_label=None, method="of_year")
    kind = django_filters.ChoiceFilter(label=_("What it is"), choices=CalendarDay.Kind.choices)
    is_announced = django_filters.ChoiceFilter(
        label=_("Announced"),
        choices=[("yes", _("Announced")), ("no", _("Not yet announced"))],
        method="announced",
    )

    class Meta:
        model = CalendarDay
        fields: list[str] = []

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        given = QueryDict(mutable=True) if data is None else data.copy()
        given.setdefault("year", str(clock.today().year))
        super().__init__(given, *args, **kwargs)

    def of_year(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        return rows if value == "all" else rows.filter(date__year=int(value))

    def announced(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        return rows.exclude(legal_act="") if value == "yes" else rows.filter(legal_act="")


class ChangeFilter(django_filters.FilterSet):
    is_import = django_filters.ChoiceFilter(
        label=_("How"), choices=[("yes", _("From a sheet")), ("no", _("By hand"))], method="how"
    )
    since = django_filters.DateFilter(
        field_name="at", lookup_expr="date__gte", label=_("Since"), widget=DayInput
    )

    class Meta:
        model = CalendarChange
        fields: list[str] = []

    def how(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        return rows.filter(is_import=value == "yes")


def _codes() -> list[tuple[str, str]]:
    return [(code, code) for code in known_codes()]


class RuleFilter(django_filters.FilterSet):
    code = django_filters.ChoiceFilter(label=_("Code"), choices=_codes)
    on = django_filters.DateFilter(label=_("In force on"), widget=DayInput, method="in_force")
    checked = django_filters.ChoiceFilter(
        label=_("Verified"), choices=[("yes", _("Verified")), ("no", _("Not verified"))], method="is_checked"
    )

    class Meta:
        model = LegalRule
        fields: list[str] = []

    def in_force(self, rows: QuerySet, _name: str, value: Any) -> QuerySet:
        return in_force_on(rows, value)

    def is_checked(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        return rows.filter(is_checked=value == "yes")


class JobFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(label=_("State"), choices=Job.State.choices)
    since = django_filters.DateFilter(
        field_name="created_at", lookup_expr="date__gte", label=_("Since"), widget=DayInput
    )

    class Meta:
        model = Job
        fields: list[str] = []
