from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from factories import make_agency, make_assignment, make_duty, make_plan, make_task, make_user
from loa.plans import actions
from loa.plans.models import CommunicationForm, CoordinationRequest, Occurrence, Target, Topic

pytestmark = pytest.mark.django_db
TODAY = date(2019, 6, 3)
PLAN_PAGES = [
    "plan_detail",
    "task_list",
    "assignment_list",
    "plan_board",
    "plan_timeline",
    "plan_calendar",
    "plan_coverage",
    "duty_list",
]


@pytest.fixture
def plan(today):
    today(TODAY)
    return make_plan(number="42/KH-UBND")


@pytest.fixture
def lead():
    return make_agency("Sở Tư pháp")


@pytest.fixture
def focal_point(lead):
    return make_user(lead, "focal_point")


@pytest.fixture
def coordinator(plan):
    return make_user(plan.coordinator, "head")


def fill(plan, lead, count):
    """A plan with `count` tasks of everything a page can show."""
    topic = Topic.objects.create(plan=plan, label="a", text="Thủ tục hành chính", position=1)
    form = CommunicationForm.objects.create(plan=plan, label="a", text="Báo chí", position=1)
    officer = make_user(lead, "officer")
    for number in range(count):
        task = make_task(
            plan, content=f"Tổ chức đối thoại lần {number}", due_on=date(2019, 6, 10 + number % 15)
        )
        task.bodies.create(role="lead", printed=lead.name, agency=lead, position=1)
        task.topics.add(topic)
        task.forms.add(form)
        Target.objects.create(task=task, measure="đối thoại", quantity=6, unit="cuộc đối thoại")
        assignment = make_assignment(lead, task=task, state="in_progress", officer=officer)
        CoordinationRequest.objects.create(task=task, agency=plan.coordinator)
        Occurrence.objects.create(task=task, position=1, title="Kỳ 1", lead=lead, on=date(2019, 6, 20))
        make_duty(plan, lead, text=f"Đăng tin bài số {number}")
        actions.attach_link(
            assignment,
            link=f"https://example.test/{number}",
            title="Tin bài",
            on=TODAY,
            quantity=Decimal(1),
            unit="cuộc đối thoại",
            by=officer,
        )
    return plan.tasks.first()


@pytest.mark.parametrize("name", PLAN_PAGES)
@pytest.mark.parametrize("count", [1, 30])
def test_plan_page_opens(plan, lead, focal_point, as_user, name, count):
    fill(plan, lead, count)

    response = as_user(focal_point).get(reverse(f"plans:{name}", args=[plan.pk]))

    assert response.status_code == 200


def test_pages(plan, lead, focal_point, as_user):
    task = fill(plan, lead, 3)
    client = as_user(focal_point)
    a = task.assignments.get()
    for url in [
        reverse("plans:plan_list"),
        reverse("plans:agency_work"),
        task.get_absolute_url(),
        a.get_absolute_url(),
        plan.duty_assignments.first().get_absolute_url(),
        reverse("plans:note_add", args=[a.pk]),
        reverse("plans:file_add", args=[a.pk]),
        reverse("plans:link_add", args=[a.pk]),
        reverse("plans:extension_ask", args=[a.pk]),
        reverse("plans:assignment_officer", args=[a.pk]),
        reverse("plans:occurrence_add", args=[task.pk]),
    ]:
        assert (url, client.get(url).status_code) == (url, 200)
