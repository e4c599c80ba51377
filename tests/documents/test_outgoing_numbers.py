import threading
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from factories import make_agency, make_user
from loa.documents.actions import register_outgoing
from loa.documents.models import Document

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def issuer():
    return make_agency("Sở Báo chí", code="so-bao-chi", symbol="SBC")


@pytest.fixture
def clerk(issuer):
    return make_user(issuer, "clerk")


def register(issuer, clerk, *, symbol="BC-SBC", on=date(2019, 3, 4), **fields):
    with transaction.atomic():
        return register_outgoing(
            issuer=issuer, kind="BÁO CÁO", symbol=symbol, subject="Kết quả", issued_on=on, by=clerk, **fields
        )


def test_numbers_below_ten_are_printed_with_a_zero(issuer, clerk):
    document = register(issuer, clerk)

    assert (document.number, document.printed_number, document.direction) == (1, "01/BC-SBC", "out")


def test_each_kind_of_document_and_each_year_has_its_own_numbers(issuer, clerk):
    register(issuer, clerk)

    numbers = [
        register(issuer, clerk).number,
        register(issuer, clerk, symbol="KH-SBC").number,
        register(issuer, clerk, on=date(2020, 1, 2)).number,
    ]

    assert numbers == [2, 1, 1]


def test_a_number_that_came_in_on_paper_is_not_given_again(issuer, clerk):
    register(issuer, clerk)
    Document.objects.create(
        direction="out",
        kind="BÁO CÁO",
        number=2,
        symbol="BC-SBC",
        printed_number="2/BC-SBC",
        issuer=issuer,
        subject="Trên giấy",
        issued_on=date(2019, 3, 1),
        created_at="2019-03-01T00:00Z",
    )

    assert register(issuer, clerk).number == 3


def test_an_act_undone_gives_its_number_back(issuer, clerk):
    def issue_and_fail():
        with transaction.atomic():
            register_outgoing(
                issuer=issuer,
                kind="BÁO CÁO",
                symbol="BC-SBC",
                subject="Hỏng",
                issued_on=date(2019, 3, 4),
                by=clerk,
            )
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        issue_and_fail()

    assert register(issuer, clerk).number == 1


def test_only_the_issuers_own_clerk_or_head_gives_numbers(issuer):
    for stranger in (make_user(issuer, "officer"), make_user(make_agency(), "clerk"), make_user()):
        with pytest.raises(PermissionDenied):
            register(issuer, stranger)

    assert Document.objects.count() == 0


def test_twenty_issues_at_once_leave_no_gap_and_no_double(issuer, clerk):
    errors, barrier = [], threading.Barrier(20)

    def issue():
        barrier.wait()
        try:
            register(issuer, clerk)
        except Exception as error:  # noqa: BLE001  a lost number must be seen, whatever the reason
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=issue) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    numbers = sorted(Document.objects.values_list("number", flat=True))
    assert errors == []
    assert numbers == list(range(1, 21))
