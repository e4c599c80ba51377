from datetime import date

import pytest
from django.contrib.contenttypes.models import ContentType

from factories.readings import make_reading, make_town, task_data
from loa.channels.models import Notice
from loa.core.models import Entry
from loa.core.workflow import FlowError, StaleError
from loa.documents.models import Document, Reading
from loa.plans.actions import imports
from loa.plans.models import Plan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def town():
    return make_town()


def test_a_confirmed_plan_says_what_was_read(town):
    plan = imports.confirm_reading(make_reading(town), by=town.importer)

    assert (plan.number, plan.title, plan.year, plan.issued_on, plan.state) == (
        "7/KH-UBND",
        "Tuyên truyền năm 2019",
        2019,
        date(2019, 2, 1),
        "issued",
    )
    assert (plan.issuer, plan.coordinator, plan.accepting_office) == (town.committee, town.press, town.office)


def test_the_paper_is_kept_with_its_number_and_its_file(town):
    reading = make_reading(
        town,
        tasks=[task_data()],
        legal_bases=[{"text": "Quyết định 225", "number": "225/QĐ-TTg", "issued_on": "2016-02-04"}],
    )

    plan = imports.confirm_reading(reading, by=town.importer)

    document = Document.objects.get()
    link = document.links.get()
    assert plan.document == document
    assert (document.number, document.symbol, document.printed_number) == (7, "KH-UBND", "7/KH-UBND")
    assert (document.issuer, document.signer_title, document.recipients) == (
        town.committee,
        "CHỦ TỊCH",
        ["Như trên"],
    )
    with document.file.open() as file:
        assert file.read() == b"the original"
    assert (link.kind, link.number, link.issued_on) == ("basis", "225/QĐ-TTg", date(2016, 2, 4))


def test_every_body_of_the_plan_may_open_the_paper(town):
    plan = imports.confirm_reading(make_reading(town), by=town.importer)

    assert set(plan.document.readers.all()) == {town.press, town.office, town.culture, town.justice}


def test_a_task_keeps_all_that_was_printed_in_its_row(town):
    data = task_data(
        "Tổ chức 06 cuộc đối thoại",
        no="5",
        path="II.5",
        group="Đối thoại",
        product="Biên bản",
        note="Nhiệm vụ chuyển tiếp",
        carried_over_from=2018,
        before=True,
        details=[{"label": "Địa điểm", "text": "Hội trường"}],
        targets=[{"quantity": 6, "unit": "cuộc đối thoại"}],
        occurrences=[{"text": "Cuộc thứ nhất", "on": "2019-03-01", "time": "20:15", "lead": ["Sở Văn nghệ"]}],
    )
    reading = make_reading(town, tasks=[{**data, "source": {"start": 10, "end": 90, "table": 0, "row": 5}}])

    task = imports.confirm_reading(reading, by=town.importer).tasks.get()

    assert (task.no, task.path, task.group, task.product, task.note) == (
        "5",
        "II.5",
        "Đối thoại",
        "Biên bản",
        "Nhiệm vụ chuyển tiếp",
    )
    assert (task.due_text, task.starts_on, task.due_on, task.is_due_before, task.carried_over_from) == (
        "Cả năm 2019",
        date(2019, 1, 1),
        date(2019, 12, 31),
        True,
        2018,
    )
    assert task.source == {"start": 10, "end": 90, "table": 0, "row": 5}
    assert task.details == [{"label": "Địa điểm", "text": "Hội trường"}]
    assert [(target.quantity, target.unit) for target in task.targets.all()] == [(6, "cuộc đối thoại")]
    occurrence = task.occurrences.get()
    assert (occurrence.title, occurrence.on, occurrence.slot, occurrence.lead) == (
        "Cuộc thứ nhất",
        date(2019, 3, 1),
        "20:15",
        town.culture,
    )
    assert task.search_text == "5 to chuc 06 cuoc doi thoai bien ban nhiem vu chuyen tiep"


def test_what_was_dropped_does_not_come_into_the_plan(town):
    reading = make_reading(town, tasks=[task_data("Một"), task_data("Hai")])
    reading.proposals.filter(kind="task", position=0).update(is_dropped=True)

    plan = imports.confirm_reading(reading, by=town.importer)

    assert [(task.position, task.content) for task in plan.tasks.all()] == [(1, "Hai")]


