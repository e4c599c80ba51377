"""Press agreements, feeds and radio scripts pass to the body that follows; what is over stays under the old name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from loa.campaigns.models import Candidate, Feed, PressAgreement, PressBody, Script, Station
from loa.campaigns.queries.scripts import station_of
from loa.campaigns.states import UNFINISHED_SCRIPT_STATES
from loa.core import history
from loa.core.handover import Moved
from loa.directory.models import Agency, User

AGREEMENT_KIND, FEED_KIND, SCRIPT_KIND = _("Press agreement"), _("Feed of the press"), _("Radio script")
STATION_KIND, BODY_KIND = _("Radio station"), _("Entry of a press body")
KNOWN_AGREEMENT = _("The successor has an agreement of this number with the same press body.")
KNOWN_SCRIPT = _("The successor has an unfinished script made from the same text.")
KNOWN_FEED = _("The successor has this feed already: what was found in it goes there.")


@transaction.atomic
def hand_over_press(
    predecessor: Agency, successor: Agency, *, on: date, decision: str, by: User | None
) -> list[Moved]:
    """Agreements that run on the day or later, feeds with what was found, the station, unfinished scripts, and the
    press bodies that the body keeps in the register. Clippings stay in the log in which they were kept.
    """
    said = {
        "by": by,
        "actor": "" if by else "clock",
        "note": f"{predecessor.name} → {successor.name}. {decision}",
        "data": {"from_agency": predecessor.code, "to_agency": successor.code, "on": on.isoformat()},
    }
    return [
        *_agreements(predecessor, successor, on, said),
        *_feeds(predecessor, successor, said),
        *_station(predecessor, successor, said),
        *_scripts(predecessor, successor, said),
        *_press_bodies(predecessor, successor, said),
    ]


def _agreements(predecessor: Agency, successor: Agency, on: date, said: dict[str, Any]) -> Iterator[Moved]:
    known = {
        (body, number.lower())
        for body, number in PressAgreement.objects.filter(agency=successor).values_list(
            "press_body", "number"
        )
        if number
    }
    for row in PressAgreement.objects.filter(agency=predecessor, state="running", ends_on__gte=on):
        if (row.press_body_id, row.number.lower()) in known:
            yield Moved(AGREEMENT_KIND, str(row), row.get_absolute_url(), why_not=KNOWN_AGREEMENT)
            continue
        PressAgreement.objects.filter(pk=row.pk).update(agency=successor)
        history.record(row, "press_agreement.hand_over", **said)
        yield Moved(AGREEMENT_KIND, str(row), row.get_absolute_url())


def _feeds(predecessor: Agency, successor: Agency, said: dict[str, Any]) -> Iterator[Moved]:
    """Of two feeds of one address the successor's goes on; what it knows already is not proposed twice."""
    known = {row.address: row for row in Feed.objects.filter(agency=successor)}
    for row in Feed.objects.filter(agency=predecessor).select_related("press_body"):
        same = known.get(row.address)
        fresh = Candidate.objects.filter(feed=row).exclude(
            key__in=Candidate.objects.filter(agency=successor).values("key")
        )
        fresh.update(agency=successor, feed=same or row)
        changes: dict[str, Any] = {"is_active": False} if same else {"agency": successor}
        Feed.objects.filter(pk=row.pk).update(**changes)
        history.record(row, "feed.hand_over", **said)
        url = (same or row).get_absolute_url()
        yield Moved(
            FEED_KIND, str(row), url, how="merged" if same else "moved", note=KNOWN_FEED if same else ""
        )


def _station(predecessor: Agency, successor: Agency, said: dict[str, Any]) -> Iterator[Moved]:
    """How a station reads goes along where the successor has none of its own."""
    row = Station.objects.filter(agency=predecessor).first()
    if row and not Station.objects.filter(agency=successor).exists():
        Station.objects.filter(pk=row.pk).update(agency=successor)
        history.record(row, "station.hand_over", **said)
        yield Moved(STATION_KIND, str(row))


def _scripts(predecessor: Agency, successor: Agency, said: dict[str, Any]) -> Iterator[Moved]:
    """A draft is read at the successor's station from now on; what was checked or approved stays as it was read."""
    unfinished = Script.objects.filter(state__in=UNFINISHED_SCRIPT_STATES)
    known = set(unfinished.filter(agency=successor).values_list("source", flat=True))
    station = station_of(successor)
    for row in unfinished.filter(agency=predecessor).order_by("pk"):
        if row.source in known:
            yield Moved(SCRIPT_KIND, str(row), row.get_absolute_url(), why_not=KNOWN_SCRIPT)
            continue
        changes: dict[str, Any] = {"agency": successor}
        if row.state == "draft" and station is not None:
            changes["station"] = station
        Script.objects.filter(pk=row.pk).update(**changes)
        history.record(row, "script.hand_over", **said)
        yield Moved(SCRIPT_KIND, str(row), row.get_absolute_url())


def _press_bodies(predecessor: Agency, successor: Agency, said: dict[str, Any]) -> Iterator[Moved]:
    for row in PressBody.objects.filter(agency_of_entry=predecessor):
        PressBody.objects.filter(pk=row.pk).update(agency_of_entry=successor)
        history.record(row, "press_body.hand_over", **said)
        yield Moved(BODY_KIND, str(row), row.get_absolute_url())
