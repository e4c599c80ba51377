from argparse import Namespace

import pytest

from loa.cli import doctor

pytestmark = pytest.mark.django_db


@pytest.fixture
def healthy(tmp_path):
    return Namespace(
        DATA_DIR=tmp_path,
        DEBUG=False,
        TODAY="",
        BASE_URL="https://loa.example",
        ALLOWED_HOSTS=["loa.example"],
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        REDIS_URL="",
    )


def test_healthy_installation_has_no_error_but_an_empty_calendar(healthy):
    errors = [finding.text for finding in doctor.examine(healthy) if finding.level == "error"]

    assert errors == ["The working-day calendar does not cover this year. Add its days off."]


def test_loaded_calendar_is_found(healthy):
    from loa.core.calendar_data import load_calendar

    load_calendar()

    assert [finding for finding in doctor.examine(healthy) if finding.level == "error"] == []


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("DEBUG", True, "LOA_DEBUG"),
        ("BASE_URL", "http://loa.example", "LOA_BASE_URL"),
        ("ALLOWED_HOSTS", ["*"], "LOA_ALLOWED_HOSTS"),
    ],
)
def test_dangerous_setting_is_an_error_that_says_what_to_do(healthy, name, value, word):
    setattr(healthy, name, value)

    errors = [finding.text for finding in doctor.examine(healthy) if finding.level == "error"]

    assert [text for text in errors if text.startswith(word)] != []


@pytest.mark.parametrize(
    ("name", "value"), [("TODAY", "2019-06-03"), ("EMAIL_BACKEND", "x.locmem.EmailBackend")]
)
def test_doubtful_setting_is_a_warning(healthy, name, value):
    before = sum(finding.level == "warning" for finding in doctor.examine(healthy))
    setattr(healthy, name, value)

    after = sum(finding.level == "warning" for finding in doctor.examine(healthy))

    assert after == before + 1


def test_redis_that_is_away_is_said(healthy):
    before = [finding.text for finding in doctor.examine(healthy) if "Live pages" in finding.text]
    healthy.REDIS_URL = "redis://127.0.0.1:1/0"

    told = [finding for finding in doctor.examine(healthy) if "Redis" in finding.text]

    assert before == ["Live pages hear of news from the database, seven times a second."]
    assert [(finding.level, finding.text[:25]) for finding in told] == [
        ("warning", "Redis does not answer: li")
    ]
