"""Routing rules: the first that fits, in an order that people keep."""

from datetime import date

import pytest

from factories.directory import make_agency, make_user
from factories.feedback import make_desk, make_subject
from loa.core.workflow import FlowError
from loa.feedback import actions, queries
from loa.feedback.models import RoutingRule

pytestmark = pytest.mark.django_db
DAY = date(2019, 3, 4)


@pytest.fixture
def city(today):
    today(DAY)
    desk = make_desk()
    district = make_agency("Ủy ban nhân dân quận Lê Chân", kind="district")
    return {
        "intake": desk.agency,
        "head": make_user(desk.agency, "head"),
        "district": district,
        "commune": make_agency("Ủy ban nhân dân phường An Biên", kind="commune", parent=district),
        "elsewhere": make_agency("Ủy ban nhân dân xã Bắc Sơn", kind="commune"),
        "land": make_subject("Đất đai"),
        "papers": make_subject("Hộ tịch"),
        "department": make_agency("Sở Tài nguyên và Môi trường"),
        "home": make_agency("Sở Nội vụ"),
    }


def add(city, **fields):
    return actions.save_routing_rule(RoutingRule(intake=city["intake"]), by=city["head"], **fields)


def routed(city, *, kind="question", subject=None, commune=None):
    found = queries.routed(intake=city["intake"], kind=kind, subject=subject, commune=commune, on=DAY)
    return (found.rule.rank, found.agency) if found else None


def test_first_rule_that_fits_takes_the_case(city):
    add(city, kind="conduct", agency=city["home"])
    add(city, subject=city["land"], place=city["district"], agency=city["district"])
    add(city, subject=city["land"], agency=city["department"])
    add(city, subject=city["papers"])

    assert routed(city, kind="conduct", subject=city["land"]) == (1, city["home"])
    assert routed(city, subject=city["land"], commune=city["commune"]) == (2, city["district"])
    assert routed(city, subject=city["land"], commune=city["elsewhere"]) == (3, city["department"])
    assert routed(city, subject=city["papers"], commune=city["commune"]) == (4, city["commune"])
    assert routed(city, subject=city["papers"]) is None
    assert routed(city, kind="praise") is None


def test_rule_says_why(city, in_english):
    add(city, kind="question", place=city["district"], agency=city["home"])
    found = queries.routed(
        intake=city["intake"], kind="question", subject=None, commune=city["commune"], on=DAY
    )

    assert found.why == ["kind: Question", "place: Ủy ban nhân dân quận Lê Chân"]


@pytest.mark.parametrize(("day", "holds"), [(3, False), (4, True), (8, True), (9, False)])
def test_rule_holds_from_a_day_to_a_day(city, day, holds):
    add(city, agency=city["home"], kind="question", valid_from=date(2019, 3, 4), valid_to=date(2019, 3, 8))

    found = queries.routed(
        intake=city["intake"], kind="question", subject=None, commune=None, on=date(2019, 3, day)
    )
    assert (found is not None) is holds


def test_body_that_has_ended_takes_nothing(city):
    gone = make_agency("Sở Đã giải thể", valid_to=date(2018, 12, 31))
    add(city, agency=gone, kind="question")
    add(city, agency=city["home"], kind="question")

    assert routed(city) == (2, city["home"])


def test_rules_are_moved_and_ended(city):
    first = add(city, agency=city["home"], kind="question")
    second = add(city, agency=city["department"], kind="question")

    actions.move_routing_rule(second, up=True, by=city["head"])
    assert routed(city) == (1, city["department"])
    actions.move_routing_rule(second, up=True, by=city["head"])
    assert routed(city) == (1, city["department"])
    second.refresh_from_db()
    actions.end_routing_rule(second, by=city["head"])
    assert routed(city) == (2, city["home"])
    assert RoutingRule.objects.count() == 2
    assert first.pk != second.pk


def test_rule_that_says_nothing_is_refused(city):
    with pytest.raises(FlowError):
        add(city)


def test_shipped_rows_come_once_and_stay_as_they_were_changed(city):
    added = actions.load_subjects(), actions.load_grounds()
    subject = queries.subjects_on(DAY).get(code="dat-dai")
    actions.save_subject(subject, name="Đất", by=city["head"])

    assert added == (18, 7)
    assert (actions.load_subjects(), actions.load_grounds()) == (0, 0)
    assert queries.subjects_on(DAY).get(code="dat-dai").name == "Đất"
