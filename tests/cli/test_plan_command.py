import json

import pytest
from docx import Document as Word

from loa.cli.main import main
from loa.demo.sample_plan import SAMPLE_PLAN
from loa.plans.models import Assignment, Plan

pytestmark = pytest.mark.slow  # most load the whole sample city


@pytest.fixture
def city(db):
    from loa.demo.city import load_city

    load_city()


def test_read_prints_the_reading_as_json(capsys):
    code = main(["plan", "read", str(SAMPLE_PLAN), "--json"])

    reading = json.loads(capsys.readouterr().out)
    assert code == 0
    assert (reading["number"], len(reading["tasks"]), len(reading["duties"])) == ("42/KH-UBND", 17, 39)


def test_read_prints_a_summary(capsys):
    code = main(["plan", "read", str(SAMPLE_PLAN)])

    lines = capsys.readouterr().out.splitlines()
    assert code == 0
    assert lines[-1] == "17 nhiệm vụ, 39 trách nhiệm, 3 quy định báo cáo, 9 nội dung, 8 hình thức"


def test_read_of_a_broken_file_says_why_in_one_line(tmp_path, capsys):
    broken = tmp_path / "plan.docx"
    broken.write_bytes(b"PK\x03\x04 not a document")

    code = main(["plan", "read", str(broken)])

    output = capsys.readouterr()
    assert (code, output.out, len(output.err.splitlines())) == (2, "", 1)


def test_read_of_a_missing_file_is_said(tmp_path, capsys):
    code = main(["plan", "read", str(tmp_path / "none.docx")])

    assert code == 2
    assert "none.docx" in capsys.readouterr().err


def test_import_without_confirm_leaves_proposals(city, capsys):
    code = main(["plan", "import", str(SAMPLE_PLAN)])

    assert code == 0
    assert Plan.objects.count() == 0


def test_import_with_confirm_issues_the_plan(city, capsys):
    code = main(["plan", "import", str(SAMPLE_PLAN), "--confirm"])

    plan = Plan.objects.get()
    assert code == 0
    assert (plan.number, plan.state, plan.tasks.count(), plan.duties.count()) == (
        "42/KH-UBND",
        "issued",
        17,
        39,
    )
    assert plan.assignments.count() == 17


def test_import_twice_is_once(city, capsys):
    main(["plan", "import", str(SAMPLE_PLAN), "--confirm"])

    code = main(["plan", "import", str(SAMPLE_PLAN), "--confirm"])

    assert code == 0
    assert (Plan.objects.count(), Assignment.objects.count()) == (1, 17)


def test_import_for_another_agency_finds_the_plan_that_is_there(city, capsys):
    main(["plan", "import", str(SAMPLE_PLAN), "--confirm", "--agency", "so-thong-tin-truyen-thong"])

    code = main(["plan", "import", str(SAMPLE_PLAN), "--confirm"])

    assert code == 0
    assert (Plan.objects.count(), Assignment.objects.count()) == (1, 17)


def test_an_unknown_agency_is_said(city, capsys):
    code = main(["plan", "import", str(SAMPLE_PLAN), "--agency", "so-khong-co"])

    assert code == 2
    assert "so-khong-co" in capsys.readouterr().err


def test_confirm_with_unresolved_fields_exits_3_and_creates_nothing(city, tmp_path, capsys):
    word = Word()
    word.add_paragraph("KẾ HOẠCH")
    word.add_paragraph("Tuyên truyền năm 2019")
    table = word.add_table(rows=2, cols=5)
    for cell, text in zip(
        table._cells,
        [
            "TT",
            "Nhiệm vụ",
            "Cơ quan chủ trì",
            "Cơ quan phối hợp",
            "Thời gian",
            "1",
            "Tổ chức hội nghị",
            "Sở Không Có Thật",
            "",
            "2019",
        ],
        strict=True,
    ):
        cell.text = text
    path = tmp_path / "plan.docx"
    word.save(path)

    code = main(["plan", "import", str(path), "--confirm"])

    assert code == 3
    assert "Sở Không Có Thật" in capsys.readouterr().err
    assert Plan.objects.count() == 0


def test_import_without_a_directory_says_what_to_do(db, capsys):
    code = main(["plan", "import", str(SAMPLE_PLAN)])

    assert code == 2
    assert "--agency" in capsys.readouterr().err
