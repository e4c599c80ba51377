from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from factories import make_agency, make_duty, make_user
from loa.reports import actions
from loa.reports.models import Consolidation, ReportRound

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture(autouse=True)
def _day(today):
    today(date(2019, 10, 20))


def address(name, *args):
    return reverse(f"reports:{name}", args=args)


def test_anonymous_is_sent_to_the_login(client, report_of, scene):
    report = report_of(scene.press)

    response = client.get(report.get_absolute_url())

    assert (response.status_code, response.url.startswith(reverse("account_login"))) == (302, True)


@pytest.mark.parametrize("name", ["report_detail", "report_edit"])
def test_another_agencys_draft_is_not_found(as_user, scene, report_of, name):
    report = report_of(scene.press)

    for person in (scene.accepter, scene.person(scene.district, "head"), make_user(make_agency(), "head")):
        assert as_user(person).get(address(name, report.pk)).status_code == 404


def test_another_agencys_draft_cannot_be_saved_downloaded_or_moved(as_user, scene, report_of):
    report = report_of(scene.press)
    client = as_user(scene.person(scene.district, "head"))

    answers = [
        client.post(address("report_save", report.pk), {"version": 0}),
        client.get(address("report_download", report.pk, "docx")),
        client.post(address("report_step", report.pk, "hand_to_head")),
        client.post(address("line_refresh", report.pk, report.lines.get().pk), {"version": 0}),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404, 404]


@pytest.mark.parametrize(
    "name",
    [
        "consolidation_detail",
        "figure_list",
        "difference_list",
        "consolidation_preview",
        "signed_copy",
        "sentence_add",
    ],
)
def test_a_draft_consolidation_is_not_found_by_others(as_user, scene, consolidation, name):
    client = as_user(scene.writer)

    assert client.get(address(name, consolidation.round_id)).status_code == 404


def test_round_list_shows_what_is_due(as_user, scene, report_of):
    report = report_of(scene.press)

    page = as_user(scene.writer).get(address("round_list")).content.decode()

    assert page.count(f'href="{report.get_absolute_url()}"') == 1
    assert page.count(f'href="{report.round.get_absolute_url()}"') == 2  # in the year, in the list


def test_round_list_as_a_workbook(as_user, scene, opened):
    report_round = opened()

    response = as_user(scene.writer).get(address("round_list"), {"export": "xlsx"})

    rows = list(load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True))
    assert (len(rows), rows[1][0]) == (2, report_round.title)


def test_round_list_finds_without_accents(as_user, scene, opened):
    opened()
    client = as_user(scene.writer)

    found = client.get(address("round_list"), {"q": "tuyen truyen"}).context["table"].rows
    missed = client.get(address("round_list"), {"q": "dat dai"}).context["table"].rows

    assert (len(found), len(missed)) == (1, 0)


def test_open_a_round_by_hand(as_user, scene):
    client = as_user(scene.accepter)
    form = client.get(address("round_open", scene.plan.pk)).context["form"]
    given = {name: form[name].value() for name in form.fields if form[name].value()}

    response = client.post(address("round_open", scene.plan.pk), given)

    report_round = ReportRound.objects.get()
    assert (response.status_code, report_round.due_on, report_round.reports.count()) == (
        302,
        date(2019, 11, 2),
        4,
    )


def test_a_refused_round_keeps_what_was_typed(as_user, scene):
    client = as_user(scene.accepter)
    form = client.get(address("round_open", scene.plan.pk)).context["form"]
    given = {name: form[name].value() for name in form.fields if form[name].value()}
    given |= {"data_to": "2018-01-01", "title": "Tên tôi gõ"}

    response = client.post(address("round_open", scene.plan.pk), given)

    assert (response.status_code, response.context["form"]["title"].value()) == (409, "Tên tôi gõ")


def test_open_a_round_by_another_agency_is_forbidden(as_user, scene):
    assert as_user(scene.writer).get(address("round_open", scene.plan.pk)).status_code == 403


def test_board_is_for_the_coordinator_and_own_report_for_an_agency(as_user, scene, opened):
    report_round = opened()

    overseer = as_user(scene.accepter).get(report_round.get_absolute_url())
    agency = as_user(scene.writer).get(report_round.get_absolute_url())

    assert len(overseer.context["board"].rows) == 4
    assert ("board" in agency.context, agency.context["own"].agency) == (False, scene.press)


