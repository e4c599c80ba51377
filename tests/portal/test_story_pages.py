"""The public pages: what each shows, in which language, and in how many queries."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from portal_scene import AT
from wagtail.blocks import StructBlockValidationError

from factories import make_agency, make_plan, make_user
from loa.core import front
from loa.demo.drawing import draw
from loa.portal.actions import media, sites
from loa.portal.models import Correction, PictureRendition
from loa.portal.models.blocks import DoorBlock

pytestmark = pytest.mark.django_db


@pytest.fixture
def english(client, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def structured(response):
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', response.content.decode())
    return {each["@type"]: each for each in map(json.loads, found)}


def test_story_shows_who_wrote_it_when_and_what_was_corrected(client, tell):
    agency = make_agency("Sở Tư pháp")
    story = tell("Một cửa", byline="Phóng viên", agency=agency, source="Báo Hải Phòng")
    story.corrections.add(Correction(on="2019-03-05", text="Đúng là 15 ngày."))
    story.save()

    words = text_of(client.get(story.url))

    for each in (
        "Phóng viên",
        "Sở Tư pháp",
        "Nguồn: Báo Hải Phòng",
        "04/03/2019 09:00",
        "05/03/2019",
        "Đúng là 15 ngày.",
    ):
        assert each in words


def test_story_edited_later_says_so(client, tell):
    story = tell("Một cửa")
    story.last_published_at = AT + timedelta(days=2)
    story.save()

    assert "Cập nhật 06/03/2019 09:00" in text_of(client.get(story.url))


def test_story_has_structured_data_card_and_canonical_address(client, settings, tell, picture):
    settings.BASE_URL = "https://hai-phong.example"
    story = tell("Một cửa", picture=picture)

    response = client.get(story.url)

    page, data = response.content.decode(), structured(response)
    assert set(data) == {"NewsArticle", "BreadcrumbList"}
    assert data["NewsArticle"]["headline"] == "Một cửa"
    assert [item["name"] for item in data["BreadcrumbList"]["itemListElement"]] == [
        "Thành phố Hải Phòng", "Cải cách hành chính", "Một cửa",
    ]  # fmt: skip
    assert re.search(
        r'<meta property="og:image" content="https://hai-phong.example/tep/images/[^"]+\.jpg">', page
    )
    assert '<link rel="canonical" href="' in page


def test_structured_data_cannot_be_left_by_a_title(client, tell):
    story = tell("</script><script>alert(1)</script>", slug="la")

    page = client.get(story.url).content.decode()

    assert "<script>alert" not in page
    assert (
        structured(client.get(story.url))["NewsArticle"]["headline"] == "</script><script>alert(1)</script>"
    )


def test_pictures_come_in_sizes_and_forms_that_do_not_jump(client, tell, picture):
    body = [("figure", {"picture": picture, "caption": "Bến cảng"})]
    story = tell("Cảng", picture=picture, body=body)

    page = client.get(story.url).content.decode()

    shown = re.findall(r"<img[^>]+>", page)
    assert len(shown) == 2
    assert all(
        'width="' in each and 'height="' in each and 'alt="Cần cẩu bên cảng"' in each for each in shown
    )
    assert ["lazy" in each for each in shown] == [False, True]
    assert page.count('type="image/webp"') == 2


def test_previous_and_next_stand_in_the_order_of_days(client, tell):
    first, second, third = (tell(f"Bài {n}", at=AT + timedelta(days=n)) for n in range(3))

    response = client.get(second.url)

    assert (response.context["earlier"].pk, response.context["later"].pk) == (first.pk, third.pk)


def test_related_by_topic_and_agency_without_repeating(client, tell):
    plan, agency = make_plan(), make_agency("Sở Y tế")
    topic = plan.topics.create(label="a", text="Chủ trương", position=1)
    both = tell("Cả hai", topics=[topic], agency=agency)
    other = tell("Cùng cơ quan", agency=agency)
    story = tell("Bài này", topics=[topic], agency=agency)

    related = client.get(story.url).context["related"]

    assert [(reason, [each.pk for each in rows]) for reason, rows in related] == [
        ("topic", [both.pk]),
        ("agency", [other.pk]),
    ]


def test_interview_and_recording_and_table_are_shown(client, tell, administrator):
    file = media.add_attachment(b"RIFF", name="loa.wav", title="Bản tin", by=administrator)
    story = tell(
        "Đủ cả",
        body=[
            ("answer", {"question": "Bao lâu?", "who": "Giám đốc Sở", "answer": "<p>Mười ngày.</p>"}),
            (
                "recording",
                {"title": "Bản tin", "file": file, "captions": None, "transcript": "<p>Thưa bà con</p>"},
            ),
            ("table", {"data": [["Việc", "Ngày"], ["Khai sinh", None]], "first_row_is_table_header": True}),
            ("quote", {"text": "Làm ngay.", "who": "Chủ tịch xã"}),
            ("file", {"title": "Mẫu đơn", "file": file}),
        ],
    )

    page = client.get(story.url).content.decode()

    for each in (
        "Bao lâu?",
        "Mười ngày.",
        "<audio controls",
        "Thưa bà con",
        '<th scope="col">Việc</th>',
        "Làm ngay.",
        "Mẫu đơn",
    ):
        assert each in page
    assert "None" not in page


@pytest.mark.parametrize(
    ("wanted", "disposition"), [("in", None), ("luu", 'attachment; filename="mot-cua.html"')]
)
def test_story_is_printed_and_kept(client, tell, wanted, disposition):
    story = tell("Một cửa")

    response = client.get(story.url, {"ban": wanted})

    assert (response.status_code, response.headers.get("Content-Disposition")) == (200, disposition)
    assert ("Đoạn đầu." in text_of(response), "<nav" in response.content.decode()) == (True, False)


def test_story_in_vietnamese_only_says_so_in_english(english, tell):
    page = english.get(tell("Một cửa").url).content.decode()

    assert "This story exists in Vietnamese only." in page
    assert '<html lang="en"' in page
    assert re.search(r'<header class="band" lang="vi"', page)


def test_landing_page_speaks_english_where_it_was_written(english, city, administrator):
    sites.open_landing(
        city, title="Giới thiệu", slug="gioi-thieu", body=[("text", "<p>Cơ cấu</p>")],
        english_title="About us", english_body=[("text", "<p>Structure</p>")], by=administrator,
    )  # fmt: skip

    words = text_of(english.get("/gioi-thieu/"))

    assert ("About us" in words, "Structure" in words, "Cơ cấu" in words) == (True, True, False)


def test_menu_and_foot_are_those_of_the_site(client, city, part, column, administrator):
    sites.open_column(part, title="Tin của Sở", by=administrator)

    ours, theirs = client.get("/").content.decode(), client.get("/so-noi-vu/").content.decode()

    assert ("Cải cách hành chính" in ours, "Tin của Sở" in ours) == (True, False)
    assert ("Cải cách hành chính" in theirs, "Tin của Sở" in theirs) == (False, True)
    assert ('data-accent="teal"' in ours, 'data-accent="wine"' in theirs) == (True, True)
    assert ("18 Hoàng Diệu" in ours, "Khu A" in theirs) == (True, True)
    assert '<a href="/">Thành phố Hải Phòng</a>' in theirs


def test_part_is_read_at_a_host_of_its_own(client, settings, part, administrator):
    settings.ALLOWED_HOSTS = ["*"]
    sites.change_site(part, host="sonoivu.example", by=administrator)

    response = client.get("/", headers={"host": "sonoivu.example"})

    assert response.context["page"].pk == part.pk
    assert 'data-accent="wine"' in response.content.decode()


def test_home_leads_with_the_newest_that_has_a_picture(client, tell, picture):
    shown = tell("Có ảnh", picture=picture)
    newer = tell("Mới hơn", at=AT + timedelta(days=1))

    response = client.get("/")

    assert (response.context["leading"].pk, [each.pk for each in response.context["further"]]) == (
        shown.pk,
        [newer.pk],
    )


def test_home_shows_what_other_apps_add(client, city, monkeypatch):
    monkeypatch.setattr(front, "_sections", [])
    front.register("ui/empty.html", lambda agency: {"agency": agency})
    front.register("ui/nothing_such.html", lambda _agency: None)

    assert [each["given"] for each in client.get("/").context["sections"]] == [{"agency": None}]


def test_home_without_a_site_is_not_there_and_the_shell_stands(client, db):
    response = client.get("/khong-co/")

    assert (response.status_code, "Loa" in response.content.decode()) == (404, True)


def test_column_is_paged_in_the_database_and_filtered_by_kind(client, column, tell):
    for number in range(13):
        tell(f"Bài {number}", at=AT + timedelta(hours=number))
    interview = tell("Hỏi đáp", kind="interview", at=AT - timedelta(days=1))

    first, second = client.get(column.url), client.get(column.url, {"trang": "2"})
    kind = client.get(column.url, {"loai": "interview"})

    assert [len(each.context["stories"]) for each in (first, second, kind)] == [12, 2, 1]
    assert kind.context["stories"][0].pk == interview.pk
    assert client.get(column.url, {"trang": "x", "loai": "la"}).context["stories"].number == 1


def test_column_without_stories_says_so(client, column):
    assert "Chưa có nội dung được đăng" in text_of(client.get(column.url))


def test_column_tells_stories_of_its_sub_columns(client, column, tell, administrator):
    inner = sites.open_column(column, title="Một cửa", by=administrator)
    story = tell("Ở trong", within=inner)

    response = client.get(column.url)

    assert [each.pk for each in response.context["stories"]] == [story.pk]
    assert [each.pk for each in response.context["columns"]] == [inner.pk]


def test_draft_is_shown_nowhere(client, column, tell):
    story = tell("Bản thảo")
    story.unpublish()

    assert client.get("/cai-cach-hanh-chinh/ban-thao/").status_code == 404
    assert list(client.get(column.url).context["stories"]) == []
    assert client.get("/").context["leading"] is None


@pytest.fixture
def event(city, administrator):
    return sites.announce_event(
        city,
        title="Đối thoại; lần 4, tại chỗ",
        slug="doi-thoai-4",
        lead="Về cấp phép",
        starts_at=datetime(2019, 7, 24, 1, 30, tzinfo=UTC),
        place="Phòng họp số 2",
        by=administrator,
    )


def test_event_is_announced_and_goes_into_a_calendar(client, event, today):
    today(datetime(2019, 7, 15, tzinfo=UTC).date())
    response = client.get(event.url)
    calendar = client.get(f"/su-kien/{event.pk}/lich.ics")

    assert structured(response)["Event"]["startDate"] == "2019-07-24T08:30:00+07:00"
    assert f"/su-kien/{event.pk}/lich.ics" in response.content.decode()
    lines = calendar.content.decode().split("\r\n")
    assert calendar["Content-Type"] == "text/calendar; charset=utf-8"
    assert "SUMMARY:Đối thoại\\; lần 4\\, tại chỗ" in lines
    assert ("DTSTART:20190724T013000Z" in lines, "DTEND:20190724T033000Z" in lines) == (True, True)
    assert all(len(line.encode()) <= 75 for line in lines)


def test_event_that_is_over_says_so_and_leaves_the_first_page(client, event, today):
    today(datetime(2019, 8, 1, tzinfo=UTC).date())

    assert "Sự kiện đã kết thúc." in text_of(client.get(event.url))
    assert client.get("/").context["events"] == []


def test_event_that_is_not_public_has_no_calendar(client, event):
    event.unpublish()

    assert client.get(f"/su-kien/{event.pk}/lich.ics").status_code == 404


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "//elsewhere.example/", "https://elsewhere.example/"]
)
def test_door_leads_only_to_this_site(address):
    block = DoorBlock()
    given = block.to_python({"title": "Cửa", "text": "", "page": None, "address": address})

    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(given)

    assert list(refused.value.block_errors) == ["address"]


def test_visitor_is_asked_for_no_session_and_given_no_token(client, tell):
    story = tell("Một cửa")
    for address in ("/", "/cai-cach-hanh-chinh/", story.url):
        response = client.get(address)

        assert dict(response.cookies) == {}
        assert "csrf" not in response.content.decode().lower()
        assert not response.wsgi_request.session.accessed


def test_member_of_staff_finds_the_way_to_work(as_user, tell):
    story = tell("Một cửa")

    assert 'href="/viec-cua-toi/"' in as_user(make_user(make_agency())).get(story.url).content.decode()


def counted(client, address):
    cache.clear()
    client.get(address)  # sizes of pictures are made, roots of sites remembered
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


@pytest.mark.parametrize("rows", [8, 16])
def test_queries_do_not_grow_with_what_is_shown(client, tell, picture, administrator, rows):
    plan, agency = make_plan(), make_agency("Sở Y tế")
    topic = plan.topics.create(label="a", text="Chủ trương", position=1)
    for number in range(rows):
        another = media.add_picture(
            draw("port"),
            name=f"{number}.png",
            title=f"Ảnh {number}",
            alt_text="Ảnh",
            by=administrator,
        )
        body = [("gallery", {"figures": [{"picture": each, "caption": ""} for each in (picture, another)]})]
        tell(
            f"Bài {number}",
            picture=another,
            agency=agency,
            topics=[topic],
            body=body,
            at=AT + timedelta(hours=number),
        )
        sites.open_column(
            tell("x").get_parent().get_parent().specific, title=f"Mục {number}", by=administrator
        )

    addresses = ("/", "/cai-cach-hanh-chinh/", "/cai-cach-hanh-chinh/bai-0/")
    assert [counted(client, address) for address in addresses] == [18, 15, 24]  # 4 for what other apps show
    assert PictureRendition.objects.exists()
