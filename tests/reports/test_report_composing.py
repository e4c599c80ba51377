"""Figures that an agency corrects, files it sends along, what both sides say to each other."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories import make_agency, make_user
from loa.channels.models import Notice
from loa.core import history
from loa.core.workflow import FlowError
from loa.plans.models import Deliverable, Occurrence
from loa.reports import actions
from loa.reports.actions.prefilling import prefill_reports
from loa.reports.forms.quantities import QuantityField
from loa.reports.models import AgencyReport, ReportAttachment, ReportFigure
from loa.reports.queries import comments_visible_to
from loa.reports.queries.completeness import missing_in
from loa.reports.queries.counting import sum_of_rows

pytestmark = pytest.mark.slow

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def figure(report, row):
    return report.figures.get(row=row)


def numbers(report):
    return {f"{row.table}.{row.row}": row.value for row in report.figures.all() if row.value}


def test_prefill_counts_the_window_by_the_outlines_formulas(scene, report_of, deliverable):
    deliverable(scene.articles, quantity=12, unit="tin, bài", on=date(2019, 10, 31))
    deliverable(scene.articles, quantity=1, unit="lớp", on=date(2019, 3, 1))
    deliverable(scene.articles, quantity=5, unit="tin, bài", on=date(2019, 11, 1))  # after the cut-off
    deliverable(scene.articles, quantity=7, unit="tin, bài", is_counted=False)

    report = report_of(scene.press)

    assert numbers(report) == {
        "progress.tasks": 1,
        "output.deliverables": 13,
        "output.news": 12,
        "output.classes": 1,
    }


def test_prefill_counts_sessions_held_under_who_led_them(scene, report_of):
    task = scene.dialogue.task
    held = {"task": task, "state": "held", "on": date(2019, 5, 6)}
    Occurrence.objects.create(position=1, title="Phiên đối thoại 1", lead=scene.press, **held)
    Occurrence.objects.create(position=2, title="Phiên đối thoại 2", **held)
    Occurrence.objects.create(position=3, title="Phiên đối thoại 3", task=task, on=date(2019, 6, 6))

    found = [figure(report_of(agency), "dialogues").value for agency in (scene.press, scene.office)]

    assert found == [1, 1]


def test_a_share_of_no_tasks_is_no_figure(scene, report_of):
    assert figure(report_of(scene.district), "percent").value is None


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    rows=st.lists(
        st.tuples(
            st.integers(0, 3),
            st.integers(1, 500),
            st.sampled_from(["tin, bài", "lớp", "tờ gấp", "", "Học viên"]),
            st.dates(date(2018, 12, 1), date(2019, 12, 31)),
        ),
        max_size=12,
    )
)
def test_every_figure_is_what_its_rows_add_up_to(scene, report_of, deliverable, rows):
    """Whatever the registers hold, the number and the rows behind it are one."""
    Deliverable.objects.all().delete()
    works = [scene.articles, scene.dialogue, scene.contest, scene.duty]
    for place, quantity, unit, on in rows:
        deliverable(works[place], quantity=Decimal(quantity) / 4, unit=unit, on=on)
    report_round = report_of(scene.press).round
    ReportFigure.objects.all().delete()
    for report in report_round.reports.all():
        report.lines.all().delete()
        report.texts.all().delete()
    report_round.reports.update(prefilled_at=None)

    prefill_reports(AgencyReport.objects.filter(round=report_round))

    formulas = {
        (table["key"], row["key"]): row["formula"] for table, row in report_round.template.figure_rows
    }
    for found in ReportFigure.objects.select_related("report"):
        formula = formulas[found.table, found.row]
        assert found.counted == found.value == (sum_of_rows(found, formula) if formula else None)
    window = Deliverable.objects.filter(on__gte=report_round.data_from, on__lte=report_round.data_to)
    total = sum(row.quantity for row in window)
    assert sum(row.value for row in ReportFigure.objects.filter(row="deliverables")) == total


def test_a_corrected_figure_needs_a_reason(scene, report_of):
    report = report_of(scene.press)
    news = figure(report, "news")
    given = {news.pk: {"value": Decimal(37), "estimate": Decimal(50), "reason": ""}}

    actions.save_report(report, version=0, texts={}, lines={}, figures=given, by=scene.writer)
    before = {gap.anchor for gap in missing_in(report, date(2019, 10, 20))}
    given[news.pk]["reason"] = "Bản in chưa ghi sổ"
    actions.save_report(report, version=1, texts={}, lines={}, figures=given, by=scene.writer)
    after = {gap.anchor for gap in missing_in(report, date(2019, 10, 20))}

    news.refresh_from_db()
    assert before - after == {f"figure-{news.pk}-reason"}
    assert (news.counted, news.value, news.estimate, news.is_corrected) == (0, 37, 50, True)


def test_a_zero_needs_a_reason_only_where_the_table_asks(scene, report_of):
    report = report_of(scene.press)

    gaps = [gap.anchor for gap in missing_in(report, date(2019, 10, 20)) if "figure" in gap.anchor]

    assert gaps == [f"figure-{figure(report, 'deliverables').pk}-reason"]


@pytest.mark.parametrize("value", [Decimal(-1), Decimal(10) ** 13])
def test_an_impossible_figure_is_refused_and_nothing_is_kept(scene, report_of, value):
    report = report_of(scene.press)
    given = {figure(report, "news").pk: {"value": value}}

    with pytest.raises(FlowError):
        actions.save_report(report, version=0, texts={}, lines={}, figures=given, by=scene.writer)

    report.refresh_from_db()
    assert (report.version, figure(report, "news").value) == (0, 0)


def test_recounting_follows_the_register_but_not_where_a_person_corrected(scene, report_of, deliverable):
    report = report_of(scene.press)
    given = {figure(report, "news").pk: {"value": Decimal(9), "reason": "Bản in"}}
    actions.save_report(report, version=0, texts={}, lines={}, figures=given, by=scene.writer)
    deliverable(scene.articles, quantity=4, unit="tin, bài")

    changed = actions.recount_figures(report, version=1, by=scene.writer)
    again = actions.recount_figures(report, version=2, by=scene.writer)

    assert (changed, again) == (2, 0)
    news = figure(report, "news")
    assert (news.counted, news.value, figure(report, "deliverables").value) == (4, 9, 4)


def test_recounting_by_another_agency_is_refused(scene, report_of):
    with pytest.raises(PermissionDenied):
        actions.recount_figures(report_of(scene.press), version=0, by=scene.accepter)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", None),
        ("1234", 1234),
        ("1.234", 1234),
        ("1.234.567,5", Decimal("1234567.5")),
        ("12,5", Decimal("12.5")),
        ("12.5", Decimal("12.5")),
        (" 7 ", 7),
    ],
)
def test_numbers_as_people_type_them(typed, read):
    assert QuantityField(required=False).clean(typed) == read


@pytest.mark.parametrize("typed", ["-1", "mười", "1.23.4", "1,234", "=1+1", "99999999999999"])
def test_what_is_no_number_is_refused(typed):
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError):
        QuantityField(required=False).clean(typed)


def attach(report, by, name="danh-muc.pdf", content=PDF, **fields):
    return actions.attach_to_report(report, file=BytesIO(content), name=name, by=by, **fields)


def test_attach_checks_the_content_and_keeps_history(scene, report_of):
    report = report_of(scene.press)

    made = attach(report, scene.writer, title="Danh mục tin, bài")

    assert (made.file_name, made.file_type, made.size) == ("danh-muc.pdf", "application/pdf", len(PDF))
    assert history.entries_of([report]).first().action == "report.attach"


def test_attach_the_same_file_twice_keeps_it_once(scene, report_of):
    report = report_of(scene.press)
    attach(report, scene.writer)

    with pytest.raises(FlowError):
        attach(report, scene.writer, name="ten-khac.pdf")

    assert report.attachments.count() == 1


def test_attach_a_program_in_disguise_is_refused(scene, report_of):
    with pytest.raises(FlowError):
        attach(report_of(scene.press), scene.writer, content=b"MZ\x90\x00" * 50)


def test_after_submission_files_stay_as_they_are(scene, report_of, submitted, today):
    today(date(2019, 10, 20))
    report = report_of(scene.press)
    made = attach(report, scene.writer)
    submitted(report)

    with pytest.raises(FlowError):
        actions.remove_attachment(made, by=scene.writer)


def test_remove_twice_removes_once(scene, report_of):
    report = report_of(scene.press)
    made = attach(report, scene.writer)

    actions.remove_attachment(made, by=scene.writer)
    actions.remove_attachment(made, by=scene.writer)

    removals = [entry.action for entry in history.entries_of([report])].count("report.detach")
    assert (removals, ReportAttachment.objects.get().removed_at is None) == (1, False)


def test_a_comment_reaches_the_other_side_and_comes_back(scene, report_of, submitted, today):
    today(date(2019, 10, 20))
    report = submitted(report_of(scene.press))
    Notice.objects.all().delete()

    comment = actions.comment_on_report(
        report, text="Số liệu khác kỳ trước", anchor=f"line-{report.lines.get().pk}", by=scene.accepter
    )
    asked = set(Notice.objects.values_list("receiver", flat=True))
    actions.reply_to_comment(comment, text="Đã kiểm tra", by=scene.writer)
    actions.resolve_comment(comment, by=scene.accepter)

    assert asked == {scene.writer.pk, scene.head.pk}
    assert (comment.state, comment.about) == ("resolved", "Nhiệm vụ 2: Đăng tin, bài")
    actions_ = [entry.action for entry in history.entries_of([report])][:3]
    assert actions_ == ["report.resolve_comment", "report.reply", "report.comment"]


def test_only_both_sides_read_comments(scene, report_of, submitted, today):
    today(date(2019, 10, 20))
    report = submitted(report_of(scene.press))
    actions.comment_on_report(report, text="Riêng", by=scene.accepter)
    others = [scene.person(scene.office, "head"), scene.person(scene.district, "head")]

    seen = [comments_visible_to(user).count() for user in (scene.accepter, scene.writer, *others)]

    assert seen == [1, 1, 0, 0]


@pytest.mark.parametrize("anchor", ["line-0", "text-lạ", "figure-0", "elsewhere", "line-x"])
def test_a_comment_needs_a_place_that_exists(scene, report_of, anchor):
    with pytest.raises(FlowError):
        actions.comment_on_report(report_of(scene.press), text="Ở đâu?", anchor=anchor, by=scene.writer)


def test_a_comment_by_a_stranger_is_refused(scene, report_of):
    with pytest.raises(PermissionDenied):
        actions.comment_on_report(report_of(scene.press), text="?", by=make_user(make_agency(), "head"))


def ask(scene, report, **fields):
    fields = {"text": "Vì sao gửi muộn?", "due_on": date(2019, 11, 8), "by": scene.accepter} | fields
    return actions.ask_report_explanation(report, **fields)


def test_a_late_report_can_be_explained_before_it_is_there(scene, report_of, today):
    report = report_of(scene.press)
    today(date(2019, 11, 5))
    explanation = ask(scene, report)

    actions.reply_to_comment(explanation, text="Cán bộ nghỉ ốm", by=scene.writer)

    assert (explanation.state, explanation.answered_at is not None) == ("answered", True)
    assert history.entries_of([report]).first().action == "report.explain"


def test_ones_own_further_word_is_no_answer(scene, report_of, today):
    today(date(2019, 11, 5))
    explanation = ask(scene, report_of(scene.press))

    actions.reply_to_comment(explanation, text="Đề nghị trả lời sớm", by=scene.accepter)

    assert explanation.state == "open"


def test_an_agency_does_not_resolve_what_was_asked_of_it(scene, report_of, today):
    today(date(2019, 11, 5))
    explanation = ask(scene, report_of(scene.press))

    with pytest.raises(PermissionDenied):
        actions.resolve_comment(explanation, by=scene.writer)


def test_an_agency_does_not_ask_itself(scene, report_of):
    with pytest.raises(PermissionDenied):
        ask(scene, report_of(scene.press), by=scene.writer)


def test_an_answer_is_not_due_in_the_past(scene, report_of, today):
    report = report_of(scene.press)
    today(date(2019, 11, 9))

    with pytest.raises(FlowError):
        ask(scene, report)


def test_a_party_body_is_asked_kindly(scene, report_of, today):
    scene.press.kind = "party_board"
    scene.press.save()
    report, reader = report_of(scene.press), scene.writer
    today(date(2019, 11, 5))

    ask(scene, report)

    notice = Notice.objects.get(key__startswith="report.ask_explanation", receiver=reader)
    assert (notice.subject_vi[:8], notice.subject_en[:28]) == ("Kính đề ", "Your agency is kindly asked ")


def address(name, *args):
    return reverse(f"reports:{name}", args=args)


def test_the_pages_of_a_figure_show_its_rows(as_user, scene, report_of, deliverable):
    deliverable(scene.articles, "Bài về một cửa", quantity=3, unit="tin, bài")
    report = report_of(scene.press)

    page = as_user(scene.writer).get(address("report_figure", report.pk, figure(report, "news").pk))

    assert ("Bài về một cửa" in page.content.decode(), page.status_code) == (True, 200)


def test_a_figure_typed_wrong_keeps_what_was_typed(as_user, scene, report_of):
    report = report_of(scene.press)
    name = f"figure-{figure(report, 'news').pk}-value"

    response = as_user(scene.writer).post(
        address("report_save", report.pk), {"version": 0, name: "nhiều", "text-strengths": "Tốt"}
    )

    assert (response.status_code, "12,5" in response.json()["error"]) == (422, True)


def test_attach_and_download_through_the_pages(as_user, scene, report_of):
    report = report_of(scene.press)
    client = as_user(scene.writer)

    sent = client.post(
        address("report_attach", report.pk), {"title": "", "file": SimpleUploadedFile("bang.pdf", PDF)}
    )
    made = ReportAttachment.objects.get()
    got = client.get(address("attachment_download", made.pk))
    content = b"".join(got.streaming_content)
    strange = as_user(scene.person(scene.district, "head")).get(address("attachment_download", made.pk))

    assert (sent.status_code, content, strange.status_code) == (302, PDF, 404)


def test_ask_and_explain_through_the_pages(as_user, scene, report_of, today):
    report = report_of(scene.press)
    today(date(2019, 11, 5))

    asked = as_user(scene.accepter).post(
        address("report_explanation_ask", report.pk), {"text": "Vì sao muộn?", "due_on": "2019-11-08"}
    )
    comment = report.comments.get()
    answered = as_user(scene.writer).post(comment.get_absolute_url(), {"text": "Thiếu người"})
    page = as_user(scene.accepter).get(comment.get_absolute_url()).content.decode()

    assert (asked.status_code, answered.status_code, "Thiếu người" in page) == (302, 302, True)


def test_an_empty_reply_stays_on_the_page(as_user, scene, report_of):
    comment = actions.comment_on_report(report_of(scene.press), text="Hỏi", by=scene.writer)

    assert as_user(scene.writer).post(comment.get_absolute_url(), {"text": ""}).status_code == 422
