"""One definition of how many cases were answered in time."""

from datetime import date

import pytest

from factories.feedback import make_assigned, make_case, make_people
from loa.feedback import actions
from loa.feedback.queries import AgencyFigures, Period, agency_figures, all_figures, month_of

pytestmark = pytest.mark.django_db
YEAR = Period(date(2019, 1, 1), date(2019, 12, 31))


@pytest.fixture
def people(today):
    today(date(2019, 3, 4))
    return make_people()


def answer(case, people):
    actions.accept_case(case, officer=people["officer"], by=people["focal_point"])
    actions.write_answer(case, text="Đã rõ.", edition=case.edition, by=people["officer"])
    actions.hand_answer_to_head(case, by=people["officer"])
    actions.approve_answer(case, by=people["head"])
    actions.send_answer(case, by=people["intake"])


def assigned(people):
    return make_assigned(people["agency"], intake=people["intake"])


def numbers(row):
    return (row.received, row.answered, row.answered_on_time, row.overdue, row.on_time_percent)


def test_unanswered_case_counts_against_its_agency_only_after_its_day(people, today):
    case = assigned(people)
    answer(assigned(people), people)

    today(case.due_on)
    assert [numbers(row) for row in agency_figures(YEAR)] == [(2, 1, 1, 0, 100)]
    today(date(2019, 3, 26))
    assert [numbers(row) for row in agency_figures(YEAR)] == [(2, 1, 1, 1, 50)]


def test_late_answer_is_answered_and_not_in_time(people, today):
    late, in_time = assigned(people), assigned(people)
    answer(in_time, people)
    today(date(2019, 3, 26))
    answer(late, people)

    assert numbers(agency_figures(YEAR)[0]) == (2, 2, 1, 0, 50)
    assert agency_figures(month_of(date(2019, 2, 10))) == []


def test_awaited_asker_does_not_make_a_case_overdue(people, today):
    case, forgotten = assigned(people), assigned(people)
    actions.ask_information(case, question="Số biên nhận?", by=people["officer"])
    today(date(2019, 3, 28))
    actions.ask_information(forgotten, question="Địa chỉ?", by=people["officer"])
    today(date(2019, 4, 10))

    assert numbers(agency_figures(YEAR)[0]) == (2, 0, 0, 1, 0)


def test_what_nobody_owes_an_answer_to_is_not_counted(people):
    main, other = assigned(people), assigned(people)
    actions.merge_case(other, main, by=people["intake"])
    actions.refuse_case(make_case(), ground="none", note="Không rõ nội dung.", by=people["intake"])

    assert numbers(agency_figures(YEAR)[0]) == (1, 0, 0, 0, None)
    assert all_figures(YEAR) == AgencyFigures(None, received=1)


def test_period_counts_both_of_its_days(people, today):
    assigned(people)

    assert [row.received for row in agency_figures(Period(date(2019, 3, 4), date(2019, 3, 4)))] == [1]
    assert agency_figures(Period(date(2019, 3, 5), date(2019, 3, 31))) == []


def test_figures_cost_the_same_for_many_cases(people, django_assert_num_queries):
    for _number in range(10):
        assigned(people)

    with django_assert_num_queries(2):
        agency_figures(YEAR)
    with django_assert_num_queries(1):
        all_figures(YEAR)
