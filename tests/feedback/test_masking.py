"""What the program proposes to hide, told by sentences as people write them."""

from __future__ import annotations

import re
import sys
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loa.feedback.masking import find_personal, masked, plain

SENTENCES = [  # a sentence, and what is personal in it, in order
    ("Tôi là Nguyễn Văn Hùng, nộp hồ sơ từ tuần trước.", [("name", "Nguyễn Văn Hùng")]),
    ("Số điện thoại của tôi: 0912 345 678.", [("phone", "0912 345 678")]),
    ("Gọi cho chị Lan theo số 0912.345.678 giúp tôi.", [("name", "Lan"), ("phone", "0912.345.678")]),
    ("Liên hệ +84 912 345 678 hoặc 0084912345678.", [("phone", "+84 912 345 678"), ("phone", "0084912345678")]),
    ("Máy bàn nhà tôi là (0225) 3842 123.", [("phone", "(0225) 3842 123")]),
    ("Số của tôi là 091 2.345678 ạ, hoặc 03 01.01.2019 9.", [("phone", "091 2.345678"), ("phone", "03 01.01.2019 9")]),
    ("sđt o912345678 nhé", [("phone", "o912345678")]),
    ("Số của em là không chín một hai ba bốn năm sáu bảy tám.", [("phone", "không chín một hai ba bốn năm sáu bảy tám")]),
    ("CMND số 031123456 cấp tại Hải Phòng.", [("id", "031123456")]),
    ("Giấy tờ của tôi số 180012345 hoặc 1900 1234 5.", [("id", "180012345"), ("id", "1900 1234 5")]),
    ("Gọi cho tôi 0084 1900 1234 5.", [("phone", "0084 1900 1234 5")]),
    ("CCCD: 031 099 012 345, cấp ngày 12/05/2019.", [("id", "031 099 012 345")]),
    ("Số căn cước công dân của bà Trần Thị Mai là 031099012345.", [("name", "Trần Thị Mai"), ("id", "031099012345")]),
    ("Hộ chiếu B1234567 của con tôi bị ghi sai.", [("id", "B1234567")]),
    ("Mã số thuế cá nhân 8012345678 chưa cập nhật.", [("id", "8012345678")]),
    ("Thẻ BHYT GD4313123456789 hết hạn.", [("id", "GD4313123456789")]),
    ("Gửi kết quả vào hung.nguyen80@gmail.com giúp tôi.", [("email", "hung.nguyen80@gmail.com")]),
    ("Thư: lanpham a còng yahoo chấm com", [("email", "lanpham a còng yahoo chấm com")]),
    ("Nhà tôi ở số nhà 12/45, ngõ 193 Văn Cao, quận Hải An.", [("address", "số nhà 12/45, ngõ 193")]),
    ("Tôi trú tại tổ dân phố số 7, phường Đằng Giang.", [("address", "tổ dân phố số 7")]),
    ("Gia đình tôi ở thôn 3, xã An Đồng.", [("address", "thôn 3")]),
    ("Địa chỉ: 25 Trần Phú, quận Ngô Quyền.", [("address", "25")]),
    ("Cống trước số 118 đường Lạch Tray bị tắc.", [("address", "số 118")]),
    ("Thửa đất số 123, tờ bản đồ số 5 chưa được cấp giấy.", [("address", "Thửa đất số 123, tờ bản đồ số 5")]),
    ("Xe 15A-123.45 đỗ chắn cổng trường.", [("plate", "15A-123.45")]),
    ("Biển số 15-B1 234.56 của tôi bị phạt nhầm.", [("plate", "15-B1 234.56")]),
    ("xe tải 15c-12345 chạy đêm ồn ào", [("plate", "15c-12345")]),
    ("Chuyển vào STK 0341000123456 Vietcombank.", [("account", "0341000123456")]),
    ("Tài khoản ngân hàng: 19031234567890 của ông Lê Hữu Phước.", [("account", "19031234567890"), ("name", "Lê Hữu Phước")]),
    ("Cháu tôi sinh ngày 03/04/2015 tại bệnh viện.", [("birth", "03/04/2015")]),
    ("Ông Phạm Đức Thắng, sinh năm 1956, là thương binh.", [("name", "Phạm Đức Thắng"), ("birth", "1956")]),
    ("Hồ sơ 000.00.15.H24-190715-0012 quá hẹn ba ngày.", [("dossier", "000.00.15.H24-190715-0012")]),
    ("Cán bộ tiếp tôi tên Hương ở bộ phận một cửa.", [("name", "Hương")]),
    ("tôi là nguyễn thị hoa xin hỏi về thẻ bảo hiểm", [("name", "nguyễn thị hoa")]),
    ("NGUYỄN THỊ THU HÀ kính đề nghị xem xét.", [("name", "NGUYỄN THỊ THU HÀ")]),
    ("Vợ chồng anh Tuấn và chị Hoa cùng làm đơn.", [("name", "Tuấn"), ("name", "Hoa")]),
    ("Tôi gặp đồng chí Vũ Minh Quân, Phó Trưởng phòng.", [("name", "Vũ Minh Quân")]),
    # nothing personal
    ("Căn cứ Nghị định số 20/2008/NĐ-CP ngày 14/02/2008 của Chính phủ.", []),
    ("Quyết định số 30/2018/QĐ-UBND của Ủy ban nhân dân thành phố Hải Phòng.", []),
    ("Thủ tục 1.001193 có thời hạn 03 ngày làm việc.", []),
    ("Thủ tục 2.000635.000.00.00.H24 áp dụng từ 15/07/2019.", []),
    ("Thủ tục 1.001193, 2.000635 và 2.000636 đổi từ 01.07.2019-31.12.2019.", []),
    ("Dự án có tổng mức đầu tư 1.234.567.890 đồng.", []),
    ("Đèn đường trên phố Trần Phú, đoạn qua trường Lê Hồng Phong, không sáng.", []),
    ("Đường Nguyễn Văn Linh ngập sâu sau trận mưa ngày 12/06/2019.", []),
    ("Đề nghị ông Chủ tịch Ủy ban nhân dân quận Lê Chân trả lời.", []),
    ("Gọi tổng đài 1900 1234 không ai nghe máy.", []),
    ("Gọi 1900 599 930 hoặc 18001234, 19001234.", []),
    ("Trường hợp PA.20190715.0001 đã được trả lời.", []),
    ("Sở Xây dựng trả lời trong 20 ngày kể từ ngày 01.07.2019.", []),
    ("Giai đoạn 2016-2020 thành phố có 217 xã, phường.", []),
    ("Theo khoản 2 Điều 46, cơ quan tiếp nhận công bố kết quả.", []),
    ("Thành phố Hồ Chí Minh đã có mô hình này.", []),
    ("Công an phường Cầu Đất xử lý xe đỗ sai quy định.", []),
]  # fmt: skip


