"""Work that the coordinator gives under a task after the plan was issued."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from factories import make_agency, make_assignment, make_plan, make_task, make_user
from loa.channels.models import Notice
from loa.core.workflow import FlowError
from loa.plans import actions, queries
from loa.plans.models import Assignment

pytestmark = pytest.mark.django_db
DUE = date(2019, 9, 30)


@pytest.fixture
def task(today):
    today(date(2019, 6, 3))
    return make_task(make_plan(), content="Tổ chức đối thoại trực tuyến")


@pytest.fixture
def coordinator(task):
    return make_user(task.plan.coordinator, "focal_point")


def give(task, agency, by, **given):
    words = {"words": "Công khai phí trên Cổng", "due_on": DUE, **given}
    return actions.give_work(task, agency=agency, by=by, **words)


def test_body_leads_it_with_own_words_and_day(task, coordinator):
    agency = make_agency("Sở Tư pháp")
    head = make_user(agency, "head")

    work = give(task, agency, coordinator)

    assert (work.state, work.due_on, work.original_due_on) == ("assigned", DUE, DUE)
    assert str(work) == "Công khai phí trên Cổng – Sở Tư pháp"
    assert list(queries.plans_visible_to(head)) == [task.plan]
    assert Notice.objects.filter(receiver=head).count() == 1


def test_it_stands_beside_what_the_body_leads_already(task, coordinator):
    agency = make_agency()
    printed = make_assignment(agency, task=task)

    given = [give(task, agency, coordinator), give(task, agency, coordinator, words="Việc khác")]

    assert set(task.assignments.all()) == {printed, *given}


def test_only_the_coordinator_of_a_running_plan_gives_work(task, coordinator):
    agency = make_agency()
    with pytest.raises(PermissionDenied):
        give(task, agency, make_user(agency, "head"))
    with pytest.raises(FlowError):
        give(task, agency, coordinator, words=" ")
    with pytest.raises(FlowError):
        give(task, agency, coordinator, due_on=date(2019, 6, 2))
    task.plan.state = "closed"
    with pytest.raises(FlowError):
        give(task, agency, coordinator)

    assert not Assignment.objects.exists()


def test_given_work_goes_to_the_successor_as_it_is(task, coordinator):
    old, new = make_agency(), make_agency()
    make_assignment(new, task=task)
    work = give(task, old, coordinator)

    actions.hand_over_assignments(old, new, on=date(2019, 7, 1), decision="QĐ 1", by=None)

    work.refresh_from_db()
    assert (work.agency, work.state) == (new, "assigned")


def test_pages_show_what_in_particular(task, coordinator, as_user):
    work = give(task, make_agency(), coordinator)

    for url in (work.get_absolute_url(), task.get_absolute_url()):
        assert "Công khai phí trên Cổng" in as_user(coordinator).get(url).content.decode()
    listed = as_user(coordinator).get(reverse("plans:assignment_list", args=[task.plan_id]))
    assert "Công khai phí trên Cổng" in listed.content.decode()


def test_tasks_to_give_under_are_those_one_coordinates(task, coordinator):
    make_task(make_plan())
    task.plan.tasks.create(position=9, content="Đã dừng", ended_on=date(2019, 5, 1))

    assert list(queries.tasks_to_give_under(coordinator)) == [task]
    assert not queries.tasks_to_give_under(make_user(task.plan.coordinator, "officer")).exists()
