"""The shells and components as people meet them: light and dark, wide and narrow, with keys."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

import loa
from browser_fixtures import too_wide
from factories import make_agency

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOOKS = [(1280, "light"), (1280, "dark"), (360, "light"), (360, "dark")]
PAGES = [
    "/gallery/components/",
    "/gallery/list/",
    "/gallery/list/?q=phuong&kind=commune",
    "/gallery/public/",
    "/gallery/refused/",
    "/khong-co/",
    "/han/?start=2019-06-03&n=5",
    "/tai-khoan/password/change/",
    "/tai-khoan/2fa/",
    "/tai-khoan/2fa/webauthn/",
    "/tai-khoan/2fa/webauthn/add/",
    "/tai-khoan/2fa/totp/activate/",
    "/tai-khoan/sessions/",
    "/tai-khoan/email/",
    "/tai-khoan/logout/",
]
ENTRANCES = [
    "/tai-khoan/login/",
    "/tai-khoan/password/reset/",
    "/tai-khoan/password/reset/done/",
    "/tai-khoan/signup/",
    "/tai-khoan/inactive/",
]


@pytest.fixture
def wards(transactional_db):
    return [
        make_agency(f"UBND phường số {number}", code=f"phuong-{number}", kind="commune", level="commune")
        for number in range(1, 61)
    ]


@pytest.mark.usefixtures("gallery", "wards")
@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_staff_pages_have_no_flaw_for_axe_and_fit(sign_in, open_page, flaws, width, theme):
    page = sign_in(open_page(width=width, theme=theme))

    found = {}
    for address in PAGES:
        page.goto(address)
        found[address] = (flaws(page), too_wide(page))

    assert found == {address: ([], 0) for address in PAGES}


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_entrance_pages_have_no_flaw_for_axe_and_fit(transactional_db, open_page, flaws, width, theme):
    page = open_page(width=width, theme=theme)

    found = {}
    for address in ENTRANCES:
        page.goto(address)
        found[address] = (flaws(page), too_wide(page))

    assert found == {address: ([], 0) for address in ENTRANCES}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_form_with_errors_leads_to_each_field(gallery, sign_in, open_page, flaws, theme):
    page = sign_in(open_page(theme=theme))
    page.goto("/gallery/components/")

    page.click("text=Save")
    page.locator(".form__errors a", has_text="Title").click()

    expect(page.locator("#id_title")).to_be_focused()
    assert page.locator("#id_title").get_attribute("aria-invalid") == "true"
    assert page.locator(".form__errors li").count() == 4
    assert flaws(page) == []


def test_list_search_answers_while_typing_and_keeps_the_address(gallery, wards, page):
    page.goto("/gallery/list/")

    page.fill(".filters input[type=search]", "phuong so 42")

    expect(page.locator("[data-rows] tbody tr")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"/gallery/list/\?q=phuong%20so%2042$"))
    expect(page.locator(".rows__active .chip")).to_have_count(1)


def test_list_sorting_keeps_the_filter_and_back_returns(gallery, wards, page):
    page.goto("/gallery/list/?kind=commune")

    page.click("th a:has-text('Name')")
    expect(page.locator("th[aria-sort=ascending]")).to_have_count(1)
    page.click("th a:has-text('Name')")
    expect(page.locator("th[aria-sort=descending]")).to_have_count(1)
    page.evaluate("history.go(-2)")

    expect(page).to_have_url(re.compile(r"/gallery/list/\?kind=commune$"))
    expect(page.locator("th[aria-sort]")).to_have_count(0)


def test_list_filter_is_removed_by_its_chip(gallery, wards, page):
    page.goto("/gallery/list/?kind=commune&q=42")

    page.click(".chip--off:has-text('42')")

    expect(page).to_have_url(re.compile(r"/gallery/list/\?kind=commune$"))
    expect(page.locator("[data-rows] tbody tr")).to_have_count(50)


def test_list_columns_put_away_stay_away(gallery, wards, page):
    page.goto("/gallery/list/")

    page.click("summary:has-text('Columns')")
    page.uncheck(".menu__panel input[value=level]")
    page.click("text=Show these")
    page.goto("/gallery/list/?kind=commune")

    assert page.locator("[data-rows] th").all_inner_texts() == ["Name", "Kind", "Due", "State", "Place"]


def test_list_works_without_scripts(gallery, wards, open_page):
    page = open_page(java_script_enabled=False)
    page.goto("/gallery/list/")

    page.fill(".filters input[type=search]", "42")
    with page.expect_navigation():
        page.click(".filters__go")

    assert page.locator("[data-rows] tbody tr").count() == 1


def test_list_rows_become_labelled_cards_on_a_phone(gallery, wards, open_page):
    page = open_page(width=360)
    page.goto("/gallery/list/")

    cell = page.locator("[data-rows] tbody td").nth(1)

    assert cell.evaluate("element => getComputedStyle(element, '::before').content") == '"Kind"'
    assert page.locator("[data-rows] tbody tr").first.evaluate("element => element.clientWidth") > 300


def test_keys_move_through_rows_and_find_the_search(gallery, wards, page):
    page.goto("/gallery/list/")

    page.keyboard.press("j")
    page.keyboard.press("j")
    here = page.locator("tr.is-here a").first.inner_text()
    page.keyboard.press("/")

    assert here == "UBND phường số 10"
    expect(page.locator(".filters input[type=search]")).to_be_focused()


def test_keys_can_be_turned_off(gallery, wards, page):
    page.goto("/gallery/list/")
    page.keyboard.press("?")
    page.check("[data-keys-off]")
    page.keyboard.press("Escape")

    page.keyboard.press("j")

    expect(page.locator("tr.is-here")).to_have_count(0)


def test_enter_opens_the_row(gallery, wards, page):
    page.goto("/gallery/list/")

    page.keyboard.press("j")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/gallery/agency/\d+/$"))


def test_theme_is_kept_across_pages(gallery, page):
    page.goto("/gallery/public/")

    page.click("[data-theme-toggle]")
    page.goto("/han/")

    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"


def test_confirm_asks_before_the_form_is_sent(gallery, sign_in, page):
    sign_in(page)
    page.goto("/gallery/components/")

    page.click("button:has-text('Close the plan')")
    question = page.locator("#confirm-question").inner_text()
    page.click("#confirm >> text=Cancel")
    stayed = page.locator(".form__errors").count()
    page.click("button:has-text('Close the plan')")
    page.click("#confirm >> text=Yes")

    assert (question, stayed) == ("Close the plan for good?", 0)
    expect(page.locator(".form__errors")).to_be_visible()


def test_language_changes_on_the_page_one_is_on(gallery, open_page):
    page = open_page(language="vi")
    page.goto("/gallery/public/")

    page.click("button:has-text('English')")

    expect(page).to_have_url(re.compile(r"/gallery/public/$"))
    assert page.locator("html").get_attribute("lang") == "en"


def test_skip_link_is_the_first_stop_and_leads_to_the_content(gallery, page):
    page.goto("/gallery/public/")

    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.className")
    page.keyboard.press("Enter")

    assert first == "skip"
    expect(page.locator("#main")).to_be_focused()


def test_touch_targets_on_a_phone_are_44_pixels_high(gallery, sign_in, open_page):
    page = sign_in(open_page(width=360, has_touch=True))
    page.goto("/gallery/components/")

    heights = page.locator(
        ".button:visible, .form input[type=text]:visible, select:visible, .rail__link:visible"
    ).evaluate_all("elements => elements.map(element => Math.round(element.getBoundingClientRect().height))")

    assert [height for height in heights if height < 44] == []


def test_icons_named_in_templates_are_all_drawn():
    root = Path(loa.__file__).parent
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (root / "core/static/core/icons.svg").read_text()))
    used = {
        name for path in root.rglob("*.html") for name in re.findall(r'{% icon "([^"]+)"', path.read_text())
    }

    assert used - drawn == set()
