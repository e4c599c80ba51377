"""An issued plan changes only by a paper that says what changes."""

import ast
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied

import loa.plans
from factories import make_agency, make_assignment, make_duty, make_group, make_plan, make_task, make_user
from loa.channels.models import Notice
from loa.core.counted_days import remember_count
from loa.core.history import entries_of
from loa.core.models import CountedDay
from loa.core.workflow import FlowError, StaleError
from loa.documents.models import Document
from loa.plans import actions, queries
from loa.plans.models import Amendment, AmendmentChange, Assignment, Occurrence, PlanBody, Target, Task

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DAY = date(2019, 4, 12)
JUNE = "2019-06-30"


@pytest.fixture
def plan(today):
    today(DAY)
    return make_plan(number="42/KH-UBND")


@pytest.fixture
def lead():
    return make_agency("Sở Tư pháp", code="so-tu-phap")


@pytest.fixture
def task(plan, lead):
    row = make_task(plan, content="Mở lớp tập huấn pháp chế", due_on=date(2019, 12, 31))
    row.bodies.create(role="lead", printed="Sở Tư pháp", agency=lead, position=0)
    make_assignment(lead, task=row, state="in_progress")
    return row


@pytest.fixture
def people(plan):
    """Who drafts and who issues, in the coordinator."""
    return SimpleNamespace(
        focal_point=make_user(plan.coordinator, "focal_point"), head=make_user(plan.coordinator, "head")
    )


@pytest.fixture
def amendment(plan, people):
    return draft(plan, people.focal_point)


def draft(plan, by, number="812/QĐ-UBND", day=DAY):
    return actions.draft_amendment(
        plan, kind="QUYẾT ĐỊNH", number=number, subject="Sửa đổi", issued_on=day, effective_on=day, by=by
    )


def changed(task, **fields):
    return {**queries.printed_task(task), **fields}


def body(agency):
    return {"printed": agency.name, "code": agency.code}


def new_task(lead, **fields):
    return {
        "no": "18",
        "content": "Phát hành sổ tay",
        "product": "",
        "lead": [body(lead)],
        "coordinating": [],
        "due_text": "30/9/2019",
        "due_on": "2019-09-30",
        "is_before": False,
        "targets": [{"quantity": "2", "unit": "ấn phẩm"}],
        "note": "",
        **fields,
    }


def test_a_changed_date_moves_open_work_and_keeps_the_first(task, amendment, people):
    after = changed(task, due_on=JUNE, due_text="30/6/2019")
    actions.propose_change(amendment, "change_task", touched=task, after=after, by=people.focal_point)
    before = Task.objects.get(pk=task.pk).due_on

    actions.issue_amendment(amendment, by=people.head)

    task.refresh_from_db()
    assignment = task.assignments.get()
    assert before == date(2019, 12, 31)
    assert (task.due_on, task.due_text) == (date(2019, 6, 30), "30/6/2019")
    assert (assignment.due_on, assignment.original_due_on) == (date(2019, 6, 30), date(2019, 12, 31))
    assert queries.late_assignments(date(2019, 7, 15)).get() == assignment
    assert entries_of([task])[0].action == "task.amend"


def test_a_counted_day_no_longer_moves_with_the_calendar(task, amendment, people):
    remember_count(task.assignments.get(), due_on=task.due_on, start_on=DAY, working_days=10)
    after = changed(task, due_on=JUNE)
    actions.propose_change(amendment, "change_task", touched=task, after=after, by=people.focal_point)

    actions.issue_amendment(amendment, by=people.head)

    assert CountedDay.objects.count() == 0


def test_work_that_is_done_keeps_its_date(task, amendment, people):
    Assignment.objects.filter(task=task).delete()
    make_assignment(make_agency(), task=task, state="done")
    after = changed(task, due_on=JUNE)
    actions.propose_change(amendment, "change_task", touched=task, after=after, by=people.focal_point)

    actions.issue_amendment(amendment, by=people.head)

    assert task.assignments.get().due_on == date(2019, 12, 31)


def test_the_paper_stands_in_the_register_with_what_it_amends(plan, task, amendment, people):
    actions.propose_change(
        amendment,
        "change_task",
        touched=task,
        after=changed(task, content="Mở hai lớp"),
        by=people.focal_point,
    )

    actions.issue_amendment(amendment, by=people.head)

    document = Document.objects.get(printed_number="812/QĐ-UBND")
    assert (document.issuer, document.amendment) == (plan.issuer, amendment)
    assert [(link.kind, link.other) for link in document.links.all()] == [("amends", plan.document)]
    assert entries_of([plan])[0].action == "plan.amend"


