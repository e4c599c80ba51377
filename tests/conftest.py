from datetime import date

import pytest
from django.utils import translation

from browser_fixtures import browser, open_page  # noqa: F401  fixtures are found by name
from fresh_database import django_db_setup  # noqa: F401
from loa.core import clock


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
