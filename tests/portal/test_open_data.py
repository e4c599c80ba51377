"""Open data: rows equal to the desk's, safe as CSV, described, constant in queries; nothing inside leaks."""

import csv
import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from open_scene import SECRET, TODAY, Scene
from wagtail.models import Page, Site

from factories import make_agency, make_assignment, make_plan, make_task
from loa.budgets.queries.money import money_by_agency, money_by_task, money_of_plan
from loa.plans.models import Task
from loa.plans.queries import plan_overview
from loa.portal.actions import Shown, publish_plan, publish_report
from loa.portal.models import CityHome, Column, PlanPublication, Story, StoryWork
from loa.portal.queries import open_data
from loa.portal.queries.open_data import Field, Rows, dataset_named, datasets, register_dataset

pytestmark = pytest.mark.django_db
NAMES = ["ke-hoach", "nhiem-vu", "tien-do", "chi-tieu", "san-pham", "bao-cao", "kinh-phi"]


@pytest.fixture
def scene(today):
    today(TODAY)
    scene = Scene()
    scene.give_money()
    scene.report = scene.issue_report()
    return scene


def body_of(response):
    return (b"".join(response.streaming_content) if response.streaming else response.content).decode(
        "utf-8-sig"
    )


def csv_of(client, name, **query):
    return list(csv.DictReader(io.StringIO(body_of(client.get(f"/du-lieu-mo/{name}.csv", query)))))


def json_of(client, name):
    return json.loads(body_of(client.get(f"/du-lieu-mo/{name}.json")))


def make_story(scene, title="Đối thoại đã diễn ra", live=True):
    root = Page.get_first_root_node()
    home = CityHome(title="Thành phố", slug="thanh-pho", agency=scene.plan.issuer)
    root.add_child(instance=home)
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    column = home.add_child(instance=Column(title="Tin", slug="tin"))
    story = Story(title=title, slug="doi-thoai", lead="…", live=live)
    column.add_child(instance=story)
    StoryWork.objects.create(story=story, assignment=scene.late)
    if live:
        story.save_revision().publish()
    return story


def test_nothing_is_told_of_a_hidden_plan(scene, client):
    assert {name: csv_of(client, name) for name in NAMES} == {name: [] for name in NAMES}


def test_plans_carry_the_desks_numbers(scene, client):
    scene.publish()

    (row,) = csv_of(client, "ke-hoach")

    desk = plan_overview(scene.plan, TODAY).tasks
    assert row["number"] == "42/KH-UBND"
    told = [
        int(row[f"tasks{name}"]) for name in ("", "_in_good_time", "_done_on_time", "_done_late", "_overdue")
    ]
    assert told == [desk.total, desk.in_good_time, desk.done, desk.done_late, desk.late]
    assert told == [3, 2, 1, 0, 1]


def test_tasks_and_assignments_add_up_to_the_desks_numbers(scene, client):
    scene.publish()
    desk = plan_overview(scene.plan, TODAY)

    tasks, parts = csv_of(client, "nhiem-vu"), csv_of(client, "tien-do")

    assert (len(tasks), len(parts)) == (desk.tasks.total, desk.assignments.total)
    assert sum(row["standing"] == "late" for row in tasks) == desk.tasks.late
    assert sum(row["standing"] == "late" for row in parts) == desk.assignments.late
    assert [row["state"] for row in parts] == ["under_way", "done", "under_way"]
    assert [row["completed_on"] for row in parts] == ["", "2019-06-03", ""]
    assert [int(row["lead_count"]) for row in tasks] == [1, 1, 1]


def test_targets_are_the_desks_counts(scene, client):
    scene.publish()

    rows = csv_of(client, "chi-tieu")

    desk = plan_overview(scene.plan, TODAY).targets
    assert [(row["counted"], row["quantity"], row["is_reached"]) for row in rows] == [("4", "6", "false")]
    assert [str(count.counted.normalize()) for count in desk] == ["4"]


def test_money_is_what_was_approved(scene, client):
    scene.publish()

    rows = csv_of(client, "kinh-phi")

    assert [(row["task_id"], row["approved"]) for row in rows] == [(str(scene.late.task_id), "3000000")]
    assert sum(int(row["approved"]) for row in rows) == money_of_plan(scene.plan).approved
    assert money_by_task(scene.plan)[scene.late.task_id].approved == 3_000_000
    assert money_by_agency(scene.plan)[scene.lead.pk].approved == 3_000_000
    scene.publish(Shown(shows_money=False))
    assert csv_of(client, "kinh-phi") == []


