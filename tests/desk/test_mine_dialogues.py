"""What dialogues bring to "my work", for whom, and at what cost."""

from datetime import date

import pytest

from feedback.dialogue_scene import DAY, ask, drafted, make_scene
from loa.desk.queries.mine import waiting_for
from loa.feedback import actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(today):
    today(DAY)
    return make_scene()


def kinds(user):
    return {item.kind for item in waiting_for(user, DAY)} & {"hall", "answer_to_sign", "promise"}


def test_pending_questions_wait_for_moderators(scene):
    ask(scene)

    assert kinds(scene["moderator"]) == {"hall"}
    assert kinds(scene["officer"]) == set()
    assert kinds(scene["stranger"]) == set()


def test_draft_waits_for_the_chair_and_the_head_but_not_for_its_writer(scene):
    drafted(scene)

    assert kinds(scene["head"]) == {"answer_to_sign"}
    assert kinds(scene["chair"]) == {"answer_to_sign"}
    assert kinds(scene["officer"]) == set()


def test_promise_waits_for_who_gave_it_until_it_is_kept(scene):
    promise = actions.make_promise(
        scene["event"],
        agency=scene["panel"],
        words="Công khai phí",
        due_on=date(2019, 7, 1),
        by=scene["moderator"],
    )
    assert kinds(scene["head"]) == {"promise"}

    actions.keep_promise(promise, note="Xong.", by=scene["head"])

    assert kinds(scene["head"]) == set()


@pytest.mark.parametrize("count", [1, 30])
def test_queries_do_not_grow(scene, django_assert_num_queries, count):
    for number in range(count):
        drafted(scene, key=f"k{number}")

    with django_assert_num_queries(5):
        from loa.desk.queries.mine_dialogues import dialogue_items

        list(dialogue_items(scene["head"], lambda *given: given))
