"""One definition per figure: the number, the rows behind it and the registers agree."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import make_agency, make_approval, make_budget, make_duty, make_estimate, make_line, make_plan
from loa.budgets.models import Payment
from loa.budgets.queries import money_by_agency
from loa.plans.queries import target_counts
from loa.reports import actions
from loa.reports.models import AgencyReport, ReportLine
from loa.reports.queries.board import round_board
from loa.reports.queries.figures import figures_of
from loa.reports.queries.gathering import gather_facts
from loa.reports.queries.wording import in_digits


def values(facts):
    return {key: int(figure.value) for key, figure in figures_of(facts).items()}


def test_figures_equal_the_registers_the_board_and_the_words(
    scene, *, report_of, submitted, accepted, deliverable, today
):
    today(date(2019, 11, 1))
    deliverable(scene.dialogue, quantity=2, unit="cuộc đối thoại", on=date(2019, 3, 1))
    deliverable(scene.dialogue, quantity=3, unit="cuộc đối thoại", on=date(2019, 8, 1))
    accepted(report_of(scene.press))
    report = submitted(report_of(scene.district))
    consolidation = actions.draft_consolidation(report.round, by=scene.accepter)

    found = values(gather_facts(report.round, consolidation))

    board = round_board(report.round, date(2019, 11, 1))
    handed_in = AgencyReport.objects.filter(round=report.round, state__in=("submitted", "accepted"))
    lines = ReportLine.objects.filter(report__in=handed_in)
    target = target_counts([scene.dialogue.task])[scene.dialogue.task_id][0]
    assert found == {
        "agencies": len(board.rows),
        "reported": board.reported_count,
        "late": board.late_count,
        "missing": board.missing_count,
        "tasks": scene.plan.tasks.count(),
        "lines": scene.plan.assignments.count(),
        "full": lines.filter(assignment__isnull=False, completion="full").count(),
        "partly": 0,
        "none": 0,
        "unreported": 2,
        "duties": 1,
        "duty_pairs": scene.plan.duty_assignments.count(),
        "duty_done": lines.filter(duty_assignment__isnull=False).count(),
        "duty_nothing": 0,
        "duty_not_done": 0,
        "duty_unreported": 0,
        "deliverables": 5,
        f"target:{target.target.pk}": int(target.counted),
    }
    reported = consolidation.sentences.get(origin="figure:reported").text
    assert reported.startswith(f"Có {in_digits(found['reported'])}/{in_digits(found['agencies'])} cơ quan")


def test_every_figure_is_the_sum_of_its_rows(scene, report_of, submitted, deliverable, today):
    today(date(2019, 10, 20))
    deliverable(scene.articles, quantity=7)
    report = submitted(report_of(scene.press))

    figures = figures_of(gather_facts(report.round))

    assert {key: figure.value for key, figure in figures.items()} == {
        key: sum((row.quantity for row in figure.rows), Decimal()) for key, figure in figures.items()
    }


def test_parts_add_up_to_their_wholes(scene, report_of, submitted, today):
    today(date(2019, 10, 20))
    for agency in (scene.press, scene.district):
        submitted(report_of(agency))

    found = values(gather_facts(report_of(scene.press).round))

    assert found["reported"] + found["missing"] == found["agencies"]
    assert found["full"] + found["partly"] + found["none"] + found["unreported"] == found["lines"]
    parts = ("duty_done", "duty_nothing", "duty_not_done", "duty_unreported")
    assert sum(found[key] for key in parts) == found["duty_pairs"]


def test_another_plans_work_is_not_counted(scene, opened, deliverable):
    other = make_duty(make_plan(), make_agency("Sở khác"))
    deliverable(other)

    found = values(gather_facts(opened()))

    assert (found["deliverables"], found["duty_pairs"]) == (0, 1)


def test_a_returned_report_does_not_count(scene, report_of, submitted, today):
    today(date(2019, 10, 20))
    report = submitted(report_of(scene.press))
    actions.return_to_agency(report, reason="Thiếu", by=scene.accepter)

    found = values(gather_facts(report.round))

    assert (found["reported"], found["full"], found["unreported"]) == (0, 0, 3)


def test_facts_cost_the_same_queries_for_4_and_for_34(scene, opened, django_assert_num_queries):
    few = opened()
    with django_assert_num_queries(21):
        gather_facts(few)

    for number in range(30):
        make_duty(scene.plan, make_agency(f"UBND xã {number}", kind="commune", level="commune"))
    many = opened(period="2020")

    with django_assert_num_queries(21):
        gather_facts(many)


@pytest.mark.parametrize(
    ("value", "printed"),
    [(0, "0"), (6, "06"), (10, "10"), (1234, "1.234"), (Decimal("2.50"), "2,5"), (Decimal("12.00"), "12")],
)
def test_numbers_as_offices_print_them(value, printed):
    assert in_digits(value) == printed


@given(st.integers(min_value=0, max_value=10**9))
def test_printed_whole_numbers_read_back(value):
    assert int(in_digits(value).replace(".", "")) == value


def test_money_of_a_report_is_the_money_of_the_budget_and_opens_its_lines(scene, opened, today):
    """Approved and spent by the cut-off, line by line; what is paid later is not in it."""
    today(date(2019, 10, 28))
    estimate = make_estimate(make_budget(scene.plan), scene.press, state="spending")
    line = make_line(estimate, content="In tờ gấp", quantity=10, unit_price=100_000)
    make_approval(estimate.budget, {line: 900_000})
    for number, (amount, day) in enumerate(((200_000, date(2019, 5, 2)), (300_000, date(2019, 12, 20)))):
        Payment.objects.create(
            line=line, voucher=f"PC{number}", amount=amount, on=day, by=scene.writer, at=estimate.created_at
        )

    report = opened().reports.get(agency=scene.press)

    figures = {row.row: row for row in report.figures.filter(table="money")}
    money = money_by_agency(scene.plan, until=report.round.data_to)[scene.press.pk]
    assert (figures["approved"].value, figures["spent"].value) == (money.approved, money.spent)
    assert (money.approved, money.spent) == (900_000, 200_000)
    assert [(row["kind"], row["pk"]) for row in figures["spent"].rows] == [("estimate_line", line.pk)]
