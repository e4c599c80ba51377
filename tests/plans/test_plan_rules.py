"""Role × step: who may take which step of an assignment that is in the state the step starts from."""

import pytest

from factories import make_agency, make_assignment, make_plan, make_user
from loa.core import clock
from loa.core.access import permits
from loa.directory.models import User
from loa.plans.models import CoordinationRequest, Explanation, Extension, Occurrence
from loa.plans.states import ASSIGNMENT

pytestmark = pytest.mark.django_db

LEAD_SIDE = {"accept", "begin", "hand_to_head"}
HEAD_ONLY = {"return_to_officer", "submit"}
ACCEPTING = {"return_to_agency", "accept_result", "reopen"}
ENDING = {"end", "resume"}  # without a button: by closing or amending the plan
ALLOWED = {
    ("lead", "focal_point"): LEAD_SIDE,
    ("lead", "head"): LEAD_SIDE | HEAD_ONLY,
    ("lead", "officer in charge"): LEAD_SIDE,
    ("lead", "officer"): set(),
    ("lead", "clerk"): set(),
    ("lead", "administrator"): {"pass_on"},  # when bodies are reorganised
    ("coordinator", "focal_point"): ACCEPTING | ENDING,
    ("coordinator", "head"): ACCEPTING | ENDING,
    ("coordinator", "clerk"): ENDING,
    ("coordinator", "officer"): set(),
    ("accepting_office", "head"): set(),
    ("issuer", "leader"): set(),
    ("other", "head"): set(),
    ("other", "administrator"): {"pass_on"},
}


@pytest.mark.parametrize(("body", "role"), ALLOWED)
def test_role_takes_only_its_steps(body, role):
    plan = make_plan()
    lead = make_agency()
    agencies = {
        "lead": lead,
        "coordinator": plan.coordinator,
        "accepting_office": plan.accepting_office,
        "issuer": plan.issuer,
        "other": make_agency(),
    }
    user = make_user(agencies[body], role.removesuffix(" in charge"))
    assignment = make_assignment(lead, plan=plan, officer=user if role == "officer in charge" else None)

    allowed = {step.name for step in ASSIGNMENT.steps if permits(user, step.permission, assignment)}

    assert allowed == ALLOWED[body, role]


OWN_WORK = {
    ("coordinator", "head"): LEAD_SIDE | HEAD_ONLY | ENDING,
    ("coordinator", "focal_point"): LEAD_SIDE | ENDING,
    ("accepting_office", "head"): ACCEPTING,
    ("accepting_office", "focal_point"): ACCEPTING,
    ("issuer", "leader"): set(),
}


@pytest.mark.parametrize(("body", "role"), OWN_WORK)
def test_coordinators_own_work_is_accepted_by_the_office(body, role):
    plan = make_plan()
    user = make_user(getattr(plan, body), role)
    assignment = make_assignment(plan.coordinator, plan=plan)

    allowed = {step.name for step in ASSIGNMENT.steps if permits(user, step.permission, assignment)}

    assert allowed == OWN_WORK[body, role]


def test_without_a_hat_nothing_is_allowed():
    assignment = make_assignment()
    user = make_user()

    allowed = [step.name for step in ASSIGNMENT.steps if permits(user, step.permission, assignment)]

    assert allowed == []


BESIDE = {
    # permission: (lead focal point, lead officer, coordinator head, partner head, other head)
    "plans.ask_extension": (True, False, False, False, False),
    "plans.decide_extension": (False, False, True, False, False),
    "plans.ask_explanation": (False, False, True, False, False),
    "plans.give_explanation": (True, False, False, False, False),
    "plans.name_officer": (True, False, False, False, False),
    "plans.answer_request": (False, False, False, True, False),
    "plans.manage_occurrence": (True, False, True, False, False),
    "plans.classify_tasks": (False, False, True, False, False),
    "plans.close_plan": (False, False, True, False, False),
}


@pytest.mark.parametrize("permission", BESIDE)
def test_permission_beside_the_flow_belongs_to_its_body(permission):
    plan = make_plan()
    lead, partner = make_agency(), make_agency()
    people = [
        make_user(lead, "focal_point"),
        make_user(lead, "officer"),
        make_user(plan.coordinator, "head"),
        make_user(partner, "head"),
        make_user(make_agency(), "head"),
    ]
    assignment = make_assignment(lead, plan=plan)
    obj = _subject(permission, assignment, partner, people[0])

    assert tuple(permits(user, permission, obj) for user in people) == BESIDE[permission]


def _subject(permission, assignment, partner, asker: User):
    noun = permission.partition("_")[2]
    if permission in ("plans.classify_tasks", "plans.close_plan"):
        return assignment.plan
    if permission == "plans.decide_extension":
        return Extension(assignment=assignment, new_due_on="2020-01-01", asked_by=asker, asked_at=clock.now())
    if permission == "plans.give_explanation":
        return Explanation(assignment=assignment, question="?", asked_by=asker, asked_at=clock.now())
    if noun == "request":
        return CoordinationRequest(task=assignment.task, agency=partner)
    if noun == "occurrence":
        return Occurrence(task=assignment.task, position=1, title="Kỳ 1", lead=assignment.agency)
    return assignment
