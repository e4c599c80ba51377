"""The life of a case through its actions: who may, what the clocks do, who is told."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from factories.feedback import make_assigned, make_case, make_people
from loa.channels.models import Letter
from loa.core import clock
from loa.core.models import Entry
from loa.core.workflow import FlowError, StaleError
from loa.feedback import actions, queries
from loa.feedback.models import Case

pytestmark = pytest.mark.django_db
MONDAY = date(2019, 3, 4)


@pytest.fixture
def people():
    return make_people()


@pytest.fixture(autouse=True)
def _monday(today):
    today(MONDAY)


def clocks(case):
    return {row.kind: row.due_on for row in case.clocks.filter(stopped_on__isnull=True)}


def answer(case, people):
    actions.accept_case(case, officer=people["officer"], by=people["focal_point"])
    actions.write_answer(case, text="Mời ông đến nhận phiếu.", edition=case.edition, by=people["officer"])
    actions.hand_answer_to_head(case, by=people["officer"])
    actions.approve_answer(case, by=people["head"])


def test_case_that_comes_in_starts_its_clocks(people):
    case = make_case()

    assert case.code == "PA.20190304.0001"
    assert clocks(case) == {
        "classify": date(2019, 3, 6),
        "transfer": date(2019, 3, 11),
        "answer": date(2019, 3, 25),  # 20 days end on a Sunday
    }
    assert case.due_on == date(2019, 3, 25)


def test_sent_twice_it_is_one_case_with_one_receipt(people):
    first = actions.submit_case(actions.Words("Một việc"), key="same", source="web")
    again = actions.submit_case(actions.Words("Một việc"), key="same", source="web")

    assert (first.is_new, again.is_new) == (True, False)
    assert again.case.pk == first.case.pk
    assert again.secret == first.secret
    assert Case.objects.count() == 1
    assert make_case().code == "PA.20190304.0002"  # the second sending took no number


def test_secret_opens_the_case_and_a_wrong_one_does_not(people):
    receipt = actions.submit_case(actions.Words("Một việc"), key="k", source="web")

    assert queries.case_opened_by(receipt.case.code.lower(), f" {receipt.secret.upper()} ") == receipt.case
    assert queries.case_opened_by(receipt.case.code, "wrong") is None
    assert receipt.secret not in receipt.case.secret


def test_case_is_answered_and_its_clocks_stop(people):
    case = make_assigned(people["agency"], intake=people["intake"])
    assert clocks(case) == {"answer": date(2019, 3, 25), "update": date(2019, 3, 11)}

    answer(case, people)
    assert clocks(case)["result"] == date(2019, 3, 6)
    actions.send_answer(case, by=people["intake"])

    assert case.state == "answered"
    assert clocks(case) == {"publication": date(2019, 3, 11)}
    assert {row.kind: row.is_late for row in case.clocks.all()}["answer"] is False


def test_head_does_not_approve_an_own_draft(people):
    case = make_assigned(people["agency"], intake=people["intake"])
    actions.accept_case(case, officer=people["head"], by=people["head"])
    actions.write_answer(case, text="Đã rõ.", edition=0, by=people["head"])
    actions.hand_answer_to_head(case, by=people["head"])

    with pytest.raises(PermissionDenied):
        actions.approve_answer(case, by=people["head"])


def test_intake_returns_an_answer_that_does_not_answer(people):
    case = make_assigned(people["agency"], intake=people["intake"])
    answer(case, people)

    actions.return_answer(case, note="Chưa nói ngày trả kết quả.", by=people["intake"])

    assert case.state == "answering"
    assert "result" not in clocks(case)


def test_not_ours_comes_back_with_a_reason_and_the_way_is_kept(people):
    case = make_assigned(people["agency"], intake=people["intake"])

    with pytest.raises(FlowError):
        actions.give_back_case(case, note=" ", by=people["focal_point"])
    actions.give_back_case(
        case, note="Thuộc Sở Xây dựng.", suggested=people["stranger"].hat.agency, by=people["focal_point"]
    )

    assert case.state == "classified"
    assert case.agency is None
    assert [(move.kind, str(move.target)) for move in case.moves.all()] == [
        ("assign", "Sở Tư pháp"),
        ("give_back", "Sở Xây dựng"),
    ]


def test_waiting_for_the_asker_does_not_count(people, today):
    case = make_assigned(people["agency"], intake=people["intake"])
    actions.ask_information(case, question="Số biên nhận?", by=people["officer"])
    with pytest.raises(FlowError):
        actions.ask_information(case, question="Lần nữa?", by=people["officer"])

    today(date(2019, 3, 14))
    actions.end_waiting(case, reply="H24", actor="citizen")

    assert case.waiting_since is None
    assert clocks(case)["answer"] == date(2019, 4, 3)  # ten days later than 24/03
    assert Entry.objects.filter(action="case.give_information", note="").count() == 1


def test_time_is_extended_once(people):
    case = make_assigned(people["agency"], intake=people["intake"])

    assert actions.extend_case(case, why="Chờ Bộ Tư pháp.", by=people["head"]) == date(2019, 4, 3)
    with pytest.raises(FlowError):
        actions.extend_case(case, why="Lần nữa.", by=people["head"])


def test_the_day_foretold_is_the_day_that_an_extension_gives(people):
    case = make_assigned(people["agency"], intake=people["intake"])

    foretold = queries.extension_open_to(case, clock.today())
    until = actions.extend_case(case, why="Chờ Bộ Tư pháp.", by=people["head"])

    assert (foretold.days, foretold.until) == (10, until)
    assert foretold.due_on < until
    assert queries.extension_open_to(case, clock.today()) is None


def test_draft_of_two_writers_is_not_lost(people):
    case = make_assigned(people["agency"], intake=people["intake"])
    actions.accept_case(case, officer=people["officer"], by=people["focal_point"])
    actions.write_answer(case, text="Bản một", edition=0, by=people["officer"])

    with pytest.raises(StaleError):
        actions.write_answer(case, text="Bản hai", edition=0, by=people["focal_point"])


def test_asker_is_written_to_only_where_this_was_allowed(people):
    told = actions.Identity(name="Ông A", email="a@example.test")
    make_case(identity=told)
    allowed = make_case(identity=told, consents={"contact": "Cho phép gửi thư"})

    letter = Letter.objects.get()
    assert letter.key == f"case:{allowed.pk}:received"
    assert letter.address == "a@example.test"


def test_who_asks_lies_sealed(people):
    from django.db import connection

    make_case(identity=actions.Identity(name="Nguyễn Thị Thử", phone="0912 345 678"))

    with connection.cursor() as cursor:
        cursor.execute("SELECT name, phone FROM feedback_asker")
        raw = cursor.fetchone()
    assert "Thử" not in raw[0]
    assert "345" not in raw[1]


@pytest.mark.parametrize(
    ("who", "sees"),
    [("intake", True), ("officer", True), ("head", True), ("stranger", False)],
)
def test_who_sees_a_case(people, who, sees):
    case = make_assigned(people["agency"], intake=people["intake"])

    assert queries.cases_visible_to(people[who]).filter(pk=case.pk).exists() is sees


def test_stranger_may_do_nothing(people):
    case = make_case()

    with pytest.raises(PermissionDenied):
        actions.classify_case(case, kind="question", subject=None, by=people["stranger"])


def test_merged_cases_are_answered_together(people):
    told = actions.Identity(email="b@example.test")
    main = make_assigned(people["agency"], intake=people["intake"])
    other = make_case(identity=told, consents={"contact": "Cho phép"})
    actions.merge_case(other, main, by=people["intake"])
    answer(main, people)

    actions.send_answer(main, by=people["intake"])

    assert other.state == "merged"
    assert clocks(other) == {}
    assert Letter.objects.filter(key__startswith=f"case:{other.pk}:answered").count() == 1
