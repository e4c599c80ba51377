"""What a body that ends still has to hold passes to its successor; what was held stays."""

from datetime import date

from loa.events import actions
from loa.events.models import EventPanel, EventSeries


def test_open_gatherings_invitations_and_seats_pass_on(scene):
    coming, held = scene.event(), scene.event(state="concluded")
    other = scene.event(title="Của cơ quan khác")
    type(other).objects.filter(pk=other.pk).update(agency=scene.other)
    invitation = scene.invitation(other)
    type(invitation).objects.filter(pk=invitation.pk).update(agency=scene.agency)
    seat = EventPanel.objects.create(event=other, agency=scene.agency, position=1)
    series = EventSeries.objects.create(agency=scene.agency, name="Dân hỏi")
    said = {"on": date(2019, 7, 1), "decision": "QĐ 1", "by": None}

    moved = actions.hand_over_events(scene.agency, scene.district, **said)
    again = actions.hand_over_events(scene.agency, scene.district, **said)

    rows = [type(row).objects.get(pk=row.pk) for row in (coming, held, invitation, seat, series)]
    assert [row.agency for row in rows] == [
        scene.district,
        scene.agency,
        scene.district,
        scene.district,
        scene.district,
    ]
    assert (len(moved), again) == (4, [])
