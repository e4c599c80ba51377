"""Legal bases and references."""

from __future__ import annotations

from datetime import date

import pytest
from plan_documents import HEADER, read

BODY = "I. MỤC ĐÍCH\n- Một việc."


def bases(lines: str, *, body: str = BODY):
    reading = read(HEADER, lines, body)
    return [(base.number, base.issued_on, base.text) for base in reading.legal_bases]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            "Căn cứ Luật Báo chí ngày 05 tháng 4 năm 2016;\nCăn cứ Quyết định số 8/QĐ-UBND ngày 05/01/2025 của UBND tỉnh;",
            [
                (None, date(2016, 4, 5), "Luật Báo chí ngày 05 tháng 4 năm 2016"),
                ("8/QĐ-UBND", date(2025, 1, 5), "Quyết định số 8/QĐ-UBND ngày 05/01/2025 của UBND tỉnh"),
            ],
        ),
        (
            (
                "Thực hiện Nghị quyết số 02-NQ/TU ngày 17/3/2025 của Tỉnh ủy về văn hóa, Chương trình số 8-CTr/TU ngày 1/4/2025 "
                "của Tỉnh ủy và Quyết định số 12/QĐ-UBND ngày 5/5/2025 của UBND tỉnh; Ủy ban nhân dân tỉnh Bình Minh xây dựng "
                "Kế hoạch với các nội dung như sau:"
            ),
            [
                (
                    "02-NQ/TU",
                    date(2025, 3, 17),
                    "Nghị quyết số 02-NQ/TU ngày 17/3/2025 của Tỉnh ủy về văn hóa",
                ),
                ("8-CTr/TU", date(2025, 4, 1), "Chương trình số 8-CTr/TU ngày 1/4/2025 của Tỉnh ủy"),
                ("12/QĐ-UBND", date(2025, 5, 5), "Quyết định số 12/QĐ-UBND ngày 5/5/2025 của UBND tỉnh"),
            ],
        ),
        (
            "Tiếp tục thực hiện Chỉ thị số 05-CT/TU ngày 12/01/2025 của Ban Thường vụ Tỉnh ủy về kỷ cương;",
            [
                (
                    "05-CT/TU",
                    date(2025, 1, 12),
                    "Chỉ thị số 05-CT/TU ngày 12/01/2025 của Ban Thường vụ Tỉnh ủy về kỷ cương",
                )
            ],
        ),
        ("Xét đề nghị của Sở Nội vụ tại Tờ trình số 12/TTr-SNV ngày 10/01/2025,", []),
        ("Theo đề nghị của Giám đốc Sở Nội vụ tại Công văn số 12/SNV-TH ngày 10/01/2025;", []),
        ("Căn cứ tình hình thực tế tại địa phương;", []),
        (
            "Căn cứ Kế hoạch số 119- KH/TU ngày 18 tháng 12 năm 2024 của Tỉnh ủy “về thực hiện Chỉ thị số 1-CT/TW, Kết luận số 2-KL/TW”;",
            [
                (
                    "119-KH/TU",
                    date(2024, 12, 18),
                    "Kế hoạch số 119- KH/TU ngày 18 tháng 12 năm 2024 của Tỉnh ủy “về thực hiện Chỉ thị số 1-CT/TW, Kết luận số 2-KL/TW”",
                )
            ],
        ),
    ],
)
def test_bases_of_the_preamble(lines, expected):
    assert bases(lines) == expected


def test_laws_to_publicise_are_no_bases():
    found = bases(
        "Căn cứ Quyết định số 8/QĐ-UBND ngày 05/01/2025 của UBND tỉnh, Sở Tư pháp ban hành Kế hoạch:",
        body="I. NỘI DUNG\n1. Phổ biến các luật mới\n- Luật Đất đai số 31/2024/QH15 ngày 18/01/2024;\n- Luật Căn cước số 26/2023/QH15.",
    )

    assert [number for number, _, _ in found] == ["8/QĐ-UBND"]


def test_bases_in_a_section_of_their_own():
    found = bases(
        "",
        body="I. CĂN CỨ PHÁP LÝ\n- Luật Đất đai ngày 18/01/2024;\n- Quyết định số 8/QĐ-UBND ngày 05/01/2025.\nII. VIỆC",
    )

    assert [(number, on) for number, on, _ in found] == [
        (None, date(2024, 1, 18)),
        ("8/QĐ-UBND", date(2025, 1, 5)),
    ]


def test_references_are_the_other_documents_named():
    reading = read(
        HEADER,
        "Căn cứ Quyết định số 8/QĐ-UBND ngày 05/01/2025 của UBND tỉnh;",
        "I. VIỆC\n- Theo Chỉ thị số 21/CT-UBND ngày 26/9/2016 và Nghị quyết số 39-NQ/TW; xem Quyết định số 8/QĐ-UBND.",
    )

    assert [(r.number, r.issued_on) for r in reading.references] == [
        ("21/CT-UBND", date(2016, 9, 26)),
        ("39-NQ/TW", None),
    ]
