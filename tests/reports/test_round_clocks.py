"""Rounds open and close because time passes: before, on, after their day, twice, after days of silence."""

from datetime import date

import pytest

from factories import make_agency, make_duty, make_group, make_plan
from loa.channels.models import Notice
from loa.core.history import entries_of
from loa.core.models import CountedDay, Job
from loa.directory.models import GroupMember, Reorganisation
from loa.reports import actions, clocks
from loa.reports.models import ReportRound


@pytest.fixture
def quarter(scene, today):
    """`quarter(…)` sets the rule of the four reform periods on 12/02/2019."""

    def make(**fields):
        today(date(2019, 2, 12))
        return actions.set_rule(scene.plan, kind="cchc", by=scene.accepter, **fields)

    return make


def names(report_round):
    return [report.agency.name for report in report_round.reports.select_related("agency")]


@pytest.mark.parametrize(
    ("day", "opened"),
    [
        (date(2019, 3, 14), []),
        (date(2019, 3, 15), ["2019-Q1"]),
        (date(2019, 3, 22), ["2019-Q1"]),
        (date(2019, 6, 15), ["2019-Q1", "2019-H1"]),
    ],
)
def test_rounds_open_on_their_day_or_when_the_clocks_run_again(quarter, today, day, opened):
    quarter()
    today(day)

    count = clocks.open_due_rounds()

    rounds = ReportRound.objects.order_by("due_on")
    assert (count, [row.period for row in rounds]) == (len(opened), opened)


def test_a_round_opens_once(scene, quarter, today):
    people = {scene.writer.pk, scene.head.pk, scene.accepter.pk}
    quarter()
    today(date(2019, 3, 15))

    counts = [clocks.open_due_rounds(), clocks.open_due_rounds()]

    told = Notice.objects.filter(key__startswith="round:")
    assert (counts, ReportRound.objects.count()) == ([1, 0], 1)
    assert sorted(told.values_list("receiver", flat=True)) == sorted(people)


def test_a_round_opened_by_hand_is_not_opened_again(scene, quarter, opened, today):
    quarter()
    today(date(2019, 3, 15))
    opened(kind="quarterly", period="2019-Q1")

    assert clocks.open_due_rounds() == 0


def test_what_the_calendar_opens_says_so_and_how_its_day_was_counted(scene, quarter, today):
    row = quarter(receiver=scene.office, closes_days_after=30)
    today(date(2019, 3, 15))

    clocks.open_due_rounds()

    report_round = ReportRound.objects.get()
    entry, counted = entries_of([report_round]).get(), CountedDay.objects.get()
    assert (entry.action, entry.by, entry.actor) == ("round.open", None, "clock")
    assert (counted.object_id, counted.start_on, counted.due_on, counted.shift, counted.legal_basis) == (
        report_round.pk,
        date(2019, 3, 20),
        date(2019, 3, 20),
        "next",
        "Công văn 581/BNV-CCHC",
    )
    assert (report_round.rule, report_round.receiver, report_round.closes_on) == (
        row,
        scene.office,
        date(2019, 4, 19),
    )
    assert report_round.reports.filter(prefilled_at__isnull=True).count() == 0


def test_a_period_that_was_over_before_the_rule_began_is_not_asked_for(scene, today):
    today(date(2019, 4, 1))
    actions.set_rule(scene.plan, kind="cchc", by=scene.accepter)

    assert clocks.open_due_rounds() == 0


def test_a_stopped_rule_opens_nothing_more(scene, quarter, today):
    row = quarter()
    actions.stop_rule(row, reason="Gộp báo cáo", by=scene.accepter)
    today(date(2019, 3, 15))

    assert clocks.open_due_rounds() == 0


def test_a_proposed_rule_opens_nothing(scene, today):
    today(date(2019, 2, 12))
    clocks.propose_standing_rules()
    today(date(2019, 11, 1))

    assert clocks.open_due_rounds() == 0


def test_a_closed_plan_is_not_asked(scene, quarter, today):
    quarter()
    scene.plan.state = "closed"
    scene.plan.save()
    today(date(2019, 3, 15))

    assert clocks.open_due_rounds() == 0


def test_a_rule_for_every_plan_opens_a_round_in_each(scene, today):
    other = make_plan(coordinator=scene.coordinator)
    make_duty(other, scene.district)
    stranger = make_plan()
    today(date(2019, 2, 12))
    actions.set_rule(None, kind="cchc", by=scene.accepter)
    today(date(2019, 3, 15))

    clocks.open_due_rounds()

    assert set(ReportRound.objects.values_list("plan", flat=True)) == {scene.plan.pk, other.pk}
    assert stranger.rounds.count() == 0


