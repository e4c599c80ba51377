from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from factories import make_agency, make_assignment, make_duty, make_plan, make_task, make_user
from loa.channels.models import Notice
from loa.core.workflow import FlowError
from loa.plans import actions, notices
from loa.plans.models import CommunicationForm, CoordinationRequest, Target, Topic

pytestmark = pytest.mark.django_db
TODAY = date(2019, 6, 3)


@pytest.fixture
def plan(today):
    today(TODAY)
    return make_plan()


@pytest.fixture
def task(plan):
    return make_task(plan)


@pytest.fixture
def coordinator(plan):
    return make_user(plan.coordinator, "head")


@pytest.fixture
def lead_user(task):
    return make_user(make_assignment(make_agency("Sở Tư pháp"), task=task).agency, "focal_point")


def test_task_is_classified_with_the_plans_own_rows(plan, task, coordinator):
    topic = Topic.objects.create(plan=plan, text="Thể chế", position=1)
    form = CommunicationForm.objects.create(plan=plan, text="Báo chí", position=1)

    actions.classify_task(task, topics=[topic], forms=[form], by=coordinator)

    assert (list(task.topics.all()), list(task.forms.all())) == ([topic], [form])


def test_topic_of_another_plan_is_refused(task, coordinator):
    topic = Topic.objects.create(plan=make_plan(), text="Thể chế", position=1)

    with pytest.raises(FlowError):
        actions.classify_task(task, topics=[topic], forms=[], by=coordinator)


def test_lead_does_not_classify(task, lead_user):
    with pytest.raises(PermissionDenied):
        actions.classify_task(task, topics=[], forms=[], by=lead_user)


def test_target_is_entered_where_it_does_not_count_itself(task, coordinator):
    target = Target.objects.create(
        task=task, measure="lượt xem", quantity=1000, unit="lượt", counts_itself=False
    )

    actions.enter_target(target, quantity=Decimal(250), by=coordinator)

    target.refresh_from_db()
    assert target.entered_quantity == 250


def test_target_that_counts_itself_is_not_typed(task, coordinator):
    target = Target.objects.create(task=task, measure="đối thoại", quantity=6, unit="cuộc")

    with pytest.raises(FlowError):
        actions.enter_target(target, quantity=Decimal(6), by=coordinator)


def test_lead_adds_an_occurrence_for_itself(task, lead_user):
    other = make_agency()

    occurrence = actions.add_occurrence(task, title="Kỳ 1", lead=other, by=lead_user)

    assert (occurrence.lead, occurrence.position) == (lead_user.hat.agency, 1)


def test_coordinator_adds_an_occurrence_for_anyone(task, coordinator, lead_user):
    lead = lead_user.hat.agency
    actions.add_occurrence(task, title="Kỳ 1", lead=lead, by=coordinator)

    second = actions.add_occurrence(task, title="Kỳ 2", lead=lead, by=coordinator)

    assert (second.lead, second.position) == (lead, 2)


def test_stranger_adds_no_occurrence(task):
    with pytest.raises(PermissionDenied):
        actions.add_occurrence(task, title="Kỳ 1", by=make_user(make_agency(), "head"))


def test_occurrence_is_postponed_dated_again_and_held(task, lead_user, today):
    occurrence = actions.add_occurrence(task, title="Kỳ 1", on=date(2019, 6, 10), by=lead_user)

    actions.postpone_occurrence(occurrence, note="Trùng lịch họp", by=lead_user)
    actions.plan_occurrence(occurrence, on=date(2019, 6, 20), slot="20:15–20:45", by=lead_user)
    today(date(2019, 6, 21))
    actions.hold_occurrence(occurrence, by=lead_user)

    occurrence.refresh_from_db()
    assert (occurrence.state, occurrence.on, occurrence.slot) == ("held", date(2019, 6, 20), "20:15–20:45")


def test_occurrence_is_not_held_before_its_day(task, lead_user):
    occurrence = actions.add_occurrence(task, title="Kỳ 1", on=date(2019, 6, 10), by=lead_user)

    with pytest.raises(FlowError):
        actions.hold_occurrence(occurrence, by=lead_user)


def test_cancelling_an_occurrence_needs_a_reason(task, lead_user):
    occurrence = actions.add_occurrence(task, title="Kỳ 1", by=lead_user)

    with pytest.raises(FlowError):
        actions.cancel_occurrence(occurrence, note="", by=lead_user)


def test_answer_to_a_request_is_kept_and_told_to_the_leads(task, lead_user):
    partner = make_agency("Báo Hải Phòng", kind="press")
    request = CoordinationRequest.objects.create(task=task, agency=partner)

    actions.answer_request(request, step="agree", answer="Mở chuyên mục", by=make_user(partner, "head"))

    request.refresh_from_db()
    assert (request.state, request.answer) == ("agreed", "Mở chuyên mục")
    assert [notice.receiver for notice in Notice.objects.all()] == [lead_user]


def test_declining_a_request_needs_a_reason(task):
    partner = make_agency()
    request = CoordinationRequest.objects.create(task=task, agency=partner)

    with pytest.raises(FlowError):
        actions.answer_request(request, step="decline", answer="", by=make_user(partner, "head"))


def test_request_is_answered_by_its_own_body_only(task, lead_user):
    request = CoordinationRequest.objects.create(task=task, agency=make_agency())

    with pytest.raises(PermissionDenied):
        actions.answer_request(request, step="agree", by=lead_user)


def test_plan_is_closed_by_the_coordinators_head_with_a_reason(plan, coordinator):
    with pytest.raises(PermissionDenied):
        actions.close_plan(plan, note="Hết năm", by=make_user(plan.coordinator, "focal_point"))

    actions.close_plan(plan, note="Hết năm", by=coordinator)

    plan.refresh_from_db()
    assert plan.state == "closed"


def test_issued_plan_tells_each_body_once_what_it_got(plan, task, lead_user, coordinator):
    party = make_agency("Thành đoàn", kind="mass_organisation")
    youth = make_user(party, "head")
    CoordinationRequest.objects.create(task=task, agency=party)
    make_duty(plan, party)

    notices.tell_plan_issued(plan)
    notices.tell_plan_issued(plan)

    told = {notice.receiver: (notice.subject_en, notice.body_en) for notice in Notice.objects.all()}
    assert told == {
        lead_user: (f"Plan {plan.number}: work is assigned to your agency", f"{plan.title}\n1 task to lead"),
        youth: (
            f"Plan {plan.number}: your agency is kindly asked to take part",
            f"{plan.title}\n1 task to take part in\n1 standing duty",
        ),
    }
