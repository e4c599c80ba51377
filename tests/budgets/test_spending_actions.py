"""Contracts, payments with vouchers, settlement, carry-over: never more than was approved, each once."""

from datetime import date
from io import BytesIO

import pytest
from budget_scene import TODAY
from django.core.exceptions import PermissionDenied

from factories import make_agency, make_approval, make_budget, make_estimate, make_line, make_user
from loa.budgets import actions
from loa.budgets.models import CarriedMoney, Ceiling, Commitment, Estimate, EstimateLine, Payment, Settlement
from loa.budgets.queries import Money, account_of, line_warnings, money_of_plan, spending_warnings
from loa.core.history import entries_of
from loa.core.uploads import check_upload
from loa.core.workflow import FlowError

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF"


@pytest.fixture
def line(scene):
    """A line with 1.000.000 approved."""
    scene.lead_to("approved")
    return line_of(scene)


def line_of(scene, number=0):
    rows = EstimateLine.objects.select_related("estimate__budget__plan", "estimate__agency")
    return rows.filter(estimate=scene.estimate)[number]


def commit(line, scene, **changes):
    given = {
        "contract": "01/HĐ",
        "supplier": "Công ty in",
        "amount": 600_000,
        "on": TODAY,
        "by": scene.writer,
    }
    return actions.commit_money(line, **{**given, **changes})


def pay(line, scene, **changes):
    given = {"voucher": "PC01", "amount": 600_000, "on": TODAY, "by": scene.writer}
    return actions.pay(line, **{**given, **changes})


def test_the_first_act_begins_the_spending(scene, line):
    commit(line, scene)

    assert scene.fresh().state == "spending"


def test_money_is_not_spent_before_it_is_approved(scene):
    scene.lead_to("with_committee")

    with pytest.raises(FlowError, match="With the committee"):
        pay(line_of(scene), scene)


def test_only_the_agency_spends(scene, line):
    with pytest.raises(PermissionDenied):
        pay(line, scene, by=scene.money_head)


def test_pay_beyond_approved_is_refused_with_the_figures(scene, line):
    pay(line, scene)

    with pytest.raises(FlowError, match=r"1\.000\.000 ₫; paid so far: 600\.000 ₫; only 400\.000 ₫ are left"):
        pay(line, scene, voucher="PC02", amount=400_001)

    assert account_of(line).paid == 600_000


def test_pay_the_last_dong(scene, line):
    pay(line, scene)
    pay(line, scene, voucher="PC02", amount=400_000)

    assert money_of_plan(scene.plan) == Money(2_000_000, 2_000_000, 2_000_000, 0, 1_000_000)


def test_a_double_click_pays_once(scene, line):
    assert pay(line, scene) == pay(line, scene)
    assert Payment.objects.count() == 1


def test_the_same_number_with_another_amount_is_no_double_click(scene, line):
    pay(line, scene)

    with pytest.raises(FlowError, match="recorded for the line already"):
        pay(line, scene, amount=1)


def test_pay_is_not_dated_ahead(scene, line):
    with pytest.raises(FlowError, match="lies ahead"):
        pay(line, scene, on=date(2019, 4, 16))


def test_vouchers_are_kept_once(scene, line):
    upload = check_upload(BytesIO(PDF), "phieu-chi.pdf")

    payment = pay(line, scene, uploads=[upload])
    actions.attach_vouchers(payment, [upload], by=scene.writer)

    assert [row.file_name for row in payment.files.all()] == ["phieu-chi.pdf"]


def test_a_payment_taken_back_no_longer_counts(scene, line):
    payment = pay(line, scene)

    actions.withdraw_payment(payment, reason="Nhập nhầm", by=scene.writer)
    actions.withdraw_payment(payment, reason="Nhập nhầm", by=scene.writer)

    assert account_of(line).paid == 0
    actions_of = [entry.action for entry in entries_of([scene.estimate])]
    assert actions_of.count("estimate.withdraw_payment") == 1
    assert pay(line, scene).pk != payment.pk


