"""What askers say of answers: read by the agency, shown to everybody only when allowed and let through."""

from __future__ import annotations

import case_scene as scene
import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from factories.feedback import make_people
from loa.channels.models import Notice
from loa.core.models import Entry
from loa.core.workflow import FlowError
from loa.feedback import actions, queries
from loa.feedback.actions import Identity
from loa.feedback.models import Consent, Rating

pytestmark = pytest.mark.django_db
WORDS = "Trả lời rõ, cảm ơn anh Nguyễn Văn Bình."
TEXTS = {"title": "Phiếu hẹn", "question": "Khi nào có?", "answer": "Hôm nay."}


@pytest.fixture
def people():
    return make_people()


@pytest.fixture
def rating(people):
    case = scene.answered(people, identity=Identity(name="Trần Thị Hoa", phone="0912345678"))
    actions.publish_case(case, **TEXTS, by=people["intake"])
    return actions.rate_case(case, stars=5, words=WORDS, may_show=True)


def public(client, rating):
    client.logout()
    return client.get(reverse("feedback:public_answer", args=[rating.case.code])).content.decode()


def test_officer_and_head_hear_of_it_and_read_it(people, rating, as_user):
    for person in (people["officer"], people["head"]):
        assert WORDS in as_user(person).get(rating.get_absolute_url()).content.decode()
    assert Notice.objects.filter(receiver=people["head"], key__contains=":rated:").count() == 1


def test_words_are_shown_only_after_the_intake_let_them_through(client, people, rating):
    before = public(client, rating)

    actions.show_words(rating, public_words="Trả lời rõ, cảm ơn.", by=people["intake"])
    after = public(client, rating)
    actions.hide_words(rating, note="Có tên người.", by=people["intake"])

    assert [("Trả lời rõ" in page) for page in (before, after, public(client, rating))] == [
        False,
        True,
        False,
    ]
    assert "Nguyễn Văn Bình" not in after
    assert [entry.action for entry in Entry.objects.filter(action__startswith="rating.").order_by("pk")] == [
        "rating.show",
        "rating.hide",
    ]


def test_who_answered_does_not_decide_what_is_said_of_it(people, rating):
    with pytest.raises(PermissionDenied):
        actions.hide_words(rating, note="Không thích.", by=people["head"])
    with pytest.raises(FlowError):
        actions.hide_words(rating, note="", by=people["intake"])


def test_what_the_asker_gave_as_their_own_is_never_shown(people, rating):
    with pytest.raises(FlowError):
        actions.show_words(rating, public_words="Hoa, 0912 345 678: rõ.", by=people["intake"])


def test_without_consent_nothing_is_shown_and_taken_back_it_is_gone(client, people, rating):
    actions.show_words(rating, public_words="Rõ.", by=people["intake"])
    actions.withdraw_consent(Consent.objects.get(purpose="words"))

    assert queries.shown_words(rating.case) == ""
    actions.rate_case(rating.case, stars=4, words="Lời khác")
    again = Rating.objects.get()
    with pytest.raises(FlowError):
        actions.show_words(again, public_words="Lời khác", by=people["intake"])


def test_new_words_are_looked_at_anew_and_new_stars_are_not(people, rating):
    actions.show_words(rating, public_words="Rõ.", by=people["intake"])

    actions.rate_case(rating.case, stars=3, words=WORDS, may_show=True)
    same = Rating.objects.get().state
    actions.rate_case(rating.case, stars=3, words="Chưa rõ", may_show=True)
    new = Rating.objects.get()

    assert (same, new.state, new.public_words) == ("shown", "waiting", "")


def test_words_go_with_what_the_asker_has_erased(people, rating):
    actions.show_words(rating, public_words="Rõ.", by=people["intake"])

    actions.erase_content(rating.case)

    kept = Rating.objects.get()
    assert (kept.words, kept.public_words, kept.stars) == ("", "", 5)


def test_the_intake_moderates_on_a_page_with_names_taken_out(people, rating, as_user):
    url = reverse("feedback:rating_step", args=[rating.pk, "show"])
    asked = as_user(people["intake"]).get(url)
    proposed = asked.context["form"]["public_words"].value()

    done = as_user(people["intake"]).post(url, {"public_words": proposed})

    rating.refresh_from_db()
    assert (done.status_code, rating.state) == (302, "shown")
    assert "Nguyễn Văn Bình" not in rating.public_words
    assert as_user(people["stranger"]).get(url).status_code == 404
    assert as_user(people["officer"]).get(url).status_code == 409


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_asks_as_often_for_many(people, as_user, count, django_assert_num_queries):
    for _number in range(count):
        actions.rate_case(scene.answered(people), stars=4, words="Rõ")
    client, url = as_user(people["officer"]), reverse("feedback:rating_list")
    assert client.get(url, {"state": "waiting"}).context["table"].rows

    with django_assert_num_queries(8):
        client.get(url)
