"""Numbers without gaps or doubles (Nghị định 30/2020/NĐ-CP, Điều 15: from 01 to the year's end).

The counter's row is locked until the caller's transaction ends: a rolled back act gives its number
back, and two acts at once are served one after the other on every database.
"""

from django.db import connection, transaction
from django.db.models import F

from loa.core.models import NumberSeries


def next_number(key: str) -> int:
    """The next number of a series, starting at 1. Must run inside the transaction that uses it."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("A number is given only inside the act that uses it.")
    series = NumberSeries.objects.filter(key=key)
    if not series.update(last=F("last") + 1):  # the update takes the row lock
        NumberSeries.objects.get_or_create(key=key)
        series.update(last=F("last") + 1)
    return series.values_list("last", flat=True).get()
