"""The portal of the sample city, walked from its first page: every link answers, every page is valid and small."""

import re
from collections import deque
from itertools import islice
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.contrib.staticfiles.finders import find
from strict_html import read_strictly

from factories import make_plan
from loa.core import clock
from loa.demo import TODAY, portal
from loa.demo.city import load_city
from loa.portal.models import Story

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NOT_WALKED = ("/tai-khoan/", "/api/docs/", "/static/", "mailto:", "#")
MOST = 100  # kilobytes of a page without its pictures


@pytest.fixture
def sample(db, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    load_city()
    for day, happen in portal.happenings(make_plan(), None):
        clock.set_today(day)
        happen()
    clock.set_today(TODAY)
    yield
    clock.set_today(None)


def walk(client, start="/"):
    """(address, response) of everything that can be reached by links."""
    seen, waiting = {start}, deque([start])
    while waiting:
        address = waiting.popleft()
        response = client.get(address)
        yield address, response
        if not response.get("Content-Type", "").startswith("text/html") or response.get(
            "Content-Disposition"
        ):
            if response.streaming:
                b"".join(response.streaming_content)  # a file is closed when it has been sent
            continue
        for link in re.findall(r'(?:href|src)="([^"]+)"', response.content.decode()):
            target = urldefrag(urljoin(f"http://testserver{address}", link.replace("&amp;", "&")))[0]
            parts = urlsplit(target)
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            if parts.netloc == "testserver" and not path.startswith(NOT_WALKED) and path not in seen:
                seen.add(path)
                waiting.append(path)


def test_every_link_answers_and_every_page_is_valid_small_and_of_every_kind(client, settings, sample):
    """In one walk for each language, the second a short one: the sample takes long to load."""
    wrong, pages = {}, 0
    for language in ("vi", "en"):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        for address, response in islice(walk(client), None if language == "vi" else 25):
            is_page = response.get("Content-Type", "").startswith("text/html")
            pages += is_page
            faults = read_strictly(response.content.decode())[0] if is_page else []
            size = weight_of(response.content) if is_page else 0
            if response.status_code >= 400 or faults or size > MOST:
                wrong[language, address] = (response.status_code, size, faults)

    assert wrong == {}
    assert pages > 90
    assert set(Story.objects.live().values_list("kind", flat=True)) == set(Story.Kind.values)


def weight_of(html):
    """Kilobytes of a page with all that it needs but its pictures, nothing packed."""
    named = re.findall(r'(?:href|src)="/static/([^"#]+\.(?:css|js|svg))', html.decode())
    return (len(html) + sum(Path(find(name)).stat().st_size for name in set(named))) / 1024
