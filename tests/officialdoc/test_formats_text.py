"""Plain text: encodings, tables without rules, hard line ends."""

import codecs

import pytest
from docx_fixtures import grid, tables, texts

from officialdoc.read.formats import read_source

PLAN = "KẾ HOẠCH\nTuyên truyền cải cách hành chính năm 2025\nCăn cứ Quyết định của Ủy ban nhân dân tỉnh"
HEADING = "TT\tNội dung\tChủ trì\tThời gian"


def read(text, name="ke-hoach.txt"):
    return read_source(text if isinstance(text, bytes) else text.encode(), name=name)


@pytest.mark.parametrize(
    "data",
    [
        PLAN.encode(),
        codecs.BOM_UTF8 + PLAN.encode(),
        PLAN.encode("utf-16"),
        PLAN.encode("utf-16-le"),
        PLAN.encode("utf-16-be"),
        PLAN.encode("utf-32"),
        PLAN.replace("\n", "\r\n").encode(),
        PLAN.replace("\n", "\r").encode(),
    ],
    ids=["utf-8", "bom", "utf-16", "le", "be", "utf-32", "windows", "mac"],
)
def test_encoding_is_found(data):
    assert read(data).text == PLAN


def test_windows_1258_is_found():
    windows = PLAN.encode("utf-8").decode("utf-8")
    import unicodedata

    spelled = ""
    for char in windows:  # the code page has the vowels whole and the tones apart
        for part in (char, *_tone_apart(unicodedata.normalize("NFD", char))):
            try:
                part.encode("cp1258")
            except UnicodeEncodeError:
                continue
            spelled += part
            break

    assert read(spelled.encode("cp1258")).text == PLAN


def _tone_apart(decomposed):
    import unicodedata

    tones = "\u0300\u0301\u0303\u0309\u0323"
    base = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in tones))
    yield base + "".join(c for c in decomposed if c in tones)


def test_utf8_cut_in_the_middle_of_a_letter_is_still_utf8():
    source = read((PLAN + " tế").encode()[:-1])

    assert texts(source)[0] == "KẾ HOẠCH"


def test_tab_table_is_one_table_over_blank_lines():
    source = read(f"{HEADING}\n1\tViết bài\tSở A\tQuý I\n\n2\tIn tờ rơi\tSở B\t\n\nNơi nhận:\n- Lưu: VT.")

    found = tables(source)[0]
    assert (found.row_count, found.column_count) == (3, 4)
    assert grid(found)[2, 1] == "In tờ rơi"
    assert texts(source) == ["Nơi nhận:", "- Lưu: VT."]


def test_line_break_inside_a_cell_stays_in_the_cell():
    source = read(f"{HEADING}\n1\tViết bài\nvà đăng\tSở A\nSở B\tQuý I\n2\tIn tờ rơi\tSở C\tQuý II")

    found = grid(tables(source)[0])
    assert found[1, 1] == "Viết bài\nvà đăng"
    assert found[1, 2] == "Sở A\nSở B"
    assert found[2, 0] == "2"


def test_row_whose_number_stands_on_a_line_of_its_own():
    source = read(f"{HEADING}\n1\n\tViết bài\tSở A\tQuý I\n2\n\tIn tờ rơi\tSở B\tQuý II")

    assert [grid(tables(source)[0])[r, 1] for r in (1, 2)] == ["Viết bài", "In tờ rơi"]


def test_last_cell_that_goes_on_below_belongs_to_its_row():
    source = read(
        f"{HEADING}\n1\tViết bài\tSở A\tTừ tháng 3\nđến tháng 6\n2\tIn\tSở B\tQuý II\nKết thúc bảng"
    )

    assert grid(tables(source)[0])[1, 3] == "Từ tháng 3\nđến tháng 6"
    assert texts(source) == ["Kết thúc bảng"]


def test_row_cut_by_a_page_break_is_joined_with_a_warning():
    source = read(
        f"{HEADING}\n1\tXây dựng chuyên mục hỏi đáp,\tSở A\tCả năm\n\n\tgiải thích thủ tục\t\t\n2\tIn\tSở B\tQuý I"
    )

    found = grid(tables(source)[0])
    assert found[1, 1] == "Xây dựng chuyên mục hỏi đáp, giải thích thủ tục"
    assert found[2, 0] == "2"
    assert [w.code for w in source.warnings] == ["continued_row"]


