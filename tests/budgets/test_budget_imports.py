import io
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from openpyxl import Workbook

from factories import make_budget, make_estimate, make_line, make_task, make_user
from loa.budgets.actions.imports import import_lines
from loa.budgets.actions.papers import estimate_file
from loa.budgets.exchange import SHAPE, CellError, money_of, quantity_of
from loa.budgets.models import EstimateLine
from loa.budgets.queries.imports import preview
from loa.core.sheets import read_sheet
from loa.core.workflow import FlowError, StaleError

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

HEAD = [
    "TT",
    "Nội dung chi",
    "ĐVT",
    "Số lượng",
    "Số lần",
    "Đơn giá",
    "Thành tiền",
    "Nguồn kinh phí",
    "Ghi chú",
]


@pytest.fixture
def estimate(today):
    today(date(2019, 3, 1))
    return make_estimate(make_budget())


def workbook(*lines):
    book = Workbook()
    for line in lines:
        book.active.append(line)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def sheet(*rows, head=HEAD, above=()):
    return read_sheet(workbook(*above, head, *rows), "du-toan.xlsx", SHAPE)


def looked_at(estimate, read):
    return preview(estimate, read.rows, read.letters)


def taken_in(estimate, read, **options):
    digest = looked_at(estimate, read).digest
    by = options.pop("by", None) or make_user(estimate.agency, "officer")
    return import_lines(estimate, read.rows, read.letters, digest=digest, by=by, **options)


def stored(estimate):
    return list(
        estimate.lines.order_by("position").values_list("content", "quantity", "unit_price", "amount")
    )


def test_official_table_is_taken_in_without_its_groups_and_totals(estimate):
    read = sheet(
        ["I", "Nhiệm vụ 1: Cuộc thi"],
        [1, "In thể lệ", "bộ", 100, None, 15000, 1500000, None, None],
        [2, "Thuê hội trường", "buổi", 1, 2, "3.000.000", "6.000.000 đ", "Dự toán khác", None],
        [None, "Tổng cộng", None, None, None, None, 7500000],
        [None, "Bằng chữ: Bảy triệu năm trăm nghìn đồng"],
        above=(["DỰ TOÁN KINH PHÍ NĂM 2019"], []),
    )
    assert [bad.cell for bad in looked_at(estimate, read).bad] == ["H6"]

    mended = sheet(
        ["I", "Nhiệm vụ 1: Cuộc thi"],
        [1, "In thể lệ", "bộ", 100, None, 15000, 1500000],
        [2, "Thuê hội trường", "buổi", 1, 2, "3.000.000", "6.000.000 đ"],
        [None, "Tổng cộng", None, None, None, None, 7500000],
    )
    found = taken_in(estimate, mended)

    assert (found.skipped_count, found.warnings, found.total) == (2, [], 7_500_000)
    assert stored(estimate) == [
        ("In thể lệ", 100, 15_000, 1_500_000),
        ("Thuê hội trường", 1, 3_000_000, 6_000_000),
    ]


def test_every_bad_cell_is_named_and_nothing_is_changed(estimate):
    read = sheet(
        [1, "In thể lệ", "bộ", "nhiều", 1, 15000],
        [2, "", "buổi", 1, "2 lần", "ba triệu"],
        [3, "Nước uống", "chai", 2, 1, 1000, 3000],
    )

    found = looked_at(estimate, read)

    assert [(bad.cell, bad.column) for bad in found.bad] == [
        ("D2", "Quantity"),
        ("B3", "What is paid for"),
        ("E3", "Times"),
        ("F3", "Unit price (đồng)"),
        ("G4", "Amount (đồng)"),
    ]
    with pytest.raises(FlowError, match="The sheet has errors"):
        taken_in(estimate, read)
    assert stored(estimate) == []


def test_taken_in_twice_it_is_taken_in_once(estimate):
    read = sheet([1, "In thể lệ", "bộ", 100, 1, 15000], [2, "In thể lệ", "bộ", 50, 1, 15000])

    taken_in(estimate, read)
    again = looked_at(estimate, read)

    assert (len(again.unchanged), again.new, again.can_apply) == (2, [], False)
    assert EstimateLine.objects.count() == 2


