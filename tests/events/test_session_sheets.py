"""Who was in which session, taken from a sheet: the signed list of one, or a column for each."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from events.test_sessions import Course
from factories import make_registration
from loa.core.models import Entry
from loa.core.sheets import SheetError, read_sheet
from loa.core.workflow import FlowError, StaleError
from loa.events import actions, queries, tickets
from loa.events.models import Attendance, EventSession, Registration, SessionAttendance
from loa.events.queries.session_sheet import preview_sessions, session_headings, session_shape

HEADINGS = "Mã,Họ và tên,Đơn vị"


@pytest.fixture
def course(scene):
    return Course(scene)


def read(course, columns, *lines, session=None):
    shape = session_shape(queries.sessions_with_attendance(course.event), session)
    return read_sheet("\n".join((f"{HEADINGS},{columns}", *lines)).encode(), "a.csv", shape).rows


def take(course, rows, session=None, by=None):
    digest = preview_sessions(rows, event=course.event, session=session).digest
    return actions.import_sessions(
        course.event, rows, session=session, digest=digest, by=by or course.scene.officer
    )


def told(session):
    names = dict(session.event.registrations.values_list("pk", "name"))
    return {names[pk]: presence for pk, presence in queries.presence_in(session).items()}


def test_the_signed_list_of_a_session_counts_for_it_alone(course):
    code = tickets.shown(course.people[0].code)
    rows = read(
        course, "Có mặt", f"{code},An,,x", ",Bình,,phép", ",Dung,Sở Tư pháp,x", session=course.afternoon
    )

    take(course, rows, course.afternoon)

    assert told(course.afternoon) == {"An": "present", "Bình": "excused", "Dung": "present"}
    assert told(course.morning) == {}
    assert course.whole() == ["present", "", ""]
    assert Attendance.objects.get(registration__name="Dung").presence == "present"
    assert {row.how for row in SessionAttendance.objects.all()} == {"sheet"}


def test_a_column_for_each_session_says_all_and_an_empty_cell_nothing(course):
    course.mark(course.morning, c="present")
    rows = read(course, "Buổi sáng,Buổi chiều", ",An,,x,v", ",Bình,,v,v", ",Cúc,,,p", ",Dung,,,x")

    take(course, rows)

    assert told(course.morning) == {"An": "present", "Bình": "absent", "Cúc": "present"}
    assert told(course.afternoon) == {"An": "absent", "Bình": "absent", "Cúc": "excused", "Dung": "present"}
    assert course.whole() == ["present", "absent", "present"]
    notes = Entry.objects.filter(action="event.mark_session", data__how="sheet").values_list(
        "note", flat=True
    )
    assert sorted(notes) == ["Buổi chiều", "Buổi sáng"]


def test_taken_twice_it_is_the_same(course):
    rows = read(course, "Buổi sáng,Buổi chiều", ",An,,x,v", ",Dung,,,x")
    digest = preview_sessions(rows, event=course.event).digest
    take(course, rows)
    known = list(SessionAttendance.objects.order_by("pk").values_list("pk", "presence"))

    again = preview_sessions(rows, event=course.event)
    with pytest.raises(StaleError):
        actions.import_sessions(course.event, rows, digest=digest, by=course.scene.officer)

    assert (again.rows, again.unchanged_count, again.can_apply) == ([], 2, False)
    assert list(SessionAttendance.objects.order_by("pk").values_list("pk", "presence")) == known
    assert Registration.objects.filter(name="Dung").count() == 1


@pytest.mark.usefixtures("in_english")
def test_every_bad_row_is_named_and_nothing_changes(course):
    make_registration(course.event, name="An")
    rows = read(
        course,
        "Buổi sáng,Buổi chiều",
        ",An,,x,",
        ",Bình,,chua ro,x",
        "ZZZZ-ZZZZ,Ai,,x,",
        ",Dung,So,x,",
        ",Dung,So,v,",
        ",Em,,,",
        ",,So,x,",
    )

    preview = preview_sessions(rows, event=course.event)

    assert [(error.number, error.reason) for error in preview.errors] == [
        (2, "Several people have this name: give the code or the organisation."),
        (3, "“Buổi sáng”: “chua ro” says neither present, absent nor excused."),
        (4, "The code “ZZZZ-ZZZZ” is nobody's of this event."),
        (6, "The same person stands before, in row 5."),
        (7, "Nothing is said of whether this person was there."),
        (8, "“Full name” is empty."),
    ]
    with pytest.raises(FlowError):
        take(course, rows)
    assert SessionAttendance.objects.count() == 0


@pytest.mark.usefixtures("in_english")
def test_a_row_of_the_list_of_one_session_must_say_something(course):
    rows = read(course, "Có mặt", ",An,,", session=course.morning)

    preview = preview_sessions(rows, event=course.event, session=course.morning)

    assert [error.reason for error in preview.errors] == ["Nothing is said of whether this person was there."]


@pytest.mark.usefixtures("in_english")
def test_a_sheet_without_any_session_says_which_there_are(course):
    rows = read(course, "Có mặt", ",An,,x")

    preview = preview_sessions(rows, event=course.event)

    assert [(error.number, error.reason) for error in preview.errors] == [
        (1, "No column has the name of a session: “Buổi sáng”, “Buổi chiều”.")
    ]


def test_the_list_of_one_session_needs_its_column(course):
    with pytest.raises(SheetError):
        read(course, "Buổi sáng", ",An,,x", session=course.morning)


def test_sessions_of_one_title_are_told_apart_by_their_time(course):
    EventSession.objects.filter(pk=course.afternoon.pk).update(title="buổi SÁNG")
    sessions = queries.sessions_with_attendance(course.event)
    headings = list(session_headings(sessions).values())

    rows = read(course, ",".join(headings), ",An,,x,v")
    take(course, rows)

    assert len(set(headings)) == 2
    assert headings[0].startswith("Buổi sáng (")
    assert [told(session) for session in sessions] == [{"An": "present"}, {"An": "absent"}]


def test_a_session_called_like_a_column_of_people_is_told_apart(course):
    EventSession.objects.filter(pk=course.morning.pk).update(title="Chức vụ")

    headings = session_headings(queries.sessions_with_attendance(course.event))

    assert headings[course.morning.pk].startswith("Chức vụ (")
    assert headings[course.afternoon.pk] == "Buổi chiều"


def test_strangers_take_in_nothing_nor_anybody_before_it_began(course):
    rows = read(course, "Buổi sáng", ",An,,x")

    with pytest.raises(PermissionDenied):
        take(course, rows, by=course.scene.stranger)
    type(course.event).objects.filter(pk=course.event.pk).update(state="concluded")
    course.event.refresh_from_db()
    with pytest.raises(FlowError):
        take(course, rows)

    assert SessionAttendance.objects.count() == 0


# pages --------------------------------------------------------------------------------------------


def door(course, session=None):
    query = f"?buoi={session.pk}" if session else ""
    return [
        reverse(f"events:{name}", args=[course.event.pk]) + query
        for name in ("attendance_import", "attendance_import_apply", "event_attendance", "attendance_sheet")
    ]


def hand_in(client, url, text):
    return client.post(url, {"file": SimpleUploadedFile("ds.csv", text.encode())})


def test_the_list_of_the_chosen_session_is_previewed_then_taken(course, as_user):
    client = as_user(course.scene.officer)
    give, apply, back, _sheet = door(course, course.afternoon)
    chosen = client.get(give)
    preview = hand_in(client, give, "Họ và tên,Có mặt\nAn,x\nMới,v\n")
    sheet = preview.context["form"].initial["sheet"]

    elsewhere = client.post(door(course, course.morning)[1], {"sheet": sheet})
    done = client.post(apply, {"sheet": sheet})

    assert chosen.context["session"] == course.afternoon
    assert apply in preview.content.decode()
    assert (elsewhere.status_code, done.status_code, done.url) == (404, 302, back)
    assert told(course.afternoon) == {"An": "present", "Mới": "absent"}
    assert told(course.morning) == {}


def test_who_was_in_which_session_is_the_sheet_that_is_read(course, as_user):
    client = as_user(course.scene.officer)
    course.mark(course.morning, a="present", b="absent")
    give, _apply, _back, sheet = door(course)
    content = client.get(sheet).content

    preview = client.post(give, {"file": SimpleUploadedFile("ds.xlsx", content)}).context["preview"]

    assert (preview.errors, preview.rows, preview.unchanged_count) == ([], [], 3)


def test_the_list_to_sign_of_a_session_is_the_list_that_is_read(course, as_user):
    client = as_user(course.scene.officer)
    course.mark(course.morning, a="present", b="absent", c="excused")
    give, _apply, _back, sheet = door(course, course.morning)
    content = client.get(sheet).content

    preview = client.post(give, {"file": SimpleUploadedFile("ds.xlsx", content)}).context["preview"]

    assert (preview.errors, preview.rows, preview.unchanged_count) == ([], [], 3)


def test_the_page_says_presence_in_words_and_each_name_once(course, as_user):
    course.mark(course.morning, a="absent")

    response = hand_in(as_user(course.scene.officer), door(course)[0], "Họ và tên,Buổi sáng\nAn,x\nDung,v\n")

    preview, page = response.context["preview"], " ".join(response.content.decode().split())
    assert [(row.old, row.new) for row in preview.changed[0].changes] == [("Vắng mặt", "Có mặt")]
    assert "<b>Dung. Buổi sáng: Vắng mặt</b> <span" in page


@pytest.mark.parametrize("count", [1, 30])
def test_a_preview_asks_as_often_for_many(course, django_assert_num_queries, count):
    for number in range(count):
        make_registration(course.event, name=f"Người thứ {number}")
    rows = read(course, "Buổi sáng,Buổi chiều", *(f",Người thứ {number},,x,v" for number in range(count)))

    with django_assert_num_queries(3):
        preview_sessions(rows, event=course.event)
