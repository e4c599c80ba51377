"""Reports still to be handed in go to the successor; what was handed in is never touched."""

from datetime import UTC, date, datetime

import pytest

from factories import make_agency, make_assignment, make_plan, make_user
from loa.core.handover import Share
from loa.plans.actions import hand_over_assignments
from loa.reports import actions
from loa.reports.actions import hand_over_reports, load_templates
from loa.reports.models import AgencyReport, ReportLine, ReportRound, ReportTemplate
from loa.reports.queries import owing_agency_ids, reports_to_write, round_board

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

DAY = date(2019, 7, 1)
NOW = datetime(2019, 6, 3, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _day(today):
    today(DAY)


@pytest.fixture
def plan():
    return make_plan()


@pytest.fixture
def bodies():
    return make_agency("Sở Cũ"), make_agency("Sở Mới")


@pytest.fixture
def report_round(plan):
    load_templates()
    return ReportRound.objects.create(
        plan=plan,
        template=ReportTemplate.objects.first(),
        kind="quarterly",
        period="2019-Q2",
        title="Báo cáo quý II",
        data_from=date(2019, 3, 15),
        data_to=date(2019, 6, 14),
        due_on=date(2019, 7, 10),
        opened_at=NOW,
    )


def report_of(report_round, agency, *works, state="draft", words=""):
    report = AgencyReport.objects.create(
        round=report_round, agency=agency, state=state, prefilled_at=NOW, version=1
    )
    for position, work in enumerate(works, start=1):
        report.lines.create(assignment=work, position=position, result=f"{agency.name}: {words}")
    return report


def hand_over(old, new, share=None):
    said = {"on": DAY, "decision": "Nghị quyết 1", "by": None}
    given = {"share": share} if share else {}
    hand_over_assignments(old, new, **said, **given)
    return hand_over_reports(old, new, **said, **given)


def test_the_draft_goes_to_the_successor(plan, bodies, report_round):
    old, new = bodies
    report = report_of(report_round, old, make_assignment(old, plan=plan))

    moved = hand_over(old, new)

    report.refresh_from_db()
    assert (report.agency, report.state, [each.how for each in moved]) == (new, "draft", ["moved"])


@pytest.mark.parametrize("state", ["submitted", "accepted"])
def test_what_was_handed_in_stays_under_the_old_name(plan, bodies, report_round, state):
    old, new = bodies
    report = report_of(report_round, old, make_assignment(old, plan=plan), state=state)

    assert hand_over(old, new) == []
    report.refresh_from_db()
    assert (report.agency, report.lines.count()) == (old, 1)


def test_a_report_of_a_closed_round_stays(plan, bodies, report_round):
    old, new = bodies
    report = report_of(report_round, old)
    report_round.state = "closed"
    report_round.save()

    assert hand_over(old, new) == []
    report.refresh_from_db()
    assert report.agency == old


def test_two_reports_of_one_round_become_one_without_losing_a_word(plan, bodies, report_round):
    old, new = bodies
    work = make_assignment(old, plan=plan)
    same = make_assignment(new, task=work.task)
    alone = make_assignment(old, plan=plan)
    report = report_of(report_round, old, work, alone, words="đã làm")
    own = report_of(report_round, new, same, words="cũng làm")
    report.texts.create(section="difficulties", text="Thiếu người")

    moved = hand_over(old, new)

    report.refresh_from_db()
    assert (report.state, moved[0].how) == ("passed_on", "merged")
    lines = dict(own.lines.values_list("assignment", "result"))
    assert lines == {same.pk: "Sở Mới: cũng làm\nSở Cũ: đã làm", alone.pk: "Sở Cũ: đã làm"}
    assert own.texts.get().text == "Sở Cũ: Thiếu người"
    assert report.texts.get().text == "Thiếu người"
    assert [row.agency for row in round_board(report_round, DAY).rows] == [new]


def test_a_report_of_the_successor_that_is_handed_in_is_left_alone(plan, bodies, report_round):
    old, new = bodies
    report = report_of(report_round, old, make_assignment(old, plan=plan))
    report_of(report_round, new, state="submitted")

    moved = hand_over(old, new)

    report.refresh_from_db()
    assert report.agency == old
    assert "handed in" in str(moved[0].why_not)


def test_who_takes_a_part_owes_a_report_of_that_part(plan, bodies, report_round):
    old, new = bodies
    part, rest = make_assignment(old, plan=plan), make_assignment(old, plan=plan)
    report = report_of(report_round, old, part, rest, words="đã làm")

    moved = hand_over(old, new, Share(takes_rest=False, mine={"task": frozenset({part.task_id})}))

    own = AgencyReport.objects.get(round=report_round, agency=new)
    assert [each.how for each in moved] == ["begun", "moved"]
    assert list(own.lines.values_list("assignment", "result")) == [(part.pk, "Sở Cũ: đã làm")]
    assert list(report.lines.values_list("assignment", flat=True)) == [rest.pk]


def test_a_body_that_ended_owes_no_further_report(plan, bodies):
    old, new = bodies
    make_assignment(old, plan=plan, state="done")
    make_assignment(new, plan=plan)
    old.valid_to = date(2019, 6, 30)
    old.save()

    assert owing_agency_ids(plan, date(2019, 7, 1)) == {new.pk, plan.coordinator_id}


def test_a_returned_report_of_a_body_that_ended_is_corrected_by_its_successor(plan, bodies, report_round):
    from loa.directory.models import ReorganisationDecision, Succession, User

    old, new = bodies
    report = report_of(report_round, old, make_assignment(old, plan=plan), state="returned")
    old.valid_to = date(2019, 6, 30)
    old.save()
    decision = ReorganisationDecision.objects.create(number="1", subject="x", on=DAY, created_at=NOW)
    Succession.objects.create(predecessor=old, successor=new, decision=decision, on=DAY)
    writer, stranger = make_user(new, "focal_point"), make_user(make_agency(), "focal_point")

    report = AgencyReport.objects.select_related("agency", "round__plan").get(pk=report.pk)
    assert User.objects.get(pk=writer.pk).has_perm("reports.write_report", report)
    assert not stranger.has_perm("reports.write_report", report)
    assert list(reports_to_write(writer)) == [report]
    actions.save_report(report, version=report.version, texts={}, lines={}, by=writer)
    assert AgencyReport.objects.get(pk=report.pk).agency == old


def test_the_line_of_work_that_moved_stays_in_the_report_that_was_handed_in(plan, bodies, report_round):
    old, new = bodies
    work = make_assignment(old, plan=plan)
    report = report_of(report_round, old, work, state="accepted", words="đã làm")

    hand_over(old, new)

    line = ReportLine.objects.get(report=report)
    work.refresh_from_db()
    assert (line.assignment, work.agency, line.result) == (work, new, "Sở Cũ: đã làm")
