from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories import make_agency, make_duty, make_plan, make_user
from loa.channels.models import Notice
from loa.core.models import Job
from loa.core.workflow import FlowError
from loa.reports import actions
from loa.reports.models import ReportFigure, ReportLine, ReportRound, ReportTemplate, ReportText
from loa.reports.queries.proposing import propose_period, propose_round

pytestmark = pytest.mark.slow


def test_load_templates_twice_adds_once(db):
    first = actions.load_templates()

    second = actions.load_templates()

    assert (first, second, ReportTemplate.objects.count()) == (3, 0, 3)


def test_load_templates_leaves_an_edited_outline_alone(db):
    actions.load_templates()
    ReportTemplate.objects.filter(code="communication_yearly").update(name_vi="Đã sửa")

    actions.load_templates()

    assert ReportTemplate.objects.get(code="communication_yearly").name_vi == "Đã sửa"


def test_propose_round_follows_the_plans_own_rule(scene):
    proposal = propose_round(scene.plan, date(2019, 10, 15))

    assert (proposal.kind, proposal.period) == ("yearly", "2019")
    assert (proposal.data_from, proposal.data_to) == (date(2019, 1, 1), date(2019, 10, 31))
    assert (proposal.due_on, proposal.is_due_before) == (date(2019, 11, 2), True)
    assert proposal.template.code == "communication_yearly"


@pytest.mark.parametrize(
    ("today", "period", "data_from", "data_to", "due_on"),
    [
        (date(2019, 3, 1), "2019-Q1", date(2018, 12, 15), date(2019, 3, 14), date(2019, 3, 20)),
        (date(2019, 3, 20), "2019-Q1", date(2018, 12, 15), date(2019, 3, 14), date(2019, 3, 20)),
        (date(2019, 3, 21), "2019-Q2", date(2019, 3, 15), date(2019, 6, 14), date(2019, 6, 25)),
        (date(2020, 1, 5), "2019-Q4", date(2019, 9, 15), date(2019, 12, 14), date(2019, 12, 25)),
    ],
)
def test_propose_round_of_a_quarter_has_the_window_and_day_of_the_law_in_force(
    scene, *, today, period, data_from, data_to, due_on
):
    proposal = propose_round(scene.plan, today, kind="quarterly")

    assert (proposal.period, proposal.data_from, proposal.data_to, proposal.due_on) == (
        period,
        data_from,
        data_to,
        due_on,
    )


@pytest.mark.parametrize("period", ["2018", "2019-Q5", "quý I"])
def test_propose_period_that_the_plan_does_not_have_is_refused(scene, period):
    with pytest.raises(LookupError):
        propose_period(scene.plan, period)


def test_open_round_asks_every_owing_body_once(scene, opened):
    report_round = opened()

    names = [report.agency.name for report in report_round.reports.all()]
    assert names == [
        "Báo Hải Phòng",
        "Sở Thông tin và Truyền thông",
        "UBND quận Hồng Bàng",
        "Văn phòng UBND thành phố",
    ]


def test_open_round_by_another_agency_is_refused(scene):
    proposal = propose_round(scene.plan, date(2019, 10, 15))
    fields = {key: getattr(proposal, key) for key in proposal.__slots__}

    with pytest.raises(PermissionDenied):
        actions.open_round(scene.plan, **fields, by=scene.head)


def test_open_round_twice_for_a_period_is_refused(opened):
    opened()

    with pytest.raises(FlowError):
        opened()

    assert ReportRound.objects.count() == 1


@pytest.mark.parametrize(
    "dates",
    [
        {"data_from": date(2019, 5, 2), "data_to": date(2019, 5, 1)},
        {"data_to": date(2019, 12, 1), "due_on": date(2019, 11, 2)},
    ],
)
def test_open_round_with_dates_out_of_order_is_refused(opened, dates):
    with pytest.raises(FlowError):
        opened(**dates)

    assert ReportRound.objects.count() == 0


def test_open_round_on_a_draft_plan_is_refused(scene, opened):
    scene.plan.state = "draft"
    scene.plan.save()

    with pytest.raises(FlowError):
        opened()


def test_open_round_tells_focal_points_and_heads_once(scene, opened):
    people = {scene.writer.pk, scene.head.pk, scene.accepter.pk}
    make_user(scene.press, "officer")

    opened()

    told = set(Notice.objects.values_list("receiver", flat=True))
    assert told == people


def test_prefill_drafts_a_result_from_the_windows_notes_and_deliverables(scene, note, deliverable, report_of):
    note(scene.dialogue, "Mở 02 cuộc đối thoại.", on=date(2019, 5, 2))
    note(scene.dialogue, "Ngoài kỳ.", on=date(2019, 11, 1))
    deliverable(scene.dialogue, quantity=2, unit="cuộc đối thoại")
    deliverable(scene.dialogue, unit="cuộc đối thoại", on=date(2019, 11, 1))

    line = report_of(scene.office).lines.get()

    assert line.result == (
        "Mở 02 cuộc đối thoại.\nSản phẩm trong kỳ: 02 cuộc đối thoại.\nĐạt 02/06 cuộc đối thoại."
    )
    assert line.completion == "partly"
    assert line.figures["deliverables"] == 1


