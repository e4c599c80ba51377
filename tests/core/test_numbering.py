import threading

import pytest
from django.db import connection, transaction

from loa.core.models import NumberSeries
from loa.core.numbering import next_number

KEY = "agency:hp:2019:BC"


def test_numbers_start_at_one_and_follow(db):
    numbers = [next_number(KEY) for _ in range(3)]

    assert numbers == [1, 2, 3]


def test_series_are_apart(db):
    next_number(KEY)

    assert next_number("agency:hp:2020:BC") == 1


@pytest.mark.django_db(transaction=True)
def test_number_of_an_act_undone_is_given_again():
    @transaction.atomic
    def undone_act():
        next_number(KEY)
        raise InterruptedError

    with pytest.raises(InterruptedError):
        undone_act()

    with transaction.atomic():
        assert next_number(KEY) == 1


@pytest.mark.django_db(transaction=True)
def test_number_outside_an_act_is_refused():
    with pytest.raises(transaction.TransactionManagementError):
        next_number(KEY)

    assert NumberSeries.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_twenty_acts_at_once_leave_no_gap_and_no_double():
    numbers, errors, barrier = [], [], threading.Barrier(20)

    def take():
        barrier.wait()
        try:
            with transaction.atomic():
                numbers.append(next_number(KEY))
        except Exception as error:  # noqa: BLE001  a lost number must be seen, whatever the reason
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=take) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    assert sorted(numbers) == list(range(1, 21))
