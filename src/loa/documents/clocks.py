from loa.core import clock
from loa.documents import actions, queries


def read_unread(limit: int = 20) -> int:
    """Files that still wait, also one left half read by a killed worker. Returns how many were read."""
    readings = list(queries.unread_readings(clock.now())[:limit])
    for reading in readings:
        actions.read_document(reading)
    return len(readings)