def test_commit_over_approved_warns_and_is_kept(scene, line):
    commit(line, scene, amount=1_200_000)

    assert [each.text for each in spending_warnings(1_200_000, 1_000_000)] == [
        "Contracts bind 200.000 ₫ more than was approved for this line."
    ]
    assert money_of_plan(scene.plan).committed == 1_200_000


def test_a_contract_is_recorded_once(scene, line):
    assert commit(line, scene) == commit(line, scene)
    assert Commitment.objects.count() == 1


def test_a_payment_is_by_a_contract_of_its_line(scene, line):
    contract = commit(line_of(scene, 1), scene)

    with pytest.raises(FlowError, match="another line"):
        pay(line, scene, commitment=contract)


def test_settle_no_more_than_paid(scene, line):
    pay(line, scene)

    with pytest.raises(FlowError, match="No more than that can be settled"):
        actions.settle_line(line, settled_amount=600_001, returned_amount=0, by=scene.writer)


def test_settled_returned_and_carried_are_no_more_than_approved(scene, line):
    pay(line, scene)
    actions.carry_money(
        line, amount=300_000, to_year=2020, reason="Mưa bão", legal_basis="Luật NSNN", by=scene.writer
    )

    with pytest.raises(FlowError, match=r"more than the 1\.000\.000 ₫ approved"):
        actions.settle_line(line, settled_amount=600_000, returned_amount=100_001, by=scene.writer)


def test_carry_only_what_is_left_and_to_a_later_year(scene, line):
    pay(line, scene)
    given = {"reason": "Mưa bão", "legal_basis": "Luật NSNN", "by": scene.writer}

    with pytest.raises(FlowError, match=r"Only 400\.000 ₫"):
        actions.carry_money(line, amount=400_001, to_year=2020, **given)
    with pytest.raises(FlowError, match="later year"):
        actions.carry_money(line, amount=1, to_year=2019, **given)
    assert not CarriedMoney.objects.exists()


def test_the_settlement_is_balanced_to_the_last_dong(scene, line):
    pay(line, scene)
    actions.settle_line(line, settled_amount=600_000, returned_amount=399_999, by=scene.writer)
    with pytest.raises(FlowError, match="2 lines are not balanced"):
        actions.submit_settlement(scene.fresh(), by=scene.head)

    actions.settle_line(line, settled_amount=600_000, returned_amount=400_000, by=scene.writer)
    actions.settle_rest(scene.estimate, by=scene.writer)
    actions.submit_settlement(scene.fresh(), by=scene.head)

    assert scene.fresh().state == "settled"
    assert sum(row.settled_amount + row.returned_amount for row in Settlement.objects.all()) == 2_000_000


def test_a_returned_settlement_is_spent_on(scene):
    scene.lead_to("settled")

    actions.return_settlement(scene.estimate, reason="Thiếu chứng từ", by=scene.money_head)

    assert (scene.fresh().state, scene.estimate.settled_on) == ("spending", None)


def test_close_ends_it(scene):
    scene.lead_to("closed")

    assert scene.estimate.closed_on == TODAY
    with pytest.raises(FlowError, match="Closed"):
        pay(line_of(scene), scene, voucher="PC09", amount=1)


def test_hand_over_moves_estimates_parts_and_ceilings(scene):
    successor = make_agency("Sở mới")
    Ceiling.objects.create(agency=scene.agency, amount=5, legal_basis="QĐ", valid_from=date(2019, 1, 1))

    moved = actions.hand_over_estimates(
        scene.agency, successor, on=date(2019, 7, 1), decision="QĐ 1", by=scene.coordinator
    )

    assert [row.why_not for row in moved] == ["", ""]
    assert scene.fresh().agency == successor
    assert Ceiling.objects.get().agency == successor
    assert entries_of([scene.estimate]).first().data["from"] == scene.agency.code


