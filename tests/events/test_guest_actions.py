"""Invitations, names, registrations, the waiting list, the door."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from factories import make_registration
from loa.channels.models import Notice
from loa.core import clock
from loa.core.sheets import read_sheet
from loa.core.workflow import FlowError
from loa.directory.models import Network, NetworkMember
from loa.events import actions, queries, tickets
from loa.events.actions import CheckIn
from loa.events.models import Attendance, Invitation, Registration
from loa.events.queries.attendance_sheet import SHAPE, preview_attendance
from loa.events.shapes import Name

HOUR = timedelta(hours=1)


def names_of(invitation):
    return sorted(invitation.registrations.filter(state="going").values_list("name", flat=True))


def test_an_invitation_waits_for_the_announcement(scene):
    event = scene.event(state="approved")

    actions.invite(event, agencies=[scene.district], quota=3, by=scene.officer)
    before = Invitation.objects.get().state
    actions.take_event_step(event, "announce", by=scene.officer)
    actions.invite(event, agencies=[scene.district, scene.other], quota=9, by=scene.officer)

    rows = list(Invitation.objects.order_by("pk").values_list("agency", "state", "quota"))
    assert (before, rows) == ("draft", [(scene.district.pk, "sent", 3), (scene.other.pk, "sent", 9)])
    assert Notice.objects.filter(receiver=scene.local).count() == 1


@pytest.mark.usefixtures("in_english")
def test_a_body_names_people_within_its_places(scene):
    invitation = scene.invitation(scene.event(), quota=2)
    many = [Name(f"Người {number}") for number in range(3)]

    with pytest.raises(FlowError) as too_many:
        actions.name_people(invitation, many, by=scene.local)
    with pytest.raises(PermissionDenied):
        actions.name_people(invitation, many[:1], by=scene.stranger)
    actions.name_people(invitation, [Name("An", "Phó phòng"), Name("Bình")], by=scene.local)
    actions.name_people(
        invitation, [Name("Bình", phone="0900"), Name("Cúc", account=scene.guest)], by=scene.local
    )

    assert str(too_many.value) == "The invitation is for 2 people."
    assert names_of(invitation) == ["Bình", "Cúc"]
    assert Registration.objects.get(name="Bình").phone == "0900"
    assert Registration.objects.get(name="An").state == "cancelled"
    assert Notice.objects.filter(receiver=scene.guest, key__startswith="event.named").count() == 1


def test_a_body_declines_with_a_reason_and_may_think_again(scene):
    invitation = scene.invitation(scene.event())
    actions.name_people(invitation, [Name("An")], by=scene.local)
    invitation.refresh_from_db()

    with pytest.raises(FlowError):
        actions.take_invitation_step(invitation, "decline", by=scene.local)
    actions.take_invitation_step(invitation, "decline", note="Trùng lịch", by=scene.local)
    declined = (invitation.state, invitation.reason, names_of(invitation))
    actions.name_people(invitation, [Name("Bình")], by=scene.local)

    invitation.refresh_from_db()
    assert declined == ("declined", "Trùng lịch", [])
    assert (invitation.state, invitation.reason, names_of(invitation)) == ("answered", "", ["Bình"])


def test_another_comes_instead_and_the_list_says_for_whom(scene):
    invitation = scene.invitation(scene.event())
    actions.name_people(invitation, [Name("An")], by=scene.local)
    first = Registration.objects.get()

    second = actions.replace_nominee(first, Name("Bình"), note="Ốm", by=scene.local)

    first.refresh_from_db()
    assert (first.state, second.stands_for, second.code != first.code) == ("replaced", first, True)
    assert names_of(invitation) == ["Bình"]


def test_a_network_is_named_from_its_own_people(scene):
    network = Network.objects.create(
        name="Báo cáo viên", kind="speaker", keeper=scene.district, level="district"
    )
    member = NetworkMember.objects.create(network=network, code="1", name="Chi", agency=scene.district)
    event = scene.event()
    actions.invite(event, networks=[network], quota=5, by=scene.officer)
    invitation = Invitation.objects.get()

    actions.name_people(invitation, [Name("Chi", member=member)], by=scene.local)

    assert (invitation.agency, names_of(invitation)) == (scene.district, ["Chi"])


@pytest.mark.usefixtures("in_english")
def test_places_never_fall_below_names(scene):
    invitation = scene.invitation(scene.event(), quota=2)
    actions.name_people(invitation, [Name("An"), Name("Bình")], by=scene.local)

    with pytest.raises(FlowError) as refused:
        actions.change_quota(invitation, quota=1, by=scene.officer)
    actions.change_quota(invitation, quota=4, by=scene.officer)

    assert str(refused.value) == "2 people are named already: no fewer places."
    assert Invitation.objects.get().quota == 4


# registering on the portal


def open_event(scene, **fields):
    now = clock.now()
    return scene.event(is_public=True, registration_opens_at=now - HOUR, **fields)


def register(event, name, key="", **fields):
    return actions.register_publicly(
        event, name=name, phone="0912345678", key=key or name, has_consented=True, **fields
    )


def test_sent_twice_it_is_one_registration(scene):
    event = open_event(scene)

    first = register(event, "An", key="k1")
    second = register(event, "An", key="k1")

    assert (first, Registration.objects.count()) == (second, 1)
    assert first.consent_at is not None


def test_who_comes_after_the_last_place_waits_and_moves_up(scene):
    event = open_event(scene, capacity=1)
    first, second, third = (register(event, name) for name in ("An", "Bình", "Cúc"))

    actions.cancel_registration(first, by=None)

    states = {row.name: row.state for row in Registration.objects.all()}
    assert (second.state, third.state) == ("waiting", "waiting")
    assert states == {"An": "cancelled", "Bình": "going", "Cúc": "waiting"}


def test_more_places_let_in_who_waits(scene):
    event = open_event(scene, capacity=1)
    for name in ("An", "Bình", "Cúc"):
        register(event, name)
    actions.edit_event(event, capacity=2, by=scene.officer)

    moved = actions.widen(event, by=scene.officer)

    assert (moved, Registration.objects.filter(state="going").count()) == (1, 2)


@pytest.mark.parametrize("hours", [(-2, -1), (1, 2)])
def test_the_window_is_kept(scene, hours):
    now = clock.now()
    opens, closes = (now + HOUR * number for number in hours)
    event = scene.event(is_public=True, registration_opens_at=opens, registration_closes_at=closes)

    with pytest.raises(FlowError):
        register(event, "An")


def test_without_consent_nothing_is_kept(scene):
    with pytest.raises(FlowError):
        actions.register_publicly(
            open_event(scene), name="An", phone="0912345678", key="k", has_consented=False
        )
    assert Registration.objects.count() == 0


def test_one_comes_back_by_code_and_contact(scene):
    row = register(open_event(scene), "An")

    found = actions.find_own(tickets.shown(row.code).lower(), "0912 345 678")
    wrong = actions.find_own(row.code, "0999")

    assert (found, wrong) == (row, None)


# at the door


def running(scene, *names, **fields):
    event = scene.event(state="running", starts_at=clock.now() - HOUR, ends_at=clock.now() + HOUR, **fields)
    return event, [make_registration(event, name=name) for name in names]


def test_the_same_check_in_sent_twice_is_one_and_a_second_reading_is_told(scene):
    event, (person,) = running(scene, "An")
    seen = CheckIn(told=tickets.ticket_of(person.code), key="k1", seen_at=clock.now() - HOUR)
    copy = CheckIn(told=person.code, key="k2", is_typed=True)

    results = [
        actions.check_in_many(event, [each], by=scene.officer)[0].result
        for each in (seen, seen, copy, CheckIn(told="sai", key="k3"))
    ]

    row = Attendance.objects.get()
    assert results == ["present", "present", "already", "unknown"]
    assert (row.presence, row.how, row.seen_at) == ("present", "ticket", seen.seen_at)


def test_a_phone_without_network_sends_digests(scene):
    event, (first, second) = running(scene, "An", "Bình")
    told = [row["ticket"] for row in queries.door_list(event)]

    results = actions.check_in_many(
        event, [CheckIn(told=digest, key=f"k{place}") for place, digest in enumerate(told)], by=scene.officer
    )

    assert [(row.result, row.name) for row in results] == [("present", "An"), ("present", "Bình")]
    assert {first.code, second.code} & set(told) == set()


def test_a_forged_ticket_and_one_of_another_event_are_nobodys(scene):
    event, (person,) = running(scene, "An")
    _other, (stranger,) = running(scene, "Bình")
    told = [f"{person.code}:khong-dung", tickets.ticket_of(stranger.code)]

    results = actions.check_in_many(
        event, [CheckIn(told=each, key=each[:5]) for each in told], by=scene.officer
    )

    assert [row.result for row in results] == ["unknown", "unknown"]
    assert Attendance.objects.count() == 0


def test_who_was_replaced_is_told_at_the_door(scene):
    event, (person,) = running(scene, "An")
    Registration.objects.filter(pk=person.pk).update(state="replaced")

    results = actions.check_in_many(event, [CheckIn(told=person.code, key="k")], by=scene.officer)

    assert results[0].result == "not_coming"


def test_nobody_is_checked_in_days_before(scene):
    event = scene.event()
    person = make_registration(event)

    with pytest.raises(FlowError):
        actions.check_in_many(event, [CheckIn(told=person.code, key="k")], by=scene.officer)


def test_somebody_without_a_ticket_is_written_down_once(scene):
    event, _nobody = running(scene)

    for _time in range(2):
        actions.register_at_door(event, name="Dũng", organisation="Báo", by=scene.officer)

    row = Registration.objects.get()
    assert (row.origin, row.presence) == ("door", "present")


def test_the_signed_list_is_written_down(scene):
    event, people = running(scene, "An", "Bình", "Cúc")
    said = {people[0].pk: "present", people[1].pk: "excused", people[2].pk: ""}

    first = actions.mark_presence(event, said, by=scene.officer)
    second = actions.mark_presence(event, {**said, people[1].pk: ""}, by=scene.officer)
    rest = actions.mark_rest_absent(event, by=scene.officer)

    counts = queries.guest_counts(event)
    assert (first, second, rest) == (2, 1, 2)
    assert (counts.going, counts.present, counts.absent, counts.excused, counts.unknown) == (3, 1, 2, 0, 0)


def sheet(*lines):
    return read_sheet("\n".join(("Mã,Họ và tên,Đơn vị,Có mặt", *lines)).encode(), "a.csv", SHAPE).rows


@pytest.mark.usefixtures("in_english")
def test_a_sheet_with_bad_rows_changes_nothing(scene):
    event, people = running(scene, "An", "An", "Bình")
    rows = sheet(",An,,x", ",Bình,,chua ro", "ZZZZ-ZZZZ,Ai,,x", ",Dung,So,x", ",Dung,So,v")

    preview = preview_attendance(rows, event=event)

    assert [(error.number, error.reason) for error in preview.errors] == [
        (2, "Several people have this name: give the code or the organisation."),
        (3, "“chua ro” says neither present, absent nor excused."),
        (4, "The code “ZZZZ-ZZZZ” is nobody's of this event."),
        (6, "The same person stands before, in row 5."),
    ]
    with pytest.raises(FlowError):
        actions.import_attendance(event, rows, digest=preview.digest, by=scene.officer)
    assert Attendance.objects.count() == 0
    assert len(people) == 3


def test_a_sheet_says_who_was_there_and_adds_who_was_on_no_list(scene):
    event, people = running(scene, "An", "Bình")
    rows = sheet(f"{tickets.shown(people[0].code)},An,,x", ",Bình,,vắng", ",Dung,Sở Tư pháp,x")

    preview = preview_attendance(rows, event=event)
    actions.import_attendance(event, rows, digest=preview.digest, by=scene.officer)
    again = preview_attendance(rows, event=event)

    told = {row.name: row.presence for row in queries.coming(event)}
    assert told == {"An": "present", "Bình": "absent", "Dung": "present"}
    assert (again.rows, again.unchanged_count) == ([], 3)
