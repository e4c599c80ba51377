from itertools import pairwise

import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from write_samples import SMALL_TABLE, annexed, long_table, opened, report

from officialdoc.write.model import Column, TableBlock, TableCell, Text
from officialdoc.write.word import write_docx
from officialdoc.write.word_table import column_widths, table

TEXT_WIDTH = 165.0
TWIPS = 9354


def rows_of(element):
    return element.findall(qn("w:tr"))


def cells_of(row):
    """(text, columns covered, vertical merge) of each cell."""
    found = []
    for cell in row.findall(qn("w:tc")):
        properties = cell.find(qn("w:tcPr"))
        span, merge = properties.find(qn("w:gridSpan")), properties.find(qn("w:vMerge"))
        found.append(
            (
                "|".join("".join(p.itertext()) for p in cell.findall(qn("w:p"))),
                1 if span is None else int(span.get(qn("w:val"))),
                None if merge is None else merge.get(qn("w:val"), "continue"),
            )
        )
    return found


def test_grid_fills_the_text_width_in_proportion():
    element = table(SMALL_TABLE, TEXT_WIDTH)

    widths = [int(column.get(qn("w:w"))) for column in element.iter(qn("w:gridCol"))]

    assert sum(widths) == TWIPS
    assert widths == [1336, 5345, 2673]


def test_merged_cells_span_rows_and_columns():
    element = table(SMALL_TABLE, TEXT_WIDTH)

    assert [cells_of(row) for row in rows_of(element)] == [
        [("TT", 1, "restart"), ("Kết quả", 2, None)],
        [("", 1, "continue"), ("Nội dung", 1, None), ("Số lượng", 1, None)],
        [("1", 1, "restart"), ("Cuộc đối thoại", 1, None), ("06", 1, None)],
        [("", 1, "continue"), ("Tin, bài|- trên báo in|- trên cổng", 1, None), ("1.204", 1, None)],
        [("2", 1, None), ("Tập huấn, bồi dưỡng", 2, None)],
    ]


def test_cell_merged_both_ways_keeps_its_width_below():
    block = TableBlock(
        columns=(Column(1), Column(1), Column(1)),
        header=(),
        rows=((TableCell("a", row_span=2, col_span=2), TableCell("b")), (TableCell("c"),)),
    )

    second = rows_of(table(block, TEXT_WIDTH))[1]

    assert cells_of(second) == [("", 2, "continue"), ("c", 1, None)]


def test_header_rows_repeat_and_no_row_is_split():
    element = table(SMALL_TABLE, TEXT_WIDTH)

    marks = [
        (
            row.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None,
            row.find(qn("w:trPr")).find(qn("w:cantSplit")),
        )
        for row in rows_of(element)
    ]

    assert [repeated for repeated, _ in marks] == [True, True, False, False, False]
    assert all(whole is not None for _, whole in marks)


def test_row_with_too_many_cells_is_refused():
    block = TableBlock(columns=(Column(1),), header=(), rows=((TableCell("a"), TableCell("b")),))

    with pytest.raises(AssertionError, match="more cells than its table has columns"):
        table(block, TEXT_WIDTH)


@given(st.lists(st.floats(0.1, 50), min_size=1, max_size=12), st.integers(2000, 20000))
def test_column_widths_add_up_to_the_room(shares, room):
    widths = column_widths(tuple(Column(share) for share in shares), room)

    assert sum(widths) == room
    assert min(widths) >= 0


def test_table_of_300_agencies_stays_inside_its_landscape_page():
    word = opened(write_docx(annexed(rows=300)))
    section = word.sections[1]
    room = (section.page_width - section.left_margin - section.right_margin) / 635  # in twips

    element = word.element.body.findall(qn("w:tbl"))[-1]

    assert len(rows_of(element)) == 301
    assert sum(int(column.get(qn("w:w"))) for column in element.iter(qn("w:gridCol"))) == pytest.approx(
        room, abs=2
    )


def test_tables_that_follow_each_other_are_kept_apart():
    word = opened(write_docx(report(body=(SMALL_TABLE, SMALL_TABLE, Text("Hết.")))))

    tags = [element.tag for element in word.element.body]

    assert all(not (a == b == qn("w:tbl")) for a, b in pairwise(tags))


def test_word_reads_the_long_table_back():
    word = opened(write_docx(report(body=(long_table(3), Text("Hết.")))))

    rows = [[cell.text for cell in row.cells] for row in word.tables[1].rows]

    assert [row[0] for row in rows] == ["TT", "1", "2", "3"]
    assert rows[3][6] == "Chuyển tiếp"
