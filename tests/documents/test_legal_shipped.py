"""The legal texts that come with the program."""

from datetime import date

import pytest

from documents.legal_scene import make_legal
from loa.documents import actions
from loa.documents.actions.shipped import _shipped
from loa.documents.models import DocumentLink, LegalDocument
from loa.documents.queries import public_legal_documents, with_status_on

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def status(number, day):
    return with_status_on(public_legal_documents(), day).get(shipped_code=number).status_code


def test_loading_twice_adds_nothing_twice(django_assert_max_num_queries):
    count = actions.load_legal_documents()

    with django_assert_max_num_queries(3):
        assert actions.load_legal_documents() == 0

    assert count == len(_shipped()) == LegalDocument.objects.count()


def test_every_relation_points_to_a_document_that_is_there():
    actions.load_legal_documents()

    assert DocumentLink.objects.count() > 20
    assert list(DocumentLink.objects.filter(other__isnull=True)) == []


@pytest.mark.parametrize(
    ("number", "in_2019", "in_2026"),
    [
        ("110/2004/NĐ-CP", "in_force", "ended"),
        ("09/2019/NĐ-CP", "in_force", "in_force"),
        ("61/2018/NĐ-CP", "in_force", "ended"),
        ("118/2025/NĐ-CP", "not_yet", "in_force"),
        ("42/2022/NĐ-CP", "not_yet", "ended"),
        ("31/2021/QĐ-TTg", "not_yet", "ended"),
        ("26/2019/TT-BTC", "in_force", "in_force"),
        ("172/2012/TT-BTC", "ended", "ended"),
        ("83/2015/QH13", "in_force", "ended"),
    ],
)
def test_the_facts_hold_on_both_days(number, in_2019, in_2026):
    actions.load_legal_documents()

    assert (status(number, date(2019, 7, 15)), status(number, date(2026, 11, 1))) == (in_2019, in_2026)


def test_only_what_was_read_in_the_text_is_shown_as_verified():
    actions.load_legal_documents()

    marks = {row["code"]: row["mark"] for row in _shipped()}
    assert set(marks.values()) == {"V", "K+"}
    checked = set(LegalDocument.objects.filter(is_checked=True).values_list("shipped_code", flat=True))
    assert checked == {code for code, mark in marks.items() if mark == "V"}


def test_what_an_installation_corrected_took_off_or_entered_stays():
    own = make_legal(subject="Của tôi")
    actions.load_legal_documents()
    LegalDocument.objects.filter(shipped_code="09/2019/NĐ-CP").update(state="withdrawn", field="Khác")

    actions.load_legal_documents()

    assert LegalDocument.objects.get(shipped_code="09/2019/NĐ-CP").field == "Khác"
    assert list(LegalDocument.objects.filter(number_key="61/2018/nd-cp")) == [own]
    assert own.document.linked_from.filter(kind="abolishes").count() == 1
