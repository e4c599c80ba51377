"""A decision over every register: rehearsed without a trace, applied once, what is finished stays as it was."""

import pytest

from desk.reorganisation_scene import DAY, TODAY, make_scene, merge, prepare
from loa.core import history
from loa.desk import actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(today):
    today(TODAY)
    return make_scene()


def rehearsed(scene, *before, into, on=DAY):
    decision = prepare(scene, on=on)
    merge(scene, decision, *before, into=into)
    actions.rehearse_decision(decision, by=scene.administrator)
    return decision


def applied(scene, *before, into, today):
    decision = rehearsed(scene, *before, into=into)
    today(DAY)
    actions.apply_decision(decision, by=scene.administrator)
    return decision


def test_the_open_task_goes_to_the_successor_and_says_from_whom(scene, today):
    applied(scene, scene.press, into=scene.culture, today=today)

    scene.open.refresh_from_db()
    entry = history.entries_of([scene.open]).first()
    assert scene.open.agency == scene.culture
    assert (entry.action, entry.data["from_name"]) == ("assignment.hand_over", "Sở Báo chí")


def test_the_finished_task_stays_under_the_old_name(scene, today):
    applied(scene, scene.press, into=scene.culture, today=today)

    scene.done.refresh_from_db()
    assert scene.done.agency == scene.press


def test_a_dry_run_changes_nothing_and_shows_what_applying_does(scene, today):
    decision = rehearsed(scene, scene.press, into=scene.culture)
    told = list(decision.hand_overs.values_list("kind_en", "label", "how"))

    scene.open.refresh_from_db()
    assert scene.open.agency == scene.press
    assert decision.state == "draft"
    today(DAY)
    actions.apply_decision(decision, by=scene.administrator)
    assert list(decision.hand_overs.values_list("kind_en", "label", "how")) == told
    assert not decision.hand_overs.filter(is_rehearsal=True).exists()
