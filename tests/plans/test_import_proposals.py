"""What a person does with proposals: correct, check, drop, merge, split, add."""

import pytest
from django.core.exceptions import PermissionDenied

from factories.readings import make_reading, make_town, task_data
from loa.core.history import entries_of
from loa.core.workflow import FlowError, StaleError
from loa.plans.actions import imports, proposals
from loa.plans.queries.cards import cut_points

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return make_town()


def tasks_of(reading, **wanted):
    return list(reading.proposals.filter(kind="task", **wanted).order_by("position"))


def two_tasks(town, first, second):
    return tasks_of(make_reading(town, tasks=[first, second]))


def test_a_correction_keeps_what_was_read_beside_it_and_counts_as_checked(town):
    task = tasks_of(make_reading(town))[0]

    proposals.correct_proposal(task, version=0, data={"content": "Viết lại"}, by=town.importer)

    task.refresh_from_db()
    assert (task.data["content"], task.found["content"]) == ("Viết lại", "Tổ chức hội thi")
    assert (task.is_checked, task.version) == (True, 1)


def test_a_correction_is_history_of_the_reading_and_says_which_fields(town):
    task = tasks_of(make_reading(town))[0]

    proposals.correct_proposal(task, version=0, data={"content": "Viết lại"}, by=town.importer)

    entry = entries_of([task.reading])[0]
    assert (entry.action, entry.by, entry.data["fields"]) == ("reading.correct", town.importer, ["content"])


def test_of_two_corrections_the_second_is_refused(town):
    task = tasks_of(make_reading(town))[0]
    proposals.correct_proposal(task, version=0, data={"content": "Một"}, by=town.importer)

    with pytest.raises(StaleError):
        proposals.correct_proposal(task, version=0, data={"content": "Hai"}, by=town.colleague)

    task.refresh_from_db()
    assert task.data["content"] == "Một"


def test_a_dropped_proposal_can_be_brought_back(town):
    task = tasks_of(make_reading(town))[0]

    proposals.drop_proposal(task, version=0, is_dropped=True, by=town.importer)
    proposals.drop_proposal(task, version=1, is_dropped=False, by=town.importer)

    task.refresh_from_db()
    assert (task.is_dropped, task.version) == (False, 2)


def test_the_header_cannot_be_dropped(town):
    header = make_reading(town).proposals.get(kind="header")

    with pytest.raises(FlowError):
        proposals.drop_proposal(header, version=0, is_dropped=True, by=town.importer)


def test_merging_joins_texts_and_unites_agencies(town):
    first, second = two_tasks(
        town,
        task_data("Mở lớp", coordinating=["Sở Văn nghệ"], targets=[{"quantity": 2, "unit": "lớp"}]),
        task_data("In tài liệu", lead=["Sở Báo chí", "Sở Pháp luật"], coordinating=["các sở liên quan"]),
    )

    proposals.merge_proposals(first, second, version=0, by=town.importer)

    first.refresh_from_db()
    second.refresh_from_db()
    assert first.data["content"] == "Mở lớp\nIn tài liệu"
    assert first.data["lead"] == ["Sở Báo chí", "Sở Pháp luật"]
    assert first.data["coordinating"] == ["Sở Văn nghệ", "các sở liên quan"]
    assert first.data["targets"] == [{"quantity": 2, "unit": "lớp"}]
    assert (first.is_dropped, second.is_dropped) == (False, True)


def test_merging_takes_a_date_from_the_second_only_where_the_first_has_none(town):
    first, second = two_tasks(
        town,
        task_data(due_on=None, due_text=None),
        task_data(due_on="2019-06-30", due_text="Quý II/2019"),
    )

    proposals.merge_proposals(first, second, version=0, by=town.importer)

    first.refresh_from_db()
    assert (first.data["due_on"], first.data["due_text"]) == ("2019-06-30", "Quý II/2019")


def test_merging_makes_one_place_of_two(town):
    first, second = two_tasks(
        town,
        {**task_data(), "source": {"start": 5, "end": 9}},
        {**task_data(), "source": {"start": 10, "end": 20}},
    )

    proposals.merge_proposals(first, second, version=0, by=town.importer)

    first.refresh_from_db()
    assert (first.source["start"], first.source["end"]) == (5, 20)


def test_only_neighbours_are_merged(town):
    rows = tasks_of(make_reading(town, tasks=[task_data("Một"), task_data("Hai"), task_data("Ba")]))

    with pytest.raises(FlowError):
        proposals.merge_proposals(rows[0], rows[2], version=0, by=town.importer)


def test_a_dropped_one_between_two_makes_them_neighbours(town):
    rows = tasks_of(make_reading(town, tasks=[task_data("Một"), task_data("Hai"), task_data("Ba")]))
    proposals.drop_proposal(rows[1], version=0, is_dropped=True, by=town.importer)

    merged = proposals.merge_proposals(rows[0], rows[2], version=0, by=town.importer)

    assert merged.data["content"] == "Một\nBa"


def test_duties_of_two_bodies_are_not_merged(town):
    reading = make_reading(
        town, duties=[{"agency": "Sở Báo chí", "text": "Một"}, {"agency": "Sở Văn nghệ", "text": "Hai"}]
    )
    first, second = reading.proposals.filter(kind="duty").order_by("position")

    with pytest.raises(FlowError):
        proposals.merge_proposals(first, second, version=0, by=town.importer)


