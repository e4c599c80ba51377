"""Task tables in every layout met."""

from __future__ import annotations

from datetime import date

import pytest
from plan_documents import HEAD_ROW, Merged, brief, plan_with, rows


def tasks_of(*parts):
    return [brief(task) for task in plan_with(*parts).tasks]


def test_rows_become_tasks_with_their_cells():
    task = plan_with(
        rows(
            (*HEAD_ROW, "Sản phẩm", "Ghi chú"),
            (
                "1",
                "Tổ chức 03 hội nghị",
                "Sở Nội vụ",
                "Sở Y tế; các sở, ngành",
                "Quý II/2025",
                "Báo cáo",
                "Nhiệm vụ chuyển tiếp năm 2024",
            ),
        )
    ).tasks[0]

    assert brief(task) == (
        "1",
        "Tổ chức 03 hội nghị",
        ["Sở Nội vụ"],
        ["Sở Y tế", "các sở, ngành"],
        "Quý II/2025",
    )
    assert (task.starts_on, task.due_on) == (date(2025, 4, 1), date(2025, 6, 30))
    assert [(t.quantity, t.unit) for t in task.targets] == [(3, "hội nghị")]
    assert (task.product, task.note, task.carried_over_from) == (
        "Báo cáo",
        "Nhiệm vụ chuyển tiếp năm 2024",
        2024,
    )
    assert (task.source.table, task.source.row, task.confidence) == (0, 1, 0.98)


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("Cơ quan chủ trì", "lead"),
        ("Đơn vị\nchủ trì", "lead"),
        ("Bộ, ngành chủ trì", "lead"),
        ("CHỦ TRÌ THỰC HIỆN", "lead"),
        ("Trách nhiệm thực hiện", "lead"),
        ("Cơ quan thực hiện", "lead"),
        ("Đơn vị đầu mối", "lead"),
        ("Phối hợp", "coordinating"),
        ("Đơn vị cho ý kiến", "coordinating"),
        ("Theo dõi, kiểm tra, đôn đốc", "monitoring"),
    ],
)
def test_column_titles_say_who(title, field):
    task = plan_with(
        rows(("STT", "Nhiệm vụ", title, "Thời hạn"), ("1", "Trồng cây", "Sở Y tế", "Quý I"))
    ).tasks[0]

    assert getattr(task, field) == ["Sở Y tế"]


@pytest.mark.parametrize(
    "title", ["Nội dung công việc", "Nhiệm vụ", "Hành động cụ thể", "Nội dung", "Tên văn bản", "Công việc"]
)
@pytest.mark.parametrize(
    "due", ["Thời gian thực hiện/ hoàn thành", "Thời gian trình", "Thời hạn", "Tiến độ", "Hạn hoàn thành"]
)
def test_column_titles_say_what_and_when(title, due):
    found = tasks_of(rows(("TT", title, "Chủ trì", due), ("1", "Trồng cây", "Sở Y tế", "Quý I")))

    assert found == [("1", "Trồng cây", ["Sở Y tế"], [], "Quý I")]


def test_columns_in_any_order():
    found = tasks_of(
        rows(
            ("Thời hạn", "Đơn vị phối hợp", "Đơn vị chủ trì", "Nhiệm vụ", "STT"),
            ("30/6/2025", "Sở Y tế", "Sở Nội vụ", "Lập danh sách", "09"),
        )
    )

    assert found == [("09", "Lập danh sách", ["Sở Nội vụ"], ["Sở Y tế"], "30/6/2025")]


@pytest.mark.parametrize(
    "head",
    [
        (
            (
                Merged("STT", 2),
                Merged("Nội dung", 2),
                Merged("Cơ quan thực hiện", 1, 2),
                Merged("Thời gian\nthực hiện\n(Năm 2026)", 2),
            ),
            ("Chủ trì", "Phối hợp"),
        ),
        (
            ("TT", "Nội dung", "Cơ quan thực hiện", "", "Thời gian (Năm 2026)"),
            ("", "", "Chủ trì", "Phối hợp", ""),
        ),
    ],
)
def test_head_of_two_rows_with_the_year(head):
    task = plan_with(rows(*head, ("1", "Mở lớp", "Sở Nội vụ", "UBND các xã, phường", "Quý II"))).tasks[0]

    assert brief(task) == ("1", "Mở lớp", ["Sở Nội vụ"], ["UBND các xã, phường"], "Quý II")
    assert task.due_on == date(2026, 6, 30)


def test_index_row_and_repeated_head_are_no_tasks():
    found = tasks_of(
        rows(HEAD_ROW, ("(1)", "(2)", "(3)", "(4)", "(5)"), ("1", "Một", "Sở A", "", "Quý I")),
        rows(HEAD_ROW, ("2", "Hai", "Sở B", "", "Quý I")),
    )

    assert [task[:2] for task in found] == [("1", "Một"), ("2", "Hai")]