def test_board_lets_only_handed_in_reports_be_opened(as_user, scene, report_of, submitted):
    report = submitted(report_of(scene.press))
    draft = report_of(scene.district)

    page = as_user(scene.accepter).get(report.round.get_absolute_url()).content.decode()

    assert page.count(f'href="{report.get_absolute_url()}"') == 1
    assert page.count(f'href="{draft.get_absolute_url()}"') == 0


def test_a_notices_link_leads_to_ones_own_report(as_user, scene, report_of):
    report = report_of(scene.press)

    response = as_user(scene.writer).get(address("round_mine", report.round_id))

    assert response.url == report.get_absolute_url()


def typed(report, **changes):
    line = report.lines.get()
    return {
        "version": 0,
        f"line-{line.pk}-result": "Đã đăng 12 bài",
        f"line-{line.pk}-completion": "full",
        f"line-{line.pk}-reason": "",
        "text-obstacles": "Thiếu người",
    } | changes


def test_save_without_script(as_user, scene, report_of):
    report = report_of(scene.press)

    response = as_user(scene.writer).post(address("report_edit", report.pk), typed(report))

    assert response.url == address("report_edit", report.pk)
    assert report.lines.get().result == "Đã đăng 12 bài"


def test_save_and_hand_over(as_user, scene, report_of):
    report = report_of(scene.press)

    response = as_user(scene.writer).post(
        address("report_edit", report.pk), typed(report, then="hand_to_head")
    )

    assert response.url == address("report_step", report.pk, "hand_to_head")


def test_a_conflict_keeps_what_was_typed_and_lets_one_save_again(as_user, scene, report_of):
    report = report_of(scene.press)
    actions.save_report(report, version=0, texts={"obstacles": "Của người khác"}, lines={}, by=scene.head)
    client = as_user(scene.writer)

    refused = client.post(address("report_edit", report.pk), typed(report))
    saved = client.post(address("report_edit", report.pk), typed(report, version=refused.context["version"]))

    assert (refused.status_code, refused.context["form"]["text-obstacles"].value()) == (409, "Thiếu người")
    assert (saved.status_code, report.texts.get(section="obstacles").text) == (302, "Thiếu người")


def test_autosave_answers_with_the_version_and_what_is_missing(as_user, scene, report_of):
    report = report_of(scene.press)
    line = report.lines.get()

    response = as_user(scene.writer).post(
        address("report_save", report.pk), typed(report, **{f"line-{line.pk}-result": ""})
    )

    answer = response.json()
    zero = report.figures.get(table="output", row="deliverables")
    assert (answer["version"], [gap["anchor"] for gap in answer["missing"]]) == (
        1,
        [f"line-{line.pk}-result", f"figure-{zero.pk}-reason"],
    )


def test_autosave_of_an_old_version_is_a_conflict(as_user, scene, report_of):
    report = report_of(scene.press)
    actions.save_report(report, version=0, texts={"obstacles": "Của người khác"}, lines={}, by=scene.head)

    response = as_user(scene.writer).post(address("report_save", report.pk), typed(report))

    assert (response.status_code, report.texts.get(section="obstacles").text) == (409, "Của người khác")


def test_autosave_of_an_unlisted_answer_is_refused(as_user, scene, report_of):
    report = report_of(scene.press)
    line = report.lines.get()

    response = as_user(scene.writer).post(
        address("report_save", report.pk), typed(report, **{f"line-{line.pk}-completion": "120%"})
    )

    assert response.status_code == 422


def test_a_submitted_report_is_not_written_any_more(as_user, scene, report_of, submitted):
    report = submitted(report_of(scene.press))

    response = as_user(scene.writer).get(address("report_edit", report.pk))

    assert response.url == report.get_absolute_url()


def test_composer_shows_the_evidence_of_the_period(as_user, scene, note, deliverable, report_of):
    note(scene.articles, "Đã đăng loạt bài")
    deliverable(scene.articles, "Bài về một cửa")
    deliverable(scene.articles, "Bài ngoài kỳ", on=date(2018, 1, 1))
    report = report_of(scene.press)

    page = as_user(scene.writer).get(address("report_edit", report.pk)).content.decode()

    assert (page.count("Bài về một cửa (03/06/2019)"), page.count("Bài ngoài kỳ")) == (1, 0)


def test_draft_anew_from_the_evidence(as_user, scene, report_of, note):
    report = report_of(scene.press)
    note(scene.articles, "Đã đăng loạt bài")
    line = report.lines.get()

    as_user(scene.writer).post(address("line_refresh", report.pk, line.pk), {"version": 0})

    line.refresh_from_db()
    assert line.result == "Đã đăng loạt bài"


