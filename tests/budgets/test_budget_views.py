"""The pages: each act through the interface, refusals that keep what was typed, queries that do not grow."""

import json
from io import BytesIO

import pytest
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from factories import make_agency, make_line, make_user
from loa.budgets import actions
from loa.budgets.models import (
    CarriedMoney,
    Ceiling,
    Commitment,
    CostNorm,
    Estimate,
    EstimateLine,
    LineAppraisal,
    Payment,
    PlanBudget,
    Settlement,
)

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF"
CELLS = {
    "content": "In tờ rơi",
    "unit": "tờ",
    "quantity": "1,5",
    "times": "2",
    "unit_price": "1.000.000",
    "funding_source": "fund",
    "expense_item": "7000",
}


def url(name, *args):
    return reverse(f"budgets:{name}", args=args)


@pytest.fixture
def see(scene, as_user):
    """`see("writer", "estimate_detail", pk)` → response."""

    def get(role, name, *args, query="", **headers):
        return as_user(scene.people[role]).get(url(name, *args) + query, **headers)

    return get


@pytest.fixture
def send(scene, as_user):
    def post(role, name, *args, data=None, **headers):
        return as_user(scene.people[role]).post(url(name, *args), data or {}, **headers)

    return post


def test_the_coordinator_opens_the_budget_from_the_plan(scene, send, see):
    scene.estimate.delete()
    scene.budget.delete()
    content, money = scene.people["content"].hat.agency, scene.people["money"].hat.agency
    for body, words in ((content, "Thẩm định nội dung nhu cầu kinh phí"), (money, "Thẩm định dự toán")):
        scene.plan.duties.create(
            position=body.pk, printed_body=body.name, agency=body, text=f"{words} của các đơn vị"
        )

    page = see("coordinator", "budget_open", scene.plan.pk)
    form = page.context["form"]
    data = {name: _value(form.initial.get(name)) for name in form.fields}
    response = send("coordinator", "budget_open", scene.plan.pk, data=data)

    budget = PlanBudget.objects.get()
    assert response.status_code == 302
    assert {budget.content_appraiser, budget.money_appraiser} == {content, money}
    assert budget.money_appraiser == money
    assert budget.approver == scene.plan.issuer


def _value(value):
    return "" if value is None else getattr(value, "pk", value)


def test_budget_page_and_lists_answer(scene, see):
    scene.lead_to("spending")

    for name in ("budget_detail", "estimate_list", "payment_list", "commitment_list", "carried_list"):
        assert see("coordinator", name, scene.budget.pk).status_code == 200
    assert "2.000.000 ₫" in see("coordinator", "budget_detail", scene.budget.pk).content.decode()


def test_a_named_body_sees_its_own_part_alone(scene, see):
    scene.lead_to("submitted")
    other = make_user(make_agency("Sở Khác"), "head")
    scene.plan.bodies.create(agency=other.hat.agency, role="duty")
    scene.people["other"] = other

    page = see("other", "budget_detail", scene.budget.pk).content.decode()

    assert "Our part of the money" in page or "Phần kinh phí của cơ quan" in page
    assert "2.000.000" not in page


def test_begin_an_estimate_by_the_page(scene, send):
    agency = make_agency()
    scene.plan.bodies.create(agency=agency, role="duty")
    scene.people["other"] = make_user(agency)

    response = send("other", "estimate_begin", scene.budget.pk)

    assert response.status_code == 302
    assert Estimate.objects.filter(agency=agency).count() == 1


def test_add_a_line_as_offices_type_it(scene, send):
    response = send("writer", "line_add", scene.estimate.pk, data=CELLS)

    line = scene.estimate.lines.get()
    assert response.status_code == 302
    assert (line.amount, line.quantity, line.expense_item) == (3_000_000, 1.5, "7000")


@pytest.mark.parametrize(
    ("field", "typed"),
    [("unit_price", "một triệu"), ("unit_price", "1.5"), ("quantity", "1,234"), ("content", "")],
)
def test_a_wrong_line_keeps_what_was_typed(scene, send, field, typed):
    response = send("writer", "line_add", scene.estimate.pk, data=CELLS | {field: typed})

    assert response.status_code == 422
    assert 'value="7000"' in response.content.decode()
    assert not scene.estimate.lines.exists()


