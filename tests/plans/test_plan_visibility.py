from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from factories import make_agency, make_assignment, make_duty, make_plan, make_task, make_user
from loa.core import clock
from loa.plans import queries
from loa.plans.models import (
    CoordinationRequest,
    Deliverable,
    Explanation,
    Extension,
    Occurrence,
    PlanBody,
    ProgressNote,
)

pytestmark = pytest.mark.django_db

# who: (plan, task, assignment, occurrence, duty), (notes and files, extensions, explanations, requests)
EVERYTHING = (1, 1, 1, 1, 1, 1, 1, 1, 1, 1)
NAMED = (1, 1, 1, 1, 1, 0, 0, 0, 0, 0)
NOTHING = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
SEES = {
    ("lead", "focal_point"): EVERYTHING,
    ("lead", "officer"): EVERYTHING,
    ("lead", "clerk"): EVERYTHING,
    ("lead", "administrator"): NOTHING,
    ("partner", "focal_point"): EVERYTHING,
    ("coordinator", "officer"): EVERYTHING,
    ("issuer", "leader"): EVERYTHING,
    ("issuers_office", "head"): EVERYTHING,
    ("accepting_office", "focal_point"): EVERYTHING,
    ("named", "head"): NAMED,
    ("stranger", "head"): NOTHING,
    ("stranger", "leader"): NOTHING,
    ("stranger", "administrator"): NOTHING,
}


@pytest.fixture
def plan():
    return make_plan()


@pytest.fixture
def agencies(plan):
    found = {
        "lead": make_agency(),
        "partner": make_agency(),
        "coordinator": plan.coordinator,
        "issuer": plan.issuer,
        "issuers_office": make_agency(kind="office", parent=plan.issuer),
        "accepting_office": plan.accepting_office,
        "named": make_agency(),
        "stranger": make_agency(),
    }
    PlanBody.objects.create(plan=plan, agency=found["partner"], role="coordinating")
    PlanBody.objects.create(plan=plan, agency=found["named"], role="duty")
    assignment = make_assignment(found["lead"], plan=plan)
    user = make_user(found["lead"])
    moment = {"asked_by": user, "asked_at": clock.now()}
    ProgressNote.objects.create(
        assignment=assignment, on=date(2019, 6, 3), done="Đã họp", by=user, at=clock.now()
    )
    Deliverable.objects.create(
        assignment=assignment,
        agency=found["lead"],
        kind="link",
        title="Bài",
        on=date(2019, 6, 3),
        source="link:1",
        recorded_at=clock.now(),
    )
    Extension.objects.create(assignment=assignment, new_due_on=date(2020, 1, 1), reason="Chậm", **moment)
    Explanation.objects.create(assignment=assignment, question="Vì sao?", **moment)
    CoordinationRequest.objects.create(task=assignment.task, agency=found["partner"])
    Occurrence.objects.create(task=assignment.task, position=1, title="Kỳ 1")
    make_duty(plan, found["lead"])
    return found


def seen_by(user):
    return tuple(
        rows.count()
        for rows in (
            queries.plans_visible_to(user),
            queries.tasks_visible_to(user),
            queries.assignments_visible_to(user),
            queries.occurrences_visible_to(user),
            queries.duty_assignments_visible_to(user),
            queries.notes_visible_to(user),
            queries.deliverables_visible_to(user),
            queries.extensions_visible_to(user),
            queries.explanations_visible_to(user),
            queries.requests_visible_to(user),
        )
    )


@pytest.mark.parametrize(("body", "role"), SEES)
def test_body_sees_what_the_plan_gives_it(agencies, body, role):
    user = make_user(agencies[body], role)

    assert seen_by(user) == SEES[body, role]


def test_anonymous_and_hatless_see_nothing(agencies):
    assert seen_by(AnonymousUser()) == NOTHING
    assert seen_by(make_user()) == NOTHING


@pytest.mark.parametrize(
    ("body", "count"),
    [("lead", 0), ("named", 0), ("stranger", 0), ("coordinator", 1), ("issuer", 1), ("accepting_office", 1)],
)
def test_draft_is_seen_by_its_makers_only(plan, agencies, body, count):
    type(plan).objects.update(state="draft")

    assert queries.plans_visible_to(make_user(agencies[body], "head")).count() == count


def test_fellow_lead_of_the_task_reads_the_notes(plan, agencies):
    fellow = make_agency()
    make_assignment(fellow, task=plan.tasks.get())

    assert queries.notes_visible_to(make_user(fellow, "head")).count() == 1


def test_lead_of_another_task_does_not_read_the_notes(plan, agencies):
    other = make_assignment(task=make_task(plan)).agency

    assert queries.notes_visible_to(make_user(other, "head")).count() == 0


def test_notes_of_a_duty_are_for_its_body_and_the_overseers(plan, agencies):
    duty_assignment = make_duty(plan, agencies["named"])
    ProgressNote.objects.create(
        duty_assignment=duty_assignment,
        on=date(2019, 6, 3),
        done="Đã đăng",
        by=make_user(agencies["named"]),
        at=clock.now(),
    )

    counts = {
        body: queries.notes_visible_to(make_user(agencies[body], "head"))
        .filter(duty_assignment__isnull=False)
        .count()
        for body in ("named", "coordinator", "issuer", "lead", "stranger")
    }

    assert counts == {"named": 1, "coordinator": 1, "issuer": 1, "lead": 0, "stranger": 0}


def test_person_sees_by_the_hat_that_is_worn(plan, agencies):
    person = make_user(agencies["stranger"], "head")
    person.memberships.create(agency=agencies["lead"], role="head", valid_from=date(2000, 1, 1))

    before = queries.plans_visible_to(person).count()
    person.wear(agencies["lead"].pk)

    assert (before, queries.plans_visible_to(person).count()) == (0, 1)


def test_own_work_is_the_work_of_the_hats_agency(plan, agencies):
    make_assignment(agencies["coordinator"], plan=plan)
    user = make_user(agencies["lead"], "head")

    own = (queries.own_assignments(user), queries.own_duty_assignments(user), queries.own_requests(user))

    assert [rows.count() for rows in own] == [1, 1, 0]


def test_officers_of_an_assignment_work_there_today(plan):
    assignment = make_assignment(plan=plan)
    officer = make_user(assignment.agency, "officer", full_name="A")
    head = make_user(assignment.agency, "head", full_name="B")
    make_user(assignment.agency, "clerk")
    make_user(assignment.agency, "officer", valid_from=date(2099, 1, 1))
    make_user(make_agency(), "officer")

    assert list(queries.officers_of(assignment)) == [officer, head]


def test_plans_are_found_by_number_issuer_and_year(plan):
    twin = make_plan(number=plan.number, year=2020)

    assert set(queries.plans_numbered(plan.number)) == {plan, twin}
    assert list(queries.plans_numbered(plan.number.lower(), year=2020)) == [twin]
    assert list(queries.plans_numbered(plan.number, issuer=plan.issuer.code)) == [plan]
