import pytest
from django.core.exceptions import PermissionDenied

from factories.readings import make_reading, make_town, task_data
from loa.core.models import Entry
from loa.core.workflow import FlowError, StaleError
from loa.plans.actions import imports, proposals

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return make_town()


def tasks_of(reading):
    return list(reading.proposals.filter(kind="task").order_by("position"))


def first_task(reading):
    return reading.proposals.select_related("reading").get(kind="task", position=0)


def test_a_correction_replaces_what_was_read_and_keeps_what_was_found(town):
    reading = make_reading(town, tasks=[task_data("Tuyên truyền cô đọng")])

    proposals.correct_proposal(
        first_task(reading), version=0, data={"content": "Tuyên truyền cổ động"}, by=town.importer
    )

    row = first_task(reading)
    assert (row.data["content"], row.found["content"]) == ("Tuyên truyền cổ động", "Tuyên truyền cô đọng")
    assert (row.is_checked, row.version) == (True, 1)
    assert Entry.objects.get(action="reading.correct").data["fields"] == ["content"]


def test_who_saw_an_older_version_is_told_and_changes_nothing(town):
    reading = make_reading(town, tasks=[task_data("Một")])
    mine = first_task(reading)
    proposals.correct_proposal(
        first_task(reading), version=0, data={"content": "Của đồng nghiệp"}, by=town.colleague
    )

    with pytest.raises(StaleError, match="Somebody else"):
        proposals.correct_proposal(mine, version=0, data={"content": "Của tôi"}, by=town.importer)

    assert first_task(reading).data["content"] == "Của đồng nghiệp"


def test_a_dropped_proposal_can_be_brought_back(town):
    reading = make_reading(town)

    dropped = proposals.drop_proposal(first_task(reading), version=0, is_dropped=True, by=town.importer)
    proposals.drop_proposal(dropped, version=1, is_dropped=False, by=town.importer)

    assert (first_task(reading).is_dropped, first_task(reading).version) == (False, 2)


def test_the_header_is_never_dropped(town):
    reading = make_reading(town)

    with pytest.raises(FlowError):
        proposals.drop_proposal(
            reading.proposals.get(kind="header"), version=0, is_dropped=True, by=town.importer
        )


def test_merged_tasks_have_both_texts_and_every_agency_once(town):
    one = task_data("Tổ chức", coordinating=["Sở Văn nghệ"], note="Năm 2018")
    two = task_data(
        "hội thi",
        lead=["Sở Văn nghệ"],
        coordinating=["Sở Văn nghệ", "Sở Pháp luật"],
        due_text="",
        due_on=None,
    )
    reading = make_reading(
        town,
        tasks=[{**one, "source": {"start": 5, "end": 20}}, {**two, "source": {"start": 21, "end": 30}}],
    )
    first, second = tasks_of(reading)

    proposals.merge_proposals(first, second, version=0, by=town.importer)

    first, second = tasks_of(reading)
    assert first.data["content"] == "Tổ chức\nhội thi"
    assert first.data["lead"] == ["Sở Báo chí", "Sở Văn nghệ"]
    assert first.data["coordinating"] == ["Sở Văn nghệ", "Sở Pháp luật"]
    assert (first.data["due_on"], first.data["note"]) == ("2019-12-31", "Năm 2018")
    assert (first.source, second.is_dropped) == ({"start": 5, "end": 30}, True)


def test_duties_of_two_bodies_are_not_merged(town):
    duties = [{"agency": "Sở Báo chí", "text": "Một"}, {"agency": "Sở Văn nghệ", "text": "Hai"}]
    first, second = make_reading(town, duties=duties).proposals.filter(kind="duty")

    with pytest.raises(FlowError, match="different bodies"):
        proposals.merge_proposals(first, second, version=0, by=town.importer)


def test_only_neighbours_are_merged(town):
    first, _between, third = tasks_of(make_reading(town, tasks=[task_data(str(n)) for n in range(3)]))

    with pytest.raises(FlowError, match="neighbours"):
        proposals.merge_proposals(first, third, version=0, by=town.importer)


def test_a_task_is_split_at_a_line_and_each_part_keeps_its_target(town):
    text = "3\tTổ chức 06 cuộc đối thoại\nPhát 12 bản tin\tSở Báo chí"
    data = task_data(
        "Tổ chức 06 cuộc đối thoại\nPhát 12 bản tin",
        targets=[{"quantity": 6, "unit": "cuộc đối thoại"}, {"quantity": 12, "unit": "bản tin"}],
    )
    reading = make_reading(
        town,
        text=text,
        tasks=[{**data, "source": {"start": 0, "end": len(text)}}, task_data("Việc sau")],
    )
    at = data["content"].index("Phát")

    proposals.split_proposal(first_task(reading), at=at, version=0, by=town.importer)

    rows = tasks_of(reading)
    assert [(row.position, row.data["content"]) for row in rows] == [
        (0, "Tổ chức 06 cuộc đối thoại"),
        (1, "Phát 12 bản tin"),
        (2, "Việc sau"),
    ]
    assert [[target["unit"] for target in row.data["targets"]] for row in rows[:2]] == [
        ["cuộc đối thoại"],
        ["bản tin"],
    ]
    assert [row.source["start"] for row in rows[:2]] == [0, text.index("Phát")]
    assert [row.data["lead"] for row in rows[:2]] == [["Sở Báo chí"], ["Sở Báo chí"]]


def test_a_text_is_split_between_its_lines_only(town):
    reading = make_reading(town, tasks=[task_data("Một\nHai")])

    with pytest.raises(FlowError, match="cannot be split"):
        proposals.split_proposal(first_task(reading), at=2, version=0, by=town.importer)


def test_a_refused_split_leaves_no_half(town):
    reading = make_reading(town, tasks=[task_data("Một\nHai")])

    with pytest.raises(StaleError):
        proposals.split_proposal(first_task(reading), at=4, version=9, by=town.importer)

    assert [row.data["content"] for row in tasks_of(reading)] == ["Một\nHai"]


def test_what_the_reader_missed_is_added_at_the_end(town):
    reading = make_reading(town)

    proposals.add_proposal(reading, kind="task", data=task_data("Quên đọc"), by=town.importer)
    plan = imports.confirm_reading(reading, by=town.importer)

    assert [task.content for task in plan.tasks.all()] == ["Tổ chức hội thi", "Quên đọc"]


@pytest.mark.parametrize(
    "act",
    [
        lambda row, by: proposals.correct_proposal(row, version=0, data={}, by=by),
        lambda row, by: proposals.check_proposal(row, version=0, is_checked=True, by=by),
        lambda row, by: proposals.drop_proposal(row, version=0, is_dropped=True, by=by),
        lambda row, by: proposals.split_proposal(row, at=4, version=0, by=by),
        lambda row, by: proposals.merge_proposals(row, proposals.next_of(row), version=0, by=by),
        lambda row, by: proposals.add_proposal(row.reading, kind="task", data=task_data(), by=by),
    ],
)
def test_another_agency_and_a_confirmed_reading_change_nothing(town, act):
    reading = make_reading(town, tasks=[task_data("Một\nHai"), task_data("Ba")])

    with pytest.raises(PermissionDenied):
        act(first_task(reading), town.stranger)
    imports.confirm_reading(reading, by=town.importer)
    with pytest.raises(FlowError, match="no longer waiting"):
        act(first_task(reading), town.importer)

    assert [(row.data["content"], row.version) for row in tasks_of(reading)] == [("Một\nHai", 0), ("Ba", 0)]
