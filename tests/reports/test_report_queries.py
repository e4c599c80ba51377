from datetime import date

import pytest

from factories import make_agency, make_duty, make_plan, make_user
from loa.reports import actions
from loa.reports.queries import (
    consolidations_visible_to,
    own_report,
    reports_to_accept,
    reports_to_write,
    reports_visible_to,
    round_board,
    rounds_overseen_by,
    rounds_visible_to,
)


def names(reports):
    return sorted(report.agency.name for report in reports)


@pytest.fixture
def stranger(scene):
    return make_user(make_agency("Sở Y tế"), "head")


def test_a_round_is_seen_by_the_bodies_of_its_plan(scene, opened, stranger):
    report_round = opened()
    administrator = make_user(scene.coordinator, "administrator")

    seen = {
        "coordinator": rounds_visible_to(scene.accepter),
        "press": rounds_visible_to(scene.writer),
        "office": rounds_visible_to(scene.person(scene.office, "officer")),
        "leader": rounds_visible_to(scene.person(scene.plan.issuer, "leader")),
        "stranger": rounds_visible_to(stranger),
        "administrator": rounds_visible_to(administrator),
        "nobody": rounds_visible_to(make_user()),
    }

    assert {key: list(rows) for key, rows in seen.items()} == {
        "coordinator": [report_round],
        "press": [report_round],
        "office": [report_round],
        "leader": [report_round],
        "stranger": [],
        "administrator": [],
        "nobody": [],
    }


def test_the_whole_board_is_for_who_oversees_the_plan(scene, opened):
    report_round = opened()

    assert list(rounds_overseen_by(scene.accepter)) == [report_round]
    assert list(rounds_overseen_by(scene.person(scene.plan.issuer, "leader"))) == [report_round]
    assert list(rounds_overseen_by(scene.writer)) == []


def test_a_draft_is_its_own_agencys(scene, report_of):
    report_of(scene.press)

    assert names(reports_visible_to(scene.writer)) == ["Báo Hải Phòng"]
    assert names(reports_visible_to(scene.accepter)) == ["Sở Thông tin và Truyền thông"]
    assert names(reports_visible_to(scene.person(scene.plan.issuer, "leader"))) == []


def test_what_was_handed_in_is_read_by_who_oversees_the_plan(scene, report_of, submitted, stranger, today):
    today(date(2019, 10, 20))
    submitted(report_of(scene.press))

    assert names(reports_visible_to(scene.accepter)) == ["Báo Hải Phòng", "Sở Thông tin và Truyền thông"]
    assert names(reports_visible_to(scene.person(scene.plan.issuer, "leader"))) == ["Báo Hải Phòng"]
    assert names(reports_visible_to(scene.person(scene.district, "head"))) == ["UBND quận Hồng Bàng"]
    assert names(reports_visible_to(stranger)) == []


def test_a_report_sent_back_is_its_own_agencys_again(scene, report_of, submitted, today):
    today(date(2019, 10, 20))
    report = submitted(report_of(scene.press))
    actions.return_to_agency(report, reason="Thiếu", by=scene.accepter)

    assert names(reports_visible_to(scene.accepter)) == ["Sở Thông tin và Truyền thông"]


def test_a_consolidation_is_for_its_makers_until_it_is_issued(scene, consolidation, stranger):
    before = {
        user: consolidations_visible_to(user).count() for user in (scene.accepter, scene.writer, stranger)
    }
    actions.hand_consolidation_to_head(consolidation, by=scene.accepter)
    actions.approve_consolidation(consolidation, by=scene.person(scene.coordinator, "head"))
    actions.issue_consolidation(consolidation, by=scene.person(scene.coordinator, "clerk"))

    after = {
        user: consolidations_visible_to(user).count() for user in (scene.accepter, scene.writer, stranger)
    }

    assert before == {scene.accepter: 1, scene.writer: 0, stranger: 0}
    assert after == {scene.accepter: 1, scene.writer: 1, stranger: 0}


def test_board_tells_where_each_report_stands(scene, report_of, submitted, today):
    today(date(2019, 10, 20))
    report = submitted(report_of(scene.press))
    district = report_of(scene.district)
    by = scene.person(scene.district, "focal_point")
    actions.save_report(district, version=0, texts={"strengths": "Tốt"}, lines={}, by=by)

    board = round_board(report.round, date(2019, 10, 20))

    assert {row.agency.name: row.status for row in board.rows} == {
        "Báo Hải Phòng": "submitted",
        "Sở Thông tin và Truyền thông": "not_started",
        "UBND quận Hồng Bàng": "draft",
        "Văn phòng UBND thành phố": "not_started",
    }
    assert [row.agency.name for row in board.rows if row.is_readable] == ["Báo Hải Phòng"]


@pytest.mark.parametrize(("day", "overdue"), [(date(2019, 11, 1), 0), (date(2019, 11, 2), 4)])
def test_board_marks_who_is_overdue(opened, day, overdue):
    board = round_board(opened(), day)

    assert sum(row.is_overdue for row in board.rows) == overdue


def test_board_sets_asked_bodies_apart(scene, opened):
    union = make_agency("Công đoàn Viên chức", kind="union")
    make_duty(scene.plan, union)

    board = round_board(opened(), date(2019, 10, 20))

    assert [row.agency for row in board.asked] == [union]
    assert len(board.ordered) == 4


def test_board_costs_one_query(scene, opened, django_assert_num_queries):
    for number in range(30):
        make_duty(scene.plan, make_agency(f"UBND xã {number}", kind="commune", level="commune"))
    report_round = opened()

    with django_assert_num_queries(1):
        board = round_board(report_round, date(2019, 10, 20))
        states = [(row.agency.name, row.label) for row in board.rows]

    assert len(states) == 34


def test_what_waits_for_whom(scene, report_of, filled, submitted, today):
    today(date(2019, 10, 20))
    report_of(scene.district)
    filled(report_of(scene.office))
    submitted(report_of(scene.press))
    submitted(report_of(scene.coordinator))
    office_head = scene.person(scene.office, "head")

    assert names(reports_to_write(scene.person(scene.district, "focal_point"))) == ["UBND quận Hồng Bàng"]
    assert names(reports_to_accept(scene.accepter)) == ["Báo Hải Phòng"]
    assert names(reports_to_accept(office_head)) == ["Sở Thông tin và Truyền thông"]
    assert names(reports_to_write(scene.person(scene.district, "officer"))) == []


def test_own_report_is_the_one_of_the_hat(scene, opened, stranger):
    report_round = opened()

    assert own_report(scene.writer, report_round).agency == scene.press
    assert own_report(stranger, report_round) is None


def test_rounds_of_another_plan_are_not_seen(scene, opened):
    opened()
    other = make_plan()

    assert list(rounds_visible_to(scene.person(other.coordinator, "head"))) == []
