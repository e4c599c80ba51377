from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from factories.directory import make_agency
from factories.readings import make_reading, make_town, task_data
from loa.core.models import Entry
from loa.core.workflow import FlowError
from loa.directory.models import AgencyName
from loa.plans.actions import imports
from loa.plans.queries.imports import ReadingView

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def town():
    return make_town()


def open_fields(reading):
    return [each.field for each in imports.unresolved_fields(reading)]


def test_a_reading_whose_names_are_known_has_nothing_open(town):
    reading = make_reading(town)

    view = ReadingView(reading)

    assert open_fields(reading) == []
    assert (view.issuer, view.coordinator, view.accepting_office, view.year) == (
        town.committee,
        town.press,
        town.office,
        2019,
    )


def test_a_name_nobody_knows_is_open_until_somebody_says_who_it_is(town):
    reading = make_reading(town, tasks=[task_data(lead=["Ban Quản lý chợ"])])

    assert open_fields(reading) == ["name:Ban Quản lý chợ"]

    imports.answer_name(reading, printed="Ban Quản lý chợ", code="so-van-nghe", by=town.importer)

    assert open_fields(reading) == []
    assert ReadingView(reading).body("Ban Quản lý chợ") == (town.culture, None)


def test_one_answer_counts_for_every_row_with_that_name(town):
    tasks = [task_data("Một", lead=["Ban Quản lý chợ"]), task_data("Hai", lead=["Ban Quản lý chợ"])]
    reading = make_reading(town, tasks=tasks)

    imports.answer_name(reading, printed="Ban Quản lý chợ", code="so-van-nghe", by=town.importer)
    plan = imports.confirm_reading(reading, by=town.importer)

    assert [each.agency for each in plan.assignments.all()] == [town.culture, town.culture]


def test_an_answer_taken_back_leaves_the_name_open_again(town):
    reading = make_reading(town, tasks=[task_data(lead=["Ban Quản lý chợ"])])
    imports.answer_name(reading, printed="Ban Quản lý chợ", code="so-van-nghe", by=town.importer)

    imports.answer_name(reading, printed="Ban Quản lý chợ", code="", by=town.importer)

    assert open_fields(reading) == ["name:Ban Quản lý chợ"]


def test_a_correction_is_remembered_for_the_next_plan(town):
    first = make_reading(town, tasks=[task_data(lead=["Ban Quản lý chợ"])])
    second = make_reading(town, tasks=[task_data(lead=["Ban Quản lý chợ"])])

    imports.answer_name(first, printed="Ban Quản lý chợ", code="so-van-nghe", remember=True, by=town.importer)

    assert open_fields(second) == []
    assert AgencyName.objects.get(kind="correction").name == "Ban Quản lý chợ"


def test_a_correction_to_a_group_is_remembered_as_its_other_name(town):
    reading = make_reading(town, tasks=[task_data(lead=["khối văn hóa"])])

    imports.answer_name(reading, printed="khối văn hóa", code="group:cac-so", remember=True, by=town.importer)

    town.group.refresh_from_db()
    assert town.group.aliases == ["khối văn hóa"]


def test_a_lead_is_never_left_without_a_body(town):
    reading = make_reading(town, tasks=[task_data(lead=["Ban Quản lý chợ"])])

    with pytest.raises(FlowError, match="leads a task"):
        imports.answer_name(reading, printed="Ban Quản lý chợ", code="-", note="Không rõ", by=town.importer)


def test_leaving_a_name_without_a_body_needs_a_reason(town):
    reading = make_reading(town, tasks=[task_data(coordinating=["Câu lạc bộ thơ"])])

    with pytest.raises(FlowError, match="Say why"):
        imports.answer_name(reading, printed="Câu lạc bộ thơ", code="-", by=town.importer)


def test_a_name_left_without_a_body_keeps_its_printed_words_and_the_reason(town):
    reading = make_reading(town, tasks=[task_data(coordinating=["Câu lạc bộ thơ"])])

    imports.answer_name(reading, printed="Câu lạc bộ thơ", code="-", note="Không có trụ sở", by=town.importer)
    plan = imports.confirm_reading(reading, by=town.importer)

    body = plan.tasks.get().bodies.get(role="coordinating")
    assert (body.printed, body.agency, body.group) == ("Câu lạc bộ thơ", None, None)
    assert Entry.objects.get(action="reading.answer").note == "Không có trụ sở"


