"""Letters to people who registered themselves: each once, in their language, forgotten with the contact."""

from datetime import date, timedelta

import pytest

from factories import make_registration
from loa.channels.models import Letter, Notice
from loa.core import clock
from loa.core.models import Entry
from loa.events import actions, clocks, jobs, tickets
from loa.events.models import Registration

HOUR = timedelta(hours=1)
pytestmark = pytest.mark.usefixtures("in_english")


def opened(scene, **fields):
    now = clock.now()
    return scene.event(is_public=True, registration_opens_at=now - HOUR, place="Hội trường", **fields)


def register(event, *, key="k", **fields):
    given = {"name": "An", "email": "an@example.vn", "has_consented": True, "language": "en", **fields}
    return actions.register_publicly(event, key=key, **given)


@pytest.fixture
def take(django_capture_on_commit_callbacks):
    def run(act, *args, **given):
        with django_capture_on_commit_callbacks(execute=True):
            return act(*args, **given)

    return run


def subjects(address="an@example.vn"):
    return [row.subject.partition(":")[0] for row in Letter.objects.order_by("pk") if row.address == address]


def test_who_registers_gets_the_code_and_the_link_once(scene):
    event = opened(scene)

    first, again = register(event), register(event)

    letter = Letter.objects.get()
    assert first == again
    assert tickets.shown(first.code) in letter.body
    assert letter.url.endswith(f"/{tickets.own_word(first.code)}/")
    assert subjects() == ["You are registered"]


def test_who_left_no_address_gets_none(scene):
    register(opened(scene), email="", phone="0912345678")

    assert not Letter.objects.exists()


def test_who_waits_is_told_when_a_place_comes_free(scene):
    event = opened(scene, capacity=1)
    first = register(event)
    register(event, key="k2", name="Bình", email="binh@example.vn")

    actions.cancel_registration(first, by=None)

    assert subjects("binh@example.vn") == ["You are on the waiting list", "A place is yours"]


def test_put_off_set_anew_and_called_off_are_told_each_once(scene, take):
    event = opened(scene)
    register(event)
    starts_at = event.starts_at + timedelta(days=7)

    take(actions.take_event_step, event, "postpone", note="Bão số 3", by=scene.officer)
    take(
        actions.take_event_step,
        event,
        "set_anew",
        starts_at=starts_at,
        ends_at=starts_at + HOUR,
        by=scene.officer,
    )
    take(actions.take_event_step, event, "cancel", note="Không đủ người", by=scene.officer)
    for entry in Entry.objects.filter(action="event.cancel"):
        jobs.tell_registered(entry.pk)

    assert subjects() == ["You are registered", "Postponed", "New time", "Cancelled"]
    assert "Không đủ người" in Letter.objects.order_by("pk").last().body


def test_what_another_step_has_overtaken_is_not_told(scene):
    event = opened(scene)
    register(event)
    entry = actions.take_event_step(event, "postpone", note="Bão số 3", by=scene.officer)
    actions.take_event_step(event, "cancel", note="Thôi", by=scene.officer)

    assert jobs.tell_registered(entry.pk) == 0


def test_a_new_place_is_told_to_who_comes_and_to_who_is_invited(scene, take):
    event = opened(scene)
    scene.invitation(event)
    register(event)
    make_registration(event, name="Thôi", email="thoi@example.vn", state="cancelled")
    make_registration(event, name="Cử", email="cu@example.vn", origin="invited")

    take(actions.edit_event, event, place="Phòng 2", by=scene.officer)
    take(actions.edit_event, event, capacity=90, by=scene.officer)

    assert subjects() == ["You are registered", "New place"]
    assert subjects("thoi@example.vn") == subjects("cu@example.vn") == []
    assert "Phòng 2" in Letter.objects.order_by("pk").last().body
    assert Notice.objects.filter(receiver=scene.local, key__startswith="event.edit").count() == 1


def test_letters_go_with_the_contact(scene, today):
    event = opened(scene)
    row = register(event)
    actions.cancel_registration(row, by=None)
    type(event).objects.filter(pk=event.pk).update(state="ended", ended_at=clock.now())

    today(date(2020, 6, 1))
    clocks.purge()

    assert not Letter.objects.exists()
    assert Registration.objects.get().email == ""


def test_the_form_writes_in_the_readers_language(scene, client):
    event = opened(scene)
    given = {"name": "An", "email": "an@example.vn", "has_consented": "on", "key": "k" * 20}

    client.post(f"/su-kien/{event.pk}/dang-ky/", given, headers={"accept-language": "vi"})

    assert Registration.objects.get().language == Letter.objects.get().language
