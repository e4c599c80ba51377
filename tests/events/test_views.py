"""The pages: who gets in, what is refused and keeps what was typed, how many queries."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from factories import make_event, make_registration
from loa.core import clock
from loa.events import actions, tickets
from loa.events.models import Attendance, Event, Invitation, Registration
from loa.events.shapes import Name
from loa.plans.models import Deliverable

HOUR = timedelta(hours=1)


def moment(value):
    return f"{value.astimezone():%Y-%m-%dT%H:%M}"


def event_form(scene, **changes):
    starts_at = clock.now().replace(second=0, microsecond=0) + timedelta(days=4)
    return {
        "kind": "training",
        "title": "Tập huấn một cửa",
        "purpose": "",
        "place": "Hội trường",
        "starts_at": f"{starts_at:%Y-%m-%dT%H:%M}",
        "ends_at": f"{starts_at + 2 * HOUR:%Y-%m-%dT%H:%M}",
        "needs_conclusion": "on",
        "assignment": str(scene.work.pk),
        **changes,
    }


def test_a_draft_is_written_and_counts_for_the_work_chosen(scene, as_user):
    done = as_user(scene.officer).post(reverse("events:event_new"), event_form(scene))

    event = Event.objects.get()
    assert (done.url, event.state, event.assignment) == (event.get_absolute_url(), "draft", scene.work)


def test_a_wrong_form_keeps_what_was_typed(scene, as_user):
    answer = as_user(scene.officer).post(
        reverse("events:event_new"), event_form(scene, kind="dialogue", ends_at="2019-01-01T08:00")
    )

    assert answer.status_code == 422
    assert {"ends_at", "chair"} <= set(answer.context["form"].errors)
    assert "Tập huấn một cửa" in answer.content.decode()


@pytest.mark.parametrize(
    ("person", "status"), [("officer", 200), ("head", 200), ("local", 404), ("stranger", 404)]
)
def test_a_draft_is_the_organisers_alone(scene, as_user, person, status):
    event = scene.event(state="draft")

    answer = as_user(getattr(scene, person)).get(event.get_absolute_url())

    assert answer.status_code == status


def test_the_invited_body_gives_names_on_a_page(scene, as_user):
    invitation = scene.invitation(scene.event(), quota=2)
    client = as_user(scene.local)
    url = reverse("events:invitation_names", args=[invitation.pk])
    rows = {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 2, "form-0-name": "An", "form-0-title": "Phó phòng"}

    wrong = client.post(url, {**rows, "form-1-email": "khong-phai"})
    client.post(url, rows)

    assert wrong.status_code == 422
    assert 'value="An"' in wrong.content.decode()
    assert list(Registration.objects.values_list("name", "organisation")) == [("An", str(scene.district))]
    assert Invitation.objects.get().state == "answered"


def test_phone_and_mail_are_for_the_organiser_and_who_gave_the_name(scene, as_user):
    invitation = scene.invitation(scene.event())
    actions.name_people(invitation, [Name("An", phone="0911222333", account=scene.guest)], by=scene.local)
    url = Registration.objects.get().get_absolute_url()

    seen = {
        name: "0911222333" in as_user(getattr(scene, name)).get(url).content.decode()
        for name in ("officer", "local", "guest")
    }

    assert seen == {"officer": True, "local": True, "guest": False}
    assert as_user(scene.stranger).get(url).status_code == 404


def test_the_list_of_people_never_holds_contacts(scene, as_user):
    event = scene.event()
    make_registration(event, name="An", phone="0911222333", email="an@example.test")
    url = reverse("events:event_people", args=[event.pk])

    page = as_user(scene.officer).get(url).content.decode()

    assert ("An" in page, "0911222333" in page, "an@example.test" in page) == (True, False, False)


def test_a_step_taken_on_the_page_moves_the_event(scene, as_user):
    event = scene.held(people=0, needs_conclusion=False, assignment=scene.work)
    url = reverse("events:event_step", args=[event.pk, "conclude"])
    client = as_user(scene.officer)

    shown = client.get(url)
    client.post(url)
    again = client.post(url)

    assert (shown.status_code, again.status_code, Deliverable.objects.count()) == (200, 409, 1)


def test_the_door_works_without_a_script(scene, as_user):
    event = scene.event(state="running", starts_at=clock.now() - HOUR, ends_at=clock.now() + HOUR)
    person = make_registration(event, name="An")
    url = reverse("events:event_door", args=[event.pk])
    client = as_user(scene.officer)

    first = client.post(url, {"code": tickets.shown(person.code).lower()})
    second = client.post(url, {"code": person.code})

    assert [answer.context["found"].result for answer in (first, second)] == ["present", "already"]
    assert person.code not in client.get(url).content.decode()


@pytest.mark.parametrize(
    "body", ["", "[]", '{"seen": 1}', '{"seen": [{"told": "x"}]}', '{"seen": [1]}', "\xff"]
)
def test_a_broken_message_from_a_phone_is_refused(scene, as_user, body):
    event = scene.event(state="running")

    answer = as_user(scene.officer).post(
        reverse("events:door_send", args=[event.pk]), body, content_type="application/json"
    )

    assert answer.status_code == 400


def test_a_phone_sends_what_it_kept(scene, as_user):
    event = scene.event(state="running", starts_at=clock.now() - HOUR, ends_at=clock.now() + HOUR)
    person = make_registration(event, name="An")
    told = tickets.digest_of(tickets.ticket_of(person.code))
    seen = [
        {"told": told, "key": "k1", "at": (clock.now() - HOUR).isoformat()},
        {"told": "x", "key": "k2", "at": "?"},
    ]
    url = reverse("events:door_send", args=[event.pk])
    client = as_user(scene.officer)

    answers = [client.post(url, {"seen": seen}, content_type="application/json").json() for _time in range(2)]

    results = [[(row["key"], row["result"]) for row in answer["results"]] for answer in answers]
    assert results == [[("k1", "present"), ("k2", "unknown")]] * 2
    assert (answers[0]["present"], Attendance.objects.count()) == (1, 1)


def test_the_signed_list_is_typed_in_on_one_page(scene, as_user):
    event = scene.held(people=2)
    first, second = event.registrations.order_by("name")
    url = reverse("events:event_attendance", args=[event.pk])
    client = as_user(scene.officer)

    client.post(url, {f"p{first.pk}": "present", f"p{second.pk}": ""})
    client.post(reverse("events:attendance_rest", args=[event.pk]))

    told = {row.name: row.presence for row in event.registrations.select_related("attendance")}
    assert told == {first.name: "present", second.name: "absent"}


def test_a_sheet_is_previewed_then_taken(scene, as_user):
    event = scene.held(people=1)
    client = as_user(scene.officer)
    file = SimpleUploadedFile("ds.csv", "Họ và tên,Có mặt\nNgười thứ 0,x\nMới,v\n".encode())

    preview = client.post(reverse("events:attendance_import", args=[event.pk]), {"file": file})
    sheet = preview.context["form"].initial["sheet"]
    done = client.post(reverse("events:attendance_import_apply", args=[event.pk]), {"sheet": sheet})

    assert (len(preview.context["preview"].changed), len(preview.context["preview"].added)) == (1, 1)
    assert (done.status_code, Attendance.objects.count()) == (302, 2)


def test_the_list_to_sign_is_the_list_that_is_read(scene, as_user):
    event = scene.held(people=2)
    client = as_user(scene.officer)

    sheet = client.get(reverse("events:attendance_sheet", args=[event.pk]))
    file = SimpleUploadedFile("ds.xlsx", sheet.content)
    preview = client.post(reverse("events:attendance_import", args=[event.pk]), {"file": file})

    reasons = {error.reason for error in preview.context["preview"].errors}
    assert len(reasons) == 1  # nobody's presence is filled in yet; everybody was found by the code


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize(
    ("name", "queries"),
    [("event_list", 10), ("event_people", 11), ("event_attendance", 10), ("event_guests", 12)],
)
def test_queries_do_not_grow_with_rows(scene, as_user, django_assert_num_queries, name, queries, count):
    event = scene.held(people=0)
    for number in range(count):
        make_event(scene.agency, scene.officer, title=f"Lớp {number}")
        person = make_registration(event)
        actions.mark_presence(event, {person.pk: "present"}, by=scene.officer)
        body = type(scene.district).objects.create(
            code=f"xa-{number}", name=f"Xã {number}", kind="commune", level="commune"
        )
        Invitation.objects.create(event=event, agency=body, quota=1, state="sent")
    client = as_user(scene.officer)
    url = reverse(f"events:{name}", args=[] if name == "event_list" else [event.pk])
    client.get(url)

    with django_assert_num_queries(queries):
        client.get(url)


def test_lists_are_given_as_sheets(scene, as_user):
    event = scene.event()
    make_registration(event, name="An")
    client = as_user(scene.officer)

    for name, args in (
        ("event_list", []),
        ("invitation_list", []),
        ("event_people", [event.pk]),
        ("series_list", []),
    ):
        answer = client.get(reverse(f"events:{name}", args=args), {"export": "xlsx"})
        assert answer.content[:2] == b"PK", name


def test_the_task_shows_its_events(scene, as_user):
    scene.event(assignment=scene.work, title="Lớp một")

    page = as_user(scene.officer).get(reverse("events:task_events", args=[scene.task.pk]))

    assert "Lớp một" in page.content.decode()


def test_what_waits_for_a_person_stands_on_the_desk(scene, as_user):
    scene.event(state="with_head", handed_in_by=scene.officer)
    scene.invitation(scene.event(title="Được mời"))

    kinds = {}
    for name in ("head", "local"):
        context = as_user(getattr(scene, name)).get("/viec-cua-toi/").context
        kinds[name] = [item.kind for item in (context["first"], *context["waiting"])]

    assert kinds == {"head": ["assignment", "event"], "local": ["invitation"]}


@pytest.mark.parametrize(("is_present", "state", "steps"), [
    (False, "running", ["stay_away"]),
    (True, "running", []),
    (False, "concluded", []),
])  # fmt: skip
def test_who_came_or_what_is_over_has_no_button(scene, as_user, is_present, state, steps):
    person = make_registration(scene.event(state=state, starts_at=clock.now() - HOUR))
    if is_present:
        Attendance.objects.create(
            registration=person, presence="present", how="list", at=clock.now(), by=scene.officer
        )

    page = as_user(scene.officer).get(person.get_absolute_url())

    assert [step.name for step in page.context["steps"]] == steps


def test_an_invitation_without_a_day_for_names_asks_for_no_reminders(scene, as_user):
    invitation = scene.invitation(scene.event())
    dated = scene.invitation(scene.event(nominations_due_on=clock.today() + timedelta(days=1)))

    pages = [
        as_user(scene.officer).get(row.get_absolute_url()).content.decode() for row in (invitation, dated)
    ]

    assert ["/don-doc/event_nomination/" in page for page in pages] == [False, True]
