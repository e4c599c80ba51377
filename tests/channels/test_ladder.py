"""The ladder: which step leaves when, to whom, once."""

from datetime import date, timedelta

import pytest

from factories import make_agency, make_assignment, make_plan, make_task, make_user
from loa.channels.actions import load_reminder_rules, save_reminder_rule
from loa.channels.models import Notice, Reminder, ReminderRule
from loa.core.calendar_data import load_calendar
from loa.core.workflow import FlowError
from loa.plans.clocks import remind
from loa.plans.models import Assignment

pytestmark = pytest.mark.slow

DUE = date(2019, 6, 20)


@pytest.fixture
def owed(db, today):
    """One assignment due on 20/06/2019 with a person in each role."""
    today(date(2019, 2, 2))
    plan = make_plan()
    agency = make_agency("Sở Tư pháp")
    officer = make_user(agency, "officer", full_name="Chuyên viên")
    make_user(agency, "focal_point", full_name="Đầu mối")
    make_user(agency, "head", full_name="Giám đốc")
    make_user(plan.coordinator, "focal_point", full_name="Cơ quan đầu mối")
    return make_assignment(agency, task=make_task(plan, due_on=DUE), officer=officer)


def run(today, day):
    today(day)
    return remind()


def sent():
    return list(Reminder.objects.order_by("pk").values_list("offset", "told"))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2019, 6, 9), []),
        (date(2019, 6, 10), [(-10, ["Chuyên viên", "Đầu mối"])]),
        (date(2019, 6, 11), [(-10, ["Chuyên viên", "Đầu mối"])]),
        (date(2019, 6, 17), [(-3, ["Chuyên viên", "Đầu mối"])]),
        (date(2019, 6, 20), [(0, ["Chuyên viên", "Đầu mối"])]),
        (date(2019, 6, 21), [(1, ["Chuyên viên", "Đầu mối"])]),
        (date(2019, 6, 25), [(5, ["Giám đốc"])]),
        (date(2019, 6, 30), [(10, ["Cơ quan đầu mối"])]),
        (date(2019, 9, 30), [(10, ["Cơ quan đầu mối"])]),
    ],
)
def test_newest_step_leaves_alone(owed, today, day, expected):
    run(today, day)

    assert sent() == expected


def test_whole_ladder_leaves_once_each_whatever_often_the_clock_runs(owed, today):
    for offset in range(-30, 40):
        run(today, DUE + timedelta(days=offset))
        run(today, DUE + timedelta(days=offset))

    assert [offset for offset, _told in sent()] == [-10, -3, 0, 1, 5, 10]
    assert Notice.objects.count() == 2 + 2 + 2 + 2 + 1 + 1


def test_steps_missed_while_the_clock_stood_make_no_burst(owed, today):
    run(today, date(2019, 6, 10))

    run(today, date(2019, 6, 26))

    assert [offset for offset, _told in sent()] == [-10, 5]


def test_moved_due_date_begins_a_ladder_of_its_own(owed, today):
    run(today, date(2019, 6, 21))
    Assignment.objects.update(due_on=date(2019, 6, 28))

    for day in range(22, 31):
        run(today, date(2019, 6, day))

    assert [(row.offset, row.due_on) for row in Reminder.objects.order_by("pk")] == [
        (1, DUE),
        (-10, date(2019, 6, 28)),
        (-3, date(2019, 6, 28)),
        (0, date(2019, 6, 28)),
        (1, date(2019, 6, 28)),
    ]


def test_missed_due_date_does_not_silence_what_comes_after(owed, today):
    assert [run(today, date(2019, 6, day)) for day in (20, 21, 22, 25, 30)] == [1, 1, 0, 1, 1]


def test_work_given_within_a_step_is_not_reminded_of_at_once(owed, today):
    Assignment.objects.update(assigned_on=date(2019, 6, 18))

    assert [run(today, date(2019, 6, day)) for day in (18, 19, 20)] == [0, 0, 1]


def test_work_that_was_late_when_it_was_given_is_reminded_of(owed, today):
    Assignment.objects.update(assigned_on=date(2019, 6, 25))

    assert run(today, date(2019, 6, 25)) == 1


@pytest.mark.parametrize("state", ["submitted", "done"])
def test_finished_work_is_not_reminded_of_as_owed(owed, today, state):
    Assignment.objects.update(state=state)

    run(today, DUE)

    assert sent() == []


def test_closed_plan_reminds_nobody(owed, today):
    type(owed.plan).objects.update(state="closed")

    assert run(today, DUE) == 0


