"""From the decision to publication: counted by the rule of the day, moved by the calendar, reminded of once."""

from datetime import date

import pytest
from procedure_scene import TODAY

from loa.channels.models import Notice
from loa.core.models import CountedDay, LegalRule
from loa.procedures import actions
from loa.procedures.clocks import remind


@pytest.mark.parametrize(
    ("decided_on", "due_on"),
    [
        (date(2019, 4, 12), date(2019, 4, 22)),  # 15/04 is off for the Kings' day
        (date(2019, 4, 26), date(2019, 5, 7)),  # off 27/04 – 01/05, worked on 04/05
        (date(2019, 5, 24), date(2019, 5, 31)),
        (None, None),
    ],
)
def test_the_last_day_is_counted_in_working_days(scene, decided_on, due_on):
    version = actions.edit_version(scene.version(), edition=0, by=scene.writer, decided_on=decided_on)

    assert version.due_on == due_on
    assert CountedDay.objects.filter(object_id=version.pk).count() == (1 if due_on else 0)


def test_the_rule_of_the_day_of_the_decision_counts(scene):
    LegalRule.objects.create(
        code="procedure.publication", name_vi="x", name_en="x", values={"working_days": 5},
        valid_from=date(2010, 1, 1), valid_to=date(2019, 5, 19), legal_basis="A",
    )  # fmt: skip
    LegalRule.objects.create(
        code="procedure.publication", name_vi="x", name_en="x", values={"working_days": 2},
        valid_from=date(2019, 5, 20), legal_basis="B",
    )  # fmt: skip

    before = actions.edit_version(scene.version(), edition=0, by=scene.writer, decided_on=date(2019, 5, 17))
    after = actions.edit_version(scene.version(), edition=0, by=scene.writer, decided_on=date(2019, 5, 20))

    assert (before.due_on, after.due_on) == (date(2019, 5, 24), date(2019, 5, 22))


@pytest.mark.parametrize(("published_on", "is_late"), [(date(2019, 5, 31), False), (date(2019, 6, 1), True)])
def test_late_is_after_the_last_day(scene, published_on, is_late):
    version = scene.version(state="published", due_on=date(2019, 5, 31), published_on=published_on)

    assert (version.is_late, version.days_late) == (is_late, 1 if is_late else 0)


def test_a_changed_calendar_moves_the_last_day(scene):
    version = actions.edit_version(scene.version(), edition=0, by=scene.writer, decided_on=date(2019, 5, 31))

    moved = actions.move_due(version, due_on=date(2019, 6, 10), reason="Nghỉ bù", by=scene.office_head)

    assert scene.fresh(version).due_on == date(2019, 6, 10)
    assert {person.pk for person in moved.told} == {scene.writer.pk, scene.head.pk}


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2019, 6, 5), 0),
        (date(2019, 6, 6), 2),
        (date(2019, 6, 7), 2),
        (date(2019, 6, 8), 2),
        (date(2019, 6, 10), 3),
    ],
)
def test_the_ladder_before_at_and_after(scene, today, day, told):
    """Due Friday 07/06: asked one working day before, told the working day after, the head too."""
    actions.edit_version(scene.version(), edition=0, by=scene.officer, decided_on=date(2019, 5, 31))
    today(day)

    remind()

    assert Notice.objects.count() == told


def test_a_second_run_reminds_nobody_again(scene, today):
    actions.edit_version(scene.version(), edition=0, by=scene.officer, decided_on=date(2019, 5, 31))
    today(date(2019, 6, 10))

    assert (remind(), remind()) == (1, 0)


def test_what_is_published_is_not_reminded_of(scene, today):
    version = scene.version(state="approved", due_on=date(2019, 6, 7))
    actions.publish_version(version, by=scene.writer)
    today(date(2019, 6, 20))

    assert remind() == 0


def test_today_is_the_scene_s(scene):
    assert date(2019, 6, 3) == TODAY
