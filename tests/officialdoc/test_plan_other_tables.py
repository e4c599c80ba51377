"""Tables that are no task tables, and tables of dates of one task."""

from __future__ import annotations

from datetime import date

import pytest
from plan_documents import brief, plan_with, rows


def tasks_of(*parts):
    return [brief(task) for task in plan_with(*parts).tasks]


@pytest.mark.parametrize(
    "table",
    [
        (
            ("STT", "Chỉ tiêu sử dụng đất", "Mã", "Tổng diện tích", "Xã A"),
            ("1", "Đất lúa", "LUA", "12,5", "3"),
        ),
        (
            ("STT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch năm 2025", "Cơ quan theo dõi"),
            ("1", "Tỷ lệ hồ sơ", "%", "90", "Sở A"),
        ),
        (
            ("Thời gian", "Nội dung", "Người thực hiện"),
            ("08h00 - 08h15", "Đón đại biểu", "Ban Tổ chức"),
            ("08h15", "Khai mạc", "Sở A"),
        ),
        (("STT", "Họ và tên", "Chức vụ", "Đơn vị"), ("1", "Trần Văn Mẫu", "Giám đốc", "Sở A")),
        (
            ("STT", "Nội dung chi", "Đơn vị tính", "Số lượng", "Thành tiền"),
            ("1", "In tờ rơi", "tờ", "100", "200.000"),
        ),
        (("Nơi nhận:\n- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"),),
    ],
)
def test_tables_of_other_kinds_hold_no_tasks(table):
    assert tasks_of(rows(*table)) == []


def test_broadcast_slots_are_occurrences_of_one_task():
    reading = plan_with(
        "II. NỘI DUNG\n1. Tổ chức 02 chương trình đối thoại phát sóng trực tiếp trên truyền hình.",
        rows(
            ("TT", "Nội dung", "Trách nhiệm thực hiện", "Thời gian"),
            ("1", "Đất đai", "Sở Nông nghiệp và Môi trường", "20h15 - 20h45 ngày 10/01/2026"),
            ("2", "Khám bệnh", "Sở Y tế", "20h15 - 20h45 ngày 24/01/2026"),
        ),
    )

    assert [(t.no, t.content) for t in reading.tasks] == [
        ("1", "Tổ chức 02 chương trình đối thoại phát sóng trực tiếp trên truyền hình.")
    ]
    assert [(o.on, o.time, o.lead, o.text) for o in reading.tasks[0].occurrences] == [
        (date(2026, 1, 10), "20:15-20:45", ["Sở Nông nghiệp và Môi trường"], "Đất đai"),
        (date(2026, 1, 24), "20:15-20:45", ["Sở Y tế"], "Khám bệnh"),
    ]


def test_two_tables_of_slots_under_one_item_are_one_series():
    head = ("TT", "Nội dung", "Trách nhiệm thực hiện", "Thời gian")
    reading = plan_with(
        "II. HOẠT ĐỘNG\n1. Phát sóng trực tiếp chương trình đối thoại\n- Thời lượng: 30 phút.\na) Cấp tỉnh",
        rows(
            head, ("1", "Đất đai", "Sở A", "Ngày 10/01/2026"), ("2", "Khám bệnh", "Sở B", "Ngày 24/01/2026")
        ),
        "b) Cấp xã",
        rows(
            head,
            ("1", "Một cửa", "UBND xã C", "Ngày 13/3/2026"),
            ("2", "Chuyển đổi số", "UBND xã D", "Ngày 27/3/2026"),
        ),
        "2. Tổ chức cuộc thi\n- Đơn vị chủ trì: Sở A",
    )

    assert [(t.path, t.content, len(t.occurrences)) for t in reading.tasks] == [
        ("II.1", "Phát sóng trực tiếp chương trình đối thoại", 4),
        ("II.2", "Tổ chức cuộc thi", 0),
    ]
    assert [o.lead for o in reading.tasks[0].occurrences] == [
        ["Sở A"],
        ["Sở B"],
        ["UBND xã C"],
        ["UBND xã D"],
    ]
