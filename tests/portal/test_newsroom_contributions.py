"""A contributor of a commune writes on the phone: kept, sent once, returned, mended, published. And what must not pass."""

from datetime import date
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from newsroom_scene import edited, make_story, newsroom  # noqa: F401
from PIL import Image

from factories import make_agency, make_assignment, make_plan, make_user
from loa.core.calendar_data import load_calendar
from loa.core.uploads import UploadError, check_recording
from loa.core.workflow import FlowError
from loa.plans.models import Deliverable
from loa.portal.actions import contributions as acts
from loa.portal.actions.stages import act_at_stage, arrange_column
from loa.portal.models import Contribution, Picture, Story
from loa.portal.queries.contributions import fate_of, own_contributions

pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.slow,
]
WRITE = "/cong-tac-vien/viet/"
OGG = b"OggS" + b"\0" * 60
WEBM = b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm" + b"\0" * 40
M4A = b"\0\0\0\x20ftypM4A " + b"\0" * 40


@pytest.fixture(autouse=True)
def _monday(today, db):
    today(date(2019, 6, 3))
    load_calendar()


@pytest.fixture
def commune(newsroom):  # noqa: F811
    """A commune without a site, under the agency of the first site, whose column is open to it."""
    arrange_column(newsroom.column, takes_contributions=True, by=fresh(newsroom.desk.approver))
    return make_agency("UBND xã", kind="commune", level="commune", parent=newsroom.first.agency)


@pytest.fixture
def writer(commune):
    return make_user(commune, "contributor")


def fresh(user):
    return type(user).objects.get(pk=user.pk)


def photo(colour="teal", exif=None, kind="JPEG", name="anh.jpg", after=b""):
    out = BytesIO()
    Image.new("RGB", (64, 48), colour).save(out, kind, **({"exif": exif} if exif else {}))
    return SimpleUploadedFile(name, out.getvalue() + after, "image/jpeg")


def words(newsroom, **changes):  # noqa: F811
    told = {
        "title": "Xã trả kết quả trong ngày",
        "text": "Xã làm.\n\nDân khen.",
        "column": newsroom.column.pk,
    }
    return {**told, "is_named": "on", **changes}


def draft(writer, newsroom, **changes):  # noqa: F811
    row = acts.begin_contribution(uuid4(), by=fresh(writer))
    told = {"title": "Xã trả kết quả trong ngày", "text": "Xã làm.\n\nDân khen.", "column": newsroom.column}
    acts.save_contribution(row, **{**told, **changes}, by=fresh(writer))
    return row


def test_written_and_sent_on_the_phone(newsroom, writer, as_user):  # noqa: F811
    data = words(newsroom, key=str(uuid4()), send="1")

    answer = as_user(writer).post(WRITE, data)

    story = Story.objects.get()
    assert answer.url == "/cong-tac-vien/"
    assert (story.title, story.byline, story.live) == ("Xã trả kết quả trong ngày", str(writer), False)
    assert story.current_workflow_task.specific.role == "editor"
    assert story.get_parent().pk == newsroom.column.pk


def test_double_click_is_one(newsroom, writer, as_user):  # noqa: F811
    data = words(newsroom, key=str(uuid4()), send="1")
    client = as_user(writer)

    client.post(WRITE, data)
    client.post(WRITE, data)

    assert (Contribution.objects.count(), Story.objects.count()) == (1, 1)


def test_draft_is_kept_as_one_goes(newsroom, writer, as_user):  # noqa: F811
    client, key = as_user(writer), str(uuid4())

    first = client.post(WRITE, words(newsroom, key=key, title=""), headers={"accept": "application/json"})
    client.post(first.json()["url"], words(newsroom, title="Có đầu đề"))

    assert Contribution.objects.get().title == "Có đầu đề"


def test_what_is_missing_is_said_and_nothing_lost(newsroom, writer, as_user):  # noqa: F811
    answer = as_user(writer).post(
        WRITE, words(newsroom, key=str(uuid4()), title="", text="Chỉ có chữ", send="1")
    )

    assert answer.status_code == 409
    assert "Chỉ có chữ" in answer.content.decode()
    assert Contribution.objects.get().text == "Chỉ có chữ"


def test_photo_needs_words_and_loses_its_place(newsroom, writer, as_user):  # noqa: F811
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (20.0, 51.0, 0.0)}
    client, key = as_user(writer), str(uuid4())
    data = words(newsroom, key=key, photos=photo(exif=exif))

    refused = client.post(WRITE, {**data, "send": "1"})
    row = Contribution.objects.get()
    kept = row.photos.get()
    client.post(row.get_absolute_url(), words(newsroom, send="1", **{f"alt_{kept.pk}": "Dân chờ ở quầy"}))

    picture = Picture.objects.get()
    with picture.file.open("rb") as file, Image.open(file) as shown:
        place = dict(shown.getexif().get_ifd(0x8825))
    assert (refused.status_code, place, picture.alt_text) == (409, {}, "Dân chờ ở quầy")
    assert picture.agency == newsroom.first.agency