def save(send, line, role="writer", **changes):
    return send(
        role, "line_save", line.pk, data={**CELLS, "version": 0, **changes}, HTTP_ACCEPT="application/json"
    )


def test_a_row_saves_itself(scene, send):
    line = make_line(scene.estimate)

    answer = json.loads(save(send, line).content)

    assert (answer["version"], answer["amount"]) == (1, "3.000.000 ₫")
    assert "3.000.000 ₫" in answer["totals"]
    assert EstimateLine.objects.get(pk=line.pk).content == "In tờ rơi"


@pytest.mark.parametrize(("changes", "status"), [({"version": 5}, 409), ({"unit_price": "x"}, 422)])
def test_a_refused_row_is_told_so(scene, send, changes, status):
    line = make_line(scene.estimate)

    response = save(send, line, **changes)

    assert response.status_code == status
    assert json.loads(response.content)["error"]
    assert EstimateLine.objects.get(pk=line.pk).version == 0


def test_a_row_saves_without_a_script_too(scene, send):
    line = make_line(scene.estimate)

    response = send("writer", "line_save", line.pk, data={**CELLS, "version": 0})

    assert response.url.endswith(f"/soan/#line-{line.pk}")


def test_another_agencys_row_is_not_there(scene, send):
    assert save(send, make_line(scene.estimate), role="stranger").status_code == 404


def test_a_body_of_the_budget_does_not_write(scene, send):
    scene.lead_to("submitted")

    assert save(send, scene.estimate.lines.first(), role="coordinator").status_code == 403


def test_paste_rows_of_a_sheet(scene, send):
    text = "Nội dung\tĐVT\tSố lượng\tSố ngày\tĐơn giá\nIn\ttờ\t1.000\t\t2.500\t7000\n\nThuê\tbuổi\t2\t1,5\t1000000 đ"

    response = send(
        "writer",
        "estimate_paste",
        scene.estimate.pk,
        data={"text": text, "funding_source": "own", "task": scene.task.pk},
    )

    assert response.status_code == 302
    rows = scene.estimate.lines.values_list("content", "amount", "funding_source", "task")
    assert list(rows) == [("In", 2_500_000, "own", scene.task.pk), ("Thuê", 3_000_000, "own", scene.task.pk)]


def test_paste_lists_every_bad_row_and_adds_none(scene, send):
    text = "In\ttờ\tmột\t\t2500\nIn\ttờ\t1\t\t2500\nThuê\tbuổi\t1\t1\t12,5"

    response = send(
        "writer", "estimate_paste", scene.estimate.pk, data={"text": text, "funding_source": "own"}
    )

    assert response.status_code == 422
    assert [row.number for row in response.context["bad_rows"]] == [1, 3]
    assert "In\ttờ\tmột" in response.content.decode()
    assert not scene.estimate.lines.exists()


def test_remove_a_line_by_the_page(scene, send):
    line = make_line(scene.estimate)

    send("writer", "line_remove", line.pk)

    assert not scene.estimate.lines.exists()


STEPS = [
    ("draft", "writer", "hand_to_head", "with_head"),
    ("with_head", "head", "submit", "submitted"),
    ("with_head", "head", "return_to_writer", "returned"),
    ("submitted", "coordinator", "consolidate", "consolidated"),
    ("submitted", "coordinator", "return_to_agency", "returned"),
    ("consolidated", "coordinator", "send_to_appraisal", "in_appraisal"),
    ("in_appraisal", "money_head", "return_to_coordinator", "consolidated"),
    ("appraised", "coordinator", "submit_to_committee", "with_committee"),
    ("appraised", "coordinator", "return_to_appraisal", "in_appraisal"),
    ("with_committee", "leader", "return_from_committee", "appraised"),
    ("settled", "money_head", "return_settlement", "spending"),
    ("settled", "money_head", "close", "closed"),
]


