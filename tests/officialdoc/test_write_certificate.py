"""Certificates: a page for each person, whatever their names hold."""

from dataclasses import replace
from datetime import date

import pypdfium2 as pdfium
import pytest

from officialdoc.write.certificate import Certificates, Holder, write_certificates

HOLDER = Holder(
    name="Nguyễn Thị Ví Dụ",
    call="Ông/Bà",
    title="Công chức",
    organisation="Ủy ban nhân dân quận",
    number="Số: 01/GCN-SNV",
    on=date(2019, 4, 12),
)
SHEET = Certificates(
    agency="Sở Nội vụ",
    parent_agency="Ủy ban nhân dân thành phố",
    heading="GIẤY CHỨNG NHẬN",
    certifies="chứng nhận",
    took_part="đã tham dự lớp tập huấn",
    title="Rà soát thủ tục",
    when="Tổ chức ngày 11 tháng 4 năm 2019",
    place="Hải Phòng",
    signer_title="GIÁM ĐỐC",
    signer_authority=(),
    signer_name="",
    holders=(HOLDER,),
)


def pages(sheet):
    with pdfium.PdfDocument(write_certificates(sheet)) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def test_each_person_has_a_page():
    second = replace(HOLDER, name="Trần Văn Mẫu", number="Số: 02/GCN-SNV")

    found = pages(replace(SHEET, holders=(HOLDER, second)))

    assert len(found) == 2
    assert "Nguyễn Thị Ví Dụ" in found[0]
    assert "Trần Văn Mẫu" in found[1]
    assert "Hải Phòng, ngày 12 tháng 4 năm 2019" in found[0]


def test_a_name_is_never_read_as_typesetting():
    found = pages(replace(SHEET, holders=(replace(HOLDER, name='#panic("x") $y$ *z* \x0b'),)))

    assert '#panic("x") $y$ *z*' in found[0]


def test_nobody_makes_no_file():
    with pytest.raises(ValueError, match="holder"):
        write_certificates(replace(SHEET, holders=()))
