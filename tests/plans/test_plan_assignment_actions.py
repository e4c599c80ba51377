from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from factories import make_agency, make_assignment, make_plan, make_user
from loa.channels.models import Notice
from loa.core.history import entries_of
from loa.core.workflow import FlowError, StaleError
from loa.plans import actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(today):
    today(date(2019, 6, 3))
    return make_plan()


@pytest.fixture
def lead():
    return make_agency("Sở Tư pháp")


@pytest.fixture
def head(lead):
    return make_user(lead, "head")


@pytest.fixture
def focal_point(lead):
    return make_user(lead, "focal_point")


@pytest.fixture
def coordinator(plan):
    return make_user(plan.coordinator, "focal_point")


def actions_of(obj):
    return [entry.action for entry in reversed(entries_of([obj]))]


def told(user):
    return list(Notice.objects.filter(receiver=user).order_by("pk").values_list("key", flat=True))


def test_assignment_goes_from_assigned_to_done(plan, lead, head, focal_point, coordinator):
    assignment = make_assignment(lead, plan=plan)

    actions.accept_assignment(assignment, by=focal_point)
    actions.begin(assignment, by=focal_point)
    actions.hand_to_head(assignment, by=focal_point)
    actions.submit_assignment(assignment, by=head)
    actions.accept_result(assignment, by=coordinator)

    assignment.refresh_from_db()
    assert assignment.state == "done"
    assert actions_of(assignment) == [
        "assignment.accept",
        "assignment.begin",
        "assignment.hand_to_head",
        "assignment.submit",
        "assignment.accept_result",
    ]


def test_submit_keeps_who_and_on_which_day_of_the_city(plan, lead, head):
    assignment = make_assignment(lead, plan=plan, state="with_head")

    actions.submit_assignment(assignment, by=head)

    assignment.refresh_from_db()
    assert (assignment.submitted_by, assignment.submitted_on) == (head, date(2019, 6, 3))


def test_submit_tells_the_managers_of_the_coordinator(plan, lead, head, coordinator):
    assignment = make_assignment(lead, plan=plan, state="with_head")

    entry = actions.submit_assignment(assignment, by=head)

    assert told(coordinator) == [f"assignment.submit:{entry.pk}"]
    assert told(head) == []


def test_coordinators_own_work_is_submitted_to_the_office(plan):
    assignment = make_assignment(plan.coordinator, plan=plan, state="with_head")
    own_head = make_user(plan.coordinator, "head")
    office = make_user(plan.accepting_office, "head")

    entry = actions.submit_assignment(assignment, by=own_head)

    assert told(office) == [f"assignment.submit:{entry.pk}"]


def test_return_to_agency_without_a_reason_is_refused(plan, lead, coordinator):
    assignment = make_assignment(lead, plan=plan, state="submitted")

    with pytest.raises(FlowError):
        actions.return_to_agency(assignment, note="  ", by=coordinator)

    assignment.refresh_from_db()
    assert assignment.state == "submitted"


def test_return_to_agency_tells_the_lead_side_why(plan, lead, head, focal_point, coordinator):
    assignment = make_assignment(lead, plan=plan, state="submitted")

    actions.return_to_agency(assignment, note="Thiếu danh sách đại biểu", by=coordinator)

    notice = Notice.objects.get(receiver=focal_point)
    assert assignment.state == "returned"
    assert notice.body_vi.splitlines()[-1] == "Thiếu danh sách đại biểu"
    assert Notice.objects.filter(receiver=head).count() == 1


def test_return_to_officer_and_again_to_the_head(plan, lead, head, focal_point):
    assignment = make_assignment(lead, plan=plan, state="with_head")

    actions.return_to_officer(assignment, note="Bổ sung số liệu", by=head)
    actions.begin(assignment, by=focal_point)
    actions.hand_to_head(assignment, by=focal_point)

    assert assignment.state == "with_head"


def test_reopen_forgets_the_day_it_was_done(plan, lead, coordinator):
    assignment = make_assignment(lead, plan=plan, state="submitted")
    actions.accept_result(assignment, by=coordinator)

    actions.reopen(assignment, note="Số liệu sai", by=coordinator)

    assignment.refresh_from_db()
    assert (assignment.state, assignment.done_at) == ("returned", None)


