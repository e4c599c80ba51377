from datetime import date

import pytest
from docx.oxml.ns import qn
from hypothesis import example, given, settings
from hypothesis import strategies as st
from write_samples import CHART, REPORT, annexed, draft, opened, report

from officialdoc.write.model import Heading, Run, Text
from officialdoc.write.word import write_docx

TWIPS_PER_MM = 1440 / 25.4
EMU_PER_TWIP = 635


@pytest.fixture(scope="module")
def word():
    return opened(write_docx(annexed()))


def attribute(element, path, name):
    found = element.find(path.replace("w:", f"{{{element.nsmap['w']}}}"))
    return found.get(qn(f"w:{name}"))


def paragraph_of(word, text):
    return next(p for p in word.element.iter(qn("w:p")) if p.text.strip() == text)


def style_of(word, text):
    name = attribute(paragraph_of(word, text), "w:pPr/w:pStyle", "val")
    return next(style for style in word.styles if style.style_id == name)


def test_pages_are_a4_with_the_margins_of_the_decree(word):
    for section, (width, height) in zip(word.sections, [(210, 297), (297, 210), (210, 297)], strict=True):
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (width, height)
        assert 20 <= round(section.top_margin.mm) <= 25
        assert 20 <= round(section.bottom_margin.mm) <= 25
        assert 30 <= round(section.left_margin.mm) <= 35
        assert 15 <= round(section.right_margin.mm) <= 20


def test_every_section_counts_from_one_and_hides_its_first_number(word):
    for section in word.sections:
        properties = section._sectPr
        assert attribute(properties, "w:pgNumType", "start") == "1"
        assert properties.find(qn("w:titlePg")) is not None
        assert not section.first_page_header.paragraphs or not section.first_page_header.paragraphs[0].text


def test_page_number_is_a_field_centred_in_the_top_margin(word):
    for section in word.sections:
        (line,) = section.header.paragraphs
        field = line._p.find(qn("w:fldSimple"))
        stop = line._p.find(qn("w:pPr")).find(qn("w:tabs")).find(qn("w:tab"))
        middle = (section.page_width - section.left_margin - section.right_margin) / EMU_PER_TWIP / 2
        assert field.get(qn("w:instr")) == "PAGE"
        assert stop.get(qn("w:val")) == "center"
        assert int(stop.get(qn("w:pos"))) == pytest.approx(middle, abs=2)
        assert section.header_distance.mm < section.top_margin.mm
        assert line.style.font.size.pt == 14


def test_every_script_is_times_new_roman(word):
    fonts = word.styles["Normal"].element.find(qn("w:rPr")).find(qn("w:rFonts"))

    assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")} == {
        "Times New Roman"
    }
    assert "Theme" not in "".join(fonts.keys())


def test_body_is_justified_with_indent_and_gap(word):
    style = word.styles["Normal"]
    indent = style.paragraph_format.first_line_indent

    assert style.font.size.pt in {13, 14}
    assert style.paragraph_format.alignment == 3  # justified
    assert indent.cm == pytest.approx(1.27, abs=0.01)
    assert style.paragraph_format.space_before.pt + style.paragraph_format.space_after.pt >= 6
    assert 1 <= style.paragraph_format.line_spacing <= 1.5


@pytest.mark.parametrize(
    ("text", "size", "bold", "italic"),
    [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, True, None),
        ("Độc lập - Tự do - Hạnh phúc", 14, True, None),
        ("Số: 07/BC-STTTT", 13, None, None),
        ("Hải Phòng, ngày 05 tháng 01 năm 2020", 14, None, True),
        ("BÁO CÁO", 14, True, None),
        ("I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH", 14, True, None),
        ("a) Văn bản của thành phố", 14, None, None),
        ("Nơi nhận:", 12, True, True),
        ("- Như trên;", 11, None, None),
        ("KT. GIÁM ĐỐC", 14, True, None),
        ("PHÓ GIÁM ĐỐC", 14, True, None),
        ("Trần Thị Mẫu", 14, True, None),
        ("Phụ lục II", 14, True, None),
        ("CƠ QUAN CHƯA BÁO CÁO", 14, True, None),
    ],
)
def test_component_has_the_style_of_its_cell(word, text, size, bold, italic):
    font = style_of(word, text).font

    assert (font.size.pt, font.bold, font.italic) == (size, bold, italic)


def test_legal_bases_are_italic_one_a_line(word):
    bases = [p for p in word.paragraphs if p.style.name == "Legal Basis"]

    assert [p.text[-1] for p in bases] == [";", "."]
    assert bases[0].style.font.italic is True


