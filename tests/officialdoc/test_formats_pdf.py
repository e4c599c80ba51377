"""PDF pages back to paragraphs and tables."""

import pytest
from docx_fixtures import grid, spans, tables, texts
from pdf_fixtures import pdf, raw_pdf, text_page

from officialdoc.model import UnreadableDocumentError
from officialdoc.read.formats import read_source

NUMBER_ON_TOP = "context { let n = counter(page).get().first(); if n > 1 [#align(center)[#n]] }"
LONG = "Tiếp tục tuyên truyền sâu rộng về cải cách hành chính, dịch vụ công trực tuyến và chữ ký số cho cán bộ và người dân "


def read(body, **layout):
    return read_source(pdf(body, **layout), name="ke-hoach.pdf")


def test_wrapped_lines_become_paragraphs():
    source = read(f"\\- {LONG * 3}xã.\n\n\\- {LONG}phường.")

    assert texts(source) == [f"- {LONG * 3}xã.", f"- {LONG}phường."]


def test_paragraph_goes_on_over_the_page_and_page_numbers_go():
    source = read("\n\n".join([LONG * 6 + "hết."] * 12), header=NUMBER_ON_TOP)

    assert texts(source) == [LONG * 6 + "hết."] * 12
    assert {p.page for p in source.blocks} == {1, 2, 3}


def test_running_head_is_dropped():
    pages = "\n#pagebreak()\n".join(f"Nội dung trang {number}." for number in ("một", "hai", "ba", "bốn"))

    source = read(pages, header="[Kế hoạch tuyên truyền tỉnh Mẫu]")

    assert texts(source) == [f"Nội dung trang {number}." for number in ("một", "hai", "ba", "bốn")]


def test_header_block_is_read_column_by_column():
    source = read(
        "#grid(columns: (6.5cm, 9.5cm), align: center, row-gutter: 8pt,\n"
        "[ỦY BAN NHÂN DÂN], text(size: 12pt)[*CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM*],\n"
        "[*TỈNH MẪU*], [*Độc lập - Tự do - Hạnh phúc*],\n"
        "[Số: 12/KH-UBND], [_Tỉnh Mẫu, ngày 05 tháng 3 năm 2025_])\n"
        "#align(center)[*KẾ HOẠCH* \\ *Tuyên truyền chuyển đổi số*]\n\n" + LONG
    )

    assert texts(source)[:8] == [
        "ỦY BAN NHÂN DÂN", "TỈNH MẪU", "Số: 12/KH-UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc", "Tỉnh Mẫu, ngày 05 tháng 3 năm 2025", "KẾ HOẠCH", "Tuyên truyền chuyển đổi số",
    ]  # fmt: skip
    looks = {p.text: (p.align, p.bold, p.italic) for p in source.blocks}
    assert looks["KẾ HOẠCH"] == ("center", True, False)
    assert looks["Tỉnh Mẫu, ngày 05 tháng 3 năm 2025"] == (None, False, True)


def test_signature_block_is_not_interleaved_with_the_recipients():
    source = read(
        LONG * 2 + "./.\n"
        "#grid(columns: (8cm, 8cm), [#text(size: 12pt)[*_Nơi nhận:_*] \\ #text(size: 11pt)[\\- Như trên; \\ \\- Các sở, ngành; \\ "
        "\\- Ủy ban nhân dân cấp xã; \\ \\- Lưu: VT.]], align(center)[*TM. ỦY BAN NHÂN DÂN* \\ *CHỦ TỊCH* \\ \\ *Người Ký Mẫu*])"
    )

    assert texts(source)[1:] == [
        "Nơi nhận:", "- Như trên;", "- Các sở, ngành;", "- Ủy ban nhân dân cấp xã;", "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Người Ký Mẫu",
    ]  # fmt: skip


def _rows(count):
    return "".join(f"[{n}], [Việc thứ {n}: {LONG}], [Sở A], [Quý I]," for n in range(1, count + 1))


