"""A small portal: the city's site with a column, a component site with one, a story in each."""

from datetime import UTC, datetime

import pytest

from factories import make_agency, make_user
from loa.demo.drawing import draw
from loa.portal.actions import media, sites

AT = datetime(2019, 3, 4, 2, tzinfo=UTC)


@pytest.fixture
def administrator(db):
    return make_user(make_agency("Văn phòng UBND thành phố"), "administrator")


@pytest.fixture
def city(administrator):
    return sites.open_city_site(
        make_agency("Ủy ban nhân dân thành phố"),
        title="Thành phố Hải Phòng",
        english_name="Hải Phòng City",
        address="18 Hoàng Diệu",
        phone="0225 000 0001",
        by=administrator,
    )


@pytest.fixture
def part(city, administrator):
    return sites.open_agency_site(
        make_agency("Sở Nội vụ"), slug="so-noi-vu", accent="wine", address="Khu A", by=administrator
    )


@pytest.fixture
def column(city, administrator):
    return sites.open_column(city, title="Cải cách hành chính", english_title="Reform", by=administrator)


@pytest.fixture
def picture(administrator):
    return media.add_picture(
        draw("port"), name="port.png", title="Cảng", alt_text="Cần cẩu bên cảng", by=administrator
    )


@pytest.fixture
def tell(column, administrator):
    """`tell("Tiêu đề", days=2)`: a published story."""

    def write(title, *, within=None, at=AT, body=None, **more):
        return sites.write_story(
            within or column,
            title=title,
            kind=more.pop("kind", "news"),
            lead=more.pop("lead", "Lời dẫn."),
            body=body or [("text", "<p>Đoạn đầu.</p>"), ("heading", "Đầu mục")],
            published_at=at,
            by=administrator,
            **more,
        )

    return write
