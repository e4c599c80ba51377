import re

import pytest

from loa.cli import nginx


@pytest.fixture
def _one_host(settings, tmp_path):
    settings.PAGE_CACHE_DIR = str(tmp_path)


@pytest.mark.usefixtures("_one_host")
@pytest.mark.parametrize(
    ("live", "where"), [(None, "127.0.0.1:8000"), ("10.0.0.5:8001", "10.0.0.5:8001")], ids=["beside", "apart"]
)
def test_live_pages_go_to_who_streams_and_are_not_held_back(live, where):
    text = nginx.configuration(listen="127.0.0.1:8080", upstream="127.0.0.1:8000", live=live)

    block = text.partition("location /song/ {")[2].partition("}")[0]
    assert f"upstream loa_live {{ server {where}; keepalive 16; }}" in text
    assert {line.strip().partition(" #")[0] for line in block.splitlines()} >= {
        "proxy_pass http://loa_live;",
        "proxy_buffering off;",
        "gzip off;",
        "proxy_set_header X-Forwarded-For $remote_addr;",
    }


def day_of(moment, zone="Asia/Ho_Chi_Minh"):
    """The day whose page nginx looks for, as its configuration reads the moment."""
    found = re.search(nginx.day_pattern(zone).replace("(?<", "(?P<"), moment)
    return found and found["loa_date"]


@pytest.mark.parametrize(
    ("moment", "zone", "day"),
    [
        ("2026-11-28T01:11:50+07:00", "Asia/Ho_Chi_Minh", "2026-11-28"),
        (
            "2026-11-27T18:11:50+00:00",
            "Asia/Ho_Chi_Minh",
            None,
        ),  # yesterday's page would be handed out until seven
        ("2026-11-27T18:11:50+00:00", "UTC", "2026-11-27"),
        ("2026-07-01T01:11:50+02:00", "Europe/Berlin", "2026-07-01"),
        ("2026-12-01T01:11:50+01:00", "Europe/Berlin", "2026-12-01"),
        ("2026-12-01T01:11:50-05:00", "America/Bogota", "2026-12-01"),
    ],
)
def test_a_kept_page_is_one_of_the_day_of_the_installation(moment, zone, day):
    assert day_of(moment, zone) == day


@pytest.mark.usefixtures("_one_host")
def test_the_configuration_says_which_day_and_how_nginx_is_started():
    text = nginx.configuration(listen="127.0.0.1:8080", upstream="127.0.0.1:8000")

    assert f'"~{nginx.day_pattern("Asia/Ho_Chi_Minh")}" $loa_date;' in text
    assert "Environment=TZ=Asia/Ho_Chi_Minh" in text
