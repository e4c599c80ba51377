import threading
from datetime import date

import pytest
from django.db import connection

from factories import make_agency, make_assignment, make_plan, make_task, make_user
from loa.core.history import entries_of
from loa.core.workflow import FlowError, StaleError
from loa.plans import actions
from loa.plans.models import Assignment, Deliverable, Extension

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2019, 6, 3)


def at_once(*acts):
    """Run acts in threads started together; the name of what each returned or raised, sorted."""
    barrier, results = threading.Barrier(len(acts)), []

    def run(act):
        barrier.wait()
        try:
            results.append(type(act()).__name__)
        except FlowError as error:
            results.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(results)


@pytest.fixture
def assignment(today):
    today(DAY)
    return make_assignment(
        make_agency(), task=make_task(make_plan(), due_on=date(2019, 6, 30)), state="with_head"
    )


def load(assignment):
    return Assignment.objects.select_related("plan", "agency", "task").get(pk=assignment.pk)


def test_double_submit_submits_once(assignment):
    head = make_user(assignment.agency, "head")
    copies = [load(assignment), load(assignment)]

    results = at_once(*(lambda copy=copy: actions.submit_assignment(copy, by=head) for copy in copies))

    assert results == ["Entry", StaleError.__name__]
    assert [entry.action for entry in entries_of([assignment])] == ["assignment.submit"]


def test_of_two_officers_on_one_step_one_accepts_and_the_other_is_told(assignment):
    actions.submit_assignment(assignment, by=make_user(assignment.agency, "head"))
    officers = [
        make_user(assignment.plan.coordinator, "focal_point"),
        make_user(assignment.plan.coordinator, "head"),
    ]
    copies = [load(assignment), load(assignment)]

    results = at_once(
        lambda: actions.accept_result(copies[0], by=officers[0]),
        lambda: actions.return_to_agency(copies[1], note="Thiếu ảnh", by=officers[1]),
    )

    assert results == ["Entry", StaleError.__name__]
    assert len(entries_of([assignment])) == 2


def test_one_thing_recorded_at_once_is_one_deliverable(assignment):
    def record():
        return actions.record_deliverable(
            load(assignment),
            agency=assignment.agency,
            kind="article",
            title="Tin",
            on=DAY,
            source="article:1",
            by=None,
        )

    results = at_once(record, record, record)

    assert results == ["Deliverable"] * 3
    assert Deliverable.objects.count() == 1


def test_more_time_asked_at_once_is_asked_once(assignment):
    focal_point = make_user(assignment.agency, "focal_point")

    def ask():
        return actions.ask_extension(
            load(assignment), new_due_on=date(2019, 8, 1), reason="Chậm", by=focal_point
        )

    results = at_once(ask, ask)

    assert results == ["Extension", FlowError.__name__]
    assert Extension.objects.count() == 1
