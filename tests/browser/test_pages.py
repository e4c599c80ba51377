"""The main pages of the sample city as its people meet them: no flaw for axe, nothing wider than a phone."""

import re

import pytest

from loa.demo import TODAY, play
from loa.directory.models import User
from loa.plans.models import Assignment, DutyAssignment, Task
from loa.reports.models import AgencyReport, ReportRound

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

COORDINATOR, FOCAL_POINT, HEAD, LEADER, ADMINISTRATOR = (
    "dieuphoi", "daumoi.anhp", "giamdoc.tuphap", "lanhdao", "quantri",
)  # fmt: skip


@pytest.fixture
def plan(transactional_db, settings, tmp_path, today):
    """The sample with its year, on the day it ends; files and password in a folder of the test."""
    settings.DATA_DIR = tmp_path
    loaded = play.load_sample(lambda _words: None)
    today(TODAY)
    return loaded


@pytest.fixture
def as_person(client, open_page, settings):
    """A phone in the hand of somebody who has signed in: `as_person("dieuphoi")`."""

    def take(username):
        user = User.objects.get(username=username)
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        page = open_page(width=360, language="vi")
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": settings.BASE_URL}]
        )
        return page

    return take


def pages_of(plan):
    """Who meets which page."""
    quarter, year = ReportRound.objects.get(period="2019-CCHC"), ReportRound.objects.get(period="2019")
    with_sessions = Task.objects.filter(occurrences__isnull=False).distinct().get()
    late = Assignment.objects.get(agency__memberships__user__username=FOCAL_POINT)
    duty = DutyAssignment.objects.filter(agency=late.agency).first()
    draft = AgencyReport.objects.get(round=quarter, agency=late.agency)
    views = ("", "nhiem-vu/", "bang/", "tien-trinh/", "lich/", "do-phu/", "thuong-xuyen/")
    return {
        COORDINATOR: [
            "/viec-cua-toi/",
            *(f"/ke-hoach/{plan.pk}/{view}" for view in views),
            f"/ke-hoach/nhiem-vu/{with_sessions.pk}/",
            "/bao-cao/",
            f"/bao-cao/ky/{quarter.pk}/",
            f"/bao-cao/ky/{year.pk}/tong-hop/",
            f"/bao-cao/ky/{year.pk}/tong-hop/so-lieu/",
            "/thong-bao/",
        ],
        FOCAL_POINT: [
            "/viec-cua-toi/",
            f"/ke-hoach/phan-cong/{late.pk}/",
            f"/ke-hoach/thuong-xuyen/{duty.pk}/",
            f"/bao-cao/don-vi/{draft.pk}/",
            f"/bao-cao/don-vi/{draft.pk}/soan/",
        ],
        HEAD: ["/viec-cua-toi/", "/ke-hoach/viec-cua-don-vi/", "/dieu-hanh/"],
        LEADER: [
            "/viec-cua-toi/",
            f"/ke-hoach/{plan.pk}/",
            f"/van-ban/{plan.document_id}/",
            "/dieu-hanh/",
            "/dieu-hanh/?day=2019-07-15",
            f"/dieu-hanh/{plan.pk}/viec/",
            f"/dieu-hanh/{plan.pk}/don-vi/",
            f"/dieu-hanh/{plan.pk}/thay-doi/?since=2019-11-01",
        ],
        ADMINISTRATOR: ["/danh-ba/", "/danh-ba/nhom/", "/danh-ba/quan-tri/", "/danh-ba/quan-tri/nhat-ky/"],
    }


def test_main_pages_have_no_flaw_for_axe_and_fit_a_phone(plan, as_person, flaws):
    found, expected = {}, {}
    for username, addresses in pages_of(plan).items():
        page = as_person(username)
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            for address in addresses:
                found[username, theme, address] = (page.goto(address).status, too_wide(page), flaws(page))
                expected[username, theme, address] = (200, 0, [])

    assert found == expected


def test_leadership_view_prints_on_one_page(plan, as_person, settings):
    page = as_person(LEADER)
    found = {}
    for language in ("vi", "en"):
        page.context.add_cookies(
            [{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": settings.BASE_URL}]
        )
        for day in ("", "2019-07-15", "2019-11-01"):
            page.goto(f"/dieu-hanh/?day={day}")
            paper = page.pdf(prefer_css_page_size=True)
            found[language, day] = len(re.findall(rb"/Type /Page\b", paper))

    assert set(found.values()) == {1}


def too_wide(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
