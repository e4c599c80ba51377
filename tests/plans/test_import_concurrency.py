import threading
from datetime import date

import pytest
from django.db import connection

from factories.readings import make_reading, make_town, task_data
from loa.core.workflow import FlowError, StaleError
from loa.documents.actions import change_proposal, take_in
from loa.documents.models import Proposal, Reading
from loa.plans.actions import imports
from loa.plans.models import Assignment, Plan

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Run acts in threads of their own, started together; what each returned or raised, in order."""
    barrier, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number, act):
        barrier.wait()
        try:
            results[number] = act()
        except Exception as error:  # noqa: BLE001  whatever goes wrong is the result
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.fixture
def town():
    return make_town()


def test_of_two_who_confirm_at_once_one_makes_the_plan_and_the_other_is_told(town):
    reading = make_reading(town)

    results = at_once(
        lambda: imports.confirm_reading(Reading.objects.get(pk=reading.pk), by=town.importer),
        lambda: imports.confirm_reading(Reading.objects.get(pk=reading.pk), by=town.colleague),
    )

    assert sorted(type(result).__name__ for result in results) == ["Plan", "StaleError"]
    assert (Plan.objects.count(), Assignment.objects.count()) == (1, 1)


def test_two_files_of_one_plan_confirmed_at_once_make_one_plan(town):
    readings = [make_reading(town), make_reading(town)]

    results = at_once(
        *(lambda each=each: imports.confirm_reading(each, by=town.importer) for each in readings)
    )

    assert [type(result) for result in results if not isinstance(result, Plan)] == [FlowError]
    assert Plan.objects.count() == 1


def test_of_two_who_edit_one_proposal_at_once_the_second_is_told_and_one_text_stands_whole(town):
    reading = make_reading(town, tasks=[task_data("Như đọc được")])
    pk = reading.proposals.get(kind="task").pk

    def edit(text, by):
        proposal = Proposal.objects.select_related("reading").get(pk=pk)
        return change_proposal(proposal, version=0, by=by, data={**proposal.data, "content": text})

    results = at_once(lambda: edit("Một", town.importer), lambda: edit("Hai", town.colleague))

    proposal = Proposal.objects.get(pk=pk)
    winner = next(result for result in results if isinstance(result, Proposal))
    assert sum(isinstance(result, StaleError) for result in results) == 1
    assert (proposal.data["content"], proposal.version) == (winner.data["content"], 1)


def test_answers_of_two_people_at_once_are_both_kept(town):
    reading = make_reading(town, tasks=[task_data(lead=["Tổ Một"]), task_data(lead=["Tổ Hai"])])

    results = at_once(
        lambda: imports.answer_name(reading, printed="Tổ Một", code="so-van-nghe", by=town.importer),
        lambda: imports.answer_name(reading, printed="Tổ Hai", code="so-phap-luat", by=town.colleague),
    )

    reading.refresh_from_db()
    assert results == [None, None]
    assert reading.answers["names"] == {"Tổ Một": "so-van-nghe", "Tổ Hai": "so-phap-luat"}


def test_an_edit_and_a_confirmation_at_once_never_lose_the_edit(town):
    reading = make_reading(town, tasks=[task_data()])
    pk = reading.proposals.get(kind="task").pk

    def edit():
        proposal = Proposal.objects.select_related("reading").get(pk=pk)
        return change_proposal(
            proposal, version=0, by=town.colleague, data={**proposal.data, "due_on": "2019-06-30"}
        )

    edited, plan = at_once(
        edit, lambda: imports.confirm_reading(Reading.objects.get(pk=reading.pk), by=town.importer)
    )

    due_on = plan.tasks.get().due_on
    assert (type(edited), due_on) in [(Proposal, date(2019, 6, 30)), (FlowError, date(2019, 12, 31))]


def test_one_file_sent_twice_at_once_is_one_reading(town):
    results = at_once(
        *(
            lambda: take_in(b"KE HOACH", "a.txt", agency=town.press, by=town.importer, queue=False)
            for _ in range(4)
        )
    )

    assert {type(result) for result in results} == {Reading}
    assert {result.pk for result in results} == set(Reading.objects.values_list("pk", flat=True))
    assert Reading.objects.count() == 1
