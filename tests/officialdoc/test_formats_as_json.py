"""The printed shape of a plan."""

import json
import subprocess
import sys
from datetime import date

from docx_fixtures import docx, row, table, write

from officialdoc.model import (
    DutyReading,
    Item,
    OccurrenceReading,
    Place,
    PlanReading,
    Reference,
    ReportingReading,
    Section,
    Signer,
    TargetReading,
    TaskReading,
    Warning_,
)
from officialdoc.read.as_json import plan_json

PLACE = Place(3, 9, page=2, table=0, row=5)
PLACE_JSON = {"page": 2, "table": 0, "row": 5, "start": 3, "end": 9}


def test_empty_reading_has_every_key_null_or_empty():
    assert plan_json(PlanReading("chữ")) == {
        "text": "chữ", "kind": None, "number": None, "title": None, "issuer": None, "place": None, "issued_on": None,
        "signer": {"name": None, "title": None, "authority": None},
        "legal_bases": [], "references": [], "sections": [], "topics": [], "forms": [], "tasks": [], "duties": [],
        "reporting": [], "recipients": [], "warnings": [], "sources": {}, "confidences": {},
    }  # fmt: skip


def test_task_is_printed_whole():
    task = TaskReading(
        "Tổ chức đối thoại", no="5", path="II.5", group="II. Đối thoại", lead=["Văn phòng"], details=[Item("Địa điểm", "Hội trường")],
        due_text="Quý I", starts_on=date(2025, 1, 1), due_on=date(2025, 3, 31), before=True, carried_over_from=2024,
        targets=[TargetReading(6, "cuộc")], occurrences=[OccurrenceReading("số 1", ["Sở A"], date(2025, 2, 1), "20h00", PLACE)],
        source=PLACE, confidence=0.9,
    )  # fmt: skip

    printed = plan_json(PlanReading("", tasks=[task]))["tasks"]

    assert printed == [
        {
            "no": "5", "path": "II.5", "group": "II. Đối thoại", "content": "Tổ chức đối thoại", "lead": ["Văn phòng"],
            "coordinating": [], "performing": [], "monitoring": [], "product": None,
            "details": [{"label": "Địa điểm", "text": "Hội trường"}], "due_text": "Quý I", "starts_on": "2025-01-01",
            "due_on": "2025-03-31", "before": True, "targets": [{"quantity": 6, "unit": "cuộc"}], "carried_over_from": 2024,
            "note": None, "source": PLACE_JSON, "confidence": 0.9,
            "occurrences": [{"text": "số 1", "lead": ["Sở A"], "on": "2025-02-01", "time": "20h00", "source": PLACE_JSON}],
        }
    ]  # fmt: skip


def test_other_parts_are_printed_whole():
    reading = PlanReading(
        "", issued_on=date(2025, 3, 5), signer=Signer("Người ký", "CHỦ TỊCH", "TM."), legal_bases=[Reference("Luật", None, date(2020, 1, 2))],
        sections=[Section("I", "MỤC ĐÍCH", [Section("1", "Mục đích", source=PLACE)])], topics=[Item("a", "b", PLACE)],
        duties=[DutyReading("Sở A", "làm", PLACE, 0.5)], recipients=["Lưu: VT"],
        reporting=[ReportingReading("Sở A", "Sở B", "trước 02/11", "yearly", "11-02", before=True, source=PLACE)],
        warnings=[Warning_("typo", "câu")], sources={"kind": PLACE}, confidences={"kind": 1.0},
    )  # fmt: skip

    printed = plan_json(reading)

    assert printed["issued_on"] == "2025-03-05"
    assert printed["signer"] == {"name": "Người ký", "title": "CHỦ TỊCH", "authority": "TM."}
    assert printed["legal_bases"] == [{"text": "Luật", "number": None, "issued_on": "2020-01-02"}]
    child = {"label": "1", "title": "Mục đích", "children": [], "source": PLACE_JSON}
    assert printed["sections"] == [{"label": "I", "title": "MỤC ĐÍCH", "children": [child], "source": None}]
    assert printed["topics"] == [{"label": "a", "text": "b", "source": PLACE_JSON}]
    assert printed["duties"] == [{"agency": "Sở A", "text": "làm", "source": PLACE_JSON, "confidence": 0.5}]
    assert printed["reporting"] == [
        {
            "who": "Sở A", "to": "Sở B", "when": "trước 02/11", "recurrence": "yearly", "month_day": "11-02", "before": True,
            "due_on": None, "source": PLACE_JSON, "confidence": 1.0,
        }
    ]  # fmt: skip
    assert printed["warnings"] == [{"code": "typo", "message": "câu", "source": None}]
    assert (printed["sources"], printed["confidences"]) == ({"kind": PLACE_JSON}, {"kind": 1.0})
    assert json.loads(json.dumps(printed)) == printed


def read(path):
    return subprocess.run(
        [sys.executable, "-m", "officialdoc.read", str(path)], capture_output=True, text=True, check=False
    )


def test_command_prints_the_plan(tmp_path):
    plan = docx(
        "KẾ HOẠCH",
        "Tuyên truyền",
        table(row("TT", "Nội dung công việc", "Cơ quan chủ trì"), row("1", "Viết bài", "Sở Nội vụ")),
    )

    done = read(write(tmp_path, "a.docx", plan))

    assert (done.returncode, done.stderr) == (0, "")
    printed = json.loads(done.stdout)
    assert [(t["no"], t["content"], t["lead"]) for t in printed["tasks"]] == [
        ("1", "Viết bài", ["Sở Nội vụ"])
    ]
    place = printed["tasks"][0]["source"]
    assert (place["table"], place["row"]) == (0, 1)
    assert "Viết bài" in printed["text"][place["start"] : place["end"]]


def test_command_refuses_in_one_line(tmp_path):
    done = read(write(tmp_path, "a.docx", b"PK\x03\x04"))

    assert (done.returncode, done.stdout) == (2, "")
    assert (
        done.stderr
        == "Tệp bị hỏng hoặc bị cắt cụt nên không đọc được. Hãy mở bằng phần mềm soạn thảo và lưu lại, hoặc lấy lại bản gốc.\n"
    )
