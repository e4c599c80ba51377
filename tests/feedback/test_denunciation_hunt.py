"""A rare word is put into denunciations, and hunted for in every output of the system."""

import logging
import re
import tarfile
from datetime import date
from pathlib import Path

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from architecture.addresses import address, own_names
from architecture.test_access import drawn_for, expected
from architecture.world import TODAY, World
from feedback.denunciation_scene import PAPER, RARE, READER, found_in, lived, lived_and_isolated, straight
from loa.cli.archive import write_archive
from loa.core.models import Entry
from loa.feedback import actions, clocks, queries
from loa.feedback.models import Case, CaseFile, Denunciation

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LISTS = ("list", "queue", "search", "quality")


@pytest.fixture
def world(today):
    today(TODAY)
    return World()


def answers_of_lists(world, client):
    """Every list as a sheet and searched for the word, by those for whom test_access draws its page."""
    lists = [name for name in sorted(own_names()) if any(word in name for word in LISTS)]
    for role, person in [("anonymous", None), *world.people.items()]:
        client.logout()
        if person is not None:
            client.force_login(person, backend=BACKEND)
        for name in lists:
            method, answers = expected(name)
            if method != "get" or role not in drawn_for(name, answers):
                continue
            url = address(name, world)
            for query in ("?export=xlsx", f"?q={RARE}"):
                response = client.get(f"{url}{query}")
                content = b"".join(response.streaming_content) if response.streaming else response.content
                yield name, role, query, content


def hunted(content, query):
    """Where a page repeats the question, the question is not an answer."""
    if not query.startswith("?q="):
        return found_in(content)
    text = content.decode(errors="ignore")
    return re.findall(r"nhận tiền|tố cáo Quỳnh|Ngõ Quỳnh", text)


@pytest.mark.slow
@pytest.mark.long_on_postgres
def test_no_list_or_sheet_of_anybody_holds_a_word_of_a_denunciation(
    world, client, django_capture_on_commit_callbacks
):
    client.raise_request_exception = False
    with django_capture_on_commit_callbacks(execute=True):
        lived_and_isolated(world)
        straight(world)

    leaks = [
        f"{name} as {role} {query}"
        for name, role, query, content in answers_of_lists(world, client)
        if not (role == READER and name.startswith("feedback:denunciation_")) and hunted(content, query)
    ]

    assert leaks == []


def test_no_mail_log_history_row_or_file_holds_it(
    world, caplog, settings, django_capture_on_commit_callbacks
):
    caplog.set_level(logging.DEBUG)
    caplog.handler.addFilter(lambda record: not record.name.startswith(("django.db", "PIL")))
    with django_capture_on_commit_callbacks(execute=True):
        case = lived_and_isolated(world)
        straight(world)
        clocks.learn(TODAY)
        clocks.remind_of_letters(date(2019, 12, 31))

    assert len(mail.outbox) > 0
    assert [message.subject for message in mail.outbox if found_in(str(message.message()))] == []
    assert [message.subject for message in mail.outbox if found_in(message.subject + message.body)] == []
    assert [entry.action for entry in Entry.objects.all() if found_in(f"{entry.note} {entry.data}")] == []
    assert [record.name for record in caplog.records if found_in(record.getMessage())] == []
    assert raw_leaks() == []
    assert files_with_the_word(Path(settings.MEDIA_ROOT)) == []
    assert len(files_in(Path(settings.MEDIA_ROOT) / "letters")) == 3
    kept = {Path(settings.MEDIA_ROOT) / path for path in CaseFile.objects.values_list("path", flat=True)}
    assert set(files_in(Path(settings.MEDIA_ROOT) / "cases")) == kept
    assert Case.objects.get(pk=case.pk).search_text == ""


def raw_leaks():
    """Of every table, as the database hands its rows out."""
    leaks = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            leaks += [table for row in cursor.fetchall() if found_in(repr(row))]
    return leaks


def files_in(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def files_with_the_word(folder):
    return [path.name for path in files_in(folder) if found_in(path.read_bytes())]


def to_the_disk():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="the file of SQLite is read as it lies on the disk")
def test_no_byte_of_the_database_file_or_a_backup_holds_it(world, settings, tmp_path):
    path = Path(connection.settings_dict["NAME"])
    case = lived(world)
    to_the_disk()
    assert RARE in found_in(path.read_bytes())

    actions.isolate_case(case, by=world.people["coordinator"])
    straight(world)
    to_the_disk()
    target = tmp_path / "backup.tar.gz"
    write_archive(target, settings=settings)

    assert found_in(path.read_bytes()) == []
    with tarfile.open(target) as archive:
        members = [member for member in archive.getmembers() if member.isfile()]
        leaks = [member.name for member in members if found_in(archive.extractfile(member).read())]
    assert leaks == []


def test_the_hunter_finds_what_is_there(world, client):
    """Otherwise an empty bag would prove nothing."""
    straight(world)
    row = Denunciation.objects.order_by("-pk").first()
    client.force_login(world.people[READER], backend=BACKEND)

    page = client.get(reverse("feedback:denunciation_detail", args=[row.pk]))
    file = client.get(reverse("feedback:denunciation_file", args=[row.files.get().pk]))

    assert RARE in found_in(page.content)
    assert file.content == PAPER + b"2"


def test_operator_who_writes_one_down_leaves_no_trace(world, client, caplog):
    client.force_login(world.people["officer"], backend=BACKEND)
    form = {"key": "typed", "content": f"Ông {RARE}", "source": "hotline", "is_denunciation": "on",
            "files": SimpleUploadedFile("a.pdf", PAPER)}  # fmt: skip

    response = client.post(reverse("feedback:case_enter"), form)

    assert response.status_code == 200
    assert found_in(response.content) == []
    row = Denunciation.objects.order_by("-pk").first()
    assert queries.denunciation_opened_by(response.context["code"], response.context["secret"]) == row
    assert raw_leaks() == []
    assert [record.name for record in caplog.records if found_in(record.getMessage())] == []