@pytest.mark.parametrize(
    "group",
    [
        ("I", Merged("Thể chế", 1, 4)),
        ("I", "Thể chế", "", "", ""),
        (Merged("I. Thể chế", 1, 5),),
        ("I.", "Thể chế\u00a0", "\u00a0", "", ""),
    ],
)
def test_group_rows_with_restarted_numbers(group):
    reading = plan_with(
        rows(
            HEAD_ROW,
            group,
            ("1", "Rà soát", "Sở Tư pháp", "", "Quý I"),
            ("2", "Ban hành", "Sở Tư pháp", "", "Quý II"),
            ("II", "Thủ tục", "", "", ""),
            ("1", "Cắt giảm", "Sở Nội vụ", "", "Quý I"),
        )
    )

    assert [(task.path, task.group) for task in reading.tasks] == [
        ("I.1", "Thể chế"),
        ("I.2", "Thể chế"),
        ("II.1", "Thủ tục"),
    ]


def test_group_rows_of_decimal_numbers():
    reading = plan_with(
        rows(
            HEAD_ROW,
            ("1", "Công vụ", "", "", ""),
            ("1.1", "Đánh giá", "Sở Nội vụ", "", "Quý I"),
            ("1.2", "Thi nâng ngạch", "Sở Nội vụ", "", "Quý II"),
            ("2", "Tài chính công", "", "", ""),
            ("2.1", "Quyết toán", "Sở Tài chính", "", "Quý IV"),
        )
    )

    assert [(t.no, t.path, t.group) for t in reading.tasks] == [
        ("1.1", "1.1", "Công vụ"),
        ("1.2", "1.2", "Công vụ"),
        ("2.1", "2.1", "Tài chính công"),
    ]


def test_group_row_over_rows_without_numbers():
    reading = plan_with(
        rows(
            HEAD_ROW,
            ("1", "Truyền thông", "", "", ""),
            ("", "- Viết tin bài", "Báo Bình Minh", "", "Hằng tháng"),
            ("", "- Làm phóng sự", "Đài Bình Minh", "", "Quý II"),
        )
    )

    assert [(t.content, t.group) for t in reading.tasks] == [
        ("- Viết tin bài", "Truyền thông"),
        ("- Làm phóng sự", "Truyền thông"),
    ]


def test_content_merged_over_rows_of_their_own_is_a_task_each():
    found = tasks_of(
        rows(
            HEAD_ROW,
            (Merged("1", 2), Merged("Tổ chức hội thi", 2), "Sở Nội vụ", "Tỉnh đoàn", "Quý I"),
            ("Sở Y tế", "Các trường", "Quý II"),
            ("2", "Mở chuyên mục", "Báo Bình Minh", "", "Cả năm 2025"),
        )
    )

    assert found == [
        ("1", "Tổ chức hội thi", ["Sở Nội vụ"], ["Tỉnh đoàn"], "Quý I"),
        ("1", "Tổ chức hội thi", ["Sở Y tế"], ["Các trường"], "Quý II"),
        ("2", "Mở chuyên mục", ["Báo Bình Minh"], [], "Cả năm 2025"),
    ]


def test_merged_cells_dropped_by_a_crawler():
    found = tasks_of(
        rows(
            HEAD_ROW,
            ("1", "Tổ chức hội thi", "Sở Nội vụ", "Tỉnh đoàn", "Quý I"),
            ("Sở Y tế", "Các trường", "Quý II", "", ""),
        )
    )

    assert found[1] == ("1", "Tổ chức hội thi", ["Sở Y tế"], ["Các trường"], "Quý II")


def test_lead_merged_over_rows_leads_each():
    found = tasks_of(
        rows(
            HEAD_ROW,
            ("1", "Một", Merged("Sở Nội vụ", 2), "", Merged("Quý I", 2)),
            ("2", "Hai", ""),
        )
    )

    assert [(task[1], task[2], task[4]) for task in found] == [
        ("Một", ["Sở Nội vụ"], "Quý I"),
        ("Hai", ["Sở Nội vụ"], "Quý I"),
    ]


def test_aim_column_over_activities_is_the_group():
    reading = plan_with(
        rows(
            ("TT", "Mục tiêu", "Hoạt động", "Cơ quan chủ trì", "Thời gian"),
            (Merged("1", 2), Merged("Nâng nhận thức", 2), "Phát tờ rơi", "Sở A", "Quý I"),
            ("Treo băng rôn", "Sở B", "Quý II"),
        )
    )

    assert [(t.content, t.group) for t in reading.tasks] == [
        ("Phát tờ rơi", "Nâng nhận thức"),
        ("Treo băng rôn", "Nâng nhận thức"),
    ]