def test_a_merge_with_a_row_that_was_changed_meanwhile_changes_nothing(town):
    first, second = two_tasks(town, task_data("Một"), task_data("Hai"))
    proposals.check_proposal(first, version=0, is_checked=True, by=town.colleague)

    with pytest.raises(StaleError):
        proposals.merge_proposals(first, second, version=0, by=town.importer)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.data["content"], second.is_dropped) == ("Một", False)


def test_a_text_is_split_at_a_line_and_the_rest_follows_at_once(town):
    rows = tasks_of(make_reading(town, tasks=[task_data("Mở lớp\nIn 200 cuốn sổ"), task_data("Sau")]))

    proposals.split_proposal(rows[0], at=len("Mở lớp\n"), version=0, by=town.importer)

    assert [row.data["content"] for row in tasks_of(rows[0].reading)] == ["Mở lớp", "In 200 cuốn sổ", "Sau"]
    assert [row.position for row in tasks_of(rows[0].reading)] == [0, 1, 2]


def test_both_parts_keep_the_agencies_and_a_target_goes_with_its_words(town):
    targets = [{"quantity": 4, "unit": "lớp"}, {"quantity": 200, "unit": "cuốn sổ"}]
    row = tasks_of(make_reading(town, tasks=[task_data("Mở lớp\nIn 200 cuốn sổ", targets=targets)]))[0]

    proposals.split_proposal(row, at=len("Mở lớp\n"), version=0, by=town.importer)

    head, tail = tasks_of(row.reading)
    assert (head.data["lead"], tail.data["lead"]) == (["Sở Báo chí"], ["Sở Báo chí"])
    assert (head.data["targets"], tail.data["targets"]) == (targets[:1], targets[1:])


def test_the_place_in_the_text_is_split_too(town):
    text = "5\tMở lớp\nIn sổ\tSở Báo chí"
    source = {"start": 0, "end": len(text)}
    reading = make_reading(town, text=text, tasks=[{**task_data("Mở lớp\nIn sổ"), "source": source}])
    row = tasks_of(reading)[0]

    proposals.split_proposal(row, at=len("Mở lớp\n"), version=0, by=town.importer)

    head, tail = tasks_of(reading)
    assert text[head.source["start"] : head.source["end"]] == "5\tMở lớp\n"
    assert text[tail.source["start"] : tail.source["end"]] == "In sổ\tSở Báo chí"


def test_a_text_of_one_line_may_be_split_at_its_sentences(town):
    row = tasks_of(make_reading(town, tasks=[task_data("Mở lớp. In sổ. Phát sổ.")]))[0]

    assert cut_points(row) == [(8, "In sổ."), (15, "Phát sổ.")]


@pytest.mark.parametrize("at", [0, 3, 6, 999])
def test_a_split_anywhere_else_is_refused(town, at):
    row = tasks_of(make_reading(town, tasks=[task_data("Mở lớp\nIn sổ")]))[0]

    with pytest.raises(FlowError):
        proposals.split_proposal(row, at=at, version=0, by=town.importer)

    assert len(tasks_of(row.reading)) == 1


def test_a_refused_split_leaves_no_half(town):
    row = tasks_of(make_reading(town, tasks=[task_data("Một\nHai")]))[0]

    with pytest.raises(StaleError):
        proposals.split_proposal(row, at=4, version=9, by=town.importer)

    assert [task.data["content"] for task in tasks_of(row.reading)] == ["Một\nHai"]


def test_a_task_added_by_hand_comes_into_the_plan(town):
    reading = make_reading(town)

    proposals.add_proposal(reading, kind="task", data=task_data("Việc thêm"), by=town.importer)

    plan = imports.confirm_reading(reading, by=town.importer)
    assert [task.content for task in plan.tasks.all()] == ["Tổ chức hội thi", "Việc thêm"]


def test_a_second_header_cannot_be_added(town):
    with pytest.raises(FlowError):
        proposals.add_proposal(make_reading(town), kind="header", data={}, by=town.importer)


ACTS = {
    "correct": lambda row, by: proposals.correct_proposal(row, version=0, data={}, by=by),
    "check": lambda row, by: proposals.check_proposal(row, version=0, is_checked=True, by=by),
    "drop": lambda row, by: proposals.drop_proposal(row, version=0, is_dropped=True, by=by),
    "merge": lambda row, by: proposals.merge_proposals(row, proposals.next_of(row), version=0, by=by),
    "split": lambda row, by: proposals.split_proposal(row, at=7, version=0, by=by),
    "add": lambda row, by: proposals.add_proposal(row.reading, kind="task", data=task_data(), by=by),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_another_agency_changes_nothing(town, act):
    row = two_tasks(town, task_data("Mở lớp\nIn sổ"), task_data("Hai"))[0]

    with pytest.raises(PermissionDenied):
        act(row, town.stranger)


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_after_confirmation_nothing_is_changed_any_more(town, act):
    row = two_tasks(town, task_data("Mở lớp\nIn sổ"), task_data("Hai"))[0]
    imports.confirm_reading(row.reading, by=town.importer)

    with pytest.raises(FlowError):
        act(row, town.importer)
