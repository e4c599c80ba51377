"""The public form as somebody without a script and without an account uses it."""

import json
from datetime import date, timedelta

import pytest
from asking_scene import SAID, forget_counts, mark_in, secret_in, send, sum_in, tell
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from factories import make_agency
from factories.feedback import make_desk, make_subject
from factories.procedures import make_procedure, make_version
from loa.core.models import Entry
from loa.core.sealing import open_sealed
from loa.directory.models import Agency
from loa.feedback import clocks, queries
from loa.feedback.forms import humanity
from loa.feedback.models import Case, Denunciation, Draft, DraftFile
from loa.feedback.views import gate

pytestmark = pytest.mark.django_db
MONDAY = date(2019, 3, 4)
PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde\0\0\0\x0cIDATx\x9cc\xf8\xcf\xc0\0\0"
    b"\x03\x01\x01\0\xc9\xfe\x92\xef\0\0\0\0IEND\xaeB`\x82"
)


@pytest.fixture(autouse=True)
def _monday(today):
    forget_counts()
    today(MONDAY)
    with translation.override("en"):
        yield


@pytest.fixture
def desk():
    return make_desk()


@pytest.fixture
def client(client, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def test_whole_way_without_a_script_makes_one_case_with_a_receipt(desk, client):
    ward = make_agency("UBND phường Mẫu", kind="commune", level="commune", code="phuong-mau")

    assert tell(client, kind="question").url == "/gop-y/gui/o-dau/"
    page = client.get("/gop-y/gui/o-dau/")
    placed = client.post(
        "/gop-y/gui/o-dau/",
        {"ban": mark_in(page), "commune": "phuong-mau", "place": "Ngõ 5", "point": "20,8651, 106,6838"},
    )
    assert placed.url == "/gop-y/gui/tep/"
    page = client.get("/gop-y/gui/tep/")
    filed = client.post(
        "/gop-y/gui/tep/", {"ban": mark_in(page), "attached": SimpleUploadedFile("anh.png", PNG)}
    )
    assert filed.url == "/gop-y/gui/gui-di/"
    sent = send(client, name="Bà Mẫu", email="ba@example.test", contact="on")
    assert sent.url == "/gop-y/gui/da-nhan/"
    receipt = client.get("/gop-y/gui/da-nhan/")

    case = Case.objects.get()
    assert (case.content, case.commune, case.place, case.kind_wished) == (SAID, ward, "Ngõ 5", "question")
    assert (str(case.latitude), str(case.longitude)) == ("20.865100", "106.683800")
    assert case.asker.name == "Bà Mẫu"
    assert [row.purpose for row in case.consents.all()] == ["contact"]
    assert case.files.count() == 1
    code, secret = secret_in(receipt)
    assert queries.case_opened_by(code, secret) == case
    assert Draft.objects.get().said == ""
    assert DraftFile.objects.count() == 0


def test_only_the_first_text_is_needed(desk, client):
    tell(client, di="gui")
    send(client)

    case = Case.objects.get()
    assert not hasattr(case, "asker")
    assert case.consents.count() == 0


def test_empty_text_is_said_and_nothing_is_kept(desk, client):
    answer = tell(client, content="  ")

    assert answer.status_code == 422
    assert Draft.objects.count() == 0


def test_sent_again_or_back_and_sent_again_it_is_one_case_and_the_same_receipt(desk, client):
    tell(client)
    page = client.get("/gop-y/gui/gui-di/")
    send(client)
    first = secret_in(client.get("/gop-y/gui/da-nhan/"))

    again = client.post("/gop-y/gui/gui-di/", {"ban": mark_in(page), **sum_in(page)})
    old_first_step = client.post("/gop-y/gui/", {"ban": mark_in(page), "content": "Lại lần nữa"})

    assert (again.url, old_first_step.url) == ("/gop-y/gui/da-nhan/", "/gop-y/gui/da-nhan/")
    assert secret_in(client.get("/gop-y/gui/da-nhan/")) == first
    assert Case.objects.count() == 1


def test_after_a_sending_a_new_one_can_be_written(desk, client):
    tell(client)
    send(client)

    assert tell(client, content="Việc khác").url == "/gop-y/gui/o-dau/"
    send(client)

    assert sorted(Case.objects.values_list("content", flat=True)) == sorted([SAID, "Việc khác"])


def test_back_keeps_everything(desk, client):
    tell(client)
    page = client.get("/gop-y/gui/o-dau/")

    back = client.post(
        "/gop-y/gui/o-dau/", {"ban": mark_in(page), "place": "Ngõ 5", "point": "x", "di": "lui"}
    )
    first = client.get("/gop-y/gui/")
    second = client.get("/gop-y/gui/o-dau/")

    assert back.url == "/gop-y/gui/"
    assert SAID in first.content.decode()
    assert 'value="Ngõ 5"' in second.content.decode()


def test_page_of_another_draft_keeps_what_was_typed_and_says_so(desk, client):
    tell(client)

    answer = client.post("/gop-y/gui/", {"ban": "0" * 16, "content": "Viết ở trang cũ"})

    assert answer.status_code == 409
    assert "Viết ở trang cũ" in answer.content.decode()


def test_later_step_without_a_text_leads_to_the_first(desk, client):
    assert client.get("/gop-y/gui/gui-di/").url == "/gop-y/gui/"
    assert client.get("/gop-y/gui/da-nhan/").url == "/gop-y/theo-doi/"


def test_forged_cookie_opens_nothing(desk, client):
    tell(client)
    client.cookies[gate.DRAFT_COOKIE] = client.cookies[gate.DRAFT_COOKIE].value[:-3] + "abc"

    assert client.get("/gop-y/gui/gui-di/").url == "/gop-y/gui/"


def test_what_is_typed_lies_sealed(desk, client):
    from django.db import connection

    tell(client)

    with connection.cursor() as cursor:
        cursor.execute("SELECT key, said FROM feedback_draft")
        key, said = cursor.fetchone()
    assert "phiếu" not in said
    assert key not in client.cookies[gate.DRAFT_COOKIE].value


def test_draft_is_gone_after_a_day_and_a_receipt_after_an_hour(desk, client):
    tell(client)
    draft = Draft.objects.get()
    Draft.objects.update(changed_at=draft.changed_at - timedelta(hours=23))
    assert clocks.purge_drafts() == 0
    Draft.objects.update(changed_at=draft.changed_at - timedelta(hours=24))
    assert (clocks.purge_drafts(), clocks.purge_drafts()) == (1, 0)
    tell(client)
    send(client)
    Draft.objects.update(changed_at=draft.changed_at - timedelta(minutes=61))

    assert clocks.purge_drafts() == 1
    assert Case.objects.count() == 1


def test_wrong_sum_and_a_filled_trap_keep_the_text_and_ask_again(desk, client):
    tell(client)
    page = client.get("/gop-y/gui/gui-di/")
    Draft.objects.update(began_at=Draft.objects.get().began_at - timedelta(seconds=10))

    wrong = client.post("/gop-y/gui/gui-di/", {**sum_in(page), "ket_qua": "99", "name": "Bà Mẫu"})
    trapped = client.post("/gop-y/gui/gui-di/", {**sum_in(page), "trang_web": "http://x.test"})
    none = client.post("/gop-y/gui/gui-di/", {})

    assert [wrong.status_code, trapped.status_code, none.status_code] == [422, 422, 422]
    assert "Bà Mẫu" in wrong.content.decode()
    assert Case.objects.count() == 0


def test_sum_counts_once_and_may_be_answered_in_words(desk, client):
    tell(client)
    page = client.get("/gop-y/gui/gui-di/")
    proof = sum_in(page)
    words = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    told = [*words.split(), "sixteen", "seventeen", "eighteen"][int(proof["ket_qua"])]
    Draft.objects.update(began_at=Draft.objects.get().began_at - timedelta(seconds=10))

    assert client.post("/gop-y/gui/gui-di/", {**proof, "ket_qua": told.upper()}).status_code == 302
    tell(client, content="Việc khác")
    Draft.objects.update(began_at=Draft.objects.latest("pk").began_at - timedelta(seconds=10))
    assert client.post("/gop-y/gui/gui-di/", proof).status_code == 422


def test_work_of_the_page_is_a_proof_and_a_forged_one_is_none(desk, client):
    import base64
    import re
    from hashlib import sha256
    from html import unescape

    tell(client)
    page = client.get("/gop-y/gui/gui-di/").content.decode()
    task = json.loads(unescape(re.search(r'data-work="([^"]+)"', page)[1]))
    number = next(
        n for n in range(task["maxNumber"] + 1)
        if sha256(f"{task['salt']}{n}".encode()).hexdigest() == task["challenge"]
    )  # fmt: skip
    Draft.objects.update(began_at=Draft.objects.get().began_at - timedelta(seconds=10))

    def with_number(value):
        solved = {name: task[name] for name in ("algorithm", "challenge", "salt", "signature")}
        proof = base64.b64encode(json.dumps({**solved, "number": value}).encode()).decode()
        return client.post("/gop-y/gui/gui-di/", {"viec": proof})

    assert with_number(number + 1).status_code == 422
    assert client.post("/gop-y/gui/gui-di/", {"viec": "không phải base64"}).status_code == 422
    assert with_number(number).status_code == 302


def test_machine_that_is_too_quick_is_asked_again(desk, client):
    tell(client)
    page = client.get("/gop-y/gui/gui-di/")

    answer = client.post("/gop-y/gui/gui-di/", {"ban": mark_in(page), **sum_in(page)})

    assert answer.status_code == 422
    assert "very quick" in answer.content.decode()


def test_flood_answers_429_and_keeps_the_text(desk, client, monkeypatch):
    from loa.feedback.views import sending

    monkeypatch.setattr(sending, "SENDINGS", gate.SENDINGS._replace(most=1))
    tell(client)
    send(client)
    tell(client, content="Việc thứ hai")

    flooded = send(client, name="Bà Mẫu")

    assert flooded.status_code == 429
    assert "Việc thứ hai" in flooded.content.decode()
    assert "Bà Mẫu" in flooded.content.decode()
    assert Case.objects.count() == 1


def test_complaint_is_shown_its_own_route_before_it_goes_on(desk, client):
    answer = tell(client, kind="complaint")

    assert answer.url == "/gop-y/gui/khieu-nai/"
    route = client.get(answer.url).content.decode()
    assert "Within 90 days" in route
    assert "/gop-y/gui/o-dau/" in route


def test_denunciation_goes_sealed_and_never_becomes_a_case(client):
    from factories import make_user

    office = make_agency("Văn phòng", kind="office")
    officer = make_user(office, "officer")
    make_desk(office, officer=officer)
    text = "Ông X nhận tiền để cấp phép trái luật"

    answer = tell(client, content=text, kind="denunciation")
    assert answer.url == "/gop-y/gui/to-cao/"
    page = client.get(answer.url)
    assert text in page.content.decode()
    Draft.objects.update(began_at=Draft.objects.get().began_at - timedelta(seconds=10))
    given = {"ban": mark_in(page), "content": text, "place": "", "name": "", **sum_in(page)}
    assert client.post(answer.url, given).url == "/gop-y/gui/da-nhan/"
    receipt = client.get("/gop-y/gui/da-nhan/")
    again = client.post(answer.url, given)

    row = Denunciation.objects.get()
    code, secret = secret_in(receipt)
    assert queries.denunciation_opened_by(code, secret) == row
    assert row.content == text
    assert Case.objects.count() == 0
    assert json.loads(Draft.objects.get().said) == {"sealed": True}
    assert again.url == "/gop-y/gui/da-nhan/"
    assert Entry.objects.filter(action__contains="denunciation").count() == 0
    assert text not in client.get(f"/gop-y/theo-doi/{code}/").content.decode()


def test_denunciation_cannot_be_sent_by_the_plain_form(desk, client):
    tell(client, kind="denunciation")

    assert client.get("/gop-y/gui/gui-di/").url == "/gop-y/gui/to-cao/"


def test_files_bad_ones_are_named_and_good_ones_kept(desk, client):
    tell(client)
    page = client.get("/gop-y/gui/tep/")

    answer = client.post(
        "/gop-y/gui/tep/",
        {
            "ban": mark_in(page),
            "attached": [
                SimpleUploadedFile("anh.png", PNG),
                SimpleUploadedFile("../../etc/ke-toan.exe", b"MZ" + b"\0" * 300),
            ],
        },
    )

    assert answer.status_code == 422
    assert "ke-toan" in answer.content.decode()
    assert [row.name for row in DraftFile.objects.all()] == ["anh.png"]
    left_out = {"ban": mark_in(answer), "bo": [str(DraftFile.objects.get().pk)]}
    assert client.post("/gop-y/gui/tep/", left_out).url == "/gop-y/gui/gui-di/"
    assert DraftFile.objects.count() == 0


def test_no_more_than_five_files(desk, client):
    tell(client)
    page = client.get("/gop-y/gui/tep/")
    from io import BytesIO

    from PIL import Image

    files = []
    for shade in range(6):
        out = BytesIO()
        Image.new("RGB", (4, 4), (shade * 9, 0, 0)).save(out, "PNG")
        files.append(SimpleUploadedFile(f"anh{shade}.png", out.getvalue()))

    answer = client.post("/gop-y/gui/tep/", {"ban": mark_in(page), "attached": files})

    assert answer.status_code == 422
    assert DraftFile.objects.count() == 5


def test_place_and_person_are_taken_out_of_a_picture(desk, client):
    from io import BytesIO

    from PIL import Image

    out, facts = BytesIO(), Image.Exif()
    facts[0x010F] = "Hãng máy Mẫu"
    Image.new("RGB", (8, 8)).save(out, "JPEG", exif=facts)
    tell(client)
    page = client.get("/gop-y/gui/tep/")

    client.post(
        "/gop-y/gui/tep/", {"ban": mark_in(page), "attached": SimpleUploadedFile("a.jpg", out.getvalue())}
    )

    kept = open_sealed(DraftFile.objects.get().path)
    assert len(Image.open(BytesIO(kept)).getexif()) == 0


def test_script_in_a_text_is_only_text(desk, client):
    tell(client, content="<script>alert(1)</script>")

    page = client.get("/gop-y/gui/gui-di/").content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_very_long_text_is_refused_with_a_sentence_and_kept_on_the_page(desk, client):
    answer = tell(client, content="a" * 20_001)

    assert answer.status_code == 422
    assert "a" * 20_001 in answer.content.decode()


def test_procedure_is_prefilled_from_its_page(desk, client):
    procedure = make_procedure()
    make_version(procedure, state="published")
    procedure.refresh_from_db()

    door = client.get(f"/gop-y/thu-tuc/{procedure.pk}/")
    assert door.url == f"/gop-y/gui/?thu-tuc={procedure.code}"
    page = client.get(door.url)
    assert procedure.name in page.content.decode()
    client.post("/gop-y/gui/", {"content": SAID, "thu-tuc": procedure.code, "di": "gui"})
    send(client)

    case = Case.objects.get()
    assert (case.procedure, case.about) == (procedure, procedure.agency)


def test_agency_is_suggested_from_the_words():
    office = make_agency("Sở Tư pháp")
    subject_office = make_agency("Sở Xây dựng")
    make_subject("Xây dựng", words="giấy phép xây dựng, quy hoạch", agency=subject_office)
    ward = make_agency("UBND phường Mẫu", kind="commune", level="commune")

    found = queries.suggest("Sở Tư pháp trả lời chậm về giấy phép xây dựng của tôi", commune=ward, day=MONDAY)

    assert found.agencies == [office, subject_office, ward]


def test_commune_that_no_longer_exists_is_not_offered(desk):
    make_agency("Xã Cũ", kind="commune", level="commune", valid_to=date(2018, 12, 31))
    here = make_agency("Xã Mới", kind="commune", level="commune")

    assert list(queries.communes_on(MONDAY)) == [here]


def test_page_keeps_the_first_step_by_itself(desk, client):
    answer = client.post("/gop-y/gui/luu/", {"content": "Đang viết dở"})

    assert answer.json()["kept"] is True
    assert "Đang viết dở" in client.get("/gop-y/gui/").content.decode()


def test_erased_draft_is_gone_with_its_cookie(desk, client):
    tell(client)

    client.post("/gop-y/gui/xoa/")

    assert Draft.objects.count() == 0
    assert client.cookies[gate.DRAFT_COOKIE].value == ""


def test_private_pages_are_kept_nowhere(desk, client):
    tell(client)

    for path in ("/gop-y/gui/", "/gop-y/gui/gui-di/", "/gop-y/theo-doi/"):
        answer = client.get(path)
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "same-origin"
        assert "noindex" in answer["X-Robots-Tag"]
        assert "sessionid" not in answer.cookies


def test_front_page_says_time_limits_and_is_the_same_for_all(desk, client, django_assert_num_queries):
    with django_assert_num_queries(27):
        answer = client.get("/gop-y/")

    assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "Within 20 days you have the answer" in answer.content.decode()
    assert Agency.objects.count() == 1


def test_second_click_while_the_first_is_on_its_way_is_the_same_sending(desk):
    question, sealed = humanity.new_sum()
    first, second = (
        humanity._NUMBERS.index(word) for word in question.split("is ")[1].rstrip("?").split(" and ")
    )
    given = {"phep_tinh": sealed, "ket_qua": str(first + second)}

    def is_let_in(sending):
        return humanity.HumanForm(given, sending=sending).is_valid()

    assert [is_let_in("one"), is_let_in("one"), is_let_in("another"), is_let_in("")] == [
        True,
        True,
        False,
        False,
    ]
