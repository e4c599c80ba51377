"""Damaged samples of every format: a reading or the one documented refusal, nothing else."""

import functools
import io
import zipfile

import pytest
from docx_fixtures import cell, docx, level, listed, numbering, package, para, paragraphs, row, run, table
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdf_fixtures import pdf, raw_pdf, text_page

from officialdoc.model import UnreadableDocumentError
from officialdoc.read.formats import read_source

STYLES = '<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/><w:rPr><w:b/></w:rPr></w:style>'


@functools.cache
def sample(name):
    return {
        "docx": lambda: docx(
            para("KẾ HOẠCH", properties='<w:pStyle w:val="A"/><w:jc w:val="center"/>'),
            listed("Mục đích"),
            listed("Một", level=1),
            para(
                "Sở ", f"<w:ins>{run('Nội vụ')}</w:ins>", "<w:del><w:r><w:delText>x</w:delText></w:r></w:del>"
            ),
            table(
                row(cell("TT", merge="restart"), cell("Cơ quan", span=2)),
                row(cell(merge="continue"), "Chủ trì", cell("Phối hợp", table(row("a", "b")))),
                row("1", "Sở A", ""),
            ),
            styles=STYLES,
            numbers=numbering(level(0, "upperRoman"), level(1, text="%1.%2")),
        ),
        "pdf": lambda: pdf(
            "KẾ HOẠCH\n\n- Nội dung\n#table(columns: 3, [TT], [Việc], [Hạn], [1], [Viết bài], [Quý I])\n#pagebreak()\nHết"
        ),
        "raw.pdf": lambda: raw_pdf(
            text_page(["Ke hoach tuyen truyen", "So Noi vu"]) + b" 10 10 m 200 10 l S 0 0 50 50 re f"
        ),
        "html": (
            "<!DOCTYPE html><meta charset=utf-8><ul><li>một<ol start=3><li>hai</ol></ul>"
            "<table><tr><td rowspan=2>1<td colspan=2 style='text-align:center'><b>Sở</b><tr><td>a</table>&nbsp;&#272;"
        ).encode,
        "txt": (
            "KẾ HOẠCH\nTT\tNội dung\tSở\n1\tViết <ul> - a. - b </ul>\tA\n\n\tvà đăng\t\n| a | b |\n|--|--|\n| 1 | 2 |\n"
            "STT\nNội dung\nCơ quan\n1\nx\ny\n2\nz\nt\nNơi nhận:      TM. UBND\n- Lưu       CHỦ TỊCH\n"
        ).encode,
        "md": "# KẾ HOẠCH\n**đậm** _n_ [l](u) \\*\n\n* a\n\n| a | b |\n|---|---|\n| 1 | <br> |\n<table><tr><td>x</table>".encode,
    }[name]()


def check(data, name):
    try:
        source = read_source(data, name=name)
    except UnreadableDocumentError as error:
        assert error.vi and error.en and error.code  # noqa: PT017, PT018
        return
    assert [source.text[p.start : p.end] for p in paragraphs(source)] == [p.text for p in paragraphs(source)]


def damaged(data, damages):
    """Bytes changed, cut out, doubled, or the end cut off."""
    out = bytearray(data)
    for kind, place, value in damages:
        at = place % max(1, len(out))
        if kind == "set":
            out[at : at + 1] = bytes([value])
        elif kind == "cut":
            del out[at : at + value]
        elif kind == "double":
            out[at:at] = out[at : at + value]
        else:
            del out[at:]
    return bytes(out)


DAMAGES = st.lists(
    st.tuples(
        st.sampled_from(["set", "set", "set", "cut", "double", "end"]),
        st.integers(0, 1 << 20),
        st.integers(0, 255),
    ),
    min_size=1,
    max_size=12,
)
FORMATS = ["docx", "pdf", "raw.pdf", "html", "txt", "md"]
FUZZ = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("name", FORMATS)
def test_sample_is_read(name):
    assert read_source(sample(name), name=f"a.{name}").text


@pytest.mark.parametrize("name", FORMATS)
@FUZZ
@given(damages=DAMAGES)
def test_damaged_bytes(name, damages):
    check(damaged(sample(name), damages), f"a.{name}")


@FUZZ
@given(
    part=st.sampled_from(["word/document.xml", "word/styles.xml", "word/numbering.xml", "_rels/.rels"]),
    damages=DAMAGES,
)
def test_damaged_xml_inside_a_sound_package(part, damages):
    with zipfile.ZipFile(io.BytesIO(sample("docx"))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}

    check(package(parts | {part: damaged(parts[part], damages)}), "a.docx")


_NAMES = ["w:p", "w:r", "w:t", "w:tbl", "w:tr", "w:tc", "w:tcPr", "w:vMerge", "w:gridSpan", "w:pPr", "w:numPr", "w:numId", "w:ilvl",
          "w:sdt", "w:sdtContent", "w:fldChar", "w:br", "w:del", "w:ins", "w:hyperlink", "mc:AlternateContent", "mc:Choice",
          "w:drawing", "w:txbxContent", "w:sym", "w:rPr", "w:b"]  # fmt: skip
_VALUES = st.sampled_from(
    [
        "",
        "0",
        "1",
        "-1",
        "2",
        "9",
        "x",
        "restart",
        "continue",
        "begin",
        "end",
        "separate",
        "99999999999",
        "F0FC",
    ]
)


def element(children):
    return st.builds(
        lambda name, value, inner: f'<{name} w:val="{value}" w:fldCharType="{value}" w:char="{value}">{"".join(inner)}</{name}>',
        st.sampled_from(_NAMES), _VALUES, st.lists(children, max_size=4),
    )  # fmt: skip


TREES = st.recursive(st.sampled_from(["chữ", "", "<w:t>Sở</w:t>"]), element, max_leaves=25)


@FUZZ
@given(trees=st.lists(TREES, max_size=6))
def test_word_elements_where_they_do_not_belong(trees):
    check(
        docx(
            para("Đầu"),
            "<w:p>" + "".join(trees) + "</w:p>",
            *(tree if tree.startswith("<") else para() for tree in trees),
        ),
        "a.docx",
    )


@FUZZ
@given(
    pieces=st.lists(
        st.sampled_from(["\t", "\n", "|", "STT\n", "1\n", "1.\t", "- ", "# ", "**", "<table>", "<td>", "<tr>", "<br>", "</table>", "Sở A",
                         "     ", "\f", "\u00a0", "---\n", "<ul>", "&lt;", "I. ", "[a](b)", "`", "\\", "CỘNG HÒA", "Nơi nhận:"]),
        max_size=60,
    ),
    name=st.sampled_from(["a.txt", "a.md", "a.html", None]),
)  # fmt: skip
def test_any_order_of_marks(pieces, name):
    check("".join(pieces).encode(), name)


@FUZZ
@given(
    data=st.binary(max_size=400),
    head=st.sampled_from(
        [b"", b"PK\x03\x04", b"%PDF-1.4\n", b"<html>", b"\xff\xfe", b"{\\rtf", b"\xd0\xcf\x11\xe0"]
    ),
)
def test_any_bytes(data, head):
    check(head + data, None)
