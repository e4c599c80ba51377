"""What the minutes, the conclusion and the certificates of a gathering say."""

from datetime import datetime
from zoneinfo import ZoneInfo

from factories import make_user
from loa.directory.queries.signing import named_head_signature
from loa.events import actions
from loa.events.papers.letters import event_paper
from loa.events.queries.papers import attended, head_of
from officialdoc.write.model import Text

BEGAN = datetime(2019, 6, 10, 8, 5, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def document(scene, event, kind, text="Đã bàn ba việc."):
    paper = actions.begin_paper(event, kind, by=scene.officer)
    actions.write_paper(paper, text=text, receivers="", by=scene.officer)
    paper.refresh_from_db()
    return event_paper(paper, head_of(event.agency, BEGAN.date()), attended(paper))


def lines(found):
    return ["".join(run.text for run in block.runs) for block in found.body if isinstance(block, Text)]


def test_minutes_say_when_where_who_and_end_with_the_hour(scene):
    ended = BEGAN.replace(hour=11, minute=30)
    event = scene.held(
        people=0,
        began_at=BEGAN,
        ended_at=ended,
        chair_title="Giám đốc Sở",
        title="Rà soát",
        place="Hội trường",
    )
    event.panel.create(agency=scene.district, position=1)

    found = document(scene, event, "minutes")

    assert lines(found) == [
        "Thời gian bắt đầu: 8 giờ 05 phút, ngày 10 tháng 6 năm 2019.",
        "Địa điểm: Hội trường.",
        "Thành phần tham dự: UBND quận Lê Chân.",
        "Chủ trì (chủ tọa): Giám đốc Sở.",
        f"Thư ký (người ghi biên bản): {scene.officer.full_name}.",
        "Nội dung:",
        "Đã bàn ba việc.",
        "Lớp tập huấn kết thúc vào 11 giờ 30 phút, ngày 10 tháng 6 năm 2019.",
    ]
    assert (found.title, found.signature.title) == ("Lớp tập huấn “Rà soát”", "CHỦ TỌA")
    assert (found.secretary.title, found.secretary.name) == ("THƯ KÝ", scene.officer.full_name)


def test_minutes_count_who_was_present_only_where_somebody_was(scene):
    event = scene.held()
    actions.mark_presence(
        event, {person.pk: "present" for person in event.registrations.all()}, by=scene.officer
    )

    assert "Thành phần tham dự: 3 người có mặt." in lines(document(scene, event, "minutes"))
    assert "Thành phần" not in "".join(lines(document(scene, scene.held(), "minutes")))


def test_minutes_chaired_by_another_body_are_signed_by_the_organisers_head(scene):
    event = scene.held(chair=scene.district)

    assert document(scene, event, "minutes").signature.title == "GIÁM ĐỐC"


def test_a_title_that_begins_with_the_kind_does_not_say_it_twice(scene):
    event = scene.held(kind="dialogue", title="Đối thoại trực tuyến số 2: đăng ký kinh doanh")

    found = document(scene, event, "conclusion")

    assert found.title == "Kết luận tại Đối thoại trực tuyến số 2: đăng ký kinh doanh"
    assert found.secretary is None


def test_certificates_bear_the_heads_name_where_one_alone_is_head(scene):
    assert named_head_signature(scene.agency, BEGAN.date())["name"] == scene.head.full_name

    make_user(scene.agency, "head")

    assert named_head_signature(scene.agency, BEGAN.date())["name"] == ""
