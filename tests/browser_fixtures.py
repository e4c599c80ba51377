"""Headless Chromium of the system against a live server, one for each test process; skipped where there is none."""

import os
import shutil

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# A theme just switched fades in; on a busy machine the judge would see a colour halfway. A colour at its end may start
# the fade of what inherits it, hence frame by frame. What turns for ever is left.
AT_REST = """async () => {
    const fades = () => document.getAnimations().filter(
        each => Number.isFinite(each.effect.getComputedTiming().endTime)
    );
    for (let fading = fades(); fading.length; fading = fades()) {
        fading.forEach(each => each.finish());
        await new Promise(requestAnimationFrame);
    }
}"""


@pytest.fixture(scope="session")
def browser():
    if not CHROMIUM:
        pytest.skip("needs a system Chromium")
    sync_api = pytest.importorskip("playwright.sync_api")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the driver keeps an event loop in this thread
    with sync_api.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)


@pytest.fixture
def open_page(browser, live_server, settings):
    """A page in a browser of its own: `open_page(width=360, theme="dark")`. Any script error fails the test."""
    settings.BASE_URL = live_server.url
    contexts, faults = [], []

    def make(*, width=1280, theme="light", language="en", **options):
        context = browser.new_context(
            viewport={"width": width, "height": 860}, color_scheme=theme, base_url=live_server.url, **options
        )
        context.add_cookies(
            [{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": live_server.url}]
        )
        page = context.new_page()
        page.set_default_timeout(30_000)  # a hang, not a busy machine
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: _note(message, faults))
        contexts.append(context)
        return page

    yield make
    for context in contexts:
        context.close()
    assert "\n".join(faults) == ""


def _note(message, faults):
    """Refusals of the content policy are printed as errors; a missing page or a network cut on purpose is no fault."""
    expected = ("status of 4", "ERR_INTERNET_DISCONNECTED")
    if message.type == "error" and not any(words in message.text for words in expected):
        faults.append(message.text)


@pytest.fixture
def flaws():
    """What axe finds wrong with a page: rule and where."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()

    def find(page, *rules):
        """By all rules, or by those named alone; when its colours have come to rest."""
        page.evaluate(AT_REST)
        options = {"resultTypes": ["violations"], **({"runOnly": list(rules)} if rules else {})}
        found = axe.run(page, options=options).response["violations"]
        return [(each["id"], node["html"][:160]) for each in found for node in each["nodes"]]

    return find


def too_wide(page):
    """By how many pixels a page is wider than its screen."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
