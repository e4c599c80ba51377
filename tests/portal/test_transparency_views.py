"""Public pages of plans: what they show, to whom, in how many queries, and that the numbers are the desk's."""

from datetime import date
from xml.etree import ElementTree as ET

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar
from open_scene import SECRET, TODAY, Scene

from factories import make_agency, make_assignment, make_plan, make_task, make_user
from loa.plans.queries import plan_overview, tally_of_tasks, target_counts
from loa.portal.actions import Shown, publish_report, take_back_plan, take_back_report
from loa.portal.models import PlanPublication
from loa.portal.queries.transparency import segments, told_tasks, truths, with_leads

pytestmark = pytest.mark.django_db
PAGES = ("", "nhiem-vu/", "lich-trinh/", "do-phu/", "kinh-phi/", "lich.ics", "thay-doi.atom", "tien-do.svg")


@pytest.fixture
def scene(today):
    today(TODAY)
    return Scene()


def read(client, url, **query):
    response = client.get(url, query)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return response.status_code, body.decode()


def test_hidden_plan_is_not_found_anywhere(scene, client):
    pk = scene.plan.pk
    urls = [f"/cong-khai/{pk}/{page}" for page in PAGES] + [
        f"/cong-khai/nhiem-vu/{scene.late.task_id}/",
        f"/cong-khai/{pk}/van-ban/",
    ]

    assert {client.get(url).status_code for url in urls} == {404}
    assert scene.plan.title not in read(client, "/cong-khai/")[1]


def test_plan_that_was_taken_back_is_not_found_any_more(scene, client):
    publication = scene.publish()
    assert client.get(f"/cong-khai/{scene.plan.pk}/").status_code == 200

    take_back_plan(publication, note="Rà soát", by=scene.head)

    assert {client.get(f"/cong-khai/{scene.plan.pk}/{page}").status_code for page in PAGES} == {404}
    assert client.get(f"/cong-khai/nhiem-vu/{scene.late.task_id}/").status_code == 404


def test_page_says_the_line_of_the_desk(scene, client):
    scene.publish()
    desk = plan_overview(scene.plan, TODAY)

    response = client.get(f"/cong-khai/{scene.plan.pk}/")

    assert response.context["overview"] == desk
    assert (desk.tasks.in_good_time, desk.tasks.total, desk.tasks.late) == (2, 3, 1)
    assert "<b>2/3</b>" in response.content.decode()


def test_public_number_is_the_desks_number_is_the_rows(scene):
    """Whatever way it is counted: the list's line, the desk's overview, the rows that are shown."""
    scene.publish()
    desk = plan_overview(scene.plan, TODAY)

    truth = truths([scene.plan], TODAY)[scene.plan.pk]
    rows = told_tasks(with_leads(scene.plan.tasks.order_by("position"), TODAY), TODAY)

    assert truth.tasks == desk.tasks == tally_of_tasks(scene.plan.tasks.all(), TODAY)
    assert truth.targets == desk.targets
    assert [count for row in rows for count in row.targets] == desk.targets
    assert sum(part.count for part in segments(desk.tasks)) == desk.tasks.total
    assert sum(row.standing.name == "LATE" for row in rows) == desk.tasks.late
    assert [count.counted for count in desk.targets] == [4]


def test_lines_of_many_plans_are_each_plans_own(scene):
    plans = [scene.plan, *(make_plan() for _ in range(3))]
    for number, plan in enumerate(plans[1:]):
        make_assignment(plan=plan, state=("done", "assigned", "ended")[number], submitted_on=TODAY)

    told = truths(plans, TODAY)

    for plan in plans:
        desk = plan_overview(plan, TODAY)
        assert (told[plan.pk].tasks, told[plan.pk].targets) == (desk.tasks, desk.targets)


def test_bar_is_full_and_without_gaps(scene):
    tally = plan_overview(scene.plan, TODAY).tasks

    parts = segments(tally)

    assert [part.x for part in parts] == [0, *(part.x + part.width for part in parts[:-1])]
    assert parts[-1].x + parts[-1].width == 1000


