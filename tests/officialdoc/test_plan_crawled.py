"""Plans as sites and their crawlers hand them out: merged cells lost, bars, lines cut anywhere."""

from __future__ import annotations

import pytest
from plan_documents import brief

from officialdoc.read.formats import read_source
from officialdoc.read.plan import read_plan

FRONT = """Kế hoạch 15/KH-UBND
ỦY BAN NHÂN DÂN TỈNH BÌNH MINH -------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc ---------------
Số: 15/KH-UBND Bình Minh, ngày 20 tháng 01 năm 2025 KẾ HOẠCH KHẢO SÁT CÔNG VỤ NĂM 2025
I. NHIỆM VỤ
"""
BACK = """
II. TỔ CHỨC THỰC HIỆN
Các sở phối hợp thực hiện.
"""


def tasks_of(table):
    reading = read_plan(read_source(f"{FRONT}{table}{BACK}".encode(), name="ke-hoach.txt"))
    return [brief(task) for task in reading.tasks]


SURVEY = ("1", "Khảo sát hiện trạng", ["Sở Nội vụ"], ["Các sở"], "Quý I")
SYSTEM = ("1", "Khảo sát hiện trạng", ["Sở Tài chính"], ["Sở Nội vụ"], "Quý II")
REVIEW = ("2", "Tổng kết", ["Sở Nội vụ"], ["UBND các xã"], "Quý IV")


def test_short_rows_stand_under_the_titles_that_suit_them():
    table = """
| TT | Nội dung | Sản phẩm | Chủ trì | Phối hợp | Thời gian |
| --- | --- | --- | --- | --- | --- |
| 1 | Khảo sát hiện trạng | Báo cáo | Sở Nội vụ | Các sở | Quý I |
| Phần mềm | Sở Tài chính | Sở Nội vụ | Quý II |
| 2 | Tổng kết | Báo cáo | Sở Nội vụ | UBND các xã | Quý IV |
"""

    assert tasks_of(table) == [SURVEY, SYSTEM, REVIEW]


def test_lower_row_of_a_head_stands_under_its_pair_of_titles():
    table = """
| TT | Nội dung | Phân công thực hiện | Thời gian thực hiện | Ghi chú |  |  |
| --- | --- | --- | --- | --- | --- | --- |
| Chủ trì | Phối hợp | Bắt đầu | Hoàn thành |
| 1 | Khảo sát hiện trạng | Sở Nội vụ | Các sở | 01/3/2025 | 31/3/2025 |  |
| 2 | Tổng kết | Sở Nội vụ | UBND các xã |  | Quý IV | Có hướng dẫn |
"""

    assert tasks_of(table) == [(*SURVEY[:4], "01/3/2025 - 31/3/2025"), REVIEW]


def test_bar_behind_every_cell_of_a_line():
    table = """TT | Nội dung | Chủ trì | Phối hợp | Thời gian |
I | CHUẨN BỊ |
1 | Khảo sát hiện trạng | Sở Nội vụ | Các sở | Quý I |
2 | Tổng kết | Sở Nội vụ | UBND các xã | Quý IV |"""

    assert tasks_of(table) == [("I.1", *SURVEY[1:]), ("I.2", *REVIEW[1:])]


ROW_1 = "1\n|\nKhảo sát\nhiện trạng\n|\nSở Nội vụ\n|\nCác sở\n|\nQuý I\n|\n"
REST_OF_1 = "Sở Tài chính\n|\nSở Nội vụ\n|\nQuý II\n|\n"
ROW_2 = "2\n|\nTổng kết\n|\nSở\nNội vụ\n|\nUBND các xã\n|\nQuý IV\n|"
TITLES = "TT\n|\nNội dung\n|\nChủ trì\n|\nPhối hợp\n|\nThời\ngian\n|\n"


