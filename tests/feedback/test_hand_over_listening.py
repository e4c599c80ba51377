"""A body ends: who follows its answers, what they count for and what it promised go on under the successor."""

from __future__ import annotations

from datetime import date, timedelta

import case_scene as scene
import pytest

from factories import make_agency, make_assignment, make_duty, make_plan, make_task, make_user
from factories.feedback import make_people
from loa.core import clock
from loa.core.history import entries_of
from loa.events.models import Event
from loa.feedback import actions
from loa.feedback.models import AnswerSubscription, Case, CountedWork, Promise
from loa.plans.models import Deliverable

pytestmark = pytest.mark.django_db
TEXTS = {"title": "Phiếu hẹn", "question": "Khi nào có?", "answer": "Hôm nay."}


@pytest.fixture
def people():
    return make_people()


@pytest.fixture
def successor():
    return make_agency("Sở Tư pháp và Nội vụ")


def hand_over(people, successor):
    return actions.hand_over_cases(
        people["agency"], successor, on=clock.today(), decision="QĐ 1", by=people["head"]
    )


def follow(email, **chosen):
    row = actions.subscribe(email=email, **chosen)
    actions.confirm_subscription(row)
    return row


def published(people, *, agency=None):
    case = scene.answered(people)
    if agency:
        Case.objects.filter(pk=case.pk).update(agency=agency)
        case.refresh_from_db()
    return actions.publish_case(case, **TEXTS, by=people["intake"])


def test_who_follows_the_body_follows_the_successor_once(people, successor):
    follow("an@example.vn", agency=people["agency"])
    follow("an@example.vn", agency=successor)
    follow("binh@example.vn", agency=people["agency"])

    moved = hand_over(people, successor)
    published(people, agency=successor)

    rows = AnswerSubscription.objects.order_by("pk")
    assert [(row.email, row.agency) for row in rows] == [
        ("an@example.vn", successor),
        ("binh@example.vn", successor),
    ]
    assert not any("@" in row.label for row in moved)
    assert all(actions.tell_subscriber(row.email_print, on=clock.today()) for row in rows)
    assert follow("binh@example.vn", agency=successor).pk == rows[1].pk


def test_who_follows_a_commune_follows_the_one_that_takes_it_in(people):
    old, new = make_agency("Xã Cũ", kind="commune"), make_agency("Phường Mới", kind="commune")
    follow("an@example.vn", commune=old, agency=people["agency"])

    actions.hand_over_cases(old, new, on=clock.today(), decision="QĐ 2", by=None)

    row = AnswerSubscription.objects.get()
    assert (row.agency, row.commune) == (people["agency"], new)


def test_answers_of_the_successor_count_for_the_same_work_from_the_day(people, successor):
    plan = make_plan()
    work = make_assignment(make_agency("Văn phòng"), task=make_task(plan), state="in_progress")
    coordinator = make_user(plan.coordinator, "focal_point")
    actions.count_for(work, agency=people["agency"], unit="câu trả lời", by=coordinator)
    before = published(people)

    hand_over(people, successor)
    hand_over(people, successor)
    after = published(people, agency=successor)

    assert set(CountedWork.objects.values_list("agency", "starts_on")) == {
        (people["agency"].pk, plan.issued_on),
        (successor.pk, clock.today()),
    }
    counted = Deliverable.objects.filter(assignment=work, withdrawn_at__isnull=True)
    assert {row.source.split(":")[1] for row in counted} == {str(before.case_id), str(after.case_id)}
    assert entries_of([work])[0].action != ""


def test_what_counts_for_merged_work_counts_for_the_successors_own(people, successor):
    plan = make_plan()
    task = make_task(plan)
    coordinator = make_user(plan.coordinator, "focal_point")
    merged = make_assignment(people["agency"], task=task, state="in_progress")
    duty = make_duty(plan, people["agency"])
    for work in (merged, duty):
        actions.count_for(work, unit="câu trả lời", by=coordinator)
    own = make_assignment(successor, task=task, state="in_progress")
    same = duty.duty.assignments.create(plan=plan, agency=successor, assigned_on=date(2019, 2, 1))
    type(merged).objects.filter(pk=merged.pk).update(state="passed_on")
    type(duty).objects.filter(pk=duty.pk).update(ended_on=clock.today())

    hand_over(people, successor)

    assert {(row.assignment, row.duty_assignment) for row in CountedWork.objects.all()} == {
        (own, None),
        (None, same),
    }
    answer = published(people, agency=successor)
    assert {row.work_pk for row in _counted(answer)} == {own.pk, same.pk}


def _counted(publication):
    rows = list(Deliverable.objects.filter(source__startswith=f"case:{publication.case_id}:"))
    for row in rows:
        row.work_pk = row.assignment_id or row.duty_assignment_id
    return rows


def test_an_open_promise_is_the_successors_to_keep_and_a_kept_one_stays(people, successor):
    organiser = make_user(people["agency"], "officer")
    now = clock.now()
    event = Event.objects.create(
        kind="dialogue", title="Đối thoại", agency=people["agency"], chair=people["agency"], state="running",
        starts_at=now, ends_at=now + timedelta(hours=2), created_by=organiser, created_at=now,
        changed_by=organiser, changed_at=now,
    )  # fmt: skip
    due = clock.today() + timedelta(days=30)
    open_one, kept = (
        actions.make_promise(event, agency=people["agency"], words=words, due_on=due, by=organiser)
        for words in ("Công khai phí", "Mở quầy")
    )
    actions.keep_promise(kept, note="Xong.", by=people["head"])

    hand_over(people, successor)

    assert set(Promise.objects.values_list("words", "agency")) == {
        ("Công khai phí", successor.pk),
        ("Mở quầy", people["agency"].pk),
    }
    open_one.refresh_from_db()
    actions.keep_promise(open_one, note="Đã công khai.", by=make_user(successor, "head"))
    assert [entry.action for entry in entries_of([open_one])][:2] == ["promise.keep", "promise.hand_over"]
