"""The main story: a plan on paper becomes assigned work, evidence, and the official report."""

from datetime import date

import pytest

from journeys.office import Person, open_city, paper, words_of
from loa.core import clock
from loa.demo.sample_plan import SAMPLE_PLAN
from loa.plans.models import Assignment, Plan
from loa.reports.models import AgencyReport, ReportRound

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def city():
    clock.set_today(date(2019, 10, 28))
    open_city()
    yield
    clock.set_today(None)


@pytest.fixture
def person(city, open_page):
    return lambda login: Person(open_page(), login)


def test_from_the_issued_plan_to_the_signed_report(person):
    coordinator = person("dieuphoi")
    import_the_plan(coordinator)
    plan = Plan.objects.get()
    work = Assignment.objects.get(plan=plan, task__no="9")

    focal_point, head = person("daumoi.tuphap"), person("giamdoc.tuphap")
    do_the_work(focal_point, work)
    return_and_resubmit(head, focal_point, work)
    coordinator.opens(work.get_absolute_url()).chooses("Accept the result")
    work.refresh_from_db()
    assert work.state == "done"

    coordinator.opens(f"/bao-cao/mo-ky/{plan.pk}/").presses("Open the round and ask for reports")
    report = AgencyReport.objects.get(agency=work.agency)
    write_the_report(focal_point, head, report)
    coordinator.opens(report.get_absolute_url()).chooses("Accept")
    report.refresh_from_db()
    assert report.state == "accepted"

    content = consolidate(coordinator, person("giamdoc.tttt"), person("vanthu.tttt"))
    text = words_of(content)
    assert "BÁO CÁO" in text
    assert "01/BC-STTTT" in text
    assert "Mở 02 lớp tập huấn cho 164 cán bộ pháp chế." in text


def import_the_plan(coordinator):
    coordinator.opens("/ke-hoach/nhap/moi/")
    coordinator.attaches("ke_hoach_mau.docx", SAMPLE_PLAN.read_bytes()).page.locator(
        "main form button"
    ).first.click()
    coordinator.page.wait_for_url("**/ke-hoach/nhap/*/")
    coordinator.sees("42/KH-UBND")
    coordinator.page.goto(coordinator.page.url + "xac-nhan/")
    coordinator.presses("Confirm and give out the work").page.wait_for_url("**/ke-hoach/*/")
    coordinator.sees("Tuyên truyền cải cách hành chính nhà nước")


def do_the_work(focal_point, work):
    address = work.get_absolute_url()
    focal_point.opens("/viec-cua-toi/").sees("công chức làm công tác pháp chế")
    focal_point.opens(address).chooses("Accept the work")
    focal_point.opens(f"{address}ghi-chep/").writes(done="Mở 02 lớp tập huấn cho 164 cán bộ pháp chế.")
    focal_point.page.locator("main form[method=post] button").first.click()
    focal_point.sees("Mở 02 lớp tập huấn")
    focal_point.opens(f"{address}tep/").writes(title="Danh sách học viên")
    focal_point.attaches("danh-sach.docx", paper("Danh sách học viên"))
    focal_point.page.locator("main form[method=post] button").first.click()
    focal_point.sees("Danh sách học viên")
    focal_point.opens(address).chooses("Submit to the head")


def return_and_resubmit(head, focal_point, work):
    address = work.get_absolute_url()
    head.opens(address).follows("Return to the officer").presses("Return to the officer")
    work.refresh_from_db()
    assert work.state == "with_head"  # without a reason nothing moves
    head.writes(note="Bổ sung kết quả kiểm tra cuối khóa.").presses("Return to the officer")
    focal_point.opens(address).sees("Bổ sung kết quả kiểm tra cuối khóa.")
    focal_point.chooses("Begin")
    focal_point.opens(address).chooses("Submit to the head")
    head.opens(address).chooses("Approve and submit")
    work.refresh_from_db()
    assert work.state == "submitted"


def write_the_report(focal_point, head, report):
    page = focal_point.opens(f"{report.get_absolute_url()}soan/").page
    for box in page.locator("main textarea[name$=result], main textarea[name*=result]").all():
        if not box.input_value():
            box.fill("Đã thực hiện theo kế hoạch.")
    for box in page.locator("main textarea[name^=figure-][name$=reason]").all():
        if not box.input_value():
            box.fill("Trong kỳ không phát sinh.")
    for select in page.locator("main select[name*=completion]").all():
        if not select.input_value():
            select.select_option("full")
    page.locator("main button", has_text="Save").first.click()
    page.wait_for_load_state()
    focal_point.opens(report.get_absolute_url()).chooses("Submit to the head")
    head.opens(report.get_absolute_url()).chooses("Sign and submit")
    report.refresh_from_db()
    assert report.state == "submitted"


def consolidate(coordinator, head, clerk):
    report_round = ReportRound.objects.get()
    address = f"{report_round.get_absolute_url()}tong-hop/"
    coordinator.opens(report_round.get_absolute_url()).presses("Draft the consolidated report")
    coordinator.opens(address).chooses("Submit to the head")
    head.opens(address).chooses("Approve")
    clerk.opens(address).chooses("Number and issue")
    return clerk.opens(address).downloads(".docx")