COLUMNS = "columns: (1cm, 8cm, 4cm, 3cm)"
HEADING = "table.header([*TT*], [*Nội dung*], [*Chủ trì*], [*Thời gian*])"


def test_table_over_pages_is_one_table_without_its_repeated_heading():
    source = read(f"#table({COLUMNS}, {HEADING}, table.cell(colspan: 4)[I. Nhóm một], {_rows(18)})")

    found = tables(source)[0]
    assert len(tables(source)) == 1
    assert [grid(found)[r, 0] for r in range(found.row_count)] == [
        "TT",
        "I. Nhóm một",
        *map(str, range(1, 19)),
    ]
    assert [grid(found)[r, 1] for r in range(2, 20)] == [
        f"Việc thứ {n}: {LONG}".strip() for n in range(1, 19)
    ]
    assert spans(found) == {(1, 0): (1, 4)}


def test_row_cut_by_the_page_is_joined_with_a_warning():
    source = read(
        f"#v(19cm)\n#table({COLUMNS}, {HEADING}, [1], [{LONG * 6}], [Sở A], [Quý I], [2], [In], [Sở B], [Quý II])"
    )

    found = tables(source)[0]
    assert grid(found)[1, 1] == (LONG * 6).strip()
    assert grid(found)[2, 0] == "2"
    assert [(w.code, w.source.row) for w in source.warnings] == [("continued_row", 1)]


def test_merged_cells_and_two_level_heading():
    source = read(
        "#table(columns: (1cm, 5cm, 3cm, 3cm, 3cm), table.cell(rowspan: 2)[TT], table.cell(rowspan: 2)[Nội dung],"
        "table.cell(colspan: 2)[Cơ quan], table.cell(rowspan: 2)[Hạn], [Chủ trì], [Phối hợp],"
        "[1], table.cell(rowspan: 2)[Việc gộp], [Sở A], [Sở B], [Quý I], [2], [Sở C], [Sở D], [Quý II])"
    )

    found = tables(source)[0]
    assert spans(found) == {(0, 0): (2, 1), (0, 1): (2, 1), (0, 2): (1, 2), (0, 4): (2, 1), (2, 1): (2, 1)}
    assert [grid(found)[at] for at in [(1, 2), (1, 3), (2, 1), (3, 0), (3, 2)]] == [
        "Chủ trì",
        "Phối hợp",
        "Việc gộp",
        "2",
        "Sở C",
    ]


def test_table_open_at_its_sides_has_all_its_columns():
    source = read(
        "#table(columns: (1cm, 5cm, 4cm), stroke: none, table.hline(), [TT], [Nội dung], [Hạn], table.hline(),"
        "table.vline(x: 1), table.vline(x: 2), [1], [Viết bài], [Quý I], table.hline())"
    )

    assert grid(tables(source)[0])[1, 2] == "Quý I"
    assert tables(source)[0].column_count == 3


def test_items_in_a_cell_stay_apart():
    source = read(
        f"#table({COLUMNS}, [1], [\\- {LONG} \\ \\- In tờ rơi], [\\- Sở A \\ \\- Sở B], [Quý I], [2], [x], [y], [z])"
    )

    assert grid(tables(source)[0])[0, 1] == f"- {LONG}\n- In tờ rơi".replace(" \n", "\n")
    assert grid(tables(source)[0])[0, 2] == "- Sở A\n- Sở B"


def test_text_around_a_table_keeps_its_place():
    source = read(f"Trước bảng.\n#table({COLUMNS}, {HEADING}, {_rows(1)})\nSau bảng.")

    assert [block.text if not hasattr(block, "cells") else "bảng" for block in source.blocks] == [
        "Trước bảng.",
        "bảng",
        "Sau bảng.",
    ]


def test_landscape_page_is_read_in_its_own_margins():
    source = read(f"{LONG * 4}dọc.\n#set page(flipped: true)\n{LONG * 5}ngang.")

    assert texts(source) == [f"{LONG * 4}dọc.", f"{LONG * 5}ngang."]


