"""The pages of legal documents: what anybody reads, and what the desk does."""

import json
import re
from datetime import date
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from documents.legal_scene import DAY, link, make_legal, make_scene
from loa.documents.models import LegalDocument

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
LIST = "/phap-luat/"
ENTRY = {
    "kind": "QUYẾT ĐỊNH",
    "printed_number": "7/QĐ-SBC",
    "issued_on": "2019-05-02",
    "issuer_name": "Sở Báo chí",
    "subject": "Quy chế đưa tin",
    "effective_from": "2019-05-15",
    "guides": "Nghị định số 61/2018/NĐ-CP ngày 23/4/2018\n",
}


@pytest.fixture
def scene(today):
    today(DAY)
    return make_scene()


@pytest.fixture
def _played(today):
    today(DAY)


def names(response):
    return [row.document.printed_number for row in response.context["rows"]]


@pytest.mark.usefixtures("_played")
def test_anybody_finds_public_documents_without_accents(client):
    make_legal()
    make_legal("09/2019/NĐ-CP", subject="Chế độ báo cáo", on=date(2019, 1, 24))
    make_legal("5/2019/NĐ-CP", subject="Chế độ báo cáo", state="draft")

    assert names(client.get(LIST)) == ["09/2019/NĐ-CP", "61/2018/NĐ-CP"]
    assert names(client.get(LIST, {"q": "che do bao cao"})) == ["09/2019/NĐ-CP"]
    assert names(client.get(LIST, {"year": "2018"})) == ["61/2018/NĐ-CP"]
    assert names(client.get(LIST, {"q": "không có"})) == []


@pytest.mark.usefixtures("_played")
def test_the_list_shows_the_status_on_the_day_asked_for(client):
    legal = make_legal()
    link(
        make_legal("118/2025/NĐ-CP", on=date(2025, 6, 9), effective_from=date(2025, 7, 1)), "abolishes", legal
    )

    now, later = client.get(LIST), client.get(LIST, {"on": "2026-01-01", "status": "ended"})

    assert [row.status_code for row in now.context["rows"]] == ["in_force"]
    assert names(later) == ["61/2018/NĐ-CP"]


@pytest.mark.usefixtures("_played")
@pytest.mark.parametrize(
    "query", [{"on": "31/02"}, {"on": "2019-02-31"}, {"page": "x"}, {"year": "abc"}, {"kind": "<b>"}]
)
def test_a_query_that_means_nothing_is_answered(client, query):
    make_legal()

    assert client.get(LIST, query).status_code == 200


@pytest.mark.usefixtures("_played")
@pytest.mark.parametrize("count", [1, 30])
def test_the_public_list_asks_as_often_for_one_row_as_for_thirty(client, count, django_assert_num_queries):
    for number in range(1, count + 1):
        make_legal(f"{number}/2018/NĐ-CP")

    with django_assert_num_queries(8):
        client.get(LIST)


@pytest.mark.usefixtures("_played")
@pytest.mark.parametrize("count", [1, 30])
def test_a_public_page_asks_as_often_for_one_relation_as_for_thirty(client, count, django_assert_num_queries):
    legal = make_legal(text="Nghị định 1/2019/NĐ-CP")
    for number in range(1, count + 1):
        link(make_legal(f"{number}/2019/NĐ-CP"), "amends", legal)

    with django_assert_num_queries(7):
        response = client.get(legal.public_url)

    assert response.content.decode().count("Được sửa đổi, bổ sung bởi") >= count


@pytest.mark.usefixtures("_played")
def test_a_public_page_says_the_status_and_links_its_text_and_opens_no_session(client):
    legal = make_legal(text="Theo <b> Nghị định 9/2019/NĐ-CP")
    other = make_legal("09/2019/NĐ-CP", on=date(2019, 1, 24))

    response = client.get(legal.public_url, {"on": "2018-01-01"})

    html = response.content.decode()
    assert response.context["status"].code == "not_yet"
    assert f'&lt;b&gt; <a class="reference" href="{other.public_url}"' in html
    assert "sessionid" not in response.cookies


