import json
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from openpyxl import load_workbook

from factories import make_agency, make_duty
from loa.reports import actions
from loa.reports.papers.agency import agency_paper
from loa.reports.papers.consolidated import consolidated_paper
from loa.reports.papers.tables import duty_table, report_table, task_table
from loa.reports.queries.agency_paper import agency_paper_facts
from loa.reports.queries.facts import Facts
from loa.reports.queries.figures import figures_of
from loa.reports.queries.gathering import facts_of, gather_facts
from officialdoc.write.model import Heading

pytestmark = pytest.mark.slow


def issue(scene, consolidation):
    actions.hand_consolidation_to_head(consolidation, by=scene.accepter)
    actions.approve_consolidation(consolidation, by=scene.person(scene.coordinator, "head"))
    actions.issue_consolidation(consolidation, by=scene.person(scene.coordinator, "clerk"))


def words(row):
    return [cell.text for cell in row]


def test_a_draft_has_no_number_and_says_it_is_one(consolidation):
    paper = consolidated_paper(facts_of(consolidation))

    assert (paper.draft, paper.number, paper.on) == (True, None, None)


def test_head_and_foot_of_the_issued_paper(scene, consolidation, today):
    today(date(2019, 11, 8))
    issue(scene, consolidation)

    paper = consolidated_paper(facts_of(consolidation))

    assert (paper.kind, paper.symbol, paper.number, paper.on) == ("BÁO CÁO", "BC-STTTT", 1, date(2019, 11, 8))
    assert (paper.parent_agency, paper.agency) == ("UBND thành phố", "Sở Thông tin và Truyền thông")
    assert (paper.addressees, paper.draft, paper.place) == (("UBND thành phố",), False, "Hải Phòng")
    assert paper.bases == (
        "Căn cứ Kế hoạch số 42/KH-UBND ngày 01 tháng 02 năm 2019 của UBND thành phố về k"
        + scene.plan.title[1:],
    )
    assert paper.recipients[-1] == "Lưu: VT"


def test_optional_sections_without_words_are_left_out_and_numbers_close_up(consolidation):
    paper = consolidated_paper(facts_of(consolidation))

    heads = [
        f"{block.label} {block.text}"
        for block in paper.body
        if isinstance(block, Heading) and block.level == 1
    ]
    assert heads == [
        "I. CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI",
        "II. KẾT QUẢ THỰC HIỆN THEO HÌNH THỨC TUYÊN TRUYỀN",
        "III. KẾT QUẢ THỰC HIỆN NHIỆM VỤ THƯỜNG XUYÊN",
        "IV. ĐÁNH GIÁ CHUNG",
        "V. PHƯƠNG HƯỚNG KỲ TỚI",
        "VI. KIẾN NGHỊ, ĐỀ XUẤT",
    ]


def test_task_annex_has_the_columns_of_the_form(scene, report_of, submitted, today):
    today(date(2019, 10, 20))
    report = submitted(report_of(scene.press), result="Đăng 12 bài")

    table = task_table(gather_facts(report.round))

    assert words(table.header[0]) == [
        "TT",
        "Nhiệm vụ",
        "Cơ quan chủ trì",
        "Cơ quan phối hợp",
        "Kết quả",
        "Hoàn thành",
        "Ghi chú",
    ]
    assert [words(row) for row in table.rows[:2]] == [
        ["1", "Tổ chức 06 cuộc đối thoại", "Văn phòng UBND thành phố", "", "", "Chưa báo cáo", ""],
        ["2", "Đăng tin, bài", "Báo Hải Phòng", "", "Đăng 12 bài", "Hoàn thành", ""],
    ]


def test_duty_annex_names_who_did_not_where_a_group_is_large(scene, opened, today):
    today(date(2019, 10, 20))
    duty = scene.duty.duty
    for number in range(1, 9):
        agency = make_agency(f"UBND quận {number}", kind="district", level="district")
        make_duty(scene.plan, agency)
        scene.plan.duty_assignments.filter(agency=agency).update(duty=duty)
    scene.plan.duties.exclude(pk=duty.pk).delete()
    report_round = opened()

    table = duty_table(gather_facts(report_round))

    names = ", ".join([*(f"UBND quận {n}" for n in range(1, 9)), "UBND quận Hồng Bàng"])
    assert [words(row) for row in table.rows] == [
        ["1.1", "UBND quận Hồng Bàng", duty.text, "0/9 cơ quan, đơn vị đã thực hiện; 9 chưa báo cáo", ""],
        ["", f"Chưa báo cáo: {names}"],
    ]


def test_report_annex_sets_asked_bodies_apart_and_ranks_nobody(scene, opened, today):
    today(date(2019, 10, 20))
    make_duty(scene.plan, make_agency("Ban Tuyên giáo Thành ủy", kind="party_board"))

    table = report_table(gather_facts(opened()))

    assert [words(row)[:3] for row in table.rows] == [
        ["Cơ quan, đơn vị phải báo cáo"],
        ["1", "Báo Hải Phòng", "Chưa gửi"],
        ["2", "Sở Thông tin và Truyền thông", "Chưa gửi"],
        ["3", "UBND quận Hồng Bàng", "Chưa gửi"],
        ["4", "Văn phòng UBND thành phố", "Chưa gửi"],
        ["Cơ quan Đảng, đoàn thể (được đề nghị báo cáo)"],
        ["1", "Ban Tuyên giáo Thành ủy", "Chưa gửi"],
    ]