def test_a_body_that_is_not_in_the_directory_is_refused(town):
    reading = make_reading(town, tasks=[task_data(lead=["Ban Quản lý chợ"])])

    with pytest.raises(FlowError, match="no such body"):
        imports.answer_name(reading, printed="Ban Quản lý chợ", code="khong-co", by=town.importer)


def test_a_name_means_who_bore_it_on_the_day_of_issue(town):
    make_agency("Sở Chợ búa", code="cho-moi", valid_from=date(2020, 1, 1))
    old = make_agency("Sở Chợ búa", code="cho-cu", valid_to=date(2019, 12, 31))

    reading = make_reading(town, tasks=[task_data(lead=["Sở Chợ búa"])])

    assert ReadingView(reading).body("Sở Chợ búa") == (old, None)


def test_printed_words_get_one_day_for_all_tasks(town):
    tasks = [task_data("Một"), task_data("Hai"), task_data("Ba", due_text="Quý I", due_on="2019-03-31")]
    reading = make_reading(town, tasks=tasks)

    count = imports.answer_due(reading, printed="Cả năm 2019", due_on=date(2019, 12, 15), by=town.importer)

    view = ReadingView(reading)
    assert count == 2
    assert [row.data["due_on"] for row in view.kept("task")] == ["2019-12-15", "2019-12-15", "2019-03-31"]
    assert [(due.printed, due.is_answered) for due in view.due_answers] == [
        ("Cả năm 2019", True),
        ("Quý I", False),
    ]


def test_a_printed_date_needs_nobody_to_say_what_it_means(town):
    reading = make_reading(town, tasks=[task_data(due_text="Trước ngày 15/3/2019", due_on="2019-03-15")])

    assert ReadingView(reading).due_answers == []


def test_work_that_goes_on_may_be_left_without_a_day(town):
    reading = make_reading(town, tasks=[task_data(due_text="Thường xuyên", due_on=None)])

    imports.answer_due(reading, printed="Thường xuyên", due_on=None, by=town.importer)
    plan = imports.confirm_reading(reading, by=town.importer)

    assert plan.assignments.get().due_on is None


def test_a_coordinator_who_would_accept_its_own_work_is_refused(town):
    reading = make_reading(town)

    imports.answer_fields(reading, by=town.importer, accepting_office="so-bao-chi")

    assert open_fields(reading) == ["accepting_office"]


def test_an_emptied_field_counts_as_read_again(town):
    reading = make_reading(town)
    imports.answer_fields(reading, by=town.importer, coordinator="so-van-nghe", year=2020)

    imports.answer_fields(reading, by=town.importer, coordinator="", year="")

    view = ReadingView(reading)
    assert (view.coordinator, view.year) == (town.press, 2019)


def test_remarks_seen_stay_seen(town):
    warnings = [{"code": "typing_error", "message": text, "source": None} for text in ("một", "hai")]
    reading = make_reading(town, warnings=warnings)

    imports.mark_seen(reading, warnings=[1, 7], by=town.importer)

    reading.refresh_from_db()
    assert reading.answers["seen"] == [1]


@pytest.mark.parametrize(
    "act",
    [
        lambda reading, by: imports.answer_name(reading, printed="Sở Báo chí", code="so-van-nghe", by=by),
        lambda reading, by: imports.answer_fields(reading, by=by, year=2020),
        lambda reading, by: imports.answer_due(reading, printed="Cả năm 2019", due_on=None, by=by),
        lambda reading, by: imports.mark_seen(reading, warnings=[0], by=by),
        lambda reading, by: imports.confirm_reading(reading, by=by),
    ],
)
def test_another_agency_answers_nothing(town, act):
    reading = make_reading(town)

    with pytest.raises(PermissionDenied):
        act(reading, town.stranger)

    reading.refresh_from_db()
    assert (reading.answers, reading.state) == ({}, "read")


def test_after_confirmation_nothing_is_answered_any_more(town):
    reading = make_reading(town)
    imports.confirm_reading(reading, by=town.importer)

    with pytest.raises(FlowError, match="no longer waiting"):
        imports.answer_fields(reading, by=town.importer, year=2020)