def test_hand_over_says_what_cannot_pass(scene):
    other = make_estimate(scene.budget).agency

    moved = actions.hand_over_estimates(
        scene.agency, other, on=date(2019, 7, 1), decision="QĐ 1", by=scene.coordinator
    )

    assert [row.why_not for row in moved] == ["The successor has an estimate of its own here."]
    assert scene.fresh().agency == scene.agency


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("content_appraiser", "money_appraiser", "would appraise both"),
        ("money_appraiser", "approver", "would approve what it appraises"),
    ],
)
def test_hand_over_keeps_the_walls(scene, before, after, words):
    predecessor, successor = getattr(scene.budget, before), getattr(scene.budget, after)

    moved = actions.hand_over_estimates(
        predecessor, successor, on=date(2019, 7, 1), decision="QĐ 1", by=scene.coordinator
    )

    assert words in moved[0].why_not
    scene.budget.refresh_from_db()
    assert getattr(scene.budget, before) == predecessor


def test_hand_over_leaves_closed_estimates(scene):
    Estimate.objects.filter(pk=scene.estimate.pk).update(state="closed")

    assert (
        actions.hand_over_estimates(
            scene.agency, make_agency(), on=date(2019, 7, 1), decision="QĐ", by=scene.coordinator
        )
        == []
    )


def texts(line, day=TODAY):
    return [each.text for each in line_warnings(line.estimate, [line], day).get(line.pk, [])]


def norm(**fields):
    given = {
        "code": "TT",
        "name": "Tập huấn",
        "unit": "lớp",
        "legal_basis": "TT 36",
        "valid_from": date(2018, 1, 1),
    }
    return actions.save_norm(
        by=make_user(make_agency(), "administrator"),
        **{"ceiling": None, "is_checked": True, **given, **fields},
    )


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"ceiling": 99_999}, ["Over the norm of 99.999 ₫ for one lớp."]),
        ({"ceiling": 100_000}, []),
        ({"valid_to": date(2019, 4, 14)}, ["The norm is not in force on 15/04/2019."]),
        ({"valid_to": date(2019, 4, 15)}, []),
        ({"is_checked": False}, ["The norm is not checked in the text itself."]),
    ],
)
def test_norms_warn(scene, fields, words):
    line = make_line(scene.estimate, task=scene.task, unit_price=100_000, norm=norm(**fields))

    assert texts(line) == words


def test_sources_warn(scene):
    of_list = make_line(scene.estimate, task=scene.task, funding_source="own")
    other = make_line(scene.estimate, funding_source="fund")

    assert texts(of_list) == ["Tasks of the list are paid from: Kinh phí CCHC của thành phố."]
    assert "pays tasks of the list only" in texts(other)[0]


def test_ceilings_warn_for_line_and_estimate(scene):
    from loa.budgets.queries import estimate_warnings

    Ceiling.objects.create(
        agency=scene.agency, amount=1_500_000, legal_basis="QĐ 9", valid_from=date(2019, 1, 1)
    )
    Ceiling.objects.create(plan=scene.plan, amount=999_999, legal_basis="QĐ 8", valid_from=date(2019, 1, 1))
    line, _ = scene.lines()

    assert texts(line) == ["The line alone is over the ceiling of 999.999 ₫."]
    assert sorted(each.text for each in estimate_warnings(scene.estimate, TODAY)) == [
        "All estimates of the plan together: 1.000.001 ₫ over the ceiling of 999.999 ₫.",
        "The estimate: 500.000 ₫ over the ceiling of 1.500.000 ₫.",
    ]


def test_an_amount_of_nought_warns(scene):
    assert texts(make_line(scene.estimate, task=scene.task, unit_price=0)) == ["The amount is nought."]


def test_a_decision_gives_each_line_once(scene):
    budget = make_budget()
    line = make_line(make_estimate(budget, state="approved"))
    make_approval(budget, {line: 5})

    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        make_approval(budget, {line: 6})
