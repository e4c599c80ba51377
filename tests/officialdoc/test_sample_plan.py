"""The shipped plan says what plan 42/KH-UBND says, in other words, and can be read back."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx.oxml.ns import qn
from write_samples import opened

from loa.demo.sample_plan import DATA, SAMPLE_PLAN, sample_plan
from officialdoc.read.formats import read_source
from officialdoc.read.plan import read_plan
from officialdoc.write.word import write_docx

FACTS = json.loads((DATA / "sample_plan.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def plan():
    return read_plan(read_source(SAMPLE_PLAN))


def test_shipped_file_is_the_one_the_generator_writes():
    shipped, written = members(SAMPLE_PLAN.read_bytes()), members(write_docx(sample_plan()))

    assert shipped == written


def members(package):
    """Compared unpacked: another zlib may pack the same content otherwise."""
    with ZipFile(BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_every_page_says_it_is_a_sample():
    word = opened(SAMPLE_PLAN.read_bytes())

    headers = [section.header.paragraphs[0].text.strip() for section in word.sections]

    assert word.paragraphs[0].text.strip() == "BẢN MẪU"
    assert word.paragraphs[0].runs[0]._r.find(qn("w:rPr")).find(qn("w:bdr")) is not None
    assert headers == ["BẢN MẪU", "BẢN MẪU"]


def test_header_is_read_back(plan):
    assert plan.kind == "KẾ HOẠCH"
    assert plan.number == "42/KH-UBND"
    assert plan.title == "Tuyên truyền cải cách hành chính nhà nước thành phố Hải Phòng năm 2019"
    assert plan.issuer == "Ủy ban nhân dân thành phố Hải Phòng"
    assert plan.place == "Hải Phòng"
    assert plan.issued_on.isoformat() == "2019-02-01"


def test_signature_is_the_roles_alone(plan):
    assert plan.signer.name is None
    assert plan.signer.title == "PHÓ CHỦ TỊCH"
    assert plan.signer.authority == "TM. ỦY BAN NHÂN DÂN THÀNH PHỐ / KT. CHỦ TỊCH"


def test_bases_and_recipients_are_read_back(plan):
    assert [basis.number for basis in plan.legal_bases] == ["225/QĐ-TTg", "3472/QĐ-UBND"]
    assert plan.recipients == FACTS["recipients"]


def test_topics_and_forms_are_read_back(plan):
    assert [item.label for item in plan.topics] == ["a", "b", "c", "d", "đ", "e", "g", "h", "i"]
    assert [item.label for item in plan.forms] == ["a", "b", "c", "d", "đ", "e", "g", "h"]


def test_tasks_are_read_back_with_their_agencies_and_deadline(plan):
    assert [task.no for task in plan.tasks] == [str(number) for number in range(1, 18)]
    assert [task.lead for task in plan.tasks] == [[task["lead"]] for task in FACTS["tasks"]]
    assert [task.coordinating for task in plan.tasks] == [task["coordinating"] for task in FACTS["tasks"]]
    assert {task.due_text for task in plan.tasks} == {"Cả năm 2019"}
    assert {task.due_on.isoformat() for task in plan.tasks} == {"2019-12-31"}


def test_carried_over_tasks_and_quantities_are_read_back(plan):
    carried = [task.no for task in plan.tasks if task.carried_over_from == 2018]
    targets = {task.no: [target.quantity for target in task.targets] for task in plan.tasks if task.targets}

    assert carried == ["2", "3", "11", "12", "13", "14", "15", "16", "17"]
    assert targets == {"5": [6], "17": [4]}


def test_duties_are_read_back_by_body(plan):
    bodies = [duty["agency"].removeprefix("Đề nghị ") for duty in FACTS["duties"]]
    counts = [sum(1 for duty in plan.duties if duty.agency == body) for body in bodies]

    assert counts == [6, 2, 3, 2, 4, 2, 5, 3, 2, 3, 2, 5]
    assert len(plan.duties) == 39


def test_reporting_rules_are_read_back(plan):
    yearly = next(rule for rule in plan.reporting if rule.recurrence == "yearly")

    assert sorted(rule.recurrence for rule in plan.reporting) == ["periodic", "quarterly", "yearly"]
    assert (yearly.to, yearly.month_day, yearly.before) == ("Sở Thông tin và Truyền thông", "11-02", True)
