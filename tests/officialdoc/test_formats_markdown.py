"""Markdown as converters write it."""

from docx_fixtures import grid, tables, texts

from officialdoc.read.formats import read_source


def read(text, name="ke-hoach.md"):
    return read_source(text.encode(), name=name)


def test_headings_carry_their_level():
    source = read("# KẾ HOẠCH\n\n## I. MỤC ĐÍCH ##\n\nTổ chức\n=======\n\nNội dung\n")

    assert [(p.text, p.level) for p in source.blocks] == [
        ("KẾ HOẠCH", 0), ("I. MỤC ĐÍCH", 1), ("Tổ chức", 0), ("Nội dung", None),
    ]  # fmt: skip


def test_emphasis_is_a_look_and_not_a_character():
    source = read("**I. MỤC ĐÍCH**\n\n*Căn cứ Luật;*\n\nSở **Nội vụ** chủ trì, _phối hợp_ 2*3\n")

    assert [(p.text, p.bold, p.italic) for p in source.blocks] == [
        ("I. MỤC ĐÍCH", True, False), ("Căn cứ Luật;", False, True), ("Sở Nội vụ chủ trì, phối hợp 2*3", False, False),
    ]  # fmt: skip


def test_lists_links_escapes_and_rules():
    source = read(
        "* việc một\n- việc hai\n1\\. việc ba\n---\n> [trích](http://a.b) \\*x\\*\n![ảnh](y.png)\n<!-- bỏ -->\n"
    )

    assert texts(source) == ["- việc một", "- việc hai", "1. việc ba", "trích *x*"]


def test_bar_table_loses_its_marks():
    source = read("| TT | **Nội dung** |\n|---|:--|\n| 1 | Viết<br>bài |\n")

    assert grid(tables(source)[0]) == {(0, 0): "TT", (0, 1): "Nội dung", (1, 0): "1", (1, 1): "Viết\nbài"}


def test_html_table_inside_is_a_table():
    source = read("# A\n\n<table><tr><td rowspan=2>1</td><td>a</td></tr><tr><td>b</td></tr></table>\n\nsau\n")

    assert grid(tables(source)[0]) == {(0, 0): "1", (0, 1): "a", (1, 1): "b"}
    assert texts(source) == ["A", "sau"]


def test_long_line_that_wraps_in_small_letters_is_one_paragraph():
    source = read(
        "Tiếp tục tuyên truyền sâu rộng về cải cách hành chính, dịch vụ công trực tuyến\nvà chữ ký số.\nSố: 12/KH-UBND\n"
    )

    assert texts(source) == [
        "Tiếp tục tuyên truyền sâu rộng về cải cách hành chính, dịch vụ công trực tuyến và chữ ký số.", "Số: 12/KH-UBND",
    ]  # fmt: skip


def test_markdown_is_found_by_its_marks_without_a_name():
    source = read("# KẾ HOẠCH\n\n## I. A\n\n**đậm**\n", name=None)

    assert source.format == "md"
