"""Rows that no page can hold are split, the others stay whole; no word is lost either way."""

from collections import Counter

import pytest
from docx.oxml.ns import qn
from render import print_docx, print_pdf
from write_samples import opened, report

from officialdoc.write.model import Annex, Column, TableBlock, TableCell
from officialdoc.write.pdf import write_pdf
from officialdoc.write.tall_rows import line_count, merged_groups, row_lines, with_tall_rows
from officialdoc.write.word import write_docx

pytestmark = pytest.mark.slow

COLUMNS = (Column(1), Column(3), Column(2))
HEADER = ((TableCell("TT"), TableCell("Nội dung"), TableCell("Kết quả")),)
SENTENCES = " ".join(f"Câu{number} nêu một việc đã làm trong kỳ này." for number in range(60))
PAGE = (165.0, 257.0, 12)


def short(text):
    return (TableCell(text), TableCell("Đã làm"), TableCell("x"))


def annexed_table(*rows, landscape=True):
    block = TableBlock(COLUMNS, HEADER, rows)
    return report(annexes=(Annex("Kết quả", (block,), landscape=landscape),))


def held(number):
    """Rows that one cell at their left holds together."""
    first = (TableCell("Nhóm", row_span=number), TableCell("Dòng0"), TableCell("x"))
    return (first, *((TableCell(f"Dòng{index}"), TableCell("x")) for index in range(1, number)))


@pytest.mark.parametrize(
    "printing", [lambda d, f: print_pdf(write_pdf(d), f), lambda d, f: print_docx(write_docx(d), f)]
)
@pytest.mark.parametrize("landscape", [True, False])
def test_every_sentence_of_a_cell_taller_than_a_page_is_printed(tmp_path, printing, landscape):
    tall = (TableCell("2"), TableCell(SENTENCES), TableCell(SENTENCES))

    printed = printing(annexed_table(short("1"), tall, short("3"), landscape=landscape), tmp_path)

    counted = Counter(word for word in printed.text.split() if word.startswith("Câu"))
    assert counted == {f"Câu{number}": 2 for number in range(60)}
    assert all(page.bottom_edge <= page.height - 19.5 for page in printed.pages)


def test_every_row_under_a_merged_cell_taller_than_a_page_is_printed(tmp_path):
    printed = print_pdf(write_pdf(annexed_table(*held(80))), tmp_path)

    counted = Counter(word for word in printed.text.split() if word.startswith("Dòng"))
    assert counted == {f"Dòng{number}": 1 for number in range(80)}


def test_only_the_tall_row_of_a_word_table_may_be_split():
    tall = (TableCell("2"), TableCell(SENTENCES), TableCell(""))
    word = opened(write_docx(annexed_table(short("1"), tall, short("3"))))

    rows = word.tables[-1]._tbl.findall(qn("w:tr"))
    whole = [row.find(qn("w:trPr")) is not None for row in rows]

    assert whole == [True, True, False, True]


@pytest.mark.parametrize(("lines", "tall"), [(1, ()), (20, ()), (30, (1,)), (200, (1,))])
def test_a_row_is_tall_from_half_a_page_on(lines, tall):
    rows = (short("1"), (TableCell("2"), TableCell("\n".join(["dòng"] * lines)), TableCell("")))

    assert with_tall_rows(TableBlock(COLUMNS, HEADER, rows), *PAGE).tall_rows == tall


def test_rows_of_a_group_too_tall_together_are_all_tall():
    block = TableBlock(COLUMNS, HEADER, (short("1"), *held(40), short("2")))

    assert with_tall_rows(block, *PAGE).tall_rows == tuple(range(1, 41))


def test_rows_held_by_a_merged_cell_stand_together():
    rows = (short("1"), *held(3), short("2"), *held(2))

    assert [len(group) for group in merged_groups(rows)] == [1, 3, 1, 2]


def test_a_table_without_rows_has_no_groups():
    assert list(merged_groups(())) == []


@pytest.mark.parametrize(
    ("row", "lines"),
    [
        ((TableCell("a"), TableCell("b"), TableCell("c")), 1),
        ((TableCell("bốn bốn bốn"), TableCell("b"), TableCell("c")), 3),
        ((TableCell("bốn bốn bốn", col_span=3),), 1),
        ((TableCell("bốn bốn bốn"), TableCell("c")), 3),  # one cell above reaches into this row
    ],
)
def test_lines_of_a_row_are_those_of_its_longest_cell(row, lines):
    assert row_lines(row, COLUMNS, letters=30, padding=1) == lines


def test_a_blank_line_and_a_word_longer_than_the_cell_take_their_room():
    assert line_count("một\n\n" + "a" * 25, 10) == 5