@pytest.mark.usefixtures("_played")
def test_a_public_page_tells_programs_what_it_is(client):
    legal = make_legal(subject="Về </script><script>alert(1)</script>")

    html = client.get(legal.public_url).content.decode()

    (words,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    data = json.loads(words)
    assert (data["@type"], data["legislationIdentifier"], data["legislationLegalForce"]) == (
        "Legislation",
        "61/2018/NĐ-CP",
        "https://schema.org/InForce",
    )
    assert "<script>alert" not in html


@pytest.mark.usefixtures("_played")
@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_what_is_not_public_is_not_found(client, state):
    legal = make_legal(state=state)

    assert [client.get(legal.public_url + end).status_code for end in ("", "tep/")] == [404, 404]


@pytest.mark.usefixtures("_played")
def test_the_file_comes_as_something_to_save(client):
    legal = make_legal()
    legal.document.file_name, legal.document.sha256 = "nghi-dinh.pdf", "6" * 64
    legal.document.file.save("x", ContentFile(b"%PDF-1.4"))

    response = client.get(f"{legal.public_url}tep/")

    assert b"".join(response.streaming_content) == b"%PDF-1.4"
    assert response["Content-Disposition"] == 'attachment; filename="nghi-dinh.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.usefixtures("_played")
def test_the_feed_names_the_newest_of_a_field(client):
    make_legal(field="Một cửa")
    make_legal("09/2019/NĐ-CP", subject="Chế độ báo cáo", on=date(2019, 1, 24))
    make_legal("118/2025/NĐ-CP", on=date(2025, 6, 9))

    words = client.get("/phap-luat/moi.atom").content.decode()
    of_field = client.get("/phap-luat/moi.atom", {"field": "Một cửa"}).content.decode()

    assert re.findall(r"<title>(Nghị định \S+)", words) == [
        "Nghị định 09/2019/NĐ-CP",
        "Nghị định 61/2018/NĐ-CP",
    ]
    assert words.count("<entry>") == 2
    assert of_field.count("<entry>") == 1


def test_a_clerk_enters_corrects_and_publishes_through_the_pages(scene, as_user):
    make_legal()
    page = as_user(scene.clerk)

    entered = page.post(reverse("documents:legal_add"), ENTRY)
    legal = LegalDocument.objects.get(keeper=scene.press)
    page.post(reverse("documents:legal_change", args=[legal.pk]), {**ENTRY, "subject": "Quy chế mới"})
    page.post(reverse("documents:legal_step", args=[legal.pk, "publish"]))

    legal.refresh_from_db()
    assert entered.url == legal.get_absolute_url()
    assert (legal.state, legal.document.subject, legal.document.links.count()) == (
        "published",
        "Quy chế mới",
        1,
    )
    assert page.get(legal.public_url).status_code == 200
    assert page.get(legal.get_absolute_url()).status_code == 200


def test_the_same_number_issuer_and_day_is_asked_about_once(scene, as_user):
    page = as_user(scene.clerk)
    make_legal("7/QĐ-SBC", kind="QUYẾT ĐỊNH", issuer="Sở báo chí", on=date(2019, 5, 2))

    asked = page.post(reverse("documents:legal_add"), {**ENTRY, "issuer_name": "Sở Báo Chí"})
    assert asked.status_code == 422
    assert "Quy chế đưa tin" in asked.content.decode()
    assert "Đây là văn bản khác" in asked.content.decode()
    assert LegalDocument.objects.count() == 1

    page.post(reverse("documents:legal_add"), {**ENTRY, "issuer_name": "Sở Báo Chí", "enter_again": "on"})
    assert LegalDocument.objects.count() == 2


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(scene, as_user):
    wrong = {**ENTRY, "issued_on": "2030-01-01", "effective_to": "2019-01-01", "subject": "Quy chế “rất dài”"}

    response = as_user(scene.clerk).post(reverse("documents:legal_add"), wrong)

    html = response.content.decode()
    assert response.status_code == 422
    assert "Ngày này chưa đến." in html
    assert "Ngày kết thúc trước ngày bắt đầu." in html
    assert "Quy chế “rất dài”" in html


def test_a_program_dressed_as_a_document_is_refused(scene, as_user):
    file = ContentFile(b"MZ\x90\x00" * 50, name="nghi-dinh.pdf")

    response = as_user(scene.clerk).post(reverse("documents:legal_add"), {**ENTRY, "upload": file})

    assert response.status_code == 422
    assert LegalDocument.objects.count() == 0


def test_another_agencys_draft_is_not_found(scene, as_user):
    legal = make_legal(state="draft", keeper=scene.press)
    page = as_user(scene.stranger)
    names = ("legal_detail", "legal_change", "legal_file", "relation_add")

    assert [page.get(reverse(f"documents:{name}", args=[legal.pk])).status_code for name in names] == [
        404
    ] * 4


@pytest.mark.parametrize("count", [1, 30])
def test_the_register_asks_as_often_for_one_row_as_for_thirty(
    scene, as_user, count, django_assert_num_queries
):
    for number in range(1, count + 1):
        make_legal(f"{number}/2018/NĐ-CP")
    page = as_user(scene.clerk)
    page.get(reverse("documents:legal_list"))

    with django_assert_num_queries(12):
        page.get(reverse("documents:legal_list"))


def test_the_register_is_saved_as_a_sheet(scene, as_user):
    make_legal(is_checked=False)

    response = as_user(scene.clerk).get(reverse("documents:legal_list"), {"export": "xlsx"})

    rows = list(load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True))
    row = dict(zip(rows[0], rows[1], strict=True))
    assert (row["Văn bản"], row["Hiệu lực"]) == ("61/2018/NĐ-CP", "Đang có hiệu lực")
    assert row["Đã kiểm tra"] == "Chưa kiểm tra"


