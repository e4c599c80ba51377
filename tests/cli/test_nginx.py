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