@pytest.mark.parametrize("case", STEPS, ids=lambda case: f"{case[0]}-{case[2]}")
def test_a_step_by_its_page(scene, send, see, case):
    state, role, step, target = case
    scene.lines() if state == "draft" else scene.lead_to(state)
    assert see(role, "estimate_step", scene.estimate.pk, step).status_code == 200

    response = send(role, "estimate_step", scene.estimate.pk, step, data={"reason": "Vì thiếu căn cứ"})

    assert response.status_code == 302
    assert scene.fresh().state == target


@pytest.mark.parametrize(("role", "step"), [("writer", "submit"), ("head", "consolidate")])
def test_a_closed_step_says_why(scene, see, role, step):
    assert see(role, "estimate_step", scene.estimate.pk, step).status_code == 409


def test_an_unknown_step_is_not_there(scene, see):
    assert see("writer", "estimate_step", scene.estimate.pk, "complete_appraisal").status_code == 404


def test_a_return_without_a_reason_is_refused(scene, send):
    scene.lead_to("submitted")

    assert send("coordinator", "estimate_step", scene.estimate.pk, "return_to_agency").status_code == 422
    assert scene.fresh().state == "submitted"


def test_move_all_by_the_page(scene, send, see):
    scene.lead_to("submitted")
    assert (
        scene.agency.name
        in see("coordinator", "budget_move", scene.budget.pk, "consolidate").content.decode()
    )

    send("coordinator", "budget_move", scene.budget.pk, "consolidate")

    assert scene.fresh().state == "consolidated"


WORD = {"quantity": "8", "times": "1", "unit_price": "100000", "reason": "Trùng", "version": 0}


def test_appraise_a_line_by_its_row(scene, send):
    scene.lead_to("in_appraisal")
    line = scene.estimate.lines.first()

    response = send("content", "line_appraise", line.pk, "content", data=WORD, HTTP_ACCEPT="application/json")

    answer = json.loads(response.content)
    assert (answer["version"], answer["amount"], answer["difference"]) == (1, "800.000 ₫", "200.000 ₫")


@pytest.mark.parametrize(
    ("changes", "status"), [({"reason": ""}, 409), ({"version": 3}, 409), ({"quantity": "?"}, 422)]
)
def test_a_refused_word_is_told_so(scene, send, changes, status):
    scene.lead_to("in_appraisal")
    line = scene.estimate.lines.first()

    response = send(
        "content", "line_appraise", line.pk, "content", data=WORD | changes, HTTP_ACCEPT="application/json"
    )

    assert response.status_code == status
    assert json.loads(response.content)["error"]
    assert not LineAppraisal.objects.exists()


def test_a_body_speaks_for_its_own_side(scene, send):
    scene.lead_to("in_appraisal")

    assert (
        send("content", "line_appraise", scene.estimate.lines.first().pk, "money", data=WORD).status_code
        == 403
    )


def test_accept_the_rest_and_see_only_cuts(scene, send, see):
    scene.lead_to("in_appraisal")
    line = scene.estimate.lines.first()
    send("content", "line_appraise", line.pk, "content", data=WORD)
    send("content", "estimate_accept_rest", scene.estimate.pk, "content")

    page = see("money", "estimate_appraise", scene.estimate.pk, query="?looked=cut")

    assert LineAppraisal.objects.filter(side="content").count() == 2
    assert [row["line"].pk for row in page.context["rows"]] == [line.pk]
    assert page.context["rows"][0]["difference"] == 200_000


def approve(send, scene, **changes):
    data = {
        "estimates": scene.estimate.pk,
        "number": "900/QĐ-UBND",
        "decided_on": "2019-04-10",
        "subject": "Phê duyệt",
        "given-TOTAL_FORMS": 1,
        "given-INITIAL_FORMS": 0,
    }
    return send("office", "budget_approve", scene.budget.pk, data=data | changes)


