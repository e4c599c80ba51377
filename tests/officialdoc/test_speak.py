"""Texts as they are read aloud: golden pairs, and nothing written is ever lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from officialdoc.speak import Segment, count_words, findings, seconds_to_read, speak

LETTERS = {
    "UBND": "Ủy ban nhân dân",
    "CCHC": "cải cách hành chính",
    "TTHC": "thủ tục hành chính",
    "KH": "kế hoạch",
    "NĐ": "nghị định",
    "CP": "Chính phủ",
    "QH": "Quốc hội",
    "TP.": "thành phố",
    "PT&TH": "Phát thanh và Truyền hình",
    "PAR INDEX": "Chỉ số cải cách hành chính",
}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("42/KH-UBND", "kế hoạch số bốn mươi hai của Ủy ban nhân dân."),
        ("Kế hoạch số 42/KH-UBND", "Kế hoạch số bốn mươi hai của Ủy ban nhân dân."),
        ("số 61/2018/NĐ-CP", "nghị định số sáu mươi mốt năm hai nghìn không trăm mười tám của Chính phủ."),
        (
            "Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ",
            (
                "Nghị định số sáu mươi mốt năm hai nghìn không trăm mười tám ngày hai mươi ba tháng tư năm hai nghìn "
                "không trăm mười tám của Chính phủ."
            ),
        ),
        ("NĐ 9/NĐ-CP", "nghị định số chín của Chính phủ."),
        ("các NĐ-CP và KH-UBND mới", "các nghị định của Chính phủ và kế hoạch của Ủy ban nhân dân mới."),
        ("NĐ-CP của Chính phủ", "nghị định của Chính phủ."),
        ("Kế hoạch số 7/KH-UBND của UBND quận", "Kế hoạch số bảy của Ủy ban nhân dân quận."),
        ("Nghị định 30c/NĐ-CP", "Nghị định số ba mươi xê của Chính phủ."),
        ("5/KH-UBND-CP", "kế hoạch số năm của Ủy ban nhân dân, Chính phủ."),
        (
            "Luật 91/2025/QH15",
            "Luật số chín mươi mốt năm hai nghìn không trăm hai mươi lăm của Quốc hội khóa mười lăm.",
        ),
        ("Kế hoạch số 18-KH/CP", "Kế hoạch số mười tám của Chính phủ."),
        ("7/KH-XYZ", "kế hoạch số bảy, ích-xì i-dài dét."),
        ("12/UBND-VX", "số mười hai của Ủy ban nhân dân, vê ích-xì."),
        ("ngày 01/02/2019", "ngày mồng một tháng hai năm hai nghìn không trăm mười chín."),
        ("ngày 15/4", "ngày mười lăm tháng tư."),
        ("31.12.2019", "ngày ba mươi mốt tháng mười hai năm hai nghìn không trăm mười chín."),
        ("ngày 05 tháng 3 năm 2020", "ngày mồng năm tháng ba năm hai nghìn không trăm hai mươi."),
        ("tháng 6/2019", "tháng sáu năm hai nghìn không trăm mười chín."),
        (
            "01/02/2019 - 15/03/2019",
            (
                "ngày mồng một tháng hai năm hai nghìn không trăm mười chín đến ngày mười lăm tháng ba năm hai nghìn "
                "không trăm mười chín."
            ),
        ),
        ("lúc 8h30", "lúc tám giờ ba mươi phút."),
        ("từ 7h đến 17:00", "từ bảy giờ đến mười bảy giờ."),
        ("tăng 12,5%", "tăng mười hai phẩy năm phần trăm."),
        ("30-40%", "ba mươi đến bốn mươi phần trăm."),
        ("1.500.000 đồng", "một triệu năm trăm nghìn đồng."),
        ("350.000đ", "ba trăm năm mươi nghìn đồng."),
        ("0225.3842.123", "không hai hai năm, ba tám bốn hai, một hai ba."),
        ("tổng đài 1022", "tổng đài một không hai hai."),
        ("quý I/2019", "quý một năm hai nghìn không trăm mười chín."),
        ("Đại hội lần thứ XIII", "Đại hội lần thứ mười ba."),
        ("lần thứ I", "lần thứ nhất."),
        ("II. Kết quả", "hai. Kết quả."),
        ("thứ 4", "thứ tư."),
        ("TTHC của UBND TP. Hải Phòng", "thủ tục hành chính của Ủy ban nhân dân thành phố Hải Phòng."),
        ("Đài PT&TH, PAR INDEX", "Đài Phát thanh và Truyền hình, Chỉ số cải cách hành chính."),
        ("5 km2 và 25°C", "năm ki-lô-mét vuông và hai mươi lăm độ C."),
        ("11/17 nhiệm vụ", "mười một trên mười bảy nhiệm vụ."),
        ("2–3 ngày", "hai đến ba ngày."),
        ("xem https://haiphong.gov.vn/cchc.", "xem haiphong chấm gov chấm vn gạch chéo cchc."),
        ("gửi a.b@haiphong.gov.vn", "gửi a chấm b a còng haiphong chấm gov chấm vn."),
        ("việc này (rất gấp) xong", "việc này, rất gấp, xong."),
        ("Sở & “phòng”; ban…", "Sở và phòng, ban."),
        ("- Một;\n- Hai.", "Một.\nHai."),
        ("32/13/2019", "32/13/2019."),
    ],
)
def test_text_is_read(written, read):
    assert speak(written, LETTERS).text == read


@settings(max_examples=400, deadline=None)
@given(st.text(alphabet="0123456789./-–:,% ()[]\nhgđUBNDKHXIVtháng ngàysố@&“”…°²kmTP", max_size=60))
def test_what_is_written_can_always_be_given_back(text):
    speech = speak(text, LETTERS)

    assert "".join(segment.written for segment in speech.segments) == text


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_no_text_breaks_it(text):
    findings(speak(text, LETTERS), longest_sentence=10)


def test_a_piece_is_read_as_a_person_says_or_left_as_written():
    speech = speak("UBND họp 8h, UBND báo", LETTERS, {"UBND": "ủy ban", "8h": "8h"})

    assert speech.text == "ủy ban họp 8h, ủy ban báo."
    assert speech.pieces == [Segment("UBND", "ủy ban", "letters"), Segment("8h", "8h", "time")]


def test_a_bracket_before_a_mark_is_no_second_pause():
    spoken = "".join(each.spoken for each in speak("làm thủ tục (cả thứ bảy). Rồi về (xa)", LETTERS).segments)

    assert spoken == "làm thủ tục, cả thứ bảy. Rồi về, xa"


def test_what_to_look_at_before_reading():
    text = "XYZ báo. Giá 8h/9. " + "một hai ba bốn năm " * 3

    found = [
        (each.code, each.text, each.count) for each in findings(speak(text, LETTERS), longest_sentence=12)
    ]

    assert ("long_sentence", ("một hai ba bốn năm " * 3).strip(), 15) in found
    assert ("letters", "XYZ", 0) in found


def test_a_heading_in_capitals_is_no_abbreviation():
    assert findings(speak("KẾT QUẢ THỰC HIỆN", LETTERS), longest_sentence=30) == []


def test_length_by_reading_speed():
    assert count_words("Ủy ban họp, năm ki-lô-mét.") == 7
    assert [seconds_to_read("một hai ba", speed) for speed in (180, 90, 60)] == [1, 2, 3]
