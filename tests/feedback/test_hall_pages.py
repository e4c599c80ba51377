"""The hall and its desk through their pages."""

import pytest
from dialogue_scene import DAY, ask, drafted, make_scene, shown
from django.urls import reverse

from loa.core import live
from loa.feedback import actions, hall
from loa.feedback.models import Case, Promise, Question
from loa.feedback.views.hall import COOKIE, _token

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(today):
    today(DAY)
    return make_scene()


def send(client, scene, text="Bao giờ có phiếu hẹn điện tử?", key="k" * 20, **more):
    url = reverse("feedback:dialogue_ask", args=[scene["event"].pk])
    return client.post(url, {"text": text, "key": key, "name": "", **more})


def test_anybody_asks_with_one_field_and_sees_its_fate(client, scene):
    answer = send(client, scene)

    question = Question.objects.get()
    assert answer.status_code == 200
    assert question.case.code in answer.content.decode()
    mine = reverse("feedback:dialogue_mine", args=[scene["event"].pk])
    assert question.case.content in client.get(mine).content.decode()
    actions.refuse_question(question, note="Đã có người hỏi.", by=scene["moderator"])
    assert "Đã có người hỏi." in client.get(mine).content.decode()


def test_another_browser_sees_nothing_of_it(client, scene):
    send(client, scene)
    client.cookies.clear()

    for name in ("dialogue_mine", "dialogue_hall", "dialogue_projector", "dialogue_transcript"):
        page = client.get(reverse(f"feedback:{name}", args=[scene["event"].pk]))
        assert page.status_code == 200
        assert "phiếu hẹn" not in page.content.decode()


def test_forged_lot_is_none(client, scene):
    ask(scene, token=_token("lot"))
    client.cookies[COOKIE] = "lot"

    page = client.get(reverse("feedback:dialogue_mine", args=[scene["event"].pk]))

    assert "phiếu hẹn" not in page.content.decode()


def test_sent_twice_it_is_one(client, scene):
    send(client, scene)
    send(client, scene)

    assert Case.objects.count() == 1


def test_robot_and_short_text_are_told_and_keep_what_was_typed(client, scene):
    answer = send(client, scene, text="Ngắn", site="http://example.test")

    assert answer.status_code == 422
    assert "Ngắn" in answer.content.decode()
    assert Case.objects.count() == 0


def test_flood_from_one_connection_is_answered_with_a_sentence(client, scene, monkeypatch):
    monkeypatch.setattr("loa.feedback.views.hall.MOST_QUESTIONS", 1)
    send(client, scene)

    answer = send(client, scene, text="Câu hỏi thứ hai của tôi", key="b" * 20)

    assert answer.status_code == 429
    assert "Câu hỏi thứ hai của tôi" in answer.content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_hall_page_needs_no_session_and_sets_no_cookie(client, scene, django_assert_num_queries, count):
    for number in range(count):
        shown(scene, key=f"k{number}")
    url = reverse("feedback:dialogue_hall", args=[scene["event"].pk])
    client.get(url)

    with django_assert_num_queries(11):
        page = client.get(url)

    assert page.cookies.keys() == set()
    assert page["Cache-Control"].startswith("public")
    assert f'data-live-since="{live.last_number(hall.topic(scene["event"]))}"' in page.content.decode()


def test_like_counts_once_for_each_browser(client, scene):
    question = shown(scene)
    url = reverse("feedback:question_page", args=[question.pk])

    for _time in range(2):
        assert client.post(url, headers={"HX-Request": "true"}).status_code == 200
    question.refresh_from_db()
    assert question.likes_count == 1
    client.cookies.clear()
    assert client.post(url).status_code == 302
    question.refresh_from_db()
    assert question.likes_count == 2


def test_pending_question_has_no_page(client, scene):
    assert client.get(reverse("feedback:question_page", args=[ask(scene).pk])).status_code == 404


def test_vote_without_a_script(client, scene):
    poll = actions.draft_poll(
        scene["event"], words="Nộp ở đâu?", choices=["Mạng", "Quầy"], by=scene["moderator"]
    )
    actions.open_poll(poll, by=scene["moderator"])
    url = reverse("feedback:poll_page", args=[poll.pk])

    assert client.get(url).status_code == 200
    assert client.post(url).status_code == 422
    assert client.post(url, {"choice": poll.choices.first().pk}).status_code == 302

    assert poll.choices.first().votes_count == 1