def test_head_of_a_small_agency_may_hand_to_herself(plan, lead, head):
    assignment = make_assignment(lead, plan=plan, state="in_progress")

    actions.hand_to_head(assignment, by=head)
    actions.submit_assignment(assignment, by=head)

    assert assignment.state == "submitted"


def test_nobody_accepts_what_they_submitted_under_another_hat(plan, lead, today):
    assignment = make_assignment(lead, plan=plan, state="with_head")
    person = make_user(lead, "head")
    actions.submit_assignment(assignment, by=person)
    person.memberships.update(valid_to=date(2019, 6, 4))
    person.memberships.create(agency=plan.coordinator, role="head", valid_from=date(2019, 6, 5))
    today(date(2019, 6, 5))
    transferred = type(person).objects.get(pk=person.pk)

    with pytest.raises(PermissionDenied):
        actions.accept_result(assignment, by=transferred)


def test_nobody_accepts_for_an_agency_where_they_also_work(plan, lead, head):
    assignment = make_assignment(lead, plan=plan, state="with_head")
    actions.submit_assignment(assignment, by=head)
    person = make_user(plan.coordinator, "head")
    person.memberships.create(agency=lead, role="focal_point", valid_from=date(2000, 1, 1))
    person.wear(plan.coordinator.pk)

    with pytest.raises(PermissionDenied):
        actions.accept_result(assignment, by=person)


def test_second_person_on_the_same_step_is_told_it_is_stale(plan, lead, head, coordinator):
    first = make_assignment(lead, plan=plan, state="submitted")
    second = type(first).objects.select_related("plan").get(pk=first.pk)
    actions.accept_result(first, by=coordinator)

    with pytest.raises(StaleError):
        actions.return_to_agency(second, note="Thiếu minh chứng", by=coordinator)

    second.refresh_from_db()
    assert second.state == "done"


@pytest.mark.parametrize("state", ["draft", "closed"])
def test_no_step_moves_work_of_a_plan_that_does_not_run(today, lead, focal_point, state):
    assignment = make_assignment(lead, plan=make_plan(state=state))

    with pytest.raises(FlowError):
        actions.accept_assignment(assignment, by=focal_point)


def test_officer_in_charge_is_named_and_told(plan, lead, head):
    assignment = make_assignment(lead, plan=plan)
    officer = make_user(lead, "officer")

    entry = actions.name_officer(assignment, officer=officer, by=head)

    assignment.refresh_from_db()
    assert assignment.officer == officer
    assert told(officer) == [f"assignment.name_officer:{entry.pk}"]


def test_officer_of_another_agency_cannot_be_put_in_charge(plan, lead, head):
    assignment = make_assignment(lead, plan=plan)
    stranger = make_user(make_agency(), "officer")

    with pytest.raises(FlowError):
        actions.name_officer(assignment, officer=stranger, by=head)


def test_officer_works_only_on_what_is_in_her_charge(plan, lead):
    officer = make_user(lead, "officer")
    other = make_assignment(lead, plan=plan)
    own = make_assignment(lead, plan=plan, officer=officer)

    actions.accept_assignment(own, by=officer)
    with pytest.raises(PermissionDenied):
        actions.accept_assignment(other, by=officer)


def test_party_body_is_asked_and_others_are_told(plan, coordinator):
    party = make_agency("Ban Tuyên giáo Thành ủy", kind="party_board")
    other = make_agency("Sở Y tế")
    for agency in (party, other):
        receiver = make_user(agency, "head")
        assignment = make_assignment(agency, plan=plan, state="submitted")
        actions.return_to_agency(assignment, note="Thiếu ảnh", by=coordinator)
        assert Notice.objects.filter(receiver=receiver).count() == 1

    subjects = list(Notice.objects.order_by("pk").values_list("subject_en", flat=True))

    assert [subject.split(":")[0] for subject in subjects] == [
        "Your agency is kindly asked to add to its result",
        "The result is returned to your agency",
    ]


def test_take_assignment_step_runs_the_action_behind_the_button(plan, lead, head):
    assignment = make_assignment(lead, plan=plan, state="with_head")

    actions.take_assignment_step(assignment, "submit", note="Kính gửi", by=head)

    assert assignment.submitted_by == head