@pytest.mark.parametrize(
    ("state", "produced", "completion"),
    [("assigned", 0, "none"), ("in_progress", 5, "partly"), ("in_progress", 6, "full"), ("done", 0, "full")],
)
def test_prefill_proposes_a_completion(scene, *, deliverable, report_of, state, produced, completion):
    scene.dialogue.state = state
    scene.dialogue.save()
    if produced:
        deliverable(scene.dialogue, quantity=produced, unit="Cuộc đối thoại")

    line = report_of(scene.office).lines.get()

    assert line.completion == completion


def test_prefill_ignores_what_was_withdrawn_or_is_mere_proof(scene, deliverable, report_of):
    from datetime import UTC, datetime

    deliverable(scene.articles, withdrawn_at=datetime(2019, 7, 1, tzinfo=UTC))
    deliverable(scene.articles, is_counted=False)

    line = report_of(scene.press).lines.get()

    assert (line.result, line.figures["deliverables"]) == ("", 0)


def test_prefill_of_a_duty_is_blank_where_nothing_was_noted(scene, report_of):
    line = report_of(scene.district).lines.get()

    assert (line.duty_assignment, line.result, line.completion) == (scene.duty, "", "")


def test_prefill_collects_obstacles_proposals_and_what_is_unfinished(scene, note, report_of):
    note(scene.articles, "Đăng bài", obstacles="Thiếu người", proposals="Thêm kinh phí")
    note(scene.articles, "Đăng thêm", obstacles="Thiếu người", on=date(2019, 7, 1))

    texts = dict(report_of(scene.press).texts.values_list("section", "text"))

    assert texts == {
        "models": "",
        "strengths": "",
        "obstacles": "Thiếu người",
        "next": f"Tiếp tục thực hiện nhiệm vụ {scene.articles.task.no}: Đăng tin, bài.",
        "proposals": "Thêm kinh phí",
    }


def test_prefill_twice_changes_nothing(scene, report_of):
    report = report_of(scene.press)

    again = actions.prefill_reports([report])

    assert (again, report.lines.count()) == (0, 1)


def test_open_round_for_many_bodies_runs_as_a_job(scene, opened, django_capture_on_commit_callbacks):
    for number in range(105):
        make_duty(scene.plan, make_agency(f"UBND xã {number}", kind="commune", level="commune"))

    with django_capture_on_commit_callbacks(execute=True):
        report_round = opened()

    job = Job.objects.get()
    assert (job.state, job.done_count, job.total_count) == ("done", 109, 109)
    assert ReportLine.objects.filter(report__round=report_round).count() == 109


def test_prefill_costs_the_same_queries_for_3_and_for_30(scene, opened):
    few = emptied(opened(period="2019"))
    with CaptureQueriesContext(connection) as of_few:
        actions.prefill_reports(list(few.reports.all()[:3]))

    for number in range(30):
        make_duty(scene.plan, make_agency(f"UBND phường {number}", kind="commune", level="commune"))
    many = emptied(opened(period="2020"))
    with CaptureQueriesContext(connection) as of_many:
        actions.prefill_reports(list(many.reports.all()[:30]))

    assert many.reports.filter(figures__isnull=False).distinct().count() == 30
    assert statements(of_many) == statements(of_few)


def emptied(report_round):
    """The round with its reports as they were before anything was filled in."""
    reports = report_round.reports.all()
    ReportLine.objects.filter(report__in=reports).delete()
    ReportText.objects.filter(report__in=reports).delete()
    ReportFigure.objects.filter(report__in=reports).delete()
    reports.update(prefilled_at=None)
    return report_round


def statements(queries):
    """How many statements were sent; a bulk insert is one, though SQLite takes its rows by portions."""
    sent = [query["sql"] for query in queries]
    inserted_into = {sql.split()[2] for sql in sent if sql.startswith("INSERT")}
    return len([sql for sql in sent if not sql.startswith("INSERT")]) + len(inserted_into)


def test_close_and_reopen_round(scene, opened):
    report_round = opened()

    actions.close_round(report_round, by=scene.accepter)
    closed = report_round.state
    actions.reopen_round(report_round, reason="Còn cơ quan gửi muộn", by=scene.accepter)

    assert (closed, report_round.state) == ("closed", "open")


def test_other_plans_owe_nothing_here(scene, opened):
    other = make_plan()
    make_duty(other, make_agency("Sở khác"))

    report_round = opened()

    assert report_round.reports.count() == 4
