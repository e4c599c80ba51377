"""Plans that agencies issue under the parent plan."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from factories import make_agency, make_assignment, make_duty, make_plan, make_user
from loa.channels.models import Notice
from loa.core.history import entries_of
from loa.core.workflow import FlowError, StaleError
from loa.plans import actions, queries
from loa.plans.actions.sub_plans import note_imported_plan
from loa.plans.models import DutyAssignment, Plan, PlanBody, SubPlan

pytestmark = pytest.mark.django_db
TODAY, DUE = date(2019, 3, 11), date(2019, 3, 15)


@pytest.fixture
def plan(today):
    today(TODAY)
    return make_plan(number="42/KH-UBND")


@pytest.fixture
def districts(plan):
    """Two districts with one and the same duty."""
    first = make_duty(plan, make_agency("Quận Một", level="district"))
    second = make_agency("Quận Hai", level="district")
    PlanBody.objects.create(plan=plan, agency=second, role="duty")
    other = DutyAssignment.objects.create(duty=first.duty, plan=plan, agency=second, assigned_on=TODAY)
    return [first, other]


@pytest.fixture
def coordinator(plan):
    return make_user(plan.coordinator, "focal_point")


@pytest.fixture
def demand(districts, coordinator):
    return actions.ask_for_sub_plans(districts[0].duty, due_on=DUE, by=coordinator)


def owed(duty_assignment):
    return SubPlan.objects.select_related("demand__plan", "duty_assignment__agency").get(
        duty_assignment=duty_assignment
    )


def register(sub_plan, by, **fields):
    return actions.register_sub_plan(sub_plan, number="7/KH-UBND", issued_on=TODAY, by=by, **fields)


def test_every_body_of_the_duty_owes_a_plan_and_is_told(districts, coordinator):
    person = make_user(districts[0].agency, "focal_point")

    actions.ask_for_sub_plans(districts[0].duty, due_on=DUE, by=coordinator)

    assert SubPlan.objects.filter(state="asked").count() == 2
    assert Notice.objects.filter(receiver=person, key__startswith="sub_plan.asked").count() == 1


def test_asking_again_changes_the_date_and_doubles_nothing(districts, demand, coordinator):
    actions.ask_for_sub_plans(districts[0].duty, due_on=date(2019, 4, 1), by=coordinator)

    demand.refresh_from_db()
    assert (demand.due_on, SubPlan.objects.count()) == (date(2019, 4, 1), 2)


def test_bodies_no_longer_named_are_released_and_come_back(districts, demand, coordinator):
    duty, only = districts[0].duty, [districts[0].agency]
    actions.ask_for_sub_plans(duty, due_on=DUE, agencies=only, by=coordinator)
    released = owed(districts[1]).state
    actions.ask_for_sub_plans(duty, due_on=DUE, by=coordinator)

    assert (released, owed(districts[1]).state) == ("released", "asked")


def test_a_body_without_the_duty_owes_nothing(districts, coordinator):
    with pytest.raises(FlowError):
        actions.ask_for_sub_plans(districts[0].duty, due_on=DUE, agencies=[make_agency()], by=coordinator)


def test_a_registered_plan_is_a_deliverable_of_the_duty(districts, demand):
    person = make_user(districts[0].agency, "focal_point")

    sub_plan = register(owed(districts[0]), person)

    deliverable = districts[0].deliverables.get()
    assert (sub_plan.state, sub_plan.document.printed_number) == ("issued", "7/KH-UBND")
    assert (deliverable, deliverable.kind) == (sub_plan.deliverable, "sub_plan")
    assert queries.sub_plan_count(demand.plan, DUE) == queries.year.SubPlanCount(1, 0, 2)
    assert queries.sub_plan_count(demand.plan, date(2019, 3, 16)).late == 1


def test_registering_twice_is_refused(districts, demand):
    person = make_user(districts[0].agency, "focal_point")
    again = owed(districts[0])
    register(owed(districts[0]), person)

    with pytest.raises((FlowError, StaleError)):
        actions.register_sub_plan(again, number="8/KH-UBND", issued_on=TODAY, by=person)

    assert districts[0].deliverables.count() == 1


@pytest.mark.parametrize("role", ["officer", "leader"])
def test_who_keeps_no_papers_registers_nothing(districts, demand, role):
    with pytest.raises(PermissionDenied):
        register(owed(districts[0]), make_user(districts[0].agency, role))


def test_another_body_registers_nothing(districts, demand):
    with pytest.raises(PermissionDenied):
        register(owed(districts[0]), make_user(districts[1].agency, "head"))


def test_a_plan_entered_by_mistake_is_taken_back(districts, demand):
    head = make_user(districts[0].agency, "head")
    sub_plan = register(owed(districts[0]), head)

    actions.take_back_sub_plan(sub_plan, note="Nhầm số", by=head)

    assert (owed(districts[0]).state, owed(districts[0]).document) == ("asked", None)
    assert districts[0].deliverables.get().withdrawn_at is not None
    assert entries_of([sub_plan])[0].note == "Nhầm số"


def test_a_plan_imported_under_its_parent_is_the_one_owed(districts, demand):
    person = make_user(districts[0].agency, "focal_point")
    own = make_plan(issuer=districts[0].agency, coordinator=districts[0].agency)
    Plan.objects.filter(pk=own.pk).update(parent=demand.plan)
    own.refresh_from_db()

    note_imported_plan(own, by=person)

    assert (owed(districts[0]).state, owed(districts[0]).own) == ("issued", own)


def test_the_parents_figures_do_not_count_the_work_below_it(districts, demand):
    own = make_plan(issuer=districts[0].agency)
    Plan.objects.filter(pk=own.pk).update(parent=demand.plan)
    make_assignment(districts[0].agency, plan=own)

    overview = queries.plan_overview(demand.plan, TODAY)

    assert (overview.tasks.total, overview.assignments.total) == (0, 0)


def test_owed_until_a_day(districts, demand):
    assert queries.sub_plans_owed(date(2019, 3, 14)).count() == 0
    assert queries.sub_plans_owed(DUE).count() == 2


def test_pages(as_user, districts, demand, coordinator):
    person = make_user(districts[0].agency, "focal_point")
    board = f"/ke-hoach/{demand.plan_id}/ke-hoach-co-quan/"
    url = f"/ke-hoach/ke-hoach-co-quan/{owed(districts[0]).pk}/"

    assert as_user(person).get(board).status_code == 200
    wrong = as_user(person).post(url, {"number": "7/KH-UBND", "issued_on": "2019-12-31"})
    right = as_user(person).post(url, {"number": "7/KH-UBND", "issued_on": "2019-03-11"})
    again = as_user(person).get(url)
    duty = as_user(person).get(districts[0].get_absolute_url())

    assert (wrong.status_code, right.status_code, again.status_code, duty.status_code) == (422, 302, 409, 200)
    assert as_user(make_user(make_agency(), "head")).get(board).status_code == 404
    assert as_user(coordinator).get(f"{board}?late=true").status_code == 200
    assert as_user(coordinator).get(f"{board}?export=xlsx").status_code == 200


@pytest.mark.parametrize("count", [1, 30])
def test_board_takes_the_same_queries(as_user, plan, coordinator, count, django_assert_num_queries):
    duty = make_duty(plan, make_agency()).duty
    for _ in range(count):
        DutyAssignment.objects.create(duty=duty, plan=plan, agency=make_agency(), assigned_on=TODAY)
    actions.ask_for_sub_plans(duty, due_on=DUE, by=coordinator)
    client, url = as_user(coordinator), f"/ke-hoach/{plan.pk}/ke-hoach-co-quan/"
    client.get(url)

    with django_assert_num_queries(BOARD_QUERIES):
        client.get(url)


BOARD_QUERIES = 13
