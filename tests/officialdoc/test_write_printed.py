from dataclasses import replace

import pytest
from write_samples import REPORT, SMALL_TABLE, annexed, draft, report

from officialdoc.write.form import form_for
from officialdoc.write.model import Bullet, Run, Text
from officialdoc.write.printed import plain, printed, roman

FORM = form_for(None)


def text_of(block):
    return plain(block.runs)


def test_head_of_an_issued_report():
    sheet = printed(REPORT, FORM)

    assert sheet.parent_agency == ("ỦY BAN NHÂN DÂN", "THÀNH PHỐ HẢI PHÒNG")
    assert sheet.agency == ("SỞ THÔNG TIN VÀ", "TRUYỀN THÔNG")
    assert sheet.number == "Số: 07/BC-STTTT"
    assert sheet.place_and_date == "Hải Phòng, ngày 05 tháng 01 năm 2020"
    assert sheet.kind == "BÁO CÁO"
    assert sheet.mark is None


def test_draft_has_a_blank_number_and_a_mark():
    sheet = printed(draft(), FORM)

    assert (sheet.number, sheet.mark) == ("Số:       /BC-STTTT", "DỰ THẢO")


def test_sample_is_marked_as_one():
    assert printed(report(sample=True), FORM).mark == "BẢN MẪU"


def test_bases_and_recipients_end_in_semicolons_and_one_full_stop():
    sheet = printed(REPORT, FORM)

    assert [line[-1] for line in sheet.bases] == [";", "."]
    assert sheet.recipients == ("- Như trên;", "- Lưu: VT, TTBCXB.")


def test_one_addressee_stands_beside_the_word():
    assert printed(REPORT, FORM).addressees == ("Kính gửi: Ủy ban nhân dân thành phố Hải Phòng",)


def test_several_addressees_stand_below_the_word():
    sheet = printed(report(addressees=("Bộ Nội vụ", "Văn phòng Chính phủ")), FORM)

    assert sheet.addressees == ("Kính gửi:", "- Bộ Nội vụ;", "- Văn phòng Chính phủ.")


def test_no_addressee_prints_no_line():
    assert printed(report(addressees=()), FORM).addressees == ()


@pytest.mark.parametrize("ending", ["", ".", ";", "./."])
@pytest.mark.parametrize("block", [Text, Bullet])
def test_body_ends_in_the_end_mark(block, ending):
    sheet = printed(report(body=(block(f"Trên đây là báo cáo{ending}"),)), FORM)

    assert text_of(sheet.body[-1]) == "Trên đây là báo cáo./."


def test_end_mark_keeps_the_runs_before_it():
    sheet = printed(report(body=(Text((Run("Hết ", bold=True), Run("báo cáo.", italic=True))),)), FORM)

    assert sheet.body[-1].runs == (Run("Hết ", bold=True), Run("báo cáo./.", italic=True))


def test_end_mark_stands_alone_after_a_table():
    sheet = printed(report(body=(SMALL_TABLE,)), FORM)

    assert sheet.body == (SMALL_TABLE, Text("./."))


def test_text_of_several_lines_is_several_paragraphs():
    sheet = printed(report(body=(Text("Một.\n\nHai."), Bullet((Run("a\nb", bold=True), Run("c"))))), FORM)

    assert [text_of(block) for block in sheet.body] == ["Một.", "Hai.", "a", "bc./."]
    assert sheet.body[-1].runs == (Run("b", bold=True), Run("c./."))


def test_several_annexes_are_numbered_in_roman():
    sheet = printed(annexed(), FORM)

    assert [annex.label for annex in sheet.annexes] == ["Phụ lục I", "Phụ lục II"]
    assert sheet.annexes[0].title == ("KẾT QUẢ THEO NHIỆM VỤ",)


def test_single_annex_has_no_number_and_says_what_it_belongs_to():
    document = replace(annexed(), annexes=annexed().annexes[:1])

    (annex,) = printed(document, FORM).annexes

    assert annex.label == "Phụ lục"
    assert annex.attached == (
        "(Kèm theo Báo cáo số 07/BC-STTTT ngày 05 tháng 01 năm 2020 của Sở Thông tin và Truyền thông)"
    )


@pytest.mark.parametrize(
    ("number", "letters"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (38, "XXXVIII")]
)
def test_roman(number, letters):
    assert roman(number) == letters