def test_row_cut_by_a_page_break_inside_one_table():
    reading = plan_with(
        rows(
            HEAD_ROW,
            ("1", "Duy trì chuyên mục “Nếp sống,", "Báo Bình Minh", "", "Quý I"),
            ("", "văn minh” trên báo.", "", "", ""),
            ("2", "Viết bài", "Báo Bình Minh", "", "Quý II"),
        )
    )

    assert [t.content for t in reading.tasks] == [
        "Duy trì chuyên mục “Nếp sống, văn minh” trên báo.",
        "Viết bài",
    ]
    assert [(w.code, w.message) for w in reading.warnings] == [
        ("continued_row", "Hàng 1 bị ngắt trang, đã nối lại.")
    ]


def test_row_cut_by_a_page_break_between_two_tables():
    found = tasks_of(
        rows(HEAD_ROW, ("1", "Tổ chức tập huấn cho cán bộ", "Sở Nội vụ", "Sở Nông nghiệp", "Quý I")),
        rows(("", "ở cơ sở", "", "và Môi trường", ""), ("2", "Viết bài", "Báo Bình Minh", "", "Quý II")),
    )

    assert found == [
        (
            "1",
            "Tổ chức tập huấn cho cán bộ ở cơ sở",
            ["Sở Nội vụ"],
            ["Sở Nông nghiệp và Môi trường"],
            "Quý I",
        ),
        ("2", "Viết bài", ["Báo Bình Minh"], [], "Quý II"),
    ]


def test_lists_and_markup_inside_cells():
    found = tasks_of(
        rows(
            HEAD_ROW,
            (
                "1",
                '<ul style="x"> - Việc một. - Việc hai. </ul>',
                "Sở A",
                "<ul><li>- Sở B</li><li>- Sở C.</li></ul>",
                "Quý I",
            ),
        )
    )

    assert found == [("1", "- Việc một. - Việc hai.", ["Sở A"], ["Sở B", "Sở C"], "Quý I")]


@pytest.mark.parametrize("mark", ["nt", "-nt-", "Như trên", '"'])
def test_ditto_marks_repeat_the_cell_above(mark):
    found = tasks_of(rows(HEAD_ROW, ("1", "Một", "Sở A", "", "Quý I"), ("2", "Hai", mark, "", "Quý I")))

    assert found[1][2] == ["Sở A"]


@pytest.mark.parametrize(
    ("cell", "lead", "coordinating"),
    [
        (
            "- Chủ trì: Tỉnh đoàn\n- Phối hợp: Sở Y tế, Hội Nông dân tỉnh",
            ["Tỉnh đoàn"],
            ["Sở Y tế", "Hội Nông dân tỉnh"],
        ),
        ("Tỉnh đoàn chủ trì, phối hợp với Sở Y tế", ["Tỉnh đoàn"], ["Sở Y tế"]),
        ("Chủ trì: Tỉnh đoàn", ["Tỉnh đoàn"], []),
    ],
)
def test_one_column_for_lead_and_coordinating(cell, lead, coordinating):
    found = tasks_of(
        rows(
            ("TT", "Nhiệm vụ", "Cơ quan chủ trì, phối hợp", "Thời gian"), ("1", "Trồng cây", cell, "Tháng 2")
        )
    )

    assert found == [("1", "Trồng cây", lead, coordinating, "Tháng 2")]


def test_performing_beside_a_lead_and_other_columns_as_details():
    task = plan_with(
        rows(
            ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan thực hiện", "Cấp trình", "Thời gian trình"),
            ("1", "Trồng cây", "Sở A", "Sở B", "UBND tỉnh", "Tháng 2"),
        )
    ).tasks[0]

    assert (task.lead, task.performing) == (["Sở A"], ["Sở B"])
    assert [(item.label, item.text) for item in task.details] == [("Cấp trình", "UBND tỉnh")]


def test_cells_one_per_line():
    found = tasks_of(
        "TT\nNội dung công việc\nCơ quan chủ trì\nCơ quan phối hợp\nThời gian hoàn thành\n"
        "1\nViết bài\nBáo Bình Minh\nSở Nội vụ\nQuý I/2025\n"
        "2\nMở lớp\nSở Nội vụ\nQuý II/2025\n"
        "3\nTổng kết\nSở Nội vụ\nVăn phòng UBND tỉnh\nQuý IV/2025"
    )

    assert found == [
        ("1", "Viết bài", ["Báo Bình Minh"], ["Sở Nội vụ"], "Quý I/2025"),
        ("2", "Mở lớp", ["Sở Nội vụ"], [], "Quý II/2025"),
        ("3", "Tổng kết", ["Sở Nội vụ"], ["Văn phòng UBND tỉnh"], "Quý IV/2025"),
    ]
