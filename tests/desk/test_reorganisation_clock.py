"""A decision waits for its day; what has become impossible waits for the administrator."""

from datetime import date

import pytest

from desk.reorganisation_scene import DAY, TODAY, make_scene, merge, prepare
from factories import make_agency, make_user
from loa.channels.models import Notice
from loa.core import history
from loa.core.clocks import run_clocks
from loa.core.jobs import run
from loa.core.models import Job
from loa.core.workflow import FlowError
from loa.desk import actions, clocks
from loa.directory import actions as directory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english"), pytest.mark.slow]


@pytest.fixture
def scene(today):
    today(TODAY)
    return make_scene()


@pytest.fixture
def scheduled(scene):
    decision = prepare(scene)
    merge(scene, decision, scene.press, into=scene.culture)
    actions.rehearse_decision(decision, by=scene.administrator)
    directory.schedule_decision(decision, by=scene.administrator)
    return decision


def state_of(decision):
    decision.refresh_from_db()
    return decision.state


def test_nothing_happens_before_the_day(scheduled, today):
    today(date(2019, 6, 30))

    assert clocks.apply_due() == 0
    assert state_of(scheduled) == "scheduled"


def test_it_is_applied_on_its_day_by_the_calendar(scene, scheduled, today):
    today(DAY)

    assert clocks.apply_due() == 1
    scene.open.refresh_from_db()
    assert (state_of(scheduled), scene.open.agency) == ("applied", scene.culture)
    assert history.entries_of([scene.open]).first().actor == "clock"


def test_a_clock_that_was_late_still_applies_as_of_the_day(scene, scheduled, today):
    today(date(2019, 7, 9))

    clocks.apply_due()

    scene.press.refresh_from_db()
    assert scene.press.valid_to == date(2019, 6, 30)


def test_twice_is_once(scheduled, today):
    today(DAY)

    assert [clocks.apply_due(), clocks.apply_due()] == [1, 0]


def test_the_clock_is_among_those_that_the_worker_runs(scheduled, today):
    today(DAY)

    assert run_clocks()["loa.desk.clocks.apply_due"] == 1


def test_what_has_become_impossible_waits_and_tells_the_administrator(scene, scheduled, today):
    scene.culture.valid_to = date(2019, 6, 15)
    scene.culture.save()
    today(DAY)

    assert clocks.apply_due() == 0
    assert state_of(scheduled) == "waiting"
    assert "trước ngày này" in scheduled.problem
    notice = Notice.objects.get(receiver=scene.administrator)
    assert notice.subject_en == "The decision Nghị quyết 1/NQ-HĐND waits for you"
    scene.open.refresh_from_db()
    assert scene.open.agency == scene.press


def test_a_refusal_that_was_seen_when_it_was_scheduled_does_not_hold_it_up(scene, today):
    decision = prepare(scene)
    directory.add_act(decision, kind="abolish", predecessors=[scene.press], by=scene.administrator)
    actions.rehearse_decision(decision, by=scene.administrator)
    directory.schedule_decision(decision, by=scene.administrator)
    today(DAY)

    assert clocks.apply_due() == 1


def test_one_that_waits_can_be_prepared_again(scene, scheduled, today):
    scene.culture.valid_to = date(2019, 6, 15)
    scene.culture.save()
    today(DAY)
    clocks.apply_due()
    scheduled.refresh_from_db()

    directory.take_back_decision(scheduled, by=scene.administrator)

    assert (state_of(scheduled), scheduled.problem) == ("draft", "")


def test_a_decision_that_was_not_rehearsed_as_it_stands_is_not_scheduled(scene):
    decision = prepare(scene)
    merge(scene, decision, scene.press, into=scene.culture)

    with pytest.raises(FlowError, match="dry run"):
        directory.schedule_decision(decision, by=scene.administrator)


def test_what_is_scheduled_is_not_changed(scene, scheduled):
    with pytest.raises(FlowError, match="no longer being prepared"):
        merge(scene, scheduled, scene.tourism, into=scene.culture)


def test_a_large_decision_is_applied_by_a_job_that_shows_its_end(scene, today, monkeypatch):
    monkeypatch.setattr("loa.desk.actions.reorganisation.MANY", 1)
    decision = prepare(scene)
    merge(scene, decision, scene.press, into=scene.culture)
    rehearsal = actions.rehearse_later(decision, by=scene.administrator)
    run(rehearsal.pk)
    decision.refresh_from_db()
    today(DAY)

    job = actions.apply_later(decision, by=scene.administrator)
    run(job.pk)

    job.refresh_from_db()
    assert (state_of(decision), job.state, job.percent) == ("applied", Job.State.DONE, 100)


def test_dropping_forgets_what_was_prepared_and_keeps_known_facts(scene):
    decision = prepare(scene)
    act = merge(scene, decision, scene.press, into=scene.culture)
    fact = merge(scene, decision, scene.tourism, into=scene.culture)
    fact.is_proven = True
    fact.save()

    directory.drop_decision(decision, note="Nhầm", by=scene.administrator)

    fact.refresh_from_db()
    assert (state_of(decision), fact.decided_by) == ("dropped", None)
    assert not type(act).objects.filter(pk=act.pk).exists()


@pytest.mark.parametrize(
    ("kind", "before", "after", "sentence"),
    [
        ("merge", 0, 1, "Say which body"),
        ("merge", 1, 0, "at least one successor"),
        ("split", 1, 1, "at least two"),
        ("abolish", 1, 1, "no successor"),
        ("rename", 1, 0, "new name"),
        ("rename", 2, 1, "One body"),
    ],
)
def test_an_act_that_makes_no_sense_is_refused(scene, kind, before, after, sentence):
    decision = prepare(scene)
    bodies = [make_agency() for _number in range(before + after)]

    with pytest.raises(FlowError, match=sentence):
        directory.add_act(
            decision,
            kind=kind,
            predecessors=bodies[:before],
            successors=bodies[before:],
            by=scene.administrator,
        )


def test_only_the_administrator_prepares(scene):
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        directory.prepare_decision(number="1", subject="x", on=DAY, by=make_user(make_agency(), "head"))
