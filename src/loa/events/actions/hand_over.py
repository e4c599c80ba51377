"""What a body that ends still has to hold, or is invited to, passes to its successor."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.core import history
from loa.core.handover import WHOLE, Moved, Share
from loa.directory.models import Agency, User
from loa.events.models import Event, EventPanel, EventSeries, Invitation

OPEN_STATES = ("draft", "returned", "with_head", "approved", "announced", "postponed", "running", "ended")
EVENT_KIND = pgettext_lazy("gathering", "event")
INVITATION_KIND, PANEL_KIND, SERIES_KIND = _("invitation"), _("place in a dialogue"), _("series of events")


def hand_over_events(
    predecessor: Agency,
    successor: Agency,
    *,
    on: date,
    decision: str,
    by: User | None,
    share: Share = WHOLE,
) -> list[Moved]:
    """Gatherings that are not concluded, series, invitations and seats that are open. What was held stays as it was.

    Only who takes the rest takes them: a gathering is no task that a decision divides.
    """
    if not share.takes_rest:
        return []
    note = f"{predecessor.name} → {successor.name}. {decision}"
    data = {"from_agency": predecessor.code, "to_agency": successor.code, "on": on.isoformat()}
    told: dict[str, Any] = {"by": by, "actor": "" if by else "clock", "note": note, "data": data}
    found = _hand_over_own(predecessor, successor, told)
    found += _hand_over_seats(predecessor, successor, told)
    chaired = Event.objects.filter(chair=predecessor, state__in=OPEN_STATES)
    chaired.update(chair=successor)
    return found


def _hand_over_own(predecessor: Agency, successor: Agency, told: dict[str, Any]) -> list[Moved]:
    found = []
    for event in Event.objects.filter(agency=predecessor, state__in=OPEN_STATES):
        Event.objects.filter(pk=event.pk).update(agency=successor)
        history.record(event, "event.hand_over", **told)
        found.append(Moved(EVENT_KIND, event.title, event.get_absolute_url()))
    taken = set(EventSeries.objects.filter(agency=successor).values_list("name", flat=True))
    for series in EventSeries.objects.filter(agency=predecessor, is_running=True):
        if series.name in taken:
            why = _("The successor has a series of this name.")
            found.append(Moved(SERIES_KIND, series.name, series.get_absolute_url(), why_not=why, how="kept"))
            continue
        EventSeries.objects.filter(pk=series.pk).update(agency=successor)
        history.record(series, "event_series.hand_over", **told)
        found.append(Moved(SERIES_KIND, series.name, series.get_absolute_url()))
    return found


def _hand_over_seats(predecessor: Agency, successor: Agency, told: dict[str, Any]) -> list[Moved]:
    found = []
    invitations = Invitation.objects.filter(
        agency=predecessor, state__in=("draft", "sent"), event__state__in=OPEN_STATES
    ).select_related("event", "agency", "network")
    for invitation in invitations:
        if (
            invitation.network_id is None
            and invitation.event.invitations.filter(agency=successor, network__isnull=True).exists()
        ):
            why = _("The successor is invited itself.")
            found.append(
                Moved(
                    INVITATION_KIND,
                    invitation.event.title,
                    invitation.get_absolute_url(),
                    why_not=why,
                    how="kept",
                )
            )
            continue
        Invitation.objects.filter(pk=invitation.pk).update(agency=successor)
        history.record(invitation, "invitation.hand_over", **told)
        found.append(Moved(INVITATION_KIND, invitation.event.title, invitation.get_absolute_url()))
    seats = EventPanel.objects.filter(agency=predecessor, event__state__in=OPEN_STATES).select_related(
        "event"
    )
    for seat in seats:
        if seat.event.panel.filter(agency=successor).exists():
            seat.delete()
        else:
            EventPanel.objects.filter(pk=seat.pk).update(agency=successor)
        history.record(seat.event, "event.hand_over_seat", **told)
        found.append(Moved(PANEL_KIND, seat.event.title, seat.event.get_absolute_url()))
    return found
