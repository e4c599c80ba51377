"""Signer and recipients, in one column or two, glued or interleaved."""

from __future__ import annotations

import pytest
from plan_documents import HEADER, read, rows

from officialdoc.model import Signer

BODY = "I. MỤC ĐÍCH\n- Một việc."


def signed(*parts):
    return read(HEADER, BODY, *parts, format_="txt")


@pytest.mark.parametrize(
    ("lines", "signer"),
    [
        (
            "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)\nTrần Văn Mẫu",
            Signer("Trần Văn Mẫu", "PHÓ CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH"),
        ),
        (
            "TM. ỦY BAN NHÂN DÂN\nTHÀNH PHỐ BÌNH MINH\nCHỦ TỊCH\nTrần Văn Mẫu",
            Signer("Trần Văn Mẫu", "CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN THÀNH PHỐ BÌNH MINH"),
        ),
        ("GIÁM ĐỐC\nLê Thị Mẫu", Signer("Lê Thị Mẫu", "GIÁM ĐỐC", None)),
        (
            "TL. CHỦ TỊCH\nKT. CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG\nThS. Trần Văn Mẫu",
            Signer("Trần Văn Mẫu", "PHÓ CHÁNH VĂN PHÒNG", "TL. CHỦ TỊCH / KT. CHÁNH VĂN PHÒNG"),
        ),
        (
            "TM. ỦY BAN NHÂN DÂN\nTUQ. CHỦ TỊCH\nGIÁM ĐỐC SỞ Y TẾ\nLê Văn Mẫu",
            Signer("Lê Văn Mẫu", "GIÁM ĐỐC SỞ Y TẾ", "TM. ỦY BAN NHÂN DÂN / TUQ. CHỦ TỊCH"),
        ),
        ("Q. TRƯỞNG PHÒNG\nThượng tá Trần Văn Mẫu", Signer("Trần Văn Mẫu", "Q. TRƯỞNG PHÒNG", None)),
        (
            "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ THƯỜNG TRỰC\nTrần Văn Mẫu",
            Signer("Trần Văn Mẫu", "PHÓ BÍ THƯ THƯỜNG TRỰC", "T/M BAN THƯỜNG VỤ"),
        ),
        ("KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG", Signer(None, "THỨ TRƯỞNG", "KT. BỘ TRƯỞNG")),
        (
            "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Trần Văn Mẫu",
            Signer("Trần Văn Mẫu", "PHÓ CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH"),
        ),
        (
            "TM. ỦY BAN NHÂN DÂNKT. CHỦ TỊCHPHÓ CHỦ TỊCHTrần Văn Mẫu",
            Signer("Trần Văn Mẫu", "PHÓ CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH"),
        ),
        (
            (
                "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNgười ký: Phạm Thị Số\nCơ quan: Tỉnh Bình Minh\n"
                "Thời gian ký: 10.03.2025 15:21:33 +07:00\nTrần Văn Mẫu"
            ),
            Signer("Trần Văn Mẫu", "CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN"),
        ),
    ],
)
def test_signer_block(lines, signer):
    reading = signed("Nơi nhận:\n- Như trên;\n- Lưu: VT.", lines)

    assert reading.signer == signer


def test_signature_interleaved_with_recipients():
    reading = signed(
        "Nơi nhận: TM. ỦY BAN NHÂN DÂN\n- Thường trực Tỉnh ủy; KT. CHỦ TỊCH\n- Các sở, ban, ngành; PHÓ CHỦ TỊCH\n"
        "- UBND các xã, phường,\nđặc khu;\n- Lưu: VT, KGVX. Trần Văn Mẫu"
    )

    assert reading.signer == Signer("Trần Văn Mẫu", "PHÓ CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH")
    assert reading.recipients == [
        "Thường trực Tỉnh ủy",
        "Các sở, ban, ngành",
        "UBND các xã, phường, đặc khu",
        "Lưu: VT, KGVX",
    ]


def test_signature_table_with_recipients_beside():
    reading = signed(
        rows(("Nơi nhận:\n- Như trên;\n- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nTrần Văn Mẫu"))
    )

    assert reading.signer == Signer("Trần Văn Mẫu", "CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN")
    assert reading.recipients == ["Như trên", "Lưu: VT"]


def test_signature_before_the_recipients():
    reading = signed(
        "TM. ĐOÀN ĐẠI BIỂU QUỐC HỘI\nTRƯỞNG ĐOÀN\nTrần Văn Mẫu\nNơi nhận:\n- Đoàn Thư ký kỳ họp;\n- Lưu: VT."
    )

    assert reading.signer == Signer("Trần Văn Mẫu", "TRƯỞNG ĐOÀN", "TM. ĐOÀN ĐẠI BIỂU QUỐC HỘI")
    assert reading.recipients == ["Đoàn Thư ký kỳ họp", "Lưu: VT"]


@pytest.mark.parametrize(
    "lines",
    [
        "Nơi nhận:\n- Như trên;\n- CV: GD, NC;\n- Lưu: VT.",
        "Nơi nhận: - Như trên; - CV: GD, NC; - Lưu: VT.",
        "Nơi nhận:- Như trên;- CV: GD, NC;- Lưu: VT./.",
        "NƠI NHẬN\n– Như trên;\n– CV: GD, NC;\n– Lưu: VT",
        "Nơi nhận:\nNhư trên;\nCV: GD, NC;\nLưu: VT.",
    ],
)
def test_recipients_lose_dash_and_final_stop(lines):
    reading = signed(lines, "CHỦ TỊCH\nTrần Văn Mẫu")

    assert reading.recipients == ["Như trên", "CV: GD, NC", "Lưu: VT"]


def test_no_signature_is_nothing_known():
    reading = signed("II. NỘI DUNG\nMột việc.")

    assert reading.signer == Signer(None, None, None)
    assert reading.recipients == []
