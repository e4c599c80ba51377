"""A promise of a dialogue becomes new work of the plan, and follows it."""

from datetime import date

import pytest
from dialogue_scene import DAY, make_scene
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from factories import make_plan, make_task, make_user
from loa.core.history import entries_of
from loa.core.workflow import FlowError
from loa.feedback import actions, queries
from loa.plans import actions as plan_actions
from loa.plans.models import Assignment

pytestmark = pytest.mark.django_db
DUE = date(2019, 7, 1)


@pytest.fixture
def scene(today):
    today(DAY)
    made = make_scene()
    made["task"] = make_task(make_plan(), content="Đối thoại trực tuyến với người dân")
    made["coordinator"] = make_user(made["task"].plan.coordinator, "head")
    made["promise"] = actions.make_promise(
        made["event"], agency=made["panel"], words="Công khai phí", due_on=DUE, by=made["moderator"]
    )
    return made


def make_work(scene, **given):
    words = {
        "task": scene["task"],
        "words": "Công khai phí",
        "due_on": DUE,
        "by": scene["coordinator"],
        **given,
    }
    return actions.make_promise_work(scene["promise"], **words)


def finish(work, scene):
    for step in ("accept", "begin", "hand_to_head", "submit"):
        plan_actions.take_assignment_step(work, step, by=scene["head"])
    plan_actions.accept_result(work, by=scene["coordinator"])


def test_promise_becomes_an_assignment_of_the_body_that_promised(scene):
    work = make_work(scene)

    assert (work.agency, work.words, work.due_on) == (scene["panel"], "Công khai phí", DUE)
    assert entries_of([scene["promise"]])[0].action == "promise.make_work"


def test_made_twice_it_is_one(scene):
    assert make_work(scene) == make_work(scene)
    assert Assignment.objects.count() == 1


def test_promise_is_kept_when_the_result_is_accepted_and_open_again_with_it(scene):
    work = make_work(scene)
    promise = scene["promise"]

    finish(work, scene)
    promise.refresh_from_db()
    kept = (promise.state, promise.kept_on)
    plan_actions.reopen(work, note="Chưa đủ.", by=scene["coordinator"])
    promise.refresh_from_db()

    assert kept == ("kept", DAY)
    assert (promise.state, promise.kept_on) == ("open", None)


def test_what_runs_as_work_waits_and_is_reminded_of_there(scene):
    make_work(scene)
    scene["promise"].refresh_from_db()

    with pytest.raises(FlowError):
        actions.keep_promise(scene["promise"], note="Xong.", by=scene["head"])
    assert not queries.promises_waiting_for(scene["head"]).exists()
    assert not queries.PROMISE_MATTERS[0].open_rows().exists()


def test_another_coordinator_gives_no_work_and_a_promise_taken_back_becomes_none(scene):
    with pytest.raises(PermissionDenied):
        make_work(scene, by=scene["chair"])
    actions.withdraw_promise(scene["promise"], note="Đã có quy định mới.", by=scene["chair"])
    with pytest.raises(FlowError):
        make_work(scene)

    assert not Assignment.objects.exists()


def test_ended_work_leaves_the_promise_open_for_new_work(scene):
    work = make_work(scene)
    Assignment.objects.filter(pk=work.pk).update(state="ended")

    assert make_work(scene) != work


def test_linked_work_that_is_done_keeps_the_promise(scene):
    work = plan_actions.give_work(
        scene["task"], agency=scene["panel"], words="Công khai phí", due_on=DUE, by=scene["coordinator"]
    )
    finish(work, scene)

    actions.link_promise(scene["promise"], work, by=scene["chair"])

    scene["promise"].refresh_from_db()
    assert (scene["promise"].state, scene["promise"].kept_on) == ("kept", DAY)


def test_coordinator_makes_work_of_it_on_its_page(scene, as_user):
    url = reverse("feedback:promise_make_work", args=[scene["promise"].pk])
    page = as_user(scene["coordinator"]).get(scene["promise"].get_absolute_url()).content.decode()

    given = {"task": scene["task"].pk, "words": "Công khai phí trên Cổng", "due_on": "2019-06-30"}
    refused = as_user(scene["coordinator"]).post(url, {**given, "due_on": "2019-06-01"})
    done = as_user(scene["coordinator"]).post(url, given)

    assert url in page
    assert refused.status_code == 409
    assert "Công khai phí trên Cổng" in refused.content.decode()
    assert done.status_code == 302
    assert Assignment.objects.get().due_on == date(2019, 6, 30)
    shown = as_user(scene["stranger"]).get(scene["promise"].get_absolute_url()).content.decode()
    assert url not in shown
    assert as_user(scene["stranger"]).get(url).status_code == 403