def sheet(*rows):
    book = Workbook()
    book.active.append(
        ["Loại văn bản", "Số ký hiệu", "Ngày ban hành", "Cơ quan ban hành", "Trích yếu", "Lĩnh vực", "Amends"]
    )
    for row in rows:
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return ContentFile(out.getvalue(), name="van-ban.xlsx")


def hand_in(page, *rows):
    return page.post(reverse("documents:legal_import"), {"file": sheet(*rows)})


def confirm(page, response):
    sealed = response.context["form"].initial["sheet"]
    return page.post(reverse("documents:legal_import_apply"), {"sheet": sealed})


ROW = [
    "Quyết định",
    "8/QĐ-SBC",
    date(2019, 5, 3),
    "Sở Báo chí",
    "Quy chế",
    "Báo chí",
    "NĐ 61/2018; Công văn cũ",
]


def test_a_sheet_is_previewed_taken_and_the_second_time_updates(scene, as_user):
    page = as_user(scene.clerk)

    first = hand_in(page, ROW)
    assert [row.label for row in first.context["preview"].added] == ["QUYẾT ĐỊNH 8/QĐ-SBC"]
    assert LegalDocument.objects.count() == 0
    confirm(page, first)
    same = hand_in(page, ROW)
    changed = hand_in(page, [*ROW[:4], "Quy chế mới", *ROW[5:]])
    confirm(page, changed)

    legal = LegalDocument.objects.get()
    assert (same.context["preview"].unchanged_count, same.context["preview"].rows) == (1, [])
    assert (legal.state, legal.document.subject, legal.document.links.count()) == ("draft", "Quy chế mới", 2)


def test_every_bad_row_of_a_sheet_is_named_and_nothing_is_taken(scene, as_user):
    make_legal("9/QĐ-SVN", kind="QUYẾT ĐỊNH", issuer="Sở Văn nghệ", on=date(2019, 5, 3), keeper=scene.other)

    response = hand_in(
        as_user(scene.clerk),
        ROW,
        ROW,
        ["Quyết định", "9/QĐ-SVN", date(2019, 5, 3), "Sở Văn nghệ", "Chiếm", "", ""],
        ["Quyết định", "10/QĐ-SBC", "ngày nào đó", "Sở Báo chí", "Quy chế", "", ""],
        ["Quyết định", "11/QĐ-SBC", date(2019, 5, 3), "Sở Báo chí", "", "", ""],
    )

    assert [error.number for error in response.context["preview"].errors] == [3, 4, 5, 6]
    assert response.context["preview"].can_apply is False


def test_what_is_exported_can_be_handed_in_again(scene, as_user):
    page = as_user(scene.clerk)
    confirm(page, hand_in(page, ROW))

    content = page.get(reverse("documents:legal_export")).content
    response = page.post(reverse("documents:legal_import"), {"file": ContentFile(content, name="a.xlsx")})

    assert response.context["preview"].unchanged_count == 1
    assert response.context["preview"].rows == []
