"""From a draft to a gathering that is concluded and counts for the plan."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from factories import make_registration
from loa.channels.models import Notice
from loa.core import clock
from loa.core.workflow import FlowError, StaleError
from loa.documents.models import Document
from loa.events import actions
from loa.events.models import Attendance, Event
from loa.events.shapes import Line
from loa.plans.models import Deliverable, Occurrence

HOUR = timedelta(hours=1)


def draft(scene, **changes):
    return actions.draft_event(**scene.said(**changes), by=scene.officer)


def announced(scene, **changes):
    event = draft(scene, **changes)
    actions.take_event_step(event, "hand_in", by=scene.officer)
    actions.take_event_step(event, "approve", by=scene.head)
    actions.take_event_step(event, "announce", by=scene.officer)
    return event


def state_of(event):
    return Event.objects.get(pk=event.pk).state


def subjects(user):
    return list(Notice.objects.filter(receiver=user).order_by("pk").values_list("subject_en", flat=True))


@pytest.mark.usefixtures("in_english")
def test_another_than_the_writer_approves(scene):
    event = draft(scene)
    actions.take_event_step(event, "hand_in", by=scene.officer)

    with pytest.raises(PermissionDenied):
        actions.take_event_step(event, "approve", by=scene.officer)
    actions.take_event_step(event, "approve", by=scene.head)

    assert (state_of(event), subjects(scene.head)) == (
        "approved",
        ["To approve: Tập huấn kỹ năng tuyên truyền"],
    )


def test_a_head_who_wrote_it_does_not_approve_it(scene):
    event = actions.draft_event(**scene.said(), by=scene.head)
    actions.take_event_step(event, "hand_in", by=scene.officer)

    with pytest.raises(PermissionDenied):
        actions.take_event_step(event, "approve", by=scene.head)


def test_returned_with_a_reason_it_is_written_again(scene):
    event = draft(scene)
    actions.take_event_step(event, "hand_in", by=scene.officer)

    with pytest.raises(FlowError):
        actions.take_event_step(event, "return_to_organiser", by=scene.head)
    actions.take_event_step(event, "return_to_organiser", note="Thiếu địa điểm", by=scene.head)
    actions.edit_event(event, place="Nhà văn hóa", by=scene.officer)

    row = Event.objects.get(pk=event.pk)
    assert (row.state, row.place) == ("returned", "Nhà văn hóa")


def test_an_approved_one_keeps_its_title_and_may_change_its_place(scene):
    event = announced(scene)

    actions.edit_event(event, title="Khác", place="Phòng 2", capacity=40, by=scene.officer)

    row = Event.objects.get(pk=event.pk)
    assert (row.title, row.place, row.capacity) == ("Tập huấn kỹ năng tuyên truyền", "Phòng 2", 40)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ends_at": None}, "It ends before it begins."),
        ({"kind": "dialogue"}, "Say who chairs the dialogue."),
        (
            {"stream_url": "http://truyen.example/1"},
            "The address of the stream must begin with https:// and name no port.",
        ),
        (
            {"stream_url": "https://la.example/1"},
            "Streams are shown only from the city's own hosts: truyen.example. The administrator can add one.",
        ),
    ],
)
@pytest.mark.usefixtures("in_english")
def test_what_cannot_be_is_refused_with_a_sentence(scene, settings, changes, sentence):
    settings.STREAM_HOSTS = ["truyen.example"]
    said = scene.said()
    changes = {key: said["starts_at"] - HOUR if key == "ends_at" else value for key, value in changes.items()}

    with pytest.raises(FlowError) as refused:
        actions.draft_event(**{**said, **changes}, by=scene.officer)

    assert (str(refused.value), Event.objects.count()) == (sentence, 0)


def test_work_of_another_agency_is_refused(scene):
    with pytest.raises(FlowError):
        actions.draft_event(**scene.said(assignment=scene.work), by=scene.local)


def test_the_programme_lies_within_the_event(scene):
    event = draft(scene)
    lines = [Line(event.starts_at + HOUR, "Thảo luận"), Line(event.starts_at, "Khai mạc", "Lãnh đạo Sở")]

    actions.set_programme(event, lines, by=scene.officer)
    with pytest.raises(FlowError):
        actions.set_programme(event, [Line(event.ends_at, "Muộn")], by=scene.officer)

    assert list(event.sessions.values_list("title", flat=True)) == ["Khai mạc", "Thảo luận"]


@pytest.mark.usefixtures("in_english")
def test_a_postponed_event_moves_whole_and_everybody_hears_of_it(scene):
    event = announced(scene)
    actions.set_programme(event, [Line(event.starts_at, "Khai mạc")], by=scene.officer)
    actions.invite(event, agencies=[scene.district], quota=2, by=scene.officer)
    first = event.starts_at

    actions.take_event_step(event, "postpone", note="Bão số 3", by=scene.officer)
    later = first + timedelta(days=7)
    with pytest.raises(FlowError):
        actions.take_event_step(event, "set_anew", by=scene.officer)
    actions.take_event_step(event, "set_anew", starts_at=later, ends_at=later + HOUR, by=scene.officer)

    row = Event.objects.get(pk=event.pk)
    assert (row.state, row.starts_at, row.planned_at, row.sessions.get().starts_at) == (
        "announced", later, first, later,
    )  # fmt: skip
    assert [words.partition(":")[0] for words in subjects(scene.local)] == [
        "Invitation",
        "Postponed",
        "New time",
    ]


def test_an_event_that_was_called_off_stays_so(scene):
    event = announced(scene)

    actions.take_event_step(event, "cancel", note="Không đủ người", by=scene.officer)

    with pytest.raises(StaleError):
        actions.take_event_step(event, "open", by=scene.officer)
    assert Event.objects.get(pk=event.pk).reason == "Không đủ người"


@pytest.mark.usefixtures("in_english")
def test_it_cannot_begin_before_its_day(scene):
    event = announced(scene)

    with pytest.raises(FlowError) as refused:
        actions.take_event_step(event, "open", by=scene.officer)

    assert str(refused.value) == "The day has not come yet."


def test_a_dialogue_is_opened_before_it_ends(scene):
    event = scene.event(kind="dialogue", chair=scene.agency, state="announced", starts_at=clock.now() - HOUR)

    with pytest.raises(FlowError):
        actions.take_event_step(event, "end", by=scene.officer)
    actions.take_event_step(event, "open", by=scene.officer)
    actions.take_event_step(event, "end", by=scene.officer)

    row = Event.objects.get(pk=event.pk)
    assert row.state == "ended"
    assert row.began_at < row.ended_at


def test_ended_it_is_due_to_be_concluded_and_its_occurrence_is_held(scene):
    event = scene.event(starts_at=clock.now() - HOUR, assignment=scene.work, occurrence=scene.occurrence)

    actions.take_event_step(event, "end", by=scene.focal)

    row = Event.objects.get(pk=event.pk)
    assert (row.state, str(row.conclusion_due_on)) == ("ended", "2019-06-17")
    assert Occurrence.objects.get().state == "held"


@pytest.mark.usefixtures("in_english")
def test_concluded_it_counts_once_for_the_plan_and_taken_up_no_more(scene):
    event = scene.held(assignment=scene.work, people=1)

    with pytest.raises(FlowError) as no_paper:
        actions.take_event_step(event, "conclude", by=scene.officer)
    issue(scene, event)
    with pytest.raises(FlowError) as nobody_said:
        actions.take_event_step(event, "conclude", by=scene.officer)
    actions.mark_rest_absent(event, by=scene.officer)
    actions.take_event_step(event, "conclude", by=scene.officer)
    counted = Deliverable.objects.get()
    actions.take_event_step(event, "take_up", note="Sửa danh sách", by=scene.officer)
    withdrawn = Deliverable.objects.get()
    actions.take_event_step(event, "conclude", by=scene.officer)

    assert (str(no_paper.value), str(nobody_said.value)) == (
        "Its conclusion is not issued yet.",
        "Attendance has not been recorded for 1 of those expected.",
    )
    assert (counted.source, counted.withdrawn_at, withdrawn.withdrawn_at is None) == (
        f"event:{event.pk}", None, False,
    )  # fmt: skip
    assert Deliverable.objects.get().withdrawn_at is None


def issue(scene, event, kind="conclusion"):
    paper = actions.begin_paper(event, kind, by=scene.officer)
    actions.write_paper(paper, text="1. Nội dung\n- Giao các đơn vị", receivers="Như trên", by=scene.officer)
    paper.refresh_from_db()
    actions.take_paper_step(paper, "hand_in", by=scene.officer)
    actions.take_paper_step(paper, "issue", by=scene.head)
    return paper


def test_a_conclusion_gets_its_number_in_the_register(scene):
    event = scene.held()
    scene.invitation(event)

    paper = issue(scene, event)
    minutes = issue(scene, event, "minutes")

    document = Document.objects.get(pk=paper.document_id)
    assert (document.printed_number, document.kind, list(document.readers.all())) == (
        "01/TB-SNV",
        "THÔNG BÁO",
        [scene.district],
    )
    assert minutes.document.printed_number == "01/BB-SNV"
    assert actions.paper_file(paper, "docx")[:2] == b"PK"
    assert actions.paper_file(paper, "pdf")[:4] == b"%PDF"


def test_nobody_signs_what_they_wrote_and_a_paper_begun_twice_is_one(scene):
    event = scene.held()
    paper = actions.begin_paper(event, "conclusion", by=scene.head)
    same = actions.begin_paper(event, "conclusion", by=scene.officer)
    actions.write_paper(paper, text="Kết luận", receivers="", by=scene.head)
    paper.refresh_from_db()
    actions.take_paper_step(paper, "hand_in", by=scene.officer)

    with pytest.raises(PermissionDenied):
        actions.take_paper_step(paper, "issue", by=scene.head)
    assert same == paper


def test_of_two_who_write_the_second_is_told(scene):
    paper = actions.begin_paper(scene.held(), "conclusion", by=scene.officer)
    opened = paper.saved_at.isoformat()
    actions.write_paper(paper, text="Một", receivers="", saved_at=opened, by=scene.officer)

    with pytest.raises(StaleError):
        actions.write_paper(paper, text="Hai", receivers="", saved_at=opened, by=scene.focal)

    paper.refresh_from_db()
    assert paper.text == "Một"


def test_certificates_are_numbered_for_those_present_and_given_once(scene):
    event = scene.held(gives_certificates=True, people=3)
    people = list(event.registrations.order_by("pk"))
    actions.mark_presence(
        event, {people[0].pk: "present", people[1].pk: "present", people[2].pk: "absent"}, by=scene.officer
    )

    first = actions.give_certificates(event, by=scene.officer)
    second = actions.give_certificates(event, by=scene.officer)

    rows = [row.certificate for row in people[:2]]
    assert (first, second, [row.printed_number for row in rows]) == (2, 0, ["01/GCN-SNV", "02/GCN-SNV"])
    assert actions.certificates_file(event, rows)[:4] == b"%PDF"


def test_captions_are_checked(scene):
    event = scene.held()

    actions.keep_recording(
        event, captions="\ufeffWEBVTT\r\n\r\n00:01.000 --> 00:02.000\r\nXin chào\r\n", by=scene.officer
    )
    with pytest.raises(FlowError):
        actions.keep_recording(event, captions="1\n00:01 --> 00:02\nXin chào", by=scene.officer)

    assert Event.objects.get().captions == "WEBVTT\n\n00:01.000 --> 00:02.000\nXin chào\n"


def test_who_answers_is_asked_and_confirms_once(scene):
    event = scene.event(kind="dialogue", chair=scene.agency)
    actions.set_panel(event, [scene.district, scene.agency], by=scene.officer)
    place = event.panel.get(agency=scene.district)

    with pytest.raises(PermissionDenied):
        actions.confirm_panel(place, by=scene.stranger)
    actions.confirm_panel(place, by=scene.local)
    actions.confirm_panel(place, by=scene.local)
    actions.set_panel(event, [scene.agency, scene.district], by=scene.officer)

    order = [(row.agency, row.confirmed_at is not None) for row in event.panel.all()]
    assert order == [(scene.agency, False), (scene.district, True)]
    assert Notice.objects.filter(key=f"event.panel_confirmed:{place.pk}").count() == 2


def test_attendance_of_nobody_does_not_hold_a_conclusion_up(scene):
    event = scene.held(people=0, needs_conclusion=False)
    make_registration(event, state="cancelled")

    actions.take_event_step(event, "conclude", by=scene.officer)

    assert (state_of(event), Attendance.objects.count()) == ("concluded", 0)
