"""Was the database or the network away, or is it the work itself that is wrong? Told from a traceback.

Reads: the text of a traceback, as the engine keeps it of failed work. What met an outage is tried again by itself
after each of the pauses; then it waits for a person. Names, not classes: the text outlives the process.
"""

from __future__ import annotations

from datetime import timedelta

PAUSES = (1, 5, 30, 120)  # minutes before each try that nobody asks for
LONGEST_ERROR = 2000
_HEADER = "Traceback (most recent call last):"
_DATABASE = frozenset(
    f"django.db.utils.{name}" for name in ("OperationalError", "InterfaceError", "InternalError")
)
_AROUND = frozenset(
    {"django.db.transaction.TransactionManagementError"}
)  # says that something before it failed
_NETWORK = frozenset(
    {
        "BrokenPipeError",
        "ConnectionAbortedError",
        "ConnectionError",
        "ConnectionRefusedError",
        "ConnectionResetError",
        "TimeoutError",
        "botocore.exceptions.ConnectTimeoutError",
        "botocore.exceptions.ConnectionClosedError",
        "botocore.exceptions.EndpointConnectionError",
        "botocore.exceptions.ReadTimeoutError",
        "http.client.RemoteDisconnected",
        "redis.exceptions.BusyLoadingError",
        "redis.exceptions.ConnectionError",
        "redis.exceptions.TimeoutError",
        "requests.exceptions.ConnectTimeout",
        "requests.exceptions.ConnectionError",
        "requests.exceptions.ReadTimeout",
        "smtplib.SMTPConnectError",
        "smtplib.SMTPServerDisconnected",
        "socket.gaierror",
        "urllib.error.URLError",
    }
)
_POSTGRES = frozenset(
    {
        "psycopg.InterfaceError",  # the connection is closed
        "psycopg.OperationalError",  # refused, lost, starting up: whatever has no code of the server
        "psycopg_pool.PoolTimeout",
        *(
            f"psycopg.errors.{name}"
            for name in (
                "AdminShutdown",
                "CannotConnectNow",
                "ConnectionDoesNotExist",
                "ConnectionException",
                "ConnectionFailure",
                "CrashShutdown",
                "DeadlockDetected",
                "IdleInTransactionSessionTimeout",
                "IdleSessionTimeout",
                "LockNotAvailable",
                "ReadOnlySqlTransaction",  # a follower, while another becomes the first
                "SerializationFailure",
                "TooManyConnections",
            )
        ),
    }
)
_SQLITE = (
    "database is locked",
    "database table is locked",
    "disk I/O error",
    "unable to open database file",
)


def tells_outage(told: str) -> bool:
    """Whether the last error of a traceback comes from a database or a network that was away or too busy."""
    errors = _errors(told)
    while errors and errors[-1][0] in _AROUND:
        errors.pop()
    if not errors:
        return False
    name, _message = errors[-1]
    return name in _NETWORK or (name in _DATABASE and _driver_tells_outage(errors[:-1]))


def _driver_tells_outage(before: list[tuple[str, str]]) -> bool:
    """The error under Django's own; without one it is Django that found the connection closed."""
    if not before:
        return True
    name, message = before[-1]
    if name.startswith("sqlite3."):
        return message.startswith(_SQLITE)
    return name in _POSTGRES if name.startswith("psycopg") else True


def last_error(told: str) -> str:
    """The sentence a person reads of a traceback: the last error without the lines of code."""
    errors = _errors(told)
    if not errors:
        return told.strip()[:LONGEST_ERROR]
    name, message = errors[-1]
    return ": ".join(filter(None, [name.rpartition(".")[2], message]))[:LONGEST_ERROR]


def _errors(told: str) -> list[tuple[str, str]]:
    """Name and first line of each error, the cause before what it caused; frames are indented, errors are not."""
    found = []
    for block in told.split(_HEADER)[1:]:
        line = next((line for line in block.splitlines() if line and not line.startswith(" ")), "")
        name, _colon, message = line.partition(": ")
        found.append((name.strip(), message.strip()))
    return found


def pause_after(tries: int) -> timedelta | None:
    """How long to wait after an outage, `tries` tries having been made; None where a person is asked."""
    return timedelta(minutes=PAUSES[tries]) if tries < len(PAUSES) else None
