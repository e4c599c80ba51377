"""Topics' heat, and the figures of reports: the same numbers as the rows behind them."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import case_scene as scene
import pytest
from django.urls import reverse

from factories.directory import make_agency, make_user
from factories.feedback import make_people, make_subject
from loa.core import clock
from loa.feedback.models import Case, Rating
from loa.feedback.queries import Period, agency_figures, case_counts, topics_heat
from loa.reports.queries.formulas import formulas, total_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return make_people()


@pytest.fixture
def month():
    return Period(clock.today() - timedelta(days=29), clock.today())


def of_subject(case, subject, *, days_ago=0):
    moment = clock.now() - timedelta(days=days_ago)
    Case.objects.filter(pk=case.pk).update(subject=subject, received_at=moment)


def test_heat_compares_with_as_many_days_before(people, month):
    land, roads = make_subject("Đất đai"), make_subject("Đường sá")
    for _number in range(2):
        of_subject(scene.assigned(people), land)
    of_subject(scene.assigned(people), land, days_ago=31)
    of_subject(scene.assigned(people), roads, days_ago=45)
    of_subject(scene.assigned(people), roads, days_ago=99)

    rows = topics_heat(month)

    assert [(row.subject, row.received, row.before, row.change, row.share) for row in rows] == [
        (land, 2, 1, 1, 100),
        (roads, 0, 1, -1, 0),
    ]


def test_heat_on_the_page_leads_to_as_many_rows(client, people, month):
    land = make_subject("Đất đai")
    of_subject(scene.assigned(people), land)
    merged = scene.assigned(people)
    Case.objects.filter(pk=merged.pk).update(subject=land, state="merged")
    leader = make_user(make_agency("Ủy ban nhân dân thành phố", kind="peoples_committee"), "leader")
    client.force_login(leader)

    heat = client.get(reverse("desk:topic_heat"))
    asked = {
        "counted": "true",
        "subject": land.pk,
        "received_after": month.first,
        "received_before": month.last,
    }
    rows = client.get(reverse("feedback:case_list_all"), asked).context["table"].rows

    assert [row.received for row in heat.context["rows"]] == [len(rows)] == [1]
    scene.assigned(people)  # of no subject yet
    assert "subject=null" in client.get(reverse("desk:topic_heat")).content.decode()
    client.force_login(people["officer"])
    assert client.get(reverse("desk:topic_heat")).status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_heat_asks_three_questions_whatever_there_is(people, month, django_assert_num_queries, count):
    case = scene.assigned(people)
    for number in range(count):
        of_subject(case, make_subject(f"Lĩnh vực {number}"))
        case.pk, case.code, case.key = None, f"PA.20190101.{number:04d}", f"copy-{number}"
        case.save()

    with django_assert_num_queries(3):
        topics_heat(month)


def counted(key, people, month):
    round_ = SimpleNamespace(data_from=month.first, data_to=month.last)
    registers = SimpleNamespace(round=round_, agencies=(people["agency"].pk,))
    formula = formulas()[key]
    return total_of(formula.count(registers, {}).get(people["agency"].pk, []), formula.how)


def test_formulas_of_reports_say_what_the_figures_say(people, month):
    in_time, late = scene.answered(people), scene.answered(people)
    open_one = scene.assigned(people)
    late.clocks.filter(kind="answer").update(due_on=clock.today() - timedelta(days=2))
    Case.objects.filter(pk=open_one.pk).update(due_on=clock.today() - timedelta(days=1))
    for case, stars in ((in_time, 5), (late, 2)):
        Rating.objects.create(case=case, agency=people["agency"], stars=stars, at=clock.now())

    figures = agency_figures(month)[0]
    rows = {what: found.count() for what, found in case_counts(month).items()}

    assert rows == {"received": 3, "answered": 2, "on_time": 1, "overdue": 1}
    assert (figures.received, figures.answered, figures.answered_on_time, figures.overdue) == (3, 2, 1, 1)
    assert [
        counted(f"cases_{key}", people, month) for key in ("received", "answered", "on_time", "overdue")
    ] == [3, 2, 1, 1]
    assert str(counted("cases_on_time_percent", people, month)) == "33.33"
    assert str(counted("cases_mean_rating", people, month)) == "3.50"
