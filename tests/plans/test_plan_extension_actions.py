from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from factories import make_agency, make_assignment, make_plan, make_task, make_user
from loa.channels.models import Notice
from loa.core.history import entries_of
from loa.core.workflow import FlowError, StaleError
from loa.plans import actions
from loa.plans.models import Extension

pytestmark = pytest.mark.django_db
DUE = date(2019, 6, 30)
LATER = date(2019, 7, 31)


@pytest.fixture
def plan(today):
    today(date(2019, 6, 3))
    return make_plan()


@pytest.fixture
def assignment(plan):
    return make_assignment(make_agency("Sở Tư pháp"), task=make_task(plan, due_on=DUE), state="in_progress")


@pytest.fixture
def focal_point(assignment):
    return make_user(assignment.agency, "focal_point")


@pytest.fixture
def coordinator(plan):
    return make_user(plan.coordinator, "head")


def ask(assignment, by, new_due_on=LATER):
    return actions.ask_extension(assignment, new_due_on=new_due_on, reason="Chờ kinh phí", by=by)


def test_granted_extension_moves_the_date_and_keeps_the_first(assignment, focal_point, coordinator):
    extension = ask(assignment, focal_point)

    actions.grant_extension(extension, answer="Đồng ý", by=coordinator)

    assignment.refresh_from_db()
    assert (assignment.due_on, assignment.original_due_on) == (LATER, DUE)
    assert entries_of([assignment])[0].data["to"] == "2019-07-31"


def test_extension_can_be_asked_and_granted_after_the_date(assignment, focal_point, coordinator, today):
    today(date(2019, 7, 10))

    actions.grant_extension(ask(assignment, focal_point), by=coordinator)

    assignment.refresh_from_db()
    assert assignment.due_on == LATER


def test_refused_extension_needs_a_reason_and_keeps_the_date(assignment, focal_point, coordinator):
    extension = ask(assignment, focal_point)

    with pytest.raises(FlowError):
        actions.refuse_extension(extension, answer="", by=coordinator)
    actions.refuse_extension(extension, answer="Không thể chậm hơn", by=coordinator)

    assignment.refresh_from_db()
    assert (extension.state, assignment.due_on) == ("refused", DUE)


def test_second_extension_waits_for_the_first(assignment, focal_point):
    ask(assignment, focal_point)

    with pytest.raises(FlowError):
        ask(assignment, focal_point, date(2019, 8, 31))

    assert Extension.objects.count() == 1


@pytest.mark.parametrize("new_due_on", [DUE, date(2019, 6, 1)])
def test_extension_to_an_earlier_day_is_refused(assignment, focal_point, new_due_on):
    with pytest.raises(FlowError):
        ask(assignment, focal_point, new_due_on)


def test_extension_is_decided_once(assignment, focal_point, coordinator):
    extension = ask(assignment, focal_point)
    same = Extension.objects.get(pk=extension.pk)
    actions.grant_extension(extension, by=coordinator)

    with pytest.raises(StaleError):
        actions.refuse_extension(same, answer="Không", by=coordinator)


def test_nobody_grants_an_extension_to_their_own_agency(plan):
    own = make_assignment(plan.coordinator, task=make_task(plan, due_on=DUE), state="in_progress")
    head = make_user(plan.coordinator, "head")
    extension = ask(own, head)

    with pytest.raises(PermissionDenied):
        actions.grant_extension(extension, by=head)


def test_asking_tells_the_coordinator_and_deciding_tells_the_agency(assignment, focal_point, coordinator):
    extension = ask(assignment, focal_point)
    actions.grant_extension(extension, by=coordinator)

    told = [(notice.receiver, notice.subject_en.split(":")[0]) for notice in Notice.objects.order_by("pk")]

    assert told == [
        (coordinator, f"{assignment.agency} asks for more time, until 31/07/2019"),
        (focal_point, "More time is granted, until 31/07/2019"),
    ]


def test_explanation_is_asked_and_given(assignment, focal_point, coordinator):
    explanation = actions.ask_explanation(assignment, question="Vì sao chậm?", due_on=DUE, by=coordinator)

    actions.give_explanation(explanation, answer="Do dời hội nghị", by=focal_point)

    explanation.refresh_from_db()
    assert (explanation.state, explanation.answer) == ("given", "Do dời hội nghị")
    assert Notice.objects.filter(receiver=coordinator).count() == 1


def test_explanation_needs_words(assignment, focal_point, coordinator):
    explanation = actions.ask_explanation(assignment, question="Vì sao chậm?", by=coordinator)

    with pytest.raises(FlowError):
        actions.give_explanation(explanation, answer=" ", by=focal_point)


def test_lead_agency_does_not_ask_itself_for_an_explanation(assignment, focal_point):
    with pytest.raises(PermissionDenied):
        actions.ask_explanation(assignment, question="Vì sao chậm?", by=focal_point)
