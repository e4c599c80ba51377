"""Citizens' cases in figure tables: counted as on the desk and in the public register (feedback.queries.figures).

A row behind a figure says the code and the subject of a case, never its words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from loa.core import clock
from loa.feedback.models import Case, Rating
from loa.feedback.queries import Period, case_counts
from loa.reports.queries.formulas import CountedRow, Formula, Rows, register
from loa.reports.queries.registers import Registers


def _period(registers: Registers) -> Period:
    return Period(registers.round.data_from, registers.round.data_to)


def _cases(registers: Registers, what: str) -> QuerySet[Case]:
    rows = case_counts(_period(registers))[what].filter(agency__in=registers.agencies)
    return rows.select_related("subject").order_by("received_at", "pk")


def _counting(what: str, moment: str) -> Callable[[Registers, Mapping[str, str]], Rows]:
    def count(registers: Registers, _given: Mapping[str, str]) -> Rows:
        found: defaultdict[int, list[CountedRow]] = defaultdict(list)
        for case in _cases(registers, what):
            found[case.agency_id or 0].append(
                CountedRow(_label(case), "case", case.pk, _day(getattr(case, moment)))
            )
        return dict(found)

    return count


def _label(case: Case) -> str:
    return f"{case.code}: {case.subject}" if case.subject else case.code


def _day(value: Any) -> Any:
    return clock.day_of(value) if isinstance(value, datetime) else value


def _on_time_percent(registers: Registers, _given: Mapping[str, str]) -> Rows:
    """Every case that is owed is a row: answered, or overdue without an answer; one in time counts 1."""
    in_time = set(_cases(registers, "on_time").values_list("pk", flat=True))
    found: defaultdict[int, list[CountedRow]] = defaultdict(list)
    for what in ("answered", "overdue"):
        for case in _cases(registers, what):
            quantity = Decimal(int(case.pk in in_time))
            found[case.agency_id or 0].append(CountedRow(_label(case), "case", case.pk, quantity=quantity))
    return dict(found)


def _mean_rating(registers: Registers, _given: Mapping[str, str]) -> Rows:
    first, after = _period(registers).moments
    given = Q(at__gte=first, at__lt=after, agency__in=registers.agencies)
    found: defaultdict[int, list[CountedRow]] = defaultdict(list)
    for row in Rating.objects.filter(given).select_related("case__subject").order_by("at", "pk"):
        stars = Decimal(row.stars)
        found[row.agency_id].append(CountedRow(_label(row.case), "case", row.case_id, _day(row.at), stars))
    return dict(found)


for _each in (
    Formula("cases_received", _("Cases of citizens received"), _counting("received", "received_at")),
    Formula("cases_answered", _("Cases of citizens answered"), _counting("answered", "answered_at")),
    Formula("cases_on_time", _("Cases of citizens answered in time"), _counting("on_time", "answered_at")),
    Formula(
        "cases_overdue", _("Cases of citizens overdue without an answer"), _counting("overdue", "due_on")
    ),
    Formula(
        "cases_on_time_percent",
        _("Share of cases answered in time, in percent"),
        _on_time_percent,
        how="percent",
    ),
    Formula("cases_mean_rating", _("Mean rating in stars given by senders"), _mean_rating, how="mean"),
):
    register(_each)
