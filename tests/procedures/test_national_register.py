"""A line of the national register cut into what it says; odd ones are kept as they are."""

import gzip
import json

import pytest
from register_files import ROW, lines, row

from loa.procedures import national

MILLION = 1024 * 1024


def read(**fields):
    return national.row_of(json.dumps({**ROW, **fields}).encode())


def test_what_a_line_says():
    found = read()

    assert (found["code"], found["levels"], found["agency"], found["conditions"]) == (
        "1.000001", "city commune", "Sở Tư pháp", "",
    )  # fmt: skip
    assert found["result"] == "Giấy xác nhận\nVăn bản từ chối"


def test_ways_with_time_fee_and_note():
    assert read()["ways"] == [
        {"way": "online", "time": "5 Ngày làm việc", "fee": "Miễn phí"},
        {"way": "in_person", "time": "7 Ngày", "fee": "400.000 đồng (/hồ sơ)", "note": "Nộp tại quầy."},
        {"way": "post", "fee": "Miễn phí"},
    ]


def test_papers_by_case_with_form_and_copies():
    assert read()["papers"] == [
        {"name": "Tờ khai đăng ký", "form": "Mauso1.docx", "originals": 1},
        {"name": "Giấy tờ tùy thân", "copies": 2},
        {"case": "Trường hợp ủy quyền:", "name": "Văn bản ủy quyền", "originals": 1},
    ]


def test_legal_bases_a_line_each():
    assert read()["legal_bases"] == [
        "Luật Hộ tịch – 60/2014/QH13",
        "Nghị định quy định chi tiết – 123/2015/NĐ-CP",
        "Thông tư số 04/2020/TT-BTP ngày 28/5/2020 của Bộ Tư pháp",
    ]


def test_a_long_code_is_cut_to_the_national_one():
    assert read(ma_thu_tuc="1.012766.000.00.00.H24")["code"] == "1.012766"


@pytest.mark.parametrize("words", ["", "Hình thức nộp khác: tại nhà", "Trực tiếp"])
def test_ways_of_another_shape_are_kept_as_words(words):
    found = read(cach_thuc_thuc_hien=words)["ways"]

    assert found == ([{"note": words}] if words else [])


@pytest.mark.parametrize(
    ("line", "reason"), [(b"{", "This line is not JSON."), (b"[1]", "This line is not a procedure.")]
)
def test_a_bad_line_says_why(line, reason, in_english):
    with pytest.raises(ValueError, match=reason):
        national.row_of(line)


@pytest.mark.parametrize("value", [None, 5, ["x"], {"a": 1}, "\0"])
def test_fields_that_are_no_words_say_nothing(value):
    assert read(ten_thu_tuc=value)["name"] == ""


def test_packed_or_not_the_lines_are_the_same():
    rows = [row(1), row(2)]

    assert list(national.lines_of(lines(*rows))) == list(national.lines_of(lines(*rows, packed=True)))


def test_a_broken_archive_is_refused(in_english):
    with pytest.raises(ValueError, match="damaged"):
        list(national.lines_of(lines(row(1), packed=True)[:-20]))


def test_a_line_without_end_is_refused(in_english):
    with pytest.raises(ValueError, match="more than is allowed"):
        list(national.lines_of(gzip.compress(b"x" * (3 * MILLION))))
