"""Whether a document is in force on a day: the same answer on the page of one and in the list of many."""

from datetime import date, timedelta

import pytest

from documents.legal_scene import link, make_legal
from loa.documents.queries import (
    graph_of,
    incoming_relations,
    issued_by,
    outgoing_relations,
    public_legal_documents,
    status_on,
    with_status_on,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
START, ACTS = date(2018, 6, 21), date(2025, 7, 1)
ONE_DAY = timedelta(days=1)


def both(legal, day):
    """The status that the list gives and the one that the page explains."""
    row = with_status_on(public_legal_documents(), day).get(pk=legal.pk)
    told = status_on(legal, day, incoming_relations(legal, public_legal_documents()))
    assert row.status_code == told.code
    return told


def test_before_its_first_day_it_is_not_yet_in_force():
    legal = make_legal(effective_from=START)

    assert [both(legal, day).code for day in (START - ONE_DAY, START)] == ["not_yet", "in_force"]


def test_without_a_recorded_first_day_its_date_counts_and_the_page_says_so():
    legal = make_legal(effective_from=None, on=START)

    assert both(legal, START - ONE_DAY).code == "not_yet"
    assert both(legal, START).reasons == (
        "The day it takes effect is not recorded; it is counted from its date.",
        "No document of this register changes or ends it.",
    )


def test_its_own_last_day_is_still_a_day_in_force():
    legal = make_legal(effective_from=START, effective_to=date(2020, 12, 31))

    assert [both(legal, day).code for day in (date(2020, 12, 31), date(2021, 1, 1))] == ["in_force", "ended"]


@pytest.mark.parametrize(
    ("kind", "after"),
    [
        ("replaces", "ended"),
        ("abolishes", "ended"),
        ("partly_abolishes", "partly"),
        ("amends", "in_force"),
        ("guides", "in_force"),
        ("basis", "in_force"),
        ("reference", "in_force"),
    ],
)
def test_what_a_later_document_does_counts_from_its_day(kind, after):
    legal = make_legal(effective_from=START)
    link(make_legal("118/2025/NĐ-CP", on=date(2025, 6, 9), effective_from=ACTS), kind, legal)

    assert [both(legal, day).code for day in (ACTS - ONE_DAY, ACTS)] == ["in_force", after]


def test_a_relation_may_act_from_a_day_of_its_own():
    legal = make_legal(effective_from=START)
    link(make_legal("1/2020/NĐ-CP", on=date(2020, 1, 1)), "abolishes", legal, acts_from=ACTS)

    assert [both(legal, day).code for day in (ACTS - ONE_DAY, ACTS)] == ["in_force", "ended"]


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_a_document_that_is_not_public_ends_nothing(state):
    legal = make_legal(effective_from=START)
    link(make_legal("1/2020/NĐ-CP", on=date(2020, 1, 1), state=state), "abolishes", legal)

    assert both(legal, ACTS).code == "in_force"


def test_an_ended_document_does_not_revive_when_what_ended_it_ends():
    first, second, third = (make_legal(f"{n}/20{n}/NĐ-CP", on=date(2000 + n, 1, 1)) for n in (10, 12, 14))
    link(second, "replaces", first)
    link(third, "abolishes", second)

    assert [both(each, ACTS).code for each in (first, second, third)] == ["ended", "ended", "in_force"]


def test_the_page_says_who_ended_it_and_from_when():
    legal = make_legal(effective_from=START)
    link(make_legal("107/2021/NĐ-CP", on=date(2021, 12, 6)), "amends", legal)
    link(make_legal("118/2025/NĐ-CP", on=date(2025, 6, 9), effective_from=ACTS), "abolishes", legal)

    assert both(legal, date(2022, 1, 1)).reasons == (
        "In force from 21/06/2018.",
        "Amended, supplemented by Nghị định 107/2021/NĐ-CP from 06/12/2021.",
        "Later: Abolished by Nghị định 118/2025/NĐ-CP from 01/07/2025.",
    )


def test_what_existed_on_a_day_leaves_later_documents_out():
    old, new = make_legal(), make_legal("118/2025/NĐ-CP", on=date(2025, 6, 9))
    undated = make_legal("5/QĐ-X", on=None, effective_from=ACTS)

    def there(day):
        return {row.pk for row in issued_by(public_legal_documents(), day)}

    assert there(date(2019, 1, 1)) == {old.pk}
    assert there(ACTS) == {old.pk, new.pk, undated.pk}


def test_relations_read_in_both_directions_and_hide_what_is_not_public():
    legal = make_legal()
    link(make_legal("107/2021/NĐ-CP", on=date(2021, 12, 6)), "amends", legal)
    hidden = make_legal("9/2022/NĐ-CP", state="draft")
    link(hidden, "amends", legal)
    link(legal, "reference", hidden)
    seen = public_legal_documents()

    incoming, outgoing = incoming_relations(legal, seen), outgoing_relations(legal, seen)

    assert [(each.label, each.name) for each in incoming] == [
        ("Amended, supplemented by", "Nghị định 107/2021/NĐ-CP")
    ]
    assert [(each.label, each.url) for each in outgoing] == [("Refers to", "")]


def test_the_drawing_has_a_box_for_each_relation_and_says_how_many_it_leaves_out():
    legal = make_legal()
    for number in range(1, 16):
        link(make_legal(f"{number}/2020/NĐ-CP", on=date(2020, 1, 1)), "amends", legal)
    incoming = incoming_relations(legal, public_legal_documents())

    graph = graph_of(legal.name, incoming, [])

    assert (len(graph.left), len(graph.right), graph.left_out) == (12, 0, 3)
    assert all(0 <= box.y <= graph.height - 46 for box in graph.left)
