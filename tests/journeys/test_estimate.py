"""The money's story: an agency hands in its sheet, Finance cuts a line, the committee approves what is left."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook

from journeys.office import Person, open_city_with_plan, words_of
from loa.budgets.models import Estimate, PlanBudget
from loa.budgets.queries import money_of_plan
from loa.core import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plan():
    clock.set_today(date(2019, 2, 25))
    made = open_city_with_plan()
    clock.set_today(date(2019, 2, 25))
    yield made
    clock.set_today(None)


@pytest.fixture
def person(plan, open_page):
    return lambda login: Person(open_page(), login)


def sheet():
    """As offices keep it: a title above, a heading in Vietnamese, a total below."""
    book, packed = Workbook(), BytesIO()
    for row in (
        ["DỰ TOÁN KINH PHÍ NĂM 2019"],
        ["TT", "Nhiệm vụ số", "Nội dung chi", "ĐVT", "Số lượng", "Số ngày", "Đơn giá", "Thành tiền"],
        [1, "9", "Thuê hội trường lớp tập huấn", "buổi", 2, 2, 4_000_000, 16_000_000],
        [2, "9", "Tài liệu cho học viên", "bộ", 200, 1, "45.000", "9.000.000"],
        ["", "", "Tổng cộng", "", "", "", "", 25_000_000],
    ):
        book.active.append(row)
    book.save(packed)
    return packed.getvalue()


def test_an_estimate_from_the_agency_to_approval_with_a_cut(person, plan):
    coordinator, writer, head = person("dieuphoi"), person("daumoi.tuphap"), person("giamdoc.tuphap")
    coordinator.opens(f"/kinh-phi/mo/{plan.pk}/").presses("Open and ask for estimates")
    budget = PlanBudget.objects.get()

    address = hand_in_the_sheet(writer, head, budget)
    coordinator.opens(address).chooses("Take into the consolidation")
    coordinator.opens(address).chooses("Send to appraisal")
    appraise_with_a_cut(person("daumoi.noivu"), person("thutruong.so-tai-chinh"), address)
    coordinator.opens(address).chooses("Submit to the committee")
    approve(person("lanhdao"), budget)

    money = money_of_plan(plan)
    assert (money.proposed, money.appraised, money.approved) == (25_000_000, 17_000_000, 17_000_000)
    text = words_of(writer.opens(address).downloads(".docx"))
    assert "Hai mươi lăm triệu đồng" in text
    writer.sees("17.000.000 ₫")


def hand_in_the_sheet(writer, head, budget):
    writer.opens(budget.get_absolute_url()).follows("Begin our estimate").presses("Begin")
    estimate = Estimate.objects.get()
    address = estimate.get_absolute_url()
    writer.opens(f"{address}nhap/").attaches("du-toan.xlsx", sheet()).presses("Show what would change")
    writer.sees("25.000.000 ₫").presses("Take the lines in")
    writer.opens(address).chooses("Submit to the head")
    head.opens(address).chooses("Sign and submit")
    estimate.refresh_from_db()
    assert estimate.state == "submitted"
    return address


def appraise_with_a_cut(content, money, address):
    content.opens(f"{address}tham-dinh/").follows("Accept the rest").presses("Accept the rest")
    content.opens(address).chooses("Finish the appraisal of content")
    row = money.opens(f"{address}tham-dinh/").page.locator("tr[data-line]").first
    row.locator("[name$=times]").fill("1")
    row.locator("[name$=reason]").fill("Hội trường của Sở dùng được một ngày")
    row.get_by_role("button", name="Save").click()
    money.page.wait_for_load_state("networkidle")
    money.opens(f"{address}tham-dinh/").follows("Accept the rest").presses("Accept the rest")
    money.opens(address).chooses("Finish the appraisal of money")


def approve(leader, budget):
    leader.opens(f"{budget.get_absolute_url()}phe-duyet/")
    leader.writes(
        number="815/QĐ-UBND", decided_on="2019-02-25", subject="Phê duyệt kinh phí tuyên truyền năm 2019"
    )
    leader.presses("Approve")
