"""At the door of a course with two sessions: which session is chosen counts, also while the network is away."""

from datetime import date

import pytest
from django.conf import settings
from django.test import Client

from events.conftest import Scene
from events.test_sessions import Course
from loa.core import clock
from loa.core.calendar_data import load_calendar
from loa.events import queries, tickets
from loa.events.models import SessionAttendance

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PRESENT, BEFORE = "có mặt", "đã điểm danh trước đó"


@pytest.fixture
def course(db):
    clock.set_today(date(2019, 6, 10))
    load_calendar()
    yield Course(Scene())
    clock.set_today(None)


@pytest.fixture
def door(course, open_page, live_server):
    """The page at the door on a phone, opened while the morning goes on."""
    client = Client()
    client.force_login(course.scene.officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = open_page(language="vi", width=360)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
    page.goto(f"/quan-ly-su-kien/{course.event.pk}/cua/")
    return page


def choose(page, session):
    page.select_option("[data-session]", str(session.pk))


def type_code(page, person, words):
    page.fill("[data-code]", tickets.shown(person.code).lower())
    page.get_by_role("button", name="Điểm danh", exact=True).click()
    page.locator("[data-said]", has_text=f"{person.name}: {words}").wait_for()


def counted(page):
    return page.locator(".door__count [data-present]").inner_text()


def sent(page):
    page.locator("[data-net]", has_text="Đã gửi hết").wait_for()


def told(session):
    names = dict(session.event.registrations.values_list("pk", "name"))
    return sorted(names[pk] for pk in queries.presence_in(session))


def sending_is(page, answer):
    page.route("**/cua/gui/", answer)


def test_the_session_chosen_without_the_network_is_the_one_that_counts(course, door, flaws):
    an, binh, cuc = course.people
    assert door.locator("[data-session]").input_value() == str(course.morning.pk)

    door.context.set_offline(True)
    type_code(door, an, PRESENT)
    morning = [counted(door)]
    type_code(door, an, BEFORE)
    choose(door, course.afternoon)
    afternoon = [counted(door)]
    type_code(door, an, PRESENT)
    type_code(door, binh, PRESENT)
    afternoon.append(counted(door))
    choose(door, course.morning)
    morning.append(counted(door))
    type_code(door, cuc, PRESENT)
    door.locator("[data-net]", has_text="(4)").wait_for()
    kept = SessionAttendance.objects.count()
    door.context.set_offline(False)
    sent(door)

    assert (morning, afternoon, kept) == (["1", "1"], ["0", "2"], 0)
    assert (told(course.morning), told(course.afternoon)) == (["An", "Cúc"], ["An", "Bình"])
    assert counted(door) == "2"
    choose(door, course.afternoon)
    type_code(door, binh, BEFORE)
    assert door.evaluate("document.documentElement.scrollWidth") <= 360
    assert flaws(door) == []


def test_what_a_phone_kept_is_known_after_the_page_is_opened_again(course, door):
    an, binh, _cuc = course.people
    sending_is(door, lambda route: route.abort("internetdisconnected"))
    choose(door, course.afternoon)
    type_code(door, an, PRESENT)

    door.reload()
    choose(door, course.morning)
    morning = counted(door)
    type_code(door, an, PRESENT)
    choose(door, course.afternoon)
    type_code(door, an, BEFORE)
    type_code(door, binh, PRESENT)
    afternoon = counted(door)
    door.unroute("**/cua/gui/")
    door.evaluate("dispatchEvent(new Event('online'))")
    sent(door)

    assert (morning, afternoon) == ("0", "2")
    assert (told(course.morning), told(course.afternoon)) == (["An"], ["An", "Bình"])


def test_a_session_chosen_while_the_answer_is_under_way_shows_its_own_count(course, door):
    held = []
    sending_is(door, lambda route: held.append(route))  # noqa: PLW0108  the driver asks how many it takes
    with door.expect_request("**/cua/gui/"):
        type_code(door, course.people[0], PRESENT)

    choose(door, course.afternoon)
    held[0].continue_()
    sent(door)

    assert counted(door) == "0"
    choose(door, course.morning)
    assert counted(door) == "1"
    assert (told(course.morning), told(course.afternoon)) == (["An"], [])


def test_who_was_taken_off_the_list_meanwhile_is_not_counted(course, door):
    an, binh, _cuc = course.people
    type(an).objects.filter(pk=an.pk).update(state="cancelled")

    door.context.set_offline(True)
    type_code(door, an, PRESENT)
    type_code(door, binh, PRESENT)
    door.context.set_offline(False)
    sent(door)
    door.locator("[data-said]", has_text="An: ").wait_for()
    choose(door, course.afternoon)
    choose(door, course.morning)

    assert (counted(door), told(course.morning)) == ("1", ["Bình"])
