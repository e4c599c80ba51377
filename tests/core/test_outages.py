"""Told from a traceback: was the database or the network away, or is the work itself wrong?"""

import smtplib
import socket
import sqlite3
import traceback
from datetime import timedelta

import psycopg
import pytest
import redis
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.db.transaction import TransactionManagementError

from loa.core import outages


def told_of(error, cause=None):
    """As the engine keeps it: the words, then the traceback."""
    try:
        if cause is None:
            raise error
        try:
            raise cause
        except type(cause) as below:
            raise error from below
    except type(error):
        return f"{error} : {traceback.format_exc()}"


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (OperationalError("x"), psycopg.OperationalError("connection failed: Connection refused\n\tIs it?")),
        (
            OperationalError("x"),
            psycopg.OperationalError("server closed the connection unexpectedly\n\tThis…"),
        ),
        (OperationalError("x"), psycopg.errors.AdminShutdown("terminating connection")),
        (OperationalError("x"), psycopg.errors.TooManyConnections("sorry")),
        (OperationalError("x"), psycopg.errors.DeadlockDetected("deadlock detected")),
        (OperationalError("x"), sqlite3.OperationalError("database is locked")),
        (OperationalError("x"), sqlite3.OperationalError("unable to open database file")),
        (OperationalError("x"), None),
        (InterfaceError("connection already closed"), None),
        (TransactionManagementError("x"), OperationalError("away")),
        (redis.ConnectionError("Error 111"), None),
        (smtplib.SMTPServerDisconnected("x"), None),
        (socket.gaierror("x"), None),
        (ConnectionRefusedError("x"), None),
        (ConnectionResetError(), None),
        (TimeoutError("timed out"), ValueError("x")),
    ],
)
def test_what_was_away_is_known(error, cause):
    assert outages.tells_outage(told_of(error, cause)) is True


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (ValueError("OperationalError: database is locked"), None),
        (ValueError("x"), OperationalError("away")),
        (OperationalError("x"), sqlite3.OperationalError("no such table: loa")),
        (OperationalError("x"), sqlite3.OperationalError("too many SQL variables")),
        (OperationalError("x"), psycopg.errors.QueryCanceled("statement timeout")),
        (OperationalError("x"), psycopg.errors.DiskFull("no space left")),
        (ProgrammingError("x"), psycopg.errors.UndefinedTable("x")),
        (TransactionManagementError("x"), None),
        (FileNotFoundError("x"), None),
        (PermissionError("x"), None),
    ],
)
def test_an_error_of_the_work_is_none(error, cause):
    assert outages.tells_outage(told_of(error, cause)) is False


@pytest.mark.parametrize("told", ["", "None", "hết bộ nhớ", "Traceback (most recent call last):\n"])
def test_a_text_without_an_error_is_none(told):
    assert outages.tells_outage(told) is False


def test_the_sentence_is_the_last_error():
    told = told_of(OperationalError("mất kết nối"), psycopg.OperationalError("x"))

    assert outages.last_error(told) == "OperationalError: mất kết nối"
    assert outages.last_error("hết bộ nhớ") == "hết bộ nhớ"


def test_pauses_grow_and_end():
    pauses = [outages.pause_after(tries) for tries in range(len(outages.PAUSES) + 1)]

    assert pauses == [*(timedelta(minutes=n) for n in (1, 5, 30, 120)), None]
