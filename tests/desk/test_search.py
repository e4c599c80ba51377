import pytest

from factories import make_agency, make_assignment, make_task, make_user
from loa.desk.queries import search_registers

pytestmark = pytest.mark.django_db


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
