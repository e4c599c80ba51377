from datetime import date
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from openpyxl import load_workbook

from factories import make_agency, make_user
from loa.documents.models import Document, DocumentLink
from loa.documents.queries import documents_visible_to, proposals_visible_to, readings_visible_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def issuer():
    return make_agency("Ủy ban nhân dân thành phố Biển", kind="peoples_committee")


def make_document(issuer, number=7, *, subject="Tuyên truyền cải cách", on=date(2019, 2, 1), **fields):
    return Document.objects.create(
        direction="out",
        kind=fields.pop("kind", "KẾ HOẠCH"),
        number=number,
        symbol="KH-UBND",
        printed_number=f"{number}/KH-UBND",
        issuer=issuer,
        issuer_name=issuer.name,
        subject=subject,
        issued_on=on,
        created_at="2019-02-01T00:00Z",
        **fields,
    )


def test_the_issuer_its_office_and_whom_it_was_sent_to_see_a_document(issuer):
    office = make_agency("Văn phòng", kind="office", parent=issuer)
    reader, stranger = make_agency(), make_agency()
    document = make_document(issuer)
    document.readers.add(reader)

    seen = {
        name: list(documents_visible_to(make_user(agency, role)))
        for name, agency, role in (
            ("issuer", issuer, "leader"),
            ("office", office, "head"),
            ("reader", reader, "officer"),
            ("administrator", reader, "administrator"),
            ("stranger", stranger, "head"),
        )
    }

    assert seen == {
        "issuer": [document],
        "office": [document],
        "reader": [document],
        "administrator": [],
        "stranger": [],
    }


def test_who_has_no_hat_sees_nothing():
    nobody = make_user()

    assert [
        list(rows(nobody)) for rows in (documents_visible_to, readings_visible_to, proposals_visible_to)
    ] == [
        [],
        [],
        [],
    ]


def test_the_list_finds_without_accents(issuer, as_user):
    make_document(issuer)
    make_document(issuer, 8, subject="Việc khác")

    response = as_user(make_user(issuer, "clerk")).get(
        reverse("documents:document_list"), {"q": "tuyen truyen"}
    )

    assert [row.record.number for row in response.context["table"].paginated_rows] == [7]


def test_the_list_filters_by_kind_year_and_direction(issuer, as_user):
    make_document(issuer)
    make_document(issuer, 8, on=date(2020, 2, 1))
    make_document(issuer, 9, kind="BÁO CÁO")
    page = as_user(make_user(issuer, "clerk"))

    def numbers(**query):
        response = page.get(reverse("documents:document_list"), query)
        return [row.record.number for row in response.context["table"].paginated_rows]

    assert numbers(kind="BÁO CÁO") == [9]
    assert numbers(year="2020") == [8]
    assert sorted(numbers(direction="out")) == [7, 8, 9]
    assert numbers(direction="in") == []


def test_the_list_is_saved_as_a_sheet_with_real_dates(issuer, as_user):
    make_document(issuer)

    response = as_user(make_user(issuer, "clerk")).get(reverse("documents:document_list"), {"export": "xlsx"})

    rows = list(load_workbook(BytesIO(response.content)).active.iter_rows(min_row=2, values_only=True))
    assert (rows[0][0], rows[0][2]) == ("7/KH-UBND", "Tuyên truyền cải cách")
    assert rows[0][4].date() == date(2019, 2, 1)


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_asks_the_database_as_often_for_one_row_as_for_thirty(
    issuer, as_user, count, django_assert_num_queries
):
    for number in range(1, count + 1):
        make_document(issuer, number)
    page = as_user(make_user(issuer, "clerk"))
    page.get(reverse("documents:document_list"))

    with django_assert_num_queries(10):
        page.get(reverse("documents:document_list"))


def test_the_page_of_a_document_says_what_it_rests_on(issuer, as_user):
    basis, hidden = make_document(issuer, 1, subject="Căn cứ"), make_document(make_agency(), 2)
    document = make_document(issuer)
    for position, other in enumerate((basis, hidden)):
        DocumentLink.objects.create(
            document=document, kind="basis", text=f"Quyết định {position}", other=other, position=position
        )

    response = as_user(make_user(issuer, "clerk")).get(document.get_absolute_url())

    content = response.content.decode()
    assert f'href="{basis.get_absolute_url()}"' in content
    assert f'href="{hidden.get_absolute_url()}"' not in content


def test_the_file_is_saved_under_its_name_and_never_opened_in_the_page(issuer, as_user):
    document = make_document(issuer, file_name="kế hoạch.html", sha256="ab" * 32)
    document.file.save("x", ContentFile(b"<script>alert(1)</script>"))

    response = as_user(make_user(issuer, "clerk")).get(reverse("documents:document_file", args=[document.pk]))

    assert b"".join(response.streaming_content) == b"<script>alert(1)</script>"
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("attachment;")


@pytest.mark.parametrize("name", ["document_detail", "document_file"])
def test_another_agency_meets_nothing(issuer, as_user, name):
    document = make_document(issuer)

    response = as_user(make_user(make_agency(), "head")).get(reverse(f"documents:{name}", args=[document.pk]))

    assert response.status_code == 404


@pytest.mark.parametrize("name", ["document_list", "document_detail", "document_file"])
def test_who_is_not_logged_in_is_sent_to_log_in(issuer, client, name):
    document = make_document(issuer)
    url = reverse(f"documents:{name}", args=[] if name == "document_list" else [document.pk])

    response = client.get(url)

    assert (response.status_code, response.url) == (302, f"{reverse('account_login')}?next={url}")


def test_a_document_without_a_file_has_nothing_to_save(issuer, as_user):
    document = make_document(issuer)

    response = as_user(make_user(issuer, "clerk")).get(reverse("documents:document_file", args=[document.pk]))

    assert response.status_code == 404