def test_leads_change_old_work_ends_and_new_is_given(plan, task, lead, amendment, people):
    newcomer = make_agency("Sở Nội vụ", code="so-noi-vu")
    helper = make_agency("Sở Y tế", code="so-y-te")
    touched = [make_user(agency, "focal_point") for agency in (lead, newcomer, helper)]
    bystander = make_user(make_agency(), "focal_point")
    after = changed(task, lead=[body(newcomer)], coordinating=[body(helper)])
    actions.propose_change(amendment, "change_task", touched=task, after=after, by=people.focal_point)

    actions.issue_amendment(amendment, by=people.head)

    states = dict(task.assignments.values_list("agency__code", "state"))
    assert states == {"so-tu-phap": "ended", "so-noi-vu": "assigned"}
    assert task.requests.get().agency == helper
    assert PlanBody.objects.filter(plan=plan, agency=newcomer, role="lead").exists()
    assert [row.printed for row in task.bodies.all()] == ["Sở Nội vụ", "Sở Y tế"]
    told = set(Notice.objects.filter(key__startswith="amendment.issue").values_list("receiver", flat=True))
    assert told == {person.pk for person in touched}
    assert bystander.pk not in told


def test_a_lead_that_comes_back_gets_its_own_work_again(plan, task, lead, people):
    other = make_agency("Sở Nội vụ", code="so-noi-vu")
    for number, agency in (("1/QĐ", other), ("2/QĐ", lead)):
        paper = draft(plan, people.focal_point, number)
        task = Task.objects.get(pk=task.pk)
        actions.propose_change(
            paper,
            "change_task",
            touched=task,
            after=changed(task, lead=[body(agency)]),
            by=people.focal_point,
        )
        actions.issue_amendment(paper, by=people.head)

    assert dict(task.assignments.values_list("agency__code", "state")) == {
        "so-tu-phap": "assigned",
        "so-noi-vu": "ended",
    }


def test_a_task_is_added_with_its_work(plan, lead, amendment, people):
    helpers = make_agency("Sở A", code="so-a"), make_agency("Sở B", code="so-b")
    make_group("các sở", *helpers, code="cac-so")
    after = new_task(lead, coordinating=[{"printed": "các sở", "code": "group:cac-so"}])
    actions.propose_change(amendment, "add_task", after=after, by=people.focal_point)

    actions.issue_amendment(amendment, by=people.head)

    task = plan.tasks.get(no="18")
    assert (task.due_on, task.assignments.get().agency, task.requests.count()) == (date(2019, 9, 30), lead, 2)
    assert [(row.quantity, row.unit) for row in task.targets.all()] == [(2, "ấn phẩm")]
    assert amendment.changes.get().task == task
    assert task.assignments.get().assigned_on == DAY


def test_an_added_task_may_continue_last_years(plan, lead, amendment, people):
    earlier = make_plan(issuer=plan.issuer, coordinator=plan.coordinator, year=2018, state="closed")
    old = make_task(earlier, closing="carry")
    actions.propose_change(
        amendment, "add_task", after=new_task(lead), predecessor=old, by=people.focal_point
    )

    actions.issue_amendment(amendment, by=people.head)

    assert plan.tasks.get(no="18").predecessor == old


def test_an_ended_task_ends_its_work_with_the_reason(task, amendment, people):
    Occurrence.objects.create(task=task, position=1, title="Kỳ 1", on=date(2019, 9, 1))
    actions.propose_change(
        amendment, "end_task", touched=task, after={}, reason="Đã làm năm trước", by=people.focal_point
    )

    actions.issue_amendment(amendment, by=people.head)

    task.refresh_from_db()
    assignment = task.assignments.get()
    assert (task.ended_on, assignment.state, task.occurrences.get().state) == (DAY, "ended", "cancelled")
    assert "Đã làm năm trước" in entries_of([assignment])[0].note
    overview = queries.plan_overview(task.plan, DAY)
    assert (overview.tasks.total, overview.tasks.ended) == (0, 1)


def test_targets_of_the_same_unit_keep_what_was_entered(task, amendment, people):
    kept = Target.objects.create(task=task, measure="cuộc", quantity=6, unit="cuộc", entered_quantity=2)
    Target.objects.create(task=task, measure="bài", quantity=3, unit="bài")
    after = changed(task, targets=[{"quantity": "8", "unit": "cuộc"}])
    actions.propose_change(amendment, "change_task", touched=task, after=after, by=people.focal_point)

    actions.issue_amendment(amendment, by=people.head)

    target = task.targets.get()
    assert (target.pk, target.quantity, target.entered_quantity) == (kept.pk, 8, 2)


