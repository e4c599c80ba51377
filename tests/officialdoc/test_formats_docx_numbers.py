"""Word's automatic numbers, drawn into the text."""

import pytest
from docx_fixtures import cell, docx, grid, level, listed, numbering, para, row, table, tables, texts

from officialdoc.read.formats import read_source
from officialdoc.read.formats.docx_numbers import drawn_number


def read(*body, numbers, styles=""):
    return read_source(docx(*body, numbers=numbers, styles=styles))


def test_levels_count_and_restart_below_a_higher_one():
    numbers = numbering(level(0, "upperRoman"), level(1), level(2, text="%2.%3."))

    source = read(
        listed("Mục đích"), listed("Một", level=1), listed("Nhỏ", level=2), listed("Nhỏ nữa", level=2),
        listed("Hai", level=1), listed("Nhỏ lại", level=2), listed("Yêu cầu"), listed("Một lại", level=1),
        numbers=numbers,
    )  # fmt: skip

    assert texts(source) == [
        "I. Mục đích", "1. Một", "1.1. Nhỏ", "1.2. Nhỏ nữa", "2. Hai", "2.1. Nhỏ lại", "II. Yêu cầu", "1. Một lại",
    ]  # fmt: skip
    assert [p.level for p in source.blocks] == [0, 1, 2, 2, 1, 2, 0, 1]


def test_level_that_never_restarts_counts_on():
    numbers = numbering(level(0, "upperRoman"), level(1, extra='<w:lvlRestart w:val="0"/>'))

    source = read(listed("A"), listed("b", level=1), listed("C"), listed("d", level=1), numbers=numbers)

    assert texts(source) == ["I. A", "1. b", "II. C", "2. d"]


def test_legal_level_draws_roman_parents_as_decimal():
    numbers = numbering(level(0, "upperRoman"), level(1, text="%1.%2", extra="<w:isLgl/>"))

    source = read(listed("A"), listed("B"), listed("c", level=1), numbers=numbers)

    assert texts(source) == ["I. A", "II. B", "2.1 c"]


def test_start_override_begins_anew_and_shared_list_counts_on():
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )

    source = read(
        listed("a"), listed("b", num_id=2), listed("c", num_id=3), listed("d", num_id=3),
        numbers=numbering(level(0), nums=nums),
    )  # fmt: skip

    assert texts(source) == ["1. a", "2. b", "5. c", "6. d"]


def test_number_comes_through_a_style_and_zero_takes_it_away():
    styles = (
        '<w:style w:type="paragraph" w:styleId="Muc"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Khoan"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    numbers = numbering(
        level(0, "upperRoman", extra='<w:pStyle w:val="Muc"/>'), level(1, extra='<w:pStyle w:val="Khoan"/>')
    )
    without = '<w:pStyle w:val="Muc"/><w:numPr><w:numId w:val="0"/></w:numPr>'

    source = read(
        para("Tổ chức", properties='<w:pStyle w:val="Muc"/>'),
        para("Sở A", properties='<w:pStyle w:val="Khoan"/>'),
        para("Không số", properties=without),
        numbers=numbers, styles=styles,
    )  # fmt: skip

    assert texts(source) == ["I. Tổ chức", "1. Sở A", "Không số"]


def test_vietnamese_letters_are_drawn_as_the_list_orders_them():
    own = '<w:numFmt w:val="custom" w:format="a, b, c, d, đ, e, g, ..."/>'
    numbers = numbering(f'<w:lvl w:ilvl="0"><w:start w:val="4"/>{own}<w:lvlText w:val="%1)"/></w:lvl>')

    source = read(listed("bốn"), listed("năm"), listed("sáu"), numbers=numbers)

    assert texts(source) == ["d) bốn", "đ) năm", "e) sáu"]


@pytest.mark.parametrize(
    ("mark", "drawn"), [("\uf0b7", "-"), ("-", "-"), ("–", "-"), ("+", "+"), ("o", "-"), ("•", "•")]
)
def test_bullet_is_drawn(mark, drawn):
    source = read(listed("việc"), numbers=numbering(level(0, "bullet", mark)))

    assert texts(source) == [f"{drawn} việc"]


def test_empty_numbered_cell_shows_its_number_even_where_merged_rows_continue():
    rows = [row(cell(listed("")), cell(f"Việc {n}")) for n in (1, 2)]
    merged = [
        row(cell(listed("")), cell("Việc gộp", merge="restart"), cell("Sở A")),
        row(cell(listed("")), cell(merge="continue"), cell("Sở B")),
    ]

    source = read(table(*rows, *merged), numbers=numbering(level(0)))

    found = grid(tables(source)[0])
    assert [found[r, 0] for r in range(4)] == ["1.", "2.", "3.", "4."]


def test_unknown_list_draws_nothing():
    source = read(listed("việc", num_id=77), listed("sâu", level=8), numbers=numbering(level(0)))

    assert texts(source) == ["việc", "sâu"]


@pytest.mark.parametrize(
    ("number", "format_", "drawn"),
    [
        (4, "upperRoman", "IV"),
        (49, "lowerRoman", "xlix"),
        (2, "lowerLetter", "b"),
        (28, "upperLetter", "BB"),
        (7, "decimalZero", "07"),
        (7, "decimal", "7"),
        (7, "none", ""),
        (10**9, "upperLetter", "1000000000"),
    ],
)
def test_number_in_format(number, format_, drawn):
    assert drawn_number(number, format_) == drawn


def test_zero_padded_custom_format():
    assert drawn_number(7, "custom", "001, 002, 003, ...") == "007"
