"""A contributor throws away an own draft, on the phone and in the newsroom; history keeps who."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from newsroom_scene import make_story, newsroom  # noqa: F401
from test_newsroom_contributions import OGG, SimpleUploadedFile, commune, fresh, photo, writer  # noqa: F401

from loa.core.calendar_data import load_calendar
from loa.core.history import entries_of
from loa.core.models import Entry
from loa.core.workflow import FlowError
from loa.portal.access import AgencyPageTester
from loa.portal.actions import contributions as acts
from loa.portal.models import Contribution, Story
from loa.portal.queries.contributions import fate_of, own_contributions

pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(autouse=True)
def _monday(today, db):
    today(date(2019, 6, 3))
    load_calendar()


@pytest.fixture
def draft(newsroom, writer, as_user):  # noqa: F811
    given = {
        "key": "0b5f7a5e-7c55-4a5f-9a0e-1d5a3c1f0001", "title": "Chuyện ở xã", "text": "Người dân nói.",
        "save": "1", "photos": photo(), "recording": SimpleUploadedFile("noi.ogg", OGG, "audio/ogg"),
    }  # fmt: skip
    as_user(writer).post("/cong-tac-vien/viet/", given)
    return Contribution.objects.get()


def test_a_draft_goes_with_its_files_after_a_question(
    draft,
    writer,  # noqa: F811
    as_user,
    django_capture_on_commit_callbacks,
):
    files = [draft.recording.name, draft.photos.get().file.name]
    client, url = as_user(writer), f"/cong-tac-vien/{draft.pk}/bo/"
    assert url in client.get(draft.get_absolute_url()).content.decode()
    asked = client.get(url)

    with django_capture_on_commit_callbacks(execute=True):
        done, again = client.post(url), client.post(url)

    row = own_contributions(writer).get()
    assert (asked.status_code, done.status_code, again.status_code) == (200, 302, 302)
    assert (row.title, row.text, row.photos.count(), fate_of(row).is_open) == ("Chuyện ở xã", "", 0, False)
    assert not any(default_storage.exists(name) for name in files)
    assert [(entry.action, entry.by) for entry in entries_of([row])] == [("contribution.throw_away", writer)]
    assert client.get(row.get_absolute_url()).status_code == 200


def test_what_was_sent_stays_and_another_person_finds_nothing(draft, newsroom, writer, as_user):  # noqa: F811
    Contribution.objects.filter(pk=draft.pk).update(sent_at=draft.saved_at)

    with pytest.raises(FlowError):
        acts.throw_away_contribution(draft, by=fresh(writer))
    with pytest.raises(PermissionDenied):
        acts.throw_away_contribution(draft, by=fresh(newsroom.desk.contributor))
    assert as_user(newsroom.desk.contributor).get(f"/cong-tac-vien/{draft.pk}/bo/").status_code == 404


def test_thrown_away_it_is_not_written_on(draft, writer):  # noqa: F811
    acts.throw_away_contribution(draft, by=fresh(writer))

    with pytest.raises(FlowError):
        acts.save_contribution(draft, title="Lại", text="…", by=fresh(writer))


def may_delete(user, story):
    return AgencyPageTester(fresh(user), Story.objects.get(pk=story.pk)).can_delete()


def test_contributor_throws_away_only_an_own_draft_of_the_newsroom(newsroom):  # noqa: F811
    own = newsroom.desk.contributor
    draft = make_story(newsroom.column, "Nháp", owner=own)
    others = make_story(newsroom.column, "Của người khác", owner=newsroom.desk.editor)
    published = make_story(newsroom.column, "Đã đăng", owner=own, live=True)
    published.unpublish()
    reviewed = make_story(newsroom.column, "Đang duyệt", owner=own)
    reviewed.get_workflow().start(reviewed, fresh(own))

    assert [may_delete(own, story) for story in (draft, others, published, reviewed)] == [
        True,
        False,
        False,
        False,
    ]


def test_who_threw_a_draft_of_the_newsroom_away_is_kept(newsroom, as_user):  # noqa: F811
    draft = make_story(newsroom.column, "Nháp", owner=newsroom.desk.contributor)
    client, url = as_user(newsroom.desk.contributor), f"/toa-soan/pages/{draft.pk}/delete/"
    asked = client.get(url)

    done = client.post(url)

    assert (asked.status_code, done.status_code) == (200, 302)
    assert not Story.objects.filter(pk=draft.pk).exists()
    entry = Entry.objects.get(action="story.throw_away")
    assert (entry.by, entry.note) == (newsroom.desk.contributor, "Nháp")
