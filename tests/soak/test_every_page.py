"""Every page there is, in a browser by somebody to whom it opens: no flaw for axe, nothing wider than a phone, valid HTML.

Each twentieth in `make test`, all of them in `make soak`.
"""

import os

import pytest
from django.test import Client

from architecture.addresses import address
from architecture.test_access import BACKEND, TABLE, expected, opens_to
from architecture.world import TODAY, World
from browser_fixtures import too_wide
from portal.strict_html import read_strictly

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
IS_FULL = os.environ.get("LOA_SOAK") == "full"


def pages_that_open():
    """Names of addresses, each with the first role to whom it opens."""
    for name in sorted(TABLE["addresses"]):
        method, answers = expected(name)
        if method == "get" and (opens := opens_to(answers)):
            yield name, opens[0]


@pytest.fixture
def world(transactional_db, today):
    today(TODAY)
    return World()


@pytest.fixture
def phones(world, open_page, settings):
    """The phone of somebody in a role."""
    kept = {}

    def take(role):
        if role in kept:
            return kept[role]
        page = kept[role] = open_page(width=360, language="vi", reduced_motion="reduce")
        if role != "anonymous":
            client = Client()
            client.force_login(world.people[role], backend=BACKEND)
            session = client.cookies[settings.SESSION_COOKIE_NAME].value
            page.context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": settings.BASE_URL}]
            )
        return page

    return take


def test_every_page_has_no_flaw_for_axe_fits_a_phone_and_is_valid(world, phones, flaws):
    seen, wrong = [], {}
    for name, role in list(pages_that_open())[:: 1 if IS_FULL else 20]:
        page, url = phones(role), address(name, world)
        answer = page.request.get(url)
        if "<html" not in (text := words_of(answer)):
            continue  # a file, a feed, or a piece that a page fetches
        page.goto(url, wait_until="domcontentloaded")
        seen.append(name)
        found = (answer.status, too_wide(page), flaws(page), read_strictly(text)[0])
        if found != (200, 0, [], []):
            wrong[name, role] = found

    assert "\n".join(f"{who}: {found}" for who, found in wrong.items()) == ""
    assert len(seen) > (300 if IS_FULL else 12)


def words_of(answer):
    return answer.text() if answer.headers["content-type"].startswith("text/html") else ""
