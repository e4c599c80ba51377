"""Cases through the pages of the desk: lists, one case, its acts, files, who asks."""

from datetime import date, datetime
from io import BytesIO

import case_scene as scene
import openpyxl
import pytest
from django.urls import reverse

from factories.directory import make_agency, make_user
from factories.feedback import make_case, make_people, make_subject
from loa.core.sealing import keep_sealed
from loa.core.uploads import Upload
from loa.feedback import actions
from loa.feedback.models import AnswerTemplate, CaseFile, IdentityAccess, StatusNote

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
MONDAY = date(2019, 3, 4)
LIST_QUERIES = 16
DETAIL_QUERIES = 24


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def people(today):
    today(MONDAY)
    return make_people()


def url(name, *args):
    return reverse(f"feedback:{name}", args=args)


def codes(response):
    return [row.record.code for row in response.context["table"].rows]


def test_lists_show_what_waits_for_whom(people, as_user):
    new = make_case()
    sent, with_head = scene.assigned(people), scene.with_head(people)

    assert codes(as_user(people["intake"]).get(url("case_list"))) == [new.code]
    assert codes(as_user(people["focal_point"]).get(url("case_list"))) == [sent.code]
    assert codes(as_user(people["head"]).get(url("case_list"))) == [sent.code, with_head.code]
    assert codes(as_user(people["officer"]).get(url("case_list_agency"))) == [sent.code, with_head.code]
    assert codes(as_user(people["intake"]).get(url("case_list_intake"))) == [
        new.code,
        sent.code,
        with_head.code,
    ]
    assert codes(as_user(people["stranger"]).get(url("case_list_all"))) == []


def test_list_is_filtered_by_how_it_stands(people, as_user, today):
    late = scene.assigned(people)
    today(date(2019, 3, 20))
    held = scene.assigned(people)
    actions.ask_information(held, question="Số biên nhận?", by=people["officer"])
    today(date(2019, 3, 26))
    client = as_user(people["focal_point"])

    assert codes(client.get(url("case_list_all"), {"due": "late"})) == [late.code]
    assert codes(client.get(url("case_list_all"), {"due": "held"})) == [held.code]
    assert codes(client.get(url("case_list_all"), {"due": "soon"})) == []
    assert codes(client.get(url("case_list_all"), {"officer": "null"})) == [late.code, held.code]
    assert codes(client.get(url("case_list_all"), {"received_after": "2019-03-20"})) == [held.code]


