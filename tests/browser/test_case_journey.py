"""A case as everybody lives it: written on a phone, sent on, answered, approved, published without a name, rated, counted."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from factories import make_agency, make_user
from factories.feedback import make_desk, make_subject
from loa.feedback.models import Case, Draft, Publication

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAID = "Tôi là Nguyễn Thị Hoa, số 0912 345 678. Tôi nộp hồ sơ khai sinh đã mười ngày mà chưa có kết quả."
ANSWER = "Hồ sơ của bà đã có kết quả từ hôm nay; mời bà đến Bộ phận Một cửa nhận."
REGISTER = "/gop-y/cong-khai/"


@pytest.fixture
def people(transactional_db):
    cache.clear()
    office, agency = make_agency("Văn phòng UBND", kind="office"), make_agency("Sở Tư pháp")
    make_agency("Sở Xây dựng")
    make_desk(office)
    make_subject("Hộ tịch")
    roles = ("officer", "focal_point", "head")
    return {"clerk": make_user(office, "clerk"), **{role: make_user(agency, role) for role in roles}}


@pytest.fixture
def at_work(open_page, live_server, people):
    """The page of one of the people, signed in."""

    def enter(role, **options):
        client = Client()
        client.force_login(people[role], backend="allauth.account.auth_backends.AuthenticationBackend")
        page = open_page(language="vi", **options)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}]
        )
        return page

    return enter


def written(page):
    """Through the four steps with a name; returns code and secret."""
    page.goto("/gop-y/gui/")
    page.fill("[name=content]", SAID)
    page.check("[name=kind][value=question]")
    page.click("button[value=tiep]")
    page.wait_for_url("**/o-dau/")
    page.click("button[value=tiep]")
    page.wait_for_url("**/tep/")
    page.click("button[value=tiep]")
    page.wait_for_url("**/gui-di/")
    Draft.objects.update(began_at=Draft.objects.get().began_at - timedelta(seconds=10))
    page.fill("[name=name]", "Nguyễn Thị Hoa")
    page.fill("[name=phone]", "0912 345 678")
    page.wait_for_selector("[data-sum]", state="hidden")
    page.click("button[value=gui-di]")
    page.wait_for_url("**/da-nhan/")
    told = page.locator("[data-copy-text]").all_inner_texts()
    return told[0].strip(), told[1].replace(" ", "")


def classified(page, case):
    page.goto("/tiep-nhan/")
    page.get_by_role("link", name="Bắt đầu từ phản ánh đầu tiên").click()
    page.wait_for_url(f"**/tiep-nhan/{case.pk}/")
    page.get_by_label("Câu hỏi").check()
    page.get_by_label("Lĩnh vực").select_option(label="Hộ tịch")
    page.get_by_label("Cơ quan khác").fill("Sở Tư pháp")
    page.get_by_role("button", name="Phân loại và chuyển").click()
    page.wait_for_url("**/tiep-nhan/")


def step(page, case, label, *, officer=None):
    """Press a button of the case's page, and the one that does it."""
    page.goto(case.get_absolute_url())
    page.get_by_role("link", name=label, exact=True).first.click()
    if officer:
        page.select_option("#act [name=officer]", str(officer.pk))
    page.locator("#act .button--main").click()
    page.wait_for_url(f"**{case.get_absolute_url()}")


def drafted(page, case):
    page.goto(case.get_absolute_url())
    page.get_by_role("link", name="Soạn trả lời").click()
    page.locator("textarea[name=text]").fill(ANSWER)
    page.get_by_role("button", name="Lưu và quay lại").click()
    page.wait_for_url(f"**{case.get_absolute_url()}")


def published(page, case):
    page.goto("/tiep-nhan/cong-khai/")
    page.locator(f"a[href$='/tiep-nhan/cong-khai/{case.pk}/']").first.click()
    page.get_by_role("button", name="Thay các chỗ đã chọn").click()
    page.locator("button[value=publish]").click()
    page.wait_for_url("**/tiep-nhan/cong-khai/")


def figures_of_agency(page):
    """What stands beside the agency: received, answered, in time, overdue, published, stars."""
    page.goto(f"{REGISTER}co-quan/")
    return page.locator("tr", has_text="Sở Tư pháp").locator("td").all_inner_texts()


def test_case_from_a_phone_to_the_figures_of_its_agency(people, at_work, open_page, flaws):
    citizen = open_page(width=360, language="vi")
    clerk, officer, head = at_work("clerk"), at_work("officer"), at_work("head")

    code, secret = written(citizen)
    case = Case.objects.get(code=code)
    classified(clerk, case)
    before = figures_of_agency(citizen)
    step(at_work("focal_point"), case, "Nhận việc", officer=people["officer"])
    drafted(officer, case)
    step(officer, case, "Trình lãnh đạo duyệt trả lời")
    step(head, case, "Duyệt trả lời")
    step(clerk, case, "Gửi trả lời")
    published(clerk, case)

    citizen.goto(f"{REGISTER}{code}/")
    public = citizen.inner_text("main")
    assert ANSWER in public
    assert not [word for word in ("Nguyễn Thị Hoa", "0912", "345 678") if word in public]
    assert flaws(citizen) == []
    citizen.goto(f"/gop-y/theo-doi/?code={code}")
    citizen.fill("[name=secret]", secret)
    citizen.click("form.form button.button--main")
    citizen.get_by_role("link", name="Đánh giá").click()
    citizen.check("[name=stars][value='4']")
    citizen.click("form.form button.button--main")
    citizen.wait_for_url("**?da=danh-gia")

    assert before == ["1", "0", "–", "0", "0", "–"]
    assert figures_of_agency(citizen) == ["1", "1", "100%", "0", "1", "4 (1)"]
    assert Publication.objects.get().asker_name == ""
    for page in (citizen, clerk, officer, head):
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