def test_page_turned_by_its_dictionary_is_read_upright():
    turned = raw_pdf(b"BT /F1 12 Tf 0 1 -1 0 300 100 Tm (Ke hoach tuyen truyen) Tj ET").replace(
        b"/MediaBox", b"/Rotate 90 /MediaBox"
    )

    assert texts(read_source(turned)) == ["Ke hoach tuyen truyen"]


def test_letters_drawn_twice_for_bold_count_once():
    twice = b"BT /F1 12 Tf 72 700 Td (Ke hoach) Tj ET BT /F1 12 Tf 72.3 700 Td (Ke hoach) Tj ET"

    assert texts(read_source(raw_pdf(twice))) == ["Ke hoach"]


def test_tcvn3_font_is_converted_with_a_warning():
    lines = [
        "uû ban nh©n d©n tØnh",
        "KÕ ho¹ch tuyªn truyÒn c¶i c¸ch hµnh chÝnh",
        "Së Néi vô chñ tr×, phèi hîp víi c¸c së, ngµnh",
    ]

    source = read_source(raw_pdf(text_page(lines)))

    assert texts(source) == [
        "uỷ ban nhân dân tỉnh",
        "Kế hoạch tuyên truyền cải cách hành chính",
        "Sở Nội vụ chủ trì, phối hợp với các sở, ngành",
    ]
    assert [w.code for w in source.warnings] == ["converted_encoding"]


def test_vni_font_is_converted_pair_by_pair():
    lines = [
        "Keá hoaïch tuyeân truyeàn caûi caùch haønh chính",
        "Sôû Noäi vuï chuû trì, phoái hôïp vôùi caùc sôû, ngaønh",
    ]

    source = read_source(raw_pdf(text_page(lines)))

    assert texts(source) == [
        "Kế hoạch tuyên truyền cải cách hành chính",
        "Sở Nội vụ chủ trì, phối hợp với các sở, ngành",
    ]


def test_stamped_number_is_read_in_its_place():
    stamp = b"BT /F1 12 Tf 2 2 Td (42) Tj ET"
    appearance = (
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 30 16] /Resources << /Font << /F1 5 0 R >> >> /Length %d >>\n"
        b"stream\n%s\nendstream" % (len(stamp), stamp)
    )
    field = (
        b"<< /Type /Annot /Subtype /Widget /FT /Sig /T (s) /F 4 /Rect [94 698 124 714] /AP << /N 7 0 R >> >>"
    )
    content = b"BT /F1 12 Tf 72 700 Td (So:) Tj 62 0 Td (/KH-UBND) Tj ET"

    source = read_source(raw_pdf(content, page="/Annots [6 0 R]", more=(field, appearance)))

    assert [text.replace(" ", "") for text in texts(source)] == ["So:42/KH-UBND"]


def test_note_marks_and_footnotes_are_out_of_the_flow():
    body = b"BT /F1 14 Tf 90 700 Td (Thuc hien Nghi quyet) Tj /F1 8 Tf 137 6 Td (1) Tj /F1 14 Tf 5 -6 Td ( cua Tinh uy) Tj ET"
    note = b" 90 120 m 234 120 l S BT /F1 7 Tf 90 110 Td (1) Tj /F1 10 Tf 5 -4 Td (Nghi quyet so 01 cua Tinh uy.) Tj ET"

    assert texts(read_source(raw_pdf(body + note))) == ["Thuc hien Nghi quyet cua Tinh uy"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (raw_pdf(b"q 500 0 0 700 50 50 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI Q"), "scan"),
        (raw_pdf(b""), "scan"),
        (raw_pdf(text_page(["x\x9dq zw bcdf ghjk lmnp qrst vwxz " * 3] * 12)), "garbage_text"),
    ],
    ids=["picture", "blank", "no-words"],
)
def test_page_without_words_is_refused(data, code):
    with pytest.raises(UnreadableDocumentError) as caught:
        read_source(data)

    assert caught.value.code == code
