import csv
import io

import pytest
from openpyxl import Workbook

from loa.core.sheets import SheetError, SheetShape, read_sheet

SHAPE = SheetShape(
    {"content": "Content", "amount": "Amount"},
    required=("content", "amount"),
    other_words={"content": ("Nội dung chi",), "amount": ("Thành tiền",)},
    heading_within=5,
)


def workbook(*lines):
    book = Workbook()
    for line in lines:
        book.active.append(line)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def test_heading_is_found_below_a_title_and_rows_keep_their_numbers():
    data = workbook(["DỰ TOÁN"], [], ["TT", "noi dung chi", "Thành tiền"], [1, "In tờ gấp", 1500000], [None])

    read = read_sheet(data, "du-toan.xlsx", SHAPE)

    assert [(row.number, row.cells) for row in read.rows] == [
        (4, {"content": "In tờ gấp", "amount": "1500000"})
    ]
    assert read.letters == {"content": "B", "amount": "C"}


def test_heading_too_far_below_is_said_to_lack():
    data = workbook(*[["x"]] * 5, ["Nội dung chi", "Thành tiền"])

    with pytest.raises(SheetError, match="Content, Amount"):
        read_sheet(data, "a.xlsx", SHAPE)


def test_best_row_tells_which_heading_lacks():
    with pytest.raises(SheetError, match="Amount") as caught:
        read_sheet(workbook(["DỰ TOÁN"], ["Nội dung chi", "Tiền"]), "a.xlsx", SHAPE)

    assert "Content" not in str(caught.value)


def test_csv_reads_alike():
    file = io.StringIO()
    csv.writer(file).writerows([["Nội dung chi", "Thành tiền"], ["In tờ gấp", "1.500.000"]])

    read = read_sheet(file.getvalue().encode(), "a.csv", SHAPE)

    assert [row.cells for row in read.rows] == [{"content": "In tờ gấp", "amount": "1.500.000"}]
