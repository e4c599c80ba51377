from datetime import date, datetime
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from plan_scene import TODAY, add_evidence, fill

from factories import make_agency, make_assignment, make_duty, make_plan, make_task
from loa.plans import actions
from loa.plans.models import (
    CoordinationRequest,
    PlanBody,
)

pytestmark = pytest.mark.django_db


PLAN_PAGES = {
    # name: queries that read plans
    "plan_detail": 12,
    "task_list": 10,
    "assignment_list": 6,
    "plan_board": 6,
    "plan_timeline": 7,
    "plan_calendar": 6,
    "plan_coverage": 11,
    "duty_list": 4,
}


def read(client, url):
    """The status, all queries, and those that read plans."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    return response.status_code, len(captured), sum("plans_" in query["sql"] for query in captured)


@pytest.mark.parametrize("name", PLAN_PAGES)
def test_plan_page_takes_the_same_queries_for_1_and_for_30_rows(scene, as_user, name):
    client = as_user(scene.focal_point)
    url = scene.url(name, scene.plan.pk)
    fill(scene, 1)
    client.get(url)

    one = read(client, url)
    fill(scene, 29)
    thirty = read(client, url)

    assert (one[0], one[2]) == (200, PLAN_PAGES[name])
    assert thirty == one


@pytest.mark.parametrize(("name", "count"), [("plan_list", 2), ("agency_work", 8)])
def test_list_over_plans_takes_the_same_queries_for_1_and_for_30_rows(scene, as_user, name, count):
    client = as_user(scene.focal_point)
    url = scene.url(name)
    PlanBody.objects.create(plan=make_plan(), agency=scene.lead, role="lead")
    fill(scene, 1)
    client.get(url)

    one = read(client, url)
    fill(scene, 29)
    for _ in range(29):
        PlanBody.objects.create(plan=make_plan(), agency=scene.lead, role="lead")
    thirty = read(client, url)

    assert (one[0], one[2]) == (200, count)
    assert thirty == one


@pytest.mark.parametrize(("page", "count"), [("task", 13), ("assignment", 7), ("duty", 5)])
def test_detail_takes_the_same_queries_for_1_and_for_30_rows(scene, as_user, page, count):
    client = as_user(scene.focal_point)
    duty_assignment = make_duty(scene.plan, scene.lead)
    url = {"task": scene.task, "assignment": scene.assignment, "duty": duty_assignment}[
        page
    ].get_absolute_url()
    add_rows(scene, duty_assignment, range(1))
    client.get(url)

    one = read(client, url)
    add_rows(scene, duty_assignment, range(1, 30))
    thirty = read(client, url)

    assert (one[0], one[2]) == (200, count)
    assert thirty == one


def add_rows(scene, duty_assignment, numbers):
    """Per number: an occurrence, a note and a link of the task, a fellow lead, a partner, a note on the duty."""
    for number in numbers:
        add_evidence(scene, scene.task, scene.assignment, number)
        CoordinationRequest.objects.create(task=scene.task, agency=make_agency())
        actions.add_note(duty_assignment, on=TODAY, done="Đã đăng", by=scene.officer)


def texts(response):
    return response.content.decode()


def test_stranger_meets_404_everywhere(scene, as_user):
    fill(scene, 1)
    task, client = scene.plan.tasks.last(), as_user(scene.stranger)
    assignment, duty_assignment = task.assignments.get(), scene.plan.duty_assignments.get()
    pages = [
        *(scene.url(name, scene.plan.pk) for name in (*PLAN_PAGES, "plan_close")),
        *(scene.url(name, task.pk) for name in ("task_detail", "task_classify", "occurrence_add")),
        *(
            scene.url(name, assignment.pk)
            for name in (
                "assignment_detail",
                "assignment_officer",
                "extension_ask",
                "explanation_ask",
                "note_add",
                "file_add",
                "link_add",
            )
        ),
        scene.url("assignment_step", assignment.pk, "hand_to_head"),
        *(
            scene.url(name, duty_assignment.pk)
            for name in ("duty_assignment_detail", "duty_note_add", "duty_file_add", "duty_link_add")
        ),
        scene.url("deliverable_download", assignment.deliverables.get().pk),
        scene.url("deliverable_withdraw", assignment.deliverables.get().pk),
        scene.url("occurrence_step", task.occurrences.get().pk, "hold"),
        scene.url("request_step", task.requests.get().pk, "agree"),
        scene.url("target_enter", task.targets.get().pk),
    ]

    answers = {url: (client.get(url).status_code, client.post(url).status_code) for url in pages}

    assert {url: answer for url, answer in answers.items() if not set(answer) <= {404, 405}} == {}


def test_anonymous_is_sent_to_the_login(scene, client):
    response = client.get(scene.plan.get_absolute_url())

    assert (response.status_code, response.url.split("?")[0]) == (302, reverse("account_login"))


def test_overview_tells_the_truth_in_one_line(scene, as_user):
    make_assignment(scene.lead, task=make_task(scene.plan, due_on=date(2019, 6, 1)), state="in_progress")

    client = as_user(scene.focal_point)
    client.cookies["loa_language"] = "en"

    response = client.get(scene.plan.get_absolute_url())

    line = " ".join(texts(response).split('figure">')[1].split("</p>")[0].split())
    assert line == '<b>1/2</b> tasks on schedule, <b class="late">1 overdue</b> .'.replace(" .", ".")


def test_figure_of_the_overview_is_the_number_of_rows_behind_it(scene, as_user):
    for day in (1, 2, 20):
        make_assignment(scene.lead, task=make_task(scene.plan, due_on=date(2019, 6, day)))
    client = as_user(scene.focal_point)

    overview = client.get(scene.plan.get_absolute_url()).context["overview"]
    rows = client.get(scene.url("task_list", scene.plan.pk) + "?standing=late").context["table"].rows

    assert (overview.tasks.late, len(rows)) == (2, 2)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("q=tap huan", 1),
        ("q=TẬP+huấn+pháp", 1),
        ("q=khong co", 0),
        ("state=in_progress", 1),
        ("state=done", 0),
        ("standing=on_schedule", 1),
        ("due_after=2019-06-28&due_before=2019-06-28", 1),
        ("due_after=2019-07-01", 0),
        ("state=nonsense", 1),
    ],
)
@pytest.mark.parametrize("name", ["task_list", "assignment_list"])
def test_list_is_filtered(scene, as_user, name, query, count):
    response = as_user(scene.focal_point).get(f"{scene.url(name, scene.plan.pk)}?{query}")

    assert (response.status_code, len(response.context["table"].rows)) == (200, count)


def test_task_is_found_where_lead_and_state_meet_in_one_assignment(scene, as_user):
    other = make_agency()
    make_assignment(other, task=scene.task, state="done")
    client, url = as_user(scene.focal_point), scene.url("task_list", scene.plan.pk)

    counts = [
        len(client.get(f"{url}?lead={lead.pk}&state={state}").context["table"].rows)
        for lead, state in ((other, "done"), (scene.lead, "in_progress"), (scene.lead, "done"))
    ]

    assert counts == [1, 1, 0]


def test_moving_to_another_view_keeps_the_filter(scene, as_user):
    url = scene.url("task_list", scene.plan.pk)

    response = as_user(scene.focal_point).get(f"{url}?q=tap&sort=-due_on&page=1")

    assert {tab.url.partition("?")[2] for tab in response.context["tabs"]} == {"q=tap"}


def test_htmx_gets_the_rows_alone(scene, as_user):
    url = scene.url("task_list", scene.plan.pk)

    response = as_user(scene.focal_point).get(url, headers={"HX-Request": "true"})

    assert (response.status_code, "<html" in texts(response), "Mở lớp tập huấn" in texts(response)) == (
        200,
        False,
        True,
    )


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("task_list", ("1", "Mở lớp tập huấn pháp chế")),
        ("assignment_list", ("1", "Mở lớp tập huấn pháp chế", "Sở Tư pháp")),
    ],
)
def test_list_is_exported_with_its_words(scene, as_user, name, row):
    response = as_user(scene.focal_point).get(scene.url(name, scene.plan.pk) + "?export=xlsx")

    sheet = load_workbook(BytesIO(response.content)).active
    assert tuple(str(cell.value) for cell in sheet[2])[: len(row)] == row


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("task_list", [datetime(2019, 6, 28), "Cả năm 2019"]),
        ("assignment_list", [datetime(2019, 6, 28)]),
    ],
)
def test_due_days_are_exported_as_days_and_what_the_plan_says_as_words(scene, as_user, name, days):
    make_task(scene.plan, due_on=None)

    response = as_user(scene.focal_point).get(scene.url(name, scene.plan.pk) + "?export=xlsx")

    sheet = load_workbook(BytesIO(response.content)).active
    assert [row[-1] for row in sheet.iter_rows(min_row=2, values_only=True)] == days


def test_plans_are_exported_with_their_days(scene, as_user):
    response = as_user(scene.focal_point).get(scene.url("plan_list") + "?export=xlsx")

    sheet = load_workbook(BytesIO(response.content)).active
    assert [cell.is_date for cell in sheet[2]] == [False, False, False, True, False, False]