def test_late_and_missing_reports_are_told_apart(scene, report_of, filled, today):
    today(date(2019, 11, 3))
    report = filled(report_of(scene.press))
    actions.submit_report(report, late_reason="Chờ số liệu", by=scene.head)

    table = report_table(gather_facts(report.round))

    assert words(table.rows[1]) == ["1", "Báo Hải Phòng", "Muộn", "03/11/2019", "Chờ số liệu"]


def test_an_agencys_paper_goes_to_the_coordinator(scene, report_of, submitted, today):
    today(date(2019, 10, 20))
    report = submitted(report_of(scene.press), result="Đăng 12 bài")

    paper = agency_paper(agency_paper_facts(report))

    assert (paper.agency, paper.addressees) == ("Báo Hải Phòng", ("Sở Thông tin và Truyền thông",))
    assert (paper.draft, paper.number, paper.signature.title) == (False, None, "TỔNG BIÊN TẬP")


def test_the_coordinators_own_paper_goes_to_the_office(scene, report_of):
    paper = agency_paper(agency_paper_facts(report_of(scene.coordinator)))

    assert (paper.addressees, paper.draft) == (("Văn phòng UBND thành phố",), True)


def test_build_files_before_any_round_is_a_draft(scene, tmp_path):
    paths = actions.build_report_files(scene.plan, "2019", tmp_path / "ra")

    text = "\n".join(paragraph.text for paragraph in docx.Document(str(paths[0])).paragraphs)
    assert [path.name for path in paths] == ["report.docx", "report.pdf", "figures.xlsx"]
    assert "Có 0/04 cơ quan, đơn vị đã gửi báo cáo" in text
    assert scene.plan.rounds.count() == 0


def test_build_files_of_an_unknown_period_is_refused(scene, tmp_path):
    with pytest.raises(LookupError):
        actions.build_report_files(scene.plan, "2018", tmp_path)


def test_files_of_an_issued_report_are_the_same_bytes_years_later(
    scene, *, report_of, submitted, note, today, tmp_path
):
    today(date(2019, 10, 20))
    report = submitted(report_of(scene.press))
    consolidation = actions.draft_consolidation(report.round, by=scene.accepter)
    issue(scene, consolidation)
    first = actions.build_report_files(scene.plan, "2019", tmp_path / "2019")

    today(date(2026, 11, 20))
    note(scene.articles, "Ghi thêm về sau", on=date(2019, 7, 1))
    actions.return_to_agency(report, reason="Sửa", by=scene.accepter)
    scene.press.name = "Báo và Phát thanh, Truyền hình Hải Phòng"
    scene.press.save()
    later = actions.build_report_files(scene.plan, "2019", tmp_path / "2026")

    assert [digest(path) for path in later] == [digest(path) for path in first]


def digest(path):
    return sha256(path.read_bytes()).hexdigest()


def test_workbook_says_the_figures_of_the_report(scene, report_of, submitted, deliverable, today):
    today(date(2019, 10, 20))
    deliverable(scene.dialogue, quantity=4, unit="cuộc đối thoại")
    report = submitted(report_of(scene.press))
    facts = gather_facts(report.round)

    book = load_workbook(BytesIO(actions.consolidated_file(facts, "xlsx")))

    rows = {row[0]: row[2] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)}
    assert rows == {key: int(figure.value) for key, figure in figures_of(facts).items()}
    assert book.sheetnames == [
        "Số liệu",
        "Nhiệm vụ",
        "Nhiệm vụ thường xuyên",
        "Gửi báo cáo",
        "Bảng số liệu",
        "Số liệu từng cơ quan",
    ]


def test_docx_has_its_wide_annexes_on_landscape_pages(consolidation):
    data = actions.consolidated_file(facts_of(consolidation), "docx")

    with ZipFile(BytesIO(data)) as package:
        xml = package.read("word/document.xml").decode()
    assert xml.count('w:orient="landscape"') == 2


def test_a_report_issued_by_an_earlier_version_gives_the_same_numbers_and_words():
    """The file was frozen when the program was young; code may change, what was issued may not."""
    frozen = json.loads(Path(__file__).with_name("data").joinpath("issued_2019.json").read_text("utf-8"))

    facts = Facts.from_json(frozen)

    figures = {key: int(figure.value) for key, figure in figures_of(facts).items()}
    text = "\n".join(
        row.text for row in docx.Document(BytesIO(actions.consolidated_file(facts, "docx"))).paragraphs
    )
    assert [
        figures[key] for key in ("agencies", "reported", "missing", "full", "unreported", "deliverables")
    ] == [
        4,
        2,
        2,
        2,
        1,
        4,
    ]
    assert (facts.paper.number, facts.paper.on) == (1, date(2019, 11, 8))
    assert "Có 02/04 cơ quan, đơn vị đã gửi báo cáo" in text
    assert actions.consolidated_file(facts, "xlsx").startswith(b"PK")
