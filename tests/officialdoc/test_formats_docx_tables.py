"""Word tables as drawn."""

import pytest
from docx_fixtures import cell, docx, grid, para, row, spans, table, tables, texts

from officialdoc.read.formats import read_source


def read(*body):
    return read_source(docx(*body))


def test_vertical_and_horizontal_merges_stand_once():
    source = read(
        table(
            row(cell("TT", merge="restart"), cell("Nội dung", merge="restart"), cell("Cơ quan", span=2)),
            row(cell(merge="continue"), cell(merge="continue"), cell("Chủ trì"), cell("Phối hợp")),
            row("1", "Viết bài", "Sở A", "Sở B"),
        )
    )

    found = tables(source)[0]
    assert grid(found) == {
        (0, 0): "TT", (0, 1): "Nội dung", (0, 2): "Cơ quan", (1, 2): "Chủ trì", (1, 3): "Phối hợp",
        (2, 0): "1", (2, 1): "Viết bài", (2, 2): "Sở A", (2, 3): "Sở B",
    }  # fmt: skip
    assert spans(found) == {(0, 0): (2, 1), (0, 1): (2, 1), (0, 2): (1, 2)}
    assert (found.row_count, found.column_count) == (3, 4)


def test_merge_over_three_rows_and_a_continuation_without_a_start():
    source = read(
        table(
            row(cell("1", merge="restart"), "a"),
            row(cell(merge="continue"), "b"),
            row(cell(merge="continue"), "c"),
        ),
        table(row(cell("mồ côi", merge="continue"), "d"), row("x", "y")),
    )

    first, second = tables(source)
    assert spans(first) == {(0, 0): (3, 1)}
    assert grid(second)[0, 0] == "mồ côi"


def test_old_horizontal_merge_widens_the_left_cell():
    left = '<w:tc><w:tcPr><w:hMerge w:val="restart"/></w:tcPr>' + para("Nhóm I") + "</w:tc>"
    right = "<w:tc><w:tcPr><w:hMerge/></w:tcPr>" + para() + "</w:tc>"

    source = read(table(row("1", "2"), f"<w:tr>{left}{right}</w:tr>"))

    assert spans(tables(source)[0]) == {(1, 0): (1, 2)}


def test_row_that_begins_further_right_keeps_its_columns():
    source = read(table(row("1", "a", "b"), row("c", "d", properties='<w:gridBefore w:val="1"/>')))

    assert grid(tables(source)[0]) == {(0, 0): "1", (0, 1): "a", (0, 2): "b", (1, 1): "c", (1, 2): "d"}


def test_deleted_row_is_not_a_row():
    source = read(table(row("1", "a"), row("2", "b", properties="<w:del/>"), row("3", "c")))

    assert grid(tables(source)[0]) == {(0, 0): "1", (0, 1): "a", (1, 0): "3", (1, 1): "c"}


def test_rows_and_cells_inside_content_controls_are_found():
    wrapped_row = f"<w:sdt><w:sdtContent>{row('2', 'b')}</w:sdtContent></w:sdt>"
    wrapped_cell = f"<w:sdt><w:sdtContent>{cell('c')}</w:sdtContent></w:sdt>"

    source = read(table(row("1", "a"), wrapped_row, f"<w:tr>{cell('3')}{wrapped_cell}</w:tr>"))

    assert [grid(tables(source)[0])[r, 1] for r in range(3)] == ["a", "b", "c"]


def test_nested_table_becomes_paragraphs_of_its_cell():
    inner = table(row("x", "y"), row("z", "t"))

    source = read(table(row("1", cell("Trước", inner, "Sau")), row("2", "b")))

    content = next(c for c in tables(source)[0].cells if (c.row, c.column) == (0, 1))
    assert [p.text for p in content.paragraphs] == ["Trước", "x", "y", "z", "t", "Sau"]


@pytest.mark.parametrize(
    "frame", [lambda inner: table(row(cell(inner))), lambda inner: table(row("lề", cell(inner)))]
)
def test_table_framed_by_a_layout_table_stands_on_its_own(frame):
    inner = table(row("TT", "Nội dung"), row("1", "Viết bài"))

    source = read(frame(inner), table(row("a", "b")))

    assert [t.index for t in tables(source)] == [0, 1]
    assert grid(tables(source)[0])[1, 1] == "Viết bài"


def test_box_of_one_cell_is_the_text_it_frames():
    source = read(table(row(cell("Lưu ý", "Dòng hai"))), "Sau khung")

    assert texts(source) == ["Lưu ý", "Dòng hai", "Sau khung"]


@pytest.mark.parametrize(("rows", "columns"), [(1, 2), (2, 2), (3, 2), (4, 3)])
def test_header_block_as_a_table_keeps_rows_and_columns(rows, columns):
    source = read(table(*(row(*(f"ô {r}.{c}" for c in range(columns))) for r in range(rows))), "KẾ HOẠCH")

    found = tables(source)[0]
    assert (found.row_count, found.column_count) == (rows, columns)
    assert texts(source) == ["KẾ HOẠCH"]


def test_tables_count_over_the_whole_document():
    source = read(table(row("a", "b")), "Giữa", table(row("c", "d")), table(row("e", "f")))

    assert [t.index for t in tables(source)] == [0, 1, 2]


def test_row_cut_by_hand_is_joined_with_a_warning():
    source = read(
        table(
            row("TT", "Nội dung", "Chủ trì"),
            row("1", "Tuyên truyền trên báo, đài và hệ thống", "Sở A"),
            row("", "truyền thanh cơ sở", ""),
            row("2", "Viết bài", "Sở B"),
        )
    )

    found = grid(tables(source)[0])
    assert found[1, 1] == "Tuyên truyền trên báo, đài và hệ thống truyền thanh cơ sở"
    assert found[2, 0] == "2"
    warning = source.warnings[0]
    assert (warning.code, warning.source.table, warning.source.row) == ("continued_row", 0, 1)
    assert source.text[warning.source.start : warning.source.end].startswith("1\tTuyên truyền")


def test_row_with_its_own_product_under_an_empty_number_is_not_joined():
    source = read(
        table(
            row("TT", "Nội dung", "Sản phẩm"),
            row("1", "Xây dựng chương trình.", "Kế hoạch"),
            row("", "Tổ chức tập huấn", "Báo cáo"),
        )
    )

    assert tables(source)[0].row_count == 3
    assert source.warnings == ()
