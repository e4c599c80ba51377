"""From the front page to a rated answer on a phone of 360 px, with and without a script: no flaw for axe, nothing too wide."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache

from browser_fixtures import too_wide
from factories import make_agency, make_user
from factories.feedback import make_desk
from loa.feedback import actions
from loa.feedback.models import Case, Draft

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAID = "Tôi nộp hồ sơ từ tuần trước mà chưa thấy phiếu hẹn trả kết quả."
VI = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


@pytest.fixture
def city(transactional_db):
    cache.clear()
    office = make_agency("Văn phòng UBND", kind="office")
    agency = make_agency("Sở Tư pháp")
    people = {
        "intake": make_user(office, "clerk"),
        "officer": make_user(agency, "officer"),
        "focal_point": make_user(agency, "focal_point"),
        "head": make_user(agency, "head"),
        "agency": agency,
    }
    make_desk(office, officer=people["intake"])
    district = make_agency("UBND quận Mẫu", kind="district", level="district")
    for number in range(14):
        make_agency(
            f"UBND phường Số {number}",
            kind="commune",
            level="commune",
            parent=district,
            code=f"phuong-{number}",
        )
    return people


@pytest.fixture
def look(flaws):
    """Nothing wider than the phone and no flaw on a page."""

    def at(page, *, has_script=True):
        wide = too_wide(page)
        found = flaws(page) if has_script else []
        assert (page.url, wide, found) == (page.url, 0, [])

    return at


def write(page, look, *, has_script):
    """The four steps; returns code and secret."""
    page.goto("/gop-y/")
    look(page, has_script=has_script)
    page.click("a.button--main")
    page.fill("[name=content]", SAID)
    page.check("[name=kind][value=question]")
    look(page, has_script=has_script)
    page.click("button[value=tiep]")
    page.wait_for_url("**/o-dau/")
    if has_script:
        page.fill(".finder >> nth=0", "phuong so 7")
        assert page.eval_on_selector("[name=commune]", "each => each.value") == "phuong-7"
    else:
        page.select_option("[name=commune]", "phuong-7")
    page.fill("[name=place]", "Ngõ 5")
    look(page, has_script=has_script)
    page.click("button[value=tiep]")
    page.wait_for_url("**/tep/")
    look(page, has_script=has_script)
    page.click("button[value=tiep]")
    page.wait_for_url("**/gui-di/")
    Draft.objects.update(began_at=Draft.objects.get().began_at - timedelta(seconds=10))
    if has_script:
        page.wait_for_selector("[data-sum]", state="hidden")
    else:
        first, second = re.match(r"(\w+) cộng (\w+)", page.inner_text("[data-sum] label").lower()).groups()
        page.fill("[name=ket_qua]", str(VI.index(first) + VI.index(second)))
    assert page.locator(".consents input:checked").count() == 0
    look(page, has_script=has_script)
    page.click("button[value=gui-di]")
    page.wait_for_url("**/da-nhan/")
    look(page, has_script=has_script)
    told = page.locator("[data-copy-text]").all_inner_texts()
    return told[0].strip(), told[1].replace(" ", "")


def answer(people):
    case = Case.objects.get()
    actions.classify_case(case, kind="question", subject=None, by=people["intake"])
    actions.assign_case(case, people["agency"], by=people["intake"])
    actions.accept_case(case, officer=people["officer"], by=people["focal_point"])
    actions.write_answer(case, text="Mời ông đến nhận phiếu.", edition=0, by=people["officer"])
    actions.hand_answer_to_head(case, by=people["officer"])
    actions.approve_answer(case, by=people["head"])
    actions.send_answer(case, by=people["intake"])


@pytest.mark.parametrize("has_script", [True, False], ids=["with-script", "without-script"])
def test_citizen_writes_follows_and_rates_on_a_phone(city, open_page, look, has_script):
    page = open_page(width=360, language="vi", java_script_enabled=has_script)

    code, secret = write(page, look, has_script=has_script)
    answer(city)
    page.goto(f"/gop-y/theo-doi/?code={code}")
    look(page, has_script=has_script)
    page.fill("[name=secret]", secret.upper())
    page.click("form.form button.button--main")
    page.wait_for_url(f"**/theo-doi/{code}/")
    look(page, has_script=has_script)
    assert "Mời ông đến nhận phiếu." in page.inner_text("main")
    page.click("a[href$='/danh-gia/']")
    page.check("[name=stars][value='5']")
    look(page, has_script=has_script)
    page.click("form.form button.button--main")
    page.wait_for_url("**?da=danh-gia")

    case = Case.objects.get()
    assert (case.rating.stars, case.commune.code, case.place) == (5, "phuong-7", "Ngõ 5")
    assert page.locator(".message--success").count() == 1


def test_secret_of_a_scanned_code_is_filled_in_and_leaves_the_address(city, open_page):
    receipt = actions.submit_case(actions.Words(SAID), key="scanned", source="web")
    page = open_page(width=360, language="vi")

    page.goto(f"/gop-y/theo-doi/?code={receipt.case.code}#{receipt.secret}")
    page.wait_for_function("document.querySelector('[name=secret]').value.length > 5")

    assert "#" not in page.url
    page.click("form.form button.button--main")
    page.wait_for_url(f"**/theo-doi/{receipt.case.code}/")


def test_first_step_keeps_itself_and_a_double_click_sends_once(city, open_page):
    page = open_page(width=360, language="vi")
    page.goto("/gop-y/gui/")
    page.type("[name=content]", SAID)
    page.wait_for_selector("[data-kept]:not([hidden])", timeout=15_000)

    page.goto("/gop-y/gui/")
    assert page.input_value("[name=content]") == SAID
    page.click("button[value=gui]")
    page.wait_for_url("**/gui-di/")
    Draft.objects.update(began_at=Draft.objects.get().began_at - timedelta(seconds=10))
    page.wait_for_selector("[data-sum]", state="hidden")
    page.dblclick("button[value=gui-di]")
    page.wait_for_url("**/da-nhan/")
    page.go_back()
    page.wait_for_load_state()
    page.goto("/gop-y/gui/da-nhan/")

    assert Case.objects.count() == 1
    assert page.locator("[data-copy-text]").count() == 2


def test_complaint_route_and_denunciation_have_no_flaw(city, open_page, look):
    page = open_page(width=360, language="vi")
    page.goto("/gop-y/gui/")
    page.fill("[name=content]", SAID)
    page.check("[name=kind][value=complaint]")
    page.click("button[value=tiep]")
    page.wait_for_url("**/khieu-nai/")
    look(page)
    page.goto("/gop-y/gui/")
    page.check("[name=kind][value=denunciation]")
    page.click("button[value=tiep]")
    page.wait_for_url("**/to-cao/")
    look(page)

    assert page.input_value("[name=content]") == SAID
