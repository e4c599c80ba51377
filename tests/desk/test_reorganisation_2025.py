"""The decisions of 2025 that ship: districts end, communes become others, one department's work splits in two."""

from datetime import date

import pytest

from factories import make_agency, make_assignment, make_plan, make_task, make_user
from loa.desk import actions
from loa.directory.actions import load_decisions, load_sample_directory, share_work
from loa.directory.models import Agency, Reorganisation, ReorganisationDecision
from loa.directory.queries import unknown_successors

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def city(today):
    today(date(2025, 6, 2))
    load_sample_directory()
    load_decisions()
    return make_user(make_agency(), "administrator")


def test_loading_twice_adds_nothing(city):
    assert load_decisions() == 0
    assert [row.acts.count() for row in ReorganisationDecision.objects.order_by("pk")] == [73, 6]


def test_acts_are_keyed_by_codes_and_many_to_many(city):
    of_communes = ReorganisationDecision.objects.get(number__contains="1669").acts

    kinds = {kind: of_communes.filter(kind=kind).count() for kind in Reorganisation.Kind.values}
    assert kinds == {"merge": 36, "split": 22, "rename": 1, "abolish": 14, "transfer": 0}
    hong_bang = Agency.objects.get(code="11311-2025")
    assert hong_bang.earlier_reorganisations.count() > 1


@pytest.mark.slow
@pytest.mark.long_on_postgres
def test_bodies_without_proven_successor_stay_listed(city):
    before = unknown_successors().count()
    decision = ReorganisationDecision.objects.get(number__contains="1669")

    actions.rehearse_decision(decision, by=city)

    assert (before, unknown_successors().count()) == (129, 129)


def test_the_work_of_one_department_splits_in_two(city, today):
    press = Agency.objects.get(code="so-thong-tin-truyen-thong")
    culture, science = (
        Agency.objects.get(code=code) for code in ("so-van-hoa-the-thao-du-lich", "so-khoa-hoc-cong-nghe")
    )
    plan = make_plan(coordinator=press, year=2025)
    one = make_assignment(press, task=make_task(plan, content="Họp báo về cải cách hành chính"))
    two = make_assignment(press, task=make_task(plan, content="Tập huấn công nghệ thông tin"))
    decision = ReorganisationDecision.objects.get(number__contains="Hội đồng nhân dân")
    act = decision.acts.get(predecessors=press)
    share_work(act, shares={"task": {two.task_id: science.code}}, by=city)
    actions.rehearse_decision(decision, by=city)
    today(date(2025, 7, 1))

    actions.apply_decision(decision, by=city)

    for row in (one, two, plan, press):
        row.refresh_from_db()
    assert (one.agency, two.agency, plan.coordinator) == (culture, science, culture)
    assert press.valid_to == date(2025, 6, 30)


@pytest.mark.slow
@pytest.mark.long_on_postgres
def test_the_communes_and_districts_are_applied_in_one_go(city, today):
    decision = ReorganisationDecision.objects.get(number__contains="1669")
    actions.rehearse_decision(decision, by=city)
    today(date(2025, 7, 1))

    actions.apply_decision(decision, by=city)

    assert not decision.hand_overs.filter(how="refused").exists()
    assert decision.hand_overs.filter(how="ended", kind_en="Body").count() == 141
