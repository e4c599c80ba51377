import threading
from datetime import date

import pytest
from django.db import connection, transaction

from factories.procedures import make_version
from loa.core.turns import take_turn
from loa.portal.actions.search import index_things
from loa.portal.models import PublicText


@pytest.mark.django_db(transaction=True)
def test_second_of_two_who_index_the_same_finds_what_the_first_has_left():
    version = make_version(state="published")
    kind, key = "procedure", version.procedure_id
    PublicText.objects.all().delete()
    ends, failed = [], []

    def index():
        try:
            ends.append(index_things(kind, [key]))
        except Exception as error:  # noqa: BLE001  looked at below
            failed.append(error)
        finally:
            connection.close()

    second = threading.Thread(target=index)
    with transaction.atomic():
        take_turn(f"search:{kind}")
        second.start()
        second.join(0.5)
        waited = second.is_alive()
        PublicText.objects.create(kind=kind, object_pk=key, title="Cũ", url="/", on=date(2019, 3, 1))
    second.join(30)

    assert (waited, failed, ends) == (True, [], [1])
    assert [row.title for row in PublicText.objects.filter(kind=kind)] == ["Đăng ký khai sinh"]


@pytest.mark.django_db(transaction=True)
def test_turn_needs_a_transaction():
    with pytest.raises(transaction.TransactionManagementError):
        take_turn("search:procedure")
