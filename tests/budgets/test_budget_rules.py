"""Who may take which step, for each pair of role and step; and the two walls, under any hat."""

from datetime import date

import pytest
from budget_scene import ROLES
from django.core.exceptions import PermissionDenied

from factories import make_agency, make_user
from loa.budgets import actions
from loa.budgets.models import EstimateHand
from loa.budgets.states import ESTIMATE
from loa.directory.models import Membership, User

# step -> (the state it is asked in, who may)
TABLE = {
    "hand_to_head": ("draft", {"writer", "head"}),
    "return_to_writer": ("with_head", {"head"}),
    "submit": ("with_head", {"head"}),
    "consolidate": ("submitted", {"coordinator"}),
    "return_to_agency": ("submitted", {"coordinator"}),
    "send_to_appraisal": ("consolidated", {"coordinator"}),
    "finish_content": ("in_appraisal", {"content_head"}),
    "finish_money": ("in_appraisal", {"money_head"}),
    "resume_content": ("in_appraisal", set()),
    "resume_money": ("in_appraisal", set()),
    "complete_appraisal": ("in_appraisal", {"content_head", "money_head"}),
    "return_to_coordinator": ("in_appraisal", {"content_head", "money_head"}),
    "return_to_appraisal": ("appraised", {"coordinator"}),
    "submit_to_committee": ("appraised", {"coordinator"}),
    "return_from_committee": ("with_committee", {"leader", "office"}),
    "approve": ("with_committee", {"leader", "office"}),
    "begin_spending": ("approved", {"writer", "head"}),
    "settle": ("approved", {"head"}),
    "return_settlement": ("settled", {"money_head"}),
    "close": ("settled", {"money_head"}),
}


def test_the_table_names_every_step():
    assert set(TABLE) == set(ESTIMATE.by_name)


@pytest.mark.parametrize("step", TABLE)
def test_who_may_take_a_step(scene, step):
    state, allowed = TABLE[step]
    estimate = scene.estimate if state == "draft" else scene.lead_to(state)

    open_to = {role for role in ROLES if ESTIMATE.why_not(scene.people[role], estimate, step) is None}

    assert open_to == allowed


def wears_also(user, agency, *roles):
    for role in roles:
        Membership.objects.create(user=user, agency=agency, role=role, valid_from=date(2010, 1, 1))
    return User.objects.get(pk=user.pk)


# proposer, appraisers and approvers in pairs: the second hat of a person -> what it takes away
WALLS = [
    ("content_head", "agency", "finish_content"),
    ("content_head", "agency", "return_to_coordinator"),
    ("money_head", "agency", "finish_money"),
    ("leader", "agency", "approve"),
    ("office", "agency", "approve"),
    ("leader", "content_appraiser", "approve"),
    ("leader", "money_appraiser", "approve"),
    ("office", "content_appraiser", "approve"),
    ("office", "money_appraiser", "approve"),
    ("money_head", "agency", "close"),
]


@pytest.mark.parametrize(("role", "other", "step"), WALLS)
def test_a_second_hat_builds_the_wall(scene, role, other, step):
    estimate = scene.lead_to(TABLE[step][0])
    agency = scene.agency if other == "agency" else getattr(scene.budget, other)
    assert ESTIMATE.why_not(scene.people[role], estimate, step) is None

    person = wears_also(scene.people[role], agency, "officer")

    assert person.hat.agency.pk != agency.pk
    assert ESTIMATE.why_not(person, estimate, step) is not None


def test_who_moved_from_the_agency_does_not_appraise_what_they_wrote(scene):
    estimate = scene.lead_to("in_appraisal")
    EstimateHand.objects.create(estimate=estimate, user=scene.content_head, part="proposed")

    assert ESTIMATE.why_not(scene.content_head, scene.fresh(), "finish_content") is not None


def test_who_moved_from_an_appraising_body_does_not_approve(scene):
    estimate = scene.lead_to("with_committee")
    EstimateHand.objects.create(estimate=estimate, user=scene.leader, part="appraised")

    assert ESTIMATE.why_not(scene.leader, scene.fresh(), "approve") is not None


def own_estimate_of(scene, body):
    scene.agency = body
    scene.estimate.agency = body
    scene.estimate.save()
    return scene.fresh()


def test_an_appraising_body_leaves_its_own_estimate_to_the_other(scene):
    estimate = own_estimate_of(scene, scene.budget.content_appraiser)

    assert estimate.appraiser_id("content") == scene.budget.money_appraiser_id
    assert estimate.appraiser_id("money") == scene.budget.money_appraiser_id


def test_a_named_body_stands_in_where_the_budget_says_so(scene):
    scene.budget.stand_in = scene.budget.office
    scene.budget.save()
    estimate = own_estimate_of(scene, scene.budget.money_appraiser)

    assert estimate.appraiser_id("content") == scene.budget.content_appraiser_id
    assert estimate.appraiser_id("money") == scene.budget.office_id


def test_the_office_that_stood_in_does_not_record_the_decision(scene):
    scene.budget.stand_in = scene.budget.office
    scene.budget.save()
    scene.lines()
    estimate = own_estimate_of(scene, scene.budget.money_appraiser)
    type(estimate).objects.filter(pk=estimate.pk).update(state="with_committee")

    estimate = scene.fresh()

    assert ESTIMATE.why_not(scene.office, estimate, "approve") is not None
    assert ESTIMATE.why_not(scene.leader, estimate, "approve") is None


@pytest.mark.parametrize("side", ["content", "money"])
def test_a_proposer_is_refused_by_the_action_too(scene, side):
    scene.lead_to("in_appraisal")
    body = getattr(scene.budget, f"{side}_appraiser")
    person = wears_also(scene.writer, body, "head")
    person.wear(body.pk)

    with pytest.raises(PermissionDenied):
        actions.accept_rest(scene.estimate, side=side, by=person)


def test_only_the_coordinator_of_the_plan_opens_its_budget(scene):
    allowed = {role for role in ROLES if scene.people[role].has_perm("budgets.open_budget", scene.plan)}

    assert allowed == {"coordinator"}


def test_norms_are_kept_by_administrators(scene):
    administrator = make_user(make_agency(), "administrator")

    assert administrator.has_perm("budgets.manage_norms")
    assert not any(scene.people[role].has_perm("budgets.manage_norms") for role in ROLES)
