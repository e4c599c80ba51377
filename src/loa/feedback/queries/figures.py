"""How many cases, how many in time: one definition for the desk, the public pages and the reports.

On-time rate = answered in time ÷ (answered + overdue): a case that nobody answers counts against its agency.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from loa.core import clock
from loa.directory.models import Agency
from loa.feedback.models import Case, CaseClock, Subject
from loa.feedback.states import ANSWERED_STATES, OPEN_STATES

UNCOUNTED_STATES = (
    "merged",
    "withdrawn",
    "isolated",
    "refused",
    "guided",
)  # nobody owes an answer of their own


@dataclass(frozen=True, slots=True)
class Period:
    """From a day to a day, both with it."""

    first: date
    last: date

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """From the first moment to the first one that no longer counts."""
        return _midnight(self.first), _midnight(self.last + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min), timezone.get_default_timezone())


def year_to_date(today: date) -> Period:
    return Period(today.replace(month=1, day=1), today)


def month_of(day: date) -> Period:
    """The calendar month of a day."""
    following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return Period(day.replace(day=1), following - timedelta(days=1))


@dataclass(frozen=True, slots=True)
class AgencyFigures:
    """One agency's cases in a period. `overdue`: due by its end and still not answered today."""

    agency: Agency | None  # None: all of them together
    received: int = 0
    answered: int = 0
    answered_on_time: int = 0
    overdue: int = 0

    @property
    def owed(self) -> int:
        """What the rate is measured by: answered, and overdue without an answer."""
        return self.answered + self.overdue

    @property
    def on_time_percent(self) -> int | None:
        """Whole percent, rounded down so that only all in time is 100; none where nothing was owed."""
        return self.answered_on_time * 100 // self.owed if self.owed else None


def overdue_on(today: date) -> Q:
    """Open after its day. While the asker is awaited the clock stands still: a case that was in time then stays so."""
    held_in_time = Q(waiting_since__isnull=False, due_on__gte=F("waiting_since"))
    return Q(state__in=OPEN_STATES, due_on__lt=today) & ~held_in_time


def late_answers() -> QuerySet[CaseClock]:
    """For a case of an outer query: its answer's clock stopped after its day, the first time or a later one."""
    return CaseClock.objects.filter(
        case=OuterRef("pk"), kind="answer", is_void=False, stopped_on__gt=F("due_on")
    )


def answered_in(period: Period) -> Q:
    first, after = period.moments
    return Q(state__in=ANSWERED_STATES, answered_at__gte=first, answered_at__lt=after)


def received_in(period: Period) -> Q:
    first, after = period.moments
    return Q(received_at__gte=first, received_at__lt=after) & ~Q(state__in=UNCOUNTED_STATES)


def overdue_in(period: Period) -> Q:
    return overdue_on(clock.today()) & Q(due_on__lte=period.last)


def agency_figures(period: Period, *, cases: QuerySet[Case] | None = None) -> list[AgencyFigures]:
    """Each agency that has or had cases in the period, in order of their names. Two queries.

    `cases` narrows what is counted (a subject, what a person may see); none: every case.
    """
    rows = _counted(cases, period).filter(agency__isnull=False).values("agency").annotate(**_sums(period))
    found = {row.pop("agency"): row for row in rows}
    agencies = Agency.objects.filter(pk__in=found).order_by("sort_name", "pk")
    figures = [AgencyFigures(agency, **found[agency.pk]) for agency in agencies]
    return [row for row in figures if row.received or row.owed]


def all_figures(period: Period, *, cases: QuerySet[Case] | None = None) -> AgencyFigures:
    """All agencies together, and what no agency has yet. One query."""
    return AgencyFigures(None, **_counted(cases, period).aggregate(**_sums(period)))


def _counted(cases: QuerySet[Case] | None, period: Period) -> QuerySet[Case]:
    rows = Case.objects.all() if cases is None else cases
    wanted = received_in(period) | answered_in(period) | overdue_in(period)
    return rows.filter(wanted).order_by().annotate(is_late=Exists(late_answers()))


def _sums(period: Period) -> dict[str, Count]:
    answered = answered_in(period)
    return {
        "received": Count("pk", filter=received_in(period)),
        "answered": Count("pk", filter=answered),
        "answered_on_time": Count("pk", filter=answered & Q(is_late=False)),
        "overdue": Count("pk", filter=overdue_in(period)),
    }


def case_counts(period: Period) -> dict[str, QuerySet[Case]]:
    """The rows behind each figure: as many as the figure says, always."""
    answered = Case.objects.filter(answered_in(period)).annotate(is_late=Exists(late_answers()))
    return {
        "received": Case.objects.filter(received_in(period)),
        "answered": answered,
        "on_time": answered.filter(is_late=False),
        "overdue": Case.objects.filter(overdue_in(period)),
    }


@dataclass(frozen=True, slots=True)
class Heat:
    """One subject in a period, against the period of the same length before it."""

    subject: Subject | None  # None: nobody has named one yet
    received: int
    before: int
    overdue: int
    share: int = 0  # of the busiest subject, in whole percent: how long its bar is

    @property
    def change(self) -> int:
        return self.received - self.before

    @property
    def change_percent(self) -> int | None:
        return self.change * 100 // self.before if self.before else None


def period_before(period: Period) -> Period:
    """As many days, right before."""
    length = period.last - period.first
    last = period.first - timedelta(days=1)
    return Period(last - length, last)


def topics_heat(period: Period, *, cases: QuerySet[Case] | None = None) -> list[Heat]:
    """What citizens ask about now and asked about before, the busiest subject first. Three queries."""
    rows = Case.objects.all() if cases is None else cases
    now, earlier = received_in(period), received_in(period_before(period))
    first = period_before(period).moments[0]
    after = period.moments[1]
    counted = rows.filter(received_at__gte=first, received_at__lt=after).order_by().values("subject")
    sums = {row.pop("subject"): row for row in counted.annotate(
        received=Count("pk", filter=now), before=Count("pk", filter=earlier)
    )}  # fmt: skip
    late = dict(
        rows.filter(overdue_on(clock.today())).order_by().values_list("subject").annotate(Count("pk"))
    )
    subjects = Subject.objects.in_bulk([pk for pk in {*sums, *late} if pk])
    most = max((row["received"] for row in sums.values()), default=0)
    found = [
        Heat(
            subjects.get(pk),
            sums.get(pk, {}).get("received", 0),
            sums.get(pk, {}).get("before", 0),
            late.get(pk, 0),
            sums.get(pk, {}).get("received", 0) * 100 // most if most else 0,
        )
        for pk in {*sums, *late}
    ]
    shown = [row for row in found if row.received or row.before or row.overdue]
    return sorted(shown, key=lambda row: (-row.received, -row.before, str(row.subject or "~")))
