"""How long a dialogue is set for and has run: reminded of, never stopped."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from loa.channels.models import Notice
from loa.core import clock
from loa.core.legal import load_rules
from loa.core.models import LegalRule
from loa.events import clocks, queries

MINUTE = timedelta(minutes=1)


def dialogue(scene, minutes, **fields):
    starts_at = fields.pop("starts_at", clock.now() + timedelta(days=3))
    return scene.event(
        kind="dialogue",
        chair=scene.agency,
        starts_at=starts_at,
        ends_at=starts_at + minutes * MINUTE,
        **fields,
    )


@pytest.mark.parametrize(
    ("minutes", "told"), [(89, "short"), (90, None), (120, None), (121, "long")], ids=str
)
def test_a_session_set_outside_the_rule_is_said(scene, minutes, told):
    length = queries.set_length(dialogue(scene, minutes, state="draft"))

    assert (length and ("short" if length.is_short else "long")) == told


def test_the_rule_is_of_the_day_and_of_dialogues_alone(scene):
    load_rules()
    short = dialogue(scene, 30, state="draft")
    assert queries.set_length(scene.event(state="draft")) is None
    assert queries.set_length(dialogue(scene, 30, state="ended")) is None
    LegalRule.objects.filter(code="dialogue.length").update(
        values={"shortest_minutes": 20, "longest_minutes": 40}
    )
    assert queries.set_length(short) is None
    LegalRule.objects.filter(code="dialogue.length").update(valid_from=date(2030, 1, 1))
    assert queries.set_length(short) is None


def test_the_page_of_the_event_says_it(scene, as_user):
    event = dialogue(scene, 45, state="with_head")

    for person in (scene.officer, scene.head):
        assert "1374/2016" in as_user(person).get(event.get_absolute_url()).content.decode()
    fitting = dialogue(scene, 100, state="draft")
    assert "1374/2016" not in as_user(scene.officer).get(fitting.get_absolute_url()).content.decode()


def test_who_runs_it_is_told_once_at_the_longest(scene):
    now = clock.now()
    event = dialogue(scene, 100, state="running", starts_at=now - 100 * MINUTE, began_at=now - 119 * MINUTE)

    before = clocks.tell_long()
    type(event).objects.filter(pk=event.pk).update(began_at=now - 120 * MINUTE)
    at, twice = clocks.tell_long(), clocks.tell_long()

    assert (before > 0, at > 0, twice) == (False, True, 0)
    assert Notice.objects.filter(key__startswith="event.long", receiver=scene.officer).count() == 1


@pytest.mark.parametrize("minutes", [30, 115, 130])
def test_the_moderators_desk_counts_the_minutes(scene, as_user, minutes):
    now = clock.now()
    event = dialogue(
        scene,
        100,
        state="running",
        is_public=True,
        starts_at=now - minutes * MINUTE,
        began_at=now - minutes * MINUTE,
    )

    page = as_user(scene.officer).get(reverse("feedback:hall_desk", args=[event.pk]))

    length = page.context["length"]
    assert (length.is_short, length.is_nearly_over, length.is_long) == (
        minutes == 30,
        minutes == 115,
        minutes == 130,
    )
    assert "every 60s" in page.content.decode()
