"""What was published for a task: its publications and what the press wrote, as far as everybody may read it."""

from datetime import date

import pytest

from factories import (
    make_agency,
    make_assignment,
    make_clipping,
    make_plan,
    make_press_body,
    make_publication,
    make_task,
    make_user,
)
from loa.plans.models import Task
from loa.portal.actions import Shown, publish_plan
from loa.portal.queries.open_outcomes import result_rows
from loa.portal.queries.results import results_of

pytestmark = pytest.mark.django_db
TODAY = date(2019, 6, 3)


class Scene:
    def __init__(self):
        self.plan = make_plan(number="42/KH-UBND")
        self.lead = make_agency("Sở Chủ trì")
        self.work = make_assignment(self.lead, task=make_task(self.plan, content="Mở chuyên mục"))
        self.person = make_user(self.lead, "head", "editor")
        self.paper = make_press_body(self.lead, name="Báo Mới")

    def publication(self, *, state="released", **fields):
        given = {"assignment": self.work, "released_on": date(2019, 5, 2), **fields}
        return make_publication(self.lead, self.person, state=state, **given)

    def clipping(self, *, key="a", **fields):
        given = {"assignment": self.work, "link": f"https://bao.example/{key}", "is_public": True, **fields}
        return make_clipping(
            given.pop("agency", self.lead), self.person, key=key, press_body=self.paper, **given
        )

    def told(self):
        tasks = Task.objects.filter(pk=self.work.task_id)
        return [(result.kind, result.title, result.url, result.on) for result in results_of(tasks)]


@pytest.fixture
def scene(today):
    today(TODAY)
    return Scene()


def test_a_released_publication_is_a_result_of_its_task(scene):
    publication = scene.publication()
    scene.publication(assignment=None)

    assert scene.told() == [
        ("publications", "Tờ gấp Một cửa", f"/an-pham/{publication.pk}/", date(2019, 5, 2))
    ]


@pytest.mark.parametrize("state", ["draft", "with_editor", "approved", "withdrawn"])
def test_a_publication_that_nobody_may_read_is_none(scene, state):
    scene.publication(state=state)

    assert scene.told() == []


def test_what_the_press_wrote_is_a_result_with_its_source(scene):
    scene.clipping()

    assert scene.told() == [
        ("clippings", "Một cửa về xã (Báo Mới)", "https://bao.example/a", date(2019, 5, 7))
    ]


@pytest.mark.parametrize("inside", [{"is_public": False}, {"link": ""}, {"state": "withdrawn"}])
def test_a_clipping_that_is_kept_inside_is_none(scene, inside):
    scene.clipping(**inside)

    assert scene.told() == []


def test_one_article_in_several_logs_is_one_result(scene):
    other = make_agency("Sở Khác")
    scene.clipping(agency=make_agency(), assignment=None)  # for no task, and entered first
    scene.clipping()
    scene.clipping(agency=other, assignment=make_assignment(other, task=scene.work.task))

    assert [kind for kind, *_rest in scene.told()] == ["clippings"]


def test_pages_of_the_open_data_go_on_from_one_kind_to_the_next(scene):
    for number in range(3):
        scene.publication(title=f"Ấn phẩm {number}")
        scene.clipping(key=f"k{number}", title=f"Bài {number}")
    publish_plan(
        scene.plan, shown=Shown(introduction="Để biết."), by=make_user(scene.plan.coordinator, "head")
    )
    rows = result_rows()
    everything = [row[6] for row in rows]

    for size in (1, 2, 4, 6, 10):
        pages = [rows[first : first + size] for first in range(0, 8, size)]
        assert [row[6] for page in pages for row in page] == everything
    assert (len(rows), rows[6:8], rows[20:30]) == (6, [], [])


@pytest.mark.parametrize("count", [1, 30])
def test_results_cost_one_query_of_each_source_and_one_of_restrictions(
    scene, django_assert_num_queries, count
):
    for number in range(count):
        scene.publication()
        scene.clipping(key=f"k{number}")

    with django_assert_num_queries(4):
        assert len(scene.told()) == 2 * count


def test_the_public_page_and_the_open_data_tell_the_same(scene, client):
    scene.publication()
    scene.clipping()
    publish_plan(
        scene.plan, shown=Shown(introduction="Để biết."), by=make_user(scene.plan.coordinator, "head")
    )

    html = client.get(f"/cong-khai/nhiem-vu/{scene.work.task_id}/").content.decode()
    rows = list(result_rows())

    assert "Tờ gấp Một cửa" in html
    assert "Trên báo chí" in html
    assert 'href="https://bao.example/a"' in html
    assert [(row[4], row[5]) for row in rows] == [("publications", "Ấn phẩm"), ("clippings", "Trên báo chí")]
