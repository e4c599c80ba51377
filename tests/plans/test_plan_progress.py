from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories import make_agency, make_assignment, make_duty, make_plan, make_task, make_user
from loa.core import clock
from loa.plans import queries
from loa.plans.models import Assignment, Deliverable, ProgressNote, Target, Topic
from loa.plans.queries import Standing

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DUE = date(2019, 6, 30)

STANDS = [
    # state, submitted on, is_due_before, day, expected
    ("in_progress", None, False, date(2019, 6, 30), Standing.ON_SCHEDULE),
    ("in_progress", None, False, date(2019, 7, 1), Standing.LATE),
    ("in_progress", None, True, date(2019, 6, 29), Standing.ON_SCHEDULE),
    ("in_progress", None, True, date(2019, 6, 30), Standing.LATE),
    ("returned", date(2019, 6, 20), False, date(2019, 7, 1), Standing.LATE),
    ("submitted", date(2019, 6, 30), False, date(2019, 7, 5), Standing.ON_SCHEDULE),
    ("submitted", date(2019, 7, 1), False, date(2019, 7, 5), Standing.LATE),
    ("submitted", date(2019, 6, 30), True, date(2019, 7, 5), Standing.LATE),
    ("done", date(2019, 6, 30), False, date(2019, 8, 1), Standing.DONE),
    ("done", date(2019, 7, 1), False, date(2019, 8, 1), Standing.DONE_LATE),
    ("done", date(2019, 6, 30), True, date(2019, 8, 1), Standing.DONE_LATE),
    ("done", None, False, date(2019, 8, 1), Standing.DONE),
]


@pytest.mark.parametrize(("state", "submitted_on", "is_due_before", "day", "expected"), STANDS)
def test_assignment_stands(state, submitted_on, is_due_before, day, expected):
    task = make_task(due_on=DUE, is_due_before=is_due_before)
    make_assignment(task=task, state=state, submitted_on=submitted_on)

    found = queries.with_standing(Assignment.objects.all(), day).get()

    assert Standing(found.standing) == expected
    assert Assignment.objects.filter(queries.late_on(day)).count() == (expected == Standing.LATE)


def test_date_granted_later_is_itself_the_last_day():
    task = make_task(due_on=DUE, is_due_before=True)
    make_assignment(task=task, state="in_progress", due_on=date(2019, 7, 31))

    found = queries.with_standing(Assignment.objects.all(), date(2019, 7, 31)).get()

    assert Standing(found.standing) == Standing.ON_SCHEDULE


def test_work_without_a_date_is_never_late():
    make_assignment(task=make_task(due_on=None), state="in_progress")

    found = queries.with_standing(Assignment.objects.all(), date(2050, 1, 1)).get()

    assert Standing(found.standing) == Standing.ON_SCHEDULE


def test_late_assignments_are_those_of_running_plans():
    late = make_assignment(task=make_task(due_on=DUE))
    make_assignment(task=make_task(make_plan(state="closed"), due_on=DUE))

    assert list(queries.late_assignments(date(2019, 7, 1))) == [late]


def produce(assignment, *, quantity=1, unit="", source="1", on=DUE, **fields):
    return Deliverable.objects.create(
        assignment=assignment,
        agency=assignment.agency,
        kind="article",
        title="Bài",
        on=on,
        source=source,
        quantity=quantity,
        unit=unit,
        recorded_at=clock.now(),
        **fields,
    )


def test_target_counts_what_was_produced_in_its_unit():
    assignment = make_assignment()
    Target.objects.create(task=assignment.task, measure="đối thoại", quantity=6, unit="cuộc đối thoại")
    produce(assignment, unit="Cuộc đối thoại", source="a")
    produce(assignment, unit="", quantity=2, source="b")
    produce(assignment, unit="bài báo", quantity=7, source="c")
    produce(assignment, unit="cuộc đối thoại", source="d", withdrawn_at=clock.now())
    produce(assignment, unit="cuộc đối thoại", source="e", is_counted=False)

    [count] = queries.target_counts([assignment.task])[assignment.task.pk]

    assert (count.counted, count.done, count.is_reached) == (3, 3, False)


def test_bar_never_passes_what_was_asked_but_the_figure_tells_the_truth():
    assignment = make_assignment()
    Target.objects.create(task=assignment.task, measure="bài", quantity=4, unit="bài")
    produce(assignment, unit="bài", quantity=9)

    [count] = queries.target_counts([assignment.task])[assignment.task.pk]

    assert (count.counted, count.done, count.is_reached) == (9, 4, True)


def test_thirty_percent_is_not_a_hundred():
    assignment = make_assignment()
    Target.objects.create(task=assignment.task, measure="bài", quantity=10, unit="bài")
    produce(assignment, unit="bài", quantity=3)

    [count] = queries.target_counts([assignment.task])[assignment.task.pk]

    assert (count.done, count.quantity) == (3, 10)


def test_entered_target_shows_what_was_typed():
    task = make_task()
    Target.objects.create(
        task=task,
        measure="lượt",
        quantity=100,
        unit="lượt",
        counts_itself=False,
        entered_quantity=Decimal("30.5"),
    )

    [count] = queries.target_counts([task])[task.pk]

    assert count.counted == Decimal("30.5")


def test_task_stands_as_the_worst_of_its_assignments():
    plan = make_plan()
    task = make_task(plan, due_on=DUE)
    make_assignment(task=task, state="done", submitted_on=date(2019, 6, 1))
    make_assignment(task=task, state="in_progress")
    make_task(plan)

    tally = queries.tally_of_tasks(plan.tasks.all(), date(2019, 7, 1))

    assert (tally.late, tally.done, tally.unassigned, tally.total) == (1, 0, 1, 2)
    assert queries.task_progress(plan.tasks.all(), date(2019, 7, 1))[task.pk].standing == Standing.LATE