def found_in(text):
    return [(span.kind, span.text) for span in find_personal(plain(text))]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES)
def test_a_sentence_proposes_what_is_personal_in_it(sentence, expected):
    assert found_in(sentence) == expected


def test_recall_and_precision_over_the_table(capsys):
    right = wanted = proposed = 0
    for sentence, expected in SENTENCES:
        found = found_in(sentence)
        right += sum(each in expected for each in found)
        wanted += len(expected)
        proposed += len(found)

    recall, precision = right / wanted, right / proposed

    with capsys.disabled():
        sys.stdout.write(
            f"\nmasking: recall {recall:.3f} ({right}/{wanted}), precision {precision:.3f} ({right}/{proposed})\n"
        )
    assert recall >= 0.95
    assert precision >= 0.95


PHONES = st.builds(
    lambda digits, gaps, head: head + "".join(d + g for d, g in zip(digits, gaps, strict=True)).rstrip(" .-"),
    st.lists(st.sampled_from("0123456789"), min_size=9, max_size=9),
    st.lists(st.sampled_from(["", "", " ", ".", "-"]), min_size=9, max_size=9),
    st.sampled_from(["0", "+84", "+84 ", "0084 ", "84"]),
)
PAPERS = st.one_of(
    st.from_regex(r"\A[1-9]\d{8}\Z"),
    st.from_regex(r"\A[0-9]{12}\Z"),
    st.from_regex(r"\A0\d{2} \d{3} \d{3} \d{3}\Z"),
)
MAILS = st.from_regex(r"\A[a-z][a-z0-9._]{2,12}[a-z0-9]@[a-z]{3,8}\.(com|vn|com\.vn)\Z")
WORDS = st.lists(
    st.sampled_from(["Kính", "gửi", "tôi", "ở", "Hải", "Phòng", "hồ", "sơ,", "đường", "Lạch", "Tray", "quá", "hạn.", "ngày", "15/07/2019", "số", "12", "điều", "5", "đồng", "Đề", "nghị"]),
    max_size=6,
).map(" ".join)  # fmt: skip
LEFT = re.compile(r"\d(?:[ .()-]{0,2}\d){8,}|\w@\w")


@settings(max_examples=100, deadline=None)
@given(WORDS, st.lists(st.tuples(st.one_of(PHONES, PAPERS, MAILS), WORDS), min_size=1, max_size=4))
def test_replacing_everything_leaves_no_phone_no_paper_and_no_mail(start, parts):
    text = plain(start + "".join(f" {secret}, {words}" for secret, words in parts))

    result = masked(text, find_personal(text))

    assert [LEFT.search(re.sub(r"\d\d/\d\d/\d{4}", "", result)), result.count("@")] == [None, 0]


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=300))
def test_spans_of_any_text_stand_in_order_and_never_overlap(text):
    text = plain(text)

    spans = find_personal(text)

    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(text[span.start : span.end] == span.text for span in spans)


def test_decomposed_letters_and_invisible_blanks_hide_nothing():
    import unicodedata

    text = unicodedata.normalize("NFD", "Tôi là Nguyễn Văn Hùng, số 09\u200b12345678")

    assert found_in(text) == [("name", "Nguyễn Văn Hùng"), ("phone", "0912345678")]


def test_what_the_asker_gave_is_always_proposed_however_it_is_written():
    own = {("name", "tran thu"), ("address", "lach tray so 9")}

    def is_askers(kind, value):
        from loa.core.text import words

        return (kind, words(value)) in own

    text = plain("em TRẦN thu hỏi: Lạch Tray, số 9 có ngập không?")
    spans = find_personal(text, is_askers=is_askers)

    assert [(s.kind, s.text, s.is_askers) for s in spans] == [
        ("name", "TRẦN thu", True),
        ("address", "Lạch Tray, số 9", True),
    ]


def test_numbers_of_agencies_stay_and_their_mail_is_not_ticked():
    text = plain("Gọi 0225.3747.373 hoặc viết sotuphap@haiphong.gov.vn.")

    spans = find_personal(text, public=["(0225) 3747373"])

    assert [(span.kind, span.is_likely) for span in spans] == [("email", False)]