def test_states_are_said_in_the_citizens_words(scene, client):
    scene.publish()

    body = read(client, f"/cong-khai/{scene.plan.pk}/nhiem-vu/")[1]

    assert "Đang thực hiện" in body
    assert "Trả lại" not in body
    assert "quá hạn 3 ngày" in body


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "doi thoai truc tuyen"}, ["late"]),
        ({"q": "TO GAP"}, ["done"]),
        ({"state": "under_way"}, ["late", "political"]),
        ({"state": "done"}, ["done"]),
        ({"state": "waiting"}, []),
        ({"standing": "late"}, ["late"]),
        ({"standing": "done"}, ["done"]),
        ({"topic": "topic"}, ["late"]),
        ({"form": "form"}, ["late"]),
        ({"lead": "lead"}, ["late", "done"]),
        ({"lead": "lead", "state": "done"}, ["done"]),
        ({"lead": "union", "state": "done"}, []),
        ({"lead": "union"}, ["political"]),
    ],
)
def test_tasks_are_filtered_without_a_script(scene, client, query, found):
    scene.publish()
    asked = {
        name: getattr(scene, value).pk if name in ("topic", "form", "lead") else value
        for name, value in query.items()
    }

    response = client.get(f"/cong-khai/{scene.plan.pk}/nhiem-vu/", asked)

    assert [row.task for row in response.context["tasks"]] == [getattr(scene, name).task for name in found]


def test_task_page_says_what_who_by_when_how_much(scene, client):
    scene.publish()
    scene.give_money()

    status, body = read(client, f"/cong-khai/nhiem-vu/{scene.late.task_id}/")

    assert status == 200
    for words in (
        "Tổ chức đối thoại trực tuyến",
        "Sở Chủ trì",
        "31/05/2019",
        "4/6",
        "3.000.000 ₫",
        "Đối thoại kỳ 1",
    ):
        assert words in body


def test_party_and_mass_bodies_are_counted_together(scene, client):
    scene.publish()

    agencies = client.get(f"/cong-khai/{scene.plan.pk}/").context["agencies"]

    assert [row.agency for row in agencies.rows] == [scene.lead]
    assert agencies.political.total == 1
    desk = plan_overview(scene.plan, TODAY).assignments
    assert sum(row.tally.total for row in agencies.rows) + agencies.political.total == desk.total


def test_money_is_shown_only_where_it_was_decided_and_only_what_was_approved(scene, client):
    scene.give_money()
    scene.publish(Shown(shows_money=False))
    assert client.get(f"/cong-khai/{scene.plan.pk}/kinh-phi/").status_code == 404
    assert "₫" not in read(client, f"/cong-khai/nhiem-vu/{scene.late.task_id}/")[1]

    scene.publish()

    body = read(client, f"/cong-khai/{scene.plan.pk}/kinh-phi/")[1]
    assert "3.000.000 ₫" in body
    assert "5.000.000" not in body
    assert "7.777.777" not in body


def test_report_is_listed_and_its_file_waits_for_a_decision(scene, client):
    report = scene.issue_report()
    scene.publish()
    assert "15/BC-STTTT" in read(client, f"/cong-khai/{scene.plan.pk}/")[1]
    assert client.get(f"/cong-khai/bao-cao/{report.pk}/").status_code == 404

    publication = publish_report(report, by=scene.head)

    assert read(client, f"/cong-khai/bao-cao/{report.pk}/") == (200, "%PDF-1.4 signed")
    take_back_report(publication, note="Đính chính", by=scene.head)
    assert client.get(f"/cong-khai/bao-cao/{report.pk}/").status_code == 404


def test_report_file_hides_with_its_plan(scene, client):
    report = scene.issue_report()
    publish_report(report, by=scene.head)
    publication = scene.publish()
    assert client.get(f"/cong-khai/bao-cao/{report.pk}/").status_code == 200

    scene.publish(Shown(shows_reports=False))
    assert client.get(f"/cong-khai/bao-cao/{report.pk}/").status_code == 404
    scene.publish()
    publication.refresh_from_db()
    take_back_plan(publication, note="Rà soát", by=scene.head)

    assert client.get(f"/cong-khai/bao-cao/{report.pk}/").status_code == 404


