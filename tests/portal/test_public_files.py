"""Renditions are for everybody and for ever; a file of the newsroom only where a live page leads to it."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from factories import make_agency, make_user
from loa.portal.actions import media
from loa.portal.models import Attachment
from loa.portal.queries import attachments

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored(settings, tmp_path):
    """A storage of the test's own: `stored("a.webp", b"…")` gives its address."""
    options = {"location": tmp_path / "public", "base_url": "/tep/"}
    settings.STORAGES = {**settings.STORAGES, "public": {**settings.STORAGES["public"], "OPTIONS": options}}
    (tmp_path / "secret.txt").write_text("secret")
    return lambda name, content: "/tep/" + storages["public"].save(name, ContentFile(content))


def test_rendition_is_shown_and_may_be_kept_for_ever(client, stored):
    response = client.get(stored("images/a.webp", b"RIFF"))

    assert (response.status_code, response["Content-Type"]) == (200, "image/webp")
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "Content-Disposition" not in response or response["Content-Disposition"].startswith("inline")
    assert b"".join(response.streaming_content) == b"RIFF"


@pytest.mark.parametrize("name", ["a.svg", "a.html", "a.svgz", "a.webp.html", "a"])
def test_what_could_act_is_never_shown(client, stored, name):
    response = client.get(stored(name, b"<script>alert(1)</script>"))

    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    b"".join(response.streaming_content)


@pytest.mark.parametrize(
    "path",
    [
        "../secret.txt",
        "..%2fsecret.txt",
        "images/../../secret.txt",
        "/etc/passwd",
        "%00",
        "images",
        "x" * 300,
    ],
)
def test_nothing_outside_is_reached(client, stored, path):
    stored("images/a.webp", b"RIFF")

    assert client.get(f"/tep/{path}").status_code == 404


@pytest.fixture
def attachment(administrator):
    return media.add_attachment(b"%PDF-1.4", name="mau-don.pdf", title="Mẫu đơn", by=administrator)


def test_file_that_no_page_leads_to_is_not_there(client, attachment):
    assert client.get(attachment.url).status_code == 404


def test_file_of_a_live_page_is_kept_not_shown(client, attachment, tell):
    tell("Biểu mẫu", body=[("file", {"title": "Mẫu đơn", "file": attachment})])

    response = client.get(attachment.url)

    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    b"".join(response.streaming_content)


def test_file_goes_back_with_its_page(client, attachment, tell):
    story = tell("Biểu mẫu", body=[("file", {"title": "Mẫu đơn", "file": attachment})])
    story.unpublish()

    assert client.get(attachment.url).status_code == 404


def test_file_of_a_draft_of_a_live_page_stays_inside(client, attachment, tell):
    story = tell("Biểu mẫu")
    story.body = [("file", {"title": "Mẫu đơn", "file": attachment})]
    story.save_revision()

    assert client.get(attachment.url).status_code == 404


def test_file_linked_in_a_text_is_public(client, attachment, tell):
    tell("Biểu mẫu", body=[("text", f'<p><a linktype="document" id="{attachment.pk}">Mẫu</a></p>')])

    response = client.get(attachment.url)

    assert response.status_code == 200
    b"".join(response.streaming_content)


def test_file_let_out_by_another_register_is_public(client, attachment, monkeypatch):
    monkeypatch.setattr(attachments, "_releases", [])
    attachments.released_by(lambda each: each.pk == attachment.pk)

    response = client.get(attachment.url)

    assert response.status_code == 200
    b"".join(response.streaming_content)


def test_stranger_among_staff_gets_no_draft(as_user, attachment):
    assert as_user(make_user(make_agency())).get(attachment.url).status_code == 404


def test_page_in_disguise_is_handed_over_as_a_file(client, administrator, tell):
    attachment = Attachment.objects.create(title="x", file=ContentFile(b"<script>", name="x.html"))
    tell("Tệp lạ", body=[("file", {"title": "x", "file": attachment})])

    response = client.get(attachment.url)

    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    b"".join(response.streaming_content)


def test_picture_taken_away_takes_its_sizes_along(
    client, city, column, tell, picture, django_capture_on_commit_callbacks
):
    story = tell("Cảng", picture=picture)
    client.get(story.url)
    names = [rendition.file.name for rendition in picture.renditions.all()]

    with django_capture_on_commit_callbacks(execute=True):
        picture.delete()

    assert [storages["public"].exists(name) for name in names] == [False] * len(names)
    assert len(names) == 4
