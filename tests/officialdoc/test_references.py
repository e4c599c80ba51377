"""References to documents in running text: what is found, where, and how long it takes."""

import os
import time
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from officialdoc.read.references import find_references, number_key, title_key
from officialdoc.read.spelling import spelled

pytestmark = pytest.mark.slow

PLANS = (
    Path(os.environ.get("LOA_SHARED_DIR") or Path(__file__).resolve().parents[3] / "shared")
    / "data"
    / "plans"
)


def told(text):
    return [(each.text, each.kind, each.number or each.title) for each in find_references(text)]


ONE_EACH = [
    ("Nghị định số 61/2018/NĐ-CP ngày 23/4/2018", "nghị định", "61/2018/NĐ-CP", date(2018, 4, 23), 2018),
    ("Quyết định số 225/QĐ-TTg ngày 04/02/2016", "quyết định", "225/QĐ-TTg", date(2016, 2, 4), 2016),
    ("QUYẾT ĐỊNH SỐ 5/QĐ-UBND NGÀY 03 THÁNG 9 NĂM 2019", "quyết định", "5/QĐ-UBND", date(2019, 9, 3), 2019),
    ("Kế hoạch 42/KH-UBND", "kế hoạch", "42/KH-UBND", None, None),
    ("QĐ 3472/QĐ-UBND", "quyết định", "3472/QĐ-UBND", None, None),
    ("QĐ 225/QĐ-TTg năm 2016", "quyết định", "225/QĐ-TTg", None, 2016),
    ("NĐ 30/2020", "nghị định", "30/2020", None, 2020),
    ("nghị định 61/2018/nđ-cp", "nghị định", "61/2018/nđ-cp", None, 2018),
    ("Nghị quyết số 39-NQ/TW", "nghị quyết", "39-NQ/TW", None, None),
    ("Kế hoạch số 119- KH/TU ngày 18 tháng 12 năm 2019", "kế hoạch", "119-KH/TU", date(2019, 12, 18), 2019),
    ("Công văn số 581/BNV-CCHC", "công văn", "581/BNV-CCHC", None, None),
    ("Luật số 104/2016/QH13", "luật", "104/2016/QH13", None, 2016),
    ("Thông tư liên tịch số 14/2014/TTLT-BTC-BTP", "thông tư liên tịch", "14/2014/TTLT-BTC-BTP", None, 2014),
    ("Nghị quyết số 30c/NQ-CP", "nghị quyết", "30c/NQ-CP", None, None),
]


@pytest.mark.parametrize(("text", "kind", "number", "day", "year"), ONE_EACH)
def test_one_document_is_read_with_kind_number_and_date(text, kind, number, day, year):
    found = find_references(f"Căn cứ {text}; theo đề nghị của Giám đốc Sở Nội vụ.")

    assert [(each.text, each.kind, each.number, each.issued_on, each.year) for each in found] == [
        (text, kind, number, day, year)
    ]


@pytest.mark.parametrize(
    ("text", "kind", "title", "year"),
    [
        ("Luật Tiếp cận thông tin 2016", "luật", "Tiếp cận thông tin", 2016),
        ("Luật Phòng, chống tham nhũng năm 2018", "luật", "Phòng, chống tham nhũng", 2018),
        ("Bộ luật Dân sự 2015", "bộ luật", "Dân sự", 2015),
        ("Luật Quy hoạch ngày 24 tháng 11 năm 2017", "luật", "Quy hoạch", 2017),
    ],
)
def test_a_law_is_known_by_its_name_with_a_year_or_a_day(text, kind, title, year):
    found = find_references(f"thực hiện {text}, các cơ quan phải công khai.")

    assert [(each.text, each.kind, each.title, each.number, each.year) for each in found] == [
        (text, kind, title, "", year)
    ]


def test_a_law_that_changes_others_keeps_their_names_in_its_own():
    name = "sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương"

    found = find_references(f"Căn cứ Luật {name} ngày 22 tháng 11 năm 2019;")

    assert [each.title for each in found] == [name]


def test_several_numbers_of_one_sentence_are_several_documents():
    text = "các Nghị định số 48/2013/NĐ-CP, 92/2017/NĐ-CP và 61/2018/NĐ-CP của Chính phủ"

    assert [number for _text, _kind, number in told(text)] == [
        "48/2013/NĐ-CP",
        "92/2017/NĐ-CP",
        "61/2018/NĐ-CP",
    ]
    assert {kind for _text, kind, _number in told(text)} == {"nghị định"}


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ về cơ chế", "Chính phủ"),
        (
            "Quyết định số 3472/QĐ-UBND ngày 27/12/2018 của Ủy ban nhân dân thành phố Hải Phòng về việc",
            "Ủy ban nhân dân thành phố Hải Phòng",
        ),
        (
            "Thông tư số 01/2021/TT-BTNMT ngày 12 tháng 4 năm 2021 của Bộ trưởng Bộ Tài nguyên và Môi trường quy định",
            "Bộ trưởng Bộ Tài nguyên và Môi trường",
        ),
        ("Kết luận số 17-KL/TW của Bộ Chính trị.", "Bộ Chính trị"),
        ("Nghị định số 9/2019/NĐ-CP của nhà nước", ""),
    ],
)
def test_the_issuer_is_read_as_printed(text, issuer):
    assert [each.issuer for each in find_references(text)] == [issuer]