def test_record_a_decision_that_gives_less(scene, send, see):
    scene.lead_to("with_committee")
    assert see("office", "budget_approve", scene.budget.pk).status_code == 200
    given = {"given-0-estimate": scene.estimate.pk, "given-0-position": 2, "given-0-amount": "0"}

    response = approve(send, scene, **given, **{"given-0-reason": "Chưa cấp thiết"})

    assert response.status_code == 302
    assert list(scene.estimate.lines.values_list("approved__amount", flat=True)) == [1_000_000, 0]


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"number": "900"}, 422),
        ({"decided_on": "2019-05-01"}, 409),
        ({"given-0-estimate": "", "given-0-position": 9, "given-0-amount": "1"}, 422),
    ],
)
def test_a_wrong_decision_keeps_what_was_typed(scene, send, changes, status):
    scene.lead_to("with_committee")

    response = approve(send, scene, **changes)

    assert response.status_code == status
    assert "Phê duyệt" in response.content.decode()
    assert scene.fresh().state == "with_committee"


def test_who_appraised_finds_no_estimate_to_approve(scene, see):
    scene.lead_to("with_committee")

    assert see("money_head", "budget_approve", scene.budget.pk).status_code == 403


def test_contract_payment_and_voucher_by_the_pages(scene, send, see):
    scene.lead_to("approved")
    line = scene.estimate.lines.first()
    send(
        "writer", "commitment_add", line.pk,
        data={"contract": "01/HĐ", "supplier": "A", "amount": "900.000", "on": "2019-04-15"},
    )  # fmt: skip
    contract = Commitment.objects.get()
    scan = BytesIO(PDF)
    scan.name = "phiếu chi.pdf"

    send(
        "writer", "payment_add", line.pk,
        data={"voucher": "PC1", "amount": "500.000", "on": "2019-04-15", "commitment": contract.pk, "uploads": scan},
    )  # fmt: skip

    payment = Payment.objects.get()
    voucher = payment.files.get()
    download = see("money_head", "voucher_download", voucher.pk)
    assert b"".join(download.streaming_content) == PDF
    assert "attachment" in download["Content-Disposition"]
    assert see("stranger", "voucher_download", voucher.pk).status_code == 404
    page = see("writer", "line_detail", line.pk).content.decode()
    assert "PC1" in page
    assert "01/HĐ" in page


def test_a_payment_too_large_keeps_what_was_typed(scene, send):
    scene.lead_to("approved")

    response = send(
        "writer", "payment_add", scene.estimate.lines.first().pk,
        data={"voucher": "PC1", "amount": "1.000.001", "on": "2019-04-15"},
    )  # fmt: skip

    assert response.status_code == 409
    assert 'value="PC1"' in response.content.decode()
    assert not Payment.objects.exists()


def test_a_voucher_that_is_no_voucher_is_refused(scene, send):
    scene.lead_to("approved")
    scan = BytesIO(b"MZ\x90 a program")
    scan.name = "chung-tu.pdf"

    response = send(
        "writer", "payment_add", scene.estimate.lines.first().pk,
        data={"voucher": "PC1", "amount": "1", "on": "2019-04-15", "uploads": scan},
    )  # fmt: skip

    assert response.status_code == 422
    assert not Payment.objects.exists()


def test_take_back_settle_and_carry_by_the_pages(scene, send):
    scene.lead_to("spending")
    line = scene.estimate.lines.first()
    payment = Payment.objects.get()
    send("writer", "payment_withdraw", payment.pk, data={"reason": "Nhầm"})
    send(
        "writer", "line_carry", line.pk,
        data={"amount": "400.000", "to_year": 2020, "reason": "Bão", "legal_basis": "Luật NSNN"},
    )  # fmt: skip
    send("writer", "line_settle", line.pk, data={"settled_amount": "0", "returned_amount": "600.000"})
    send("writer", "estimate_settle_rest", scene.estimate.pk)

    response = send("head", "estimate_step", scene.estimate.pk, "settle")

    assert response.status_code == 302
    assert CarriedMoney.objects.get().amount == 400_000
    assert Settlement.objects.count() == 2
    assert scene.fresh().state == "settled"


