"""One after the other: whoever says the same name waits until the transaction of the first has ended.

For work that reads one thing and writes another, where no row stands for both. On SQLite a writing transaction is
alone anyway.
"""

from __future__ import annotations

from django.db import connection, transaction


def take_turn(name: str) -> None:
    """Must run inside the transaction that is to be alone, before it reads."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("A turn lasts as long as a transaction.")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