def test_duties_and_rules_are_added_and_changed(plan, lead, amendment, people):
    duty = make_duty(plan, lead).duty
    rule = plan.reporting_rules.create(when_text="trước ngày 02/11", month_day="11-02", position=0)
    actions.propose_change(
        amendment,
        "add_duty",
        after={**body(lead), "body": lead.name, "text": "Đăng tin"},
        by=people.focal_point,
    )
    actions.propose_change(
        amendment,
        "change_duty",
        touched=duty,
        after={**queries.printed_duty(duty), "text": "Đăng tin, bài"},
        by=people.focal_point,
    )
    actions.propose_change(
        amendment,
        "change_rule",
        touched=rule,
        after={**queries.printed_rule(rule), "when_text": "trước ngày 15/11", "month_day": "11-15"},
        by=people.focal_point,
    )

    actions.issue_amendment(amendment, by=people.head)

    duty.refresh_from_db()
    rule.refresh_from_db()
    assert duty.text == "Đăng tin, bài"
    assert plan.duties.get(text="Đăng tin").assignments.get().agency == lead
    assert (rule.when_text, rule.month_day) == ("trước ngày 15/11", "11-15")


# refusals ---------------------------------------------------------------------------------------------
def test_nothing_changes_before_the_paper_is_issued(task, amendment, people):
    actions.propose_change(
        amendment, "change_task", touched=task, after=changed(task, content="Khác"), by=people.focal_point
    )

    task.refresh_from_db()
    assert task.content == "Mở lớp tập huấn pháp chế"


def test_a_change_that_changes_nothing_is_refused(task, amendment, people):
    with pytest.raises(FlowError):
        actions.propose_change(
            amendment, "change_task", touched=task, after=changed(task), by=people.focal_point
        )


def test_a_paper_without_changes_is_not_issued(amendment, people):
    with pytest.raises(FlowError):
        actions.issue_amendment(amendment, by=people.head)

    assert Amendment.objects.get(pk=amendment.pk).state == "draft"
    assert not Document.objects.filter(printed_number="812/QĐ-UBND").exists()


def test_a_paper_of_a_later_day_waits(plan, task, people):
    paper = draft(plan, people.focal_point, day=date(2019, 5, 1))
    actions.propose_change(
        paper, "change_task", touched=task, after=changed(task, content="Khác"), by=people.focal_point
    )

    with pytest.raises(FlowError):
        actions.issue_amendment(paper, by=people.head)


def test_issuing_twice_applies_once(plan, lead, amendment, people):
    actions.propose_change(amendment, "add_task", after=new_task(lead), by=people.focal_point)
    again = Amendment.objects.get(pk=amendment.pk)
    actions.issue_amendment(amendment, by=people.head)

    with pytest.raises(StaleError):
        actions.issue_amendment(again, by=people.head)

    assert plan.tasks.filter(no="18").count() == 1


def test_a_task_that_changed_meanwhile_is_looked_at_again(plan, task, people):
    first, second = draft(plan, people.focal_point, "1/QĐ"), draft(plan, people.focal_point, "2/QĐ")
    for paper, words in ((first, "Một"), (second, "Hai")):
        actions.propose_change(
            paper, "change_task", touched=task, after=changed(task, content=words), by=people.focal_point
        )
    actions.issue_amendment(first, by=people.head)

    with pytest.raises(FlowError):
        actions.issue_amendment(second, by=people.head)
    second = Amendment.objects.get(pk=second.pk)
    change = second.changes.get()
    actions.revise_change(
        change, after=changed(Task.objects.get(pk=task.pk), content="Hai"), by=people.focal_point
    )
    actions.issue_amendment(second, by=people.head)

    assert Task.objects.get(pk=task.pk).content == "Hai"


def test_a_failure_in_the_middle_leaves_nothing(plan, task, lead, amendment, people):
    """The register refuses the number: no change is applied."""
    Document.objects.create(
        direction="out",
        kind="QUYẾT ĐỊNH",
        printed_number="812/QĐ-UBND",
        issuer=plan.issuer,
        subject="x",
        issued_on=DAY,
        created_at=plan.created_at,
    )
    actions.propose_change(amendment, "add_task", after=new_task(lead), by=people.focal_point)

    with pytest.raises(FlowError):
        actions.issue_amendment(amendment, by=people.head)

    assert plan.tasks.count() == 1
    assert Amendment.objects.get(pk=amendment.pk).state == "draft"


