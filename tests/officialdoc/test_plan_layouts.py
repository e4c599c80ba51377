"""Layouts of offices that set their plans otherwise than usual, and what a page cut."""

from __future__ import annotations

from datetime import date

import pytest
from pdf_fixtures import raw_pdf
from plan_documents import CLOSING, HEAD_ROW, OPENING, Merged, brief, plan_with, read, rows

from officialdoc.read.formats import read_source
from officialdoc.read.plan import read_plan

LEFT = "ỦY BAN NHÂN DÂN\nTỈNH BÌNH MINH\nSố: 15/KH-UBND"
RIGHT = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nBình Minh, ngày 20 tháng 01 năm 2025"
)
TITLE = "Truyền thông về đổi mới lề lối làm việc năm 2025"


def front(reading):
    return reading.kind, reading.title, reading.number, reading.issuer, reading.place, reading.issued_on


FRONT = (
    *("KẾ HOẠCH", TITLE, "15/KH-UBND", "Ủy ban nhân dân tỉnh Bình Minh", "Bình Minh"),
    date(2025, 1, 20),
)


def test_kind_read_with_the_left_side_of_the_header_opens_the_title():
    reading = read(LEFT, "KẾ HOẠCH", RIGHT, TITLE, OPENING, CLOSING)

    assert front(reading) == FRONT


@pytest.mark.parametrize(
    "motto",
    [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA\nVIỆT NAM",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT\nNAM",
        "CỘNG HÒA XÃ HỘI\nCHỦ NGHĨA VIỆT NAM",
    ],
)
def test_motto_on_two_lines_is_no_part_of_the_issuer(motto):
    right = RIGHT.replace("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", motto)

    assert front(read(LEFT, right, "KẾ HOẠCH", TITLE, OPENING, CLOSING)) == FRONT


def test_header_of_a_party_body_in_a_table_is_read():
    header = rows(
        (
            "TỈNH ỦY BÌNH MINH\nBAN TUYÊN GIÁO VÀ DÂN VẬN\n*\nSố 15-KH/BTGDV",
            "ĐẢNG CỘNG SẢN VIỆT NAM\nBình Minh, ngày 20 tháng 01 năm 2025",
        )
    )

    reading = read(header, "KẾ HOẠCH", TITLE, OPENING, CLOSING)

    assert (reading.number, reading.issuer) == ("15-KH/BTGDV", "Ban Tuyên giáo và dân vận")
    assert (reading.place, reading.issued_on) == ("Bình Minh", date(2025, 1, 20))


def test_letter_with_a_subject_line_keeps_its_date_and_bases():
    letter = f"{LEFT.replace('KH-UBND', 'UBND-NC')}\nV/v truyền thông về lề lối làm việc\n{RIGHT}\nKính gửi: Các sở."
    table = rows(
        ("STT", "Nội dung", "Chủ trì", "Hoàn thành trước"), ("1", "Rà soát quy chế", "Sở A", "20/8/2025")
    )

    reading = read(letter, "Thực hiện Chỉ thị số 19/CT-TTg ngày 15/7/2025;", table, CLOSING)

    assert (reading.number, reading.issued_on) == ("15/UBND-NC", date(2025, 1, 20))
    assert [base.number for base in reading.legal_bases] == ["19/CT-TTg"]
    assert [task.due_on for task in reading.tasks] == [date(2025, 8, 20)]


def test_day_at_the_end_of_a_sentence_is_no_number_of_the_next_line():
    reading = plan_with("II. TỔ CHỨC THỰC HIỆN\nCác sở báo cáo Ủy ban nhân dân tỉnh trước ngày 25.")

    assert reading.recipients == ["Như trên", "Lưu: VT"]
    assert reading.signer.name == "Trần Văn Mẫu"


def test_recipient_in_capitals_is_no_authority_of_the_signer():
    closing = CLOSING.replace(
        "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n(Đã ký)\nTrần Văn Mẫu\n- CV: GD, NC;\n- Lưu: VT."
    )

    reading = read(LEFT, RIGHT, "KẾ HOẠCH", TITLE, OPENING, closing)

    assert reading.recipients == ["Như trên", "CV: GD, NC", "Lưu: VT"]
    assert reading.signer.authority == "TM. ỦY BAN NHÂN DÂN"


def test_row_without_content_but_with_its_own_lead_and_day_shares_the_content_above():
    table = rows(
        HEAD_ROW,
        ("1", "Khảo sát hiện trạng", "Sở Nội vụ", "Các sở", "Tháng 3/2025"),
        ("", "", "Sở Tài chính", "Sở Nội vụ", "Tháng 8/2025"),
        ("", "", "Sở Y tế", "", ""),
    )

    assert [brief(task) for task in plan_with(table).tasks] == [
        ("1", "Khảo sát hiện trạng", ["Sở Nội vụ"], ["Các sở"], "Tháng 3/2025"),
        ("1", "Khảo sát hiện trạng", ["Sở Tài chính", "Sở Y tế"], ["Sở Nội vụ"], "Tháng 8/2025"),
    ]


