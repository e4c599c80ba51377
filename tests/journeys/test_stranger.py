"""A stranger from an agency that the plan does not name meets "not found" everywhere."""

import re
from datetime import date

import pytest

from journeys.office import Person, open_city_with_plan
from loa.core import clock
from loa.reports.models import ReportRound, ReportTemplate

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plan():
    made = open_city_with_plan()
    clock.set_today(date(2019, 6, 3))
    yield made
    clock.set_today(None)


def addresses_of(plan):
    assignment = plan.assignments.first()
    report_round = ReportRound.objects.create(
        plan=plan,
        template=ReportTemplate.objects.first(),
        kind="yearly",
        period="2019",
        title="Báo cáo năm",
        data_from=date(2019, 1, 1),
        data_to=date(2019, 10, 31),
        due_on=date(2019, 11, 2),
        opened_at=clock.now(),
    )
    report = report_round.reports.create(agency=assignment.agency)
    return [
        plan.get_absolute_url(),
        *(
            f"{plan.get_absolute_url()}{view}/"
            for view in ("nhiem-vu", "bang", "tien-trinh", "lich", "do-phu")
        ),
        assignment.task.get_absolute_url(),
        assignment.get_absolute_url(),
        plan.document.get_absolute_url(),
        f"{plan.document.get_absolute_url()}tep/",
        plan.document.reading.get_absolute_url(),
        report_round.get_absolute_url(),
        f"{report_round.get_absolute_url()}tong-hop/",
        report.get_absolute_url(),
    ]


def test_stranger_meets_not_found_everywhere(plan, open_page):
    stranger = Person(open_page(), "nguoingoai")

    answers = {address: stranger.page.goto(address).status for address in addresses_of(plan)}

    assert set(answers.values()) == {404}, answers
    for place in (
        "/viec-cua-toi/",
        "/ke-hoach/",
        "/bao-cao/",
        "/van-ban/",
        "/viec-cua-toi/tim-kiem/?q=doi+thoai",
    ):
        stranger.page.goto(place)
        assert re.search(r"42/KH-UBND|đối thoại trực tuyến", stranger.page.inner_text("main")) is None
