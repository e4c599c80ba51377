"""Web pages: what a browser draws, without what surrounds the document."""

import pytest
from docx_fixtures import grid, spans, tables, texts

from officialdoc.read.formats import read_source


def read(body, name="ke-hoach.html"):
    return read_source(
        f"<!DOCTYPE html><html><head><title>x</title></head><body>{body}</body></html>".encode(), name=name
    )


def test_blocks_breaks_and_spaces_as_drawn():
    source = read(
        "<h1>KẾ\n  HOẠCH</h1><p>Số:&nbsp;12<br/>Ngày&#160;ký</p><div>Một<p>Hai</p>ba</div><pre>a\n b</pre>"
    )

    assert texts(source) == ["KẾ HOẠCH", "Số: 12", "Ngày ký", "Một", "Hai", "ba", "a", "b"]
    assert (source.blocks[0].level, source.blocks[0].bold) == (0, True)


def test_scripts_menus_and_hidden_parts_are_dropped():
    source = read(
        "<nav><a>Trang chủ</a></nav><div class='main-menu'>Giới thiệu</div><script>var a='chữ'</script>"
        "<style>p{}</style><p style='display:none'>ẩn</p><p>Nội dung</p><form><input value=x><button>Gửi</button></form>"
        "<ul><li><a>Tin một</a></li><li><a>Tin hai</a></li><li><a>Tin ba</a></li><li><a>Tin bốn</a></li></ul>"
        "<footer>Bản quyền</footer><!-- chú thích -->"
    )

    assert texts(source) == ["Nội dung"]


def test_content_in_an_oddly_named_box_stays():
    source = read("<div class='related-search'><table><tr><td>1</td><td>Viết bài</td></tr></table></div>")

    assert grid(tables(source)[0]) == {(0, 0): "1", (0, 1): "Viết bài"}


def test_lists_are_marked_as_drawn():
    source = read(
        "<ol type=I><li>Mục đích</li><li>Yêu cầu<ul><li>một</li><li>- hai</li></ul></li></ol>"
        "<ol start=4 style='list-style-type: lower-alpha'><li>bốn</li><li value=7>bảy</li></ol>"
        "<ul style='list-style:none'><li>trơn</li></ul>"
    )

    assert texts(source) == ["I. Mục đích", "II. Yêu cầu", "- một", "- hai", "d. bốn", "g. bảy", "trơn"]


def test_merged_cells_and_two_level_heading():
    source = read(
        "<table><thead><tr><th rowspan=2>TT</th><th rowspan='2'>Nội dung</th><th colspan=2>Cơ quan</th></tr>"
        "<tr><th>Chủ trì<th>Phối hợp</tr></thead><tbody><tr><td>1<td>Viết<td rowspan=0>Sở A<td>Sở B</tr>"
        "<tr><td>2<td>In<td>&nbsp;</tr></tbody></table>"
    )

    found = tables(source)[0]
    assert grid(found) == {
        (0, 0): "TT", (0, 1): "Nội dung", (0, 2): "Cơ quan", (1, 2): "Chủ trì", (1, 3): "Phối hợp",
        (2, 0): "1", (2, 1): "Viết", (2, 2): "Sở A", (2, 3): "Sở B", (3, 0): "2", (3, 1): "In", (3, 3): "",
    }  # fmt: skip
    assert spans(found) == {(0, 0): (2, 1), (0, 1): (2, 1), (0, 2): (1, 2), (2, 2): (2, 1)}


def test_list_in_a_cell_and_page_laid_out_by_a_table():
    inner = "<table><tr><td>1</td><td><ul><li>a</li><li>b</li></ul></td></tr><tr><td>2</td><td>c</td></tr></table>"

    source = read(f"<table><tr><td>Đầu trang{inner}Cuối trang</td></tr></table>")

    assert texts(source) == ["Đầu trang", "Cuối trang"]
    assert grid(tables(source)[0])[0, 1] == "- a\n- b"


def test_look_comes_from_tags_and_styles():
    source = read(
        "<p align=center><b>KẾ HOẠCH</b></p><p style='text-align:justify'><i>Căn cứ</i></p>"
        "<p style='font-weight:700;text-align: right'>Phải</p><center>Giữa</center>"
    )

    assert [(p.align, p.bold, p.italic) for p in source.blocks] == [
        ("center", True, False), ("both", False, True), ("right", True, False), ("center", False, False),
    ]  # fmt: skip


@pytest.mark.parametrize("head", ["<meta charset='utf-16'>", "<?xml version='1.0' encoding='iso-8859-1'?>"])
def test_wrong_declaration_of_utf8_is_not_believed(head):
    source = read_source(f"{head}<p>Kế hoạch</p>".encode(), name="a.html")

    assert texts(source) == ["Kế hoạch"]


def test_fragment_without_a_document_is_read():
    source = read_source("<p>Một</p><p>Hai</p>".encode(), name=None)

    assert (source.format, texts(source)) == ("html", ["Một", "Hai"])
