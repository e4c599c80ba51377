import pytest
import yaml
from django.core.management import call_command

from factories import make_agency, make_assignment, make_plan, make_task, make_user
from loa.plans.models import PlanBody, Target

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]  # it searches and sorts


@pytest.fixture
def work():
    assignment = make_assignment(task=make_task(content="Tổ chức đối thoại trực tuyến"), state="in_progress")
    Target.objects.create(task=assignment.task, measure="cuộc đối thoại", quantity=6, unit="cuộc đối thoại")
    return assignment


def test_named_body_reads_its_plan(work, as_user):
    response = as_user(make_user(work.agency)).get("/api/v1/plans/")

    (plan,) = response.json()["results"]
    assert response.json()["count"] == 1
    assert (plan["number"], plan["state"], plan["task_count"]) == (work.plan.number, "issued", 1)
    assert plan["coordinator"] == {"code": work.plan.coordinator.code, "name": work.plan.coordinator.name}


def test_named_body_reads_tasks_with_leads_targets_and_dates(work, as_user):
    (task,) = as_user(make_user(work.agency)).get("/api/v1/tasks/").json()["results"]

    assert task["content"] == "Tổ chức đối thoại trực tuyến"
    assert task["due_on"] == "2019-12-31"
    assert task["targets"] == [{"measure": "cuộc đối thoại", "quantity": "6.00", "unit": "cuộc đối thoại"}]
    assert task["assignments"] == [
        {
            "agency": {"code": work.agency.code, "name": work.agency.name},
            "state": "in_progress",
            "due_on": "2019-12-31",
        }
    ]


@pytest.mark.parametrize("words", ["doi thoai", "ĐỐI THOẠI", "truc tuyen"])
def test_tasks_are_searched_accents_optional(work, as_user, words):
    make_task(work.plan, content="In tờ gấp")

    response = as_user(make_user(work.agency)).get("/api/v1/tasks/", {"search": words})

    assert [task["id"] for task in response.json()["results"]] == [work.task.pk]


def test_tasks_are_filtered_by_plan_and_lead(work, as_user):
    other = make_assignment(work.agency, plan=make_plan())
    client = as_user(make_user(work.agency))

    by_plan = client.get("/api/v1/tasks/", {"plan": other.plan.pk}).json()["results"]
    by_lead = client.get("/api/v1/tasks/", {"lead": "nobody"}).json()["results"]

    assert ([task["id"] for task in by_plan], by_lead) == ([other.task.pk], [])


def test_stranger_reads_nothing_and_finds_nothing(work, as_user):
    client = as_user(make_user(make_agency()))

    assert client.get("/api/v1/plans/").json()["results"] == []
    assert client.get(f"/api/v1/plans/{work.plan.pk}/").status_code == 404
    assert client.get(f"/api/v1/tasks/{work.task.pk}/").status_code == 404


def test_anonymous_is_refused(work, client):
    assert client.get("/api/v1/plans/").status_code == 403


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(work, as_user, method):
    client = as_user(make_user(work.agency))

    assert getattr(client, method)(f"/api/v1/tasks/{work.task.pk}/").status_code == 405


@pytest.mark.parametrize("count", [1, 30])
def test_list_costs_the_same_for_one_and_thirty(as_user, django_assert_num_queries, count):
    agency, plan = make_agency(), make_plan()
    PlanBody.objects.create(plan=plan, agency=agency, role="duty")
    for _ in range(count):
        make_assignment(make_agency(), plan=plan)
    client = as_user(make_user(agency))
    client.get("/api/v1/tasks/")

    with django_assert_num_queries(10):
        response = client.get("/api/v1/tasks/")

    assert len(response.json()["results"]) == count


def test_schema_describes_our_paths_alone_without_a_warning(tmp_path):
    target = tmp_path / "schema.yml"

    call_command("spectacular", file=str(target), fail_on_warn=True, validate=True)

    paths = yaml.safe_load(target.read_text(encoding="utf-8"))["paths"]
    own = [path for path in paths if not path.startswith("/api/v1/open/")]
    assert sorted(own) == [
        "/api/v1/answers/",
        "/api/v1/answers/{id}/",
        "/api/v1/cases/",
        "/api/v1/cases/{code}/",
        "/api/v1/cases/{code}/draft/",
        "/api/v1/cases/{code}/identity/",
        "/api/v1/cases/{code}/status/",
        "/api/v1/plans/",
        "/api/v1/plans/{id}/",
        "/api/v1/tasks/",
        "/api/v1/tasks/{id}/",
    ]


def test_viewer_of_the_schema_asks_no_third_party(client):
    page = client.get("/api/docs/")

    assert page.status_code == 200
    assert "https://" not in page.text
