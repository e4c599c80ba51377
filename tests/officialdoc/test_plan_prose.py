"""Tasks, duties, topics and rules of reporting in running text."""

from __future__ import annotations

from datetime import date

import pytest
from plan_documents import HEAD_ROW, brief, plan_with, read, rows


def test_label_lines_make_a_task():
    task = plan_with(
        "II. NHIỆM VỤ\n1. Công tác tuyên truyền\na) Tổ chức 03 hội nghị phổ biến nếp sống\n"
        "- Cơ quan chủ trì: Sở Văn hóa, Thể thao và Du lịch.\n"
        "- Cơ quan phối hợp: Các sở, ban, ngành; UBND các xã, phường.\n"
        "- Thời gian hoàn thành: Quý II năm 2025.\n- Sản phẩm: Báo cáo kết quả.\n- Địa điểm: Tại các xã."
    ).tasks[0]

    assert brief(task) == (
        "II.1.a",
        "Tổ chức 03 hội nghị phổ biến nếp sống",
        ["Sở Văn hóa, Thể thao và Du lịch"],
        ["Các sở, ban, ngành", "UBND các xã, phường"],
        "Quý II năm 2025",
    )
    assert (task.due_on, task.product, task.group) == (
        date(2025, 6, 30),
        "Báo cáo kết quả",
        "Công tác tuyên truyền",
    )
    assert [(item.label, item.text) for item in task.details] == [("Địa điểm", "Tại các xã.")]


@pytest.mark.parametrize(
    "lines",
    [
        "- Đơn vị chủ trì: Sở A\n- Đơn vị phối hợp: Sở B\n- Thời gian thực hiện: Quý I",
        "+ Chủ trì: Sở A.\n+ Phối hợp: Sở B.\n+ Thời gian: Quý I.",
        "Cơ quan chủ trì: Sở A\nCơ quan phối hợp: Sở B\nThời hạn: Quý I",
        "- Cơ quan thực hiện: Sở A chủ trì, phối hợp với Sở B.\n* Thời gian thực hiện: Quý I.",
        "- Phân công thực hiện: Sở A chủ trì; Sở B phối hợp.\n- Tiến độ: Quý I.",
        "- Đơn vị chủ trì: Sở A; đơn vị phối hợp: Sở B; thời gian: Quý I.",
        "- Đơn vị chủ trì:\n+ Sở A\n- Đơn vị phối hợp:\n+ Sở B\n- Thời gian: Quý I",
        "a) Cơ quan chủ trì: Sở A.\nb) Cơ quan phối hợp: Sở B.\nc) Thời gian thực hiện: Quý I.",
        "- Giao Sở A chủ trì, phối hợp với Sở B triển khai thực hiện.\n- Thời gian thực hiện: Quý I",
    ],
)
def test_label_lines_in_other_words(lines):
    reading = plan_with(f"II. NHIỆM VỤ\n1. Rà soát quy chế\n{lines}\n2. Việc khác\n- Đơn vị chủ trì: Sở C")

    assert brief(reading.tasks[0]) == ("II.1", "Rà soát quy chế", ["Sở A"], ["Sở B"], "Quý I")


def test_labels_in_brackets_behind_the_item():
    reading = plan_with(
        "II. NHIỆM VỤ\n1. Kiểm tra tại cơ sở (Đơn vị chủ trì: Sở A; đơn vị phối hợp: Sở B; thời gian: Quý III/2025).\n"
        "2. Tổng kết (Sở A chủ trì, phối hợp với Sở C)."
    )

    assert [brief(task) for task in reading.tasks] == [
        ("II.1", "Kiểm tra tại cơ sở", ["Sở A"], ["Sở B"], "Quý III/2025"),
        ("II.2", "Tổng kết", ["Sở A"], ["Sở C"], None),
    ]


