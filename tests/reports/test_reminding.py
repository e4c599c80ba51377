"""Bodies that owe a report are reminded: by the ladder, and all at once with one click."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from factories import make_agency, make_user
from loa.channels.models import Notice, Reminder
from loa.core import clock
from loa.core.workflow import FlowError
from loa.directory.models import ReorganisationDecision, Succession
from loa.reports.actions import remind_missing
from loa.reports.clocks import remind
from loa.reports.models import AgencyReport

OPENED, AFTER = date(2019, 10, 1), date(2019, 11, 4)


@pytest.fixture
def opened(scene, today, open_round_of):
    """A round due before 02/11 in which four bodies owe, with people in three of them."""
    today(OPENED)
    scene.person(scene.district, "focal_point")
    made = open_round_of(scene)
    scene.person(scene.office, "focal_point")
    _people = (scene.writer, scene.head, scene.accepter)
    Notice.objects.all().delete()
    today(AFTER)
    return made


@pytest.fixture
def open_round_of():
    from loa.reports.actions import open_round
    from loa.reports.queries.proposing import propose_round

    def make(scene):
        proposal = propose_round(scene.plan, OPENED, "yearly")
        return open_round(
            scene.plan,
            kind="yearly",
            period=proposal.period,
            title=proposal.title,
            data_from=proposal.data_from,
            data_to=proposal.data_to,
            due_on=date(2019, 11, 2),
            is_due_before=True,
            template=proposal.template,
            by=scene.accepter,
        )

    return make


def test_one_click_reminds_every_body_that_has_not_reported(scene, opened):
    nudged = remind_missing(opened, by=scene.accepter)

    assert (nudged.told, nudged.again, nudged.nobody) == (3, 0, 0)
    assert Reminder.objects.filter(agency=scene.coordinator).count() == 0  # the office's to chase


def test_second_click_tells_nobody_twice(scene, opened):
    remind_missing(opened, by=scene.accepter)
    told = Notice.objects.count()

    assert remind_missing(opened, by=scene.accepter).again == 3
    assert Notice.objects.count() == told


def test_who_has_reported_is_left_in_peace(scene, opened):
    AgencyReport.objects.filter(agency=scene.press).update(state="submitted")

    assert remind_missing(opened, by=scene.accepter).told == 2


def test_only_the_coordinator_reminds_and_only_in_an_open_round(scene, opened):
    with pytest.raises(PermissionDenied):
        remind_missing(opened, by=scene.writer)
    type(opened).objects.update(state="closed")
    opened.refresh_from_db()

    with pytest.raises(FlowError):
        remind_missing(opened, by=scene.accepter)


def test_board_says_how_many_were_reminded(scene, opened, as_user):
    client = as_user(scene.accepter)

    response = client.post(f"/bao-cao/ky/{opened.pk}/don-doc/", follow=True)

    assert "Đã đôn đốc 3 cơ quan." in response.content.decode()


def test_ladder_climbs_from_the_day_before_the_printed_one(scene, opened, today):
    steps = []
    for day in range(20, 32):
        today(date(2019, 10, day))
        remind()
    for day in range(1, 15):
        today(date(2019, 11, day))
        remind()
    steps = Reminder.objects.filter(agency=scene.press).order_by("pk").values_list("offset", "on")

    assert list(steps) == [
        (-10, date(2019, 10, 22)),
        (-3, date(2019, 10, 29)),
        (0, date(2019, 11, 1)),
        (1, date(2019, 11, 2)),
        (5, date(2019, 11, 6)),
        (10, date(2019, 11, 11)),
    ]


def test_report_handed_in_waits_for_who_reads_it(scene, opened, today):
    AgencyReport.objects.filter(agency=scene.press).update(state="submitted", submitted_at=clock.now())
    today(date(2019, 11, 11))  # five working days later

    remind()

    assert Reminder.objects.get(kind="report_reading").told == [str(scene.accepter)]


def test_reminders_of_a_report_are_seen_by_its_agency_and_the_coordinator(scene, opened, as_user):
    report = opened.reports.get(agency=scene.press)
    url = f"/thong-bao/don-doc/report/{report.pk}/"
    other = scene.person(scene.district, "focal_point")

    found = [as_user(person).get(url).status_code for person in (scene.writer, scene.accepter, other)]

    assert found == [200, 200, 404]


def test_reminders_of_a_report_are_seen_by_the_successor_who_reads_it(scene, opened, as_user):
    report = opened.reports.get(agency=scene.press)
    decision = ReorganisationDecision.objects.create(
        number="1", subject="Sáp nhập", on=AFTER, created_at=clock.now()
    )
    heir = make_agency("Báo Kế thừa")
    Succession.objects.create(predecessor=scene.press, successor=heir, decision=decision, on=AFTER)
    person = make_user(heir, "focal_point")

    page = as_user(person).get(report.get_absolute_url())
    reminders = as_user(person).get(f"/thong-bao/don-doc/report/{report.pk}/")

    assert (page.status_code, reminders.status_code) == (200, 200)
