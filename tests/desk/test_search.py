from datetime import UTC, datetime

import pytest

from factories import (
    make_agency,
    make_assignment,
    make_clipping,
    make_procedure,
    make_publication,
    make_script,
    make_task,
    make_user,
)
from loa.desk.queries import search_registers
from loa.documents.models import Document, LegalDocument

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]  # it searches and sorts
NOON = datetime(2019, 6, 3, 5, 0, tzinfo=UTC)


def found(user, text):
    return {group.title: [str(row) for row in group.rows] for group in search_registers(user, text)}


@pytest.fixture
def work():
    return make_assignment(task=make_task(content="Tổ chức đối thoại trực tuyến"))


@pytest.mark.parametrize("words", ["đối thoại", "doi thoai", "THOẠI đối", "dien doi thoai"[5:]])
def test_words_are_found_with_and_without_accents(work, words):
    groups = search_registers(make_user(work.agency), words)

    assert [work.task] in [group.rows for group in groups]


def test_each_word_must_occur(work):
    assert search_registers(make_user(work.agency), "đối thoại bóng đá") == []


def test_stranger_finds_no_task(work):
    assert search_registers(make_user(make_agency()), "đối thoại") == []


def test_no_words_find_nothing(work):
    assert search_registers(make_user(work.agency), "  ") == []


def test_page_shows_what_was_typed(work, as_user):
    response = as_user(make_user(work.agency)).get("/viec-cua-toi/tim-kiem/", {"q": "doi thoai"})

    assert response.context["q"] == "doi thoai"
    assert len(response.context["groups"]) == 1


def test_a_procedure_is_found_at_its_staff_page(as_user):
    procedure = make_procedure(name="Đăng ký khai sinh")

    response = as_user(make_user(procedure.agency)).get("/viec-cua-toi/tim-kiem/", {"q": "khai sinh"})

    assert [group.rows for group in response.context["groups"]] == [[procedure]]
    assert f'href="{procedure.staff_url}"' in response.content.decode()
    assert search_registers(make_user(make_agency()), "khai sinh") == []


@pytest.mark.parametrize(("state", "strangers"), [("published", True), ("draft", False)])
def test_a_legal_document_is_found_by_its_keeper_and_once_published_by_all(state, strangers):
    agency = make_agency()
    document = Document.objects.create(
        direction="in",
        kind="Nghị định",
        printed_number="61/2018/NĐ-CP",
        subject="Một cửa liên thông",
        created_at=NOON,
    )
    LegalDocument.objects.create(document=document, keeper=agency, state=state, created_at=NOON)

    titles = [
        [
            group.title
            for group in search_registers(user, "cua lien thong")
            if group.title == "Văn bản pháp luật"
        ]
        for user in (make_user(agency), make_user(make_agency()))
    ]

    assert titles == [["Văn bản pháp luật"], ["Văn bản pháp luật"] * strangers]


def test_publications_scripts_and_clippings_are_found_by_their_agency_alone():
    agency = make_agency()
    writer = make_user(agency, "contributor")
    publication = make_publication(agency, writer, state="draft", title="Sổ tay hòa giải")
    script = make_script(agency, writer, title="Hòa giải ở cơ sở")
    clipping = make_clipping(agency, writer, title="Tổ hòa giải khu phố")
    make_clipping(agency, writer, title="Hòa giải đã gỡ", state="withdrawn")

    rows = [group.rows for group in search_registers(writer, "hoa giai")]

    assert rows == [[publication], [script], [clipping]]
    assert search_registers(make_user(make_agency(), "editor"), "hoa giai") == []


@pytest.mark.parametrize("count", [1, 30])
def test_a_search_costs_the_same_for_one_and_thirty(as_user, django_assert_num_queries, count):
    agency = make_agency()
    writer = make_user(agency, "focal_point")
    for number in range(count):
        make_publication(agency, writer, state="draft", title=f"Hòa giải {number}")
        make_script(agency, writer, title=f"Hòa giải {number}")
        make_clipping(agency, writer, title=f"Hòa giải {number}")
        make_procedure(agency, name=f"Hòa giải {number}")
    client = as_user(writer)
    client.get("/viec-cua-toi/tim-kiem/", {"q": "hoa giai"})

    with django_assert_num_queries(23):
        client.get("/viec-cua-toi/tim-kiem/", {"q": "hoa giai"})
