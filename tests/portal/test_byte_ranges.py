"""A player asks for parts of a recording; from disk and from an S3 store it gets just these bytes."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from moto import mock_aws

from factories import make_agency, make_user
from loa.core.byte_ranges import Part, UnsatisfiableError, asked_part
from loa.portal.models import Attachment

SOUND = bytes(range(100))


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-", (0, 99)),
        ("bytes=0-1", (0, 1)),  # what Safari asks first
        ("bytes=10-19", (10, 19)),
        ("bytes=90-200", (90, 99)),
        ("bytes=99-99", (99, 99)),
        ("bytes=-10", (90, 99)),
        ("bytes=-1000", (0, 99)),
        ("Bytes = 5-6", (5, 6)),
        ("bytes=0-1,5-6", None),
        ("seconds=0-1", None),
        ("bytes", None),
        ("", None),
    ],
)
def test_a_part_is_read_from_what_was_asked(header, part):
    assert asked_part(header, 100) == part


@pytest.mark.parametrize(
    "header",
    [
        "bytes=100-", "bytes=100-200", "bytes=20-10", "bytes=-0", "bytes=-", "bytes=", "bytes=a-b", "bytes=1",
        "bytes=--5", "bytes=1-2-3", "bytes=+1-2", "bytes=١-٢", f"bytes={'9' * 19}-",
    ],
)  # fmt: skip
def test_a_part_that_is_not_there_is_refused(header):
    with pytest.raises(UnsatisfiableError):
        asked_part(header, 100)


def test_nothing_is_part_of_an_empty_file():
    with pytest.raises(UnsatisfiableError):
        asked_part("bytes=0-", 0)


@pytest.fixture
def recording(db, tell):
    """Said aloud on a live page."""
    attachment = Attachment.objects.create(title="Bản tin", file=ContentFile(SOUND, name="ban-tin.mp3"))
    attachment.get_file_hash()  # as when it is uploaded
    value = {"title": "Bản tin", "file": attachment, "captions": None, "transcript": "<p>Lời</p>"}
    attachment.story = tell("Bản tin", body=[("recording", value)])
    return attachment


def ask(client, url, part="", **headers):
    given = {"HTTP_RANGE": part} if part else {}
    return client.get(url, **given, **headers)


def mark_of(client, recording):
    response = client.head(recording.url)
    assert content(response) == b""
    return response["ETag"]


def content(response):
    return b"".join(response.streaming_content)


def test_the_whole_recording_says_that_it_has_parts(client, recording):
    response = ask(client, recording.url)

    assert (response.status_code, response["Accept-Ranges"], response["Content-Length"]) == (
        200,
        "bytes",
        "100",
    )
    assert response["Content-Type"] == "audio/mpeg"
    assert response["Content-Security-Policy"] == "default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("attachment")
    assert content(response) == SOUND


@pytest.mark.parametrize(
    ("part", "span", "expected"),
    [
        ("bytes=0-1", "bytes 0-1/100", SOUND[:2]),
        ("bytes=40-", "bytes 40-99/100", SOUND[40:]),
        ("bytes=-3", "bytes 97-99/100", SOUND[97:]),
    ],
)
def test_a_player_gets_the_part_it_asks_for(client, recording, part, span, expected):
    response = ask(client, recording.url, part)

    assert (response.status_code, response["Content-Range"]) == (206, span)
    assert response["Content-Length"] == str(len(expected))
    assert content(response) == expected


@pytest.mark.parametrize("part", ["bytes=100-", "bytes=9-1", "bytes=x"])
def test_beyond_its_end_there_is_nothing(client, recording, part):
    response = ask(client, recording.url, part)

    assert (response.status_code, response["Content-Range"]) == (416, "bytes */100")


def test_a_part_is_sent_only_of_the_copy_that_the_player_has(client, recording):
    mark = mark_of(client, recording)

    same = ask(client, recording.url, "bytes=0-1", HTTP_IF_RANGE=mark)
    other = ask(client, recording.url, "bytes=0-1", HTTP_IF_RANGE='"other"')

    assert [same.status_code, other.status_code] == [206, 200]
    assert [content(same), content(other)] == [SOUND[:2], SOUND]


def test_who_has_it_already_gets_nothing_again(client, recording):
    mark = mark_of(client, recording)

    assert ask(client, recording.url, HTTP_IF_NONE_MATCH=mark).status_code == 304


def test_head_tells_the_whole_length(client, recording):
    response = client.head(recording.url, HTTP_RANGE="bytes=0-1")
    assert content(response) == b""

    assert (response.status_code, response["Content-Length"]) == (200, "100")


def test_no_part_of_a_draft_is_handed_out(client, as_user, recording):
    recording.story.unpublish()

    assert ask(client, recording.url, "bytes=0-1").status_code == 404
    stranger = as_user(make_user(make_agency()))
    assert ask(stranger, recording.url, "bytes=0-1").status_code == 404


def test_another_name_is_another_file(client, recording):
    assert ask(client, recording.url.replace("ban-tin", "khac"), "bytes=0-1").status_code == 404


def test_a_recording_whose_file_is_gone_is_not_there(client, recording):
    recording.file.storage.delete(recording.file.name)

    assert ask(client, recording.url, "bytes=0-1").status_code == 404


@pytest.fixture
def bucket(settings, monkeypatch):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    options = {"bucket_name": "loa", "region_name": "us-east-1", "default_acl": "private"}
    store = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
    settings.STORAGES = {**settings.STORAGES, "default": store}
    with mock_aws():
        yield storages["default"].connection.create_bucket(Bucket="loa")


def test_an_s3_store_is_asked_for_the_part_alone(bucket, client, recording):
    response = ask(client, recording.url, "bytes=10-19")
    refused = ask(client, recording.url, "bytes=100-")

    assert (response.status_code, response["Content-Range"]) == (206, "bytes 10-19/100")
    assert content(response) == SOUND[10:20]
    assert refused.status_code == 416
    file = storages["default"].open(recording.file.name)
    part = Part(file, 10, 10)
    assert part.read(4) + part.read(100) + part.read(1) == SOUND[10:20]
    assert file._file is None  # nothing else was fetched
    part.close()
