"""The newsroom's story: written on a phone in a commune, edited, approved for a later hour, public by the clock, counted."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image

from factories import make_agency, make_assignment, make_plan, make_user
from loa.core import clock
from loa.core.calendar_data import load_calendar
from loa.plans.models import Deliverable
from loa.portal.actions.stages import arrange_column
from loa.portal.clocks.newsroom import publish_scheduled
from loa.portal.models import Story
from portal.newsroom_scene import make_scene

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
TODAY = date(2019, 6, 3)
TITLE = "Xã trả kết quả hồ sơ ngay trong ngày"


@pytest.fixture
def scene(db):
    clock.set_today(TODAY)
    load_calendar()
    made = make_scene()
    arrange_column(made.column, takes_contributions=True, by=made.desk.approver)
    commune = make_agency("UBND xã", kind="commune", level="commune", parent=made.first.agency)
    made.writer = make_user(commune, "contributor")
    made.work = make_assignment(commune, plan=make_plan())
    made.officer = make_user(commune, "focal_point")
    yield made
    clock.set_today(None)


@pytest.fixture
def person(open_page, live_server):
    def enter(user, **options):
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        page = open_page(**options)
        page.set_default_timeout(60_000)  # the editor brings many scripts
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}]
        )
        return page

    return enter


def photo():
    out = BytesIO()
    Image.new("RGB", (640, 480), "teal").save(out, "JPEG")
    return {"name": "anh.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def writes_on_the_phone(page, scene):
    page.goto("/cong-tac-vien/viet/")
    page.fill("[name=title]", TITLE)
    page.fill("[name=text]", "Xã trả kết quả ngay trong ngày.\n\n21 hồ sơ đã được giải quyết.")
    page.set_input_files("[name=photos]", [photo()])
    page.select_option("[name=column]", str(scene.column.pk))
    page.select_option("[name=work]", f"a{scene.work.pk}")
    page.click("button[name=save]")
    page.locator("[name^=alt_]").fill("Người dân nhận kết quả tại quầy")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.click("button[name=send]")
    page.wait_for_url("**/cong-tac-vien/")


def passes_stage(page, story, *, go_live=""):
    page.goto(f"/toa-soan/pages/{story.pk}/edit/")
    page.wait_for_load_state("networkidle")
    if go_live:
        page.locator("[name=go_live_at]").evaluate("(field, value) => { field.value = value; }", go_live)
    page.locator("[data-workflow-action-name=approve]").first.evaluate("button => button.click()")
    page.wait_for_url(lambda address: "/edit/" not in address)


def test_from_a_phone_in_the_commune_to_the_plan(scene, person):
    writes_on_the_phone(person(scene.writer, width=360), scene)
    story = Story.objects.get()

    passes_stage(person(scene.desk.editor), story, go_live="2019-06-05 06:30")
    passes_stage(person(scene.desk.approver), story)
    waiting = Story.objects.get()
    before = (waiting.live, Deliverable.objects.count(), publish_scheduled())
    clock.set_today(TODAY + timedelta(days=3))
    published = publish_scheduled()

    reader = person(scene.officer)
    reader.goto(Story.objects.get().url)
    reader.get_by_role("heading", name=TITLE).first.wait_for()
    reader.goto(scene.work.get_absolute_url())
    reader.get_by_text(TITLE).first.wait_for()
    assert (before, published) == ((False, 0, 0), 1)
    assert Deliverable.objects.get().assignment == scene.work