def test_the_section_on_money_comes_with_the_plan(town):
    text = "V. KINH PHÍ\nTừ dự toán năm 2019.\nVI. TỔ CHỨC\nViệc khác."
    sections = [
        {"label": "V", "title": "KINH PHÍ", "children": [], "source": {"start": 0, "end": 11}},
        {"label": "VI", "title": "TỔ CHỨC", "children": [], "source": {"start": 33, "end": 44}},
    ]
    reading = make_reading(town, text=text, header={"sections": sections}, tasks=[task_data()])

    plan = imports.confirm_reading(reading, by=town.importer)

    assert plan.money_text == "Từ dự toán năm 2019."


def test_a_reading_with_something_open_is_refused_and_nothing_exists(town):
    reading = make_reading(town, tasks=[task_data(lead=["Ban Quản lý chợ"])])

    with pytest.raises(imports.UnresolvedError) as refusal:
        imports.confirm_reading(reading, by=town.importer)

    reading.refresh_from_db()
    assert [each.field for each in refusal.value.unresolved] == ["name:Ban Quản lý chợ"]
    assert (reading.state, Plan.objects.count(), Document.objects.count()) == ("read", 0, 0)


def test_confirming_twice_is_refused_and_makes_one_plan(town):
    reading = make_reading(town)
    imports.confirm_reading(reading, by=town.importer)

    with pytest.raises(StaleError):
        imports.confirm_reading(reading, by=town.colleague)

    assert Plan.objects.count() == 1


def test_the_same_number_of_the_same_issuer_and_year_is_imported_once(town):
    imports.confirm_reading(make_reading(town), by=town.importer)

    with pytest.raises(FlowError, match=r"7/KH-UBND .* was imported before"):
        imports.confirm_reading(make_reading(town), by=town.importer)

    assert (Plan.objects.count(), Document.objects.count()) == (1, 1)


def test_who_does_not_coordinate_makes_a_draft_and_the_coordinator_is_told(town):
    reading = make_reading(town)
    imports.answer_fields(reading, by=town.importer, coordinator="so-van-nghe")

    plan = imports.confirm_reading(reading, by=town.importer)

    notice = Notice.objects.get()
    assert (plan.state, plan.assignments.count()) == ("draft", 0)
    assert (notice.receiver, notice.subject_en) == (town.stranger, "Plan 7/KH-UBND waits for you to issue it")


def test_confirming_without_issuing_leaves_a_draft(town):
    plan = imports.confirm_reading(make_reading(town), by=town.importer, issue=False)

    assert (plan.state, plan.assignments.count()) == ("draft", 0)


def test_confirmation_is_history_of_the_reading_the_paper_and_the_plan(town):
    reading = make_reading(town)

    plan = imports.confirm_reading(reading, by=town.importer)

    rows = Entry.objects.order_by("pk").values_list("action", "object_id", "by")
    assert list(rows) == [
        ("reading.confirm", reading.pk, town.importer.pk),
        ("document.register", plan.document_id, town.importer.pk),
        ("plan.import", plan.pk, town.importer.pk),
        ("plan.issue", plan.pk, town.importer.pk),
    ]


@pytest.mark.parametrize("count", [1, 30])
def test_confirming_asks_the_database_as_often_for_one_row_as_for_thirty(
    town, count, django_assert_num_queries
):
    tasks = [
        task_data(
            f"Việc {number}", coordinating=["các sở liên quan"], targets=[{"quantity": 2, "unit": "cuộc"}]
        )
        for number in range(count)
    ]
    duties = [
        {"agency": "các sở liên quan", "text": f"Việc thường xuyên {number}"} for number in range(count)
    ]
    reading = make_reading(town, tasks=tasks, duties=duties)
    ContentType.objects.get_for_models(Reading, Plan)  # kept in memory from the first use on

    with django_assert_num_queries(63):
        plan = imports.confirm_reading(reading, by=town.importer)

    assert (plan.assignments.count(), plan.duty_assignments.count()) == (count, 2 * count)
