"""A procedure is amended, read beside the version before it, approved by another, published in time, found by anybody.

Each page is walked in Vietnamese, by its own buttons; readers on a telephone.
"""

from datetime import date

import pytest
from django.conf import settings
from django.test import Client

from factories import make_user, make_version
from loa.core import clock
from loa.portal.actions import sites
from loa.portal.clocks.search import keep_in_step
from loa.procedures.models import ProcedureVersion
from procedures.procedure_scene import TODAY, Scene

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
NAME = "Đăng ký khai sinh có yếu tố nước ngoài"
STEPS = "Nộp hồ sơ trực tuyến hoặc tại quầy.\n\nNhận giấy khai sinh trong ngày."


@pytest.fixture
def scene(db):
    clock.set_today(TODAY)
    made = Scene()
    keeper = make_user(made.office_body, "administrator")
    sites.open_city_site(
        made.city,
        title="Thành phố Hải Phòng",
        english_name="Hải Phòng City",
        address="18",
        phone="1",
        by=keeper,
    )
    made.known = made.procedure(name=NAME, code="1.004873")
    make_version(made.known, state="published", steps="Nộp hồ sơ tại quầy.")
    yield made
    clock.set_today(None)


@pytest.fixture
def person(open_page, live_server):
    def enter(user, **options):
        page = open_page(language="vi", **options)
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}]
        )
        return page

    return enter


def presses(page):
    with page.expect_navigation():
        page.locator(".form__buttons button").first.click()


def takes_step(page, version, step):
    page.goto(f"/quan-ly-thu-tuc/ban/{version.pk}/")
    page.locator(f'a[href$="/buoc/{step}/"]').click()
    presses(page)


def writes_the_amendment(page, procedure):
    page.goto(f"/quan-ly-thu-tuc/{procedure.pk}/ban-moi/")
    page.check('input[name="change"][value="amended"]')
    presses(page)
    version = ProcedureVersion.objects.get(state="draft")
    page.goto(f"/quan-ly-thu-tuc/ban/{version.pk}/sua/")
    page.fill("[name=steps]", STEPS)
    page.fill("[name=decision]", "Quyết định số 1520/QĐ-UBND")
    page.fill("[name=decided_on]", "2019-05-31")
    presses(page)
    return version


def test_amended_compared_published_in_time_and_found_without_accents(scene, person, open_page, flaws):
    writer, head, clerk = person(scene.writer), person(scene.head), person(scene.clerk)
    version = writes_the_amendment(writer, scene.known)

    writer.goto(f"/quan-ly-thu-tuc/ban/{version.pk}/so-sanh/")
    writer.get_by_text("Nhận giấy khai sinh trong ngày.").first.wait_for()
    writer.get_by_text("Nộp hồ sơ tại quầy.").first.wait_for()
    takes_step(writer, version, "hand_to_head")
    takes_step(head, version, "approve")
    takes_step(clerk, version, "publish")

    version.refresh_from_db()
    keep_in_step()
    assert version.state == "published"
    assert (version.published_on, version.due_on) == (TODAY, date(2019, 6, 7))
    for width in (360, 1280):
        reader = open_page(width=width, language="vi")
        reader.goto("/")
        reader.locator("input[name=q]").first.fill("dang ky khai sinh nuoc ngoai")
        with reader.expect_navigation():
            reader.locator("input[name=q]").first.press("Enter")
        reader.get_by_role("link", name=NAME).first.click()
        reader.get_by_text("Nhận giấy khai sinh trong ngày.").first.wait_for()
        reader.goto(f"/thu-tuc/{scene.known.code}/so-sanh/")
        reader.get_by_text("Nộp hồ sơ tại quầy.").first.wait_for()
        assert flaws(reader) == []
        assert reader.evaluate("document.documentElement.scrollWidth") <= width
