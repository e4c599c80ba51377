"""Closing a plan, and tasks that go on from year to year."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from factories import make_agency, make_assignment, make_plan, make_task, make_user
from loa.channels.models import Notice
from loa.core.history import entries_of
from loa.core.workflow import FlowError, StaleError
from loa.plans import actions, queries
from loa.plans.models import Explanation, Extension, Plan, Target, Task

pytestmark = pytest.mark.django_db
END_OF_YEAR = date(2019, 12, 27)


@pytest.fixture
def plan(today):
    today(END_OF_YEAR)
    return make_plan(number="42/KH-UBND")


@pytest.fixture
def lead():
    return make_agency("Sở Tư pháp")


@pytest.fixture
def head(plan):
    return make_user(plan.coordinator, "head")


def assigned(plan, lead, content="Mở lớp tập huấn", state="in_progress", **fields):
    return make_assignment(lead, task=make_task(plan, content=content, **fields), state=state)


def test_unfinished_are_open_work_and_missed_targets(plan, lead):
    done, waiting = assigned(plan, lead, state="done"), assigned(plan, lead)
    missed = assigned(plan, lead, state="done")
    Target.objects.create(task=missed.task, measure="cuộc", quantity=6, unit="cuộc")
    assigned(plan, lead, state="ended", ended_on=END_OF_YEAR)

    found = queries.unfinished_tasks(plan)

    assert [item.task for item in found] == [waiting.task, missed.task]
    assert found[0].assignments == [waiting]
    assert [count.quantity for count in found[1].targets] == [6]
    assert done.task not in [item.task for item in found]


def test_closing_decides_each_unfinished_task(plan, lead, head):
    carried, ended, left = (assigned(plan, lead, content=f"Việc {n}") for n in range(3))
    person = make_user(lead, "focal_point")
    fates = {carried.task.pk: actions.Fate("carry"), ended.task.pk: actions.Fate("end", "Không còn cần")}

    actions.close_plan(plan, note="Hết năm", fates=fates, by=head)

    tasks = {task.pk: task for task in plan.tasks.all()}
    assert [tasks[row.task.pk].closing for row in (carried, ended, left)] == ["carry", "end", "leave"]
    for row in (carried, ended, left):
        row.refresh_from_db()
    assert (carried.state, ended.state, left.state) == ("in_progress", "ended", "in_progress")
    assert tasks[ended.task.pk].ended_on == END_OF_YEAR
    assert entries_of([ended])[0].note == "Không còn cần"
    assert Plan.objects.get(pk=plan.pk).state == "closed"
    assert Notice.objects.filter(receiver=person, key__startswith="plan.closed").count() == 1


def test_closing_settles_what_was_still_asked(plan, lead, head):
    assignment = assigned(plan, lead)
    person = make_user(lead, "focal_point")
    extension = actions.ask_extension(
        assignment, new_due_on=date(2020, 1, 31), reason="Chờ kinh phí", by=person
    )
    explanation = actions.ask_explanation(assignment, question="Vì sao?", by=head)

    actions.close_plan(plan, note="Hết năm", by=head)

    assert Extension.objects.get(pk=extension.pk).state == "lapsed"
    assert Extension.objects.get(pk=extension.pk).answer == "Hết năm"
    assert Explanation.objects.get(pk=explanation.pk).state == "lapsed"


def test_ending_without_a_reason_closes_nothing(plan, lead, head):
    assignment = assigned(plan, lead)

    with pytest.raises(FlowError):
        actions.close_plan(plan, note="Hết năm", fates={assignment.task.pk: actions.Fate("end")}, by=head)

    assert Plan.objects.get(pk=plan.pk).state == "issued"


def test_closing_twice_closes_once(plan, lead, head):
    assigned(plan, lead)
    again = Plan.objects.get(pk=plan.pk)
    actions.close_plan(plan, note="Hết năm", by=head)

    with pytest.raises(StaleError):
        actions.close_plan(again, note="Hết năm", by=head)

    assert len([row for row in entries_of([plan]) if row.action == "plan.close"]) == 1


@pytest.mark.parametrize("role", ["focal_point", "clerk", "officer"])
def test_only_the_coordinators_head_closes(plan, role):
    with pytest.raises(PermissionDenied):
        actions.close_plan(plan, note="Hết năm", by=make_user(plan.coordinator, role))


def test_after_closing_nothing_moves(plan, lead, head):
    assignment = assigned(plan, lead)
    person = make_user(lead, "head")
    actions.close_plan(plan, note="Hết năm", by=head)
    assignment.plan.refresh_from_db()

    for act in (
        lambda: actions.hand_to_head(assignment, by=person),
        lambda: actions.add_note(assignment, on=END_OF_YEAR, done="Xong", by=person),
        lambda: actions.ask_extension(assignment, new_due_on=date(2020, 2, 1), reason="x", by=person),
        lambda: actions.ask_explanation(assignment, question="Vì sao?", by=head),
    ):
        with pytest.raises(FlowError):
            act()


def test_ended_work_is_out_of_the_denominator_and_named(plan, lead, head):
    assigned(plan, lead, state="done")
    gone = assigned(plan, lead)
    actions.close_plan(plan, note="Hết", fates={gone.task.pk: actions.Fate("end", "Thôi")}, by=head)

    overview = queries.plan_overview(plan, END_OF_YEAR)

    assert (overview.tasks.total, overview.tasks.finished, overview.tasks.ended) == (1, 1, 1)
    assert (overview.assignments.total, overview.assignments.ended) == (1, 1)
    assert queries.late_assignments(date(2020, 2, 1)).count() == 0


# carrying over ----------------------------------------------------------------------------------------
def following(plan, state="draft", **fields):
    return make_plan(
        issuer=plan.issuer,
        coordinator=plan.coordinator,
        accepting_office=plan.accepting_office,
        year=plan.year + 1,
        state=state,
        **fields,
    )


@pytest.fixture
def closed(plan, lead, head):
    """A closed plan that hands on a task with a target of 6, two of them reached."""
    assignment = assigned(plan, lead, content="Tổ chức đối thoại trực tuyến với người dân")
    assignment.task.bodies.create(role="lead", printed="Sở Tư pháp", agency=lead, position=1)
    Target.objects.create(task=assignment.task, measure="cuộc", quantity=6, unit="cuộc")
    actions.attach_link(
        assignment,
        link="https://example.test/1",
        title="Hai cuộc",
        on=END_OF_YEAR,
        quantity=Decimal(2),
        unit="cuộc",
        by=make_user(lead, "focal_point"),
    )
    actions.close_plan(plan, note="Hết", fates={assignment.task.pk: actions.Fate("carry")}, by=head)
    return assignment.task


def test_next_years_plan_takes_the_tasks_once(plan, closed, head):
    following_plan = actions.open_next_plan(
        plan, number="7/KH-UBND", title="Kế hoạch 2020", issued_on=date(2020, 1, 10), by=head
    )

    again = actions.take_over_tasks(following_plan, by=head)

    task = following_plan.tasks.get()
    assert again == 0
    assert (task.predecessor, task.carried_over_from, task.note) == (
        closed,
        2019,
        "Nhiệm vụ chuyển tiếp năm 2019",
    )
    assert [body.printed for body in task.bodies.all()] == ["Sở Tư pháp"]
    assert [(row.quantity, row.unit) for row in task.targets.all()] == [(4, "cuộc")]
    assert (following_plan.state, following_plan.document.printed_number) == ("draft", "7/KH-UBND")


def test_next_years_plan_of_a_known_number_is_refused(plan, closed, head):
    following(plan, number="7/KH-UBND")

    with pytest.raises(FlowError):
        actions.open_next_plan(plan, number="7/KH-UBND", title="x", issued_on=date(2020, 1, 10), by=head)


def test_chain_is_seen_from_both_ends_and_counts_where_it_was_made(plan, closed, head):
    new = actions.open_next_plan(
        plan, number="7/KH-UBND", title="2020", issued_on=date(2020, 1, 10), by=head
    ).tasks.get()

    chains = [queries.chain_of(task, head) for task in (closed, new)]

    assert [[(link.task, link.is_this) for link in chain] for chain in chains] == [
        [(closed, True), (new, False)],
        [(closed, False), (new, True)],
    ]
    assert [link.targets[0].counted for link in chains[1]] == [2, 0]
    assert [link.deliverable_count for link in chains[1]] == [1, 0]


def test_chain_shows_a_stranger_to_the_old_plan_its_year_only(plan, closed, head):
    new = actions.open_next_plan(
        plan, number="7/KH-UBND", title="2020", issued_on=date(2020, 1, 10), by=head
    ).tasks.get()
    newcomer = make_agency()
    make_assignment(newcomer, task=new)
    Plan.objects.filter(pk=new.plan_id).update(state="issued")

    chain = queries.chain_of(new, make_user(newcomer, "head"))

    assert [(link.is_visible, link.targets) for link in chain] == [(False, []), (True, [])] or [
        link.is_visible for link in chain
    ] == [False, True]


def test_an_issued_plan_takes_no_task_over(plan, closed, head):
    issued = following(plan, state="issued")

    with pytest.raises(FlowError):
        actions.take_over_tasks(issued, by=head)


def test_matches_are_proposed_by_likeness_and_confirmed_by_a_person(plan, closed, head):
    new_plan = following(plan, state="issued")
    same = make_task(
        new_plan, content="Tổ chức đối thoại trực tuyến với người dân năm 2020", carried_over_from=2019
    )
    other = make_task(new_plan, content="In tờ gấp", carried_over_from=2019)
    make_task(new_plan, content="Việc mới")

    proposed = queries.proposed_matches(new_plan)
    actions.link_predecessors(new_plan, links={same.pk: closed.pk}, by=head)

    assert [(item.task, item.likely) for item in proposed] == [(same, closed), (other, None)]
    assert Task.objects.get(pk=same.pk).predecessor == closed
    assert entries_of([closed])[0].action == "task.carried_into"


def test_linking_twice_links_once(plan, closed, head):
    task = make_task(following(plan), carried_over_from=2019)

    for _ in range(2):
        actions.link_predecessor(task, predecessor=closed, by=head)

    assert len([row for row in entries_of([task]) if row.action == "task.link_predecessor"]) == 1


def test_one_task_is_continued_by_one(plan, closed, head):
    new_plan = following(plan)
    first, second = make_task(new_plan), make_task(new_plan)
    actions.link_predecessor(first, predecessor=closed, by=head)

    with pytest.raises(FlowError):
        actions.link_predecessor(second, predecessor=closed, by=head)


def test_a_task_of_another_issuer_is_no_predecessor(plan, closed, head):
    stranger = make_plan(year=2020)
    task = make_task(stranger)

    with pytest.raises(FlowError):
        actions.link_predecessor(task, predecessor=closed, by=make_user(stranger.coordinator, "head"))


def test_a_wrong_link_is_taken_back_with_a_reason(plan, closed, head):
    task = make_task(following(plan))
    actions.link_predecessor(task, predecessor=closed, by=head)

    with pytest.raises(FlowError):
        actions.unlink_predecessor(task, note=" ", by=head)
    actions.unlink_predecessor(task, note="Nhầm", by=head)

    assert Task.objects.get(pk=task.pk).predecessor is None
    assert queries.tasks_to_carry(task.plan).get() == closed


def test_carried_tasks_lists_both_ways(plan, closed, head):
    new_plan = actions.open_next_plan(
        plan, number="7/KH-UBND", title="2020", issued_on=date(2020, 1, 10), by=head
    )

    assert list(queries.carried_tasks(plan)) == [closed]
    assert list(queries.carried_tasks(new_plan)) == [new_plan.tasks.get()]