def test_content_is_the_whole_item_up_to_its_labels():
    reading = plan_with(
        "II. NHIỆM VỤ\n1. Mở chiến dịch.\nChiến dịch gồm hai đợt:\n- Đợt một ở xã.\n- Đợt hai ở phường.\n"
        "- Cơ quan thực hiện: Sở A\n- Thời gian: Quý I"
    )

    assert [task.content for task in reading.tasks] == [
        "Mở chiến dịch. Chiến dịch gồm hai đợt: Đợt một ở xã. Đợt hai ở phường."
    ]


def test_performing_is_the_lead_only_without_one():
    reading = plan_with(
        "II. NHIỆM VỤ\n1. Triển lãm\n- Đơn vị chủ trì: Sở A\n- Đơn vị thực hiện: Bảo tàng tỉnh\n"
        "2. Hội chợ\n- Đơn vị thực hiện: Bảo tàng tỉnh"
    )

    assert [(t.lead, t.performing) for t in reading.tasks] == [
        (["Sở A"], ["Bảo tàng tỉnh"]),
        (["Bảo tàng tỉnh"], []),
    ]


def test_unlabelled_neighbours_of_tasks_are_tasks():
    reading = plan_with(
        "II. NHIỆM VỤ\n1. Nhóm một\n1.1. Quán triệt chỉ thị.\n1.2. Mở lớp\n- Cơ quan thực hiện: Sở A"
        "\n2. Chủ đề năm\nSống xanh."
    )

    assert [(t.path, t.content, t.lead) for t in reading.tasks] == [
        ("II.1.1", "Quán triệt chỉ thị.", []),
        ("II.1.2", "Mở lớp", ["Sở A"]),
    ]


def test_numbers_hanging_at_line_ends_open_the_next_item():
    reading = read(
        "KẾ HOẠCH\nThử\nII. NHIỆM VỤ 1.\nMở lớp\n- Cơ quan thực hiện: Sở A -Thời gian thực hiện: Quý I/2025.\n2.\nTổng kết\n"
        "- Cơ quan thực hiện: Sở B",
        format_="txt",
    )

    assert [(t.path, t.content, t.lead, t.due_text) for t in reading.tasks] == [
        ("II.1", "Mở lớp", ["Sở A"], "Quý I/2025"),
        ("II.2", "Tổng kết", ["Sở B"], None),
    ]


def test_bullets_with_their_own_labels_are_tasks_of_the_item():
    reading = plan_with(
        "II. NỘI DUNG\n1. Giai đoạn chuẩn bị\n- Lập ban tổ chức. Đơn vị thực hiện: Sở A. Thời gian: tháng 3/2025.\n"
        "- In tài liệu\n+ Đơn vị thực hiện: Báo Bình Minh\n+ Thời gian: tháng 4/2025"
    )

    assert [(t.content, t.group, t.lead, t.due_on) for t in reading.tasks] == [
        ("Lập ban tổ chức.", "Giai đoạn chuẩn bị", ["Sở A"], date(2025, 3, 31)),
        ("In tài liệu", "Giai đoạn chuẩn bị", ["Báo Bình Minh"], date(2025, 4, 30)),
    ]


def test_sections_that_say_who_organises_are_no_tasks():
    reading = plan_with(
        "II. CƠ QUAN TỔ CHỨC\n1. Cơ quan chỉ đạo: UBND tỉnh.\n2. Đơn vị chủ trì thực hiện: Sở A."
    )

    assert reading.tasks == []


def test_labelled_items_under_a_section_of_assignments_are_tasks():
    reading = plan_with(
        "II. PHÂN CÔNG NHIỆM VỤ\n1. Mở lớp\n- Đơn vị chủ trì: Sở A\n- Thời gian: Quý I\n2. Tổng kết\n- Đơn vị chủ trì: Sở B"
    )

    assert [brief(task) for task in reading.tasks] == [
        ("II.1", "Mở lớp", ["Sở A"], [], "Quý I"),
        ("II.2", "Tổng kết", ["Sở B"], [], None),
    ]


