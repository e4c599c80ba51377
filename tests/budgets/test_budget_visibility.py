"""An estimate is its agency's own until it is handed in; then the bodies of the budget see it."""

import pytest
from budget_scene import ROLES

from factories import make_agency, make_estimate, make_line, make_user
from loa.budgets.queries import (
    budgets_visible_to,
    estimates_visible_to,
    estimates_waiting_for,
    lines_visible_to,
    money_shown_to,
)
from loa.budgets.states import ESTIMATE_STATES, HANDED_IN_STATES
from loa.directory.models import User

OWN = {"writer", "head"}
BODIES = {"coordinator", "content", "content_head", "money", "money_head", "leader", "office"}


@pytest.mark.parametrize("state", ESTIMATE_STATES)
def test_who_sees_an_estimate(scene, state):
    type(scene.estimate).objects.filter(pk=scene.estimate.pk).update(state=state)

    seen_by = {role for role in ROLES if estimates_visible_to(scene.people[role]).exists()}

    assert seen_by == (OWN | BODIES if state in HANDED_IN_STATES else OWN)


def test_another_agency_and_nobody_see_nothing(scene):
    make_line(scene.estimate)
    named = make_user(make_estimate(scene.budget).agency)

    assert lines_visible_to(scene.stranger).count() == 0
    assert lines_visible_to(named).count() == 0
    assert lines_visible_to(make_user()).count() == 0
    assert not budgets_visible_to(scene.stranger).exists()
    assert budgets_visible_to(named).exists()


def test_whole_figures_are_for_the_bodies_of_the_budget(scene):
    shown = {role: money_shown_to(scene.people[role], scene.plan) for role in ROLES if role != "stranger"}

    assert shown == {role: scene.agency if role in OWN else None for role in shown}


# state -> whose turn it is
TURNS = {
    "draft": {"writer", "head"},
    "returned": {"writer", "head"},
    "with_head": {"head"},
    "submitted": {"coordinator"},
    "consolidated": {"coordinator"},
    "in_appraisal": {"content", "content_head", "money", "money_head"},
    "appraised": {"coordinator"},
    "with_committee": {"leader", "office"},
    "approved": set(),
    "spending": set(),
    "settled": {"money_head"},
    "closed": set(),
}


@pytest.mark.parametrize("state", ESTIMATE_STATES)
def test_for_whom_an_estimate_waits(scene, state):
    type(scene.estimate).objects.filter(pk=scene.estimate.pk).update(state=state)

    waits_for = {role for role in ROLES if estimates_waiting_for(scene.people[role]).exists()}

    assert waits_for == TURNS[state]


def test_a_finished_side_waits_no_longer(scene):
    scene.lead_to("in_appraisal")
    type(scene.estimate).objects.filter(pk=scene.estimate.pk).update(
        content_done_at=scene.estimate.created_at
    )

    assert not estimates_waiting_for(scene.content).exists()
    assert estimates_waiting_for(scene.money).exists()


@pytest.mark.parametrize("with_stand_in", [True, False])
def test_an_appraising_bodys_own_estimate_waits_for_another(scene, with_stand_in):
    budget = scene.budget
    if with_stand_in:
        budget.stand_in = make_agency("Thanh tra")
        budget.save()
    make_estimate(budget, budget.content_appraiser, state="in_appraisal")
    instead = make_user(budget.stand_in) if with_stand_in else scene.money_head
    instead = User.objects.get(pk=instead.pk)

    assert estimates_waiting_for(instead).count() == 1
    assert not estimates_waiting_for(scene.content_head).exists()
