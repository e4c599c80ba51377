import tarfile
from argparse import Namespace
from pathlib import Path

import pytest
from django.conf import settings as live_settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from factories import make_agency
from loa.cli.archive import ArchiveError, put_back, write_archive
from loa.directory.models import Agency

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        not live_settings.IS_SQLITE, reason="the one-machine profile keeps its database in a file"
    ),
]


@pytest.fixture
def installation(settings, tmp_path):
    """What the archive needs of the settings; database and files are the test's own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    return Namespace(DATABASES=live_settings.DATABASES, MEDIA_ROOT=settings.MEDIA_ROOT)


def test_what_was_backed_up_comes_back(installation, tmp_path):
    make_agency("Sở Một", code="so-mot")
    default_storage.save("documents/aa/one", ContentFile(b"paper"))
    archive = tmp_path / "loa.tar.gz"
    write_archive(archive, settings=installation)
    Agency.objects.all().delete()
    default_storage.delete("documents/aa/one")

    counts = put_back(archive, settings=installation)

    assert counts == {"files": 1}
    assert list(Agency.objects.values_list("code", flat=True)) == ["so-mot"]
    assert (installation.MEDIA_ROOT / "documents/aa/one").read_bytes() == b"paper"


def test_archive_is_private_and_whole_or_absent(installation, tmp_path):
    archive = tmp_path / "loa.tar.gz"

    write_archive(archive, settings=installation)

    assert archive.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["loa.tar.gz", "media"]


def test_cut_archive_is_refused_before_anything_changes(installation, tmp_path):
    make_agency("Sở Một", code="so-mot")
    archive = tmp_path / "loa.tar.gz"
    write_archive(archive, settings=installation)
    archive.write_bytes(archive.read_bytes()[:-200])

    with pytest.raises(ArchiveError, match=r"loa\.tar\.gz"):
        put_back(archive, settings=installation)

    assert Agency.objects.count() == 1


def test_changed_member_is_found_by_its_digest(installation, tmp_path):
    default_storage.save("documents/aa/one", ContentFile(b"paper"))
    archive, forged = tmp_path / "loa.tar.gz", tmp_path / "forged.tar.gz"
    write_archive(archive, settings=installation)
    unpacked = tmp_path / "unpacked"
    with tarfile.open(archive) as content:
        content.extractall(unpacked, filter="data")
    (unpacked / "files/documents/aa/one").write_bytes(b"forged")
    with tarfile.open(forged, "w:gz") as content:
        for path in sorted(unpacked.rglob("*")):
            if path.is_file():
                content.add(path, str(path.relative_to(unpacked)))

    with pytest.raises(ArchiveError, match="documents/aa/one"):
        put_back(forged, settings=installation)


def test_member_outside_the_folder_is_refused(installation, tmp_path):
    archive = tmp_path / "evil.tar.gz"
    outside = Path(tmp_path / "outside.txt")
    outside.write_text("x", encoding="utf-8")
    with tarfile.open(archive, "w:gz") as content:
        content.add(outside, "../escaped.txt")

    with pytest.raises(ArchiveError):
        put_back(archive, settings=installation)

    assert not (tmp_path.parent / "escaped.txt").exists()
