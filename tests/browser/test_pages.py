"""The main pages of the sample city as its people meet them: no flaw for axe, nothing wider than a phone."""

import re

import pytest

from browser_fixtures import too_wide
from fresh_database import built_once, load_demo
from loa.budgets.models import Estimate, EstimateLine, PlanBudget
from loa.demo import TODAY, play
from loa.directory.models import ReorganisationDecision, User
from loa.plans.models import Assignment, DutyAssignment, Plan, Talk, Task
from loa.reports.models import AgencyReport, ReportRound

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

COORDINATOR, ITS_HEAD, FOCAL_POINT, REPORTER, HEAD, LEADER, ADMINISTRATOR = (
    "dieuphoi", "giamdoc.tttt", "daumoi.anhp", "daumoi.304-2019", "giamdoc.tuphap", "lanhdao", "quantri",
)  # fmt: skip


@pytest.fixture
def plan(transactional_db, settings, tmp_path, today):
    """The sample with its year, on the day it ends; files and password in a folder of the test."""
    settings.DATA_DIR = tmp_path
    built_once("year", load_demo)
    today(TODAY)
    return Plan.objects.get(document__sha256=play.digest_of_sample())


@pytest.fixture
def as_person(client, open_page, settings):
    """A phone in the hand of somebody who has signed in: `as_person("dieuphoi")`."""

    def take(username):
        user = User.objects.get(username=username)
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        page = open_page(width=360, language="vi", reduced_motion="reduce")
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": settings.BASE_URL}]
        )
        return page

    return take


def pages_of(plan):
    """Who meets which page."""
    half = ReportRound.objects.get(period="2019-H1")
    theme = ReportRound.objects.get(kind="thematic", state="open")
    draft = AgencyReport.objects.filter(round=theme, state="draft").order_by("pk").first()
    annual = f"/bao-cao/ky/{half.pk}/tong-hop/"
    with_sessions = Task.objects.filter(occurrences__isnull=False).distinct().get()
    late = Assignment.objects.get(agency__memberships__user__username=FOCAL_POINT)
    duty = DutyAssignment.objects.filter(agency=late.agency).first()
    budget = PlanBudget.objects.get(plan=plan)
    own = Estimate.objects.get(budget=budget, agency__memberships__user__username=COORDINATOR)
    spent = EstimateLine.objects.filter(payments__isnull=False).first()
    decision = ReorganisationDecision.objects.earliest("pk")
    talk = Talk.objects.earliest("pk")
    views = (
        "", "nhiem-vu/", "bang/", "tien-trinh/", "lich/", "do-phu/", "thuong-xuyen/",
        "chuyen-tiep/", "sua-doi/", "noi-dung/", "ke-hoach-co-quan/", "huong-dan/",
    )  # fmt: skip
    return {
        COORDINATOR: [
            "/viec-cua-toi/",
            *(f"/ke-hoach/{plan.pk}/{view}" for view in views),
            f"/ke-hoach/nhiem-vu/{with_sessions.pk}/",
            f"/ke-hoach/sua-doi/{plan.amendments.get().pk}/",
            f"/ke-hoach/huong-dan/{plan.guidance.earliest('pk').pk}/",
            "/ke-hoach/long-ghep/",
            f"/ke-hoach/long-ghep/{talk.pk}/",
            "/ke-hoach/gia-han/",
            "/ke-hoach/giai-trinh/",
            "/bao-cao/",
            f"/bao-cao/ke-hoach/{plan.pk}/",
            f"/bao-cao/ke-hoach/{plan.pk}/che-do/",
            "/bao-cao/mau/",
            f"/bao-cao/mau/{half.template_id}/",
            f"/bao-cao/ky/{theme.pk}/",
            f"/bao-cao/ky/{theme.pk}/bang/",
            annual,
            f"{annual}so-lieu/",
            f"{annual}cac-ban/",
            f"{annual}khac-biet/",
            "/kinh-phi/",
            f"/kinh-phi/ngan-sach/{budget.pk}/",
            f"/kinh-phi/ngan-sach/{budget.pk}/du-toan/",
            f"/kinh-phi/du-toan/{own.pk}/",
            f"/kinh-phi/du-toan/{own.pk}/soan/",
            f"/kinh-phi/ngan-sach/{budget.pk}/chi/",
            f"/kinh-phi/dong/{spent.pk}/",
            "/thong-bao/",
            "/thong-bao/cai-dat/",
            "/thong-bao/qua-han/",
            "/thong-bao/bai-dang/",
        ],
        ITS_HEAD: ["/viec-cua-toi/", f"/ke-hoach/{plan.pk}/ket-thuc/"],
        FOCAL_POINT: [
            "/viec-cua-toi/",
            f"/ke-hoach/phan-cong/{late.pk}/",
            f"/ke-hoach/thuong-xuyen/{duty.pk}/",
            f"/thong-bao/don-doc/assignment/{late.pk}/",
        ],
        REPORTER: [
            f"/bao-cao/don-vi/{draft.pk}/",
            f"/bao-cao/don-vi/{draft.pk}/soan/",
        ],
        HEAD: ["/viec-cua-toi/", "/ke-hoach/viec-cua-don-vi/", "/dieu-hanh/"],
        LEADER: [
            "/viec-cua-toi/",
            f"/ke-hoach/{plan.pk}/",
            f"/van-ban/{plan.document_id}/",
            "/dieu-hanh/",
            "/dieu-hanh/?day=2019-05-15",
            f"/dieu-hanh/{plan.pk}/viec/",
            f"/dieu-hanh/{plan.pk}/don-vi/",
            f"/dieu-hanh/{plan.pk}/kinh-phi/",
            f"/dieu-hanh/{plan.pk}/thay-doi/?since=2019-06-01",
        ],
        ADMINISTRATOR: [
            "/danh-ba/",
            "/danh-ba/nhom/",
            "/danh-ba/quan-tri/",
            "/danh-ba/quan-tri/nhat-ky/",
            "/lich-lam-viec/",
            "/lich-lam-viec/thay-doi/",
            "/quy-dinh-thoi-han/",
            "/viec-nen/",
            "/kinh-phi/dinh-muc/",
            "/kinh-phi/tran/",
            "/thong-bao/bac-nhac/",
            "/thong-bao/noi-dang/",
            "/sap-xep-bo-may/",
            f"/sap-xep-bo-may/{decision.pk}/",
            f"/sap-xep-bo-may/{decision.pk}/tac-dong/",
        ],
    }


def test_main_pages_have_no_flaw_for_axe_and_fit_a_phone(plan, as_person, flaws):
    seen, wrong = 0, {}
    for username, addresses in pages_of(plan).items():
        page = as_person(username)
        for address in addresses:
            status = page.goto(address).status
            for theme, rules in (("light", ()), ("dark", ("color-contrast",))):  # as one who switches sees it
                page.emulate_media(color_scheme=theme)
                found = (status, too_wide(page), flaws(page, *rules))
                seen += 1
                if found != (200, 0, []):
                    wrong[username, theme, address] = found

    assert (seen > 100, wrong) == (True, {})


def test_leadership_view_prints_on_one_page(plan, as_person, settings):
    page = as_person(LEADER)
    found = {}
    for language in ("vi", "en"):
        page.context.add_cookies(
            [{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": settings.BASE_URL}]
        )
        for day in ("", "2019-03-15", "2019-06-01"):
            page.goto(f"/dieu-hanh/?day={day}")
            paper = page.pdf(prefer_css_page_size=True)
            found[language, day] = len(re.findall(rb"/Type /Page\b", paper))

    assert set(found.values()) == {1}