def test_printed_before_ends_a_day_earlier(owed, today):
    type(owed.task).objects.update(is_due_before=True)

    run(today, date(2019, 6, 20))

    assert [offset for offset, _told in sent()] == [1]


def test_working_days_are_counted_where_the_rule_says_so(owed, today):
    load_calendar()
    load_reminder_rules()
    ReminderRule.objects.exclude(matter="assignment", offset=-3).update(is_active=False)
    ReminderRule.objects.filter(matter="assignment", offset=-3).update(counting="working")

    run(today, date(2019, 6, 14))  # Friday; Monday to Wednesday and the due Thursday follow
    before = sent()
    run(today, date(2019, 6, 17))

    assert (before, [offset for offset, _told in sent()]) == ([], [-3])


def test_step_that_ended_or_is_switched_off_does_not_leave(owed, today):
    load_reminder_rules()
    ReminderRule.objects.filter(matter="assignment", offset=0).update(valid_to=date(2019, 6, 19))
    ReminderRule.objects.filter(matter="assignment", offset__lt=0).update(is_active=False)

    assert run(today, DUE) == 0


def test_nobody_in_the_role_is_on_record(owed, today):
    run(today, date(2019, 6, 25))
    owed.agency.memberships.filter(role="head").delete()
    Reminder.objects.all().delete()

    run(today, date(2019, 6, 25))

    assert sent() == [(5, [])]


def test_many_matters_of_one_step_are_one_notice(owed, today):
    for _number in range(4):
        make_assignment(owed.agency, task=make_task(owed.plan, due_on=DUE), officer=owed.officer)

    run(today, DUE)

    assert Reminder.objects.count() == 5
    assert Notice.objects.count() == 2
    assert Notice.objects.first().subject_en == "5 matters are due today"


@pytest.mark.parametrize(
    ("kind", "day", "subject"),
    [
        ("department", 20, "Due today: Tổ chức hội nghị tuyên truyền"),
        ("department", 21, "Overdue by 1 day: Tổ chức hội nghị tuyên truyền"),
        ("union", 20, "Kindly finish today: Tổ chức hội nghị tuyên truyền"),
        ("union", 21, "Kindly finish soon, it was due on 20/06/2019: Tổ chức hội nghị tuyên truyền"),
    ],
)
def test_party_and_mass_bodies_are_asked(owed, today, kind, day, subject):
    type(owed.agency).objects.filter(pk=owed.agency.pk).update(kind=kind)

    run(today, date(2019, 6, day))

    assert Notice.objects.first().subject_en == subject


def test_escalation_is_a_kind_of_its_own(owed, today):
    run(today, date(2019, 6, 25))

    assert Notice.objects.get().kind == "escalation"


def test_reminder_of_a_second_clock_at_the_same_step_is_left_to_it(owed, today, monkeypatch):
    from loa.channels.actions import reminders as engine

    run(today, DUE)
    done = Reminder.objects.get()
    source = engine.steps_reached
    monkeypatch.setattr(engine, "to_remind", lambda source, _reached: [source.open_rows()])

    assert run(today, DUE) == 0
    assert Reminder.objects.get() == done
    assert source is engine.steps_reached


@pytest.mark.parametrize("count", [1, 30])
def test_clock_costs_the_same_for_one_and_thirty(owed, today, django_assert_max_num_queries, count):
    load_reminder_rules()
    for _number in range(count - 1):
        make_assignment(owed.agency, task=make_task(owed.plan, due_on=DUE), officer=owed.officer)
    today(DUE)

    with django_assert_max_num_queries(60):
        remind()

    assert Reminder.objects.count() == count


def test_shipped_ladder_is_loaded_once_and_what_was_changed_stays(db):
    first = load_reminder_rules()
    ReminderRule.objects.filter(matter="report", offset=-10).delete()

    assert (first, load_reminder_rules()) == (60, 0)


def test_administrator_changes_a_step_and_it_is_on_record(db):
    load_reminder_rules()
    rule = ReminderRule.objects.get(matter="assignment", offset=-10)
    by = make_user(make_agency(), "administrator")

    save_reminder_rule(rule, offset=-7, by=by)

    assert ReminderRule.objects.get(pk=rule.pk).offset == -7
    from loa.core.history import entries_of

    assert entries_of([rule]).get().data["changed"] == {"offset": [-10, -7]}


def test_same_step_twice_is_refused(db):
    load_reminder_rules()
    rule = ReminderRule.objects.get(matter="assignment", offset=-10)

    with pytest.raises(FlowError):
        save_reminder_rule(rule, offset=-3, by=make_user(make_agency(), "administrator"))
