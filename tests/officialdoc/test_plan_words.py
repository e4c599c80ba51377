"""Small stages: deadlines, agencies, targets, letters."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officialdoc.read.plan.agencies import parties_in, split_agencies
from officialdoc.read.plan.deadlines import Deadline, read_deadline
from officialdoc.read.plan.letters import bare, fold
from officialdoc.read.plan.targets import targets_in


@pytest.mark.parametrize(
    ("words", "starts_on", "due_on", "before"),
    [
        ("Cả năm 2019", date(2019, 1, 1), date(2019, 12, 31), False),
        ("Cả năm", date(2025, 1, 1), date(2025, 12, 31), False),
        ("Năm 2026", date(2026, 1, 1), date(2026, 12, 31), False),
        ("2021 - 2025", date(2021, 1, 1), date(2025, 12, 31), False),
        ("Giai đoạn 2021-2025", date(2021, 1, 1), date(2025, 12, 31), False),
        ("Quý II", date(2025, 4, 1), date(2025, 6, 30), False),
        ("Quý II, III/2015", date(2015, 4, 1), date(2015, 9, 30), False),
        ("Quý IV/2025 và quý I/2026", date(2025, 10, 1), date(2026, 3, 31), False),
        ("Quý I đến quý III/2026", date(2026, 1, 1), date(2026, 9, 30), False),
        ("Hoàn thành trong quý III/2020", date(2020, 7, 1), date(2020, 9, 30), False),
        ("6/2025", date(2025, 6, 1), date(2025, 6, 30), False),
        ("Tháng 3", date(2025, 3, 1), date(2025, 3, 31), False),
        ("Tháng 3, 4/2026", date(2026, 3, 1), date(2026, 4, 30), False),
        ("Tháng 02 năm 2024", date(2024, 2, 1), date(2024, 2, 29), False),
        ("Đến hết tháng 6/2025", None, date(2025, 6, 30), False),
        ("06 tháng đầu năm", date(2025, 1, 1), date(2025, 6, 30), False),
        ("6 tháng cuối năm 2026", date(2026, 7, 1), date(2026, 12, 31), False),
        ("30/6", None, date(2025, 6, 30), False),
        ("ngày 11/9/2026 (thứ Sáu)", None, date(2026, 9, 11), False),
        ("20h15 ngày 02 tháng 11 năm 2019", None, date(2019, 11, 2), False),
        ("15 - 20/3/2026", date(2026, 3, 15), date(2026, 3, 20), False),
        ("từ ngày 11/9/2026 đến ngày 20/9/2026", date(2026, 9, 11), date(2026, 9, 20), False),
        ("từ ngày 11/9 đến hết năm 2026", date(2026, 9, 11), date(2026, 12, 31), False),
        ("Từ tháng 3 đến tháng 6 năm 2026", date(2026, 3, 1), date(2026, 6, 30), False),
        ("từ quý II/2026", date(2026, 4, 1), None, False),
        ("Chậm nhất ngày 30/6/2025", None, date(2025, 6, 30), False),
        ("Trước ngày 15/12/2025", None, date(2025, 12, 15), True),
        ("Trước 30/6", None, date(2025, 6, 30), True),
        ("Trước tháng 6/2026", None, date(2026, 6, 1), True),
        ("Trước ngày 31/01 năm liền kề", None, date(2026, 1, 31), True),
        ("31/02/2025", None, None, False),
        ("khi thuận tiện", None, None, False),
    ],
)
def test_deadline_words(words, starts_on, due_on, before):
    assert read_deadline(words, 2025) == Deadline(starts_on, due_on, before)


@pytest.mark.parametrize(
    "words",
    [
        "Thường xuyên",
        "Thực hiện thường xuyên trong năm",
        "Hằng tháng",
        "Hàng năm, trước ngày 15/11",
        "Sau 03 tháng kể từ ngày ban hành",
        "Theo kế hoạch của tỉnh",
        "Sau khi có hướng dẫn của Bộ",
    ],
)
def test_deadline_without_a_date_on_purpose(words):
    assert read_deadline(words, 2025) == Deadline(is_open=True)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Sở Nội vụ, Ban Tuyên giáo, các cơ quan báo chí",
            ["Sở Nội vụ", "Ban Tuyên giáo", "các cơ quan báo chí"],
        ),
        ("Sở A; Sở B\nSở C", ["Sở A", "Sở B", "Sở C"]),
        ("- Sở Nội vụ\n- Sở Y tế.", ["Sở Nội vụ", "Sở Y tế"]),
        ("- Sở Nội vụ - Sở Y tế.", ["Sở Nội vụ", "Sở Y tế"]),
        ("Sở Văn hóa, Thể thao và Du lịch và Sở Y tế", ["Sở Văn hóa, Thể thao và Du lịch", "Sở Y tế"]),
        ("Sở Lao động - Thương binh và Xã hội", ["Sở Lao động - Thương binh và Xã hội"]),
        ("UBND các xã, phường, đặc khu", ["UBND các xã, phường, đặc khu"]),
        ("Các sở, ban, ngành; UBND cấp xã", ["Các sở, ban, ngành", "UBND cấp xã"]),
        (
            "các sở, ngành, Liên đoàn Lao động tỉnh và địa phương",
            ["các sở, ngành", "Liên đoàn Lao động tỉnh", "địa phương"],
        ),
        ("Văn phòng Đoàn ĐBQH và HĐND tỉnh", ["Văn phòng Đoàn ĐBQH và HĐND tỉnh"]),
        ("Lãnh đạo\nSở Y tế", ["Sở Y tế"]),
        ("Văn phòng\nUBND tỉnh", ["Văn phòng UBND tỉnh"]),
        ("Sở Nông nghiệp\nvà Môi trường", ["Sở Nông nghiệp và Môi trường"]),
        ("sở Nội vụ, sở Y tế, các đơn vị liên quan...", ["sở Nội vụ", "sở Y tế", "các đơn vị liên quan"]),
        (
            "Các doanh nghiệp, tổ chức, cá nhân có liên quan.",
            ["Các doanh nghiệp, tổ chức, cá nhân có liên quan"],
        ),
        ("các đơn vị và Uỷ ban nhân dân tỉnh", ["các đơn vị", "Uỷ ban nhân dân tỉnh"]),
        ("", []),
        (None, []),
    ],
)
def test_agencies_split_at_their_boundaries(text, names):
    assert split_agencies(text) == names


@pytest.mark.parametrize(
    ("text", "lead", "coordinating"),
    [
        ("Sở A chủ trì, phối hợp với Sở B; các sở, ngành.", ["Sở A"], ["Sở B", "các sở, ngành"]),
        (
            "Sở A chủ trì phối hợp với đơn vị có liên quan tham mưu thực hiện.",
            ["Sở A"],
            ["đơn vị có liên quan"],
        ),
        ("Chủ trì: Sở A; Phối hợp: Sở B", ["Sở A"], ["Sở B"]),
        ("Sở A đôn đốc, hướng dẫn các đơn vị thực hiện.", ["Sở A"], []),
        ("Giao Sở A chủ trì, phối hợp với Sở B xây dựng kế hoạch", ["Sở A"], ["Sở B"]),
        ("Sở A chủ trì; Sở B phối hợp", ["Sở A"], ["Sở B"]),
        ("Sở A", ["Sở A"], []),
    ],
)
def test_parties_of_a_sentence(text, lead, coordinating):
    parties = parties_in(text)

    assert (parties.lead, parties.coordinating) == (lead, coordinating)


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("Chủ trì tổ chức 06 cuộc đối thoại trực tuyến trên Cổng", [(6, "cuộc đối thoại trực tuyến")]),
        ("Tổ chức 04 đợt phát động “Ngày xanh”", [(4, "đợt phát động")]),
        ("ít nhất 02 hội nghị; 3 lớp tập huấn cho cán bộ", [(2, "hội nghị"), (3, "lớp tập huấn")]),
        ("In 5.000 tờ rơi", [(5000, "tờ rơi")]),
        ("dịch vụ công mức độ 3 và 4, một cửa, Chỉ thị số 21/CT-UBND, ngày 02/11, năm 2019", []),
        ("nhiệm kỳ 2020 - 2025, khóa 12 kỳ họp thứ 3", []),
    ],
)
def test_targets_are_quantities_of_things_made(text, targets):
    assert [(t.quantity, t.unit) for t in targets_in(text)] == targets


@given(st.text())
def test_keys_keep_the_length_so_places_stay_true(text):
    assert len(bare(text)) == len(fold(text)) == len(text)


def test_keys_of_two_spellings_agree():
    assert fold("UỶ BAN hoà giải Ðăk") == fold("Ủy ban hòa giải đăk")
    assert bare("Đối thoại") == "doi thoai"