def test_paper_is_downloaded_under_a_plain_name(scene, client, tmp_path):
    document = scene.plan.document
    document.file_name, document.sha256 = f"{SECRET}.docx", "2" * 64
    document.file.save("paper", ContentFile(b"paper"))
    scene.publish()

    response = client.get(f"/cong-khai/{scene.plan.pk}/van-ban/")

    assert response["Content-Disposition"] == f'attachment; filename="ke-hoach-{scene.plan.pk}.docx"'
    assert b"".join(response.streaming_content) == b"paper"
    scene.publish(Shown(shows_file=False))
    assert client.get(f"/cong-khai/{scene.plan.pk}/van-ban/").status_code == 404


def test_calendar_tells_due_dates_and_occurrences(scene, client):
    scene.publish()

    feed = Calendar.from_ical(read(client, f"/cong-khai/{scene.plan.pk}/lich.ics")[1])

    days = sorted((event.decoded("dtstart"), str(event["summary"])) for event in feed.walk("VEVENT"))
    assert [day for day, _summary in days] == [
        date(2019, 5, 20), date(2019, 5, 31), date(2019, 12, 31), date(2019, 12, 31),
    ]  # fmt: skip


def test_feed_tells_milestones_and_finished_work(scene, client):
    scene.publish()
    report = scene.issue_report()

    for url in (f"/cong-khai/{scene.plan.pk}/thay-doi.atom", "/cong-khai/thay-doi.atom"):
        status, body = read(client, url)
        feed = ET.fromstring(body)
        titles = [node.text for node in feed.iter("{http://www.w3.org/2005/Atom}title")][1:]
        assert status == 200
        assert len(titles) == 5
        assert "Được gia hạn đến 31/05/2019" in body
        assert str(report.document.printed_number) in body


def test_badge_is_a_picture_without_script_or_style(scene, client):
    scene.publish()

    status, body = read(client, f"/cong-khai/{scene.plan.pk}/tien-do.svg")

    root = ET.fromstring(body)
    assert (status, root.get("role")) == (200, "img")
    assert "2/3" in body
    assert "style" not in body
    assert "<script" not in body


def test_machine_outputs_set_no_cookie_and_answer_unchanged(scene, client):
    scene.publish()
    for url in (
        f"/cong-khai/{scene.plan.pk}/lich.ics",
        f"/cong-khai/{scene.plan.pk}/tien-do.svg",
        f"/cong-khai/{scene.plan.pk}/thay-doi.atom",
        "/du-lieu-mo/nhiem-vu.csv",
        "/du-lieu-mo/danh-muc.jsonld",
    ):
        first = client.get(url)
        if first.streaming:
            list(first.streaming_content)
        again = client.get(url, headers={"if-none-match": first["ETag"]})
        assert (url, dict(first.cookies), again.status_code) == (url, {}, 304)


QUERIES = {
    "/cong-khai/": 8,
    "/cong-khai/thay-doi.atom": 9,
    "": 22,
    "nhiem-vu/": 12,
    "lich-trinh/": 6,
    "do-phu/": 10,
    "kinh-phi/": 8,
    "lich.ics": 6,
    "thay-doi.atom": 9,
    "tien-do.svg": 8,
}


def make_many(scene):
    for number in range(30):
        plan = make_plan(coordinator=scene.plan.coordinator)
        make_assignment(plan=plan, state="assigned")
        PlanPublication.objects.create(plan=plan, state="public")
        body = make_agency(f"Sở số {number}")
        make_assignment(body, task=make_task(scene.plan), state="done", submitted_on=TODAY)


def count_queries(client, url):
    with CaptureQueriesContext(connection) as asked:
        read(client, url)
    return len(asked)