@pytest.mark.parametrize(
    ("between", "tasks"),
    [("", [SURVEY, REVIEW]), (REST_OF_1, [SURVEY, SYSTEM, REVIEW])],
    ids=["plain", "merged"],
)
def test_bar_on_a_line_of_its_own_closes_a_cell(between, tasks):
    assert tasks_of(TITLES + ROW_1 + between + ROW_2) == tasks


def test_index_row_and_pairs_of_titles_between_bars():
    index = "".join(f"({n})\n|\n" for n in range(1, 7))
    titles = "TT\n|\nNội dung\n|\nPhân công thực hiện\n|\nThời gian\n|\nGhi chú\n|\nChủ trì\n|\nPhối hợp\n|\n"

    assert tasks_of(titles + index + ROW_1 + "\n|\n" + ROW_2 + "\n\n|") == [SURVEY, REVIEW]


def test_issuer_and_signer_run_on_in_one_line_are_parted():
    text = """TỈNH ỦY BÌNH MINH BAN DÂN VẬN * -------
ĐẢNG CỘNG SẢN
VIỆT NAM ---------------
Số 15-KH/BDV Bình Minh, ngày 20 tháng 01 năm 2025 KẾ HOẠCH KHẢO SÁT CÔNG VỤ NĂM 2025
I- NHIỆM VỤ
1. Khảo sát hiện trạng.
2. Tổng kết.
Nơi nhận:
- Các ban,
- Lưu Văn phòng.
K/T TRƯỞNG BAN PHÓ TRƯỞNG BAN (Đã ký) Y Mẫu Hân ỦY BAN NHÂN DÂN TỈNH BÌNH MINH
"""

    reading = read_plan(read_source(text.encode(), name="ke-hoach.txt"))

    assert (reading.number, reading.issuer) == ("15-KH/BDV", "Ban Dân vận")
    assert reading.signer.name == "Y Mẫu Hân"
    assert reading.recipients == ["Các ban", "Lưu Văn phòng"]


def test_numbered_row_whose_merged_field_was_lost_keeps_its_columns():
    table = """
| TT | Lĩnh vực | Nhiệm vụ | Cơ quan chủ trì | Thời hạn |
| --- | --- | --- | --- | --- |
| 1 | Y tế | Khám sức khỏe | Sở Y tế | Quý I |
| 2 | Truyền thông tại trường học | Sở Y tế | Quý II |
"""

    assert tasks_of(table) == [
        ("1", "Khám sức khỏe", ["Sở Y tế"], [], "Quý I"),
        ("2", "Truyền thông tại trường học", ["Sở Y tế"], [], "Quý II"),
    ]


def test_cells_one_per_line_skip_the_empty_ones():
    lines = "TT\nNội dung\nChủ trì\nPhối hợp\nThời gian"
    first = "1\nTreo khẩu hiệu:\n- Tại trụ sở;\n- Tại chợ.\nSở Nội vụ\nTháng 4/2025"
    second = "2\nTổng kết\nSở Nội vụ\nUBND các xã\nQuý IV"

    assert tasks_of(f"{lines}\n{first}\n{second}") == [
        ("1", "Treo khẩu hiệu: - Tại trụ sở; - Tại chợ.", ["Sở Nội vụ"], [], "Tháng 4/2025"),
        REVIEW,
    ]


def test_marks_under_quarters_of_a_pair_of_head_rows():
    table = """
| TT | Nội dung | Chủ trì | Thời gian thực hiện năm 2025 |  |  |  |
| --- | --- | --- | --- | --- | --- | --- |
|  |  |  | Quý I | Quý II | Quý III | Quý IV |
| 1 | Khảo sát | Sở A |  | x | x |  |
| 2 | Tổng kết | Sở B |  |  |  | x |
"""

    assert tasks_of(table) == [
        ("1", "Khảo sát", ["Sở A"], [], "Quý II - Quý III"),
        ("2", "Tổng kết", ["Sở B"], [], "Quý IV"),
    ]
