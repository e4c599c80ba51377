"""How many places, names and people: counted, never kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from loa.core import clock, legal
from loa.directory.models import NetworkMember, User, in_force
from loa.events import tickets
from loa.events.models import Attendance, Event, Invitation, Registration, SessionAttendance

COMING = ("going",)


@dataclass(frozen=True, slots=True)
class GuestCounts:
    invited: int  # bodies
    answered: int
    declined: int
    places: int  # of the invitations
    going: int
    waiting: int
    present: int
    absent: int
    excused: int

    @property
    def unknown(self) -> int:
        """Of those who were to come, how many nobody has said anything of."""
        return max(self.going - self.present - self.absent - self.excused, 0)


def guest_counts(event: Event) -> GuestCounts:
    """Two queries."""
    invitations = list(event.invitations.exclude(state="withdrawn").values_list("state", "quota"))
    rows = event.registrations.aggregate(
        going=Count("pk", filter=Q(state="going")),
        waiting=Count("pk", filter=Q(state="waiting")),
        **{
            name: Count("pk", filter=Q(state="going", attendance__presence=name))
            for name in Attendance.Presence.values
        },
    )
    states = [state for state, _quota in invitations]
    return GuestCounts(
        invited=len(states),
        answered=states.count("answered"),
        declined=states.count("declined"),
        places=sum(quota for state, quota in invitations if state != "declined"),
        **rows,
    )


def with_guest_counts(events: QuerySet[Event]) -> QuerySet[Event]:
    """Each with `going_count` and `present_count`."""
    going = Q(registrations__state="going")
    return events.annotate(
        going_count=Count("registrations", filter=going),
        present_count=Count("registrations", filter=going & Q(registrations__attendance__presence="present")),
    )


def with_name_counts(invitations: QuerySet[Invitation]) -> QuerySet[Invitation]:
    """Each with `name_count` and `present_count`."""
    going = Q(registrations__state="going")
    return invitations.annotate(
        name_count=Count("registrations", filter=going),
        present_count=Count("registrations", filter=going & Q(registrations__attendance__presence="present")),
    )


def places_left(event: Event) -> int | None:
    """For people who register themselves: names of invited bodies take their places too. None: no limit."""
    if event.capacity is None:
        return None
    return max(event.capacity - event.registrations.filter(state="going").count(), 0)


def next_waiting(event: Event) -> Registration | None:
    """Who has waited longest."""
    return event.registrations.filter(state="waiting").order_by("created_at", "pk").first()


def people_of(event: Event) -> QuerySet[Registration]:
    """Everybody of a gathering with what is known of them; by name."""
    rows = event.registrations.select_related("attendance", "invitation__agency", "certificate", "stands_for")
    return rows.exclude(state__in=("replaced", "cancelled"))


def coming(event: Event) -> QuerySet[Registration]:
    return people_of(event).filter(state="going")


def present_people(event: Event) -> QuerySet[Registration]:
    return coming(event).filter(attendance__presence=Attendance.Presence.PRESENT)


def members_to_name(invitation: Invitation) -> QuerySet[NetworkMember]:
    """People of the invited network on the day of the gathering."""
    if invitation.network_id is None:
        return NetworkMember.objects.none()
    day = clock.day_of(invitation.event.starts_at)
    rows = NetworkMember.objects.filter(in_force(day), network=invitation.network_id)
    return rows.select_related("agency")


def registration_called(event: Event, told: str) -> Registration | None:
    """Whose ticket or code it is; None where it is nobody's of this gathering."""
    code = tickets.code_of(told)
    if not code:
        return None
    return event.registrations.select_related("attendance", "invitation__agency").filter(code=code).first()


def door_list(event: Event) -> list[dict[str, Any]]:
    """What a phone at the door holds to work without the network: digests, names, who is there already, and in which
    sessions. Two queries.
    """
    sessions: dict[int, list[int]] = {}
    seen = SessionAttendance.objects.filter(registration__event=event, presence="present")
    for registration, session in seen.values_list("registration", "session"):
        sessions.setdefault(registration, []).append(session)
    return [
        {
            "ticket": tickets.digest_of(tickets.ticket_of(row.code)),
            "code": tickets.digest_of(row.code),
            "name": row.name,
            "from": row.organisation or (str(row.invitation.agency) if row.invitation else ""),
            "present": row.presence == Attendance.Presence.PRESENT,
            "sessions": sessions.get(row.pk, []),
        }
        for row in coming(event)
    ]


def purgeable(now: datetime) -> QuerySet[Registration]:
    """People whose contacts have been kept as long as the dated rule of the day says. One query and the rule's."""
    kept = legal.rule_on("event.retention", clock.day_of(now))["days"]
    over = Q(event__ended_at__lt=now - timedelta(days=kept))
    over |= Q(event__state="cancelled", event__ends_at__lt=now - timedelta(days=kept))
    return Registration.objects.filter(over, purged_at__isnull=True)


def accounts_of(rows: Iterable[Registration]) -> list[User]:
    """Those among them who have an account here."""
    return list(
        User.objects.filter(event_registrations__in=[row.pk for row in rows], is_active=True).distinct()
    )
