"""Letters about new answers: confirmed first, one a day, ended by a click, forgotten when nobody confirms."""

from __future__ import annotations

from datetime import timedelta

import case_scene as scene
import pytest
from django.core.cache import cache
from django.urls import reverse

from factories.feedback import make_people, make_subject
from loa.channels.actions.letters import letter_mail
from loa.channels.models import Letter
from loa.core import clock
from loa.feedback import actions, clocks
from loa.feedback.models import AnswerSubscription, Case

pytestmark = pytest.mark.django_db
TEXTS = {"title": "Ngập nước", "question": "Đường ngập.", "answer": "Đã nạo vét."}
MAIL = "nguoi.doc@example.vn"


@pytest.fixture
def people():
    return make_people()


def confirmed(**about):
    row = actions.subscribe(email=MAIL, **about)
    actions.confirm_subscription(row)
    return row


def publish(people, subject=None):
    case = scene.answered(people)
    Case.objects.filter(pk=case.pk).update(subject=subject)
    return actions.publish_case(case, **TEXTS, by=people["intake"])


def news():
    return Letter.objects.exclude(key__startswith="answers:confirm").filter(key__startswith="answers:")


def test_nothing_is_sent_before_the_link_is_followed(people):
    actions.subscribe(email=MAIL)
    publish(people)

    assert clocks.tell_subscribers() == 0
    assert Letter.objects.get(key__startswith="answers:confirm").address == MAIL


def test_asked_twice_is_one_and_one_letter(people):
    actions.subscribe(email=MAIL)
    actions.subscribe(email=f" {MAIL.upper()} ")

    assert AnswerSubscription.objects.count() == Letter.objects.count() == 1


def test_nobodys_box_is_filled_by_somebody_else():
    for number in range(6):
        actions.subscribe(email=MAIL, subject=make_subject(f"Lĩnh vực {number}"))

    assert Letter.objects.count() == 3


def test_one_letter_a_day_with_all_that_is_new(people):
    confirmed()
    publish(people)
    publish(people)
    today = clock.today()

    first = clocks.tell_subscribers(today)
    publish(people)
    again = clocks.tell_subscribers(today)
    tomorrow = clocks.tell_subscribers(today + timedelta(days=1))

    assert (first, again, tomorrow) == (1, 0, 1)
    assert news().count() == 2


def test_only_what_is_followed_and_only_since_then(people):
    land, roads = make_subject("Đất đai"), make_subject("Đường sá")
    publish(people, land)
    confirmed(subject=land)
    publish(people, roads)
    assert clocks.tell_subscribers() == 0

    publish(people, land)

    assert clocks.tell_subscribers() == 1


def test_a_letter_holds_no_name_of_who_asks(people):
    confirmed()
    publish(people)
    clocks.tell_subscribers()

    letter = news().get()
    assert "Ngập nước (Sở Tư pháp)" in letter.body
    headers = letter_mail(letter.delivery, letter).extra_headers
    assert headers["List-Unsubscribe"].endswith(f"{letter.end_url}>")


def test_unconfirmed_addresses_are_forgotten_after_three_days():
    row = actions.subscribe(email=MAIL)
    assert clocks.purge_subscriptions() == 0

    AnswerSubscription.objects.filter(pk=row.pk).update(created_at=clock.now() - timedelta(days=3, minutes=1))

    row.refresh_from_db()
    assert not actions.confirm_subscription(row)
    assert (clocks.purge_subscriptions(), clocks.purge_subscriptions()) == (1, 0)


def test_the_whole_way_by_pages(client, people):
    publish(people)
    page = client.get(reverse("feedback:subscribe"))
    sent = client.post(reverse("feedback:subscribe"), {"email": MAIL, "agency": people["agency"].pk})
    row = AnswerSubscription.objects.get()
    link = reverse("feedback:subscription", args=[actions.token_of(row)])
    looked = client.get(link)
    row.refresh_from_db()
    assert (page.status_code, sent.status_code, looked.status_code, row.confirmed_at) == (200, 302, 200, None)

    client.post(link)
    row.refresh_from_db()
    assert row.confirmed_at is not None

    ended = client.post(reverse("feedback:unsubscribe", args=[actions.token_of(row)]))
    assert (ended.status_code, AnswerSubscription.objects.count()) == (200, 0)
    assert client.get(link).status_code == 404


def test_a_forged_link_opens_nothing_and_a_machine_subscribes_nobody(client):
    assert client.get(reverse("feedback:subscription", args=["1:forged"])).status_code == 404
    client.post(reverse("feedback:subscribe"), {"email": MAIL, "website": "x"})
    wrong = client.post(reverse("feedback:subscribe"), {"email": "không phải thư"})

    assert AnswerSubscription.objects.count() == 0
    assert wrong.status_code == 422


def test_too_many_from_one_address_are_refused(client):
    cache.clear()

    answers = [
        client.post(reverse("feedback:subscribe"), {"email": f"n{n}@example.vn"}).status_code
        for n in range(11)
    ]

    assert (answers[9], answers[10]) == (302, 429)


def test_the_button_of_a_mail_program_ends_all_and_forgets_the_address(client, people):
    row = confirmed()
    confirmed(subject=make_subject("Đất đai"))
    publish(people)
    clocks.tell_subscribers()

    client.post(
        reverse("feedback:unsubscribe", args=[actions.token_of(row)]), {"List-Unsubscribe": "One-Click"}
    )

    assert AnswerSubscription.objects.count() == 0
    assert {letter.address for letter in Letter.objects.filter(key__startswith="answers:")} <= {""}