def test_a_date_broken_over_lines_is_still_its_date():
    (found,) = find_references("Quyết định số 3472/QĐ-UBND ngày 27 tháng 12\nnăm 2018 của Ủy ban")

    assert found.issued_on == date(2018, 12, 27)


def test_a_date_that_is_none_is_left_out():
    (found,) = find_references("Quyết định số 7/QĐ-UBND ngày 31/02/2019")

    assert (found.text, found.issued_on) == ("Quyết định số 7/QĐ-UBND", None)


@pytest.mark.parametrize(
    "text",
    [
        "tháng 6/2018, trực 24/7, 3/4 số người, quý 12/2019",
        "số 15/ngày, ngày 23/4/2018 - 25/4/2018, giai đoạn 2016-2020",
        "theo quy định của Luật Đất đai, trong năm 2018 thành phố đã",
        "Luật Đất đai 2016-2020",
        "đạt 95/100 điểm, tỷ lệ 1/3, khổ A4-80g/m2",
        "",
    ],
)
def test_other_numbers_are_no_references(text):
    assert told(text) == []


def test_text_with_marks_set_apart_gives_the_same_and_its_own_places():
    text = "Theo Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 và Luật Tiếp cận thông tin 2016."
    apart = unicodedata.normalize("NFD", text)

    found = find_references(apart)

    assert [unicodedata.normalize("NFC", apart[each.start : each.end]) for each in found] == [
        each.text for each in find_references(text)
    ]
    assert [each.number for each in found] == [each.number for each in find_references(text)]


def test_thousands_of_references_take_time_in_step_with_their_number():
    sentence = "Nghị định số {n}/2018/NĐ-CP ngày 23/4/2018 của Chính phủ và Luật Tiếp cận thông tin 2016. "

    def seconds(count):
        text = "".join(sentence.format(n=n) for n in range(count))
        begin = time.process_time()
        assert len(find_references(text)) == 2 * count
        return time.process_time() - begin

    seconds(100)
    assert seconds(8_000) < 8 * seconds(2_000) + 0.2


@pytest.mark.parametrize(
    "piece", ["Luật ", "1/", "số ", " ", "QĐ ", "1-a", "của ", "ngày 1", "Luật a, ", "1/QĐ-"]
)
def test_text_made_to_be_slow_is_not(piece):
    text = piece * (200_000 // len(piece))
    begin = time.process_time()

    find_references(text)

    assert time.process_time() - begin < 3


WORDS = st.sampled_from(
    [
        "Nghị định",
        "số",
        "61/2018/NĐ-CP",
        "Luật",
        "Tiếp cận",
        "2016",
        "ngày",
        "23/4/2018",
        "của",
        "Chính phủ",
        "\n",
        ",",
        "và",
        "a\u0300",
        "QĐ",
        "3472/QĐ-UBND",
        "\u00a0",
        "31/02/2019",
    ]
)


@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=40).map(" ".join)))
@settings(max_examples=400, deadline=None)
def test_whatever_the_text_every_span_is_its_words_and_none_overlaps(text):
    end = 0
    for each in find_references(text):
        assert text[each.start : each.end] == each.text
        assert end <= each.start < each.end <= len(text)
        assert each.number or each.title
        end = each.end


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_every_letter_of_the_one_spelling_knows_its_place(text):
    sheet = spelled(text)

    places = [sheet.place(at) for at in range(len(sheet.text) + 1)]

    assert places == sorted(places)
    assert places[-1] == len(text)


def test_a_year_behind_the_word_alone_is_no_law():
    assert find_references("LUẬT ,2000") == []


def test_keys_compare_what_people_write_differently():
    assert number_key("09/2019/NĐ-CP") == number_key("9/2019/nđ-cp ") == "9/2019/nd-cp"
    assert title_key("Tiếp cận  Thông tin.") == "tiep can thong tin"


GOLDEN = {
    "ke_hoach_42_kh_ubnd_2019.txt": {
        "225/QĐ-TTg",
        "3472/QĐ-UBND",
        "21/CT-UBND",
        "39-NQ/TW",
        "17-KL/TW",
        "61/2018/NĐ-CP",
    },
    "kon_tum_435_qd_ubnd_2020.txt": {
        "435/QĐ-UBND",
        "416/QĐ-TTg",
        "37-CT/TW",
        "119-KH/TU",
        "51-CTr/TU",
        "18-NQ/TW",
    },
    "tay_ninh_3745_qd_ubnd_2021_no_tasks.txt": {
        "751/2019/UBTVQH14",
        "37/2019/NĐ-CP",
        "148/2020/NĐ-CP",
        "01/2021/TT-BTNMT",
    },
}


@pytest.mark.parametrize("name", sorted(GOLDEN))
def test_real_papers_name_what_they_name(name):
    path = PLANS / name
    if not path.is_file():
        pytest.skip("the shared samples are not here")
    text = path.read_text(encoding="utf-8")

    numbers = {each.number for each in find_references(text)}

    assert GOLDEN[name] <= numbers
