"""Figures that were counted beforehand, for plans too large to count while somebody waits."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Count, QuerySet

from loa.core.models import Entry
from loa.core.then import end_of, last_day_before
from loa.desk.models import KeptFigures
from loa.desk.queries.leadership.figures import Figures
from loa.desk.queries.leadership.scope import WEEK, Scope
from loa.plans.models import Plan

LIVE_UP_TO = 5_000  # assignments: up to here the figures are counted while the page opens
AGAIN_AFTER = timedelta(minutes=10)
SETTLED = timedelta(minutes=1)  # an act younger than this may still be on its way into the database


def large_plans() -> QuerySet[Plan]:
    """Issued plans with more assignments than are counted while somebody waits."""
    return (
        Plan.objects.filter(state="issued")
        .annotate(assignment_count=Count("assignments"))
        .filter(assignment_count__gt=LIVE_UP_TO)
        .order_by("pk")
    )


def moment_to_keep(plan: Plan, now: datetime) -> datetime | None:
    """As of which whole minute the figures should be counted again; None where what is kept will do."""
    moment = (now - SETTLED).replace(second=0, microsecond=0)
    last = KeptFigures.objects.filter(plan=plan).first()
    if last is None or last.day < last_day_before(moment):
        return moment
    newest = Entry.objects.order_by("-pk").values_list("at", flat=True).first()
    if moment - last.at < AGAIN_AFTER or newest is None or newest < last.at:
        return None
    return moment


def days_to_close(plan: Plan, now: datetime) -> list[datetime]:
    """Ends of past days that are kept as of an earlier moment of the day."""
    today = last_day_before(now)
    rows = KeptFigures.objects.filter(plan=plan, day__lt=today, day__gte=today - WEEK)
    ends = [(row.at, end_of(row.day)) for row in rows]
    return [end for at, end in ends if at < end <= now - SETTLED]


def kept_for(plan: Plan, day: date | None) -> KeptFigures | None:
    """The newest, or those of the end of a past day; None where they have to be counted."""
    rows = KeptFigures.objects.filter(plan=plan)
    if day is None:
        return rows.first()
    return rows.filter(day=day, at=end_of(day)).first()


def kept_at(plan: Plan, moment: datetime) -> Figures | None:
    """Those of exactly a moment."""
    row = KeptFigures.objects.filter(plan=plan, at=moment).first()
    return figures_kept(row) if row else None


def scope_to_keep(plan: Plan, moment: datetime) -> Scope:
    day = last_day_before(moment)
    return Scope(plan=plan, agency=None, day=day, since=day - WEEK, moment=moment)


def figures_kept(row: KeptFigures) -> Figures:
    return Figures.from_json(row.figures)
