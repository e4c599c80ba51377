from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from loa.channels.models import Notice
from loa.core import history
from loa.core.workflow import FlowError, StaleError
from loa.reports import actions
from loa.reports.queries.completeness import missing_in

pytestmark = pytest.mark.slow


def test_save_report_keeps_what_was_typed_and_counts_versions(scene, report_of):
    report = report_of(scene.press)
    line = report.lines.get()

    version = actions.save_report(
        report,
        version=0,
        texts={"obstacles": " Thiếu người "},
        lines={line.pk: {"result": "Đã đăng 12 bài", "completion": "full", "reason": ""}},
        by=scene.writer,
    )

    line.refresh_from_db()
    assert (version, line.result, line.completion) == (1, "Đã đăng 12 bài", "full")
    assert report.texts.get(section="obstacles").text == "Thiếu người"


def test_save_report_of_an_old_version_changes_nothing(scene, report_of):
    report = report_of(scene.press)
    actions.save_report(report, version=0, texts={"obstacles": "Của tôi"}, lines={}, by=scene.writer)

    with pytest.raises(StaleError):
        actions.save_report(report, version=0, texts={"obstacles": "Của người khác"}, lines={}, by=scene.head)

    assert report.texts.get(section="obstacles").text == "Của tôi"


def test_save_report_ignores_sections_and_lines_of_others(scene, report_of):
    report, other = report_of(scene.press), report_of(scene.office).lines.get()

    actions.save_report(
        report,
        version=0,
        texts={"direction": "lạ"},
        lines={other.pk: {"result": "chen vào"}},
        by=scene.writer,
    )

    other.refresh_from_db()
    assert (other.result, report.texts.filter(section="direction").count()) == ("", 0)


def test_save_report_with_an_unlisted_completion_is_refused(scene, report_of):
    report = report_of(scene.press)
    line = report.lines.get()

    with pytest.raises(FlowError):
        actions.save_report(
            report, version=0, texts={}, lines={line.pk: {"completion": "120%"}}, by=scene.writer
        )


def test_save_report_by_another_agency_is_refused(scene, report_of):
    with pytest.raises(PermissionDenied):
        actions.save_report(report_of(scene.press), version=0, texts={}, lines={}, by=scene.accepter)


def test_save_report_after_submission_is_refused(scene, report_of, submitted, today):
    today(date(2019, 10, 20))
    report = submitted(report_of(scene.press))

    with pytest.raises(StaleError):
        actions.save_report(report, version=report.version, texts={}, lines={}, by=scene.writer)


def test_saving_again_and_again_is_one_row_of_history(scene, report_of):
    report = report_of(scene.press)
    for version in range(3):
        actions.save_report(report, version=version, texts={"obstacles": "a"}, lines={}, by=scene.writer)

    assert [entry.action for entry in history.entries_of([report])] == ["report.edit"]


def test_refresh_line_drafts_anew_from_the_evidence(scene, report_of, note):
    report = report_of(scene.press)
    line = report.lines.get()
    note(scene.articles, "Đã đăng 03 bài")

    actions.refresh_line(line, version=0, by=scene.writer)

    line.refresh_from_db()
    assert (line.result, line.completion) == ("Đã đăng 03 bài", "partly")


def test_refresh_line_of_an_old_version_is_refused(scene, report_of):
    report = report_of(scene.press)
    actions.save_report(report, version=0, texts={}, lines={}, by=scene.writer)

    with pytest.raises(StaleError):
        actions.refresh_line(report.lines.get(), version=0, by=scene.writer)


def test_submit_lists_everything_that_is_missing(scene, report_of, today):
    today(date(2019, 11, 2))
    report = report_of(scene.district)
    actions.hand_to_head(report, by=scene.person(scene.district, "focal_point"))

    with pytest.raises(actions.IncompleteReportError) as refusal:
        actions.submit_report(report, by=scene.person(scene.district, "head"))

    line, zero = report.lines.get(), report.figures.get(table="output", row="deliverables")
    assert [gap.anchor for gap in refusal.value.missing] == [
        f"line-{line.pk}-result",
        f"figure-{zero.pk}-reason",
        "late_reason",
    ]
    report.refresh_from_db()
    assert report.state == "with_head"


@pytest.mark.parametrize(
    ("typed", "anchors"),
    [
        ({"result": "", "completion": "", "reason": ""}, ["completion", "result"]),
        ({"result": "Xong", "completion": "", "reason": ""}, ["completion"]),
        ({"result": "", "completion": "none", "reason": ""}, ["reason"]),
        ({"result": "", "completion": "none", "reason": "Chưa có kinh phí"}, []),
        ({"result": "", "completion": "full", "reason": ""}, ["result"]),
        ({"result": "Xong", "completion": "full", "reason": ""}, []),
    ],
)
def test_missing_in_a_task_line(scene, report_of, typed, anchors):
    report = report_of(scene.press)
    line = report.lines.get()
    actions.save_report(report, version=0, texts={}, lines={line.pk: typed}, by=scene.writer)

    missing = missing_in(report, date(2019, 10, 20))

    found = [gap.anchor for gap in missing if gap.anchor.startswith("line-")]
    assert found == [f"line-{line.pk}-{name}" for name in anchors]