def test_submit_page_lists_what_is_missing(as_user, scene, report_of):
    report = report_of(scene.district)
    actions.hand_to_head(report, by=scene.person(scene.district, "focal_point"))
    client = as_user(scene.person(scene.district, "head"))

    shown = client.get(address("report_step", report.pk, "submit"))
    refused = client.post(address("report_step", report.pk, "submit"))

    zero = report.figures.get(table="output", row="deliverables")
    assert [gap.anchor for gap in shown.context["missing"]] == [
        f"line-{report.lines.get().pk}-result",
        f"figure-{zero.pk}-reason",
    ]
    assert refused.status_code == 409


def test_sign_and_submit(as_user, scene, report_of, filled):
    report = filled(report_of(scene.press))

    response = as_user(scene.head).post(address("report_step", report.pk, "submit"))

    report.refresh_from_db()
    assert (response.status_code, report.state) == (302, "submitted")


def test_return_needs_a_reason(as_user, scene, report_of, submitted):
    report = submitted(report_of(scene.press))
    client = as_user(scene.accepter)

    refused = client.post(address("report_step", report.pk, "return_to_agency"), {"reason": ""})
    done = client.post(address("report_step", report.pk, "return_to_agency"), {"reason": "Thiếu số"})

    assert (refused.status_code, done.status_code, done.url) == (422, 302, report.round.get_absolute_url())


def test_a_closed_step_says_why_before_anything_is_typed(as_user, scene, report_of):
    report = report_of(scene.press)

    response = as_user(scene.writer).get(address("report_step", report.pk, "submit"))

    assert (response.status_code, bool(response.context["why_not"])) == (409, True)


@pytest.mark.parametrize("step", ["fly", "close"])
def test_an_unknown_step_is_not_found(as_user, scene, report_of, step):
    report = report_of(scene.press)

    assert as_user(scene.writer).get(address("report_step", report.pk, step)).status_code == 404


@pytest.mark.parametrize(("form", "start"), [("docx", b"PK"), ("pdf", b"%PDF-")])
def test_an_agency_takes_its_report_on_paper(as_user, scene, report_of, form, start):
    report = report_of(scene.press)

    response = as_user(scene.writer).get(address("report_download", report.pk, form))

    assert (response.status_code, response.content.startswith(start)) == (200, True)


def test_draft_the_consolidated_report(as_user, scene, opened):
    report_round = opened()

    response = as_user(scene.accepter).post(address("consolidation_draft", report_round.pk))

    assert response.url == Consolidation.objects.get().get_absolute_url()


@pytest.mark.parametrize(
    "name",
    ["consolidation_detail", "figure_list", "difference_list", "consolidation_preview", "sentence_add"],
)
def test_pages_of_a_consolidation(as_user, scene, consolidation, name):
    assert as_user(scene.accepter).get(address(name, consolidation.round_id)).status_code == 200


def test_a_figure_opens_the_rows_behind_it(as_user, scene, consolidation):
    client = as_user(scene.accepter)

    response = client.get(address("figure_detail", consolidation.round_id, "missing"))

    assert [row.label for row in response.context["rows"]] == [
        "Báo Hải Phòng",
        "Sở Thông tin và Truyền thông",
        "UBND quận Hồng Bàng",
        "Văn phòng UBND thành phố",
    ]
    assert client.get(address("figure_detail", consolidation.round_id, "lạ")).status_code == 404


def test_edit_add_move_drop_restore_a_sentence(as_user, scene, consolidation):
    client = as_user(scene.accepter)
    sentence = consolidation.sentences.first()

    client.post(address("sentence_edit", sentence.pk), {"text": "Đã sửa.", "version": 0})
    after = f"{address('sentence_add', consolidation.round_id)}?after={sentence.pk}"
    client.post(after, {"section": "direction", "text": "Câu thêm."})
    client.post(address("sentence_act", sentence.pk), {"act": "down", "version": 1})
    client.post(address("sentence_act", sentence.pk), {"act": "drop", "version": 1})
    dropped = list(consolidation.sentences.filter(is_dropped=True))
    client.post(address("sentence_act", sentence.pk), {"act": "restore", "version": 2})

    texts = consolidation.sentences.filter(section="direction").values_list("text", flat=True)
    assert dropped == [sentence]
    assert list(texts)[:2] == ["Câu thêm.", "Đã sửa."]


def test_a_sentence_in_place_is_a_fragment(as_user, scene, consolidation):
    sentence = consolidation.sentences.first()

    response = as_user(scene.accepter).get(
        address("sentence_edit", sentence.pk), headers={"HX-Request": "true"}
    )

    assert response.content.decode().count("<html") == 0