def test_paragraphs_of_a_browser_are_paragraphs(newsroom, writer, as_user):  # noqa: F811
    as_user(writer).post(WRITE, words(newsroom, key=str(uuid4()), text="Xã làm.\r\n\r\nDân khen.", send="1"))

    story = Story.objects.get()
    assert story.lead == "Xã làm."
    assert str(story.body[0].value.source) == "<p>Xã làm.</p><p>Dân khen.</p>"


def test_nothing_told_leaves_no_draft(newsroom, writer, as_user):  # noqa: F811
    blank = {"key": str(uuid4()), "send": "1", "is_named": "on"}

    answer = as_user(writer).post(WRITE, blank)

    assert (answer.status_code, Contribution.objects.count()) == (422, 0)


def test_what_is_no_photo_is_told_which_kinds_are(newsroom, writer, as_user):  # noqa: F811
    broken = SimpleUploadedFile("a.jpg", b"xxxx", "image/jpeg")

    answer = as_user(writer).post(WRITE, words(newsroom, key=str(uuid4()), photos=broken))

    assert "jpg, png" in answer.context["form"].errors["photos"][0]
    assert "docx" not in answer.content.decode()


def test_seventh_photo_is_refused(newsroom, writer, as_user):  # noqa: F811
    files = [photo((number * 20, 0, 0)) for number in range(7)]

    answer = as_user(writer).post(WRITE, words(newsroom, key=str(uuid4()), photos=files))

    assert (answer.status_code, Contribution.objects.get().photos.count()) == (409, 0)


def test_voice_is_the_editors_alone(newsroom, writer, as_user, commune):  # noqa: F811
    voice = SimpleUploadedFile("ghi-am.webm", WEBM, "audio/webm")
    as_user(writer).post(WRITE, words(newsroom, key=str(uuid4()), recording=voice, send="1"))
    address = f"{Contribution.objects.get().get_absolute_url()}ghi-am/"

    statuses = [
        as_user(user).get(address).status_code
        for user in (writer, newsroom.desk.editor, newsroom.others.editor, make_user(commune, "contributor"))
    ]

    assert statuses == [200, 200, 404, 404]


def test_returned_is_mended_on_the_phone_and_goes_on(newsroom, writer, as_user):  # noqa: F811
    row = draft(writer, newsroom)
    story = acts.send_contribution(row, by=fresh(writer))
    state = Story.objects.get(pk=story.pk).current_workflow_task_state
    act_at_stage(
        state.task.specific, state, step="reject", note="Thiếu số liệu", by=fresh(newsroom.desk.editor)
    )
    client = as_user(writer)

    shown = client.get(row.get_absolute_url()).content.decode()
    client.post(row.get_absolute_url(), words(newsroom, text="Xã làm.\n\n21 hồ sơ.", send="1"))

    story = Story.objects.get(pk=story.pk)
    assert "Thiếu số liệu" in shown
    assert "21 hồ sơ." in str(story.get_latest_revision_as_object().body)
    assert story.current_workflow_task_state.status == "in_progress"


def test_fate_from_draft_to_published(newsroom, writer):  # noqa: F811
    row = draft(writer, newsroom)
    fates = [fate_of(own_contributions(fresh(writer)).get()).tone]
    story = acts.send_contribution(row, by=fresh(writer))
    fates.append(fate_of(own_contributions(fresh(writer)).get()).tone)
    story.get_latest_revision().publish()
    fates.append(fate_of(own_contributions(fresh(writer)).get()).tone)

    assert fates == ["plain", "wait", "done"]


def test_with_the_editor_it_cannot_be_changed(newsroom, writer):  # noqa: F811
    row = draft(writer, newsroom)
    acts.send_contribution(row, by=fresh(writer))

    with pytest.raises(FlowError):
        acts.save_contribution(row, title="Khác", text="Khác", by=fresh(writer))


def test_work_of_the_commune_counts_when_published(newsroom, writer, commune):  # noqa: F811
    work = make_assignment(commune, plan=make_plan())
    row = draft(writer, newsroom, work=f"a{work.pk}")

    acts.send_contribution(row, by=fresh(writer)).get_latest_revision().publish()

    assert Deliverable.objects.get().assignment == work


def test_work_of_another_agency_is_refused(newsroom, writer):  # noqa: F811
    foreign = make_assignment(newsroom.second.agency, plan=make_plan())

    with pytest.raises(FlowError):
        draft(writer, newsroom, work=f"a{foreign.pk}")


def test_closed_or_foreign_column_is_refused(newsroom, writer, as_user):  # noqa: F811
    with pytest.raises(FlowError):
        draft(writer, newsroom, column=newsroom.other_column)
    answer = as_user(writer).post(WRITE, words(newsroom, key=str(uuid4()), column=newsroom.other_column.pk))

    assert answer.status_code == 422


def test_another_persons_draft_does_not_exist(newsroom, writer, as_user, commune):  # noqa: F811
    row = draft(writer, newsroom)
    other = make_user(commune, "contributor")

    assert as_user(other).get(row.get_absolute_url()).status_code == 404
    assert as_user(other).post(WRITE, words(newsroom, key=str(row.key))).status_code == 403
    with pytest.raises(PermissionDenied):
        acts.send_contribution(row, by=fresh(other))


