"""What happens to cases because time passed: before the day, on it, after it, and twice."""

from datetime import date

import case_scene as scene
import pytest

from factories.feedback import make_case, make_people
from loa.channels.models import Letter, Notice, Reminder
from loa.core.legal import load_rules
from loa.core.models import CountedDay, Entry, LegalRule
from loa.feedback import actions, clocks
from loa.feedback.models import CaseClock

pytestmark = pytest.mark.django_db
MONDAY = date(2019, 3, 4)


@pytest.fixture
def people(today):
    today(MONDAY)
    return make_people()


def reminded(kind):
    return list(Reminder.objects.filter(kind=kind).order_by("pk").values_list("offset", "told"))


@pytest.mark.parametrize(
    ("day", "waits"),
    [(date(2019, 3, 18), True), (date(2019, 3, 19), False)],  # ten working days end on the 18th
)
def test_asker_is_awaited_no_longer_than_the_rule_says(people, today, day, waits):
    case = scene.answering(people)
    actions.ask_information(case, question="Số biên nhận?", by=people["officer"])

    today(day)
    counts = [clocks.end_waiting(), clocks.end_waiting()]

    case.refresh_from_db()
    assert (case.waiting_since is not None) is waits
    assert counts == [0 if waits else 1, 0]


def test_days_of_waiting_do_not_count_and_the_officer_is_told(people, today):
    case = scene.answering(people)
    actions.ask_information(case, question="Số biên nhận?", by=people["officer"])
    today(date(2019, 3, 19))

    clocks.end_waiting()

    answer = case.clocks.get(kind="answer")
    assert (answer.paused_days, answer.due_on) == (15, date(2019, 4, 8))
    assert Notice.objects.filter(
        key__startswith=f"case:{case.pk}:no_reply", receiver=people["officer"]
    ).exists()
    assert Entry.objects.filter(action="case.end_waiting", actor="clock").count() == 1


@pytest.mark.parametrize(
    ("day", "state"), [(date(2019, 4, 3), "answered"), (date(2019, 4, 4), "closed")]
)  # thirty days
def test_answered_case_is_closed_after_its_days(people, today, day, state):
    case = scene.answered(people)

    today(day)
    counts = [clocks.close_answered(), clocks.close_answered()]

    case.refresh_from_db()
    assert case.state == state
    assert counts == [1 if state == "closed" else 0, 0]


def test_without_a_rule_nothing_ends_by_itself(people, today):
    case = scene.answered(people)
    load_rules()
    LegalRule.objects.filter(code="feedback.close").update(valid_from=date(2030, 1, 1))

    today(date(2019, 12, 2))

    assert clocks.close_answered() == 0
    case.refresh_from_db()
    assert case.state == "answered"


def test_ladder_of_an_answer_reaches_officer_head_and_who_follows_up(people, today):
    scene.answering(people)  # due on Monday 25/03
    told = {}
    for day in (19, 20, 22, 25, 26, 30):
        today(date(2019, 3, day))
        clocks.remind()
        clocks.remind()
        told[day] = len(reminded("case_answer"))

    assert told == {19: 0, 20: 1, 22: 2, 25: 2, 26: 3, 30: 4}
    offsets = dict(reminded("case_answer"))
    assert sorted(offsets) == [-5, -1, 1, 5]
    assert set(offsets[-5]) == {str(people["officer"]), str(people["focal_point"])}
    assert str(people["head"]) in offsets[1]


def test_awaited_asker_stops_the_ladder(people, today):
    case = scene.answering(people)
    actions.ask_information(case, question="Số biên nhận?", by=people["officer"])

    today(date(2019, 3, 26))
    clocks.remind()

    assert reminded("case_answer") == []


def test_intake_is_reminded_of_what_it_has_not_classified(people, today):
    from factories.directory import make_user

    keeper = make_user(people["desk"].agency, "focal_point")
    make_case()  # to be classified by Wednesday 06/03

    today(date(2019, 3, 5))
    clocks.remind()
    assert reminded("case_classify") == []
    today(date(2019, 3, 6))
    clocks.remind()
    assert reminded("case_classify") == [(0, [str(keeper)])]


def test_part_of_a_joint_answer_is_reminded_of_until_the_case_moves_on(people, today):
    case = scene.answering(people)
    actions.ask_share(
        case,
        people["stranger"].hat.agency,
        question="Giấy phép số mấy?",
        due_on=date(2019, 3, 8),
        by=people["officer"],
    )

    today(date(2019, 3, 11))
    clocks.remind()
    assert reminded("case_share") == [(1, [str(people["stranger"])])]
    actions.merge_case(case, make_case(), by=people["intake"])
    today(date(2019, 3, 13))
    clocks.remind()
    assert len(reminded("case_share")) == 1


def test_clock_says_how_its_day_was_counted_until_it_is_held(people):
    case = scene.answering(people)
    answer, update = (case.clocks.get(kind=kind) for kind in ("answer", "update"))

    counted = CountedDay.objects.get(object_id=answer.pk, content_type__model="caseclock")
    assert (counted.start_on, counted.shift, counted.due_on) == (date(2019, 3, 24), "next", answer.due_on)
    actions.extend_case(case, why="Chờ Bộ.", by=people["head"])
    left = CountedDay.objects.filter(content_type__model="caseclock", object_id__in=[answer.pk, update.pk])
    assert [row.object_id for row in left] == [update.pk]


def test_case_that_is_sent_on_runs_the_same_clock_and_one_given_back_owes_to_be_sent(people, today):
    case = scene.assigned(people)
    today(date(2019, 3, 6))

    actions.give_back_case(case, note="Không thuộc thẩm quyền.", by=people["focal_point"])

    running = {row.kind: row.due_on for row in CaseClock.objects.filter(case=case, stopped_on__isnull=True)}
    assert running == {"answer": date(2019, 3, 25), "transfer": date(2019, 3, 13)}


def test_case_sent_while_the_asker_is_awaited_waits_no_longer(people):
    case = scene.approved(people)
    type(case).objects.filter(pk=case.pk).update(state="with_head")
    case.refresh_from_db()
    actions.ask_information(case, question="Số biên nhận?", by=people["officer"])
    actions.approve_answer(case, by=people["head"])

    actions.send_answer(case, by=people["intake"])

    assert case.waiting_since is None
    assert not case.information_requests.filter(ended_on__isnull=True).exists()


def test_merged_into_an_answered_case_its_asker_is_told_at_once(people):
    main = scene.answered(people)
    other = make_case(identity=actions.Identity(email="b@example.test"), consents={"contact": "Cho phép"})

    actions.merge_case(other, main, by=people["intake"])

    assert Letter.objects.filter(key__startswith=f"case:{other.pk}:answered").count() == 1