def test_versions_beside_each_other(scene, see):
    scene.lead_to("submitted")
    actions.return_to_agency(scene.estimate, reason="Bớt", by=scene.coordinator)
    line = scene.fresh().lines.select_related("estimate").first()
    actions.remove_line(line, by=scene.writer)
    scene.lead_to("submitted")

    page = see("coordinator", "estimate_versions", scene.estimate.pk)

    assert [row.before for row in page.context["page"]] == [1_000_000]
    assert [row.line_key for row in page.context["gone"]] == [line.pk]
    assert page.context["difference"] == -1_000_000
    swapped = see("coordinator", "estimate_versions", scene.estimate.pk, query="?first=3&second=1")
    assert swapped.url.endswith("?first=1&second=3")


def test_norms_and_ceilings_are_kept_by_the_pages(scene, send, see):
    scene.people["administrator"] = make_user(make_agency(), "administrator")
    norm = {
        "code": "TT",
        "name": "Tập huấn",
        "legal_basis": "TT 36",
        "valid_from": "2018-01-01",
        "ceiling": "1.000",
    }
    ceiling = {"agency": scene.agency.pk, "amount": "5.000", "legal_basis": "QĐ", "valid_from": "2019-01-01"}

    assert send("administrator", "norm_add", data=norm).status_code == 302
    assert send("administrator", "norm_add", data=norm).status_code == 409
    assert send("administrator", "norm_add", data=norm | {"valid_to": "2017-01-01"}).status_code == 422
    assert send("administrator", "ceiling_add", data=ceiling).status_code == 302
    assert send("administrator", "ceiling_add", data=ceiling | {"agency": ""}).status_code == 409
    assert send("writer", "norm_add", data=norm).status_code == 403
    assert CostNorm.objects.get().ceiling == 1000
    assert Ceiling.objects.get().amount == 5000
    assert see("writer", "norm_list").status_code == 200
    assert see("writer", "ceiling_list").status_code == 200


def test_fragments_of_plan_and_task(scene, see):
    scene.lead_to("submitted")

    plan = see("coordinator", "plan_money", scene.plan.pk, HTTP_HX_REQUEST="true").content.decode()
    task = see("writer", "task_money", scene.task.pk, HTTP_HX_REQUEST="true").content.decode()

    assert "2.000.000 ₫" in plan
    assert "<html" not in plan
    assert "2.000.000 ₫" in task


def test_export_has_real_numbers(scene, see):
    scene.lines(3)

    response = see("writer", "estimate_detail", scene.estimate.pk, query="?export=xlsx")

    rows = list(load_workbook(BytesIO(response.content)).active.values)
    column = rows[0].index("Thành tiền") if "Thành tiền" in rows[0] else rows[0].index("Amount")
    assert [row[column] for row in rows[1:]] == [1_000_000] * 3


PAGES = {
    "estimate_detail": ("writer", "draft", 30),
    "estimate_edit": ("writer", "draft", 27),
    "estimate_appraise": ("content", "in_appraisal", 30),
    "estimate_versions": ("coordinator", "submitted", 25),
}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("count", [1, 30])
def test_queries_of_a_page_do_not_grow(scene, see, django_assert_num_queries, name, count):
    role, state, queries = PAGES[name]
    scene.lines(count) if state == "draft" else scene.lead_to(state, count=count)

    with django_assert_num_queries(queries):
        assert see(role, name, scene.estimate.pk).status_code == 200


def queries_of(see, role, name, *args):
    from django.db import connection

    with CaptureQueriesContext(connection) as found:
        assert see(role, name, *args).status_code == 200
    return len(found)


@pytest.mark.parametrize("name", ["budget_detail", "estimate_list", "budget_list"])
def test_queries_of_a_budget_do_not_grow_with_estimates(scene, see, name):
    from factories import make_estimate

    args = () if name == "budget_list" else (scene.budget.pk,)
    make_line(make_estimate(scene.budget, state="submitted"), task=scene.task)
    queries_of(see, "coordinator", name, *args)
    few = queries_of(see, "coordinator", name, *args)
    for _ in range(20):
        make_line(make_estimate(scene.budget, state="submitted"), task=scene.task)

    assert queries_of(see, "coordinator", name, *args) == few
