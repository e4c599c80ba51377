"""A radio script from a story, and its slot in the editorial calendar."""

from datetime import date, time

import pytest
from newsroom_scene import make_story, newsroom  # noqa: F401

from loa.campaigns.actions import load_radio
from loa.campaigns.models import Script
from loa.portal.actions.scripts import script_of_story
from loa.portal.models import Correction
from loa.portal.queries.calendar import calendar_items

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(newsroom):  # noqa: F811
    load_radio()
    return make_story(newsroom.column, live=True, owner=newsroom.desk.contributor)


def test_script_says_what_the_story_says(newsroom, story):  # noqa: F811
    script = script_of_story(story, by=newsroom.desk.editor)

    assert (script.title, script.source, script.agency) == (
        story.title,
        f"story:{story.pk}",
        newsroom.desk.editor.hat.agency,
    )
    assert script.text.startswith(story.lead)


def test_asked_twice_it_is_one(newsroom, story):  # noqa: F811
    first = script_of_story(story, by=newsroom.desk.editor)

    assert script_of_story(story, by=newsroom.desk.editor) == first
    assert Script.objects.count() == 1


def test_editor_makes_it_from_the_page_of_the_story(as_user, newsroom, story):  # noqa: F811
    client = as_user(newsroom.desk.editor)

    page = client.get(f"/quan-ly-tin-bai/{story.pk}/lich-su/").content.decode()
    answer = client.post(f"/quan-ly-tin-bai/{story.pk}/phat-thanh/")

    assert f"/quan-ly-tin-bai/{story.pk}/phat-thanh/" in page
    assert answer.url == Script.objects.get().get_absolute_url()


def test_slot_stands_in_the_editorial_calendar(newsroom, story):  # noqa: F811
    script = script_of_story(story, by=newsroom.desk.editor)
    Script.objects.filter(pk=script.pk).update(slot_on=date(2019, 6, 5), slot_at=time(17, 30))

    items = calendar_items(newsroom.desk.editor, date(2019, 6, 3), date(2019, 6, 9))

    assert [(item.title, item.is_slot, item.on) for item in items if item.is_slot] == [
        (script.title, True, date(2019, 6, 5))
    ]


def test_the_history_of_a_story_shows_what_readers_were_told_of_its_corrections(as_user, newsroom, story):  # noqa: F811
    Correction.objects.create(story=story, on=date(2019, 4, 17), text="Đúng là 110 phút.")

    page = as_user(newsroom.desk.editor).get(f"/quan-ly-tin-bai/{story.pk}/lich-su/").content.decode()

    assert "17/04/2019" in page
    assert "Đúng là 110 phút." in page