def test_approve_issue_download_and_attach(as_user, scene, consolidation):
    key = consolidation.round_id
    head = scene.person(scene.coordinator, "head")
    as_user(scene.accepter).post(address("consolidation_step", key, "hand_to_head"))
    client = as_user(head)
    client.post(address("consolidation_step", key, "approve"))
    client.post(address("consolidation_step", key, "issue"), {"on": "2019-10-20"})
    copy = SimpleUploadedFile("ban-ky.pdf", b"%PDF-1.7\n%%EOF")
    client.post(address("signed_copy", key), {"file": copy})

    paper = client.get(address("consolidation_download", key, "docx"))
    signed = client.get(address("signed_copy_download", key))

    consolidation.refresh_from_db()
    assert (consolidation.state, consolidation.document.printed_number) == ("issued", "01/BC-STTTT")
    assert (paper["Content-Type"], paper["Content-Disposition"]) == (
        WORD,
        'attachment; filename="bao-cao-01-BC-STTTT.docx"',
    )
    assert signed.content == b"%PDF-1.7\n%%EOF"


def test_a_wrong_signed_copy_is_refused_with_its_reason(as_user, scene, consolidation):
    actions.hand_consolidation_to_head(consolidation, by=scene.accepter)
    head = scene.person(scene.coordinator, "head")
    actions.approve_consolidation(consolidation, by=head)
    wrong = SimpleUploadedFile("ban-ky.pdf", b"MZ")

    response = as_user(head).post(address("signed_copy", consolidation.round_id), {"file": wrong})

    assert (response.status_code, len(response.context["form"].non_field_errors())) == (409, 1)


def test_the_preview_says_what_the_paper_says(as_user, scene, consolidation):
    response = as_user(scene.accepter).get(address("consolidation_preview", consolidation.round_id))

    page = response.content.decode()
    assert (page.count("DỰ THẢO"), page.count("Phụ lục III</p>")) == (1, 1)


def test_fragments_of_plan_and_task_pages(as_user, scene, report_of, submitted):
    report = submitted(report_of(scene.press), result="Đã đăng 12 bài")
    client = as_user(scene.accepter)
    htmx = {"HX-Request": "true"}

    rounds = client.get(address("plan_rounds", scene.plan.pk), headers=htmx).content.decode()
    reported = client.get(address("task_reported", scene.articles.task_id), headers=htmx).content.decode()

    assert rounds.count(report.round.get_absolute_url()) == 1
    assert reported.count("Đã đăng 12 bài") == 1


def add_bodies(scene, count):
    for number in range(count):
        make_duty(scene.plan, make_agency(f"UBND xã {number}", kind="commune", level="commune"))


def own_query_count(client, url):
    """Queries on tables of reports and plans: what the shell of the page asks is not ours to count."""
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    return sum('FROM "reports_' in query["sql"] or 'FROM "plans_' in query["sql"] for query in queries)


@pytest.mark.parametrize("bodies", [1, 30])
def test_board_costs_the_same_queries(as_user, scene, opened, bodies):
    add_bodies(scene, bodies)
    url = opened().get_absolute_url()

    assert own_query_count(as_user(scene.accepter), url) == 8


@pytest.mark.parametrize("duties", [1, 30])
def test_composer_costs_the_same_queries(as_user, scene, report_of, duties):
    for number in range(duties):
        make_duty(scene.plan, scene.press, text=f"Nhiệm vụ {number}")
    url = address("report_edit", report_of(scene.press).pk)

    assert own_query_count(as_user(scene.writer), url) == 12


@pytest.mark.parametrize("bodies", [1, 30])
def test_list_costs_the_same_queries(as_user, scene, opened, bodies):
    for number in range(bodies):
        opened(period=f"2019-{number}", title=f"Kỳ {number}")

    assert own_query_count(as_user(scene.writer), address("round_list")) == 7


@pytest.mark.parametrize("bodies", [1, 30])
def test_consolidated_text_costs_the_same_queries(as_user, scene, opened, bodies):
    add_bodies(scene, bodies)
    report_round = opened()
    report_round.reports.update(state="submitted")
    for number, report in enumerate(report_round.reports.all()):
        report.texts.filter(section="strengths").update(text=f"Điểm mạnh {number}")
    consolidation = actions.draft_consolidation(report_round, by=scene.accepter)

    assert own_query_count(as_user(scene.accepter), consolidation.get_absolute_url()) == 21
