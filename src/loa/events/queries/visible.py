"""Who sees which gathering, invitation, person and paper."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from loa.core import clock
from loa.directory.models import Agency
from loa.directory.queries import itself_and_predecessors
from loa.events.models import (
    Certificate,
    Event,
    EventMaterial,
    EventPanel,
    EventPaper,
    EventSeries,
    Invitation,
    Registration,
)
from loa.events.states import TOLD
from loa.plans.queries.plan import overseen_by

READERS = ("officer", "focal_point", "head", "clerk", "leader", "editor", "approver", "contributor")


def event_agency(user: Any) -> Agency | None:
    """The agency whose gatherings this person reads under the hat that is worn."""
    hat = getattr(user, "hat", None)
    return hat.agency if hat and hat.holds(*READERS) else None


def events_visible_to(user: Any) -> QuerySet[Event]:
    """Those of one's own agency; what was announced also for who is invited, answers or oversees the plan.

    A public one, once it is announced, anybody who works for an agency.
    """
    agency = event_agency(user)
    if agency is None:
        return Event.objects.none()
    own = itself_and_predecessors(agency)
    told = Q(announced_at__isnull=False, state__in=TOLD)
    invited = Invitation.objects.filter(agency__in=own).exclude(state__in=("draft", "withdrawn"))
    part = Q(pk__in=invited.values("event")) | Q(
        pk__in=EventPanel.objects.filter(agency__in=own).values("event")
    )
    overseen = overseen_by(agency, "assignment__plan__") | overseen_by(agency, "duty_assignment__plan__")
    return Event.objects.filter(Q(agency__in=own) | told & (Q(is_public=True) | part | overseen))


def public_events() -> QuerySet[Event]:
    """What anybody may read: announced, even where it was put off or called off since."""
    return Event.objects.filter(is_public=True, announced_at__isnull=False, state__in=TOLD)


def next_public_events(agency: Agency | None, *, count: int = 3) -> dict[str, Any] | None:
    """For the first page of a site: what is held next, the city's or one agency's. One query."""
    rows = public_events().filter(state__in=("announced", "running"), ends_at__gte=clock.now())
    if agency is not None:
        rows = rows.filter(agency=agency)
    found = list(rows.order_by("starts_at", "pk")[:count])
    return {"events": found} if found else None


def series_visible_to(user: Any) -> QuerySet[EventSeries]:
    """Standing columns are no secret of an agency."""
    return EventSeries.objects.select_related("agency") if event_agency(user) else EventSeries.objects.none()


def public_series() -> QuerySet[EventSeries]:
    return EventSeries.objects.filter(is_public=True)


def invitations_visible_to(user: Any) -> QuerySet[Invitation]:
    """The organiser's own, and what one's own agency is invited to once it was sent."""
    agency = event_agency(user)
    if agency is None:
        return Invitation.objects.none()
    own = itself_and_predecessors(agency)
    received = Q(agency__in=own) & ~Q(state__in=("draft", "withdrawn"))
    return Invitation.objects.filter(Q(event__agency__in=own) | received)


def registrations_visible_to(user: Any) -> QuerySet[Registration]:
    """All of the organiser's, the names that one's own agency gave, and one's own."""
    agency = event_agency(user)
    if agency is None:
        return Registration.objects.none()
    own = itself_and_predecessors(agency)
    return Registration.objects.filter(
        Q(event__agency__in=own) | Q(invitation__agency__in=own) | Q(account=user)
    )


def materials_visible_to(user: Any) -> QuerySet[EventMaterial]:
    return EventMaterial.objects.filter(event__in=events_visible_to(user).order_by().values("pk"))


def public_materials() -> QuerySet[EventMaterial]:
    return EventMaterial.objects.filter(is_public=True, event__in=public_events().order_by().values("pk"))


def papers_visible_to(user: Any) -> QuerySet[EventPaper]:
    """Drafts are the organiser's; what was issued reads who has a part in the gathering."""
    agency = event_agency(user)
    if agency is None:
        return EventPaper.objects.none()
    seen = events_visible_to(user).order_by().values("pk")
    return EventPaper.objects.filter(
        Q(event__agency__in=itself_and_predecessors(agency)) | Q(state="issued", event__in=seen)
    )


def certificates_visible_to(user: Any) -> QuerySet[Certificate]:
    return Certificate.objects.filter(registration__in=registrations_visible_to(user).order_by().values("pk"))


def takes_registrations(event: Event, now: datetime) -> bool:
    """People may register themselves on the portal."""
    opens, closes = event.registration_opens_at, event.registration_closes_at
    return bool(
        event.is_public
        and event.state in ("announced", "running")
        and opens is not None
        and opens <= now < (closes or event.ends_at)
    )


def takes_questions(event: Event, now: datetime) -> bool:
    """From the day that was announced until the session ends, not before (QĐ 1374/2016/QĐ-UBND)."""
    if not event.is_dialogue or event.questions_open_at is None or event.ended_at is not None:
        return False
    return event.state in ("announced", "running") and event.questions_open_at <= now
