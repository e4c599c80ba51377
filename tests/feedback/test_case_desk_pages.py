"""Many cases at once, who has how much, texts for answers: through the pages of the desk."""

from datetime import date

import case_scene as scene
import pytest
from django.urls import reverse

from factories.feedback import make_people
from loa.feedback.models import AnswerTemplate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def people(today):
    today(date(2019, 3, 4))
    return make_people()


def url(name, *args):
    return reverse(f"feedback:{name}", args=args)


def codes(response):
    return [row.record.code for row in response.context["table"].rows]


def test_chosen_rows_are_done_or_named_with_their_reason(people, as_user):
    first, second, ended = scene.assigned(people), scene.answering(people), scene.answered(people)
    client = as_user(people["focal_point"])
    where = f"{url('case_many', 'can-bo')}?case={first.pk}&case={second.pk}&case={ended.pk}"

    assert client.get(where).status_code == 200
    response = client.post(where, {"officer": people["officer"].pk})

    found = {outcome.case.pk: outcome.why_not for outcome in response.context["outcomes"]}
    assert (found[first.pk], found[second.pk]) == ("", "")
    first.refresh_from_db()
    assert (first.state, first.officer) == ("answering", people["officer"])


def test_load_counts_what_its_links_open(people, as_user, today):
    scene.assigned(people)
    scene.answering(people)
    scene.answered(people)
    today(date(2019, 3, 26))
    client = as_user(people["head"])

    response = client.get(url("case_load"))

    loads = {str(row.officer): row for row in response.context["loads"]}
    mine = loads[str(people["officer"])]
    assert (mine.open, mine.soon, mine.late, mine.answered, mine.median_days) == (1, 0, 1, 1, 0)
    assert (loads["None"].open, loads["None"].late) == (1, 1)
    officer = {"officer": people["officer"].pk}
    assert len(codes(client.get(url("case_list_all"), officer | {"due": "late"}))) == mine.late
    assert len(codes(client.get(url("case_list_all"), officer | {"open": "true"}))) == mine.open
    month = {"answered_after": "2019-03-01", "answered_before": "2019-03-31"}
    assert len(codes(client.get(url("case_list_all"), officer | month))) == mine.answered
    assert as_user(people["officer"]).get(url("case_load")).status_code == 403


def test_texts_for_answers_are_the_agencys_own(people, as_user):
    client = as_user(people["officer"])
    said = {"title": "Chào", "body": "Trân trọng cảm ơn ông/bà."}

    assert client.post(url("answer_template_add"), said).status_code == 302
    assert client.post(url("answer_template_add"), said).status_code == 409
    template = AnswerTemplate.objects.get()
    assert client.get(url("answer_template_list")).status_code == 200
    assert as_user(people["stranger"]).get(url("answer_template_edit", template.pk)).status_code == 404
    client = as_user(people["officer"])
    assert client.post(url("answer_template_edit", template.pk), said | {"title": "Kết"}).status_code == 302
    assert client.post(url("answer_template_remove", template.pk)).status_code == 302
    assert not AnswerTemplate.objects.exists()
