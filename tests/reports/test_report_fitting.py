import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loa.reports.papers.fitting import LINES, fitting, pages_of
from officialdoc.write.model import Column, TableCell

texts = st.lists(
    st.sampled_from(["hội nghị", "đối thoại\n", "tuyên truyền", "\n", "cải cách hành chính"]), max_size=400
)


@given(texts.map(" ".join), st.integers(min_value=8, max_value=60))
def test_pieces_keep_every_word_and_fit(text, width):
    pieces = pages_of(text, width)

    assert " ".join(pieces).split() == text.split()
    heights = [
        sum(len(textwrap.wrap(line, width, break_long_words=False) or [""]) for line in piece.split("\n"))
        for piece in pieces
    ]
    assert max(heights) <= LINES


@pytest.mark.parametrize("text", ["", "Đã làm xong", "Một\n\nHai"])
def test_a_text_that_fits_is_left_as_it_is(text):
    assert pages_of(text, 40) == [text]


def test_a_long_cell_becomes_rows_with_blanks_beside_it():
    columns = (Column(1), Column(1))
    long = "từ " * 700

    rows = fitting([(TableCell("1"), TableCell(long))], columns)

    assert [row[0].text for row in rows] == ["1", *[""] * (len(rows) - 1)]
    assert " ".join(row[1].text for row in rows).split() == long.split()


def test_a_row_over_all_columns_uses_their_whole_width():
    columns = (Column(1), Column(9))
    text = "từ " * 280  # 840 letters: eight lines of the whole width, 76 of the first column

    rows = fitting([(TableCell(text, col_span=2),)], columns)

    assert len(rows) == 1
