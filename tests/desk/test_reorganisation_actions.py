"""A decision over every register: rehearsed without a trace, applied once, what is finished stays as it was."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from desk.reorganisation_scene import DAY, NOW, TODAY, coordinate, hold, make_scene, merge, prepare, produce
from factories import make_agency, make_assignment, make_group, make_task, make_user
from loa.channels.models import Notice
from loa.core import history
from loa.core.models import Entry
from loa.core.workflow import FlowError, StaleError
from loa.desk import actions
from loa.directory import actions as directory
from loa.directory.models import Delegation, GroupMember, HandOver, Membership, User
from loa.plans import queries
from loa.plans.models import Assignment, Extension, PlanBody

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english"), pytest.mark.slow]


@pytest.fixture
def scene(today):
    today(TODAY)
    return make_scene()


@pytest.fixture
def apply(scene, today):
    """Merge bodies into one on its day: `apply(scene.press, into=scene.culture)`."""

    def run(*before, into):
        decision = rehearsed(scene, *before, into=into)
        today(DAY)
        actions.apply_decision(decision, by=scene.administrator)
        return decision

    return run


def rehearsed(scene, *before, into, on=DAY):
    decision = prepare(scene, on=on)
    merge(scene, decision, *before, into=into)
    actions.rehearse_decision(decision, by=scene.administrator)
    return decision


def told(decision, kind):
    rows = decision.hand_overs.filter(kind_en=kind)
    return sorted(rows.values_list("how", "predecessor_name", "successor_name"))


def test_the_open_task_goes_to_the_successor_and_says_from_whom(scene, apply):
    apply(scene.press, into=scene.culture)

    scene.open.refresh_from_db()
    entry = history.entries_of([scene.open]).first()
    assert scene.open.agency == scene.culture
    assert (entry.action, entry.data["from_name"]) == ("assignment.hand_over", "Sở Báo chí")


def test_the_finished_task_stays_under_the_old_name(scene, apply):
    apply(scene.press, into=scene.culture)

    scene.done.refresh_from_db()
    assert scene.done.agency == scene.press


def test_a_dry_run_changes_nothing_and_shows_what_applying_does(scene, today):
    decision = rehearsed(scene, scene.press, into=scene.culture)
    shown = list(decision.hand_overs.values_list("kind_en", "label", "how"))

    scene.open.refresh_from_db()
    assert (scene.open.agency, decision.state) == (scene.press, "draft")
    assert Notice.objects.count() == 0
    today(DAY)
    actions.apply_decision(decision, by=scene.administrator)
    assert list(decision.hand_overs.values_list("kind_en", "label", "how")) == shown
    assert not decision.hand_overs.filter(is_rehearsal=True).exists()


def test_a_second_click_does_nothing(scene, apply):
    decision = apply(scene.press, into=scene.culture)
    entries = Entry.objects.count()

    with pytest.raises(StaleError):
        actions.apply_decision(decision, by=scene.administrator)

    assert Entry.objects.count() == entries


def test_a_crash_in_the_middle_leaves_nothing_half_done(scene, today, monkeypatch):
    decision = rehearsed(scene, scene.press, into=scene.culture)
    today(DAY)
    monkeypatch.setattr("loa.desk.actions.reorganisation.heads_of_one_body", lambda *_given: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        actions.apply_decision(decision, by=scene.administrator)

    decision.refresh_from_db()
    scene.open.refresh_from_db()
    scene.press.refresh_from_db()
    assert (decision.state, scene.open.agency, scene.press.valid_to) == ("draft", scene.press, None)


def test_only_an_administrator_applies(scene, today):
    decision = rehearsed(scene, scene.press, into=scene.culture)
    today(DAY)

    with pytest.raises(PermissionDenied):
        actions.apply_decision(decision, by=scene.head)


def test_it_is_not_applied_before_its_day_nor_without_a_dry_run(scene, today):
    decision = rehearsed(scene, scene.press, into=scene.culture)

    with pytest.raises(FlowError, match="day has not come"):
        actions.apply_decision(decision, by=scene.administrator)

    today(DAY)
    merge(scene, decision, scene.tourism, into=scene.culture)
    with pytest.raises(FlowError, match="dry run"):
        actions.apply_decision(decision, by=scene.administrator)


def test_the_old_body_ends_the_day_before_and_the_act_is_a_fact(scene, apply):
    decision = apply(scene.press, into=scene.culture)

    scene.press.refresh_from_db()
    assert scene.press.valid_to == date(2019, 6, 30)
    assert [act.is_proven for act in decision.acts.all()] == [True]


def test_people_go_on_in_the_successor_from_the_day(scene, apply):
    apply(scene.press, into=scene.culture)

    roles = Membership.objects.filter(user=scene.officer).order_by("pk")
    assert [(row.agency.code, row.role, row.valid_from, row.valid_to) for row in roles] == [
        ("so-bao-chi", "officer", date(2000, 1, 1), date(2019, 6, 30)),
        ("so-van-hoa", "officer", DAY, None),
    ]


def test_a_chosen_person_gets_another_role_or_none(scene, today):
    decision = prepare(scene)
    act = merge(scene, decision, scene.press, into=scene.culture)
    head, point = (Membership.objects.get(user=user) for user in (scene.head, scene.focal_point))
    chosen = {head.pk: (scene.culture, "officer"), point.pk: (None, "focal_point")}
    directory.move_people(act, people=chosen, by=scene.administrator)
    actions.rehearse_decision(decision, by=scene.administrator)
    today(DAY)
    actions.apply_decision(decision, by=scene.administrator)

    new = Membership.objects.filter(valid_from=DAY).order_by("user__full_name")
    assert [(row.user.full_name, row.role) for row in new] == [
        ("Chuyên viên Báo chí", "officer"),
        ("Giám đốc Báo chí", "officer"),
    ]


def test_two_heads_of_one_body_are_shown_before(scene):
    decision = rehearsed(scene, scene.press, into=scene.culture)

    rows = decision.hand_overs.filter(kind_en="Heads of one body")
    assert [row.label for row in rows] == ["Giám đốc Văn hóa; Giám đốc Báo chí"]


def test_the_officer_in_charge_who_comes_along_stays_in_charge(scene, apply):
    apply(scene.press, into=scene.culture)

    scene.open.refresh_from_db()
    assert scene.open.officer == scene.officer


def test_the_old_account_reaches_the_work_under_the_new_hat(scene, apply):
    apply(scene.press, into=scene.culture)

    officer = User.objects.get(pk=scene.officer.pk)
    assert officer.hat.agency == scene.culture
    assert list(queries.own_assignments(officer)) == [scene.open]


def test_the_successor_reads_the_predecessors_history_and_a_stranger_does_not(scene, apply):
    produce(scene.done, scene.press)

    apply(scene.press, into=scene.culture)

    heir, stranger = User.objects.get(pk=scene.heir_point.pk), User.objects.get(pk=scene.stranger.pk)
    assert set(queries.assignments_shared_with(heir)) == {scene.open, scene.done}
    assert queries.deliverables_visible_to(heir).count() == 1
    assert list(queries.assignments_visible_to(stranger)) == []


def test_two_open_assignments_of_one_task_become_one_and_nothing_is_lost(scene, apply):
    other = make_assignment(scene.culture, task=scene.open.task, state="accepted")
    produce(scene.open, scene.press, quantity=3)

    decision = apply(scene.press, into=scene.culture)

    scene.open.refresh_from_db()
    other.refresh_from_db()
    assert (scene.open.state, scene.open.agency, other.state) == ("passed_on", scene.press, "accepted")
    assert scene.open.deliverables.get().agency == scene.press
    assert told(decision, "Task to lead") == [("merged", "Sở Báo chí", "Sở Văn hóa")]


def test_two_predecessors_of_one_task_become_one(scene, apply):
    other = make_assignment(scene.tourism, task=scene.open.task)

    apply(scene.press, scene.tourism, into=scene.culture)

    open_ones = Assignment.objects.filter(task=scene.open.task).exclude(state="passed_on")
    other.refresh_from_db()
    assert [row.agency for row in open_ones] == [scene.culture]
    assert other.state == "passed_on"


def test_what_the_successor_has_done_does_not_stop_what_is_open(scene, apply):
    done = make_assignment(scene.culture, task=scene.open.task, state="done", done_at=NOW)

    apply(scene.press, into=scene.culture)

    done.refresh_from_db()
    scene.open.refresh_from_db()
    assert (done.state, scene.open.agency, scene.open.state) == ("done", scene.culture, "in_progress")


def test_a_merged_assignment_is_not_late_and_counts_in_no_tally(scene, apply, today):
    make_assignment(scene.culture, task=scene.open.task)
    before = queries.tally_of(Assignment.objects.filter(agency=scene.culture), TODAY).total

    apply(scene.press, into=scene.culture)
    today(date(2020, 1, 6))

    after = queries.tally_of(Assignment.objects.filter(task=scene.open.task), date(2020, 1, 6))
    assert (before, after.total, after.late) == (1, 1, 1)


def test_extensions_and_explanations_follow_the_work(scene, apply):
    running = make_assignment(scene.culture, task=scene.open.task)
    extension = Extension.objects.create(
        assignment=scene.open,
        new_due_on=date(2020, 1, 31),
        reason="Bão",
        asked_by=scene.head,
        asked_at=NOW,
    )

    apply(scene.press, into=scene.culture)

    extension.refresh_from_db()
    assert (extension.assignment, extension.state) == (running, "asked")


def test_an_extension_asked_for_twice_ends_once(scene, apply):
    running = make_assignment(scene.culture, task=scene.open.task)
    asked = {"new_due_on": date(2020, 1, 31), "reason": "Bão", "asked_by": scene.head, "asked_at": NOW}
    mine = Extension.objects.create(assignment=running, **asked)
    other = Extension.objects.create(assignment=scene.open, **asked)

    apply(scene.press, into=scene.culture)

    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.state, other.state) == ("asked", "refused")


def test_requests_go_on_but_nobody_coordinates_with_itself(scene, apply):
    free = coordinate(make_task(scene.plan), scene.press)
    led = coordinate(make_assignment(scene.culture, plan=scene.plan).task, scene.press)
    answered = coordinate(make_task(scene.plan), scene.press, state="contributed")

    apply(scene.press, into=scene.culture)

    for request in (free, led, answered):
        request.refresh_from_db()
    assert (free.agency, free.state) == (scene.culture, "asked")
    assert (led.agency, led.state) == (scene.press, "passed_on")
    assert (answered.agency, answered.state) == (scene.press, "contributed")


def test_duties_go_on_and_the_same_duty_is_had_once(scene, apply):
    same = scene.duty.duty.assignments.create(
        plan=scene.plan, agency=scene.culture, assigned_on=scene.plan.issued_on
    )
    apply(scene.press, into=scene.culture)

    scene.duty.refresh_from_db()
    assert (scene.duty.agency, scene.duty.ended_on) == (scene.press, date(2019, 6, 30))
    heir = User.objects.get(pk=scene.heir_point.pk)
    assert list(queries.own_duty_assignments(heir)) == [same]


def test_sessions_still_to_be_held_get_the_successor(scene, apply):
    planned, held = hold(scene.open.task, scene.press), hold(scene.open.task, scene.press, state="held")

    apply(scene.press, into=scene.culture)

    planned.refresh_from_db()
    held.refresh_from_db()
    assert (planned.lead, held.lead) == (scene.culture, scene.press)


def test_the_coordinator_of_the_plan_is_the_successor(scene, apply):
    coordinator = scene.plan.coordinator

    apply(coordinator, into=scene.culture)

    scene.plan.refresh_from_db()
    assert scene.plan.coordinator == scene.culture


def test_the_coordinator_does_not_accept_its_own_work(scene, apply):
    decision = apply(scene.plan.coordinator, into=scene.plan.accepting_office)

    scene.plan.refresh_from_db()
    assert scene.plan.coordinator != scene.plan.accepting_office
    refused = decision.hand_overs.get(
        how="refused", kind_en="Coordinator of a plan", note_en__contains="would be one"
    )
    assert "một" in refused.note_vi


def test_an_abolished_body_without_successor_is_listed_with_the_reason(scene, today):
    decision = prepare(scene)
    directory.add_act(decision, kind="abolish", predecessors=[scene.press], by=scene.administrator)
    actions.rehearse_decision(decision, by=scene.administrator)

    refused = decision.hand_overs.filter(how="refused").values_list("kind_en", "note_en")
    assert set(refused) == {
        ("Task", "No successor is named that takes it."),
        ("Standing duty", "No successor is named that takes it."),
    }


def test_a_split_gives_named_work_to_one_and_the_rest_to_the_other(scene, today):
    other = make_assignment(scene.press, plan=scene.plan)
    decision = prepare(scene)
    act = directory.add_act(
        decision,
        kind="split",
        predecessors=[scene.press],
        successors=[scene.culture, scene.science],
        default_successor=scene.culture,
        by=scene.administrator,
    )
    directory.share_work(act, shares={"task": {other.task_id: "so-khoa-hoc"}}, by=scene.administrator)
    actions.rehearse_decision(decision, by=scene.administrator)
    today(DAY)
    actions.apply_decision(decision, by=scene.administrator)

    other.refresh_from_db()
    scene.open.refresh_from_db()
    assert (other.agency, scene.open.agency) == (scene.science, scene.culture)


def test_a_rule_for_a_topic_shares_its_tasks_out_and_a_tasks_own_rule_comes_first(scene, today):
    topic = scene.plan.topics.create(label="a)", text="Chính quyền điện tử", position=1)
    one, two = make_assignment(scene.press, plan=scene.plan), make_assignment(scene.press, plan=scene.plan)
    for row in (one, two):
        row.task.topics.add(topic)
    decision = prepare(scene)
    act = directory.add_act(
        decision,
        kind="split",
        predecessors=[scene.press],
        successors=[scene.culture, scene.science],
        default_successor=scene.culture,
        by=scene.administrator,
    )
    shares = {"topic": {topic.pk: "so-khoa-hoc"}, "task": {two.task_id: "so-van-hoa"}}
    directory.share_work(act, shares=shares, by=scene.administrator)
    actions.rehearse_decision(decision, by=scene.administrator)
    today(DAY)
    actions.apply_decision(decision, by=scene.administrator)

    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.agency, two.agency) == (scene.science, scene.culture)


def test_a_transferred_function_moves_alone_and_the_body_lives_on(scene, today):
    decision = prepare(scene)
    act = directory.add_act(
        decision,
        kind="transfer",
        predecessors=[scene.press],
        successors=[scene.science],
        by=scene.administrator,
    )
    directory.share_work(act, shares={"task": {scene.open.task_id: "so-khoa-hoc"}}, by=scene.administrator)
    actions.rehearse_decision(decision, by=scene.administrator)
    today(DAY)
    actions.apply_decision(decision, by=scene.administrator)

    scene.open.refresh_from_db()
    scene.duty.refresh_from_db()
    scene.press.refresh_from_db()
    assert (scene.open.agency, scene.duty.agency, scene.press.valid_to) == (scene.science, scene.press, None)
    assert Membership.objects.get(user=scene.officer).valid_to is None


def test_a_renamed_body_keeps_its_old_name_with_its_dates(scene, today):
    decision = prepare(scene)
    directory.add_act(
        decision,
        kind="rename",
        predecessors=[scene.press],
        new_name="Sở Truyền thông",
        by=scene.administrator,
    )
    actions.rehearse_decision(decision, by=scene.administrator)
    today(DAY)
    actions.apply_decision(decision, by=scene.administrator)

    scene.press.refresh_from_db()
    old = scene.press.names.get()
    assert (scene.press.name, old.name, old.valid_to) == ("Sở Truyền thông", "Sở Báo chí", date(2019, 6, 30))


def test_the_body_leaves_its_groups_and_the_successor_joins(scene, apply):
    group = make_group("Các sở", scene.press)

    apply(scene.press, into=scene.culture)

    rows = GroupMember.objects.filter(group=group).order_by("pk")
    assert [(row.agency.code, row.valid_from, row.valid_to) for row in rows] == [
        ("so-bao-chi", None, date(2019, 6, 30)),
        ("so-van-hoa", DAY, None),
    ]


def test_delegations_of_the_old_body_end(scene, apply):
    delegation = Delegation.objects.create(
        agency=scene.press,
        giver=scene.head,
        receiver=scene.officer,
        starts_on=TODAY,
        ends_on=date(2019, 7, 31),
        reason="Nghỉ",
    )

    apply(scene.press, into=scene.culture)

    delegation.refresh_from_db()
    assert delegation.withdrawn_at is not None


def test_a_body_below_stands_under_the_successor(scene, apply):
    child = make_agency("Trung tâm Báo chí", parent=scene.press)

    apply(scene.press, into=scene.culture)

    child.refresh_from_db()
    assert child.parent == scene.culture


def test_the_successor_and_the_moved_people_are_told_once(scene, apply):
    apply(scene.press, into=scene.culture)

    subjects = Notice.objects.filter(receiver=scene.heir_head).values_list("subject_en", flat=True)
    assert list(subjects) == ["Sở Văn hóa carries on work of another body"]
    moved = Notice.objects.filter(receiver=scene.officer).values_list("subject_en", flat=True)
    assert list(moved) == ["You now act for Sở Văn hóa"]


def test_a_political_successor_is_asked_and_not_told(scene, apply):
    union = make_agency("Công đoàn", kind="union")
    make_user(union, "head")

    apply(scene.press, into=union)

    notice = Notice.objects.filter(subject_en__contains="kindly asked").first()
    assert notice.subject_vi == "Đề nghị Công đoàn tiếp nhận công việc của cơ quan khác"


def test_a_second_reorganisation_carries_the_history_of_both(scene, apply, today):
    apply(scene.press, into=scene.culture)
    scene.culture.refresh_from_db()
    second = rehearsed(scene, scene.culture, into=scene.science, on=date(2019, 9, 1))
    today(date(2019, 9, 1))
    actions.apply_decision(second, by=scene.administrator)

    reader = make_user(scene.science, "focal_point")
    assert set(queries.assignments_shared_with(reader)) == {scene.open, scene.done}


def test_finished_work_that_is_opened_again_goes_to_the_successor(scene, apply):
    coordinator = make_user(scene.plan.coordinator, "focal_point")
    apply(scene.press, into=scene.culture)

    from loa.plans.actions import reopen

    scene.done.refresh_from_db()
    reopen(scene.done, note="Thiếu minh chứng", by=coordinator)

    scene.done.refresh_from_db()
    assert (scene.done.state, scene.done.agency) == ("returned", scene.culture)


def test_nobody_left_to_administer_is_refused(scene):
    office = scene.administrator.hat.agency
    decision = prepare(scene)
    directory.add_act(decision, kind="abolish", predecessors=[office], by=scene.administrator)

    with pytest.raises(FlowError, match="administrator"):
        actions.rehearse_decision(decision, by=scene.administrator)


def test_a_plan_that_is_closed_stays_as_it_was(scene, apply):
    scene.plan.state = "closed"
    scene.plan.save()

    apply(scene.press, into=scene.culture)

    scene.open.refresh_from_db()
    assert scene.open.agency == scene.press
    assert not PlanBody.objects.filter(agency=scene.culture).exists()


def test_the_log_keeps_the_names_of_that_day(scene, apply):
    decision = apply(scene.press, into=scene.culture)
    directory.rename_agency(scene.culture, name="Sở Khác", on=None, by=scene.administrator)

    row = HandOver.objects.filter(decision=decision, kind_en="Task to lead").get()
    assert (row.predecessor_name, row.successor_name) == ("Sở Báo chí", "Sở Văn hóa")