def test_reports_name_their_file_only_where_it_is_public(scene, client):
    scene.publish()
    assert [row["file_url"] for row in csv_of(client, "bao-cao")] == [""]

    publish_report(scene.report, by=scene.head)

    (row,) = csv_of(client, "bao-cao")
    assert row["file_url"].endswith(f"/cong-khai/bao-cao/{scene.report.pk}/")
    assert row["number"] == "15/BC-STTTT"


def test_published_stories_are_results_and_drafts_are_not(scene, client):
    scene.publish()
    story = make_story(scene)

    (row,) = csv_of(client, "san-pham")
    page = client.get(f"/cong-khai/nhiem-vu/{scene.late.task_id}/").content.decode()

    assert (row["task_id"], row["title"], row["kind"]) == (str(scene.late.task_id), story.title, "stories")
    assert row["url"].endswith("/tin/doi-thoai/")
    assert story.title in page
    story.unpublish()
    assert csv_of(client, "san-pham") == []
    assert story.title not in client.get(f"/cong-khai/nhiem-vu/{scene.late.task_id}/").content.decode()


def test_draft_story_is_nobodys_business(scene, client):
    scene.publish()
    make_story(scene, title=SECRET, live=False)

    assert csv_of(client, "san-pham") == []


def test_json_holds_the_same_rows(scene, client):
    scene.publish()

    for name in NAMES:
        told = json_of(client, name)
        assert len(told["rows"]) == len(csv_of(client, name))
        assert (told["dataset"], told["licence"]) == (name, "CC-BY-4.0")
        assert all(list(row) == [field.name for field in dataset_named(name).fields] for row in told["rows"])


def test_a_cell_never_begins_as_a_formula(scene, client):
    Task.objects.filter(pk=scene.late.task_id).update(
        content='=HYPERLINK("http://x")', product="- tờ gấp\n+ áp phích"
    )
    scene.publish()

    row = csv_of(client, "nhiem-vu")[0]

    assert (row["content"], row["product"]) == ('\'=HYPERLINK("http://x")', "'- tờ gấp\n+ áp phích")
    assert json_of(client, "nhiem-vu")["rows"][0]["content"] == '=HYPERLINK("http://x")'


def test_rows_of_one_plan(scene, client):
    scene.publish()
    other = make_plan(coordinator=scene.plan.coordinator)
    make_assignment(plan=other)
    publish_plan(other, Shown(), by=scene.head)

    assert len(csv_of(client, "tien-do")) == 4
    assert len(csv_of(client, "tien-do", ke_hoach=other.pk)) == 1
    assert client.get("/du-lieu-mo/tien-do.csv", {"ke_hoach": "x' OR 1"}).status_code == 404


@pytest.mark.parametrize("url", ["khong-co.csv", "khong-co/", "ke-hoach.xml", "khong-co.csv-metadata.json"])
def test_unknown_table_is_not_found(db, client, url):
    assert client.get(f"/du-lieu-mo/{url}").status_code == 404


def test_schema_describes_every_column_in_both_languages(scene, client):
    for name in NAMES:
        told = json.loads(client.get(f"/du-lieu-mo/{name}.csv-metadata.json").content)
        columns = told["tableSchema"]["columns"]
        header = body_of(client.get(f"/du-lieu-mo/{name}.csv")).splitlines()[0].split(",")

        assert [column["name"] for column in columns] == header
        assert all(set(column["titles"]) == {"vi", "en"} for column in columns)
        assert set(told["tableSchema"]["primaryKey"]) <= set(header)


def test_catalogue_names_every_table_with_licence_and_files(scene, client):
    told = json.loads(client.get("/du-lieu-mo/danh-muc.jsonld").content)

    assert [entry["dct:identifier"] for entry in told["dcat:dataset"]] == [*NAMES, "phan-anh-kien-nghi"]
    for entry in told["dcat:dataset"]:
        assert entry["dct:license"] == {"@id": "https://spdx.org/licenses/CC-BY-4.0.html"}
        for file in entry["dcat:distribution"]:
            path = file["dcat:downloadURL"]["@id"].partition("/du-lieu-mo/")[2]
            assert client.get(f"/du-lieu-mo/{path}").status_code == 200