def test_task_given_without_the_word_for_leading_has_its_lead():
    reading = plan_with(
        "II. NHIỆM VỤ\n"
        "1. Giao Sở Nội vụ chủ trì, phối hợp với Sở Tư pháp rà soát thủ tục; hoàn thành trước ngày 30/6/2025.\n"
        "2. Giao UBND các huyện, thành phố tổ chức đối thoại với người dân.\n"
        "3. Giao Sở Tài chính chủ trì, tham mưu bố trí kinh phí."
    )

    assert [(task.lead, task.coordinating) for task in reading.tasks] == [
        (["Sở Nội vụ"], ["Sở Tư pháp"]),
        (["UBND các huyện, thành phố"], []),
        (["Sở Tài chính"], []),
    ]


def test_closing_paragraph_on_reports_is_no_duty_of_the_last_agency():
    reading = plan_with(
        "II. TỔ CHỨC THỰC HIỆN\n1. UBND các xã\n- Xây dựng kế hoạch của xã.\n"
        "Định kỳ hằng quý, các cơ quan, đơn vị gửi báo cáo về Sở Nội vụ để tổng hợp./."
    )

    assert [(duty.agency, duty.text) for duty in reading.duties] == [
        ("UBND các xã", "Xây dựng kế hoạch của xã.")
    ]
    assert [rule.recurrence for rule in reading.reporting] == ["quarterly"]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Văn phòng Bộ\nCục Thống kê", ["Văn phòng Bộ", "Cục Thống kê"]),
        ("Sở Nội vụ Sở Tài chính", ["Sở Nội vụ", "Sở Tài chính"]),
        ("Văn phòng Sở Y tế", ["Văn phòng Sở Y tế"]),
        ("Báo và Đài Phát thanh và Truyền hình tỉnh", ["Báo và Đài Phát thanh và Truyền hình tỉnh"]),
    ],
)
def test_names_are_parted_where_a_line_break_stood(cell, names):
    table = rows(
        HEAD_ROW, ("1", "Khảo sát hiện trạng", cell, "", "Quý I"), ("2", "Tổng kết", "Sở A", "", "Quý IV")
    )

    assert plan_with(table).tasks[0].lead == names


def test_week_of_a_month_is_no_day():
    table = rows(
        HEAD_ROW,
        ("1", "Khảo sát", "Sở A", "", "Tuần 3 tháng 7/2025"),
        ("2", "Tổng kết", "Sở A", "", "Quý IV"),
    )

    assert plan_with(table).tasks[0].due_on == date(2025, 7, 31)


def test_row_cut_by_a_page_without_a_rule_stays_in_its_table():
    uprights = b" ".join(b"%d 500 m %d 700 l S" % (x, x) for x in (72, 120, 400))
    rules = b" 72 600 m 400 600 l S 72 500 m 400 500 l S "
    words = b"BT /F1 12 Tf 130 650 Td (phan con lai) Tj 0 -100 Td (Viec sau) Tj -50 0 Td (2) Tj ET"

    table = read_source(raw_pdf(uprights + rules + words)).blocks[0]

    assert [(c.row, c.column, c.text) for c in table.cells] == [
        (0, 0, ""),
        (0, 1, "phan con lai"),
        (1, 0, "2"),
        (1, 1, "Viec sau"),
    ]


def test_cells_one_per_line_keep_several_bodies_in_their_column():
    head = "STT\nNội dung\nĐơn vị chủ trì\nĐơn vị phối hợp\nThời gian\nhoàn thành"
    first = "1\nKhảo sát hiện trạng\nVụ Pháp chế\nVăn phòng Bộ\nCục Thống kê\nQuý I/2025"
    second = "2\nTổng kết\nVụ Pháp chế\nCác vụ\nQuý IV/2025"
    text = f"{LEFT}\n{RIGHT}\nKẾ HOẠCH\n{TITLE}\nI. NHIỆM VỤ\n{head}\n{first}\n{second}\n{CLOSING}"

    reading = read_plan(read_source(text.encode(), name="ke-hoach.txt"))

    assert [brief(task) for task in reading.tasks] == [
        ("1", "Khảo sát hiện trạng", ["Vụ Pháp chế"], ["Văn phòng Bộ", "Cục Thống kê"], "Quý I/2025"),
        ("2", "Tổng kết", ["Vụ Pháp chế"], ["Các vụ"], "Quý IV/2025"),
    ]


