"""What a Word paragraph says."""

import io

import docx as python_docx
from docx_fixtures import cell, docx, grid, para, row, run, table, tables, texts

from officialdoc.read.formats import read_source

FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


def read(*body, **parts):
    return read_source(docx(*body, **parts))


def test_document_of_python_docx_reads_in_order():
    document = python_docx.Document()
    document.add_heading("KẾ HOẠCH", level=1)
    document.add_paragraph("Đoạn một")
    made = document.add_table(rows=1, cols=2)
    made.cell(0, 0).text, made.cell(0, 1).text = "Trái", "Phải"
    document.add_paragraph("Đoạn hai")
    buffer = io.BytesIO()
    document.save(buffer)

    source = read_source(buffer.getvalue(), name="ke-hoach.docx")

    assert source.text == "KẾ HOẠCH\nĐoạn một\nTrái\tPhải\nĐoạn hai"
    assert source.blocks[0].level == 0
    assert source.warnings == ()


def test_runs_join_and_breaks_split_lines():
    broken = para(
        "Cải cách", run(" hành chính"), "<w:r><w:br/></w:r>", run("năm"), "<w:r><w:tab/></w:r>", run("2025")
    )

    source = read(broken)

    assert texts(source) == ["Cải cách hành chính", "năm 2025"]


def test_hyperlink_content_control_and_inserted_text_are_read():
    inside = (
        "<w:hyperlink>" + run("liên kết ") + "</w:hyperlink>"
        "<w:sdt><w:sdtContent>" + run("ô điền ") + "</w:sdtContent></w:sdt>"
        "<w:ins>" + run("chèn thêm") + "</w:ins>"
    )

    source = read(f"<w:p>{inside}</w:p>")

    assert texts(source) == ["liên kết ô điền chèn thêm"]


def test_block_content_control_is_read_and_contents_list_is_not():
    control = f"<w:sdt><w:sdtContent>{para('Trong ô')}</w:sdtContent></w:sdt>"
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    contents = f"<w:sdt>{gallery}<w:sdtContent>{para('I. MỤC ĐÍCH 1')}</w:sdtContent></w:sdt>"

    source = read(control, contents, "Ngoài ô")

    assert texts(source) == ["Trong ô", "Ngoài ô"]


def test_deleted_and_moved_away_text_is_dropped():
    deleted = "<w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del>"
    moved = "<w:moveFrom>" + run("đi chỗ khác") + "</w:moveFrom>"

    source = read(para("Giữ", deleted, moved, run(" lại")))

    assert texts(source) == ["Giữ lại"]


def test_paragraph_whose_end_was_deleted_joins_the_next():
    joined = para("Nửa đầu ", properties="<w:rPr><w:del/></w:rPr>")

    source = read(joined, "nửa sau")

    assert texts(source) == ["Nửa đầu nửa sau"]


def test_field_shows_its_result_and_not_its_code():
    code = "<w:r><w:instrText> DATE </w:instrText></w:r>"

    source = read(
        para(
            "Ngày ",
            FIELD.format("begin"),
            code,
            FIELD.format("separate"),
            run("05"),
            FIELD.format("end"),
            run(" tháng 3"),
        )
    )

    assert texts(source) == ["Ngày 05 tháng 3"]


def test_text_box_is_read_once_after_its_paragraph():
    box = f"<w:txbxContent>{para('Trong khung')}</w:txbxContent>"
    drawing = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )

    source = read(para("Trước", drawing), "Sau")

    assert texts(source) == ["Trước", "Trong khung", "Sau"]


def test_hidden_text_is_dropped_and_capitals_are_drawn():
    source = read(para(run("ẩn", "<w:vanish/>"), run("kế hoạch", "<w:caps/>")))

    assert texts(source) == ["KẾ HOẠCH"]


def test_symbols_hyphens_and_note_marks():
    symbol = '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'

    source = read(para(symbol, run(" số 12"), "<w:r><w:noBreakHyphen/></w:r>", run("KH"), note))

    assert texts(source) == ["✓ số 12-KH"]


def test_look_comes_through_styles():
    styles = (
        '<w:style w:type="paragraph" w:styleId="A"><w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/><w:rPr><w:i/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="C"><w:rPr><w:b w:val="0"/></w:rPr></w:style>'
    )
    plain = run("không đậm", '<w:rStyle w:val="C"/>')

    source = read(
        para("Đậm nghiêng", properties='<w:pStyle w:val="B"/>'),
        para(plain, properties='<w:pStyle w:val="B"/><w:jc w:val="both"/>'),
        styles=styles,
    )

    looks = [(p.align, p.bold, p.italic) for p in source.blocks]
    assert looks == [("center", True, True), ("both", False, True)]


def test_empty_paragraphs_leave_nothing():
    source = read(para(), para(" \u00a0 "), "Có chữ")

    assert source.text == "Có chữ"


def test_strict_namespace_is_read():
    transitional = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    from docx_fixtures import docx_parts, package

    parts = docx_parts(para("Theo chuẩn chặt"))
    strict = {
        k: v.encode().replace(transitional, b"http://purl.oclc.org/ooxml/wordprocessingml/main")
        for k, v in parts.items()
    }

    source = read_source(package(strict))

    assert texts(source) == ["Theo chuẩn chặt"]


def test_letters_that_look_like_d_with_stroke_are_mended_in_cells_too():
    source = read("Ðiều 1. HÐND tỉnh", table(row(cell("QÐ-UBND"), cell("ðã xong"))))

    assert texts(source) == ["Điều 1. HĐND tỉnh"]
    assert grid(tables(source)[0]) == {(0, 0): "QĐ-UBND", (0, 1): "đã xong"}