def test_pages_of_the_catalogue(scene, client):
    scene.publish()

    assert client.get("/du-lieu-mo/").status_code == 200
    assert {client.get(f"/du-lieu-mo/{name}/").status_code for name in NAMES} == {200}


def test_a_later_app_adds_a_table_in_one_line(scene, client, monkeypatch):
    monkeypatch.setattr(open_data, "_datasets", dict(open_data._datasets))
    fields = (Field("name", "Tên"),)
    register_dataset(
        "chu-de",
        title="Chủ đề",
        description="…",
        fields=fields,
        rows=lambda _plan: Rows([(scene.plan.topics.all(), lambda topic: (topic.text,))]),
        key=("name",),
        is_by_plan=False,
        licence="CC0-1.0",
    )

    assert csv_of(client, "chu-de") == [{"name": "Thủ tục hành chính"}]
    assert datasets()[-1].licence_url == "https://spdx.org/licenses/CC0-1.0.html"


def test_version_changes_with_what_is_done(scene, client):
    scene.publish()
    before = client.get("/du-lieu-mo/kinh-phi.csv")["ETag"]

    scene.publish(Shown(shows_money=False))

    assert client.get("/du-lieu-mo/kinh-phi.csv")["ETag"] != before


# table -> queries of its CSV, its JSON, its page and its address for programs: the same for one row and for thirty
QUERIES = {
    "ke-hoach": (5, 6, 6, 3),
    "nhiem-vu": (4, 5, 5, 2),
    "tien-do": (4, 5, 5, 2),
    "chi-tieu": (5, 6, 6, 3),
    "san-pham": (7, 8, 10, 4),  # of three registers
    "bao-cao": (4, 5, 5, 2),
    "kinh-phi": (4, 5, 5, 2),
}
CATALOGUE_QUERIES = 16


def count_queries(client, url):
    with CaptureQueriesContext(connection) as asked:
        body_of(client.get(url))
    return len(asked)


def counted(client):
    forms = ("/du-lieu-mo/{}.csv", "/du-lieu-mo/{}.json", "/du-lieu-mo/{}/", "/api/v1/open/{}/")
    tables = {name: tuple(count_queries(client, form.format(name)) for form in forms) for name in NAMES}
    return tables, count_queries(client, "/du-lieu-mo/")


def test_queries_do_not_grow_with_rows(scene, client):
    scene.publish()
    counted(client)  # what is remembered for ever is asked once
    one = counted(client)

    for number in range(30):
        plan = make_plan(coordinator=scene.plan.coordinator)
        make_assignment(make_agency(f"Sở số {number}"), task=make_task(plan))
        PlanPublication.objects.create(plan=plan, state="public", shows_money=True)

    assert counted(client) == one
    assert one == (QUERIES, CATALOGUE_QUERIES)


def test_what_is_inside_stays_inside(scene, client):
    """Notes, evidence, file names, links, explanations, officers, proposals: hunted in every public output."""
    make_story(scene)
    publish_report(scene.report, by=scene.head)
    scene.publish()
    pk = scene.plan.pk
    pages = (
        "",
        "nhiem-vu/",
        "lich-trinh/",
        "do-phu/",
        "kinh-phi/",
        "lich.ics",
        "thay-doi.atom",
        "tien-do.svg",
    )
    tasks = scene.plan.tasks.values_list("pk", flat=True)
    urls = [
        "/cong-khai/",
        "/cong-khai/thay-doi.atom",
        *(f"/cong-khai/{pk}/{page}" for page in pages),
        *(f"/cong-khai/nhiem-vu/{task}/" for task in tasks),
        "/du-lieu-mo/",
        "/du-lieu-mo/danh-muc.jsonld",
        *(
            f"/du-lieu-mo/{name}{form}"
            for name in NAMES
            for form in (".csv", ".json", "/", ".csv-metadata.json")
        ),
        *(f"/api/v1/open/{name}/" for name in NAMES),
    ]

    for url in urls:
        response = client.get(url)
        body = body_of(response)
        assert (url, response.status_code, SECRET in body, "noi-bo.example" in body) == (
            url,
            200,
            False,
            False,
        )
        assert scene.head.username not in body
        assert "7777777" not in body.replace(".", "")
