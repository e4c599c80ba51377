from datetime import date, datetime
from io import BytesIO

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from officialdoc.write.xlsx import Sheet, SheetColumn, write_xlsx

COLUMNS = (
    SheetColumn("Cơ quan", 40),
    SheetColumn("Số nhiệm vụ", 12, "int"),
    SheetColumn("Ngày nộp", 14, "date"),
    SheetColumn("Kinh phí", 18, "money"),
)
ROWS = (("Sở Nội vụ", 3, date(2019, 11, 1), 12_500_000), ("Sở Tư pháp", None, None, None))
FIGURES = Sheet("Số liệu", COLUMNS, ROWS)


def opened(*sheets):
    return load_workbook(BytesIO(write_xlsx(sheets)))


def first_text(text):
    sheet = Sheet("a", (SheetColumn("Tên", 10),), ((text,),))
    return opened(sheet).active["A2"]


def test_cells_hold_values_of_their_kind():
    worksheet = opened(FIGURES).active

    assert [cell.value for cell in worksheet[2]] == ["Sở Nội vụ", 3, datetime(2019, 11, 1), 12_500_000]
    assert [cell.number_format for cell in worksheet[2]] == ["@", "#,##0", "dd/mm/yyyy", '#,##0" ₫"']
    assert [cell.value for cell in worksheet[3]] == ["Sở Tư pháp", None, None, None]


def test_a_day_among_words_stays_a_day():
    sheet = Sheet("a", (SheetColumn("Hạn", 10),), ((date(2019, 11, 1),), ("Thường xuyên",)))

    first, second = (opened(sheet).active[name] for name in ("A2", "A3"))

    assert (first.value, first.number_format) == (datetime(2019, 11, 1), "dd/mm/yyyy")
    assert (second.value, second.number_format) == ("Thường xuyên", "@")


def test_head_is_styled_stays_in_view_and_filters():
    worksheet = opened(FIGURES).active

    assert [cell.value for cell in worksheet[1]] == [column.name for column in COLUMNS]
    assert (worksheet["A1"].font.bold, worksheet["A1"].fill.fgColor.rgb) == (True, "001F6F78")
    assert worksheet.freeze_panes == "A2"
    assert worksheet.auto_filter.ref == "A1:D3"
    assert worksheet.column_dimensions["A"].width == 40


@pytest.mark.parametrize("text", ["=1+1", "+84225", "-5", "@SUM(A1)", '=HYPERLINK("x")'])
def test_text_that_looks_like_a_formula_stays_text(text):
    cell = first_text(text)

    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_plain_text_carries_no_quote():
    assert first_text("Sở Nội vụ").quotePrefix is False


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=40))
@example("\x1f")
@example("\x1f=1+1")
def test_any_text_is_read_back_as_text(text):
    cell = first_text(text)

    assert cell.data_type in {"s", "n"}  # "n": an empty cell
    assert not str(cell.value or "").startswith("=") or cell.data_type == "s"


def test_sheet_names_fit_excel():
    workbook = opened(Sheet("Quý I/2019: [đúng hạn] của tất cả các cơ quan", COLUMNS, ROWS), FIGURES)

    assert workbook.sheetnames == ["Quý I-2019- -đúng hạn- của tất ", "Số liệu"]


def test_row_of_another_length_is_refused():
    with pytest.raises(ValueError, match="every row of sheet 'a' needs 4 values"):
        Sheet("a", COLUMNS, (("Sở Nội vụ",),))


def test_same_sheets_give_the_same_bytes():
    assert write_xlsx([FIGURES]) == write_xlsx([FIGURES])


def test_a_wide_sheet_lies_across_and_bears_its_heading_on_every_page():
    columns = tuple(SheetColumn(f"Cột {n}", 30) for n in range(4))
    wide = Sheet("Rộng", columns, (), heading="Hội nghị A & B\n08:00, Hội trường", row_height=28.0)
    narrow = Sheet("Hẹp", columns[:2], ())

    across, upright = load_workbook(BytesIO(write_xlsx([wide, narrow]))).worksheets

    assert (across.page_setup.orientation, upright.page_setup.orientation) == ("landscape", "portrait")
    assert across.oddHeader.center.text == "Hội nghị A && B\n08:00, Hội trường"
    assert (across.sheet_properties.pageSetUpPr.fitToPage, across.page_setup.fitToHeight) == (True, 0)
    assert across.sheet_format.defaultRowHeight == 28.0
