from loa.core import clock
from loa.documents import actions, queries


def read_unread(limit: int = 20) -> int:
    """Files that still wait, also one left half read by a killed worker. Returns how many were read."""
    readings = list(queries.unread_readings(clock.now())[:limit])
    for reading in readings:
        actions.read_document(reading)
    return len(readings)


def index_citations() -> int:
    """Public texts are looked through for documents they name, once a day. Returns how many were read."""
    return actions.index_due_sources()


def tell_out_of_force() -> int:
    """Who answers for a text learns that a document named there has ended. Returns how many citations were told of."""
    return actions.tell_out_of_force()
