"""What happens because time passed: before, at, after, twice."""

from datetime import date, timedelta

import pytest

from factories import make_registration
from loa.channels.actions import load_reminder_rules
from loa.channels.models import Notice
from loa.core import clock
from loa.events import actions, clocks
from loa.events.models import Event, Registration
from loa.events.shapes import Name


def test_the_day_before_people_with_an_account_are_told_once(scene, today):
    event = scene.event(starts_at=clock.now() + timedelta(days=2))
    invitation = scene.invitation(event)
    actions.name_people(invitation, [Name("Khách", account=scene.guest)], by=scene.local)

    told = [clocks.tell_soon()]
    today(date(2019, 6, 11))
    told += [clocks.tell_soon(), clocks.tell_soon()]
    today(date(2019, 6, 12))
    told.append(clocks.tell_soon())

    assert told == [0, 3, 0, 0]  # the nominee, who drafted it, the organiser's focal point
    assert Notice.objects.filter(receiver=scene.guest, key__startswith="event.soon").count() == 1


def test_contacts_go_when_their_time_is_over_and_the_count_stays(scene, today):
    event = scene.held(people=0)
    citizen = make_registration(event, name="An", phone="0912345678", email="an@example.test")
    nominee = make_registration(event, name="Bình", origin="invited", phone="0987654321")
    actions.mark_presence(event, {citizen.pk: "present", nominee.pk: "present"}, by=scene.officer)

    today(date(2019, 12, 6))  # 179 days after
    before = clocks.purge()
    today(date(2019, 12, 8))
    after, twice = clocks.purge(), clocks.purge()

    rows = {row.pk: row for row in Registration.objects.all()}
    assert (before, after, twice) == (0, 2, 0)
    assert (rows[citizen.pk].name != "An", rows[citizen.pk].phone, rows[citizen.pk].email) == (True, "", "")
    assert (rows[nominee.pk].name, rows[nominee.pk].phone) == ("Bình", "")
    assert Event.objects.get().registrations.filter(attendance__presence="present").count() == 2


@pytest.mark.usefixtures("in_english")
def test_a_body_that_gave_no_names_is_reminded_on_the_steps_of_the_ladder(scene, today):
    load_reminder_rules()
    today(date(2019, 6, 1))
    event = scene.event(starts_at=clock.now() + timedelta(days=20), nominations_due_on=date(2019, 6, 10))
    scene.invitation(event)

    sent = []
    for day in (7, 8, 8, 10, 11):
        today(date(2019, 6, day))
        sent.append(clocks.remind())
    actions.name_people(event.invitations.get(), [Name("An")], by=scene.local)
    today(date(2019, 6, 12))
    sent.append(clocks.remind())

    assert sent == [0, 1, 0, 1, 1, 0]


def test_a_conclusion_that_is_late_is_reminded_of(scene, today):
    load_reminder_rules()
    scene.held(conclusion_due_on=date(2019, 6, 17))

    sent = []
    for day in (13, 14, 17, 18):
        today(date(2019, 6, day))
        sent.append(clocks.remind())

    assert sent == [0, 1, 0, 1]
