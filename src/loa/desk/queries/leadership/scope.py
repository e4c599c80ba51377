"""Whose figures, of which plan, as of when: what every figure and every list behind it is read with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from loa.core.access import permits
from loa.core.then import end_of
from loa.directory.models import Agency, User
from loa.plans.models import Plan
from loa.plans.queries import plans_visible_to
from loa.plans.queries.plan import SHOWN_STATES, overseen_by, reading_agency

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Scope:
    """`agency` narrows the figures to one lead agency. `moment`: only acts before it count; None: as things stand.

    `day` is the day on which lateness is judged; `since` the day with whose end things are compared.
    """

    plan: Plan
    agency: Agency | None
    day: date
    since: date
    moment: datetime | None = None

    @property
    def since_moment(self) -> datetime:
        return end_of(self.since)

    @property
    def earlier(self) -> Scope:
        """The same figures at the end of the day compared with."""
        return replace(self, day=self.since, moment=self.since_moment)


def plans_led_by(user: User) -> QuerySet[Plan]:
    """Plans whose figures this person may see: issued or closed, the newest first."""
    if not permits(user, "desk.see_leadership"):
        return Plan.objects.none()
    return plans_visible_to(user).filter(state__in=SHOWN_STATES)


def agency_of_figures(user: User, plan: Plan) -> Agency | None:
    """None where this person sees the whole plan: issuer, coordinator, accepting office; else the own agency."""
    agency = reading_agency(user)
    if agency is None:
        raise ValueError("Only who acts for an agency sees figures")  # plans_led_by gives others nothing
    return None if Plan.objects.filter(overseen_by(agency), pk=plan.pk).exists() else agency
