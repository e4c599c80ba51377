"""The public pages: what each shows, to whom, in how many queries."""

from datetime import UTC, datetime

import pytest

from factories import make_agency, make_user
from loa.portal.actions import sites

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return make_user(make_agency("Văn phòng UBND thành phố"), "administrator")


@pytest.fixture
def city(editor):
    return sites.open_city_site(
        make_agency("Ủy ban nhân dân thành phố Hải Phòng"), title="Thành phố Hải Phòng", by=editor
    )


@pytest.fixture
def column(city, editor):
    return sites.open_column(city, title="Cải cách hành chính", by=editor)


@pytest.fixture
def story(column, editor):
    return sites.write_story(
        column,
        title="Một cửa liên thông",
        kind="news",
        lead="Hồ sơ được nhận ở một nơi.",
        body=[("text", "<p>Đoạn đầu.</p>"), ("heading", "Đầu mục")],
        published_at=datetime(2019, 3, 4, 2, tzinfo=UTC),
        by=editor,
    )


def test_story_is_read(client, story):
    response = client.get("/cai-cach-hanh-chinh/mot-cua-lien-thong/")
    assert response.status_code == 200
    print(response.content.decode())


def test_home(client, story):
    response = client.get("/")
    assert response.status_code == 200
    print(response.content.decode())


def test_column(client, story):
    response = client.get("/cai-cach-hanh-chinh/")
    assert response.status_code == 200
