"""Number, place, date, issuer, kind and title in every form a header is printed in."""

from __future__ import annotations

from datetime import date

import pytest
from plan_documents import read, rows

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
BODY = "I. MỤC ĐÍCH\n- Một việc.\n"


def headed(agency: str, number: str, dateline: str):
    return read(f"{agency}\n{MOTTO}\n{number}\n{dateline}\nKẾ HOẠCH\nTuyên truyền năm 2025\n{BODY}")


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("Số: 42/KH-UBND", "42/KH-UBND"),
        ("Số: 3125 /KH-STC", "3125/KH-STC"),
        ("Số:173    /KH-UBND", "173/KH-UBND"),
        ("Số:…99/BC-STC", "99/BC-STC"),
        ("Số: 435 / QĐ - UBND", "435/QĐ-UBND"),
        ("Số 12/KH-UBND", "12/KH-UBND"),
        ("Số: 3260-KH/ĐĐQH15", "3260-KH/ĐĐQH15"),
        ("Số 31-KH/BTGDVTU", "31-KH/BTGDVTU"),
        ("Số: 06/2024/QĐ-UBND", "06/2024/QĐ-UBND"),
        ("42/KH-UBND", "42/KH-UBND"),
        ("Số:       /KH-UBND", None),
        ("Số: ……/KH-UBND", None),
    ],
)
def test_number_as_printed_in_header(printed, number):
    reading = headed("ỦY BAN NHÂN DÂN\nTỈNH BÌNH MINH", printed, "Bình Minh, ngày 5 tháng 3 năm 2025")

    assert reading.number == number


@pytest.mark.parametrize(
    ("dateline", "place", "issued_on"),
    [
        ("Bình Minh, ngày 05 tháng 3 năm 2025", "Bình Minh", date(2025, 3, 5)),
        ("Bình Minh, ngày 28     tháng 4    năm 2026", "Bình Minh", date(2026, 4, 28)),
        ("Núi Xanh - Vũng Bạc, ngày 02/3/2025", "Núi Xanh - Vũng Bạc", date(2025, 3, 2)),
        ("TP. Bình Minh, ngày 1 tháng 12 năm 2025", "TP. Bình Minh", date(2025, 12, 1)),
        ("Bình Minh, ngày     tháng 3 năm 2025", "Bình Minh", None),
        ("Bình Minh, ngày … tháng … năm 2025", "Bình Minh", None),
        ("Bình Minh, ngày 31 tháng 02 năm 2025", "Bình Minh", None),
    ],
)
def test_place_and_date_as_printed(dateline, place, issued_on):
    reading = headed("ỦY BAN NHÂN DÂN\nTỈNH BÌNH MINH", "Số: 1/KH-UBND", dateline)

    assert (reading.place, reading.issued_on) == (place, issued_on)


@pytest.mark.parametrize(
    ("agency", "issuer"),
    [
        ("ỦY BAN NHÂN DÂN\nTỈNH BÌNH MINH", "Ủy ban nhân dân tỉnh Bình Minh"),
        ("ỦY BAN\nNHÂN DÂN\nXÃ ĐỒNG XANH", "Ủy ban nhân dân xã Đồng Xanh"),
        ("UBND TỈNH BÌNH MINH", "UBND tỉnh Bình Minh"),
        ("UBND TỈNH BÌNH MINH\nSỞ TÀI CHÍNH", "Sở Tài chính"),
        ("UBND TỈNH BÌNH MINH SỞ NỘI VỤ", "Sở Nội vụ"),
        ("CÔNG AN TỈNH BÌNH MINH\nPHÒNG CẢNH SÁT GIAO THÔNG", "Phòng Cảnh sát giao thông"),
        ("TỈNH ỦY BÌNH MINH\nBAN TUYÊN GIÁO\n*", "Ban Tuyên giáo"),
        ("QUỐC HỘI KHÓA XV\nĐOÀN ĐẠI BIỂU QUỐC HỘI\nTỈNH BÌNH MINH", "Đoàn đại biểu Quốc hội tỉnh Bình Minh"),
        ("BỘ NỘI VỤ", "Bộ Nội vụ"),
    ],
)
def test_issuer_below_its_parent_in_running_case(agency, issuer):
    reading = headed(agency, "Số: 1/KH-ABC", "Bình Minh, ngày 05 tháng 3 năm 2025")

    assert reading.issuer == issuer


