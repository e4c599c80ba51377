"""The whole line: wrapped and flattened text, warnings, places, and robustness."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from plan_documents import HEAD_ROW, HEADER, plan_with, read, rows, source_of

from officialdoc.model import Place
from officialdoc.read.plan import read_plan


def test_hard_wrapped_lines_are_whole_sentences():
    reading = read(
        HEADER,
        "Căn cứ Quyết định số 77/QĐ-UBND ngày\n05/01/2025 của Ủy ban nhân dân tỉnh về giao\nnhiệm vụ năm 2025;\n"
        "I. NHIỆM VỤ\n1. Tổ chức tuyên truyền sâu rộng trong nhân dân và trong\ncác cơ quan về đổi mới lề lối làm việc của tỉnh\n"
        "Bình Minh.\n2\n- Cơ quan thực hiện: Sở Khoa học và Công nghệ, Sở Văn\nhóa, Thể thao và Du lịch.\n- Thời gian: Quý I/2025.",
        format_="txt",
    )

    assert [base.text for base in reading.legal_bases] == [
        "Quyết định số 77/QĐ-UBND ngày 05/01/2025 của Ủy ban nhân dân tỉnh về giao nhiệm vụ năm 2025"
    ]
    assert [(t.content, t.lead) for t in reading.tasks] == [
        (
            "Tổ chức tuyên truyền sâu rộng trong nhân dân và trong các cơ quan về đổi mới lề lối làm việc của tỉnh Bình Minh.",
            ["Sở Khoa học và Công nghệ", "Sở Văn hóa, Thể thao và Du lịch"],
        )
    ]


def test_sections_are_a_tree():
    reading = plan_with("II. NỘI DUNG\n1. Một\na) Nhỏ\n2. Hai\n2.1. Con\nIII. TỔ CHỨC THỰC HIỆN")

    def shape(sections):
        return [(s.label, s.title, shape(s.children)) for s in sections]

    assert shape(reading.sections) == [
        ("I", "MỤC ĐÍCH", []),
        ("II", "NỘI DUNG", [("1", "Một", [("a", "Nhỏ", [])]), ("2", "Hai", [("2.1", "Con", [])])]),
        ("III", "TỔ CHỨC THỰC HIỆN", []),
    ]


def test_parts_chapters_and_articles_nest():
    reading = plan_with("PHẦN II. VIỆC\nChương I. A\nĐiều 1. Một\n1. Khoản\na) Điểm\nĐiều 2. Hai")

    def shape(sections):
        return [(s.label, shape(s.children)) for s in sections]

    assert shape(reading.sections[-1:]) == [
        ("PHẦN II", [("Chương I", [("Điều 1", [("1", [("a", [])])]), ("Điều 2", [])])])
    ]


def test_every_field_has_its_place():
    source = source_of(HEADER, "I. NHIỆM VỤ", rows(HEAD_ROW, ("1", "Một", "Sở A", "", "Quý I")))

    reading = read_plan(source)

    def words(place: Place) -> str:
        return source.text[place.start : place.end]

    assert words(reading.sources["number"]) == "Số: 15/KH-UBND"
    assert words(reading.sources["issued_on"]) == "Bình Minh, ngày 20 tháng 01 năm 2025"
    assert words(reading.sources["issuer"]) == "ỦY BAN NHÂN DÂN"
    assert words(reading.sources["kind"]) == "KẾ HOẠCH"
    assert "Một" in words(reading.tasks[0].source)
    assert words(reading.sections[0].source) == "I. NHIỆM VỤ"
    assert set(reading.confidences) >= {"number", "issued_on", "issuer", "kind", "title", "place"}


def test_warnings_say_what_to_look_at():
    reading = plan_with(
        rows(
            HEAD_ROW,
            ("1", "Tuyên truyền bằng cô đọng trực quan", "Sở A", "", "Quý I"),
            ("3", "Nhiệm vụ chuyên tiếp", "", "Sở B", "lúc nào đó"),
        )
    )

    assert [(w.code, w.message) for w in reading.warnings] == [
        ("typing_error", "“cô đọng trực quan” có thể là lỗi gõ của “cổ động trực quan”."),
        ("typing_error", "“chuyên tiếp” có thể là lỗi gõ của “chuyển tiếp”."),
        ("unresolved_deadline", "Chưa hiểu thời hạn “lúc nào đó” của nhiệm vụ 3."),
        ("missing_lead", "Không thấy cơ quan chủ trì của nhiệm vụ 3."),
        ("number_gap", "Sau nhiệm vụ 1 là nhiệm vụ 3: có thể thiếu hàng."),
    ]


def test_carried_over_year_survives_its_typing_error():
    reading = plan_with(
        rows((*HEAD_ROW, "Ghi chú"), ("1", "Một", "Sở A", "", "Quý I", "Nhiệm vụ chuyên tiếp năm 2024"))
    )

    assert (reading.tasks[0].carried_over_from, reading.tasks[0].note) == (
        2024,
        "Nhiệm vụ chuyên tiếp năm 2024",
    )


def test_nothing_known_is_null_and_empty():
    reading = read("Một tờ giấy.")

    assert (reading.kind, reading.number, reading.title, reading.issuer, reading.place) == (None,) * 5
    assert reading.tasks == reading.duties == reading.legal_bases == reading.recipients == []
    assert [w.code for w in reading.warnings] == ["missing_field"] * 5


PIECES = st.sampled_from(
    [
        "KẾ HOẠCH", "QUYẾT ĐỊNH", "Số: 1/KH-UBND", "Số:   /KH", "Bình Minh, ngày 31 tháng 2 năm 2025", "I. NHIỆM VỤ", "1.", "a)",
        "1.1. Việc", "- Đơn vị chủ trì:", "- Sở A", "- Thời gian: ngày 99/99/2025", "Nơi nhận:", "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH", "Căn cứ", "Căn cứ Luật", "Thực hiện Kế hoạch số", "TỔ CHỨC THỰC HIỆN", "báo cáo trước ngày 40/13 hằng năm",
        "TT", "Nội dung", "Cơ quan chủ trì", "Thời gian", "PHỤ LỤC", "(Kèm theo Kế hoạch số", "“", "2", "Điều 1. Sở A có trách nhiệm:", "|",
    ]
)  # fmt: skip
CELLS = st.lists(st.one_of(PIECES, st.text(max_size=12)), min_size=3, max_size=5)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=30)), max_size=25), st.lists(CELLS, max_size=5))
def test_any_lines_and_table_are_read_without_an_error(lines, table):
    parts = [*lines, rows(HEAD_ROW, *map(tuple, table))]

    reading = read(*parts, format_="txt")

    assert all(0 <= task.source.start <= task.source.end <= len(reading.text) for task in reading.tasks)
