"""A dialogue as three people live it at once: a citizen on a phone, a moderator on a phone, the head who signs.

The test's server streams nothing, so that the hall's script also proves that it goes on by asking.
"""

import pytest
from django.conf import settings
from django.test import Client

from feedback.dialogue_scene import DAY, make_scene, shown
from loa.core import clock
from loa.core.calendar_data import load_calendar
from loa.feedback.models import Question

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
ASKED = "Khi nào phường có máy lấy số tự động?"
ANSWER = "Từ ngày 01/9 tại tất cả các phường."


@pytest.fixture
def scene(db):
    clock.set_today(DAY)
    load_calendar()
    yield make_scene()
    clock.set_today(None)


@pytest.fixture
def person(open_page, live_server):
    def enter(user, **options):
        page = open_page(**options)
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}]
        )
        return page

    return enter


def test_question_from_a_phone_is_answered_before_everybody(scene, person, open_page, flaws):
    shown(scene, text="Một câu hỏi đã có trong phiên")
    event = scene["event"]
    hall = f"/doi-thoai-truc-tuyen/{event.pk}/"
    citizen, viewer = open_page(width=360, language="vi"), open_page(language="vi")
    moderator = person(scene["moderator"], width=360, language="vi")
    head = person(scene["head"], language="vi")

    citizen.goto(hall)
    viewer.goto(hall)
    moderator.goto(f"/phan-anh/doi-thoai/{event.pk}/?xem=pending")
    citizen.get_by_label("Câu hỏi của ông/bà").fill(ASKED)
    citizen.get_by_role("button", name="Gửi câu hỏi").click()
    citizen.locator("#cua-toi").get_by_text(ASKED).wait_for()
    assert viewer.get_by_text(ASKED).count() == 0

    moderator.get_by_text(ASKED).wait_for()
    moderator.locator("li", has_text=ASKED).get_by_role("button", name="Cho hiện nguyên văn").click()
    viewer.locator(".hall__list").get_by_text(ASKED).wait_for()
    question = Question.objects.get(case__content=ASKED)
    moderator.goto(f"/phan-anh/doi-thoai/cau-hoi/{question.pk}/")
    moderator.get_by_label("Cơ quan trong ban trả lời").select_option(label="Sở Tư pháp")
    moderator.get_by_role("button", name="Chuyển ban trả lời").click()
    moderator.locator("textarea[name=text]").fill(ANSWER)
    with moderator.expect_navigation():
        moderator.get_by_role("button", name="Lưu câu trả lời").click()

    head.goto(f"/phan-anh/doi-thoai/{event.pk}/?xem=to_sign")
    head.locator(".hall-acts a").last.click()
    head.get_by_role("button", name="Ký duyệt").click()
    viewer.locator(".hall__list").get_by_text(ANSWER).wait_for()
    citizen.locator("#cua-toi").get_by_text(ANSWER).wait_for()

    for page in (citizen, viewer, moderator, head):
        assert flaws(page) == []
    assert citizen.evaluate("document.documentElement.scrollWidth") <= 360
    assert moderator.evaluate("document.documentElement.scrollWidth") <= 360


def test_hall_without_a_script_can_be_read_and_asked_in(scene, browser, live_server):
    shown(scene)
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    page = context.new_page()

    page.goto(f"/doi-thoai-truc-tuyen/{scene['event'].pk}/")
    page.get_by_role("link", name="Đặt câu hỏi").click()
    page.locator("textarea[name=text]").fill(ASKED)
    page.locator("form.hall-ask button").click()

    assert Question.objects.filter(case__content=ASKED).count() == 1
    context.close()
