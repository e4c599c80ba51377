"""A training as its people live it: invited, named, let in at a door without a network, given a certificate."""

from datetime import date, timedelta

import pypdfium2 as pdfium
import pytest
from django.conf import settings
from django.test import Client

from events.conftest import Scene
from loa.core import clock
from loa.core.calendar_data import load_calendar
from loa.events import tickets
from loa.events.models import Attendance, Certificate, Event, Registration

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TODAY = date(2019, 6, 10)
NAMES = ("Nguyễn Văn Một", "Trần Thị Hai")
CAMERA = """
window.shown = [];
window.BarcodeDetector = class {
  async detect() { const text = window.shown.shift(); return text ? [{ rawValue: text }] : []; }
};
navigator.mediaDevices.getUserMedia = async () => {
  const picture = document.createElement("canvas");
  picture.getContext("2d").fillRect(0, 0, 9, 9);
  return picture.captureStream(5);
};
"""


@pytest.fixture
def scene(db):
    clock.set_today(TODAY)
    load_calendar()
    made = Scene()
    made.meeting = made.event(
        title="Tập huấn kỹ năng tuyên truyền", place="Hội trường tầng 3", gives_certificates=True
    )
    yield made
    clock.set_today(None)


@pytest.fixture
def person(open_page, live_server):
    def enter(user, **options):
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        page = open_page(language="vi", **options)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}]
        )
        return page

    return enter


def invited(page, scene):
    page.goto(f"/quan-ly-su-kien/{scene.meeting.pk}/khach-moi/")
    page.get_by_role("link", name="Mời", exact=True).click()
    page.select_option("[name=agencies]", str(scene.district.pk))
    page.fill("[name=quota]", "3")
    page.locator("#act .button--main").click()
    page.wait_for_url("**/khach-moi/")


def named(page, scene):
    """Two by name, one who has an account."""
    invitation = scene.meeting.invitations.get()
    page.goto(f"/quan-ly-su-kien/giay-moi/{invitation.pk}/")
    page.get_by_role("link", name="Cử người dự").click()
    for number, name in enumerate(NAMES):
        page.fill(f"[name=form-{number}-name]", name)
    page.select_option("[name=form-2-account]", str(scene.guest.pk))
    page.get_by_role("button", name="Gửi danh sách").click()
    page.wait_for_url(f"**/giay-moi/{invitation.pk}/")


def step(page, scene, name):
    page.goto(f"/quan-ly-su-kien/{scene.meeting.pk}/buoc/{name}/")
    page.locator("#act button").first.click()
    page.wait_for_url(lambda address: "/buoc/" not in address)


def said(page, words):
    page.locator("[data-said]", has_text=words).wait_for()


def let_in(page, scene, first, second, third):
    """The first before the network goes, the others without it: one by camera, one by code, one a second time."""
    page.goto(f"/quan-ly-su-kien/{scene.meeting.pk}/cua/")
    page.get_by_role("button", name="Quét vé bằng máy ảnh").click()
    page.evaluate("ticket => shown.push(ticket)", tickets.ticket_of(first.code))
    page.locator("[data-net]", has_text="Đã gửi hết").wait_for()

    page.context.set_offline(True)
    page.evaluate("ticket => shown.push(ticket)", tickets.ticket_of(second.code))
    said(page, f"{second.name}: có mặt")
    page.fill("[data-code]", tickets.shown(third.code).lower())
    page.get_by_role("button", name="Điểm danh", exact=True).click()
    said(page, f"{third.name}: có mặt")
    page.evaluate("ticket => shown.push(ticket)", tickets.ticket_of(first.code))
    said(page, f"{first.name}: đã điểm danh trước đó")
    page.locator("[data-net]", has_text="(2)").wait_for()
    before = Attendance.objects.count()

    page.context.set_offline(False)
    page.locator("[data-net]", has_text="Đã gửi hết").wait_for()
    page.locator("[data-present]", has_text="3").wait_for()
    return before


def pages(file):
    with pdfium.PdfDocument(file) as pdf:
        return len(pdf)


def downloaded(page, link):
    with page.expect_download() as coming:
        link.click()
    return coming.value.path().read_bytes()


def test_training_from_the_invitation_to_the_certificate(scene, person, flaws):
    organiser, district = person(scene.officer), person(scene.local)
    invited(organiser, scene)
    named(district, scene)
    people = list(Registration.objects.order_by("pk"))
    clock.set_today(TODAY + timedelta(days=5))
    step(organiser, scene, "open")

    door = person(scene.officer, width=360)
    door.add_init_script(CAMERA)
    before = let_in(door, scene, *people)

    assert (before, Attendance.objects.filter(presence="present").count()) == (1, 3)
    assert [row.name for row in people] == [*NAMES, scene.guest.full_name]
    assert door.evaluate("document.documentElement.scrollWidth") <= 360
    assert flaws(door) == []

    step(organiser, scene, "end")
    organiser.goto(f"/quan-ly-su-kien/{scene.meeting.pk}/van-ban/")
    organiser.get_by_role("button", name="Cấp giấy chứng nhận cho 3 người có mặt").click()
    whole = downloaded(organiser, organiser.get_by_role("link", name="Tải tất cả (.pdf)"))
    guest = person(scene.guest, width=360)
    guest.goto(people[2].get_absolute_url())
    own = downloaded(
        guest, guest.get_by_role("link", name=Certificate.objects.get(registration=people[2]).printed_number)
    )

    assert Event.objects.get().state == "ended"
    assert [pages(file) for file in (whole, own)] == [3, 1]
    assert guest.evaluate("document.documentElement.scrollWidth") <= 360
