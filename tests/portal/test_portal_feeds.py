"""Feeds, the calendar, the map of the site, and readings that are counted without knowing who reads."""

from datetime import UTC, date, datetime
from xml.etree import ElementTree as ET

import pytest
from icalendar import Calendar

from factories import make_agency, make_user
from loa.portal import actions, queries
from loa.portal.actions import sites
from loa.portal.models import ReadingCount

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def editor():
    return make_user(make_agency("Văn phòng UBND thành phố"), "administrator")


@pytest.fixture
def city(editor):
    return sites.open_city_site(
        make_agency("Ủy ban nhân dân thành phố"), title="Thành phố Hải Phòng", by=editor
    )


@pytest.fixture
def write(city, editor):
    def make(title, column="Tin", *, on=date(2019, 3, 4), **facts):
        at = datetime(on.year, on.month, on.day, 2, tzinfo=UTC)
        return sites.write_story(
            sites.open_column(city, title=column, by=editor),
            title=title,
            kind="news",
            lead="Tóm tắt.",
            body=[("text", "<p>Nội dung.</p>")],
            published_at=at,
            by=editor,
            **facts,
        )

    return make


def entries(response):
    root = ET.fromstring(response.content)
    return [entry.findtext(f"{ATOM}title") for entry in root.iter(f"{ATOM}entry")]


def test_atom_holds_the_newest_first(client, write):
    write("Tin cũ", on=date(2019, 2, 1))
    write("Tin mới", on=date(2019, 5, 1))

    response = client.get("/tin-moi/atom.xml")

    assert entries(response) == ["Tin mới", "Tin cũ"]
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert response.cookies == {}


def test_feeds_of_a_column_and_an_agency_hold_their_own(client, write):
    bureau = make_agency("Sở Nội vụ")
    story = write("Tin của sở", "Tin sở", agency=bureau)
    write("Tin khác")

    column = client.get(f"/tin-moi/chuyen-muc/{story.get_parent().pk}/atom.xml")
    agency = client.get(f"/tin-moi/co-quan/{bureau.code}/atom.xml")

    assert (entries(column), entries(agency)) == (["Tin của sở"], ["Tin của sở"])


@pytest.mark.parametrize(
    "where",
    ["/tin-moi/chuyen-muc/999/atom.xml", "/tin-moi/co-quan/khong-co/rss.xml", "/tin-moi/chu-de/999/atom.xml"],
)
def test_feed_of_nothing_is_not_there(client, write, where):
    write("Tin")

    assert client.get(where).status_code == 404


def test_rss_is_the_same_in_another_form(client, write):
    write("Tin mới")

    root = ET.fromstring(client.get("/tin-moi/rss.xml").content)

    assert [item.findtext("title") for item in root.iter("item")] == ["Tin mới"]


def test_list_names_every_feed(client, write):
    story = write("Tin", agency=make_agency("Sở Nội vụ"))

    content = client.get("/tin-moi/").content.decode()

    assert f"/tin-moi/chuyen-muc/{story.get_parent().pk}/atom.xml" in content
    assert "/tin-moi/co-quan/" in content


def test_calendar_holds_the_events(client, city, editor, today):
    today(date(2019, 6, 1))
    at = datetime(2019, 7, 18, 1, tzinfo=UTC)
    sites.announce_event(
        city, title="Đối thoại; phiên 4", lead="Mời hỏi.", starts_at=at, place="Cổng", by=editor
    )

    calendar = Calendar.from_ical(client.get("/su-kien/lich.ics").content)

    assert [(str(event["summary"]), event["dtstart"].dt) for event in calendar.walk("VEVENT")] == [
        ("Đối thoại; phiên 4", at)
    ]


def test_map_of_the_site_names_what_is_public(client, write):
    write("Tin mới")
    actions.index_all()

    index = client.get("/sitemap.xml").content.decode()
    section = client.get("/sitemap-story.xml").content.decode()

    assert "/sitemap-story.xml" in index
    assert "/tin/tin-moi/</loc>" in section


def test_robots_are_kept_out_of_the_newsroom(client):
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert "Disallow: /toa-soan/" in lines
    assert lines[-1].endswith("/sitemap.xml")


# Readings ---------------------------------------------------------------------------------------------
READER = {"headers": {"user-agent": "Mozilla/5.0 Firefox/130"}}


def test_reading_is_counted_once_for_a_reader(client, write, today):
    story = write("Tin")
    today(date(2019, 6, 3))

    answers = [client.post(f"/luot-doc/{story.pk}/", **READER).status_code for _turn in range(3)]
    client.post(f"/luot-doc/{story.pk}/", headers={"user-agent": "Mozilla/5.0 Chrome/140"})

    assert answers == [204, 204, 204]
    assert list(ReadingCount.objects.values_list("on", "count")) == [(date(2019, 6, 3), 2)]


@pytest.mark.parametrize(
    "agent", ["Googlebot/2.1", "curl/8", "facebookexternalhit preview", "python-requests"]
)
def test_robots_are_not_counted(client, write, agent):
    story = write("Tin")

    client.post(f"/luot-doc/{story.pk}/", headers={"user-agent": agent})

    assert ReadingCount.objects.count() == 0


def test_reading_of_a_draft_is_not_there(client, write):
    story = write("Tin")
    story.unpublish()

    assert client.post(f"/luot-doc/{story.pk}/", **READER).status_code == 404
    assert client.get(f"/luot-doc/{story.pk}/").status_code == 405


def test_readings_are_shown_to_the_agency_alone(as_user, write, today):
    today(date(2019, 6, 3))
    bureau, other = make_agency("Sở Nội vụ"), make_agency("Sở Tư pháp")
    mine, _theirs = write("Tin của tôi", agency=bureau), write("Tin của họ", agency=other)
    actions.count_reading(mine, on=date(2019, 6, 3))
    actions.count_reading(mine, on=date(2019, 5, 3))

    editor = make_user(bureau, "editor")

    content = as_user(editor).get("/luot-doc/?since=2019-06-01").content.decode()
    counted = queries.stories_read(editor, since=date(2019, 6, 1), until=None)

    assert "Tin của tôi" in content
    assert "Tin của họ" not in content
    assert [(story.title, story.read_count) for story in counted] == [("Tin của tôi", 1)]


def test_who_has_no_part_in_the_newsroom_reads_an_empty_list(as_user, write):
    write("Tin")

    response = as_user(make_user(make_agency("Sở Nội vụ"), "officer")).get("/luot-doc/")

    assert response.status_code == 200
    assert "/tin/tin/" not in response.content.decode()