def test_what_is_exported_comes_back_and_changes_nothing(estimate):
    task = make_task(estimate.plan)
    make_line(estimate, task=task, quantity="1.50", unit_price=333)
    make_line(estimate, content="In thể lệ", funding_source="own", expense_item="6650", note="=1+1")

    found = looked_at(estimate, read_sheet(estimate_file(estimate, "xlsx"), "a.xlsx", SHAPE))

    assert (found.bad, found.new, found.changed, len(found.unchanged)) == ([], [], [], 2)


def test_changed_rows_change_their_lines_and_missing_ones_stay_unless_said(estimate):
    line, other = make_line(estimate), make_line(estimate, content="Băng rôn")
    read = sheet([1, line.content, "", 5, 1, 200_000])

    found = taken_in(estimate, read)

    line.refresh_from_db()
    assert (line.quantity, line.amount, line.version) == (5, 1_000_000, 1)
    assert [row.pk for row in found.missing] == [other.pk]
    taken_in(estimate, sheet([1, line.content, "", 5, 1, 200_000]), removes_missing=True)
    assert stored(estimate) == [(line.content, 5, 200_000, 1_000_000)]


def test_key_of_another_estimate_is_a_bad_cell(estimate):
    foreign = make_line(make_estimate(make_budget()))
    read = sheet([foreign.pk, "In thể lệ", 1, 1000], head=["key", "content", "quantity", "unit_price"])

    assert [(bad.cell, bad.column) for bad in looked_at(estimate, read).bad] == [("A2", "Key of the line")]


def test_total_that_does_not_fit_is_said(estimate):
    read = sheet([1, "In thể lệ", "bộ", 2, 1, 1000], ["", "Tổng cộng", "", "", "", "", 3000])

    assert looked_at(estimate, read).warnings == ["G3 says 3.000, the rows above add up to 2.000."]


def test_task_is_known_by_its_printed_number(estimate):
    task = make_task(estimate.plan)
    head = ["task", "content", "quantity", "unit_price"]

    taken_in(estimate, sheet([task.no, "In thể lệ", 1, 1000], head=head))
    unknown = looked_at(estimate, sheet(["99", "Khác", 1, 1000], head=head))

    assert estimate.lines.get().task == task
    assert [bad.cell for bad in unknown.bad] == ["A2"]


def test_changed_meanwhile_is_stale(estimate):
    read = sheet([1, "In thể lệ", "bộ", 2, 1, 1000])
    digest = looked_at(estimate, read).digest
    make_line(estimate, content="Đồng nghiệp vừa thêm")

    with pytest.raises(StaleError):
        import_lines(
            estimate, read.rows, read.letters, digest=digest, by=make_user(estimate.agency, "officer")
        )


def test_another_agency_and_a_submitted_estimate_are_refused(estimate):
    read = sheet([1, "In thể lệ", "bộ", 2, 1, 1000])

    with pytest.raises(PermissionDenied):
        taken_in(estimate, read, by=make_user(estimate.budget.coordinator, "head"))
    submitted = make_estimate(make_budget(), state="submitted")
    with pytest.raises(StaleError):
        taken_in(submitted, read)


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("1500000", 1_500_000),
        ("1.500.000", 1_500_000),
        ("1,500,000 đ", 1_500_000),
        ("15.000 ₫", 15_000),
        ("0", 0),
    ],
)
def test_sums_as_offices_write_them(cell, amount):
    assert money_of(cell) == amount


@pytest.mark.parametrize("cell", ["1,5", "1.50", "-5", "1e3", "ba", "1.500.0001", "9" * 17])
def test_what_is_no_whole_sum_is_refused(cell):
    with pytest.raises(CellError):
        money_of(cell)


@pytest.mark.parametrize(
    ("cell", "value"), [("12", "12"), ("1,5", "1.5"), ("1.200", "1200"), ("1.200,25", "1200.25")]
)
def test_quantities_as_offices_write_them(cell, value):
    assert quantity_of(cell, digits=12) == Decimal(value)


@pytest.mark.parametrize("cell", ["1,125", "-1", "x", "1.5.0", "1" * 13])
def test_what_is_no_quantity_is_refused(cell):
    with pytest.raises(CellError):
        quantity_of(cell, digits=12)
