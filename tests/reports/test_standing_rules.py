"""Standing rules: read from the plan, confirmed, and what they make in a year."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from factories import make_plan
from loa.channels.models import Notice
from loa.core.history import entries_of
from loa.core.models import CalendarDay, LegalRule
from loa.core.workflow import FlowError
from loa.reports import actions, clocks
from loa.reports.models import StandingRule
from loa.reports.queries import dry_run, rules_for, standing_rules_visible_to
from loa.reports.queries.periods import Laws, periods_of
from loa.reports.queries.proposing import propose_period


@pytest.fixture
def quarterly_words(scene):
    return scene.plan.reporting_rules.create(
        when_text="lồng ghép trong báo cáo CCHC định kỳ hằng quý", recurrence="quarterly", position=2
    )


def rule(scene, kind, **fields):
    return StandingRule(plan=scene.plan, asker=scene.coordinator, kind=kind, **fields)


def told(period):
    return (period.period, period.data_from, period.data_to, period.due_on)


def made(rule, plan):
    return [told(period) for period in periods_of(rule, plan, Laws())]


def test_the_four_periods_of_the_reform_reports(scene):
    assert made(rule(scene, "cchc"), scene.plan) == [
        ("2019-Q1", date(2018, 12, 15), date(2019, 3, 14), date(2019, 3, 20)),
        ("2019-H1", date(2018, 12, 15), date(2019, 6, 14), date(2019, 6, 20)),
        ("2019-Q3", date(2019, 6, 15), date(2019, 9, 14), date(2019, 9, 20)),
        ("2019-CCHC", date(2018, 12, 15), date(2019, 12, 14), date(2019, 12, 20)),
    ]


@pytest.mark.parametrize(
    ("kind", "count", "first"),
    [
        ("monthly", 12, ("2019-M01", date(2018, 12, 15), date(2019, 1, 14), date(2019, 1, 25))),
        ("quarterly", 4, ("2019-Q1", date(2018, 12, 15), date(2019, 3, 14), date(2019, 3, 25))),
        ("half_yearly", 2, ("2019-H1", date(2018, 12, 15), date(2019, 6, 14), date(2019, 6, 25))),
        ("yearly", 1, ("2019", date(2018, 12, 15), date(2019, 12, 14), date(2019, 12, 25))),
    ],
)
def test_windows_and_due_days_of_the_decree(scene, kind, count, first):
    found = made(rule(scene, kind), scene.plan)

    assert (len(found), found[0]) == (count, first)


def test_a_due_day_that_is_not_worked_moves_to_the_next_one(scene):
    august = periods_of(rule(scene, "monthly"), scene.plan, Laws())[7]

    assert (august.counted_from, august.due_on) == (date(2019, 8, 25), date(2019, 8, 26))  # a Sunday


def test_a_day_that_the_administrator_takes_off_moves_the_due_day(scene):
    CalendarDay.objects.create(date=date(2019, 3, 20), kind="off", name="Nghỉ bù")

    assert made(rule(scene, "cchc"), scene.plan)[0][3] == date(2019, 3, 21)


def test_before_a_day_is_not_moved_whatever_day_it_is(scene):
    own = {"has_own_window": True, "window_from": "01-01", "due_month_day": "11-02", "is_due_before": True}

    assert made(rule(scene, "yearly", **own), scene.plan) == [
        ("2019", date(2019, 1, 1), date(2019, 10, 31), date(2019, 11, 2))  # a Saturday
    ]


@pytest.mark.parametrize(
    ("window", "due", "expected"),
    [
        (("12-15", "12-14"), "12-20", (date(2018, 12, 15), date(2019, 12, 14), date(2019, 12, 20))),
        (("01-01", "12-31"), "01-15", (date(2019, 1, 1), date(2019, 12, 31), date(2020, 1, 15))),
        (("02-29", "06-30"), "07-05", (date(2019, 2, 28), date(2019, 6, 30), date(2019, 7, 5))),
    ],
)
def test_own_windows(scene, window, due, expected):
    own = rule(
        scene, "yearly", has_own_window=True, window_from=window[0], window_to=window[1], due_month_day=due
    )

    assert made(own, scene.plan)[0][1:] == expected


def test_a_newer_text_changes_the_periods_from_its_first_day_on(scene):
    from loa.core.legal import load_rules

    load_rules()
    LegalRule.objects.create(
        code="report.window.monthly",
        name_vi="Mới",
        name_en="New",
        values={"months": 1, "starts_on": 1, "ends_on": 31, "due_day": 5},
        valid_from=date(2019, 6, 1),
        legal_basis="Văn bản mới",
    )

    found = periods_of(rule(scene, "monthly"), scene.plan, Laws())

    months = {period.period: (period.data_from, period.data_to, period.legal_basis) for period in found}
    assert months["2019-M05"][:2] == (date(2019, 4, 15), date(2019, 5, 14))
    assert months["2019-M06"] == (date(2019, 6, 1), date(2019, 6, 30), "Văn bản mới")


def test_a_rule_without_a_law_in_force_makes_nothing(scene):
    old = make_plan(year=2018)

    assert periods_of(rule(scene, "quarterly"), old, Laws()) == []


def test_propose_rules_reads_what_the_plan_prints_once(scene, quarterly_words):
    scene.plan.reporting_rules.create(when_text="báo cáo định kỳ", recurrence="periodic", position=3)

    first = actions.propose_rules(scene.plan, by=scene.accepter)
    second = actions.propose_rules(scene.plan, by=scene.accepter)

    rules = StandingRule.objects.order_by("source__position")
    assert (first, second) == (2, 0)
    assert [(row.state, row.kind, row.due_month_day, row.is_due_before) for row in rules] == [
        ("proposed", "yearly", "11-02", True),
        ("proposed", "cchc", "", False),
    ]


def test_propose_rules_by_another_agency_is_refused(scene):
    with pytest.raises(PermissionDenied):
        actions.propose_rules(scene.plan, by=scene.head)


def test_the_calendar_proposes_and_tells_the_coordinator_once(scene):
    people = {scene.accepter.pk}

    counts = [clocks.propose_standing_rules(), clocks.propose_standing_rules()]

    assert counts == [1, 0]
    assert set(Notice.objects.values_list("receiver", flat=True)) == people


def test_a_draft_plan_is_left_alone(scene):
    scene.plan.state = "draft"
    scene.plan.save()

    assert clocks.propose_standing_rules() == 0


def test_confirmed_rules_of_plan_and_decree_live_together(scene, quarterly_words, today):
    today(date(2019, 2, 12))
    actions.propose_rules(scene.plan, by=scene.accepter)

    for row in StandingRule.objects.all():
        actions.confirm_rule(row, by=scene.accepter)

    dates = dry_run(scene.plan, rules_for(scene.plan))
    assert [(each.period.period, each.period.due_on, each.owing_count) for each in dates] == [
        ("2019-Q1", date(2019, 3, 20), 4),
        ("2019-H1", date(2019, 6, 20), 4),
        ("2019-Q3", date(2019, 9, 20), 4),
        ("2019", date(2019, 11, 2), 4),
        ("2019-CCHC", date(2019, 12, 20), 4),
    ]
    clashes = {each.period.period: each.clash.period for each in dates if each.clash}
    assert clashes == {"2019": "2019-CCHC", "2019-CCHC": "2019"}


def test_two_rules_may_not_give_one_name_to_two_periods(scene, today):
    today(date(2019, 2, 12))
    own = {"has_own_window": True, "due_month_day": "11-02", "is_due_before": True}
    actions.set_rule(scene.plan, kind="yearly", by=scene.accepter, **own)

    with pytest.raises(FlowError):
        actions.set_rule(scene.plan, kind="yearly", by=scene.accepter)
    marked = actions.set_rule(scene.plan, kind="yearly", mark="ND09", by=scene.accepter)

    assert made(marked, scene.plan)[0][0] == "2019-ND09"


def test_a_rule_for_every_plan_meets_the_rules_of_each(scene, today):
    today(date(2019, 2, 12))
    actions.set_rule(None, kind="quarterly", by=scene.accepter)

    with pytest.raises(FlowError):
        actions.set_rule(scene.plan, kind="cchc", by=scene.accepter)


def test_a_rule_for_every_plan_needs_a_plan_to_coordinate(scene):
    with pytest.raises(PermissionDenied):
        actions.set_rule(None, kind="quarterly", by=scene.writer)


def test_edit_rule_says_what_changed(scene, today):
    today(date(2019, 2, 12))
    row = actions.set_rule(scene.plan, kind="cchc", by=scene.accepter)

    actions.edit_rule(row, due_day=22, agencies=[scene.press], by=scene.accepter)

    entry = entries_of([row]).first()
    assert (entry.action, "– → 22" in entry.note, "Báo Hải Phòng" in entry.note) == (
        "standing_rule.edit",
        True,
        True,
    )


def test_edit_rule_without_a_change_leaves_no_trace(scene, today):
    today(date(2019, 2, 12))
    row = actions.set_rule(scene.plan, kind="cchc", by=scene.accepter)

    actions.edit_rule(row, kind="cchc", by=scene.accepter)

    assert entries_of([row]).count() == 1


def test_stop_needs_a_reason_and_resume_begins_today(scene, today):
    today(date(2019, 2, 12))
    row = actions.set_rule(scene.plan, kind="cchc", by=scene.accepter)

    with pytest.raises(FlowError):
        actions.stop_rule(row, reason=" ", by=scene.accepter)
    actions.stop_rule(row, reason="Gộp vào báo cáo khác", by=scene.accepter)
    stopped = (row.state, row.active_to)
    today(date(2019, 7, 1))
    actions.resume_rule(row, by=scene.accepter)

    assert stopped == ("stopped", date(2019, 2, 12))
    assert (row.state, row.active_from, row.active_to) == ("active", date(2019, 7, 1), None)


@pytest.mark.parametrize("act", [actions.confirm_rule, actions.resume_rule])
def test_another_agency_may_not_run_a_rule(scene, today, act):
    today(date(2019, 2, 12))
    row = actions.set_rule(scene.plan, kind="cchc", by=scene.accepter)

    with pytest.raises(PermissionDenied):
        act(row, by=scene.head)


def test_rules_are_seen_by_who_sees_the_plan(scene, today):
    today(date(2019, 2, 12))
    actions.set_rule(scene.plan, kind="cchc", by=scene.accepter)
    actions.set_rule(None, kind="monthly", by=scene.accepter)
    stranger = scene.person(make_plan().coordinator, "focal_point")

    seen = [standing_rules_visible_to(user).count() for user in (scene.accepter, scene.writer, stranger)]

    assert seen == [2, 2, 0]


@pytest.mark.parametrize(
    ("period", "kind", "due_on"),
    [
        ("2019", "yearly", date(2019, 11, 2)),
        ("2019-Q1", "quarterly", date(2019, 3, 20)),
        ("2019-Q2", "quarterly", date(2019, 6, 25)),
        ("2019-H1", "half_yearly", date(2019, 6, 20)),
        ("2019-H2", "half_yearly", date(2019, 12, 25)),
        ("2019-Q3", "quarterly", date(2019, 9, 20)),
        ("2019-M05", "monthly", date(2019, 5, 27)),  # 25/05 is a Saturday
        ("2019-CCHC", "yearly", date(2019, 12, 20)),
    ],
)
def test_propose_period_knows_every_period(scene, period, kind, due_on):
    proposal = propose_period(scene.plan, period)

    assert (proposal.kind, proposal.due_on, proposal.template is not None) == (kind, due_on, True)


def test_propose_period_follows_the_plans_own_rule_first(scene, today):
    today(date(2019, 2, 12))
    actions.set_rule(scene.plan, kind="quarterly", due_day=18, by=scene.accepter)

    assert propose_period(scene.plan, "2019-Q1").due_on == date(2019, 3, 18)
