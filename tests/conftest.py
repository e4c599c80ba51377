import gc
import os
from datetime import date

import pytest
from django.conf import settings as live_settings
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from browser_fixtures import browser, flaws, open_page  # noqa: F401  fixtures are found by name
from fresh_database import django_db_setup  # noqa: F401
from loa.core import clock

FIRST = (  # long, and mostly waiting: beside them the others find room
    "tests/soak/",
    "tests/journeys/test_year.py",
    "tests/architecture/test_access.py",
    "tests/browser/test_pages.py",
    "tests/browser/test_portal_pages.py",
)
IS_FULL = os.environ.get("LOA_SOAK") == "full"
OPENS_DATABASE = {"db", "transactional_db", "django_db_reset_sequences", "django_db_serialized_rollback"}
ASKS_FOR_PAGES = {"client", "as_user"}


def pytest_itemcollected(item):
    if not ASKS_FOR_PAGES.isdisjoint(item.fixturenames):
        item.add_marker("pages")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    items.sort(key=lambda item: not item.nodeid.startswith(FIRST))
    leave_out_what_cannot_differ(config, items)


def pytest_collection_finish():
    """What stays to the end (the program, the tests) is not looked through again by each collection of garbage."""
    gc.collect()
    gc.freeze()


def leave_out_what_cannot_differ(config, items):
    """On PostgreSQL what opens no database is not run again, nor what looks at pages: each address is asked there once
    by the walk of tests/architecture/test_access.py, and what lies below the pages runs whole.
    """
    if live_settings.IS_SQLITE:
        return
    again = [item for item in items if runs_on_both(item)]
    kept = set(again)
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = again


def runs_on_both(item):
    """Marked so, or opens the database (without its mark or fixture Django refuses every query) and asks for no page."""
    if item.get_closest_marker("long_on_postgres"):
        return IS_FULL
    if item.get_closest_marker("both_databases"):
        return True
    opens_database = item.get_closest_marker("django_db") or not OPENS_DATABASE.isdisjoint(item.fixturenames)
    return bool(opens_database) and not item.get_closest_marker("pages")


# A busy machine draws slowly: that says nothing of the program. `make soak` draws other examples each time; otherwise
# they are the same from run to run, so that a change is judged by what it changed.
hypothesis_settings.register_profile(
    "loa", suppress_health_check=[HealthCheck.too_slow], derandomize=not IS_FULL
)
hypothesis_settings.load_profile("loa")


@pytest.fixture
def today():
    """Play a day: `today(date(2019, 6, 3))`. Ends with the test."""

    def play(day: date) -> date:
        clock.set_today(day)
        return day

    yield play
    clock.set_today(None)


@pytest.fixture
def as_user(client):
    """A logged-in test client: `as_user(user).get(...)`."""

    def log_in(user):
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return log_in


@pytest.fixture
def in_english():
    """Sentences are compared in English; the installation itself speaks Vietnamese."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