def test_sentences_that_name_the_lead_are_tasks():
    reading = plan_with(
        "II. NHIỆM VỤ\n1. Giao Sở A chủ trì, phối hợp với Sở B xây dựng đề án, hoàn thành trước ngày 30/6/2025.\n"
        "2. Sở C chủ trì, phối hợp với các sở, ngành rà soát văn bản."
    )

    assert [(t.path, t.lead, t.coordinating, t.due_text, t.due_on, t.before) for t in reading.tasks] == [
        ("II.1", ["Sở A"], ["Sở B"], "hoàn thành trước ngày 30/6/2025", date(2025, 6, 30), True),
        ("II.2", ["Sở C"], ["các sở, ngành"], None, None, False),
    ]


BLOCKS = (
    "II. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ\na) Chủ trì, phối hợp với Sở Y tế tổ chức 02 lớp tập huấn.\nb) Theo dõi, đôn đốc.\n"
    "2. Đề nghị Hội Nông dân tỉnh: Vận động hội viên.\n3. UBND các xã, phường\nTuyên truyền trên loa.\n"
    "4. Công an tỉnh bảo đảm trật tự."
)


def test_agency_blocks_are_duties():
    reading = plan_with(BLOCKS)

    assert [(d.agency, d.text) for d in reading.duties] == [
        ("Sở Nội vụ", "Chủ trì, phối hợp với Sở Y tế tổ chức 02 lớp tập huấn."),
        ("Sở Nội vụ", "Theo dõi, đôn đốc."),
        ("Hội Nông dân tỉnh", "Vận động hội viên."),
        ("UBND các xã, phường", "Tuyên truyền trên loa."),
        ("Công an tỉnh", "bảo đảm trật tự."),
    ]


def test_duties_are_tasks_only_without_tables_and_labels():
    alone = plan_with(BLOCKS)
    with_table = plan_with(rows(HEAD_ROW, ("1", "Một", "Sở A", "", "Quý I")), BLOCKS)

    assert brief(alone.tasks[0])[1:4] == (
        "Chủ trì, phối hợp với Sở Y tế tổ chức 02 lớp tập huấn.",
        ["Sở Nội vụ"],
        ["Sở Y tế"],
    )
    assert [t.content for t in with_table.tasks] == ["Một"]
    assert len(alone.tasks) == len(alone.duties) == 5


def test_duties_of_a_bare_decision_are_no_tasks():
    reading = read(
        "ỦY BAN NHÂN DÂN\nTỈNH BÌNH MINH\nSố: 9/QĐ-UBND\nQUYẾT ĐỊNH\nVề việc phân công\nQUYẾT ĐỊNH:\n"
        "Điều 1. Sở Y tế có trách nhiệm:\n1. Lập danh sách.\n2. Báo cáo kết quả.\n"
        "Điều 2. Giám đốc Sở Y tế chịu trách nhiệm thi hành Quyết định này./.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"
    )

    assert [(d.agency, d.text) for d in reading.duties] == [
        ("Sở Y tế", "Lập danh sách."),
        ("Sở Y tế", "Báo cáo kết quả."),
    ]
    assert reading.tasks == []


def test_names_behind_a_colon_belong_to_the_agency():
    reading = plan_with(
        "II. TỔ CHỨC THỰC HIỆN\n1. UBND các phường: Bình An, Bình Hòa và UBND xã Đồng Xanh.\n- Dọn vệ sinh."
    )

    assert [(d.agency, d.text) for d in reading.duties] == [
        ("UBND các phường: Bình An, Bình Hòa và UBND xã Đồng Xanh", "Dọn vệ sinh.")
    ]


