"""What can be owed about a gathering: names of those who come, and its conclusion."""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, F, Q, QuerySet, TextField, Value
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from loa.channels.queries import Matter, MatterSource
from loa.directory.queries import itself_and_predecessors
from loa.events.models import Event, EventPaper, Invitation
from loa.events.queries.visible import event_agency

NEVER_BEFORE = Value(value=False, output_field=BooleanField())
NOTHING = Value("", output_field=TextField())


def _invitations() -> QuerySet[Invitation]:
    rows = Invitation.objects.filter(sent_at__isnull=False, event__nominations_due_on__isnull=False)
    return rows.select_related("event__agency", "agency").annotate(
        due=F("event__nominations_due_on"),
        is_before=NEVER_BEFORE,
        since=TruncDate("sent_at"),
        answered=F("reason"),
    )


def unanswered_invitations() -> QuerySet[Invitation]:
    return _invitations().filter(state="sent", event__state="announced")


def _nomination(row: Any) -> Matter:
    return Matter(
        obj=row,
        kind="event_nomination",
        title=row.event.title,
        url=row.get_absolute_url(),
        agency=row.agency,
        asker_id=row.event.agency_id,
        due_on=row.due,
    )


def _nominations_visible(user: Any, rows: QuerySet) -> QuerySet:
    agency = event_agency(user)
    if agency is None:
        return rows.none()
    own = itself_and_predecessors(agency)
    return rows.filter(Q(agency__in=own) | Q(event__agency__in=own))


def _events() -> QuerySet[Event]:
    rows = Event.objects.filter(conclusion_due_on__isnull=False, needs_conclusion=True)
    return rows.select_related("agency").annotate(
        due=F("conclusion_due_on"), is_before=NEVER_BEFORE, since=TruncDate("ended_at"), answered=NOTHING
    )


def unconcluded_events() -> QuerySet[Event]:
    """Ended, and nobody has signed their conclusion yet."""
    issued = EventPaper.objects.filter(kind=EventPaper.Kind.CONCLUSION, state="issued")
    return _events().filter(state="ended").exclude(pk__in=issued.values("event"))


def _conclusion(row: Any) -> Matter:
    return Matter(
        obj=row,
        kind="event_conclusion",
        title=row.title,
        url=row.get_absolute_url(),
        agency=row.agency,
        asker_id=None,
        due_on=row.due,
        officer_id=row.created_by_id,
        leader_id=row.agency.parent_id,
    )


def _conclusions_visible(user: Any, rows: QuerySet) -> QuerySet:
    agency = event_agency(user)
    return rows.filter(agency__in=itself_and_predecessors(agency)) if agency else rows.none()


MATTERS = (
    MatterSource(
        kind="event_nomination",
        label=_("Names to give for an event"),
        rows=_invitations,
        open_rows=unanswered_invitations,
        matter=_nomination,
        visible_to=_nominations_visible,
        overseen_by=_nominations_visible,
        list_url=lambda: reverse("events:invitation_list"),
    ),
    MatterSource(
        kind="event_conclusion",
        label=_("Conclusion of an event"),
        rows=_events,
        open_rows=unconcluded_events,
        matter=_conclusion,
        visible_to=_conclusions_visible,
        overseen_by=_conclusions_visible,
        list_url=lambda: reverse("events:event_list"),
    ),
)
