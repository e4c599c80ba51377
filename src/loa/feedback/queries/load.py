"""Who has how much on the desk; each number is the count of a list that a link opens."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from statistics import median

from django.db.models import Count, F, Q

from loa.core import clock
from loa.directory.models import Agency, User
from loa.feedback.models import Case
from loa.feedback.queries.figures import Period, answered_in, month_of, overdue_on
from loa.feedback.queries.working import colleagues_on, due_soon_on
from loa.feedback.states import OPEN_STATES


@dataclass(frozen=True, slots=True)
class Load:
    """One officer's cases; `officer` is None for those that nobody has yet."""

    officer: User | None
    open: int = 0
    soon: int = 0
    late: int = 0
    answered: int = 0  # this month
    median_days: int | None = None  # from arrival to the answer, of those


def officer_loads(agency: Agency) -> list[Load]:
    """Everybody who works there, and who has a case without working there any more. Three queries."""
    today = clock.today()
    month = month_of(today)
    counts = {row.pop("officer"): row for row in _counts(agency, today, month)}
    days = _days(agency, month)
    officers = User.objects.filter(
        Q(pk__in=colleagues_on(agency, today).order_by().values("pk"))
        | Q(pk__in=[pk for pk in counts if pk is not None])
    ).order_by("sort_name", "pk")
    found: list[User | None] = [*officers]
    if counts.get(None, {}).get("open"):
        found.append(None)
    return [_load(officer, counts, days) for officer in found]


def _load(
    officer: User | None, counts: dict[int | None, dict[str, int]], days: dict[int | None, list[int]]
) -> Load:
    key = officer.pk if officer else None
    took = days.get(key)
    return Load(officer, **counts.get(key, {}), median_days=round(median(took)) if took else None)


def _counts(agency: Agency, today: date, month: Period) -> list[dict[str, int]]:
    rows = Case.objects.filter(agency=agency).order_by().values("officer")
    return list(
        rows.annotate(
            open=Count("pk", filter=Q(state__in=OPEN_STATES)),
            soon=Count("pk", filter=due_soon_on(today)),
            late=Count("pk", filter=overdue_on(today)),
            answered=Count("pk", filter=answered_in(month)),
        ).filter(Q(open__gt=0) | Q(answered__gt=0))
    )


def _days(agency: Agency, month: Period) -> dict[int | None, list[int]]:
    took: dict[int | None, list[int]] = defaultdict(list)
    rows = Case.objects.filter(answered_in(month), agency=agency, answered_at__date__gte=F("starts_on"))
    for officer, start, answered in rows.order_by().values_list("officer", "starts_on", "answered_at"):
        took[officer].append((clock.day_of(answered) - start).days)
    return took