def test_overview_of_a_plan():
    plan = make_plan()
    first, second = make_agency("Sở A"), make_agency("Sở B")
    topic = Topic.objects.create(plan=plan, label="a", text="Thể chế", position=1)
    told = make_task(plan, due_on=DUE)
    told.topics.add(topic)
    make_assignment(first, task=told, state="done", submitted_on=date(2019, 6, 1))
    make_assignment(second, task=told, state="submitted", submitted_on=date(2019, 7, 2))
    make_assignment(second, task=make_task(plan, due_on=date(2019, 12, 31)), state="in_progress")
    answered = make_duty(plan, first)
    make_duty(plan, second)
    ProgressNote.objects.create(
        duty_assignment=answered, on=DUE, done="Đã đăng", by=make_user(first), at=clock.now()
    )

    overview = queries.plan_overview(plan, date(2019, 7, 5))

    assert overview.states == {"done": 1, "submitted": 1, "in_progress": 1}
    assert (overview.assignments.done, overview.assignments.on_schedule, overview.assignments.late) == (
        1,
        1,
        1,
    )
    assert (overview.tasks.in_good_time, overview.tasks.late, overview.tasks.total) == (1, 1, 2)
    assert [(row.agency.name, row.tally.done, row.tally.late) for row in overview.agencies] == [
        ("Sở A", 1, 0),
        ("Sở B", 0, 1),
    ]
    assert [(row.topic, row.tally.total) for row in overview.topics] == [(topic, 2), (None, 1)]
    assert (overview.duties.answered, overview.duties.total) == (1, 2)


def test_overview_of_an_empty_plan():
    overview = queries.plan_overview(make_plan(), date(2019, 7, 5))

    assert (overview.tasks.total, overview.assignments.total, overview.agencies, overview.topics) == (
        0,
        0,
        [],
        [],
    )


@pytest.mark.parametrize("count", [1, 30])
def test_overview_takes_eight_queries(count):
    plan = make_plan()
    for number in range(count):
        assignment = make_assignment(plan=plan)
        Target.objects.create(task=assignment.task, measure="bài", quantity=1, unit="bài")
        produce(assignment, unit="bài", source=str(number))
        make_duty(plan, assignment.agency)

    with CaptureQueriesContext(connection) as captured:
        queries.plan_overview(plan, DUE)

    assert len(captured) == 8


STATES = ("assigned", "accepted", "in_progress", "with_head", "submitted", "returned", "done", "ended")
DAYS = st.dates(date(2019, 6, 25), date(2019, 7, 5))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    work=st.lists(
        st.tuples(
            st.integers(0, 3), st.integers(0, 3), st.sampled_from(STATES), st.none() | DAYS, st.none() | DAYS
        ),
        max_size=12,
        unique_by=lambda item: item[:2],
    ),
    day=DAYS,
)
def test_figures_and_the_rows_behind_them_are_equal(work, day):
    plan = make_plan()
    agencies = [make_agency() for _ in range(4)]
    tasks = [make_task(plan, due_on=None, is_due_before=bool(number % 2)) for number in range(4)]
    for agency, task, state, due_on, submitted_on in work:
        make_assignment(
            agencies[agency], task=tasks[task], state=state, due_on=due_on, submitted_on=submitted_on
        )

    overview = queries.plan_overview(plan, day)

    rows = queries.with_standing(plan.assignments.all(), day)
    counted = {standing: sum(row.standing == standing for row in rows) for standing in Standing}
    assert counted == {
        Standing.ENDED: overview.assignments.ended,
        Standing.DONE: overview.assignments.done,
        Standing.DONE_LATE: overview.assignments.done_late,
        Standing.ON_SCHEDULE: overview.assignments.on_schedule,
        Standing.LATE: overview.assignments.late,
    }
    assert queries.tally_of(plan.assignments.all(), day) == overview.assignments
    assert sum(overview.states.values()) == len(work)
    assert plan.assignments.filter(queries.late_on(day)).count() == overview.assignments.late
    assert overview.tasks.total + overview.tasks.ended == 4


def test_target_counts_until_a_day():
    assignment = make_assignment()
    target = Target.objects.create(task=assignment.task, measure="đối thoại", quantity=2, unit="cuộc")
    on_the_day = produce(assignment, unit="cuộc", source="a")
    produce(assignment, unit="cuộc", source="b", on=DUE + timedelta(days=1))

    [count] = queries.target_counts([assignment.task], until=DUE)[assignment.task.pk]

    assert (count.counted, count.is_reached) == (1, False)
    assert queries.produced_for([target], until=DUE) == {target.pk: [on_the_day]}


def test_what_a_target_counts_adds_up_to_its_figure():
    assignment = make_assignment()
    units = ("cuộc", "bài", "")
    targets = [
        Target.objects.create(task=assignment.task, measure=unit, quantity=9, unit=unit) for unit in units
    ]
    for unit in units:
        produce(assignment, unit=unit, quantity=2, source=f"c{unit}")
        produce(assignment, unit=unit.upper(), quantity=3, source=f"d{unit}")

    produced = queries.produced_for(targets)
    sums = [sum(row.quantity for row in produced[target.pk]) for target in targets]

    assert sums == [count.counted for count in queries.target_counts([assignment.task])[assignment.task.pk]]
    assert sums == [10, 10, 15]


def test_an_entered_target_counts_nothing():
    target = Target.objects.create(task=make_task(), measure="lượt", quantity=9, counts_itself=False)

    assert queries.produced_for([target]) == {}
