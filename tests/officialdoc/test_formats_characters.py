"""One spelling for every character; exact places for every paragraph."""

import unicodedata

import pytest
from docx_fixtures import docx, para, paragraphs, run
from hypothesis import given, settings
from hypothesis import strategies as st

from officialdoc.read.formats import read_source
from officialdoc.read.formats.characters import clean, clean_line, clean_lines
from officialdoc.read.formats.drafts import CellDraft, Line, TableDraft, assemble

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (unicodedata.normalize("NFD", "Kế hoạch tuyên truyền"), "Kế hoạch tuyên truyền"),
        ("Số:\u00a042\u2009/KH", "Số: 42 /KH"),
        ("tuyên\u00ad truyền\u200b\ufeff", "tuyên truyền"),
        ("Ðiều 1. UBNÐ ðược giao", "Điều 1. UBNĐ được giao"),
        ("Norður-Ísland", "Norður-Ísland"),
        ("01\u201128", "01-28"),
        ("\ufb01nal", "final"),
        ("a\x00b\x1fc\x9d", "abc"),
        ("a\ud800b ế", "ab ế"),
    ],
)
def test_line_is_cleaned(written, read):
    assert clean_line(written) == read


def test_lines_split_at_every_kind_of_break():
    assert clean_lines("một\u2028hai\x0bba\r\nbốn\n\n \u00a0\nnăm") == ["một", "hai", "ba", "bốn", "năm"]


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing(text):
    once = clean_line(text)

    assert clean_line(once) == once
    assert unicodedata.is_normalized("NFC", clean(text))


_LINES = st.builds(lambda text: Line(clean_line(text)), st.text(max_size=30))
_TABLES = st.builds(
    lambda rows: TableDraft(
        [
            CellDraft(r, c, [line for line in cell if line.text])
            for r, row in enumerate(rows)
            for c, cell in enumerate(row)
        ]
    ),
    st.lists(st.lists(st.lists(_LINES, max_size=3), min_size=1, max_size=4), min_size=1, max_size=4),
)


@settings(max_examples=80)
@given(st.lists(st.one_of(_LINES, _TABLES), max_size=8))
def test_every_paragraph_lies_where_it_says(drafts):
    source = assemble([Line("đầu"), *drafts], "txt")

    assert [source.text[p.start : p.end] for p in paragraphs(source)] == [p.text for p in paragraphs(source)]
    assert "\n" not in "".join(p.text for p in paragraphs(source))
    for block in source.blocks:
        if hasattr(block, "cells"):
            assert block.start <= min(c.start for c in block.cells)
            assert max(c.end for c in block.cells) == block.end
            assert [source.text[c.start : c.end].strip() for c in block.cells] == [
                c.text for c in block.cells
            ]


def test_decomposed_runs_compose_across_their_border():
    source = read_source(docx(para(run("Ke\u0302"), run("\u0301 hoa\u0323ch"))))

    assert source.text == "Kế hoạch"