MAY = {
    "focal_point": (True, False),
    "head": (True, True),
    "clerk": (False, True),
    "officer": (False, False),
}


@pytest.mark.parametrize("role", MAY)
def test_who_drafts_and_who_issues(plan, lead, people, role):
    drafts, issues = MAY[role]
    person = make_user(plan.coordinator, role)
    paper = draft(plan, people.focal_point)
    actions.propose_change(paper, "add_task", after=new_task(lead), by=people.focal_point)

    if drafts:
        draft(plan, person, "9/QĐ")
    else:
        with pytest.raises(PermissionDenied):
            draft(plan, person, "9/QĐ")
    if issues:
        actions.issue_amendment(paper, by=person)
    else:
        with pytest.raises(PermissionDenied):
            actions.issue_amendment(paper, by=person)


def test_drafts_are_seen_by_who_oversees_the_plan(plan, lead, task, amendment, people):
    reader = make_user(lead, "head")

    assert list(queries.amendments_visible_to(people.head)) == [amendment]
    assert list(queries.amendments_visible_to(reader)) == []


# reading the plan on a day ----------------------------------------------------------------------------
def test_the_plan_reads_as_issued_and_as_amended(plan, task, lead, amendment, people):
    old = make_task(plan, content="Việc thôi")
    make_assignment(lead, task=old)
    actions.propose_change(
        amendment,
        "change_task",
        touched=task,
        after=changed(task, content="Mở hai lớp"),
        by=people.focal_point,
    )
    actions.propose_change(amendment, "add_task", after=new_task(lead), by=people.focal_point)
    actions.propose_change(amendment, "end_task", touched=old, after={}, reason="Thôi", by=people.focal_point)
    actions.issue_amendment(amendment, by=people.head)

    before, after = queries.plan_on(plan, date(2019, 4, 11)), queries.plan_on(plan, DAY)

    assert [row.reading["content"] for row in before.tasks] == ["Mở lớp tập huấn pháp chế", "Việc thôi"]
    assert [row.reading["content"] for row in after.tasks] == ["Mở hai lớp", "Việc thôi", "Phát hành sổ tay"]
    assert [row.ended_by for row in before.tasks] == [None, None]
    assert [row.ended_by for row in after.tasks] == [None, amendment, None]
    assert (before.amendments, after.amendments) == ([], [amendment])


def test_differences_are_told_word_by_word():
    [found] = queries.differences({"content": "Mở một lớp học"}, {"content": "Mở hai lớp học"})

    assert [(piece.text, piece.kind) for piece in found.pieces] == [
        ("Mở ", "same"),
        ("một", "gone"),
        ("hai", "new"),
        (" lớp học", "same"),
    ]


def test_reading_a_plan_takes_the_same_queries_for_1_and_for_30_tasks(
    plan, task, amendment, people, django_assert_num_queries
):
    actions.propose_change(
        amendment, "change_task", touched=task, after=changed(task, content="Khác"), by=people.focal_point
    )
    actions.issue_amendment(amendment, by=people.head)
    with django_assert_num_queries(8):
        queries.plan_on(plan, DAY)
    for _ in range(29):
        row = make_task(plan)
        row.bodies.create(role="lead", printed="Sở", position=0)
    with django_assert_num_queries(8):
        queries.plan_on(plan, DAY)


WRITERS = {"building", "amending", "carrying"}
PRINTED = {"Task", "TaskBody", "Target", "Duty", "ReportingRule"}


def test_printed_content_is_made_by_import_carrying_and_amendments_alone():
    """No other module of the app makes or saves a row that the plan prints."""
    found = set()
    for path in (Path(loa.plans.__file__).parent).rglob("*.py"):
        if {"migrations", "models"} & set(path.parts):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _makes(node.func):
                found.add(path.stem)

    assert found <= WRITERS | {"carrying"}


def _makes(func):
    if isinstance(func, ast.Name):
        return func.id in PRINTED
    if isinstance(func, ast.Attribute) and func.attr in ("create", "bulk_create", "bulk_update"):
        owner = func.value
        return (
            isinstance(owner, ast.Attribute)
            and isinstance(owner.value, ast.Name)
            and owner.value.id in PRINTED
        )
    return False


def test_change_kinds_cover_what_an_amendment_may_say():
    assert set(AmendmentChange.Kind.values) == {
        "add_task", "change_task", "end_task", "add_duty", "change_duty", "add_rule", "change_rule",
    }  # fmt: skip