def test_list_costs_the_same_for_one_and_thirty(newsroom, writer, as_user, django_assert_num_queries):  # noqa: F811
    client = as_user(writer)
    acts.send_contribution(draft(writer, newsroom), by=fresh(writer))
    client.get("/cong-tac-vien/")

    def count():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            assert client.get("/cong-tac-vien/").status_code == 200
        return len(queries)

    one = count()
    for _number in range(29):
        draft(writer, newsroom)

    assert count() == one


# What must not pass ----------------------------------------------------------------------------------


def test_pasted_html_stays_text(newsroom, writer, as_user, client):  # noqa: F811
    evil = '<script>alert(1)</script><img src=x onerror=alert(1)> <a href="javascript:alert(1)">x</a>'
    as_user(writer).post(WRITE, words(newsroom, key=str(uuid4()), title=evil[:200], text=evil, send="1"))
    story = Story.objects.get()
    story.get_latest_revision().publish()
    body = str(Story.objects.get(pk=story.pk).body)

    assert "<script" not in body
    assert "<img" not in body
    assert "<a " not in body


def test_pasted_html_in_the_editor_is_cleaned(newsroom, as_user):  # noqa: F811
    from wagtail.test.utils.form_data import rich_text, streamfield

    story = make_story(newsroom.column, owner=newsroom.desk.editor)
    evil = (
        '<p onclick="x()">A<script>alert(1)</script><a href="javascript:alert(1)">b</a>'
        '<a href="https://haiphong.example/">c</a></p><iframe src="//x"></iframe>'
    )
    body = streamfield([("text", rich_text(evil))])

    as_user(newsroom.desk.editor).post(f"/toa-soan/pages/{story.pk}/edit/", edited(story, body=body))

    kept = str(Story.objects.get(pk=story.pk).get_latest_revision_as_object().body)
    assert [word in kept for word in ("<script", "onclick", "javascript:", "<iframe")] == [False] * 4
    assert "haiphong.example" in kept


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("anh.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>x</script></svg>'),
        SimpleUploadedFile("anh.jpg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>x</script></svg>'),
        SimpleUploadedFile("anh.jpg", b"GIF89a/*<script>alert(1)</script>*/"),
        SimpleUploadedFile("anh.jpg", b"\xff\xd8\xff\xe0<?php system($_GET[0]); ?>"),
        SimpleUploadedFile("anh.png", b"%PDF-1.4 <script>"),
    ],
    ids=["svg", "svg-as-jpg", "gif-script", "php-in-jpeg", "pdf-as-png"],
)
def test_hostile_photo_is_refused(newsroom, writer, as_user, file):  # noqa: F811
    file.seek(0)

    answer = as_user(writer).post(WRITE, words(newsroom, key=str(uuid4()), photos=file))

    assert (answer.status_code, Contribution.objects.get().photos.count()) == (422, 0)


def test_what_hides_behind_a_picture_is_cut_off(newsroom, writer, as_user):  # noqa: F811
    hidden = b"<script>alert(1)</script>PK\x03\x04"

    as_user(writer).post(WRITE, words(newsroom, key=str(uuid4()), photos=photo(after=hidden)))

    with Contribution.objects.get().photos.get().file.open("rb") as kept:
        assert b"<script>" not in kept.read()


def test_svg_is_no_picture_of_the_newsroom(newsroom, as_user):  # noqa: F811
    svg = SimpleUploadedFile("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>x</script></svg>')

    as_user(newsroom.desk.editor).post("/toa-soan/images/add/", {"title": "A", "file": svg, "alt_text": "A"})

    assert not Picture.objects.exists()


def test_title_of_ten_thousand_letters(newsroom, writer, as_user):  # noqa: F811
    long = "Đ" * 10_000
    story = make_story(newsroom.column, owner=newsroom.desk.editor)

    phone = as_user(writer).post(WRITE, words(newsroom, key=str(uuid4()), title=long))
    desk = as_user(newsroom.desk.editor).post(f"/toa-soan/pages/{story.pk}/edit/", edited(story, title=long))

    assert (phone.status_code, desk.status_code) == (422, 200)
    assert Story.objects.get(pk=story.pk).title == "Một cửa"


@pytest.mark.parametrize(
    ("content", "kind"),
    [(OGG, "ogg"), (WEBM, "webm"), (M4A, "m4a"), (b"ID3\x03" + b"\0" * 40, "mp3")],
)
def test_recording_is_known_by_its_content(content, kind):
    assert check_recording(BytesIO(content), "x.bin", limit_mb=1).kind == kind


@pytest.mark.parametrize(
    "content", [b"", b"<html>", b"\xff\xd8\xff\xe0", b"\x1aE\xdf\xa3matroska", b"MZ" * 30]
)
def test_other_files_are_no_recording(content):
    with pytest.raises(UploadError):
        check_recording(BytesIO(content), "ghi-am.mp3", limit_mb=1)
