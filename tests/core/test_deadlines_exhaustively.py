"""Every day of the shipped calendar, counted in every way: what holds for one must hold for all."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loa.core.counted_days import count_day
from loa.core.deadlines import CalendarRangeError, add_working_days, shipped_calendar, working_days_between

CALENDAR = shipped_calendar()
FIRST, LAST = CALENDAR.first, CALENDAR.last
DAYS = [FIRST + timedelta(days=at) for at in range((LAST - FIRST).days + 1)]
MOST = 30
starts = st.dates(min_value=FIRST, max_value=date(2026, 6, 30))


def worked_after(start):
    """The oracle: the working days after a start, one by one."""
    return [day for day in DAYS[(start - FIRST).days + 1 :][: 2 * MOST + 30] if CALENDAR.works_on(day)]


@pytest.mark.slow
def test_every_day_and_every_count_agree_with_counting_on_the_fingers():
    for start in DAYS:
        following = worked_after(start)
        for n in range(MOST + 1):
            if n > len(following):
                with pytest.raises(CalendarRangeError):
                    add_working_days(start, n, CALENDAR)
                break
            assert add_working_days(start, n, CALENDAR) == (following[n - 1] if n else start)


@pytest.mark.slow
def test_counting_back_gives_the_count_for_every_day():
    for start in DAYS:
        following = worked_after(start)[:MOST]
        for n in {1, 2, 5, 10, 20, len(following)} & set(range(1, len(following) + 1)):
            due = following[n - 1]
            assert working_days_between(start, due, CALENDAR) == n
            assert working_days_between(due, start, CALENDAR) == -n


@pytest.mark.slow
@pytest.mark.parametrize("step", [1, -1])
def test_every_shift_lands_on_the_nearest_worked_day(step):
    shift = "next" if step > 0 else "previous"
    for day in DAYS[20:-20]:
        due = count_day(day, shift=shift, calendar=CALENDAR)

        assert CALENDAR.works_on(due)
        passed = [day + timedelta(days=step * at) for at in range(abs((due - day).days))]
        assert not any(CALENDAR.works_on(each) for each in passed)


@pytest.mark.slow
def test_a_later_start_is_never_due_earlier_on_any_day():
    for n in (1, 5, 20, MOST):
        dues = [add_working_days(start, n, CALENDAR) for start in DAYS[:-90]]
        assert dues == sorted(dues)


@given(starts, st.integers(0, 60), st.integers(0, 60))
def test_more_days_are_never_due_earlier(start, fewer, further):
    first, second = (count_day(start, working_days=n, calendar=CALENDAR) for n in (fewer, fewer + further))

    assert (first == second) == (further == 0)
    assert first <= second


@given(starts, st.integers(1, 60), st.sampled_from(["none", "next", "previous"]))
def test_a_counted_day_is_worked_so_no_shift_moves_it(start, n, shift):
    plain = count_day(start, working_days=n, calendar=CALENDAR)

    assert count_day(start, working_days=n, shift=shift, calendar=CALENDAR) == plain


@given(starts.filter(lambda day: day > date(2016, 2, 1)))
def test_the_shifts_enclose_the_day_and_meet_where_it_is_worked(day):
    before, after = (count_day(day, shift=shift, calendar=CALENDAR) for shift in ("previous", "next"))

    assert before <= day <= after
    assert (before == after) == CALENDAR.works_on(day)
