"""Who owes in a round and until when; the board that shows it."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from openpyxl import load_workbook

from factories import make_agency, make_duty
from loa.channels.models import Notice
from loa.core.history import entries_of
from loa.core.models import CountedDay
from loa.core.workflow import FlowError
from loa.reports import actions
from loa.reports.models import ReportExtension
from loa.reports.queries import board_counts, board_rows, progress_by_day, reports_to_write, round_board
from loa.reports.queries.figures import figures_of
from loa.reports.queries.gathering import gather_facts

DUE = date(2019, 11, 2)  # "before": 01/11 is the last day


@pytest.fixture
def report(scene, report_of, today):
    today(date(2019, 10, 28))
    return report_of(scene.press)


def test_excuse_report_takes_the_body_out_of_the_figures(scene, report):
    actions.excuse_report(report, reason="Đang giải thể", by=scene.accepter)

    figures = figures_of(gather_facts(report.round))
    assert (report.state, report.excuse_reason, int(figures["agencies"].value)) == (
        "excused",
        "Đang giải thể",
        3,
    )
    assert list(reports_to_write(scene.writer)) == []
    assert entries_of([report.round]).first().note == "Báo Hải Phòng: Đang giải thể"


def test_excuse_report_needs_a_reason_and_a_right(scene, report):
    with pytest.raises(FlowError):
        actions.excuse_report(report, reason=" ", by=scene.accepter)
    with pytest.raises(PermissionDenied):
        actions.excuse_report(report, reason="Bận", by=scene.head)

    report.refresh_from_db()
    assert report.state == "draft"


def test_nobody_excuses_the_own_agency(scene, report_of, today):
    today(date(2019, 10, 28))
    own = report_of(scene.coordinator)

    with pytest.raises(PermissionDenied):
        actions.excuse_report(own, reason="Bận", by=scene.accepter)
    actions.excuse_report(own, reason="Văn phòng đồng ý", by=scene.person(scene.office, "head"))

    assert own.state == "excused"


def test_ask_again_keeps_what_was_written(scene, report):
    line = report.lines.get()
    actions.save_report(
        report,
        version=0,
        texts={},
        lines={line.pk: {"result": "Đã đăng 3 bài", "completion": "partly", "reason": ""}},
        by=scene.writer,
    )
    actions.excuse_report(report, reason="Đang giải thể", by=scene.accepter)

    actions.ask_again(report, by=scene.accepter)

    assert (report.state, report.lines.get().result, report.excuse_reason) == ("draft", "Đã đăng 3 bài", "")


def test_a_handed_in_report_is_not_excused(scene, report, submitted):
    submitted(report)

    with pytest.raises(FlowError):
        actions.excuse_report(report, reason="Thôi", by=scene.accepter)


def test_add_body_asks_it_with_a_prefilled_draft_and_tells_it_once(scene, report):
    late_comer = make_agency("Sở Đến sau")
    make_duty(scene.plan, late_comer)
    person = scene.person(late_comer, "focal_point")

    added = actions.add_body(report.round, agency=late_comer, by=scene.accepter)
    with pytest.raises(FlowError):
        actions.add_body(report.round, agency=late_comer, by=scene.accepter)

    assert (added.lines.count(), Notice.objects.filter(receiver=person).count()) == (1, 1)
    assert report.round.reports.count() == 5


def test_add_a_body_that_is_no_more_is_refused(scene, report):
    with pytest.raises(FlowError):
        actions.add_body(
            report.round, agency=make_agency("Sở Cũ", valid_to=date(2018, 1, 1)), by=scene.accepter
        )


@pytest.mark.parametrize(
    ("day", "is_late"), [(date(2019, 11, 1), False), (date(2019, 11, 5), False), (date(2019, 11, 6), True)]
)
def test_a_body_with_more_time_is_late_only_after_it(scene, report, submitted, today, *, day, is_late):
    actions.extend_report(report, due_on=date(2019, 11, 5), reason="Bão", by=scene.accepter)
    today(day)
    if is_late:
        assert [gap.anchor for gap in missing(report)][-1:] == ["late_reason"]
        return

    submitted(report)

    assert report.is_late is False


def missing(report):
    from loa.core import clock
    from loa.reports.queries import missing_in

    return missing_in(report, clock.today())


def test_more_time_can_be_given_after_the_day_has_passed(scene, report, submitted, today):
    today(date(2019, 11, 10))
    actions.extend_report(report, due_on=date(2019, 11, 12), reason="Bão", by=scene.accepter)

    submitted(report)

    assert report.is_late is False


def test_ask_grant_and_refuse_more_time(scene, report, today):
    extension = actions.ask_extension(
        report, new_due_on=date(2019, 11, 8), reason="Trùng kỳ họp", by=scene.writer
    )
    with pytest.raises(FlowError):
        actions.ask_extension(report, new_due_on=date(2019, 11, 9), reason="Lại", by=scene.writer)
    with pytest.raises(PermissionDenied):
        actions.grant_extension(extension, by=scene.writer)
    with pytest.raises(FlowError):
        actions.refuse_extension(extension, answer="", by=scene.accepter)

    actions.grant_extension(extension, answer="Đồng ý", by=scene.accepter)

    report.refresh_from_db()
    assert (extension.state, report.due_on, report.is_due_before) == ("granted", date(2019, 11, 8), False)
    assert [entry.action for entry in entries_of([report])][:2] == ["report.extend", "report.ask_extension"]
    told = set(Notice.objects.filter(key__startswith="report.extend").values_list("receiver", flat=True))
    assert told == {scene.writer.pk}


@pytest.mark.parametrize(
    ("new_due_on", "reason"), [(DUE, "Sớm hơn"), (date(2019, 11, 8), " "), (date(2019, 10, 1), "Sớm")]
)
def test_an_extension_must_be_later_and_have_a_reason(scene, report, new_due_on, reason):
    with pytest.raises(FlowError):
        actions.ask_extension(report, new_due_on=new_due_on, reason=reason, by=scene.writer)

    assert ReportExtension.objects.count() == 0


def test_extend_round_moves_the_day_for_all_and_tells_who_still_owes(scene, report, submitted, report_of):
    report.round.closes_on = date(2019, 11, 30)
    report.round.save()
    submitted(report)
    CountedDay.objects.all().delete()

    actions.extend_round(report.round, due_on=date(2019, 11, 9), reason="Bão", by=scene.accepter)

    told = set(Notice.objects.filter(key__startswith="round.extend").values_list("receiver", flat=True))
    assert (report.round.due_on, report.round.is_due_before, report.round.closes_on) == (
        date(2019, 11, 9),
        False,
        date(2019, 12, 7),
    )
    assert told == {scene.accepter.pk}  # the coordinator owes a report too; the press agency has sent its own
    with pytest.raises(FlowError):
        actions.extend_round(report.round, due_on=date(2019, 11, 9), reason="Lại", by=scene.accepter)


def test_move_round_due_by_the_calendar_says_whom_it_told(scene, report):
    people = {scene.writer.pk, scene.accepter.pk}

    moved = actions.move_round_due(
        report.round, due_on=date(2019, 11, 4), reason="Nghỉ bù ngày 01/11", by=scene.accepter
    )

    entry = entries_of([report.round]).first()
    assert {person.pk for person in moved.told} == people
    assert (entry.action, report.round.due_on, report.round.is_due_before) == (
        "round.move_due",
        date(2019, 11, 4),
        True,
    )


def test_questions_of_the_round_are_asked_answered_and_consolidated(scene, opened, filled, today):
    today(date(2019, 10, 28))
    report_round = opened(questions=["Số hồ sơ trực tuyến?"])
    report = report_round.reports.get(agency=scene.press)
    actions.save_report(report, version=0, texts={"question-1": "1.240 hồ sơ"}, lines={}, by=scene.writer)
    filled(report)
    actions.submit_report(report, by=scene.head)

    consolidation = actions.draft_consolidation(report_round, by=scene.accepter)

    sentence = consolidation.sentences.get(section="question-1")
    assert "1.240 hồ sơ" in sentence.text
    facts = gather_facts(report_round, consolidation)
    assert facts.sections[-1]["parts"][0]["title_vi"] == "Số hồ sơ trực tuyến?"
    assert actions.agency_report_file(report, "docx").startswith(b"PK")


def test_a_round_for_named_bodies_asks_only_them(scene, opened):
    report_round = opened(agencies=[scene.press, scene.district])

    assert report_round.reports.count() == 2


def mixed_board(scene, opened, today):
    """One of each: not started, draft, submitted late, excused; a further one has more time."""
    today(date(2019, 10, 28))
    for number in range(2):
        make_duty(scene.plan, make_agency(f"Sở Thêm {number}"))
    report_round = opened()
    moment = datetime(2019, 11, 4, 3, tzinfo=UTC)
    reports = {report.agency.name: report for report in report_round.reports.all()}
    actions.excuse_report(reports["Sở Thêm 0"], reason="Miễn", by=scene.accepter)
    actions.extend_report(reports["Sở Thêm 1"], due_on=date(2019, 11, 20), reason="Bão", by=scene.accepter)
    report_round.reports.filter(agency=scene.district).update(version=1)
    report_round.reports.filter(agency=scene.press).update(
        state="submitted", first_submitted_at=moment, submitted_at=moment, is_late=True
    )
    today(date(2019, 11, 5))
    return report_round


def test_the_boards_counts_equal_its_rows(scene, opened, today):
    report_round = mixed_board(scene, opened, today)
    day = date(2019, 11, 5)

    counts = {count.query: count.count for count in board_counts(report_round, day)}

    rows = board_rows(report_round, day)
    found = {"": rows.count(), "late=late": rows.filter(is_late=True).count()}
    found["late=overdue"] = rows.filter(is_overdue=True).count()
    found["late=asks_time"] = rows.filter(asks_time=True).count()
    found |= {query: rows.filter(status=query[7:]).count() for query in counts if query.startswith("status=")}
    assert found == counts
    assert (counts[""], counts["late=overdue"], counts["status=excused"]) == (6, 3, 1)


def test_both_boards_agree_on_who_is_overdue(scene, opened, today):
    report_round = mixed_board(scene, opened, today)
    day = date(2019, 11, 5)

    strip = {row.agency.pk for row in round_board(report_round, day).rows if row.is_overdue}
    listed = set(board_rows(report_round, day).filter(is_overdue=True).values_list("agency", flat=True))

    assert strip == listed


def test_progress_by_day_counts_up_to_the_due_day(scene, opened, today):
    report_round = mixed_board(scene, opened, today)

    days = progress_by_day(report_round, date(2019, 11, 5))

    assert [(each.on, each.submitted, each.is_due_day) for each in days] == [
        (date(2019, 11, 2), 0, True),
        (date(2019, 11, 4), 1, False),
    ]


def test_board_page_filters_and_exports_what_it_shows(as_user, scene, opened, today):
    report_round = mixed_board(scene, opened, today)
    client, url = as_user(scene.accepter), reverse("reports:board", args=[report_round.pk])

    page = client.get(url, {"late": "overdue", "q": "so thong tin"})
    book = client.get(url, {"late": "overdue", "export": "xlsx"})

    rows = list(load_workbook(BytesIO(book.content)).active.iter_rows(values_only=True))
    assert (len(page.context["table"].rows), len(rows) - 1) == (1, 3)


def test_board_page_costs_the_same_queries(as_user, scene, opened, today, django_assert_num_queries):
    report_round = mixed_board(scene, opened, today)
    client, url = as_user(scene.accepter), reverse("reports:board", args=[report_round.pk])
    client.get(url)
    with django_assert_num_queries(12):
        client.get(url)
    for number in range(30):
        agency = make_agency(f"Sở Nhiều {number}")
        report_round.reports.create(agency=agency)

    with django_assert_num_queries(12):
        client.get(url)


@pytest.mark.parametrize("what", ["mien", "gia-han"])
def test_acts_of_the_board_by_page(as_user, scene, report, what):
    client = as_user(scene.accepter)
    url = reverse("reports:board_act", args=[report.pk, what])

    refused = client.post(url, {})
    done = client.post(url, {"reason": "Bão", "due_on": "2019-11-20"})

    report.refresh_from_db()
    assert (refused.status_code, done.status_code) == (422, 302)
    assert (report.state, report.extended_due_on) == (
        ("excused", None) if what == "mien" else ("draft", date(2019, 11, 20))
    )


def test_acts_of_the_board_are_not_found_by_an_agency(as_user, scene, report):
    url = reverse("reports:board_act", args=[report.pk, "mien"])

    assert as_user(scene.writer).get(url).status_code == 404


def test_asking_for_time_and_deciding_by_page(as_user, scene, report):
    asked = as_user(scene.writer).post(
        reverse("reports:report_ask_extension", args=[report.pk]),
        {"new_due_on": "2019-11-08", "reason": "Trùng kỳ họp"},
    )
    extension = ReportExtension.objects.get()
    url = reverse("reports:report_extension_decide", args=[extension.pk])
    forbidden = as_user(scene.writer).post(url, {})
    shown = as_user(scene.accepter).get(report.round.get_absolute_url()).content.decode()
    refused = as_user(scene.accepter).post(f"{url}?buoc=refuse", {"answer": "Không lùi được"})

    extension.refresh_from_db()
    assert (asked.status_code, forbidden.status_code, refused.status_code, extension.state) == (
        302,
        403,
        302,
        "refused",
    )
    assert "Trùng kỳ họp" in shown


def test_rules_by_page_from_reading_to_stopping(as_user, scene, today):
    today(date(2019, 2, 12))
    client = as_user(scene.accepter)
    plan_page = reverse("reports:plan_rules", args=[scene.plan.pk])

    client.post(reverse("reports:plan_rules_read", args=[scene.plan.pk]))
    rule = scene.plan.standing_rules.get()
    confirmed = client.post(reverse("reports:rule_step", args=[rule.pk, "confirm"]))
    typed = {"kind": "yearly", "shift": "next", "legal_basis": "Nghị định 09/2019/NĐ-CP"}
    refused = client.post(reverse("reports:plan_rule_new", args=[scene.plan.pk]), typed)
    added = client.post(reverse("reports:plan_rule_new", args=[scene.plan.pk]), typed | {"mark": "ND09"})

    assert (confirmed.status_code, confirmed.url, refused.status_code, added.status_code) == (
        302,
        plan_page,
        409,
        302,
    )
    page = client.get(plan_page).content.decode()
    assert page.count("2019-ND09") == 2  # its own line, and as what the plan's line differs from
    rule.refresh_from_db()
    assert rule.state == "active"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"kind": "thematic", "due_month_day": "05/07"}, "title"),
        ({"kind": "quarterly", "has_own_window": "on", "due_month_day": "05/07"}, "has_own_window"),
        ({"kind": "yearly", "has_own_window": "on"}, "due_month_day"),
        ({"kind": "yearly", "has_own_window": "on", "due_month_day": "31/02"}, "due_month_day"),
        ({"kind": "yearly", "agencies": "Sở Không có"}, "agencies"),
        ({"kind": "yearly", "active_from": "2019-05-01", "active_to": "2019-04-01"}, "active_to"),
    ],
)
def test_a_rule_that_contradicts_itself_is_refused_and_keeps_what_was_typed(as_user, scene, typed, field):
    url = reverse("reports:plan_rule_new", args=[scene.plan.pk])

    response = as_user(scene.accepter).post(url, {"shift": "next", "legal_basis": "Tôi đã gõ"} | typed)

    form = response.context["form"]
    assert (response.status_code, list(form.errors), form["legal_basis"].value()) == (
        422,
        [field],
        "Tôi đã gõ",
    )


@pytest.mark.parametrize("count", [1, 6])
def test_rules_page_costs_the_same_queries(as_user, scene, today, count, django_assert_num_queries):
    today(date(2019, 2, 12))
    for number in range(count):
        actions.set_rule(
            scene.plan,
            kind="thematic",
            title=f"Chuyên đề {number}",
            has_own_window=True,
            due_month_day=f"{number + 1:02d}-20",
            agencies=[scene.press],
            by=scene.accepter,
        )
    client, url = as_user(scene.accepter), reverse("reports:plan_rules", args=[scene.plan.pk])
    client.get(url)

    with django_assert_num_queries(19):
        client.get(url)


def test_year_strip_shows_what_opens_and_falls_due(as_user, scene, today):
    today(date(2019, 2, 12))
    actions.set_rule(scene.plan, kind="cchc", by=scene.accepter)

    months = as_user(scene.accepter).get(reverse("reports:round_list")).context["months"]

    marks = [(month.number, mark.on.day, mark.kind, mark.period) for month in months for mark in month.marks]
    assert marks[:4] == [
        (3, 15, "opens", "2019-Q1"),
        (3, 20, "due", "2019-Q1"),
        (6, 15, "opens", "2019-H1"),
        (6, 20, "due", "2019-H1"),
    ]
    assert as_user(scene.writer).get(reverse("reports:round_list")).context["has_marks"] is False
