import io
from datetime import date

import docx
import pytest
from openpyxl import load_workbook

from factories import make_assignment, make_budget, make_estimate, make_line, make_task, make_user
from loa.budgets.actions import papers
from loa.budgets.models import LineAppraisal
from loa.budgets.queries import appraiser_of
from loa.core.workflow import FlowError

pytestmark = pytest.mark.django_db


@pytest.fixture
def estimate(today):
    today(date(2019, 3, 1))
    estimate = make_estimate(make_budget(), state="draft")
    task = make_task(estimate.plan, content="Mở lớp tập huấn pháp chế")
    make_assignment(estimate.agency, task=task)
    make_line(estimate, content="Thuê hội trường", task=task, quantity=2, unit_price=3_000_000)
    make_line(estimate, content="In tờ gấp", quantity="1.5", unit_price=1_000_001, funding_source="own")
    return estimate


def tables(content):
    return [
        [[cell.text for cell in row.cells] for row in table.rows]
        for table in docx.Document(io.BytesIO(content)).tables
    ]


def words(content):
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)


def rows_of(content, index=0):
    return [
        list(row) for row in load_workbook(io.BytesIO(content)).worksheets[index].iter_rows(values_only=True)
    ]


def test_estimate_on_paper_holds_groups_lines_and_the_total_in_words(estimate):
    content = papers.estimate_file(estimate, "docx")

    table = next(rows for rows in tables(content) if rows[0][0] == "TT")
    amounts = [(row[1], row[6]) for row in table[1:]]
    assert amounts == [
        ("Nhiệm vụ 1: Mở lớp tập huấn pháp chế", "6.000.000"),
        ("Thuê hội trường", "6.000.000"),
        ("Nội dung chi khác", "1.500.002"),
        ("In tờ gấp", "1.500.002"),
        ("Tổng cộng", "7.500.002"),
    ]
    assert "(Bằng chữ: Bảy triệu năm trăm nghìn không trăm linh hai đồng)" in words(content)


def test_draft_says_so_until_its_head_has_signed(estimate):
    def header(content):
        document = docx.Document(io.BytesIO(content))
        return "".join(
            part.text or ""
            for section in document.sections
            for place in (section.header, section.first_page_header)
            for part in place._element.iter()
        )

    before = header(papers.estimate_file(estimate, "docx"))
    estimate.state = "submitted"

    assert "DỰ THẢO" in before
    assert "DỰ THẢO" not in header(papers.estimate_file(estimate, "docx"))


def test_appraisal_on_paper_says_the_reason_of_a_cut(estimate):
    first, second = estimate.lines.order_by("position")
    officer = make_user(estimate.budget.content_appraiser, "officer")
    for line, quantity, reason in ((first, 1, "Chỉ cần một buổi"), (second, second.quantity, "")):
        LineAppraisal.objects.create(
            line=line, side="content", quantity=quantity, times=1, unit_price=line.unit_price,
            amount=line.unit_price if reason else line.amount, is_change=bool(reason), reason=reason, by=officer,
            at=estimate.created_at,
        )  # fmt: skip

    content = papers.appraisal_file(estimate, appraiser_of(estimate, "content"), "docx")

    table = next(rows for rows in tables(content) if rows[0][0] == "TT")
    assert [row[1:] for row in table if row[0] == "1"] == [
        ["Thuê hội trường", "6.000.000", "3.000.000", "Chưa thẩm định", "", "", "Chỉ cần một buổi"],
        ["In tờ gấp", "1.500.002", "1.500.002", "Chưa thẩm định", "", "", ""],
    ]
    assert table[-1][1:6] == ["Tổng cộng", "7.500.002", "4.500.002", "", ""]


def test_whole_budget_on_paper_counts_what_is_appraised_and_says_what_waits(estimate):
    make_line(make_estimate(estimate.budget, state="appraised"), appraised_amount=900_000)
    estimate.state = "submitted"
    estimate.save()

    content = papers.budget_file(estimate.budget, "docx")

    assert "Tổng số đề nghị: 8.500.002 đồng. Tổng số sau thẩm định: 900.000 đồng" in words(content)
    assert "Dự toán của 1 cơ quan, đơn vị chưa thẩm định xong" in words(content)


def test_workbook_has_lines_and_totals_in_words(estimate):
    content = papers.estimate_file(estimate, "xlsx")

    assert [row[3:9] for row in rows_of(content)[1:]] == [
        ["Thuê hội trường", None, 2, 1, 3_000_000, 6_000_000],
        ["In tờ gấp", None, "1,5", 1, 1_000_001, 1_500_002],
    ]
    assert rows_of(content, 1)[1:] == [
        ["Kinh phí CCHC của thành phố", 6_000_000, "Sáu triệu đồng"],
        ["Dự toán của cơ quan, đơn vị", 1_500_002, "Một triệu năm trăm nghìn không trăm linh hai đồng"],
        ["Tổng cộng", 7_500_002, "Bảy triệu năm trăm nghìn không trăm linh hai đồng"],
    ]


def test_pdf_too_long_is_refused_with_the_way_out(estimate, monkeypatch):
    monkeypatch.setattr(papers, "MOST_LINES_IN_PDF", 1)

    with pytest.raises(FlowError, match=r"\.docx"):
        papers.estimate_file(estimate, "pdf")


@pytest.mark.parametrize("count", [1, 30])
def test_paper_costs_the_same_queries(estimate, count, django_assert_num_queries):
    for _ in range(count):
        make_line(estimate)

    with django_assert_num_queries(6):
        papers.estimate_file(estimate, "docx")
