import pytest
import yaml
from django.core.cache import cache
from django.core.management import call_command

from factories import make_assignment, make_plan, make_user
from loa.portal.actions import Shown, publish_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    cache.clear()
    plan = make_plan(number="42/KH-UBND")
    for _ in range(3):
        make_assignment(plan=plan)
    publish_plan(plan, Shown(), by=make_user(plan.coordinator, "head"))
    return plan


def test_anybody_reads_public_tables_by_pages(plan, client):
    first = client.get("/api/v1/open/tien-do/", {"page_size": 2}).json()
    second = client.get("/api/v1/open/tien-do/", {"page_size": 2, "page": 2}).json()

    assert (first["count"], len(first["results"]), len(second["results"])) == (3, 2, 1)
    assert {row["plan_number"] for row in first["results"]} == {"42/KH-UBND"}
    ids = [row["id"] for row in first["results"] + second["results"]]
    assert len(set(ids)) == 3


def test_hidden_plans_are_not_told(plan, client):
    hidden = make_assignment(plan=make_plan())

    told = client.get("/api/v1/open/tien-do/").json()

    assert told["count"] == 3
    assert client.get("/api/v1/open/tien-do/", {"plan": hidden.plan_id}).json()["count"] == 0


@pytest.mark.parametrize("asked", ["x", "1;DROP", "9" * 30])
def test_wrong_plan_is_not_found(plan, client, asked):
    assert client.get("/api/v1/open/nhiem-vu/", {"plan": asked}).status_code == 404


def test_who_asks_too_often_waits(plan, client, settings):
    settings.OPEN_DATA_RATE = "2/min"

    answers = [client.get("/api/v1/open/ke-hoach/").status_code for _ in range(3)]

    assert answers == [200, 200, 429]
    cache.clear()


def test_nothing_is_written_by_a_reader(plan, client):
    assert client.post("/api/v1/open/ke-hoach/", {}).status_code == 405
    assert client.get("/api/v1/open/ke-hoach/").cookies == {}


def test_every_table_is_in_the_schema(tmp_path):
    call_command("spectacular", "--file", str(tmp_path / "schema.yaml"), "--validate", "--fail-on-warn")

    told = yaml.safe_load((tmp_path / "schema.yaml").read_text(encoding="utf-8"))
    path = told["paths"]["/api/v1/open/tien-do/"]["get"]
    assert path["tags"] == ["open data"]
    assert "security" not in path or path["security"] == [{}]
    rows = told["components"]["schemas"]["OpenTienDo"]["properties"]
    assert {"agency", "due_on", "state"} <= set(rows)
