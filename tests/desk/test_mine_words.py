"""What askers say of answers waits on the desk of who lets it through."""

from datetime import date

import pytest
from django.urls import reverse

import feedback.case_scene as scene
from factories import make_user
from factories.feedback import make_people
from loa.desk.queries.mine import waiting_for
from loa.desk.queries.mine_cases import case_items
from loa.feedback import actions
from loa.feedback.models import Consent, Rating

pytestmark = pytest.mark.django_db
DAY = date(2019, 6, 3)


@pytest.fixture(autouse=True)
def _day(today):
    today(DAY)


@pytest.fixture
def people():
    return make_people()


def rate(people, *, words="Rõ", may_show=True):
    return actions.rate_case(scene.answered(people), stars=4, words=words, may_show=may_show)


def words_of(user):
    return [(item.count, item.since) for item in waiting_for(user, DAY) if item.kind == "words"]


def test_words_wait_for_the_intake_alone_and_are_one_matter(people):
    for _time in range(3):
        rate(people)

    assert words_of(people["intake"]) == [(3, DAY)]
    assert [words_of(people[who]) for who in ("officer", "head", "stranger")] == [[], [], []]
    assert words_of(make_user(people["intake"].hat.agency, "editor")) == []


def test_words_without_consent_or_without_words_wait_for_nobody(people):
    rate(people, may_show=False)
    rate(people, words="")

    assert words_of(people["intake"]) == []


def test_what_is_decided_or_no_longer_allowed_waits_no_more(people):
    shown, hidden, taken_back, left = (rate(people) for _time in range(4))
    actions.show_words(shown, public_words="Rõ", by=people["intake"])
    actions.hide_words(hidden, note="Có tên người.", by=people["intake"])
    actions.withdraw_consent(Consent.objects.get(case=taken_back.case, purpose="words"))

    assert words_of(people["intake"]) == [(1, DAY)]
    actions.hide_words(left, note="Có tên người.", by=people["intake"])
    assert words_of(people["intake"]) == []


def test_the_link_leads_to_as_many_rows_as_are_counted(people, as_user):
    for may_show in (True, True, False):
        rate(people, may_show=may_show)
    client = as_user(people["intake"])

    desk = client.get(reverse("desk:mine")).content.decode()
    rows = client.get(reverse("feedback:rating_list"), {"mine": "on"}).context["table"].rows

    assert f'href="{reverse("feedback:rating_list")}?mine=on"' in desk
    assert len(rows) == words_of(people["intake"])[0][0] == 2
    assert "Rõ" not in desk
    assert (
        not as_user(people["officer"])
        .get(reverse("feedback:rating_list"), {"mine": "on"})
        .context["table"]
        .rows
    )


@pytest.mark.parametrize("count", [1, 30])
def test_queries_do_not_grow(people, django_assert_num_queries, count):
    case = rate(people).case
    others = [scene.answered(people) for _number in range(count - 1)]
    Rating.objects.bulk_create(
        Rating(case=other, agency=other.agency, stars=4, words="Rõ", at=case.rating.at) for other in others
    )

    with django_assert_num_queries(3):
        list(case_items(people["intake"], lambda *given, **named: given))