def test_rows_grouped_by_agency_are_led_by_it_where_no_column_names_a_body():
    table = rows(
        ("TT", "Nội dung công việc", "Sản phẩm", "Thời gian"),
        ("I", Merged("SỞ NỘI VỤ", columns=3)),
        ("1", "Hướng dẫn chấm điểm", "Công văn", "Tháng 4"),
        ("II", Merged("VĂN PHÒNG UBND TỈNH", columns=3)),
        ("1", "Công khai tiến độ", "Bản tin", "Hằng tuần"),
    )

    assert [(task.path, task.lead) for task in plan_with(table).tasks] == [
        ("I.1", ["SỞ NỘI VỤ"]),
        ("II.1", ["VĂN PHÒNG UBND TỈNH"]),
    ]


def test_hyphen_at_the_end_of_a_printed_line_stays():
    words = b"BT /F1 12 Tf 72 700 Td (Ke hoach so 128/KH-) Tj 0 -16 Td (UBND cua tinh) Tj ET"

    text = read_source(raw_pdf(words)).text

    assert text.replace("\n", "") == "Ke hoach so 128/KH-UBND cua tinh"


def test_numbered_items_after_a_full_line_are_paragraphs_of_their_own():
    item = "Giao Sở Nội vụ rà soát quy chế làm việc của các cơ quan trong tỉnh, báo cáo trong"
    lines = [
        f"{n}. {item}\nquý I năm 2025; tổng hợp khó khăn, vướng mắc của các cơ quan và đề xuất giải pháp."
        for n in range(1, 9)
    ]

    source = read_source("\n".join(lines).encode(), name="ke-hoach.txt")

    assert [block.text[:2] for block in source.blocks] == [f"{n}." for n in range(1, 9)]


def test_article_whose_words_stand_below_its_number_gives_duties():
    reading = read(
        LEFT.replace("KH-UBND", "QĐ-UBND"),
        RIGHT,
        "QUYẾT ĐỊNH\nVề việc phê duyệt phương án sử dụng trụ sở\nQUYẾT ĐỊNH:\nĐiều 1.\nPhê duyệt phương án.",
        "Điều 2.\nSở Tài chính, Sở Xây dựng có trách nhiệm thực hiện các việc sau:",
        "1. Sở Tài chính có trách nhiệm bàn giao tài sản.\n2. Sở Xây dựng có trách nhiệm:\n- Sửa chữa trụ sở;",
        "Điều 3.\nGiám đốc các sở chịu trách nhiệm thi hành Quyết định này./.",
        CLOSING,
    )

    assert [(duty.agency, duty.text) for duty in reading.duties] == [
        ("Sở Tài chính", "có trách nhiệm bàn giao tài sản."),
        ("Sở Xây dựng", "Sửa chữa trụ sở;"),
    ]
    assert reading.tasks == []


def test_bases_listed_below_their_heading_line():
    opening = "Căn cứ:\n- Nghị quyết số 76/NQ-CP ngày 15/7/2021;\n- Quyết định số 55/QĐ-UBND ngày 02/01/2025;\nỦy ban nhân dân tỉnh ban hành Kế hoạch như sau:\nI. NHIỆM VỤ"

    reading = read(LEFT, RIGHT, "KẾ HOẠCH", TITLE, opening, CLOSING)

    assert [base.number for base in reading.legal_bases] == ["76/NQ-CP", "55/QĐ-UBND"]


def test_each_report_of_one_sentence_is_a_rule():
    reading = plan_with(
        "II. TỔ CHỨC THỰC HIỆN\n1. Các sở báo cáo định kỳ hằng quý trước ngày 10 của tháng cuối quý, "
        "báo cáo 6 tháng trước ngày 10/6, báo cáo năm trước ngày 10/11 gửi Sở Nội vụ."
    )

    assert [(rule.recurrence, rule.month_day, rule.to) for rule in reading.reporting] == [
        ("quarterly", None, "Sở Nội vụ"),
        ("periodic", "06-10", "Sở Nội vụ"),
        ("yearly", "11-10", "Sở Nội vụ"),
    ]


def test_name_in_capitals_behind_the_office_is_no_part_of_it():
    closing = "Nơi nhận:\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN CHỦ TỊCH TRẦN VĂN MẪU"

    signer = read(LEFT, RIGHT, "KẾ HOẠCH", TITLE, OPENING, closing).signer

    assert (signer.name, signer.title, signer.authority) == (
        "TRẦN VĂN MẪU",
        "CHỦ TỊCH",
        "TM. ỦY BAN NHÂN DÂN",
    )
