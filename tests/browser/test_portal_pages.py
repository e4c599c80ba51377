"""The portal of the sample city as visitors meet it: no flaw for axe, nothing too wide, all by keyboard alone."""

import re

import pytest

from browser_fixtures import too_wide
from factories import make_plan
from fresh_database import built_once
from loa.core import clock
from loa.demo import TODAY, portal
from loa.demo.city import load_city
from loa.portal.models import EventPage, LandingPage, Story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sample(transactional_db, settings, tmp_path, today):
    settings.DATA_DIR = tmp_path
    built_once("portal", tell_the_portals_story)
    today(TODAY)


def tell_the_portals_story():
    load_city()
    for day, happen in portal.happenings(make_plan(), None):
        clock.set_today(day)
        happen()


def addresses():
    """A page of each template."""
    stories = {story.kind: story.url for story in Story.objects.live().order_by("pk")}
    corrected = Story.objects.filter(corrections__isnull=False).first().url
    return [
        "/",
        "/so-noi-vu/",
        "/quan-hong-bang/",
        "/cai-cach-hanh-chinh/",
        "/cai-cach-hanh-chinh/?loai=news",
        "/so-tu-phap/hoat-dong/",
        *stories.values(),
        corrected,
        f"{corrected}?ban=in",
        EventPage.objects.latest("starts_at").url,
        LandingPage.objects.earliest("pk").url,
        "/tai-khoan/login/",
        "/khong-co-trang-nay/",
    ]


def test_portal_has_no_flaw_for_axe_and_fits_every_screen(sample, open_page, flaws):
    seen, wrong = 0, {}
    for width, theme, language in ((360, "light", "vi"), (1280, "dark", "en")):
        page = open_page(width=width, theme=theme, language=language)
        for address in addresses():
            page.goto(address)
            found = (too_wide(page), flaws(page))
            seen += 1
            if found != (0, []):
                wrong[width, address] = found

    assert wrong == {}
    assert seen > 30


def test_links_of_the_foot_and_the_menu_are_as_high_as_a_thumb(sample, open_page):
    page = open_page(width=360, language="en")
    page.goto("/")

    heights = page.eval_on_selector_all(
        ".foot a, .strip a", "all => all.map(a => a.getBoundingClientRect().height)"
    )

    assert len(heights) > 10
    assert min(heights) >= 44


def test_visitor_with_a_keyboard_alone_reads_a_story_and_chooses_how(sample, open_page):
    page = open_page(language="vi")
    page.goto("/")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    headline = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.wait_for_selector("article.story")
    assert page.inner_text("h1") == headline

    before = page.evaluate("getComputedStyle(document.documentElement).fontSize")
    press_on(page, "[data-larger]")
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") != before
    press_on(page, "button[data-contrast]")
    assert page.get_attribute("button[data-contrast]", "aria-pressed") == "true"
    page.reload()
    assert page.get_attribute("html", "data-contrast") == "high"
    assert page.get_attribute("html", "data-size") == "large"

    press_on(page, 'button[lang="en"]')
    page.wait_for_selector('html[lang="en"]')
    assert "This story exists in Vietnamese only." in page.inner_text("main")


def press_on(page, selector):
    """Go on with Tab until the thing has the focus, then press it."""
    for _ in range(60):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            page.keyboard.press("Enter")
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {selector}")


def test_every_page_is_read_without_a_script(sample, open_page):
    page = open_page(java_script_enabled=False)
    page.goto("/")

    assert page.locator("[data-needs-js]:visible").count() == 0
    assert page.locator("h3 a:visible").count() > 10
    assert re.search(r"Thành phố Hải Phòng|Hải Phòng City", page.inner_text("header"))