def test_sheet_of_the_list_holds_nobody(people, as_user):
    scene.assigned(people, identity=actions.Identity(name="Nguyễn Thị Thử", phone="0912345678"))

    response = as_user(people["focal_point"]).get(url("case_list_all"), {"export": "xlsx"})

    sheet = openpyxl.load_workbook(BytesIO(response.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 2
    assert "Thử" not in str(rows)
    assert datetime(2019, 3, 25, 0, 0) in rows[1]


@pytest.mark.parametrize("count", [1, 30])
def test_list_costs_the_same_for_many_rows(people, as_user, django_assert_num_queries, count):
    for _number in range(count):
        scene.answering(people, subject=None)
    client = as_user(people["focal_point"])
    client.get(url("case_list_agency"))

    with django_assert_num_queries(LIST_QUERIES):
        client.get(url("case_list_agency"))


@pytest.mark.parametrize("count", [1, 12])
def test_page_costs_the_same_however_much_has_happened(people, as_user, django_assert_num_queries, count):
    case = scene.answering(people)
    for number in range(count):
        actions.say_status(case, words=f"Đang xác minh {number}.", by=people["officer"])
        actions.ask_share(
            case, make_agency(f"Sở Phối hợp {number}"), question="Phần của sở?", by=people["officer"]
        )
        actions.merge_case(make_case(), case, by=people["intake"])
        keep(case, f"{number}.png", "image/png", str(number).encode())
    client = as_user(people["officer"])
    client.get(case.get_absolute_url())

    with django_assert_num_queries(DETAIL_QUERIES):
        client.get(case.get_absolute_url())


def keep(case, name, kind, content=b"x", **facts):
    upload = Upload(name=name, kind="png", content=content)
    return CaseFile.objects.create(
        case=case, path=keep_sealed(upload, "cases"), name=name, type=kind, size=len(content),
        added_at="2019-03-04T00:00:00Z", **facts,
    )  # fmt: skip


def test_case_of_another_agency_is_not_there(people, as_user):
    case = scene.answering(people)
    client = as_user(people["stranger"])

    assert client.get(case.get_absolute_url()).status_code == 404
    assert client.get(url("case_step", case.pk, "transfer")).status_code == 404
    assert client.get(url("case_draft", case.pk)).status_code == 404
    assert client.post(url("case_identity", case.pk), {"purpose": "Gọi lại"}).status_code == 404
    assert client.get(url("case_file", keep(case, "a.png", "image/png").pk)).status_code == 404


def test_case_goes_its_way_through_the_pages(people, as_user):
    case = scene.assigned(people)

    def post(who, name, *args, **data):
        response = as_user(people[who]).post(url(name, case.pk, *args), data)
        assert response.status_code == 302, response.content.decode()
        case.refresh_from_db()

    post("focal_point", "case_step", "accept", officer=people["officer"].pk)
    post("officer", "case_draft", text="Mời ông đến nhận phiếu.", edition=0)
    post("officer", "case_step", "hand_to_head")
    post("head", "case_step", "return_to_officer", note="Ghi rõ ngày.")
    post("officer", "case_draft", text="Mời ông đến ngày 08/3.", edition=1)
    post("officer", "case_step", "hand_to_head", note="")
    post("head", "case_step", "approve")
    post("intake", "case_step", "return_answer", note="Chưa nói nơi nhận.")
    post("officer", "case_draft", text="Mời ông đến Bộ phận một cửa ngày 08/3.", edition=2)
    post("officer", "case_step", "hand_to_head")
    post("head", "case_step", "approve")
    post("intake", "case_step", "send")

    assert case.state == "answered"
    assert case.answer == "Mời ông đến Bộ phận một cửa ngày 08/3."


def test_step_without_its_reason_keeps_what_was_typed(people, as_user):
    case = scene.assigned(people)
    other = people["stranger"].hat.agency

    response = as_user(people["focal_point"]).post(
        url("case_step", case.pk, "transfer"), {"agency": other.pk, "note": " "}
    )

    assert response.status_code == 422
    assert f'<option value="{other.pk}" selected>' in response.content.decode()
    case.refresh_from_db()
    assert case.agency == people["agency"]


def test_not_ours_is_given_back_with_a_suggestion(people, as_user):
    case = scene.assigned(people)

    as_user(people["focal_point"]).post(
        url("case_step", case.pk, "give_back"),
        {"note": "Về cấp phép.", "suggested": people["stranger"].hat.agency.pk},
    )

    case.refresh_from_db()
    assert (case.state, case.moves.last().target) == ("classified", people["stranger"].hat.agency)


def test_head_reads_why_an_own_draft_needs_another(people, as_user):
    case = scene.assigned(people)
    actions.accept_case(case, officer=people["head"], by=people["head"])
    actions.write_answer(case, text="Đã rõ.", edition=0, by=people["head"])
    actions.hand_answer_to_head(case, by=people["head"])

    content = as_user(people["head"]).get(case.get_absolute_url()).content.decode()

    assert "somebody else who heads the agency approves it" in content
    assert as_user(people["head"]).post(url("case_step", case.pk, "approve")).status_code == 403


def test_step_of_another_part_of_the_house_has_no_page_here(people, as_user):
    case = make_case()

    assert as_user(people["intake"]).get(url("case_step", case.pk, "classify")).status_code == 404
    assert as_user(people["intake"]).get(url("case_step", case.pk, "nothing")).status_code == 404


@pytest.mark.parametrize(
    ("who", "name", "data", "status"),
    [
        ("officer", "case_status", {"words": "Đang xác minh."}, 302),
        ("officer", "case_status", {"words": ""}, 422),
        ("officer", "case_ask", {"question": "Số biên nhận?"}, 302),
        ("intake", "case_status", {"words": "Đang xác minh."}, 403),
        ("officer", "case_extend", {"why": "Chờ Bộ."}, 403),
        ("head", "case_extend", {"why": "Chờ Bộ."}, 302),
        ("head", "case_extend", {"why": ""}, 422),
        ("officer", "case_officer", {}, 403),
        ("officer", "case_merge", {}, 403),
    ],
)
def test_acts_of_a_running_case(people, as_user, who, name, data, status):
    case = scene.answering(people)

    assert as_user(people[who]).get(url(name, case.pk)).status_code == (200 if status != 403 else 403)
    assert as_user(people[who]).post(url(name, case.pk), data).status_code == status


def test_head_reads_until_when_the_time_would_run(people, as_user):
    case = scene.answering(people)

    before = as_user(people["head"]).get(url("case_extend", case.pk)).content.decode()
    until = actions.extend_case(case, why="Chờ Bộ.", by=people["head"])
    after = as_user(people["head"]).get(url("case_extend", case.pk)).content.decode()

    assert f"with 10 more days it is due on {until:%d/%m/%Y}." in before
    assert "more days it is due" not in after


def test_same_status_note_clicked_twice_is_told_once(people, as_user):
    case = scene.answering(people)
    for _click in range(2):
        as_user(people["officer"]).post(url("case_status", case.pk), {"words": "Đang xác minh."})

    assert StatusNote.objects.count() == 1


def test_waiting_is_asked_for_and_ended(people, as_user):
    case = scene.answering(people)
    as_user(people["officer"]).post(url("case_ask", case.pk), {"question": "Số biên nhận?"})
    assert as_user(people["officer"]).post(url("case_ask", case.pk), {"question": "Lại?"}).status_code == 409

    as_user(people["officer"]).post(url("case_resume", case.pk), {"note": "Đã gọi điện."})

    case.refresh_from_db()
    assert case.waiting_since is None


def test_merge_offers_cases_of_the_subject_and_takes_a_code(people, as_user):
    subject = make_subject()
    main = scene.assigned(people)
    case = make_case()
    type(case).objects.update(subject=subject)
    client = as_user(people["intake"])

    assert main.code in client.get(url("case_merge", case.pk)).content.decode()
    assert client.post(url("case_merge", case.pk), {"into": "PA.1"}).status_code == 422
    assert client.post(url("case_merge", case.pk), {"into": main.code}).status_code == 302
    case.refresh_from_db()
    assert case.merged_into == main


def test_two_drafts_are_shown_beside_each_other(people, as_user):
    case = scene.answering(people)
    actions.write_answer(case, text="Bản của tổ trưởng", edition=0, by=people["focal_point"])
    client = as_user(people["officer"])

    response = client.post(url("case_draft", case.pk), {"text": "Bản của tôi", "edition": 0})

    content = response.content.decode()
    assert response.status_code == 409
    assert "Bản của tổ trưởng" in content
    assert "Bản của tôi" in content
    again = client.post(url("case_draft", case.pk), {"text": "Bản chung", "edition": 1})
    assert again.status_code == 302


def test_draft_saves_by_itself_and_says_a_conflict(people, as_user):
    case = scene.answering(people)
    client = as_user(people["officer"])

    saved = client.post(url("case_draft_save", case.pk), {"text": "Một", "edition": 0})
    same = client.post(url("case_draft_save", case.pk), {"text": "Một", "edition": 0})
    stale = client.post(url("case_draft_save", case.pk), {"text": "Hai", "edition": 0})

    assert (saved.status_code, saved.json()["edition"]) == (200, 1)
    assert (same.status_code, same.json()["edition"]) == (200, 1)
    assert stale.status_code == 409


def test_earlier_texts_are_inserted_without_losing_a_word(people, as_user):
    subject = make_subject()
    earlier = scene.answered(people, text="Phí làm lại thẻ là 30.000 đồng.")
    case = scene.answering(people)
    type(case).objects.update(subject=subject)
    template = AnswerTemplate.objects.create(
        agency=people["agency"], title="Chào", body="Trân trọng cảm ơn ông/bà.", by=people["officer"]
    )
    client = as_user(people["officer"])
    page = client.get(url("case_draft", case.pk)).content.decode()

    first = client.post(
        url("case_draft", case.pk), {"text": "Kính gửi ông.", "edition": 0, "then": f"template-{template.pk}"}
    )
    second = client.post(
        url("case_draft", case.pk), {"text": "Kính gửi ông.", "edition": 1, "then": f"answer-{earlier.pk}"}
    )

    assert "Phí làm lại thẻ" in page
    assert "Kính gửi ông.\n\nTrân trọng cảm ơn ông/bà." in first.content.decode()
    assert "Kính gửi ông.\n\nPhí làm lại thẻ là 30.000 đồng." in second.content.decode()


def test_file_is_shown_or_downloaded_by_what_it_is(people, as_user):
    case = scene.answering(people)
    picture = keep(case, "ảnh.png", "image/png", b"picture")
    unknown = keep(case, "trang.html", "text/html", b"<script>")
    client = as_user(people["officer"])

    shown, kept = client.get(url("case_file", picture.pk)), client.get(url("case_file", unknown.pk))

    assert (shown["Content-Type"], shown.content) == ("image/png", b"picture")
    assert shown["Content-Disposition"].startswith("inline")
    assert kept["Content-Type"] == "application/octet-stream"
    assert kept["Content-Disposition"].startswith("attachment")
    assert {shown["X-Content-Type-Options"], kept["X-Content-Type-Options"]} == {"nosniff"}
    assert "no-store" in shown["Cache-Control"]


def test_who_asks_is_shown_for_a_purpose_and_logged(people, as_user):
    case = scene.answering(people, identity=actions.Identity(name="Nguyễn Thị Thử", phone="0912 345 678"))
    client = as_user(people["officer"])

    assert "Thử" not in client.get(case.get_absolute_url()).content.decode()
    assert "Thử" not in client.get(url("case_identity", case.pk)).content.decode()
    assert client.post(url("case_identity", case.pk), {"purpose": " "}).status_code == 422
    shown = client.post(url("case_identity", case.pk), {"purpose": "Gọi hẹn ngày"})

    assert shown.status_code == 200
    assert "Nguyễn Thị Thử" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert [(row.by, row.purpose) for row in IdentityAccess.objects.all()] == [
        (people["officer"], "Gọi hẹn ngày")
    ]
    assert "Thử" not in client.get(case.get_absolute_url()).content.decode()


def test_colleague_not_in_charge_does_not_see_who_asks(people, as_user):
    case = scene.answering(people, identity=actions.Identity(name="Nguyễn Thị Thử"))
    colleague = make_user(people["agency"], "officer")

    assert as_user(colleague).post(url("case_identity", case.pk), {"purpose": "Xem"}).status_code == 403
    assert not IdentityAccess.objects.exists()


def test_part_of_a_joint_answer_is_asked_given_and_inserted(people, as_user):
    case = scene.answering(people)
    other = people["stranger"]
    as_user(people["officer"]).post(
        url("share_ask", case.pk), {"agency": other.hat.agency.pk, "question": "Giấy phép số mấy?"}
    )
    share = case.shares.get()

    page = as_user(other).get(case.get_absolute_url()).content.decode()
    given = as_user(other).post(url("share_step", share.pk, "give"), {"part": "Giấy phép số 12."})
    draft = as_user(people["officer"]).post(
        url("case_draft", case.pk), {"text": "Kính gửi.", "edition": 0, "then": f"part-{share.pk}"}
    )

    assert url("share_step", share.pk, "give") in page
    assert given.status_code == 302
    assert "Kính gửi.\n\nGiấy phép số 12." in draft.content.decode()