def test_session_from_question_to_answer_through_the_desk(as_user, scene):
    question = ask(scene)
    step = lambda name: reverse("feedback:question_step", args=[question.pk, name])  # noqa: E731

    as_user(scene["moderator"]).post(step("show"), {"public_text": "Bao giờ có?"})
    as_user(scene["moderator"]).post(step("route"), {"agency": scene["panel"].pk})
    as_user(scene["moderator"]).post(step("on_air"))
    as_user(scene["officer"]).post(step("draft"), {"text": "Từ quý III.", "edition": 0})
    own = as_user(scene["officer"]).post(step("sign"), {"edition": 1})
    signed = as_user(scene["head"]).post(step("sign"), {"edition": 1, "tab": "to_sign"})

    question.refresh_from_db()
    assert (own.status_code, signed.status_code) == (403, 302)
    assert signed["Location"].endswith("?xem=to_sign")
    assert question.state == "answered"
    page = as_user(scene["head"]).get(reverse("feedback:dialogue_transcript", args=[scene["event"].pk]))
    assert "Từ quý III." in page.content.decode()


@pytest.mark.parametrize(
    "tab", ["pending", "shown", "to_sign", "postponed", "answered", "refused", "grouped"]
)
def test_desk_shows_each_queue(as_user, scene, tab):
    ask(scene, key="k1")
    shown(scene, key="k2")
    drafted(scene, key="k3")
    url = reverse("feedback:hall_desk", args=[scene["event"].pk])

    for who in ("moderator", "chair", "officer", "head"):
        assert as_user(scene[who]).get(url, {"xem": tab}).status_code == 200
    assert as_user(scene["stranger"]).get(url).status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_desk_asks_as_often_for_many_questions(as_user, scene, django_assert_num_queries, count):
    for number in range(count):
        shown(scene, key=f"k{number}")
    client = as_user(scene["moderator"])
    url = reverse("feedback:hall_desk", args=[scene["event"].pk])
    client.get(url)

    with django_assert_num_queries(15):
        client.get(url, {"xem": "shown"})


def test_question_page_of_the_desk_for_each_part(as_user, scene):
    question = drafted(scene)
    url = reverse("feedback:moderated_question", args=[question.pk])

    pages = {who: as_user(scene[who]).get(url) for who in ("moderator", "officer", "head", "stranger")}

    assert {who: page.status_code for who, page in pages.items()} == {
        "moderator": 200,
        "officer": 200,
        "head": 200,
        "stranger": 404,
    }
    assert step_url(question, "sign") in pages["head"].content.decode()
    assert step_url(question, "sign") not in pages["officer"].content.decode()


def step_url(question, name):
    return reverse("feedback:question_step", args=[question.pk, name])


def test_reporter_enters_a_question(as_user, scene):
    url = reverse("feedback:hall_enter", args=[scene["event"].pk])

    page = as_user(scene["moderator"]).post(
        url, {"text": "Hỏi về phí cấp bản sao", "key": "r" * 20, "phone": "0900"}
    )

    case = Case.objects.get()
    assert case.code in page.content.decode()
    assert case.entered_by == scene["moderator"]
    assert case.asker.phone == "0900"


def test_promise_is_written_down_kept_and_listed(as_user, scene):
    add = reverse("feedback:promise_add", args=[scene["event"].pk])
    as_user(scene["moderator"]).post(
        add, {"agency": scene["panel"].pk, "words": "Công khai phí", "due_on": "2019-07-01"}
    )
    promise = Promise.objects.get()

    done = as_user(scene["head"]).post(
        reverse("feedback:promise_step", args=[promise.pk, "keep"]), {"note": "Đã công khai."}
    )

    promise.refresh_from_db()
    assert (done.status_code, promise.state) == (302, "kept")
    assert (
        "Công khai phí" in as_user(scene["stranger"]).get(reverse("feedback:promise_list")).content.decode()
    )
    assert as_user(scene["stranger"]).get(promise.get_absolute_url()).status_code == 200


def test_minutes_hold_what_was_answered(as_user, scene):
    question = drafted(scene)
    actions.sign_answer(question, edition=1, by=scene["head"])

    as_user(scene["moderator"]).post(reverse("feedback:hall_minutes", args=[scene["event"].pk]))

    paper = scene["event"].papers.get(kind="minutes")
    assert "Từ quý III." in paper.text
    assert question.public_text in paper.text
