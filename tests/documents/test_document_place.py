"""The text of a document, opened at the place that a task was read from."""

from datetime import UTC, datetime

import pytest

from factories import make_agency, make_plan, make_task, make_user
from loa.documents.models import Reading
from loa.documents.queries import MarkedText, marked_text

pytestmark = pytest.mark.django_db
TEXT = "KẾ HOẠCH\n1\tTổ chức <đối thoại>\tSở A\nHết."
MARK = '<mark class="paper__place" id="place">'


@pytest.fixture
def scene():
    """A task whose plan was read from a text, one person of a body that it names and one stranger."""

    class Scene:
        plan = make_plan()
        document = plan.document
        task = make_task(plan, source={"start": 9, "end": 35})
        named = make_user(plan.coordinator, "officer")
        stranger = make_user(make_agency(), "head")
        reading = Reading.objects.create(
            agency=plan.coordinator,
            state="confirmed",
            text=TEXT,
            document=document,
            created_at=datetime(2019, 2, 1, tzinfo=UTC),
        )

    Scene.document.readers.add(Scene.plan.coordinator)
    return Scene


def place_link(response):
    return f'href="{response.context["place_url"]}"' in response.content.decode()


def test_a_task_leads_to_its_place_which_is_marked(scene, as_user):
    person = as_user(scene.named)

    task_page = person.get(scene.task.get_absolute_url())
    page = person.get(task_page.context["place_url"].removesuffix("#place"))

    assert task_page.context["place_url"] == f"{scene.document.get_absolute_url()}?place=9-35#place"
    assert place_link(task_page)
    assert f"{MARK}1\tTổ chức &lt;đối thoại&gt;\tSở A</mark>\nHết.</div>" in page.content.decode()


@pytest.mark.parametrize(
    "source", [{}, {"row": 3}, {"start": 9}, {"start": "9", "end": "34"}, {"start": None, "end": None}]
)
def test_a_task_without_a_place_has_no_link(scene, as_user, source):
    scene.task.source = source
    scene.task.save()

    response = as_user(scene.named).get(scene.task.get_absolute_url())

    assert (response.status_code, response.context["place_url"]) == (200, "")


def test_a_task_typed_by_hand_has_no_link(scene, as_user):
    scene.reading.delete()

    response = as_user(scene.named).get(scene.task.get_absolute_url())

    assert response.context["place_url"] == ""


def test_who_sees_the_task_but_not_the_document_has_no_link(scene, as_user):
    scene.document.readers.clear()

    response = as_user(scene.named).get(scene.task.get_absolute_url())

    assert (response.status_code, response.context["place_url"]) == (200, "")


def test_the_text_is_not_there_for_a_stranger(scene, as_user):
    response = as_user(scene.stranger).get(scene.document.get_absolute_url(), {"place": "9-35"})

    assert response.status_code == 404


def test_the_text_is_shown_only_where_it_is_asked_for(scene, as_user):
    person = as_user(scene.named)

    without = person.get(scene.document.get_absolute_url()).content.decode()
    shown = person.get(scene.document.get_absolute_url(), {"place": ""}).content.decode()

    assert ("Hết." in without, 'href="?place=#text"' in without) == (False, True)
    assert ("Hết." in shown, 'href="?place=#text"' in shown, MARK in shown) == (True, False, False)


@pytest.mark.parametrize("place", ["", "9", "34-9", "9-9", "0-9999", "-5-9", "a-b", "٣-٩", "1" * 30 + "-2"])
def test_a_place_that_is_not_in_the_text_marks_nothing(scene, place):
    assert marked_text(scene.document, place) == MarkedText(TEXT)


def test_the_first_and_the_last_letter_can_be_marked(scene):
    assert marked_text(scene.document, f"0-{len(TEXT)}") == MarkedText("", TEXT, "")


def test_a_document_that_was_not_read_has_no_text(scene):
    assert marked_text(make_plan().document, "1-2") is None