@pytest.mark.parametrize(
    ("typed", "anchors"),
    [
        ({"result": "", "completion": "", "reason": ""}, ["result"]),
        ({"result": "", "completion": "nothing_arose", "reason": ""}, ["reason"]),
        ({"result": "", "completion": "nothing_arose", "reason": "Không có đơn vị đề nghị"}, []),
        ({"result": "Đã đăng 5 tin", "completion": "", "reason": ""}, []),
    ],
)
def test_missing_in_a_duty_line(scene, report_of, typed, anchors):
    report = report_of(scene.district)
    line = report.lines.get()
    by = scene.person(scene.district, "focal_point")
    actions.save_report(report, version=0, texts={}, lines={line.pk: typed}, by=by)

    missing = missing_in(report, date(2019, 10, 20))

    found = [gap.anchor for gap in missing if gap.anchor.startswith("line-")]
    assert found == [f"line-{line.pk}-{name}" for name in anchors]


@pytest.mark.parametrize(
    ("day", "is_late"), [(date(2019, 11, 1), False), (date(2019, 11, 2), True), (date(2019, 12, 1), True)]
)
def test_submit_before_and_on_the_day_named_by_before(scene, *, report_of, filled, today, day, is_late):
    today(day)
    report = filled(report_of(scene.press))

    actions.submit_report(report, late_reason="Chờ số liệu", by=scene.head)

    report.refresh_from_db()
    assert (report.state, report.is_late) == ("submitted", is_late)


def test_lateness_stays_after_return_and_resubmission(scene, report_of, filled, today):
    today(date(2019, 11, 5))
    report = filled(report_of(scene.press))
    actions.submit_report(report, late_reason="Chờ số liệu", by=scene.head)
    actions.return_to_agency(report, reason="Thiếu số liệu", by=scene.accepter)
    today(date(2019, 10, 1))
    actions.hand_to_head(report, by=scene.writer)

    actions.submit_report(report, by=scene.head)

    report.refresh_from_db()
    assert (report.is_late, report.late_reason) == (True, "Chờ số liệu")


def test_a_report_in_time_that_is_returned_and_comes_back_later_is_not_late(
    scene, report_of, submitted, today
):
    today(date(2019, 10, 20))
    report = submitted(report_of(scene.press))
    actions.return_to_agency(report, reason="Thiếu số liệu", by=scene.accepter)
    today(date(2019, 11, 20))
    actions.hand_to_head(report, by=scene.writer)

    actions.submit_report(report, by=scene.head)

    assert report.is_late is False


def test_accept_by_the_coordinator(scene, report_of, submitted, today):
    today(date(2019, 10, 20))
    report = submitted(report_of(scene.press))

    actions.accept_report(report, by=scene.accepter)

    report.refresh_from_db()
    assert (report.state, report.accepted_at is None) == ("accepted", False)


def test_the_coordinators_own_report_is_accepted_by_the_office_only(scene, report_of, submitted, today):
    today(date(2019, 10, 20))
    report = submitted(report_of(scene.coordinator))

    with pytest.raises(PermissionDenied):
        actions.accept_report(report, by=scene.person(scene.coordinator, "head"))
    actions.accept_report(report, by=scene.person(scene.office, "focal_point"))

    assert report.state == "accepted"


def test_return_without_a_reason_is_refused(scene, report_of, submitted, today):
    today(date(2019, 10, 20))
    report = submitted(report_of(scene.press))

    with pytest.raises(FlowError):
        actions.return_to_agency(report, reason="  ", by=scene.accepter)

    report.refresh_from_db()
    assert report.state == "submitted"


def test_return_tells_the_agency_why(scene, report_of, submitted, today):
    today(date(2019, 10, 20))
    report = submitted(report_of(scene.press))

    actions.return_to_agency(report, reason="Thiếu số liệu quý III", by=scene.accepter)

    notice = Notice.objects.filter(receiver=scene.writer, key__startswith="report.return_to_agency").get()
    assert notice.body_vi == "Thiếu số liệu quý III"


def test_submit_twice_loses_the_second(scene, report_of, filled, today):
    today(date(2019, 10, 20))
    report = filled(report_of(scene.press))
    stale = report_of(scene.press)
    actions.submit_report(report, by=scene.head)

    with pytest.raises(StaleError):
        actions.submit_report(stale, by=scene.head)


def test_head_returns_to_the_writer(scene, report_of, filled):
    report = filled(report_of(scene.press))

    actions.return_to_writer(report, reason="Viết rõ hơn", by=scene.head)

    assert report.state == "returned"


def test_a_closed_round_takes_no_first_report(scene, report_of, filled, today):
    today(date(2019, 10, 20))
    report = filled(report_of(scene.press))
    actions.close_round(report.round, by=scene.accepter)

    with pytest.raises(FlowError):
        actions.submit_report(report, by=scene.head)


def test_a_closed_round_takes_corrections(scene, report_of, accepted, today):
    today(date(2019, 10, 20))
    report = accepted(report_of(scene.press))
    actions.close_round(report.round, by=scene.accepter)
    actions.reopen_report(report, reason="Sửa số liệu", by=scene.accepter)

    actions.hand_to_head(report, by=scene.writer)
    actions.submit_report(report, by=scene.head)

    assert report.state == "submitted"


def test_a_reason_for_lateness_is_kept_only_where_it_is_late(scene, report_of, filled, today):
    today(date(2019, 10, 20))
    report = filled(report_of(scene.press))

    actions.submit_report(report, late_reason="Phòng xa", by=scene.head)

    report.refresh_from_db()
    assert (report.is_late, report.late_reason) == (False, "")
