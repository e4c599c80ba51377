"""Figure tables of a consolidated report: added up, corrected, frozen, issued again, and under later bodies."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from random import Random

import docx
import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from openpyxl import load_workbook

from factories import make_agency, make_duty
from loa.core.models import Job
from loa.core.workflow import FlowError
from loa.directory.models import Agency, Reorganisation
from loa.documents.models import DocumentLink
from loa.reports import actions, jobs
from loa.reports.models import Sentence
from loa.reports.queries import as_it_is, differences, heirs_on, table_row, tables_of
from loa.reports.queries.facts import Facts
from loa.reports.queries.gathering import facts_of, gather_facts

pytestmark = pytest.mark.slow


def report_with(scene, report, **values):
    """Handed in with the given numbers as figures, each with its reason."""
    by = scene.person(report.agency, "focal_point")
    given = {
        report.figures.get(row=row).pk: {
            "value": Decimal(value),
            "estimate": Decimal(value) * 2,
            "reason": "Bản in",
        }
        for row, value in values.items()
    }
    actions.save_report(report, version=report.version, texts={}, lines={}, figures=given, by=by)
    return report


@pytest.fixture
def issue(scene):
    def run(consolidation, day=date(2019, 11, 11)):
        head = scene.person(scene.coordinator, "head")
        actions.hand_consolidation_to_head(consolidation, by=scene.accepter)
        actions.approve_consolidation(consolidation, by=head)
        actions.issue_consolidation(consolidation, on=day, by=scene.person(scene.coordinator, "clerk"))
        return consolidation

    return run


@pytest.fixture
def reported(scene, report_of, submitted, today):
    """The press reports 40 articles, the district 5: both against a register that knows of none."""
    today(date(2019, 10, 20))
    for agency, news in ((scene.press, 40), (scene.district, 5)):
        submitted(report_with(scene, report_of(agency), news=news))
    return actions.draft_consolidation(report_of(scene.press).round, by=scene.accepter)


@pytest.fixture
def issued(scene, reported, issue, today):
    today(date(2019, 11, 11))
    return issue(reported)


def test_tables_add_up_what_agencies_report(scene, reported):
    row = table_row(facts_of(reported), "output", "news")

    assert (row.value, row.estimate, len(row.corrected)) == (45, 90, 2)
    assert [(line.name, line.value) for line in row.row.lines] == [
        ("Báo Hải Phòng", 40),
        ("UBND quận Hồng Bàng", 5),
    ]


def test_shares_are_weighed_by_the_tasks_behind_them(scene, report_of, submitted, today):
    from factories import make_assignment

    today(date(2019, 10, 20))
    for state in ("done", "done", "assigned"):
        make_assignment(scene.office, plan=scene.plan, state=state)
    for agency in (scene.press, scene.office):
        submitted(report_of(agency))

    row = table_row(gather_facts(report_of(scene.press).round), "progress", "percent")

    assert (row.value, [line.weight for line in row.row.lines]) == (Decimal("40.00"), [1, 4])  # 2 of 5


def test_sums_equal_the_agencies_whatever_they_say(scene, report_of, submitted, today):
    today(date(2019, 10, 20))
    random = Random(7)
    for agency in (scene.press, scene.district, scene.office, scene.coordinator):
        report = report_of(agency)
        values = {name: random.randint(0, 900) for name in ("news", "classes", "trained", "prints")}
        submitted(report_with(scene, report, **values))
    facts = gather_facts(report_of(scene.press).round)

    for _table, rows in tables_of(facts):
        for row in rows:
            if row.row.how == "sum" and row.value is not None:
                assert row.value == sum((line.value or 0) for line in row.row.lines)


def test_facts_with_tables_come_back_from_json(reported):
    facts = facts_of(reported)

    assert Facts.from_json(facts.to_json()) == facts


def test_a_later_correction_shows_before_and_after(scene, issued, report_of, today):
    today(date(2019, 11, 20))
    report = report_of(scene.press)
    actions.accept_report(report, by=scene.accepter)
    frozen = issued.snapshot
    actions.reopen_report(report, reason="Sai số", by=scene.accepter)
    report_with(scene, report, news=41)
    actions.hand_to_head(report, by=scene.writer)
    actions.submit_report(report, by=scene.head)

    found = {
        (each.field, each.agency): (each.was, each.now)
        for each in differences(issued)
        if "báo" in each.what or each.what.startswith("Tin")
    }

    assert found["value", "Báo Hải Phòng"] == ("40", "41")
    assert found["value", ""] == ("45", "46")
    issued.refresh_from_db()
    assert issued.snapshot == frozen


def test_reopening_keeps_number_file_and_figures_of_the_first_issue(scene, issued, issue, report_of, today):
    first, before = issued.document, actions.consolidated_file(facts_of(issued), "docx")
    today(date(2019, 11, 25))

    earlier = actions.reopen_consolidation(
        issued, reason="Báo Hải Phòng đính chính", by=scene.person(scene.coordinator, "head")
    )
    actions.draft_consolidation(issued.round, by=scene.accepter)
    issue(issued, date(2019, 11, 26))

    assert actions.consolidated_file(Facts.from_json(earlier.snapshot), "docx") == before
    assert (earlier.number, earlier.document, issued.document.number) == (1, first, 2)
    link = DocumentLink.objects.get(document=issued.document)
    assert (link.kind, link.other) == ("replaces", first)
    paper = docx.Document(BytesIO(actions.consolidated_file(facts_of(issued), "docx")))
    text = "\n".join(row.text for row in paper.paragraphs)
    assert "thay thế Báo cáo số 01/BC-STTTT ngày 11 tháng 11 năm 2019" in text


def test_reopening_needs_the_head_and_a_reason(scene, issued):
    with pytest.raises(PermissionDenied):
        actions.reopen_consolidation(issued, reason="Sai", by=scene.accepter)
    with pytest.raises(FlowError):
        actions.reopen_consolidation(issued, reason=" ", by=scene.person(scene.coordinator, "head"))

    issued.refresh_from_db()
    assert (issued.state, issued.earlier_issues.count()) == ("issued", 0)


def merge(scene):
    heir = make_agency("Báo và Đài Hải Phòng", kind="press")
    Agency.objects.filter(pk__in=[scene.press.pk, scene.district.pk]).update(valid_to=date(2025, 6, 30))
    change = Reorganisation.objects.create(kind="merge", on=date(2025, 7, 1))
    change.predecessors.add(scene.press, scene.district)
    change.successors.add(heir)
    return heir


def test_as_it_was_gives_the_same_bytes_after_a_merger(scene, issued):
    before = {form: actions.consolidated_file(facts_of(issued), form) for form in ("docx", "pdf", "xlsx")}

    merge(scene)

    issued.refresh_from_db()
    assert {form: actions.consolidated_file(facts_of(issued), form) for form in before} == before


def test_as_it_is_gives_the_same_total_under_the_successor(scene, issued):
    heir = merge(scene)
    was = facts_of(issued)

    now = as_it_is(was, heirs_on(date(2025, 7, 1), [agency.agency for agency in was.agencies]))

    row = table_row(now, "output", "news")
    assert [(line.agency, line.name, line.value) for line in row.row.lines] == [
        (heir.pk, "Báo và Đài Hải Phòng (trước đây: Báo Hải Phòng, UBND quận Hồng Bàng)", 45)
    ]
    totals = [
        [(row.value, row.estimate) for _, rows in tables_of(facts) for row in rows] for facts in (was, now)
    ]
    assert totals[0] == totals[1]


def test_before_the_merger_nobody_has_an_heir(scene, issued):
    merge(scene)

    assert heirs_on(date(2025, 6, 30), [scene.press.pk]) == {}


def test_a_body_that_was_split_keeps_its_own_row(scene, issued):
    heirs = [make_agency("Báo A"), make_agency("Báo B")]
    Agency.objects.filter(pk=scene.press.pk).update(valid_to=date(2025, 6, 30))
    change = Reorganisation.objects.create(kind="split", on=date(2025, 7, 1))
    change.predecessors.add(scene.press)
    change.successors.add(*heirs)
    was = facts_of(issued)

    now = as_it_is(was, heirs_on(date(2025, 7, 1), [scene.press.pk]))

    names = [line.name for line in table_row(now, "output", "news").row.lines]
    assert names[0] == "Báo Hải Phòng (đã chia tách: Báo A; Báo B)"


def test_a_circle_of_reorganisations_ends(scene):
    other = make_agency("Sở Vòng", valid_to=date(2020, 1, 1))
    Agency.objects.filter(pk=scene.press.pk).update(valid_to=date(2019, 12, 31))
    for before, after in ((scene.press, other), (other, scene.press)):
        change = Reorganisation.objects.create(kind="rename", on=date(2020, 1, 1))
        change.predecessors.add(before)
        change.successors.add(after)

    assert heirs_on(date(2021, 1, 1), [scene.press.pk]) == {}


def test_the_workbook_has_both_columns(reported):
    book = load_workbook(BytesIO(actions.consolidated_file(facts_of(reported), "xlsx")))

    summed = {row[2]: row[4:7] for row in book["Bảng số liệu"].iter_rows(min_row=2, values_only=True)}
    assert summed["Tin, bài, phóng sự đã đăng, phát"] == (45, 90, 2)


def test_the_annex_prints_a_dash_where_nobody_said_anything(reported):
    paper = docx.Document(BytesIO(actions.consolidated_file(facts_of(reported), "docx")))

    rows = {row.cells[1].text: [cell.text for cell in row.cells[2:]] for row in paper.tables[-1].rows}
    assert rows["Lượt phát thanh trên hệ thống truyền thanh"] == ["lượt", "-", "-", ""]
    assert rows["Tin, bài, phóng sự đã đăng, phát"][:3] == ["tin, bài", "45", "90"]


def large(scene, opened):
    for number in range(105):
        make_duty(scene.plan, make_agency(f"UBND xã {number}", kind="commune", level="commune"))
    return opened()


def test_a_large_round_is_drafted_by_a_job(scene, opened, django_capture_on_commit_callbacks):
    report_round = large(scene, opened)

    with django_capture_on_commit_callbacks(execute=True):
        job = actions.draft_or_queue(report_round, by=scene.accepter)

    job.refresh_from_db()
    assert (job.state, job.done_count == job.total_count) == ("done", True)
    assert job.result_url == report_round.consolidation.get_absolute_url()
    assert report_round.consolidation.sentences.count() == 5


def test_asking_twice_queues_once(scene, opened):
    report_round = large(scene, opened)

    first = actions.draft_or_queue(report_round, by=scene.accepter)
    second = actions.draft_or_queue(report_round, by=scene.accepter)

    assert (first, Job.objects.filter(title__contains=report_round.title).exclude(pk=first.pk).count()) == (
        second,
        1,  # the one that prefills
    )


def test_a_killed_job_begun_again_ends_the_same(scene, opened, monkeypatch):
    report_round = large(scene, opened)
    job = actions.draft_or_queue(report_round, by=scene.accepter)
    from loa.reports.actions import drafting

    renew, calls = drafting._renew_sentences, []

    def die_in_the_middle(*args):
        calls.append(args)
        if len(calls) == 3:
            raise KeyboardInterrupt
        renew(*args)

    monkeypatch.setattr(drafting, "_renew_sentences", die_in_the_middle)
    with pytest.raises(KeyboardInterrupt):
        jobs.draft_round(report_round.pk, job.pk)
    monkeypatch.undo()
    jobs.draft_round(report_round.pk, job.pk)
    texts = list(Sentence.objects.values_list("origin", "text"))
    jobs.draft_round(report_round.pk, job.pk)

    job.refresh_from_db()
    report_round.consolidation.refresh_from_db()
    assert (job.state, report_round.consolidation.version) == ("done", 1)
    assert list(Sentence.objects.values_list("origin", "text")) == texts


def test_a_job_that_comes_too_late_says_so(scene, opened):
    report_round = large(scene, opened)
    job = actions.draft_or_queue(report_round, by=scene.accepter)
    consolidation = actions.draft_consolidation(report_round, by=scene.accepter)
    actions.hand_consolidation_to_head(consolidation, by=scene.accepter)

    jobs.draft_round(report_round.pk, job.pk)

    job.refresh_from_db()
    assert (job.state, bool(job.error)) == ("failed", True)


def address(name, *args):
    return reverse(f"reports:{name}", args=args)


def test_the_pages_show_both_ways_and_drill_down(as_user, scene, issued, today):
    merge(scene)
    today(date(2025, 8, 1))
    client = as_user(scene.person(scene.coordinator, "head"))

    was = client.get(address("table_figure", issued.round_id, "output", "news")).content.decode()
    now = client.get(address("table_figure", issued.round_id, "output", "news") + "?nay=1").content.decode()
    book = client.get(address("consolidation_download", issued.round_id, "xlsx") + "?nay=1")

    assert ("Báo và Đài" in was, "Báo và Đài" in now) == (False, True)
    names = [
        row[3]
        for row in load_workbook(BytesIO(book.content))["Số liệu từng cơ quan"].iter_rows(values_only=True)
    ]
    assert "Báo và Đài Hải Phòng (trước đây: Báo Hải Phòng, UBND quận Hồng Bàng)" in names


def test_earlier_issues_stay_downloadable_for_every_named_body(as_user, scene, issued, today):
    earlier = actions.reopen_consolidation(issued, reason="Sai", by=scene.person(scene.coordinator, "head"))

    client = as_user(scene.person(scene.district, "head"))
    page = client.get(address("issue_list", issued.round_id)).content.decode()
    paper = client.get(address("issue_download", earlier.pk, "docx"))
    draft = client.get(issued.get_absolute_url())

    assert ("01/BC-STTTT" in page, paper.status_code, draft.status_code) == (True, 200, 404)