def test_a_group_owes_with_the_members_of_the_day(scene, quarter, today):
    joined, left = make_agency("Sở Đến sau"), make_agency("Sở Đã rời")
    group = make_group("Các sở", scene.press)
    GroupMember.objects.create(group=group, agency=joined, valid_from=date(2019, 3, 1))
    GroupMember.objects.create(group=group, agency=left, valid_to=date(2019, 3, 14))
    quarter(groups=[group], agencies=[scene.district])
    today(date(2019, 3, 15))

    clocks.open_due_rounds()

    assert names(ReportRound.objects.get()) == ["Báo Hải Phòng", "Sở Đến sau", "UBND quận Hồng Bàng"]


def test_a_body_that_is_no_more_leaves_and_its_successors_owe(scene, quarter, today):
    middle = make_agency("Sở Giữa chừng", valid_to=date(2019, 2, 28))
    heirs = [make_agency("Sở Kế thừa A"), make_agency("Sở Kế thừa B")]
    scene.press.valid_to = date(2019, 2, 14)
    scene.press.save()
    first = Reorganisation.objects.create(kind="rename", on=date(2019, 2, 15))
    first.predecessors.add(scene.press)
    first.successors.add(middle)
    second = Reorganisation.objects.create(kind="split", on=date(2019, 3, 1))
    second.predecessors.add(middle)
    second.successors.add(*heirs)
    quarter()
    today(date(2019, 3, 15))

    clocks.open_due_rounds()

    found = names(ReportRound.objects.get())
    assert [name for name in found if "Kế thừa" in name or "Báo" in name or "Giữa" in name] == [
        "Sở Kế thừa A",
        "Sở Kế thừa B",
    ]


def test_an_unproven_successor_does_not_owe(scene, quarter, today):
    scene.press.valid_to = date(2019, 2, 14)
    scene.press.save()
    change = Reorganisation.objects.create(kind="merge", on=date(2019, 2, 15), is_proven=False)
    change.predecessors.add(scene.press)
    change.successors.add(make_agency("Sở Nghi vấn"))
    quarter()
    today(date(2019, 3, 15))

    clocks.open_due_rounds()

    assert ReportRound.objects.get().reports.count() == 3


def test_many_bodies_are_prefilled_by_a_job(scene, quarter, today, django_capture_on_commit_callbacks):
    for number in range(105):
        make_duty(scene.plan, make_agency(f"UBND xã {number}", kind="commune", level="commune"))
    quarter()
    today(date(2019, 3, 15))

    with django_capture_on_commit_callbacks(execute=True):
        clocks.open_due_rounds()

    job = Job.objects.get()
    assert (job.state, job.done_count, job.started_by) == ("done", 109, None)


def test_the_clock_costs_the_same_queries_for_1_and_for_30_plans(
    scene, quarter, today, django_assert_num_queries
):
    quarter()
    today(date(2019, 3, 1))
    with django_assert_num_queries(20):
        clocks.open_due_rounds()
    for _number in range(30):
        plan = make_plan(coordinator=scene.coordinator)
        actions.set_rule(plan, kind="cchc", by=scene.accepter)

    with django_assert_num_queries(20):
        clocks.open_due_rounds()


@pytest.mark.parametrize(("day", "state"), [(date(2019, 4, 19), "open"), (date(2019, 4, 20), "closed")])
def test_a_round_closes_after_its_last_day_and_names_who_is_missing(scene, quarter, today, day, state):
    quarter(closes_days_after=30)
    today(date(2019, 3, 15))
    clocks.open_due_rounds()
    today(day)

    counts = [clocks.close_ended_rounds(), clocks.close_ended_rounds()]

    report_round = ReportRound.objects.get()
    assert (report_round.state, counts) == (state, [int(state == "closed"), 0])
    if state == "closed":
        entry = entries_of([report_round]).first()
        assert (entry.actor, entry.note) == (
            "clock",
            "Chưa báo cáo (4): Báo Hải Phòng; Sở Thông tin và Truyền thông; UBND quận Hồng Bàng; Văn phòng UBND thành phố",
        )


def test_a_round_closes_when_its_consolidated_report_is_issued(scene, consolidation):
    head, clerk = scene.person(scene.coordinator, "head"), scene.person(scene.coordinator, "clerk")
    actions.hand_consolidation_to_head(consolidation, by=scene.accepter)
    before = clocks.close_ended_rounds()
    actions.approve_consolidation(consolidation, by=head)
    actions.issue_consolidation(consolidation, by=clerk)

    after = clocks.close_ended_rounds()

    assert (before, after, ReportRound.objects.get().state) == (0, 1, "closed")


def test_a_round_that_a_person_reopened_is_left_open(scene, quarter, today):
    quarter(closes_days_after=0)
    today(date(2019, 3, 15))
    clocks.open_due_rounds()
    today(date(2019, 3, 21))
    clocks.close_ended_rounds()

    actions.reopen_round(ReportRound.objects.get(), reason="Còn cơ quan gửi muộn", by=scene.accepter)

    assert (clocks.close_ended_rounds(), ReportRound.objects.get().state) == (0, "open")
