"""The asker's own page of a case: how it stands, what one may do, what is kept of one, and for how long."""

import json
from datetime import date, timedelta

import pytest
from asking_scene import forget_counts, sum_in
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation

from factories import make_user
from factories.feedback import make_assigned, make_case, make_people
from loa.channels.models import Delivery, Letter, Notice
from loa.core.models import Entry
from loa.core.sealing import open_sealed
from loa.core.uploads import Upload
from loa.core.workflow import FlowError
from loa.feedback import actions, clocks, queries
from loa.feedback.models import Asker, Case, CaseFile, DataRequest, IdentityAccess
from loa.feedback.views import gate

pytestmark = pytest.mark.django_db
MONDAY = date(2019, 3, 4)
TOLD = actions.Identity(name="Bà Mẫu", phone="0912 345 678", email="ba@example.test")
ALLOWED = {"contact": "Cho phép gửi thư", "name": "Cho phép nêu tên"}


@pytest.fixture(autouse=True)
def _monday(today):
    forget_counts()
    today(MONDAY)
    with translation.override("en"):
        yield


@pytest.fixture
def people():
    return make_people()


@pytest.fixture
def client(client, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def secret_of(case):
    return actions.make_secret(case.key)


def enter(client, case):
    answer = client.post("/gop-y/theo-doi/", {"code": case.code, "secret": secret_of(case)})
    assert answer.url == f"/gop-y/theo-doi/{case.code}/"
    return answer.url


def answered(people, **words):
    case = make_assigned(people["agency"], intake=people["intake"], **words)
    actions.accept_case(case, officer=people["officer"], by=people["focal_point"])
    actions.write_answer(case, text="Mời đến nhận phiếu.", edition=case.edition, by=people["officer"])
    actions.hand_answer_to_head(case, by=people["officer"])
    actions.approve_answer(case, by=people["head"])
    actions.send_answer(case, by=people["intake"])
    return case


def look_at_identity(case, people, count):
    for number in range(count):
        IdentityAccess.objects.create(
            case=case,
            by=make_user(people["agency"], "officer"),
            agency=people["agency"],
            purpose=f"Gọi lại {number}",
            at=case.received_at,
        )


def test_case_opens_with_code_and_secret_alone(people, client):
    case = make_case()

    wrong = client.post("/gop-y/theo-doi/", {"code": case.code, "secret": "sai"})
    assert wrong.status_code == 422
    assert client.get(f"/gop-y/theo-doi/{case.code}/").url == f"/gop-y/theo-doi/?code={case.code}"
    page = client.get(enter(client, case))

    assert case.content in page.content.decode()
    assert "Thursday" not in page.content.decode()
    assert "Monday, 11/03/2019" in page.content.decode()  # sent on within five working days
    assert "no-store" in page["Cache-Control"]
    assert page["Referrer-Policy"] == "same-origin"


def test_cookie_of_one_case_opens_no_other(people, client):
    mine, other = make_case(), make_case(content="Việc của người khác")
    enter(client, mine)

    cookie = client.cookies[gate.CASE_COOKIE]
    assert cookie["path"] == f"/gop-y/theo-doi/{mine.code}/"
    cookie["path"] = "/"
    assert client.get(f"/gop-y/theo-doi/{other.code}/").status_code == 302
    client.cookies[gate.CASE_COOKIE] = f'"{other.code}":forged'
    assert client.get(f"/gop-y/theo-doi/{other.code}/").status_code == 302


def test_code_that_was_guessed_at_asks_a_sum_and_the_owner_still_comes_in(people, client):
    case = make_case()
    for _try in range(gate.WRONG_FOR_CODE):
        client.post("/gop-y/theo-doi/", {"code": case.code, "secret": "sai"})

    held_off = client.post("/gop-y/theo-doi/", {"code": case.code, "secret": secret_of(case)})
    assert held_off.status_code == 422
    came_in = client.post(
        "/gop-y/theo-doi/", {"code": case.code, "secret": secret_of(case), **sum_in(held_off)}
    )

    assert came_in.status_code == 302


def test_address_that_guesses_is_held_off(people, client, monkeypatch):
    from loa.feedback.views import own_case

    monkeypatch.setattr(own_case, "WRONG_SECRETS", gate.WRONG_SECRETS._replace(most=2))
    for number in range(2):
        client.post("/gop-y/theo-doi/", {"code": f"PA.2019.{number}", "secret": "sai"})

    assert client.post("/gop-y/theo-doi/", {"code": "PA.1", "secret": "sai"}).status_code == 429


def test_isolated_case_opens_no_more(people, client):
    case = make_case()
    url = enter(client, case)
    Case.objects.filter(pk=case.pk).update(state="isolated")

    assert client.get(url).status_code == 302


def test_page_names_no_officer_and_asks_a_fixed_number_of_queries(people, client, django_assert_num_queries):
    case = answered(people, identity=TOLD, consents=ALLOWED)
    url = enter(client, case)
    look_at_identity(case, people, 1)
    client.get(url)
    with django_assert_num_queries(21):
        page = client.get(url).content.decode()
    look_at_identity(case, people, 29)

    with django_assert_num_queries(21):
        client.get(url)
    assert not [name for name in ("officer", "head", "intake") if str(people[name]) in page]
    assert "Mời đến nhận phiếu." in page


@pytest.mark.parametrize(
    ("state", "label"),
    [
        ("received", "Received"),
        ("with_head", "Answer written"),
        ("published", "Answered, shown to everybody"),
    ],
)
def test_state_has_public_words(people, state, label):
    case = make_case()
    Case.objects.filter(pk=case.pk).update(state=state)
    case.refresh_from_db()

    assert queries.public_state(case).label == label


def test_every_state_has_public_words(people):
    from loa.feedback.queries.public_words import _STATES
    from loa.feedback.states import CASE_STATES

    assert set(_STATES) == set(CASE_STATES)


def test_question_back_is_answered_with_a_file_and_the_clocks_go_on(people, client, today):
    case = make_assigned(people["agency"], intake=people["intake"])
    actions.ask_information(case, question="Số biên nhận?", by=people["officer"])
    today(date(2019, 3, 14))
    url = enter(client, case)
    assert "Số biên nhận?" in client.get(url).content.decode()

    pdf = SimpleUploadedFile("phieu.exe", b"MZ")
    bad = client.post(f"{url}tra-loi/", {"reply": "H24", "attached": pdf})
    assert bad.status_code == 422
    assert "H24" in bad.content.decode()
    done = client.post(f"{url}tra-loi/", {"reply": "H24"})

    assert done.url == f"{url}?da=tra-loi"
    case.refresh_from_db()
    assert case.waiting_since is None
    assert case.information_requests.get().reply == "H24"


def test_answer_is_rated_and_said_again_replaced(people, client):
    case = answered(people)
    url = enter(client, case)

    client.post(f"{url}danh-gia/", {"stars": 2})
    client.post(f"{url}danh-gia/", {"stars": 4, "words": "Đã rõ hơn"})

    case.refresh_from_db()
    assert (case.state, case.rating.stars, case.rating.words) == ("rated", 4, "Đã rõ hơn")
    assert client.post(f"{url}danh-gia/", {"stars": 6}).status_code == 422
    assert not Entry.objects.filter(note__contains="Đã rõ").exists()


def test_case_without_an_answer_is_not_rated(people):
    with pytest.raises(FlowError):
        actions.rate_case(make_case(), stars=5)


def test_merged_case_shows_and_rates_the_common_answer(people, client):
    main = make_assigned(people["agency"], intake=people["intake"])
    other = make_case()
    actions.merge_case(other, main, by=people["intake"])
    actions.accept_case(main, officer=people["officer"], by=people["focal_point"])
    actions.write_answer(main, text="Trả lời chung.", edition=0, by=people["officer"])
    url = enter(client, other)
    assert "Trả lời chung." not in client.get(url).content.decode()  # a draft
    actions.hand_answer_to_head(main, by=people["officer"])
    actions.approve_answer(main, by=people["head"])
    actions.send_answer(main, by=people["intake"])

    assert "Trả lời chung." in client.get(url).content.decode()
    client.post(f"{url}danh-gia/", {"stars": 3})
    other.refresh_from_db()
    assert (other.state, other.rating.agency) == ("merged", people["agency"])


@pytest.mark.parametrize(("after", "is_open"), [(0, True), (60, True), (61, False)])
def test_case_is_opened_again_within_its_time(people, client, today, after, is_open):
    case = answered(people)
    today(MONDAY + timedelta(days=after))
    url = enter(client, case)

    answer = client.post(f"{url}mo-lai/", {"reason": "Chưa nói ngày trả."})

    case.refresh_from_db()
    assert answer.status_code == (302 if is_open else 409)
    assert case.state == ("answering" if is_open else "answered")


def test_opened_again_new_clocks_run_and_the_earlier_answer_stays_readable(people, today):
    case = answered(people)
    today(date(2019, 3, 11))

    row = actions.reopen_case(case, reason="Chưa nói ngày trả của bà Mẫu.")

    running = {clock.kind: clock.due_on for clock in case.clocks.filter(stopped_on__isnull=True)}
    assert running == {"answer": date(2019, 4, 1), "update": date(2019, 3, 18)}
    assert (row.earlier_answer, case.answered_at, case.ended_at) == ("Mời đến nhận phiếu.", None, None)
    assert case.due_on == date(2019, 4, 1)
    assert not Entry.objects.filter(note__contains="bà Mẫu").exists()
    assert Notice.objects.filter(key__startswith=f"case:{case.pk}:reopened").exists()


def test_case_is_withdrawn_and_owes_nothing(people, client):
    case = make_assigned(people["agency"], intake=people["intake"])
    actions.ask_information(case, question="Số biên nhận?", by=people["officer"])
    url = enter(client, case)

    client.post(f"{url}rut/")

    case.refresh_from_db()
    assert (case.state, case.waiting_since) == ("withdrawn", None)
    assert not case.clocks.filter(stopped_on__isnull=True).exists()
    assert client.post(f"{url}rut/").status_code == 409


def test_consent_is_taken_back_and_no_letter_leaves_any_more(people, client):
    case = make_case(identity=TOLD, consents=ALLOWED)
    url = enter(client, case)
    consent = case.consents.get(purpose="contact")
    before = Letter.objects.count()

    client.post(f"{url}dong-y/{consent.pk}/")
    actions.classify_case(case, kind="question", subject=None, by=people["intake"])
    actions.assign_case(case, people["agency"], by=people["intake"])

    assert Letter.objects.count() == before
    consent.refresh_from_db()
    assert consent.withdrawn_at is not None
    assert client.get(f"{url}dong-y/{consent.pk}/").status_code == 404


def test_own_files_are_fetched_and_those_of_another_case_are_not(people, client):
    case, other = make_case(), make_case()
    mine = actions.keep_file(case, Upload("a.pdf", "pdf", b"%PDF-1"))
    theirs = actions.keep_file(other, Upload("b.pdf", "pdf", b"%PDF-2"))
    url = enter(client, case)

    answer = client.get(f"{url}tep/{mine.pk}/")
    assert answer.content == b"%PDF-1"
    assert answer["Content-Disposition"].startswith("attachment")
    assert client.get(f"{url}tep/{theirs.pk}/").status_code == 404


def test_file_of_an_answer_is_read_only_once_it_is_sent(people, client):
    case = make_assigned(people["agency"], intake=people["intake"])
    file = actions.keep_file(case, Upload("a.pdf", "pdf", b"%PDF-1"), is_of_answer=True)
    url = enter(client, case)

    assert client.get(f"{url}tep/{file.pk}/").status_code == 404


def test_copy_is_asked_for_carried_out_and_read_by_the_asker_alone(people, client, as_user, today):
    case = make_case(identity=TOLD, consents=ALLOWED)
    url = enter(client, case)
    assert client.get(f"{url}du-lieu-cua-toi/json/").status_code == 404
    client.post(f"{url}ban-sao/")
    row = DataRequest.objects.get()
    assert client.post(f"{url}ban-sao/").status_code == 409

    actions.carry_out_data_request(row, by=people["intake"])

    copied = json.loads(client.get(f"{url}du-lieu-cua-toi/json/").content)
    assert copied["who_asks"]["name"] == "Bà Mẫu"
    assert copied["content"] == case.content
    read = client.get(f"{url}du-lieu-cua-toi/doc/").content.decode()
    assert "Bà Mẫu" in read
    assert copied["consents"][0]["given_at"] not in read  # moments are written as people write them
    assert f"{timezone.localtime(case.received_at):%d/%m/%Y %H:%M}" in read


def test_requests_have_the_time_limits_of_their_day(people, today):
    assert actions.ask_data(make_case(), kind="copy").due_on is None
    today(date(2026, 3, 2))

    row = actions.ask_data(make_case(), kind="copy")

    assert (row.reply_due_on, row.due_on) == (date(2026, 3, 4), date(2026, 3, 17))
    assert "356/2025" in row.due_basis


def test_correction_is_put_in_without_being_read(people, client, as_user):
    case = make_case(identity=TOLD)
    client.post(f"{enter(client, case)}sua/", {"phone": "0999 000 111"})
    row = DataRequest.objects.get()
    staff = as_user(people["intake"]).get(f"/tiep-nhan/du-lieu/{row.pk}/").content.decode()
    assert "0999" not in staff

    actions.carry_out_data_request(row, by=people["intake"])

    asker = Asker.objects.get(case=case)
    assert (asker.name, asker.phone) == ("Bà Mẫu", "0999 000 111")
    assert asker.phone_print == actions.print_of("phone", "0999000111")
    row.refresh_from_db()
    assert row.wanted == ""
    assert not Entry.objects.filter(data__icontains="0999").exists()


def test_erasure_forgets_who_asked_and_on_request_what_was_written(people):
    case = answered(people, identity=TOLD, consents=ALLOWED)
    file = actions.keep_file(case, Upload("a.pdf", "pdf", b"%PDF-1"))
    row = actions.ask_data(case, kind="erasure", with_content=True)
    case_before = Case.objects.get(pk=case.pk).content

    actions.carry_out_data_request(row, by=people["intake"])

    case.refresh_from_db()
    assert not Asker.objects.filter(case=case).exists()
    assert case_before not in case.content
    assert case.answer == "Mời đến nhận phiếu."
    assert not CaseFile.objects.filter(pk=file.pk).exists()
    assert not Letter.objects.exists()
    assert case.consents.filter(withdrawn_at__isnull=True).count() == 0
    assert case.consents.count() == 2
    assert Entry.objects.filter(action="case.carry_out_data").count() == 1


def test_content_of_an_open_case_is_not_erased(people):
    row = actions.ask_data(make_case(identity=TOLD), kind="erasure", with_content=True)

    with pytest.raises(FlowError):
        actions.carry_out_data_request(row, by=people["intake"])
    assert Asker.objects.count() == 1


def test_request_is_declined_with_a_reason(people):
    row = actions.ask_data(make_case(), kind="copy")

    with pytest.raises(FlowError):
        actions.decline_data_request(row, note=" ", by=people["intake"])
    actions.decline_data_request(row, note="Không đúng hồ sơ.", by=people["intake"])

    assert (row.state, row.reply) == ("declined", "Không đúng hồ sơ.")


@pytest.mark.parametrize(
    ("who", "sees"), [("intake", True), ("officer", False), ("head", False), ("stranger", False)]
)
def test_who_sees_requests_about_own_data(people, as_user, who, sees):
    row = actions.ask_data(make_case(), kind="copy")

    assert queries.data_requests_visible_to(people[who]).exists() is sees
    answer = as_user(people[who]).get(f"/tiep-nhan/du-lieu/{row.pk}/")
    assert answer.status_code == (200 if sees else 404)


def test_intake_carries_out_through_its_page(people, as_user):
    row = actions.ask_data(make_case(), kind="copy")
    client = as_user(people["intake"])

    assert client.get("/tiep-nhan/du-lieu/").status_code == 200
    assert client.get(f"/tiep-nhan/du-lieu/{row.pk}/carry_out/").status_code == 200
    assert (
        client.post(
            f"/tiep-nhan/du-lieu/{row.pk}/carry_out/", {"note": "Mời xem tại trang hồ sơ."}
        ).status_code
        == 302
    )

    row.refresh_from_db()
    assert (row.state, row.reply) == ("done", "Mời xem tại trang hồ sơ.")
    assert client.post(f"/tiep-nhan/du-lieu/{row.pk}/carry_out/", {}).status_code == 409


@pytest.mark.parametrize(("days", "count"), [(729, 0), (730, 1), (731, 1)])
def test_who_asked_is_forgotten_when_its_time_is_over(people, today, days, count):
    case = answered(people, identity=TOLD, consents=ALLOWED)
    actions.keep_file(case, Upload("a.pdf", "pdf", b"%PDF-1"))
    shown = actions.keep_file(case, Upload("b.pdf", "pdf", b"%PDF-2"))
    CaseFile.objects.filter(pk=shown.pk).update(is_public=True)
    Case.objects.filter(pk=case.pk).update(ended_at=case.ended_at - timedelta(minutes=1))
    today(MONDAY + timedelta(days=days))

    assert clocks.purge_identities() == count
    assert clocks.purge_identities() == 0

    assert Asker.objects.count() == 1 - count
    assert case.files.count() == 2 - count
    assert case.consents.count() == 2
    assert Entry.objects.filter(action="case.purge").count() == count
    assert Case.objects.get(pk=case.pk).content == case.content


def test_case_that_is_open_again_or_answered_with_an_open_one_is_not_forgotten(people, today):
    main = make_assigned(people["agency"], intake=people["intake"])
    other = make_case(identity=TOLD)
    actions.merge_case(other, main, by=people["intake"])
    today(MONDAY + timedelta(days=900))

    assert clocks.purge_identities() == 0


def test_file_of_two_cases_stays_where_one_is_forgotten(people, settings):
    first, second = make_case(), make_case()
    same = Upload("a.pdf", "pdf", b"%PDF-1")
    kept = actions.keep_file(first, same)
    actions.keep_file(second, same)

    actions.erase_files(first)

    assert open_sealed(kept.path) == b"%PDF-1"


def test_letters_that_have_not_left_are_never_sent_after_an_erasure(people):
    case = make_case(identity=TOLD, consents=ALLOWED)
    Delivery.objects.filter(letter__key=f"case:{case.pk}:received").update(state="queued")

    actions.erase_identity(case)

    assert Delivery.objects.filter(letter__isnull=False).count() == 0
