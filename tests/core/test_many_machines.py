"""The profile of many machines: the same code on an S3 store and a Redis shared by processes."""

import os
import shutil
import socket
import subprocess
import sys
import time
from io import BytesIO

import pytest
from django.core.files.storage import default_storage, storages
from moto import mock_aws

from loa.core import uploads

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def s3(settings, monkeypatch):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": "loa",
                "region_name": "us-east-1",
                "default_acl": "private",
                "file_overwrite": False,
            },
        },
    }
    with mock_aws():
        bucket = storages["default"].connection.create_bucket(Bucket="loa")
        yield bucket


def test_upload_is_kept_once_under_its_digest_in_the_store(s3):
    upload = uploads.check_upload(BytesIO(PDF), "bao-cao.pdf")

    first, second = uploads.keep(upload, "documents"), uploads.keep(upload, "documents")

    assert first == second == f"documents/{upload.sha256[:2]}/{upload.sha256}"
    assert [item.key for item in s3.objects.all()] == [first]
    with default_storage.open(first) as kept:
        assert kept.read() == PDF


@pytest.fixture
def redis_url(tmp_path):
    server = shutil.which("redis-server")
    if not server:
        pytest.skip("needs redis-server of the system")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [server, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)],
        stdout=subprocess.DEVNULL,
    )
    for _ in range(50):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    yield f"redis://127.0.0.1:{port}/0"
    process.terminate()
    process.wait(timeout=10)


@pytest.mark.slow
def test_processes_share_what_they_count_in_redis(redis_url, tmp_path):
    env = {
        **os.environ,
        "REDIS_URL": redis_url,
        "LOA_DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "loa.config.settings",
    }
    program = "import django; django.setup()\nfrom django.core.cache import cache\n{}"
    count = "cache.add('failures', 0); print(cache.incr('failures'))"

    outputs = [
        subprocess.run(
            [sys.executable, "-c", program.format(count)], env=env, capture_output=True, text=True, check=True
        ).stdout.strip()
        for _ in range(2)
    ]

    assert outputs == ["1", "2"]
