import threading
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from factories import make_agency, make_assignment, make_user
from loa.core.models import Entry
from loa.core.workflow import Flow, FlowError, StaleError, Step
from loa.plans.models import Assignment
from loa.plans.states import ASSIGNMENT

pytestmark = pytest.mark.django_db


@pytest.fixture
def work():
    agency = make_agency()
    return make_assignment(agency, state="with_head"), make_user(agency, "head")


def test_take_moves_and_records(work, today):
    assignment, head = work
    today(date(2019, 6, 3))

    entry = ASSIGNMENT.take(assignment, "return_to_officer", by=head, note="Thiếu số liệu")

    assignment.refresh_from_db()
    assert assignment.state == "returned"
    assert (entry.action, entry.by, entry.note, entry.hat) == (
        "assignment.return_to_officer",
        head,
        "Thiếu số liệu",
        assignment.agency.code,
    )
    assert (entry.data["from"], entry.data["to"]) == ("with_head", "returned")
    assert entry.at.astimezone().date() == date(2019, 6, 3)


def test_take_without_needed_note_is_refused(work):
    assignment, head = work

    with pytest.raises(FlowError, match=r"reason|lý do"):
        ASSIGNMENT.take(assignment, "return_to_officer", by=head, note="  ")

    assert Entry.objects.count() == 0


def test_take_by_stranger_is_denied(work):
    assignment, _head = work
    stranger = make_user(make_agency(), "head")

    with pytest.raises(PermissionDenied):
        ASSIGNMENT.take(assignment, "submit", by=stranger)

    assert Assignment.objects.get().state == "with_head"


def test_take_by_nobody_needs_an_actor_named_in_the_step(work):
    assignment, _head = work

    with pytest.raises(PermissionDenied):
        ASSIGNMENT.take(assignment, "submit", by=None, actor="clock")


def test_second_click_loses(work):
    assignment, head = work
    again = Assignment.objects.get(pk=assignment.pk)
    ASSIGNMENT.take(assignment, "submit", by=head)

    with pytest.raises(StaleError):
        ASSIGNMENT.take(again, "submit", by=head)

    assert Entry.objects.filter(action="assignment.submit").count() == 1


def test_open_to_gives_the_buttons_of_the_role(work):
    assignment, head = work
    focal_point = make_user(assignment.agency, "focal_point")

    names = [step.name for step in ASSIGNMENT.open_to(head, assignment)]

    assert names == ["return_to_officer", "submit"]
    assert ASSIGNMENT.open_to(focal_point, assignment) == []


def test_why_not_says_state_or_role(work):
    assignment, head = work
    focal_point = make_user(assignment.agency, "focal_point")

    wrong_state = ASSIGNMENT.why_not(head, assignment, "accept")
    wrong_role = ASSIGNMENT.why_not(focal_point, assignment, "submit")

    assert wrong_state is not None
    assert wrong_role is not None
    assert wrong_state != wrong_role


def test_unknown_state_in_a_table_is_an_error():
    with pytest.raises(ValueError, match="unknown states"):
        Flow("x", {"a": "A"}, (Step("go", ("a",), "b", "x.go", "Go"),))


def test_history_cannot_be_changed_or_deleted(work):
    assignment, head = work
    entry = ASSIGNMENT.take(assignment, "submit", by=head)

    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(TypeError):
        entry.delete()


@pytest.mark.django_db(transaction=True)
def test_two_officers_on_one_step_one_wins():
    agency = make_agency()
    assignment = make_assignment(agency, state="with_head")
    heads = [make_user(agency, "head"), make_user(agency, "head")]
    barrier, outcomes = threading.Barrier(2), []

    def submit(head):
        row = Assignment.objects.get(pk=assignment.pk)
        barrier.wait()
        try:
            ASSIGNMENT.take(row, "submit", by=head)
            outcomes.append("won")
        except StaleError:
            outcomes.append("lost")
        finally:
            connection.close()

    threads = [threading.Thread(target=submit, args=(head,)) for head in heads]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["lost", "won"]
    assert Entry.objects.filter(action="assignment.submit").count() == 1


def test_a_conducted_step_is_never_a_button():
    assignment = make_assignment(make_agency())
    administrator = make_user(make_agency(), "administrator")

    assert ASSIGNMENT.why_not(administrator, assignment, "pass_on") is None
    assert ASSIGNMENT.open_to(administrator, assignment) == []
