"""A quarter's round, in Vietnamese: the rule of the plan, the calendar, an agency, the coordinator, the issued report."""

from datetime import date

import pytest

from journeys.office import Person, open_city_with_plan, words_of
from loa.core.clocks import run_clocks
from loa.reports.models import AgencyReport, ReportRound

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plan(today):
    made = open_city_with_plan()
    today(date(2019, 2, 12))
    run_clocks()
    return made


@pytest.fixture
def person(plan, open_page):
    return lambda login: Person(open_page(language="vi", locale="vi-VN"), login)


def test_a_quarter_from_the_rule_to_the_issued_report(plan, person, today):
    coordinator = person("dieuphoi")
    confirm_the_rules(coordinator, plan)

    today(date(2019, 3, 14))
    run_clocks()
    assert not ReportRound.objects.exists()
    today(date(2019, 3, 15))
    run_clocks()
    run_clocks()
    quarter = ReportRound.objects.get()
    coordinator.opens("/bao-cao/").sees("2019-Q1")

    report = AgencyReport.objects.get(round=quarter, agency__code="so-tu-phap")
    write_and_sign(person("daumoi.tuphap"), person("giamdoc.tuphap"), quarter, report)
    coordinator.opens(f"{quarter.get_absolute_url()}bang/?status=submitted").follows("Sở Tư pháp")
    coordinator.chooses("Chấp nhận")
    report.refresh_from_db()
    assert (report.state, report.is_late) == ("accepted", False)

    content = consolidate(coordinator, person("giamdoc.tttt"), person("vanthu.tttt"), quarter)
    text = words_of(content)
    assert "01/BC-STTTT" in text
    assert "trong quý I năm 2019".upper() in text.upper()
    assert "Đã soạn tài liệu tập huấn pháp chế." in text

    run_clocks()
    quarter.refresh_from_db()
    assert quarter.state == "closed"
    coordinator.opens(quarter.get_absolute_url()).sees("Lịch tự động")


def confirm_the_rules(coordinator, plan):
    address = f"/bao-cao/ke-hoach/{plan.pk}/che-do/"
    coordinator.opens(address).sees("Đọc từ kế hoạch, chờ xác nhận")
    coordinator.presses("Xác nhận").presses("Xác nhận")
    coordinator.opens(address).sees("2019-CCHC")
    assert [rule.state for rule in plan.standing_rules.all()] == ["active", "active"]


def write_and_sign(focal_point, head, quarter, report):
    page = focal_point.opens(f"{quarter.get_absolute_url()}cua-toi/").page
    assert page.url.endswith(report.get_absolute_url())
    page = focal_point.opens(f"{report.get_absolute_url()}soan/").page
    for box in page.locator("main textarea[name*=result]").all():
        box.fill("Đã soạn tài liệu tập huấn pháp chế.")
    for select in page.locator("main select[name*=completion]").all():
        select.select_option("full")
    focal_point.presses("Lưu và trình thủ trưởng")
    focal_point.page.wait_for_url("**/buoc/hand_to_head/")
    focal_point.presses("Trình thủ trưởng")
    head.opens(report.get_absolute_url()).chooses("Ký và gửi")
    report.refresh_from_db()
    assert report.state == "submitted"


def consolidate(coordinator, head, clerk, quarter):
    address = f"{quarter.get_absolute_url()}tong-hop/"
    coordinator.opens(quarter.get_absolute_url()).presses("Lập dự thảo báo cáo tổng hợp")
    coordinator.opens(address).chooses("Trình thủ trưởng")
    head.opens(address).chooses("Duyệt")
    clerk.opens(address).chooses("Cấp số và ban hành")
    return clerk.opens(address).downloads(".docx")
