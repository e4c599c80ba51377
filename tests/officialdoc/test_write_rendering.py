"""The .docx as drawn by LibreOffice, beside the .pdf of the same document."""

import re

import pytest
from render import print_docx, print_pdf
from write_samples import annexed, draft

from officialdoc.write.model import Text
from officialdoc.write.pdf import write_pdf
from officialdoc.write.word import write_docx

ROWS = 300


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    return print_docx(write_docx(annexed(rows=ROWS)), tmp_path_factory.mktemp("docx"))


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    return print_pdf(write_pdf(annexed(rows=ROWS)), tmp_path_factory.mktemp("pdf"))


def lying(file):
    return [page for page in file.pages if page.width > page.height]


def words_of(file):
    """The words of the document without page numbers, repeated table heads and pictures."""
    head = "TT Nhiệm vụ Cơ quan chủ trì Cơ quan phối hợp Kết quả Hoàn thành Ghi chú"
    text = " ".join(" ".join(w.text for w in page.words if w.bottom > 20) for page in file.pages)
    return sorted(re.findall(r"\w+", text.replace(head, "")))


def test_nothing_stands_outside_the_margins(drawn):
    for page in drawn.pages:
        assert page.left_edge >= 29.5
        assert page.right_edge <= page.width - 14.5
        assert page.bottom_edge <= page.height - 19.5


def test_annex_of_300_rows_repeats_its_head_and_loses_no_row(drawn):
    pages = lying(drawn)
    tasks = [int(number) for page in pages for number in re.findall(r"Nhiệm vụ thứ (\d+):", page.text)]

    assert len(pages) > 20
    assert [page.text.count("Ghi chú") for page in pages] == [1] * len(pages)
    assert tasks == list(range(1, ROWS + 1))


def test_page_numbers_start_anew_in_every_annex(drawn):
    pages = lying(drawn)

    assert drawn.pages[0].header == ""
    assert drawn.pages[1].header == "2"
    assert [page.header for page in pages] == ["", *(str(n) for n in range(2, len(pages) + 1))]
    assert drawn.pages[-1].header == ""


def test_section_breaks_make_no_empty_page(drawn):
    standing = [page for page in drawn.pages if page.width < page.height]

    assert len(standing) == 3
    assert all(len(page.words) > 3 for page in drawn.pages)


def test_signature_is_level_with_the_recipients(drawn):
    page = next(page for page in drawn.pages if "Nơi nhận:" in page.text)
    recipients = next(word for word in page.words if word.text == "nhận:")
    authority = next(word for word in page.words if word.text == "KT.")

    assert authority.top == pytest.approx(recipients.top, abs=1.5)
    assert authority.left > recipients.right


def test_date_stands_on_the_line_of_the_number(drawn):
    words = drawn.pages[0].words
    number = next(word for word in words if word.text == "Số:")
    date = next(word for word in words if word.text == "ngày")

    assert date.bottom == pytest.approx(number.bottom, abs=1)


def test_pdf_says_the_same_as_the_docx(drawn, written):
    chart_words = {
        "Hoàn",
        "thành",
        "Quá",
        "hạn",
        "Sở",
        "Nội",
        "vụ",
        "Văn",
        "phòng",
        "Ủy",
        "ban",
        "nhân",
        "dân",
        "phố",
    }
    numbers_of_chart = {"1", "3", "4"}
    ignored = chart_words | numbers_of_chart  # the chart is a bitmap in the .docx, text in the .pdf

    in_docx = [word for word in words_of(drawn) if word not in ignored]
    in_pdf = [word for word in words_of(written) if word not in ignored]

    assert in_docx == in_pdf


def test_draft_is_marked_on_every_page(tmp_path):
    body = tuple(Text(f"Đoạn {number}. " * 40) for number in range(12))

    drawn = print_docx(write_docx(draft(body=body)), tmp_path)

    assert len(drawn.pages) > 2
    assert [page.text.count("DỰ THẢO") for page in drawn.pages] == [1] * len(drawn.pages)
