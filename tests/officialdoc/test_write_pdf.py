import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from render import print_pdf
from write_samples import REPORT, SMALL_TABLE, annexed, draft, report

from officialdoc.write.fonts import fonts_available
from officialdoc.write.form import form_for
from officialdoc.write.model import Column, TableBlock, TableCell, Text
from officialdoc.write.pdf import write_pdf

ALPHABET = "aăâbcdđe êghiklm noôơpq rstuưvxy"
MARKED = "àảãáạ ằẳẵắặ ầẩẫấậ èẻẽéẹ ềểễếệ ìỉĩíị òỏõóọ ồổỗốộ ờởỡớợ ùủũúụ ừửữứự ỳỷỹýỵ"


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    return print_pdf(write_pdf(annexed(rows=40)), tmp_path_factory.mktemp("pdf"))


def test_pages_are_a4_standing_and_lying(printed):
    sizes = [(round(page.width), round(page.height)) for page in printed.pages]

    assert sizes[0] == (210, 297)
    assert set(sizes[2:-1]) == {(297, 210)}
    assert sizes[-1] == (210, 297)


def test_page_numbers_start_anew_in_every_annex_and_are_silent_on_first_pages(printed):
    lying = [page for page in printed.pages if page.width > page.height]

    assert printed.pages[0].header == ""
    assert printed.pages[1].header == "2"
    assert [page.header for page in lying] == ["", *(str(n) for n in range(2, len(lying) + 1))]
    assert printed.pages[-1].header == ""


def test_page_number_is_centred_on_the_text(printed):
    (number,) = (word for word in printed.pages[1].words if word.bottom < 20)

    assert (number.left + number.right) / 2 == pytest.approx(30 + 165 / 2, abs=0.5)


def test_nothing_stands_outside_the_margins(printed):
    for page in printed.pages:
        assert page.left_edge >= 29.9
        assert page.right_edge <= page.width - 14.9
        assert page.bottom_edge <= page.height - 19.5


def test_header_of_a_table_is_repeated_on_its_pages(printed):
    lying = [page for page in printed.pages if page.width > page.height]

    assert len(lying) > 2
    assert [page.text.count("Cơ quan chủ trì") for page in lying] == [1] * len(lying)


def test_merged_cells_of_a_table_head_stand_above_what_they_cover(tmp_path):
    words = print_pdf(write_pdf(report(body=(SMALL_TABLE,))), tmp_path).pages[0].words
    row, above, left, right = (place_of(words, text) for text in ("TT", "Kết", "dung", "lượng"))

    assert above.bottom < left.top
    assert left.top == pytest.approx(right.top, abs=0.1)
    assert left.left < above.left < right.left
    assert row.right < left.left


def place_of(words, text):
    """The last such word: the head of the table comes after the text."""
    return [word for word in words if word.text == text][-1]


def test_every_vietnamese_letter_is_printed_in_one_family(tmp_path):
    letters = f"{ALPHABET} {MARKED} {ALPHABET.upper()} {MARKED.upper()}"

    printed = print_pdf(write_pdf(report(body=(Text(letters),))), tmp_path)
    families = {re.split(r"[-+]", word.font)[1] for word in printed.pages[0].words}

    assert f"{letters}./." in printed.text
    assert families == {fonts_available()[0].replace(" ", "")}


def test_draft_is_marked_on_every_page(tmp_path):
    body = tuple(Text(f"Đoạn {number}. " * 40) for number in range(12))

    printed = print_pdf(write_pdf(draft(body=body)), tmp_path)

    assert [page.text.count("DỰ THẢO") for page in printed.pages] == [1] * len(printed.pages)
    assert "Số: /BC-STTTT Hải Phòng, ngày tháng năm" in printed.text


def test_long_addresses_break_inside_their_cell(tmp_path):
    address = "https://haiphong.gov.vn/cai-cach-hanh-chinh/" + "a" * 120
    narrow = TableBlock((Column(1), Column(6)), (), ((TableCell(address), TableCell("")),))

    printed = print_pdf(write_pdf(report(body=(Text(address), narrow, Text("Hết.")))), tmp_path)

    assert printed.pages[0].right_edge <= 195.1
    assert printed.text.replace(" ", "").count(address) == 2


@pytest.mark.parametrize("document", [REPORT, draft()])
def test_same_document_gives_the_same_bytes(document):
    assert write_pdf(document) == write_pdf(document)


@settings(max_examples=20, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_printed_as_it_is_and_never_run(words):
    content = write_pdf(report(title=words, body=(Text(words), Text(f"#panic() {words} $x$ *y* \\"))))

    assert content.startswith(b"%PDF-")


def test_fonts_found_are_those_of_the_form_best_first_down_to_the_built_in_one():
    names = form_for(None).font.names

    found = fonts_available()

    assert found == [name for name in names if name in found]
    assert found[-1] == names[-1]
