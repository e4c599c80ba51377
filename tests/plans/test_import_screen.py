"""What the import screen says: what to look at, what will happen."""

import pytest

from factories import make_user
from factories.readings import make_reading, make_town, task_data
from loa.channels.models import Notice
from loa.plans.actions import imports
from loa.plans.models import Assignment, CoordinationRequest, DutyAssignment, PlanBody
from loa.plans.queries.confirmation import preview
from loa.plans.queries.imports import ReadingView
from loa.plans.queries.screen import Screen

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return make_town()


def screen(reading):
    return Screen(ReadingView(reading))


def told(reading):
    return [(look.must, look.url) for look in screen(reading).looks]


def test_what_must_be_settled_comes_before_what_may_be_looked_at(town):
    reading = make_reading(
        town, tasks=[{**task_data(lead=["Sở Xa lạ"]), "confidence": 0.6}], warnings=[{"message": "Lỗi gõ"}]
    )
    task = reading.proposals.get(kind="task")

    assert told(reading) == [
        (True, "#n0"),
        (False, "#d0"),
        (False, f"?p={task.pk}#p{task.pk}"),
        (False, ""),
    ]


def test_what_was_checked_confirmed_or_seen_is_not_asked_again(town):
    reading = make_reading(town, tasks=[{**task_data(), "confidence": 0.6}], warnings=[{"message": "Lỗi gõ"}])
    reading.proposals.filter(kind="task").update(is_checked=True)
    imports.answer_due(reading, printed="Cả năm 2019", due_on=None, by=town.importer)
    imports.mark_seen(reading, warnings=[0], by=town.importer)

    assert told(reading) == []


def test_one_remark_about_several_places_is_one_thing_to_look_at(town):
    same = {"message": "“chuyên tiếp” có thể là lỗi gõ."}
    reading = make_reading(
        town, text="chuyên tiếp", warnings=[same, {**same, "source": {"start": 0, "end": 6}}]
    )

    looks = [look for look in screen(reading).looks if look.remarks]

    assert [(look.remarks, look.url) for look in looks] == [((0, 1), "#t-w1")]


def test_a_document_without_work_is_no_plan(town):
    reading = make_reading(town, legal_bases=[{"text": "Luật Đất đai"}])

    assert [(look.must, look.url) for look in screen(reading).looks] == [(True, "#g-task")]


def test_a_group_says_how_many_bodies_it_stands_for(town):
    names = {name.answer.printed: name for name in screen(make_reading(town)).names}

    assert (names["các sở liên quan"].name, names["các sở liên quan"].count) == ("các sở liên quan", 2)
    assert (names["Sở Báo chí"].name, names["Sở Báo chí"].count) == ("Sở Báo chí", None)


def test_only_bodies_of_the_day_of_issue_are_offered(town):
    town.justice.valid_to = "2018-12-31"
    town.justice.save()

    choices = screen(make_reading(town)).choices

    assert [label.rpartition(" · ")[2] for label in choices] == [
        "group:cac-so",
        "so-bao-chi",
        "so-van-nghe",
        "bien",
        "vp",
    ]


def test_a_legal_basis_lights_up_where_its_words_stand(town):
    text = "Căn cứ Luật Báo chí;"
    reading = make_reading(town, text=text, legal_bases=[{"text": "Luật Báo chí"}])

    parts = [part for line in screen(reading).lines for cell in line.cells for part in cell]

    basis = reading.proposals.get(kind="basis")
    assert [(part.text, part.keys) for part in parts] == [
        ("Căn cứ ", ""),
        ("Luật Báo chí", f"p{basis.pk}"),
        (";", ""),
    ]


def test_what_is_announced_is_what_happens(town):
    make_user(town.culture, "focal_point")
    make_user(town.justice, "clerk")  # is not told
    reading = make_reading(
        town,
        tasks=[
            task_data("Một", lead=["Sở Báo chí", "Sở Văn nghệ"], coordinating=["các sở liên quan"]),
            task_data("Hai", lead=["các sở liên quan"], targets=[{"quantity": 3, "unit": "lớp"}]),
        ],
        duties=[{"agency": "các sở liên quan", "text": "Đăng tin"}, {"agency": "Sở Báo chí", "text": "In"}],
    )

    said = preview(ReadingView(reading))
    plan = imports.confirm_reading(reading, by=town.importer)

    assert (said.tasks, said.duties, said.rules, said.targets) == (2, 2, 1, 1)
    assert said.assignments == Assignment.objects.count() == 4
    assert said.requests == CoordinationRequest.objects.count() == 1
    assert said.duty_assignments == DutyAssignment.objects.count() == 3
    assert said.bodies == PlanBody.objects.filter(plan=plan).values("agency").distinct().count() == 3
    assert said.people == Notice.objects.values("receiver").distinct().count()
    assert said.silent == (town.justice,)


def test_looking_ahead_writes_nothing(town, django_assert_num_queries):
    reading = make_reading(town)

    with django_assert_num_queries(9) as asked:
        preview(ReadingView(reading))

    assert [query["sql"] for query in asked if not query["sql"].startswith("SELECT")] == []


@pytest.mark.parametrize("count", [1, 30])
def test_the_screen_asks_the_database_as_often_for_one_task_as_for_thirty(
    town, count, django_assert_num_queries
):
    rows = [task_data(f"Việc {number}", coordinating=["các sở liên quan"]) for number in range(count)]
    reading = make_reading(town, tasks=rows, duties=[{"agency": "Sở Văn nghệ", "text": "Đăng tin"}] * count)

    with django_assert_num_queries(7):
        shown = screen(reading)
        assert (len(shown.looks), len(shown.cards), len(shown.lines), len(shown.choices)) == (
            1,
            2 * count + 1,
            0,
            6,
        )
