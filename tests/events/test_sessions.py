"""Attendance session by session: at the door, by hand, the whole, certificates."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from factories import make_registration
from loa.core import clock
from loa.core.workflow import FlowError
from loa.events import actions, queries, tickets
from loa.events.actions import CheckIn
from loa.events.models import Attendance, EventSession, SessionAttendance
from loa.events.shapes import Line

HOUR = timedelta(hours=1)


class Course:
    """Two sessions and a break between them; three people."""

    def __init__(self, scene, **fields):
        now = clock.now()
        self.scene = scene
        self.event = scene.event(
            state="running",
            starts_at=now - 3 * HOUR,
            ends_at=now + 3 * HOUR,
            began_at=now - 3 * HOUR,
            **fields,
        )
        for position, (title, hours, taken) in enumerate(
            [("Buổi sáng", -3, True), ("Giải lao", -1, False), ("Buổi chiều", 2, True)], start=1
        ):
            EventSession.objects.create(
                event=self.event,
                position=position,
                title=title,
                starts_at=now + hours * HOUR,
                takes_attendance=taken,
            )
        self.morning, self.afternoon = queries.sessions_with_attendance(self.event)
        self.people = [make_registration(self.event, name=name) for name in ("An", "Bình", "Cúc")]

    def mark(self, session, **presences):
        wanted = {self.people["abc".index(name)].pk: presence for name, presence in presences.items()}
        return actions.mark_session(session, wanted, by=self.scene.officer)

    def whole(self):
        rows = {row.registration_id: row.presence for row in Attendance.objects.all()}
        return [rows.get(person.pk, "") for person in self.people]


@pytest.fixture
def course(scene):
    return Course(scene)


def test_the_whole_is_summed_up_from_the_sessions(course):
    course.mark(course.morning, a="present", b="absent", c="excused")
    half = course.whole()
    course.mark(course.afternoon, a="absent", b="absent", c="absent")

    assert half == ["present", "", ""]
    assert course.whole() == ["present", "absent", "excused"]
    course.mark(course.morning, a="")
    assert course.whole() == ["", "absent", "excused"]


def test_marked_twice_it_is_once_and_strangers_mark_nothing(course):
    assert (course.mark(course.morning, a="present"), course.mark(course.morning, a="present")) == (1, 0)
    with pytest.raises(PermissionDenied):
        actions.mark_session(course.morning, {course.people[0].pk: "present"}, by=course.scene.stranger)
    with pytest.raises(FlowError):
        actions.mark_presence(course.event, {course.people[0].pk: "present"}, by=course.scene.officer)


def test_a_ticket_is_read_once_for_each_session(course):
    code = course.people[0].code

    def read(session, key):
        seen = CheckIn(told=tickets.ticket_of(code), key=key, session=session)
        return actions.check_in_many(course.event, [seen], by=course.scene.officer)[0].result

    assert [read(course.morning.pk, "k1"), read(course.morning.pk, "k1"), read(course.morning.pk, "k2")] == [
        "present",
        "present",
        "already",
    ]
    assert read(course.afternoon.pk, "k3") == "present"
    assert SessionAttendance.objects.count() == 2


def test_what_a_phone_kept_without_a_session_counts_for_that_of_its_time(course):
    seen = CheckIn(told=course.people[0].code, key="k", seen_at=course.morning.starts_at - HOUR / 2)
    late = CheckIn(told=course.people[1].code, key="l", seen_at=course.afternoon.starts_at - HOUR / 2)

    actions.check_in_many(course.event, [seen, late], by=course.scene.officer)

    assert list(SessionAttendance.objects.order_by("pk").values_list("session", flat=True)) == [
        course.morning.pk,
        course.afternoon.pk,
    ]


def test_who_came_without_a_ticket_is_in_the_session_of_the_time(course):
    person = actions.register_at_door(course.event, name="Dũng", by=course.scene.officer)

    assert SessionAttendance.objects.get(registration=person).session == course.morning
    assert Attendance.objects.get(registration=person).presence == "present"


def test_the_rest_did_not_come_to_this_session_or_to_any(course):
    course.mark(course.morning, a="present")

    one = actions.mark_rest_absent(course.event, session=course.morning, by=course.scene.officer)
    rest = actions.mark_rest_absent(course.event, by=course.scene.officer)

    assert (one, rest) == (2, 3)
    assert course.whole() == ["present", "absent", "absent"]


@pytest.mark.parametrize(("share", "names"), [(None, "An Bình"), (50, "An Bình"), (51, "An"), (100, "An")])
def test_a_certificate_asks_for_its_share_of_the_sessions(scene, share, names):
    course = Course(scene, gives_certificates=True, certificate_share=share)
    course.mark(course.morning, a="present", b="present", c="absent")
    course.mark(course.afternoon, a="present", b="absent", c="absent")
    type(course.event).objects.filter(pk=course.event.pk).update(state="ended", ended_at=clock.now())

    count = actions.give_certificates(course.event, by=scene.officer)

    given = [
        row.name for row in course.people if type(row).objects.filter(pk=row.pk, certificate__isnull=False)
    ]
    assert (" ".join(given), count) == (names, len(given))


def test_a_session_somebody_was_in_stays_in_the_programme(course):
    course.mark(course.morning, a="present")
    lines = [
        Line(row.starts_at, row.title, row.speaker, row.place, row.takes_attendance)
        for row in course.event.sessions.all()
    ]
    with pytest.raises(FlowError):
        actions.set_programme(course.event, lines[1:], by=course.scene.officer)
    with pytest.raises(FlowError):
        actions.set_programme(
            course.event, [lines[0]._replace(takes_attendance=False), *lines[1:]], by=course.scene.officer
        )

    renamed = [lines[0]._replace(title="Khai mạc và buổi sáng"), *lines[2:]]
    actions.set_programme(course.event, renamed, by=course.scene.officer)

    course.morning.refresh_from_db()
    assert course.morning.title == "Khai mạc và buổi sáng"
    assert list(course.event.sessions.values_list("position", flat=True)) == [1, 2]
    assert course.whole()[0] == "present"


def test_the_list_is_typed_for_each_session_on_its_page(course, as_user):
    url = reverse("events:event_attendance", args=[course.event.pk])
    client = as_user(course.scene.officer)
    shown = client.get(url)
    afternoon = f"{url}?buoi={course.afternoon.pk}"

    done = client.post(afternoon, {f"p{person.pk}": "present" for person in course.people})
    client.post(f"{reverse('events:attendance_rest', args=[course.event.pk])}?buoi={course.morning.pk}")

    assert shown.context["session"] == course.morning
    assert done.url == afternoon
    assert queries.present_in(course.afternoon) == 3
    assert set(queries.presence_in(course.morning).values()) == {"absent"}
    sheet = client.get(reverse("events:attendance_sheet", args=[course.event.pk]))
    assert "cac-buoi" in sheet["Content-Disposition"]
    assert "Buổi chiều" in client.get(course.people[0].get_absolute_url()).content.decode()


def test_the_door_asks_for_the_session_without_a_script_and_with_one(course, as_user):
    client, url = as_user(course.scene.officer), reverse("events:event_door", args=[course.event.pk])
    opened = client.get(url)
    client.post(url, {"code": course.people[0].code, "session": course.afternoon.pk})
    sent = client.post(
        reverse("events:door_send", args=[course.event.pk]),
        {
            "seen": [{"told": course.people[1].code, "key": "k", "session": course.afternoon.pk}],
            "session": course.afternoon.pk,
        },
        content_type="application/json",
    )

    assert opened.context["form"]["session"].value() == course.morning.pk
    assert sent.json()["present"] == 2
    assert queries.present_in(course.morning) == 0
    again = client.get(url).context["known"]
    assert sorted(row["sessions"] for row in again) == [[], [course.afternoon.pk], [course.afternoon.pk]]


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_of_a_session_asks_as_often_for_many(course, as_user, count, django_assert_num_queries):
    for _number in range(count):
        make_registration(course.event)
    client, url = as_user(course.scene.officer), reverse("events:event_attendance", args=[course.event.pk])
    client.get(url)

    with django_assert_num_queries(12):
        client.get(url)