def test_list_tags_inside_a_cell_become_lines():
    source = read(
        f'{HEADING}\n1\t<ul style="x"> - Mở chuyên mục. - Viết tin bài. </ul>\tSở A<br>Sở B\tQ&#250;y I\n2\tIn\tSở C\tQuý I'
    )

    found = grid(tables(source)[0])
    assert found[1, 1] == "- Mở chuyên mục.\n- Viết tin bài."
    assert found[1, 2] == "Sở A\nSở B"
    assert found[1, 3] == "Qúy I"


def test_bar_table_in_plain_text():
    source = read("Bảng:\n| TT | Nội dung | Sở \\| ngành |\n| --- | :-: | --- |\n| 1 | Viết | |\nHết")

    assert grid(tables(source)[0]) == {
        (0, 0): "TT", (0, 1): "Nội dung", (0, 2): "Sở | ngành", (1, 0): "1", (1, 1): "Viết", (1, 2): "",
    }  # fmt: skip
    assert texts(source) == ["Bảng:", "Hết"]


def test_one_cell_per_line_becomes_a_table():
    lines = ["TT", "Nội dung", "Cơ quan chủ trì", "Thời gian"]
    lines += [
        "1",
        "Viết bài",
        "Sở A",
        "Quý I",
        "2",
        "In tờ rơi",
        "Sở B",
        "Quý II",
        "3",
        "Tổng kết",
        "Sở C",
        "Quý IV",
    ]

    source = read("Danh mục\n" + "\n\n".join(lines) + "\n\nNơi nhận:")

    found = tables(source)[0]
    assert (found.row_count, found.column_count) == (4, 4)
    assert [grid(found)[r, 2] for r in range(1, 4)] == ["Sở A", "Sở B", "Sở C"]
    assert texts(source) == ["Danh mục", "Nơi nhận:"]


def test_one_cell_per_line_with_list_items_and_a_missing_last_cell():
    lines = ["STT", "Nội dung", "Cơ quan", "Ghi chú"]
    lines += [
        "1",
        "- Mở chuyên mục",
        "- Viết tin",
        "Sở A",
        "2",
        "In tờ rơi",
        "Sở B",
        "3",
        "Tổng kết",
        "Sở C",
        "Mới",
    ]

    source = read("\n".join(lines))

    found = grid(tables(source)[0])
    assert found[1, 1] == "- Mở chuyên mục\n- Viết tin"
    assert [found.get((r, 3)) for r in (1, 2, 3)] == [None, None, "Mới"]


def test_number_heading_alone_is_not_a_table():
    source = read("TT\nKế hoạch này có hiệu lực từ ngày ký.\nHết")

    assert tables(source) == []


def test_two_columns_set_with_tabs_are_read_column_by_column():
    source = read(
        "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH MẪU\tĐộc lập - Tự do - Hạnh phúc\n\nKẾ HOẠCH"
    )

    assert grid(tables(source)[0]) == {
        (0, 0): "ỦY BAN NHÂN DÂN\nTỈNH MẪU",
        (0, 1): "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
    }


def test_two_columns_set_with_spaces_are_read_column_by_column():
    source = read(
        "Nơi nhận:                    TM. ỦY BAN NHÂN DÂN\n"
        "- Như trên;                     KT. CHỦ TỊCH\n"
        "- Lưu: VT.                     PHÓ CHỦ TỊCH\n"
    )

    assert texts(source) == [
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
    ]


def test_hard_wrapped_lines_become_paragraphs_and_page_numbers_go():
    sentence = "tuyên truyền phổ biến kịp thời các chủ trương và chính sách mới cho cán bộ công chức "
    body = "- Tiếp tục " + sentence * 3 + "xã."
    lines, line = [], ""
    for word in (body + " ").split(" "):
        if len(line) + len(word) > 70:
            lines.append(line.strip())
            line = ""
        line += word + " "
    wrapped = "\n".join([*lines, line.strip()])

    source = read(f"{wrapped}\n{wrapped}\n\f2\n{wrapped}\n")

    assert texts(source) == [body] * 3