def test_agency_blocks_without_their_section_title():
    reading = plan_with("1. Sở Y tế\n- Khám bệnh.\n2. Sở Nội vụ\n- Lập danh sách.")

    assert [(d.agency, d.text) for d in reading.duties] == [
        ("Sở Y tế", "Khám bệnh."),
        ("Sở Nội vụ", "Lập danh sách."),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        "II. NỘI DUNG TUYÊN TRUYỀN\n1. Chủ trương mới.\n- Chi tiết.\n2. Kết quả.\nIII. HÌNH THỨC TUYÊN TRUYỀN\n1. Trên báo.\n2. Trên loa.",
        (
            "II. NỘI DUNG, HÌNH THỨC TUYÊN TRUYỀN\n1. Nội dung tuyên truyền\na) Chủ trương mới.\nThêm chi tiết.\nb) Kết quả.\n"
            "2. Hình thức tuyên truyền\na) Trên báo.\nb) Trên loa."
        ),
        "II. NỘI DUNG, HÌNH THỨC TRUYỀN THÔNG\n1. Nội dung\n- Chủ trương mới.\n- Kết quả.\n2. Hình thức\n- Trên báo.\n- Trên loa.",
    ],
)
def test_topics_and_forms(lines):
    reading = plan_with(lines)

    assert [item.text for item in reading.topics] == ["Chủ trương mới.", "Kết quả."]
    assert [item.text for item in reading.forms] == ["Trên báo.", "Trên loa."]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Định kỳ hàng quý báo cáo UBND tỉnh.", ("UBND tỉnh", "quarterly", None, None, False)),
        (
            "Tổng hợp, báo cáo UBND tỉnh trước ngày 10 tháng 12 hằng năm.",
            ("UBND tỉnh", "yearly", "12-10", None, True),
        ),
        (
            "Báo cáo năm gửi trước ngày 02/11 về Sở Nội vụ để tổng hợp.",
            ("Sở Nội vụ", "yearly", "11-02", None, True),
        ),
        (
            "Báo cáo kết quả về Sở Nội vụ trước ngày 15/12/2025.",
            ("Sở Nội vụ", "once", None, date(2025, 12, 15), True),
        ),
        ("Tổng hợp, báo cáo kết quả định kỳ về UBND tỉnh.", ("UBND tỉnh", "periodic", None, None, False)),
        ("Hằng tháng báo cáo Sở Nội vụ.", ("Sở Nội vụ", "monthly", None, None, False)),
        ("Báo cáo tuần gửi Văn phòng UBND tỉnh.", ("Văn phòng UBND tỉnh", "weekly", None, None, False)),
    ],
)
def test_rule_of_reporting(line, rule):
    reading = plan_with(f"II. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\n- {line}")

    assert [(r.who, r.to, r.recurrence, r.month_day, r.due_on, r.before) for r in reading.reporting] == [
        ("Sở Y tế", *rule)
    ]


def test_two_dates_of_reporting_are_two_rules():
    reading = plan_with(
        "II. TỔ CHỨC THỰC HIỆN\n1. Các đơn vị báo cáo định kỳ 6 tháng (trước ngày 15/6), năm (trước ngày 15/12) về Sở Nội vụ."
    )

    assert [(r.recurrence, r.month_day) for r in reading.reporting] == [
        ("periodic", "06-15"),
        ("yearly", "12-15"),
    ]


def test_report_without_period_is_no_rule():
    reading = plan_with(
        "II. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\n- Báo cáo kết quả theo quy định.\n- Cử báo cáo viên hằng quý."
    )

    assert reading.reporting == []


def test_closing_paragraph_names_who_reports():
    reading = plan_with(
        "II. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\n- Khám bệnh.\n"
        "Trên đây là Kế hoạch năm 2025. Đề nghị Hội Nông dân tỉnh; yêu cầu các sở, ban, ngành tổ chức thực hiện, "
        "báo cáo hàng quý về Sở Nội vụ./."
    )

    assert [(r.who, r.to, r.recurrence) for r in reading.reporting] == [
        ("Hội Nông dân tỉnh; các sở, ban, ngành", "Sở Nội vụ", "quarterly")
    ]
    assert [d.text for d in reading.duties] == ["Khám bệnh."]
