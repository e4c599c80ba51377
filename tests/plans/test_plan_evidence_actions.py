from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage

from factories import make_agency, make_assignment, make_duty, make_plan, make_user
from loa.core.history import entries_of
from loa.core.uploads import check_upload
from loa.core.workflow import FlowError
from loa.plans import actions
from loa.plans.models import CoordinationRequest, Deliverable, Occurrence, ProgressNote

pytestmark = pytest.mark.django_db
DAY = date(2019, 6, 3)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def plan(today):
    today(DAY)
    return make_plan()


@pytest.fixture
def lead():
    return make_agency("Sở Tư pháp")


@pytest.fixture
def focal_point(lead):
    return make_user(lead, "focal_point")


@pytest.fixture
def assignment(plan, lead):
    return make_assignment(lead, plan=plan, state="in_progress")


def record(work, *, source="article:1", agency=None, by=None, **fields):
    return actions.record_deliverable(
        work,
        agency=agency or work.agency,
        kind="article",
        title="Tin bài",
        on=DAY,
        source=source,
        by=by,
        **fields,
    )


def actions_of(obj):
    return [entry.action for entry in reversed(entries_of([obj]))]


def test_recording_twice_gives_the_same_row(assignment, focal_point):
    first = record(assignment, by=focal_point)

    second = record(assignment, by=focal_point)

    assert second == first
    assert actions_of(assignment) == ["assignment.record_deliverable"]


def test_withdrawing_keeps_the_row_and_the_reason(assignment, focal_point):
    row = record(assignment, by=focal_point)

    actions.withdraw_deliverable("article:1", note="Bài đã gỡ", by=focal_point)
    actions.withdraw_deliverable("article:1", note="Bài đã gỡ", by=focal_point)

    row.refresh_from_db()
    assert row.withdrawn_at is not None
    assert [entry.note for entry in entries_of([assignment])] == ["Bài đã gỡ", "Tin bài"]


def test_recording_again_brings_a_withdrawn_row_back(assignment, focal_point):
    row = record(assignment, by=focal_point)
    actions.withdraw_deliverable("article:1", by=focal_point)

    again = record(assignment, by=focal_point)

    row.refresh_from_db()
    assert (again, row.withdrawn_at) == (row, None)
    assert actions_of(assignment)[-1] == "assignment.restore_deliverable"


def test_another_agency_cannot_withdraw(assignment, focal_point):
    record(assignment, by=focal_point)
    stranger = make_user(make_agency(), "head")

    with pytest.raises(PermissionDenied):
        actions.withdraw_deliverable("article:1", by=stranger)


def test_a_machine_may_record_and_withdraw(assignment):
    record(assignment, by=None)

    row = actions.withdraw_deliverable("article:1", by=None)

    assert row.withdrawn_at is not None
    assert assignment.state == "in_progress"


def test_a_body_outside_the_task_cannot_be_credited(assignment, focal_point):
    with pytest.raises(FlowError):
        record(assignment, agency=make_agency(), by=focal_point)


def test_a_coordinating_body_is_credited_with_its_part(assignment):
    partner = make_agency("Báo Hải Phòng", kind="press")
    CoordinationRequest.objects.create(task=assignment.task, agency=partner)

    row = record(assignment, agency=partner, by=make_user(partner, "focal_point"))

    assert row.agency == partner


@pytest.mark.parametrize("state", ["assigned", "accepted", "returned"])
def test_first_evidence_begins_the_work(plan, lead, focal_point, state):
    assignment = make_assignment(lead, plan=plan, state=state)

    record(assignment, by=focal_point)

    assignment.refresh_from_db()
    assert assignment.state == "in_progress"


def test_evidence_of_a_partner_does_not_begin_the_leads_work(plan, lead):
    assignment = make_assignment(lead, plan=plan)
    partner = make_agency()
    CoordinationRequest.objects.create(task=assignment.task, agency=partner)

    record(assignment, agency=partner, by=make_user(partner, "focal_point"))

    assignment.refresh_from_db()
    assert assignment.state == "assigned"


def test_first_note_begins_the_work(plan, lead, focal_point):
    assignment = make_assignment(lead, plan=plan)

    actions.add_note(assignment, on=DAY, done="Đã họp triển khai", obstacles="Thiếu kinh phí", by=focal_point)

    assignment.refresh_from_db()
    assert assignment.state == "in_progress"
    assert actions_of(assignment) == ["assignment.add_note", "assignment.accept", "assignment.begin"]


