import os
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import TemporaryUploadedFile

from loa.core import sealing, uploads, whole_files

KILLED = """
import os, signal
from django.conf import settings
settings.configure()
from django.core.files.base import ContentFile
from loa.core.whole_files import WholeFileStorage
class Broken(ContentFile):
    def chunks(self, *_size):
        yield self.read()
        os.kill(os.getpid(), signal.SIGKILL)
WholeFileStorage(location={folder!r}).save("cases/ab/abc", Broken(b"half"))
"""
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def storage(tmp_path):
    return whole_files.WholeFileStorage(location=tmp_path / "files")


def content_of(storage, name):
    with storage.open(name) as file:
        return file.read()


def left_in(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_the_installation_keeps_its_files_whole():
    assert isinstance(storages["default"], whole_files.WholeFileStorage)


def test_file_is_kept_under_its_name(storage, tmp_path):
    assert storage.save("cases/ab/abc", ContentFile(b"whole")) == "cases/ab/abc"
    assert left_in(tmp_path / "files") == ["cases/ab/abc"]
    assert content_of(storage, "cases/ab/abc") == b"whole"
    assert Path(storage.path("cases/ab/abc")).stat().st_mode & 0o777 == 0o600


def test_upload_that_lies_in_a_file_is_kept_too(storage, tmp_path):
    upload = TemporaryUploadedFile("a.pdf", "application/pdf", 4, None)
    upload.write(b"whole")
    upload.seek(0)

    storage.save("a.pdf", upload)
    upload.close()

    assert left_in(tmp_path / "files") == ["a.pdf"]


def test_name_that_is_taken_meanwhile_is_not_overwritten(storage, monkeypatch):
    storage.save("a.png", ContentFile(b"first"))
    names = iter(["a.png", "a_2.png"])
    monkeypatch.setattr(storage, "get_available_name", lambda _name, **_more: next(names))

    assert storage.save("a.png", ContentFile(b"second")) == "a_2.png"
    assert content_of(storage, "a.png") == b"first"


def test_process_killed_while_it_writes_leaves_no_half_file_that_counts(storage, tmp_path):
    folder = tmp_path / "files"

    killed = subprocess.run([sys.executable, "-c", KILLED.format(folder=str(folder))], check=False)

    assert killed.returncode < 0
    assert not storage.exists("cases/ab/abc")
    assert storage.save("cases/ab/abc", ContentFile(b"whole")) == "cases/ab/abc"


def test_what_was_left_unfinished_goes_a_day_later(settings):
    upload = uploads.check_upload(BytesIO(PDF), "bao-cao.pdf")
    path = sealing.keep_sealed(upload, "cases")
    folder = settings.MEDIA_ROOT / whole_files.UNFINISHED
    for name, age in (("old", whole_files.KEPT + 60), ("new", 60)):
        (folder / name).write_bytes(b"half")
        os.utime(folder / name, (time.time() - age, time.time() - age))

    assert whole_files.forget_unfinished() == 1
    assert whole_files.forget_unfinished() == 0
    assert left_in(folder) == ["new"]
    assert sealing.open_sealed(path) == PDF
