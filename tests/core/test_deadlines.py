from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from loa.core.deadlines import (
    Calendar,
    CalendarRangeError,
    DayKind,
    DayStep,
    Reason,
    SpecialDay,
    add_working_days,
    explain,
    shipped_calendar,
    working_days_between,
)

FIRST, LAST = date(2016, 1, 1), date(2027, 12, 31)
starts = st.dates(min_value=FIRST, max_value=date(2026, 6, 30))
counts = st.integers(min_value=0, max_value=120)
days = st.dates(min_value=FIRST, max_value=LAST)


@pytest.fixture
def calendar():
    return shipped_calendar()


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        (date(2026, 2, 13), 5, date(2026, 2, 27)),
        (date(2025, 12, 31), 1, date(2026, 1, 5)),
        (date(2026, 1, 9), 1, date(2026, 1, 10)),
        (date(2019, 4, 26), 2, date(2019, 5, 3)),
        (date(2019, 5, 3), 1, date(2019, 5, 4)),
        (date(2018, 12, 28), 1, date(2019, 1, 2)),
        (date(2019, 1, 4), 1, date(2019, 1, 5)),
        (date(2019, 2, 1), 1, date(2019, 2, 11)),
        (date(2024, 4, 26), 1, date(2024, 5, 2)),
        (date(2025, 4, 25), 1, date(2025, 4, 26)),
        (date(2026, 8, 28), 1, date(2026, 9, 3)),
        (date(2020, 9, 1), 1, date(2020, 9, 3)),
        (date(2021, 9, 1), 1, date(2021, 9, 6)),
    ],
)
def test_add_working_days_follows_the_official_schedule(calendar, start, n, due):
    assert add_working_days(start, n, calendar) == due


def test_add_no_working_days_is_the_start_itself(calendar):
    assert add_working_days(date(2019, 2, 3), 0, calendar) == date(2019, 2, 3)


def test_add_working_days_refuses_a_negative_count(calendar):
    with pytest.raises(ValueError, match="must not be negative"):
        add_working_days(date(2019, 2, 1), -1, calendar)


@pytest.mark.parametrize(
    ("start", "n"),
    [(date(2027, 12, 31), 1), (date(2015, 12, 30), 1), (date(2027, 12, 1), 10**9), (date.max, 1)],
)
def test_add_working_days_outside_the_calendar_is_refused(calendar, start, n):
    with pytest.raises(CalendarRangeError) as refusal:
        add_working_days(start, n, calendar)

    assert (refusal.value.first, refusal.value.last) == (FIRST, LAST)


def test_add_working_days_from_the_eve_of_the_calendar_counts_its_first_days(calendar):
    assert add_working_days(date(2015, 12, 31), 1, calendar) == date(2016, 1, 4)


def test_explain_names_every_day_off_and_the_worked_saturday(calendar):
    steps = explain(date(2026, 1, 1), 6, calendar)

    assert [(step.on.day, step.number, step.reason) for step in steps] == [
        (2, 0, Reason.HOLIDAY),
        (3, 0, Reason.WEEKEND),
        (4, 0, Reason.WEEKEND),
        (5, 1, Reason.WORKING),
        (6, 2, Reason.WORKING),
        (7, 3, Reason.WORKING),
        (8, 4, Reason.WORKING),
        (9, 5, Reason.WORKING),
        (10, 6, Reason.MADE_UP),
    ]
    assert steps[0].special.legal_act == "Công văn 12729/VPCP-KGVX ngày 25/12/2025"


def test_explain_marks_a_day_that_is_not_yet_announced():
    expected = SpecialDay(on=date(2030, 1, 2), kind=DayKind.OFF, name="Tạm xếp")
    calendar = Calendar.of([expected], first=date(2030, 1, 1), last=date(2030, 1, 31))

    steps = explain(date(2030, 1, 1), 1, calendar)

    assert steps == [
        DayStep(on=date(2030, 1, 2), number=0, reason=Reason.HOLIDAY, special=expected),
        DayStep(on=date(2030, 1, 3), number=1, reason=Reason.WORKING),
    ]
    assert [step.is_certain for step in steps] == [False, True]


def test_working_days_between_counts_backwards_as_negative(calendar):
    assert working_days_between(date(2019, 2, 11), date(2019, 2, 1), calendar) == -1


@given(starts, counts)
def test_the_last_day_always_works(start, n):
    assume(n > 0)

    assert shipped_calendar().works_on(add_working_days(start, n, shipped_calendar()))


@given(starts, counts, counts)
def test_adding_is_additive(start, first, second):
    calendar = shipped_calendar()

    middle = add_working_days(start, first, calendar)

    assert add_working_days(middle, second, calendar) == add_working_days(start, first + second, calendar)


@given(starts, counts)
def test_counting_undoes_adding(start, n):
    calendar = shipped_calendar()

    assert working_days_between(start, add_working_days(start, n, calendar), calendar) == n


@given(starts, st.integers(min_value=0, max_value=60), counts)
def test_a_later_start_is_never_due_earlier(start, later_by, n):
    calendar = shipped_calendar()

    later = start + timedelta(days=later_by)

    assert add_working_days(start, n, calendar) <= add_working_days(later, n, calendar)


@given(days, days, days)
def test_counting_is_additive(first, second, third):
    calendar = shipped_calendar()

    whole = working_days_between(first, third, calendar)

    parts = working_days_between(first, second, calendar) + working_days_between(second, third, calendar)
    assert whole == parts


@given(starts, counts)
def test_the_explanation_ends_on_the_due_date_and_counts_every_working_day(start, n):
    calendar = shipped_calendar()

    steps = explain(start, n, calendar)

    assert [step.number for step in steps if step.counts] == list(range(1, n + 1))
    assert (steps[-1].on if steps else start) == add_working_days(start, n, calendar)


def test_the_shipped_calendar_covers_its_years(calendar):
    assert (calendar.first, calendar.last) == (FIRST, LAST)


def test_the_shipped_calendar_works_only_on_the_known_saturdays(calendar):
    worked = [on for on, day in calendar.days.items() if day.kind == DayKind.WORK]

    assert worked == [
        date(2019, 1, 5),
        date(2019, 5, 4),
        date(2024, 5, 4),
        date(2025, 4, 26),
        date(2026, 1, 10),
        date(2026, 8, 22),
    ]
    assert {on.weekday() for on in worked} == {5}


def test_the_shipped_calendar_gives_as_many_days_off_as_the_law(calendar):
    free = dict.fromkeys(range(2016, 2028), 0)
    for on, day in calendar.days.items():
        # 05/01/2019 makes up for 31/12/2018.
        year = 2018 if on == date(2019, 1, 5) else on.year
        if day.kind == DayKind.WORK:
            free[year] -= 1
        elif on.weekday() < 5:
            free[year] += 1

    assert free == {
        **dict.fromkeys(range(2016, 2021), 10),
        **dict.fromkeys(range(2021, 2026), 11),
        **dict.fromkeys((2026, 2027), 12),
    }


def test_the_shipped_calendar_says_what_is_not_announced(calendar):
    unannounced = [on for on, day in calendar.days.items() if not day.is_announced]

    assert unannounced == [
        date(2026, 11, 24),
        *[date(2027, 2, day) for day in range(4, 11)],
        date(2027, 9, 3),
        date(2027, 11, 24),
    ]
