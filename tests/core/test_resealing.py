"""Keys of what is sealed are changed: nothing is lost, nothing that is saved meanwhile is overwritten."""

import pytest
from cryptography.fernet import Fernet
from django.core.files.storage import default_storage
from django.db import connection

from factories.feedback import make_case, make_desk
from loa.cli import doctor, keys
from loa.cli.main import main
from loa.core import sealing
from loa.core.uploads import Upload
from loa.feedback.actions import Identity, keep_file
from loa.feedback.models import Asker

pytestmark = pytest.mark.django_db
OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@pytest.fixture
def case(settings):
    settings.FIELD_KEYS = [OLD]
    make_desk()
    return make_case(identity=Identity(name="Bà Mẫu", phone="0912"))


def raw():
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, phone FROM feedback_asker")
        return cursor.fetchone()


def test_after_resealing_the_older_key_is_no_longer_needed(case, settings):
    file = keep_file(case, Upload("a.pdf", "pdf", b"%PDF-1"))
    settings.FIELD_KEYS = [NEW, OLD]

    assert sealing.reseal() == 1
    assert sealing.reseal_files() == 1
    settings.FIELD_KEYS = [NEW]

    assert Asker.objects.get().name == "Bà Mẫu"
    assert sealing.open_sealed(file.path) == b"%PDF-1"
    assert default_storage.exists(file.path)


def test_resealing_again_writes_nothing(case, settings):
    settings.FIELD_KEYS = [NEW, OLD]
    sealing.reseal()
    before = raw()

    assert (sealing.reseal(), sealing.reseal_files()) == (0, 0)
    assert raw() == before


def test_row_is_read_under_the_lock_of_its_batch(case, settings, django_assert_num_queries):
    settings.FIELD_KEYS = [NEW, OLD]
    make_case(identity=Identity(name="Ông Mẫu"))

    assert sealing.reseal(batch=1) == 1  # the second was sealed with the first key already
    assert sorted(Asker.objects.values_list("name", flat=True)) == ["Bà Mẫu", "Ông Mẫu"]


def test_value_without_its_key_is_named_and_nothing_is_changed(case, settings, capsys):
    settings.FIELD_KEYS = [NEW]
    before = raw()

    assert main(["keys", "reseal"]) == 1
    assert (
        f"feedback.asker {Asker.objects.only('pk').values_list('pk', flat=True).get()}"
        in capsys.readouterr().err
    )
    assert raw() == before
    assert [finding.level for finding in doctor._keys()] == ["error"]


def test_command_says_what_it_did(case, settings, capsys):
    settings.FIELD_KEYS = [NEW, OLD]

    assert main(["keys", "check"]) == 0
    assert main(["keys", "reseal"]) == 0

    assert "1 rows and 0 files" in capsys.readouterr().out
    assert [finding.level for finding in doctor._keys()] == ["ok"]


def test_new_key_is_printed_and_used_nowhere(settings, capsys):
    before = list(settings.FIELD_KEYS)

    assert main(["keys", "new"]) == 0
    Fernet(capsys.readouterr().out.strip())
    assert before == settings.FIELD_KEYS
    assert keys.SHOWN == 20


def test_archive_holds_no_key(case, settings, tmp_path):
    import tarfile

    from loa.cli.archive import write_archive

    (tmp_path / "loa.keys").write_text(f"LOA_FIELD_KEYS={OLD}")
    settings.MEDIA_ROOT = tmp_path / "files"
    (tmp_path / "files").mkdir(exist_ok=True)
    (tmp_path / "files" / "a").write_text("x")
    if connection.vendor != "sqlite":
        pytest.skip("one way is enough")

    write_archive(tmp_path / "x.tar.gz", settings=settings)

    with tarfile.open(tmp_path / "x.tar.gz") as archive:
        assert not [name for name in archive.getnames() if "keys" in name or name.endswith(".env")]
