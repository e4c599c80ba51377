"""Gatherings and dialogues in figures: what a report counts, what the press pack says, and the rows behind."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from factories import make_agency, make_event, make_plan, make_registration, make_user
from feedback.dialogue_scene import DAY, drafted, make_scene, shown
from loa.core import clock
from loa.desk.queries.briefing import gather
from loa.events.models import Attendance
from loa.feedback import actions
from loa.feedback.models import Case, Promise
from loa.reports.queries.formulas import formulas, total_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(today):
    today(DAY)
    return make_scene()


def counted(scene, key, agency=None, **given):
    agency = agency or scene["event"].agency
    round_ = SimpleNamespace(data_from=DAY.replace(day=1), data_to=DAY)
    registers = SimpleNamespace(round=round_, agencies=(agency.pk,))
    rows = formulas()[key].count(registers, given).get(agency.pk, [])
    return int(total_of(rows, formulas()[key].how)), {row.kind for row in rows}


def held(scene, **fields):
    now = clock.now()
    fields = {"state": "ended", "began_at": now - timedelta(hours=2), "ended_at": now, **fields}
    return make_event(scene["event"].agency, scene["moderator"], starts_at=now - timedelta(hours=2), **fields)


def test_gatherings_are_counted_by_kind_and_word_with_who_came(scene):
    training = held(scene, kind="training", title="Tập huấn kỹ năng")
    held(scene, kind="conference", state="concluded")
    held(scene, began_at=clock.now() - timedelta(days=60))
    make_event(scene["event"].agency, scene["moderator"])
    people = [make_registration(training) for _number in range(3)]
    make_registration(training, state="cancelled")
    Attendance.objects.create(
        registration=people[0], presence="present", how="list", by=scene["moderator"], at=clock.now()
    )

    assert counted(scene, "gatherings_held") == (2, {"event"})
    assert counted(scene, "gatherings_held", kind="training")[0] == 1
    assert counted(scene, "gatherings_held", kind="lớp tập huấn; hội thảo")[0] == 1
    assert counted(scene, "gatherings_held", word="kỹ năng")[0] == 1
    assert counted(scene, "gatherings_expected")[0] == 3
    assert counted(scene, "gatherings_present")[0] == 1
    assert counted(scene, "gatherings_held", make_agency())[0] == 0


def test_questions_of_a_dialogue_are_received_answered_and_published(scene):
    answered, _waiting = drafted(scene, key="k1"), shown(scene, key="k2")
    grouped, isolated = shown(scene, key="k3"), shown(scene, key="k4")
    actions.group_question(grouped, answered, by=scene["moderator"])
    actions.sign_answer(answered, edition=answered.case.edition, by=scene["head"])
    Case.objects.filter(pk=isolated.case_id).update(state="isolated")
    assert counted(scene, "dialogue_questions")[0] == 0  # the session goes on

    type(scene["event"]).objects.filter(pk=scene["event"].pk).update(
        state="ended", began_at=clock.now(), ended_at=clock.now()
    )

    assert counted(scene, "dialogues_held") == (1, {"event"})
    assert counted(scene, "dialogue_questions") == (3, {"case"})
    assert counted(scene, "dialogue_answers")[0] == 2
    assert counted(scene, "dialogue_published")[0] == 1


def test_promises_count_for_who_gave_its_word(scene):
    made = [
        actions.make_promise(
            scene["event"],
            agency=scene["panel"],
            words="Công khai phí",
            due_on=date(2019, 7, 1),
            by=scene["moderator"],
        )
        for _number in range(2)
    ]
    actions.keep_promise(made[0], note="Xong.", by=scene["head"])

    assert counted(scene, "promises_made", scene["panel"]) == (2, {"promise"})
    assert counted(scene, "promises_kept", scene["panel"]) == (1, {"promise"})
    actions.withdraw_promise(made[1], note="Thôi.", by=scene["chair"])
    assert counted(scene, "promises_made", scene["panel"])[0] == 1
    assert Promise.objects.count() == 2


def test_the_press_pack_says_the_same(scene):
    training = held(scene, kind="training")
    row = make_registration(training)
    Attendance.objects.create(
        registration=row,
        presence="present",
        how="list",
        by=make_user(training.agency, "officer"),
        at=clock.now(),
    )

    sections = {row["key"]: row["facts"] for row in gather(make_plan(), DAY.replace(day=1), DAY)}

    told = [fact["value"] for fact in sections["dialogues"][:3]]
    assert told == ["1", "1", "1"]  # held, of this kind, present
    assert gather(make_plan(), date(2018, 1, 1), date(2018, 1, 31)) != sections


@pytest.mark.parametrize("count", [1, 30])
def test_a_formula_asks_one_question(scene, django_assert_num_queries, count):
    for _number in range(count):
        held(scene)

    with django_assert_num_queries(1):
        counted(scene, "gatherings_present")