@pytest.mark.parametrize(
    "head",
    [
        (
            rows(
                (
                    "ỦY BAN NHÂN DÂN\nTỈNH BÌNH MINH\n-------\nSố: 8/KH-UBND",
                    f"{MOTTO}\nBình Minh, ngày 06 tháng 01 năm 2025",
                )
            ),
        ),
        (
            rows(
                ("ỦY BAN NHÂN DÂN\nTỈNH BÌNH MINH", MOTTO),
                ("Số: 8/KH-UBND", "Bình Minh, ngày 06 tháng 01 năm 2025"),
            ),
        ),
        (
            rows(
                ("ỦY BAN NHÂN DÂN", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
                ("TỈNH BÌNH MINH", "", "Độc lập - Tự do - Hạnh phúc"),
                ("", "", ""),
                ("Số: 8/KH-UBND", "", "Bình Minh, ngày 06 tháng 01 năm 2025"),
            ),
        ),
        (
            "ỦY BAN NHÂN DÂN              CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "TỈNH BÌNH MINH               Độc lập - Tự do - Hạnh phúc",
            "Số: 8  /KH-UBND              Bình Minh, ngày 06   tháng 01   năm 2025",
        ),
        (
            "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |",
            "TỈNH BÌNH MINH |",
            "Số: 8/KH-UBND | Bình Minh, ngày 06 tháng 01 năm 2025 |",
        ),
        (
            "ỦY BAN NHÂN DÂN",
            "TỈNH BÌNH MINH",
            "|",
            "CỘNG",
            "HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập",
            "- Tự do - Hạnh phúc",
            "Số:",
            "8/KH-UBND",
            "|",
            "Bình Minh, ngày 06",
            "tháng 01 năm 2025",
        ),
    ],
)
def test_header_drawn_in_many_ways_reads_alike(head):
    reading = read(*head, "KẾ HOẠCH\nTuyên truyền năm 2025", BODY, format_="txt")

    found = (reading.kind, reading.number, reading.issuer, reading.place, reading.issued_on)
    expected = ("KẾ HOẠCH", "8/KH-UBND", "Ủy ban nhân dân tỉnh Bình Minh", "Bình Minh", date(2025, 1, 6))
    assert found == expected


def test_header_flattened_on_one_line():
    reading = read(
        f"ỦY BAN NHÂN DÂN TỈNH BÌNH MINH ------- {MOTTO.replace(chr(10), ' ')} --------------- "
        "Số: 77/KH-UBND Bình Minh, ngày 04 tháng 5 năm 2024 KẾ HOẠCH TRIỂN KHAI CÔNG TÁC GIA ĐÌNH NĂM 2024",
        BODY,
        format_="txt",
    )

    found = (reading.number, reading.issuer, reading.place, reading.kind, reading.title)
    assert found == (
        "77/KH-UBND",
        "Ủy ban nhân dân tỉnh Bình Minh",
        "Bình Minh",
        "KẾ HOẠCH",
        "Triển khai công tác gia đình năm 2024",
    )


def test_header_missing_reads_the_annex_line_and_the_opening():
    reading = read(
        "KẾ HOẠCH\nTuyên truyền năm 2025\nỦy ban nhân dân tỉnh Bình Minh ban hành Kế hoạch tuyên truyền như sau:",
        BODY,
        "PHỤ LỤC\n(Kèm theo Kế hoạch số 51/KH-UBND ngày 3 tháng 02 năm 2025 của Ủy ban nhân dân tỉnh)",
    )

    assert (reading.number, reading.issued_on) == ("51/KH-UBND", date(2025, 2, 3))
    assert reading.issuer == "Ủy ban nhân dân tỉnh Bình Minh"
    assert reading.place is None


def test_issuer_without_its_place_takes_it_from_the_dateline():
    reading = read(
        "ỦY BAN NHÂN DÂN |\nSố: 5/KH-UBND | Bình Minh, ngày 06 tháng 01 năm 2025 |\nKẾ HOẠCH\nTuyên truyền",
        "Thực hiện Nghị quyết số 1/NQ-CP ngày 01/01/2025 của Chính phủ, UBND tỉnh ban hành Kế hoạch như sau:",
        BODY,
    )

    assert reading.issuer == "Ủy ban nhân dân tỉnh Bình Minh"


def test_title_line_lost_is_read_from_the_opening_sentence():
    reading = read(
        "ỦY BAN NHÂN DÂN\nTỈNH BÌNH MINH\nSố: 5/KH-UBND\nBình Minh, ngày 06 tháng 01 năm 2025",
        "Thực hiện Quyết định số 1/QĐ-TTg ngày 01/01/2025 của Thủ tướng Chính phủ, UBND tỉnh xây dựng "
        "Kế hoạch chăm sóc cây xanh đến năm 2030 như sau:",
        BODY,
    )

    assert (reading.kind, reading.title) == ("KẾ HOẠCH", "Chăm sóc cây xanh đến năm 2030")
    assert reading.confidences["title"] == 0.6


@pytest.mark.parametrize(
    ("lines", "kind", "title"),
    [
        ("KẾ HOẠCH\nTruyền thông chính sách\nnăm 2025", "KẾ HOẠCH", "Truyền thông chính sách năm 2025"),
        ("KẾ\nHOẠCH\nTRIỂN KHAI\nVIỆC NHÀ NĂM 2025", "KẾ HOẠCH", "Triển khai việc nhà năm 2025"),
        ("KẾ HOẠCH TRIỂN KHAI VIỆC NHÀ", "KẾ HOẠCH", "Triển khai việc nhà"),
        (
            "Kế hoạch\nThực hiện Nghị quyết số 1/NQ-CP của Chính phủ",
            "KẾ HOẠCH",
            "Thực hiện Nghị quyết số 1/NQ-CP của Chính phủ",
        ),
        ("CHƯƠNG TRÌNH HÀNH ĐỘNG\nVề chuyển đổi số", "CHƯƠNG TRÌNH HÀNH ĐỘNG", "Về chuyển đổi số"),
        ("KẾ HOẠCH HÀNH ĐỘNG\nVề chuyển đổi số", "KẾ HOẠCH HÀNH ĐỘNG", "Về chuyển đổi số"),
        ("**KẾ HOẠCH**\n**Về chuyển đổi số**", "KẾ HOẠCH", "Về chuyển đổi số"),
        ("# KẾ HOẠCH\n## Về chuyển đổi số", "KẾ HOẠCH", "Về chuyển đổi số"),
    ],
)
def test_kind_and_title_lines(lines, kind, title):
    reading = read("BỘ NỘI VỤ\nSố: 1/KH-BNV", lines, "Căn cứ Luật Báo chí ngày 05 tháng 4 năm 2016;", BODY)

    assert (reading.kind, reading.title) == (kind, title)


def test_title_in_capitals_takes_its_casing_from_the_text():
    reading = read(
        "BỘ NỘI VỤ\nKẾ HOẠCH\nTUYÊN TRUYỀN VỀ LUẬT CĂN CƯỚC TẠI TỈNH BÌNH MINH",
        "Việc tuyên truyền về Luật Căn cước tại tỉnh Bình Minh có ý nghĩa lớn.",
        BODY,
    )

    assert reading.title == "Tuyên truyền về Luật Căn cước tại tỉnh Bình Minh"


def decision_with(plan: str):
    return read(
        "ỦY BAN NHÂN DÂN\nTỈNH BÌNH MINH\nSố: 9/QĐ-UBND\nBình Minh, ngày 04 tháng 5 năm 2024\nQUYẾT ĐỊNH\n"
        "Ban hành Kế hoạch bảo vệ trẻ em năm 2024\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH\n"
        "Căn cứ Luật Trẻ em ngày 05 tháng 4 năm 2016;\nQUYẾT ĐỊNH:\n"
        "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch bảo vệ trẻ em.\n"
        "Điều 2. Giám đốc Sở Y tế chịu trách nhiệm thi hành Quyết định này./.\n"
        "Nơi nhận:\n- Như Điều 2;\n- Lưu: VT.\nCHỦ TỊCH\nLê Văn Mẫu",
        plan,
    )


def test_decision_with_its_plan_takes_kind_and_title_of_the_plan():
    reading = decision_with(
        f"ỦY BAN NHÂN DÂN\nTỈNH BÌNH MINH\n{MOTTO}\nKẾ HOẠCH\nBảo vệ trẻ em năm 2024\n"
        "(Kèm theo Quyết định số 9/QĐ-UBND ngày 04/5/2024)\nI. MỤC ĐÍCH\n- Một việc."
    )

    assert (reading.kind, reading.title) == ("KẾ HOẠCH", "Bảo vệ trẻ em năm 2024")
    assert (reading.number, reading.issued_on) == ("9/QĐ-UBND", date(2024, 5, 4))
    assert (reading.signer.title, reading.signer.name) == ("CHỦ TỊCH", "Lê Văn Mẫu")
    assert [base.text for base in reading.legal_bases] == ["Luật Trẻ em ngày 05 tháng 4 năm 2016"]
    assert [(s.label, s.title) for s in reading.sections] == [("I", "MỤC ĐÍCH")]


def test_decision_without_a_plan_stays_a_decision():
    reading = decision_with("")

    assert (reading.kind, reading.title) == ("QUYẾT ĐỊNH", "Ban hành Kế hoạch bảo vệ trẻ em năm 2024")


def test_law_database_lines_give_what_the_header_lost():
    reading = read(
        "Số hiệu: 155/KH-UBND Loại văn bản: Văn bản khác\nNgày ban hành: 26/05/2017 Tình trạng: Còn hiệu lực",
        "KẾ HOẠCH\nTuyên truyền năm 2017",
        BODY,
    )

    assert (reading.number, reading.issued_on) == ("155/KH-UBND", date(2017, 5, 26))