@pytest.mark.parametrize("state", ["submitted", "done"])
def test_nothing_is_added_to_what_is_handed_in(plan, lead, focal_point, state):
    assignment = make_assignment(lead, plan=plan, state=state)

    with pytest.raises(FlowError):
        actions.add_note(assignment, on=DAY, done="Bổ sung", by=focal_point)

    assert ProgressNote.objects.count() == 0


def test_nothing_is_added_to_a_closed_plan(today, lead, focal_point):
    assignment = make_assignment(lead, plan=make_plan(state="closed"), state="in_progress")

    with pytest.raises(FlowError):
        record(assignment, by=focal_point)


def test_note_on_a_standing_duty_of_another_body_is_forbidden(plan, lead):
    duty_assignment = make_duty(plan, lead)

    with pytest.raises(PermissionDenied):
        actions.add_note(duty_assignment, on=DAY, done="Đã làm", by=make_user(make_agency(), "head"))


def test_note_on_a_standing_duty(plan, lead):
    duty_assignment = make_duty(plan, lead)

    actions.add_note(duty_assignment, on=DAY, done="Đăng 12 tin", by=make_user(lead, "officer"))

    assert [note.done for note in duty_assignment.notes.all()] == ["Đăng 12 tin"]


def test_file_is_kept_once_under_its_digest(assignment, focal_point):
    upload = check_upload(BytesIO(PDF), "Biên bản.pdf")

    first = actions.attach_file(assignment, upload=upload, on=DAY, by=focal_point)
    again = actions.attach_file(assignment, upload=upload, on=DAY, by=focal_point)

    assert again == first
    assert (first.title, first.file_name, first.file_type) == (
        "Biên bản.pdf",
        "Biên bản.pdf",
        "application/pdf",
    )
    assert first.file.name == f"documents/{upload.sha256[:2]}/{upload.sha256}"
    assert default_storage.listdir(f"documents/{upload.sha256[:2]}")[1] == [upload.sha256]


def test_same_file_for_two_works_is_two_rows_and_one_file(plan, lead, focal_point):
    upload = check_upload(BytesIO(PDF), "bb.pdf")
    works = [make_assignment(lead, plan=plan), make_duty(plan, lead)]

    rows = [actions.attach_file(work, upload=upload, on=DAY, by=focal_point) for work in works]

    assert rows[0] != rows[1]
    assert rows[0].file.name == rows[1].file.name


def test_evidence_without_a_quantity_proves_and_does_not_count(assignment, focal_point):
    proof = actions.attach_link(
        assignment, link="https://example.test/a", title="Ảnh", on=DAY, by=focal_point
    )
    counted = actions.attach_link(
        assignment,
        link="https://example.test/b",
        title="Bài",
        on=DAY,
        quantity=Decimal(2),
        unit="bài",
        by=focal_point,
    )

    assert (proof.is_counted, counted.is_counted, counted.quantity) == (False, True, 2)


def test_occurrence_of_another_task_is_refused(plan, assignment, focal_point):
    other = make_assignment(make_agency(), plan=plan)
    occurrence = Occurrence.objects.create(task=other.task, position=1, title="Kỳ 1")

    with pytest.raises(FlowError):
        record(assignment, occurrence=occurrence, by=focal_point)


def test_person_takes_back_own_link_with_a_reason(assignment, focal_point):
    row = actions.attach_link(assignment, link="https://example.test/a", title="Bài", on=DAY, by=focal_point)

    with pytest.raises(FlowError):
        actions.withdraw_evidence(row, note=" ", by=focal_point)
    actions.withdraw_evidence(row, note="Nhầm bài", by=focal_point)

    row.refresh_from_db()
    assert row.withdrawn_at is not None


def test_person_cannot_take_back_what_another_register_recorded(assignment, focal_point):
    row = record(assignment, by=focal_point)

    with pytest.raises(FlowError):
        actions.withdraw_evidence(row, note="Nhầm", by=focal_point)


def test_evidence_cannot_be_taken_back_from_submitted_work(plan, lead, focal_point):
    assignment = make_assignment(lead, plan=plan, state="in_progress")
    row = actions.attach_link(assignment, link="https://example.test/a", title="Bài", on=DAY, by=focal_point)
    type(assignment).objects.filter(pk=assignment.pk).update(state="submitted")

    with pytest.raises(FlowError):
        actions.withdraw_evidence(Deliverable.objects.get(pk=row.pk), note="Nhầm", by=focal_point)