def test_head_and_signature_stand_in_borderless_columns_as_measured_in_the_official_forms(word):
    head, signature = word.element.body.findall(qn("w:tbl"))[0], word.element.body.findall(qn("w:tbl"))[2]

    widths = [
        [round(int(column.get(qn("w:w"))) / TWIPS_PER_MM) for column in table.iter(qn("w:gridCol"))]
        for table in (head, signature)
    ]

    assert widths == [[67, 101], [60, 105]]
    assert all(table.find(qn("w:tblPr")).find(qn("w:tblBorders")) is None for table in (head, signature))


def test_rule_is_as_long_as_the_motto_and_half_or_a_third_of_the_agency(word):
    head = word.element.body.find(qn("w:tbl"))
    cells = head.find(qn("w:tr")).findall(qn("w:tc"))

    agency, motto = (rule_length(cell) for cell in cells)

    assert motto == pytest.approx(171.1, abs=1)
    assert 127 / 3 <= agency <= 127 / 2  # "SỞ THÔNG TIN VÀ", the longer line, is 127 pt wide


def rule_length(cell):
    """Points between the indents of the paragraph with a top border."""
    width = int(attribute(cell, "w:tcPr/w:tcW", "w"))
    ruled = next(p for p in cell.findall(qn("w:p")) if p.find(qn("w:pPr")).find(qn("w:pBdr")) is not None)
    indent = ruled.find(qn("w:pPr")).find(qn("w:ind"))
    return (width - int(indent.get(qn("w:left"))) - int(indent.get(qn("w:right")))) / 20


def test_annexes_are_sections_that_begin_a_page(word):
    starts = [section.start_type for section in word.sections[1:]]
    text = "\n".join(paragraph.text for paragraph in word.paragraphs)

    assert starts == [2, 2]  # new page
    assert text.index("Phụ lục I\nKẾT QUẢ THEO NHIỆM VỤ\n(Kèm theo Báo cáo số 07/BC-STTTT") > 0


def test_body_closes_with_the_end_mark_and_holds_on_to_the_signature(word):
    last = paragraph_of(word, "Trên đây là báo cáo kết quả tuyên truyền cải cách hành chính năm 2019./.")

    assert last.find(qn("w:pPr")).find(qn("w:keepNext")) is not None


def test_draft_is_marked_at_the_head_and_on_every_later_page():
    word = opened(write_docx(draft()))

    boxed = word.paragraphs[0]

    assert boxed.text.strip() == "DỰ THẢO"
    assert boxed.runs[0]._r.find(qn("w:rPr")).find(qn("w:bdr")) is not None
    assert word.sections[0].header.paragraphs[0].text.strip() == "DỰ THẢO"


def test_issued_document_carries_no_mark():
    word = opened(write_docx(REPORT))

    assert "DỰ THẢO" not in "".join(p.text for p in word.element.iter(qn("w:p")))
    assert "DỰ THẢO" not in word.sections[0].header.paragraphs[0].text


def test_runs_keep_bold_and_italic(word):
    bullet = next(p for p in word.paragraphs if p.text.startswith("- Sở Nội vụ"))

    assert [(run.text, run.bold, run.italic) for run in bullet.runs] == [
        ("- ", None, None),
        ("Sở Nội vụ: ", None, None),
        ("05 văn bản", True, None),
        (" (đúng hạn)", None, True),
    ]


def test_figure_is_a_picture_with_its_description(word):
    (properties,) = (inline._inline.docPr for inline in word.inline_shapes)

    assert properties.get("descr") == CHART.description
    assert properties.get("name") == CHART.title


def test_properties_hold_the_documents_date_only():
    issued, unissued = opened(write_docx(REPORT)), opened(write_docx(draft()))

    assert issued.core_properties.created.date() == date(2020, 1, 5)
    assert issued.core_properties.author == "Sở Thông tin và Truyền thông"
    assert unissued.core_properties.created is None


@pytest.mark.parametrize("document", [REPORT, annexed(), draft()])
def test_same_document_gives_the_same_bytes(document):
    assert write_docx(document) == write_docx(document)


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
@example("Kết quả " * 60, "")
def test_any_text_makes_a_file_that_opens(title, words):
    document = report(
        title=title or "a",
        body=(Heading(1, "I.", words), Text((Run(words, bold=True),)), Text(f"Hết {words}")),
    )

    word = opened(write_docx(document))

    assert word.paragraphs[-1].style.style_id == "Bare"
