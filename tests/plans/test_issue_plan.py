from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from factories.directory import make_agency
from factories.readings import make_reading, make_town, task_data
from loa.channels.models import Notice
from loa.core.workflow import FlowError
from loa.directory.models import GroupMember
from loa.plans.actions import imports
from loa.plans.actions.issue import issue_plan
from loa.plans.models import CoordinationRequest

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return make_town()


def issued(town, **lists):
    return imports.confirm_reading(make_reading(town, **lists), by=town.importer)


def test_each_lead_gets_its_part_with_the_date_of_the_task(town):
    plan = issued(town, tasks=[task_data(lead=["Sở Báo chí", "Sở Văn nghệ"])])

    rows = [
        (each.agency, each.state, each.due_on, each.original_due_on, each.assigned_on)
        for each in plan.assignments.all()
    ]
    day = date(2019, 12, 31)
    assert rows == [
        (town.press, "assigned", day, day, date(2019, 2, 1)),
        (town.culture, "assigned", day, day, date(2019, 2, 1)),
    ]


def test_a_group_that_leads_is_each_of_its_members(town):
    plan = issued(town, tasks=[task_data(lead=["các sở liên quan"])])

    assert {each.agency for each in plan.assignments.all()} == {town.culture, town.justice}


def test_a_group_is_its_members_on_the_day_of_issue(town):
    GroupMember.objects.filter(agency=town.justice).update(valid_to=date(2019, 1, 31))
    late = make_agency("Sở Mới", valid_from=date(2019, 6, 1))
    GroupMember.objects.create(group=town.group, agency=late)

    plan = issued(town, tasks=[task_data(lead=["các sở liên quan"])])

    assert [each.agency for each in plan.assignments.all()] == [town.culture]


def test_a_body_named_itself_and_by_its_group_is_asked_once(town):
    issued(town, tasks=[task_data(coordinating=["Sở Văn nghệ", "các sở liên quan"])])

    asked = {request.agency for request in CoordinationRequest.objects.all()}
    assert (asked, CoordinationRequest.objects.count()) == ({town.culture, town.justice}, 2)


def test_a_lead_is_not_asked_to_coordinate_with_itself(town):
    issued(town, tasks=[task_data(lead=["Sở Văn nghệ"], coordinating=["các sở liên quan"])])

    assert [request.agency for request in CoordinationRequest.objects.all()] == [town.justice]


def test_a_standing_duty_is_one_assignment_for_each_body(town):
    duties = [
        {"agency": "các sở liên quan", "text": "Đăng tin"},
        {"agency": "Sở Báo chí", "text": "Tổng hợp"},
    ]

    plan = issued(town, tasks=[task_data()], duties=duties)

    rows = {(each.duty.text, each.agency) for each in plan.duty_assignments.select_related("duty", "agency")}
    assert rows == {("Đăng tin", town.culture), ("Đăng tin", town.justice), ("Tổng hợp", town.press)}


def test_every_body_is_named_in_each_of_its_roles(town):
    tasks = [
        task_data(coordinating=["Sở Văn nghệ"], monitoring=["Sở Pháp luật"], performing=["các sở liên quan"])
    ]

    plan = issued(town, tasks=tasks, duties=[{"agency": "Sở Văn nghệ", "text": "Đăng tin"}])

    assert {(body.agency, body.role) for body in plan.bodies.select_related("agency")} == {
        (town.press, "lead"),
        (town.culture, "coordinating"),
        (town.justice, "monitoring"),
        (town.culture, "performing"),
        (town.justice, "performing"),
        (town.culture, "duty"),
    }


def test_each_person_is_told_what_the_body_got(town):
    issued(
        town,
        tasks=[task_data(coordinating=["Sở Văn nghệ"])],
        duties=[{"agency": "Sở Văn nghệ", "text": "Đăng tin"}],
    )

    told = {notice.receiver: notice.body_en for notice in Notice.objects.all()}
    assert told == {
        town.importer: "Tuyên truyền năm 2019\n1 task to lead",
        town.colleague: "Tuyên truyền năm 2019\n1 task to lead",
        town.stranger: "Tuyên truyền năm 2019\n1 task to take part in\n1 standing duty",
    }


def test_a_draft_is_issued_by_its_coordinator_alone_and_once(town):
    plan = imports.confirm_reading(make_reading(town), by=town.importer, issue=False)

    with pytest.raises(PermissionDenied):
        issue_plan(plan, by=town.stranger)
    issue_plan(plan, by=town.colleague)
    with pytest.raises(FlowError):
        issue_plan(plan, by=town.colleague)

    assert (plan.state, plan.assignments.count()) == ("issued", 1)