def test_queries_do_not_grow_with_rows(scene, client):
    """30 plans more in the lists, 30 tasks of 30 bodies more in the plan."""
    scene.give_money()
    scene.publish()
    pk = scene.plan.pk
    names = ["/cong-khai/", "/cong-khai/thay-doi.atom", *PAGES]
    urls = {name: name if name.startswith("/") else f"/cong-khai/{pk}/{name}" for name in names}
    for url in urls.values():
        count_queries(client, url)  # what is remembered for ever is asked once
    one = {name: count_queries(client, url) for name, url in urls.items()}

    make_many(scene)

    assert {name: count_queries(client, url) for name, url in urls.items()} == one
    assert one == QUERIES


# The staff's side --------------------------------------------------------------------------------


def test_head_decides_and_everybody_reads(scene, as_user):
    client = as_user(scene.head)
    url = f"/quan-ly-cong-khai/{scene.plan.pk}/"
    assert client.get(url).status_code == 200

    response = client.post(url, {"introduction": "Cho mọi người", "shows_money": "on"})

    assert (response.status_code, response["Location"]) == (302, url)
    client.logout()
    assert "Cho mọi người" in client.get(f"/cong-khai/{scene.plan.pk}/").content.decode()


def test_preview_shows_the_choices_and_publishes_nothing(scene, as_user):
    scene.give_money()
    client = as_user(scene.head)
    url = f"/quan-ly-cong-khai/{scene.plan.pk}/xem-truoc/"

    with_money = client.post(url, {"chosen": "1", "introduction": "Thử", "shows_money": "on"})
    without = client.post(url, {"chosen": "1", "introduction": "Thử"})

    assert "3.000.000 ₫" in with_money.content.decode()
    assert "3.000.000 ₫" not in without.content.decode()
    assert client.get(url, {"chosen": "1", "trang": "kinh-phi"}).status_code == 404
    money_tab = next(tab.url for tab in with_money.context["tabs"] if "public_money" in tab.url)
    assert "3.000.000 ₫" in client.get(url + money_tab).content.decode()
    assert client.get(f"/cong-khai/{scene.plan.pk}/").status_code == 404


def test_lead_sees_the_decision_and_cannot_take_it(scene, as_user):
    client = as_user(make_user(scene.lead, "head"))
    url = f"/quan-ly-cong-khai/{scene.plan.pk}/"

    assert (client.get(url).status_code, client.post(url, {"introduction": ""}).status_code) == (200, 403)
    assert client.get(f"{url}thu-hoi/").status_code == 403


def test_taking_back_asks_for_a_reason(scene, as_user):
    scene.publish()
    client = as_user(scene.head)
    url = f"/quan-ly-cong-khai/{scene.plan.pk}/thu-hoi/"

    assert client.post(url, {"note": ""}).status_code == 422
    assert client.post(url, {"note": "Rà soát"}).status_code == 302
    assert client.post(url, {"note": "Rà soát"}).status_code == 409


def test_files_of_reports_are_given_out_and_taken_back_by_buttons(scene, as_user):
    report = scene.issue_report()
    scene.publish()
    client = as_user(scene.head)

    assert client.post(f"/quan-ly-cong-khai/bao-cao/{report.pk}/").status_code == 302
    assert client.get(f"/cong-khai/bao-cao/{report.pk}/").status_code == 200
    assert (
        client.post(f"/quan-ly-cong-khai/bao-cao/{report.pk}/thu-hoi/", {"note": "Sai số"}).status_code == 302
    )
    assert client.get(f"/cong-khai/bao-cao/{report.pk}/").status_code == 404


def test_staffs_list_is_exported_and_does_not_grow(scene, as_user):
    client = as_user(scene.head)
    assert client.get("/quan-ly-cong-khai/", {"export": "xlsx"}).status_code == 200
    one = count_queries(client, "/quan-ly-cong-khai/")

    make_many(scene)

    assert count_queries(client, "/quan-ly-cong-khai/") == one


def test_targets_of_the_page_are_the_desks(scene, client):
    scene.publish()

    (row, *_rest) = client.get(f"/cong-khai/{scene.plan.pk}/nhiem-vu/").context["tasks"]

    assert row.targets == target_counts([row.task])[row.task.pk]
