"""A dialogue's questions through its actions: asked, let through, answered aloud, run on after the session."""

from datetime import UTC, date, datetime

import pytest
from dialogue_scene import DAY, ask, drafted, make_scene, shown
from django.core.exceptions import PermissionDenied

from loa.core import live
from loa.core.workflow import FlowError, StaleError
from loa.events.models import Event
from loa.feedback import actions, clocks, hall, queries
from loa.feedback.models import Case, Publication

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(today):
    today(DAY)
    return make_scene()


def told(topic):
    return [(row.kind) for row in live.events.events_after(topic, 0).events]


def test_question_is_a_case_without_clocks_until_the_session_ends(scene):
    question = ask(scene)

    assert question.case.source == "dialogue"
    assert question.case.clocks.count() == 0
    assert question.state == "pending"
    assert not queries.public_questions(scene["event"]).exists()
    assert list(queries.questions_of_token(scene["event"], "t1")) == [question]


def test_asked_twice_with_one_key_it_is_one(scene):
    assert ask(scene).pk == ask(scene).pk
    assert Case.objects.count() == 1


def test_closed_dialogue_takes_no_question(scene):
    Event.objects.update(state="ended", ended_at=datetime(2019, 6, 12, 4, tzinfo=UTC))
    scene["event"].refresh_from_db()

    with pytest.raises(FlowError):
        ask(scene)


def test_question_let_through_is_told_to_everybody_once(scene):
    question = ask(scene)
    assert told(hall.topic(scene["event"])) == []

    actions.show_question(question, public_text="Bao giờ có?", by=scene["moderator"])

    assert told(hall.topic(scene["event"])) == ["question"]
    with pytest.raises(StaleError):
        actions.show_question(question, public_text="Bao giờ có?", by=scene["moderator"])


def test_answer_is_signed_by_another_and_is_public_at_once(scene):
    question = drafted(scene)
    with pytest.raises(PermissionDenied):
        actions.sign_answer(question, edition=1, by=scene["officer"])
    with pytest.raises(FlowError):
        actions.sign_answer(question, edition=0, by=scene["head"])

    actions.sign_answer(question, edition=1, by=scene["head"])

    case = Case.objects.get()
    assert (question.state, case.state) == ("answered", "published")
    assert question.signed_for == scene["panel"]
    assert Publication.objects.get().answer == "Từ quý III."
    assert case.clocks.get(kind="answer").is_late is False
    assert "question" in told(hall.topic(scene["event"]))


def test_chair_signs_for_the_panel(scene):
    question = drafted(scene)

    actions.sign_answer(question, edition=1, by=scene["chair"])

    assert question.signed_for == scene["event"].chair


@pytest.mark.parametrize("who", ["officer", "head", "stranger"])
def test_only_the_organiser_moderates(scene, who):
    with pytest.raises(PermissionDenied):
        actions.show_question(ask(scene), public_text="x", by=scene[who])


def test_refused_question_says_why_to_its_asker_alone(scene):
    question = shown(scene)

    actions.refuse_question(question, note="Đã trả lời ở phiên trước.", by=scene["moderator"])

    assert not queries.public_questions(scene["event"]).exists()
    assert queries.questions_of_token(scene["event"], "t1").get().reason == "Đã trả lời ở phiên trước."
    assert told(hall.topic(scene["event"]))[-1:] == ["remove"]


def test_grouped_questions_share_answer_and_likes(scene):
    lead, other = shown(scene), shown(scene, key="k2", token="t2")
    actions.like_question(lead, token="a")
    actions.like_question(other, token="a")
    assert actions.like_question(other, token="b") == 2
    assert actions.like_question(other, token="b") == 2

    actions.group_question(other, lead, by=scene["moderator"])

    assert other.case.state == "merged"
    assert lead.likes_count == 2
    assert [row.pk for row in queries.public_questions(scene["event"])] == [lead.pk]


def test_one_question_is_on_air(scene):
    first, second = shown(scene), shown(scene, key="k2")
    actions.put_on_air(first, by=scene["moderator"])

    actions.put_on_air(second, by=scene["moderator"])

    assert [row.is_on_air for row in queries.public_questions(scene["event"])] == [True, False]
    assert queries.public_questions(scene["event"])[0].pk == second.pk


def test_screens_learn_when_the_air_is_free_again_and_only_then(scene):
    question, other = drafted(scene), shown(scene, key="k2")
    actions.put_on_air(question, by=scene["moderator"])
    assert told(hall.topic(scene["event"]))[-2:] == ["question", "air"]

    actions.postpone_question(other, note="Sau phiên.", by=scene["moderator"])
    assert told(hall.topic(scene["event"]))[-1:] == ["question"]
    actions.sign_answer(question, edition=1, by=scene["head"])

    assert told(hall.topic(scene["event"]))[-2:] == ["question", "air"]
    assert hall.on_air_of(scene["event"]) is None


def test_what_is_not_answered_runs_on_with_its_clock_from_the_day_of_the_session(scene, today):
    waiting, sent, done = ask(scene), shown(scene, key="k2"), drafted(scene, key="k3")
    actions.route_question(sent, scene["panel"], by=scene["moderator"])
    actions.sign_answer(done, edition=1, by=scene["head"])
    assert clocks.release_questions() == 0
    Event.objects.update(state="ended", ended_at=datetime(2019, 6, 12, 4, tzinfo=UTC))

    today(date(2019, 6, 13))
    assert clocks.release_questions() == 2
    assert clocks.release_questions() == 0

    waiting.case.refresh_from_db()
    assert waiting.case.intake == scene["desk"].agency
    assert {row.kind: row.due_on for row in waiting.case.clocks.all()} == {
        "classify": date(2019, 6, 14),
        "transfer": date(2019, 6, 19),
        "answer": date(2019, 7, 2),
    }
    assert set(sent.case.clocks.values_list("kind", flat=True)) == {"answer", "update"}
    assert sent.case.clocks.get(kind="answer").due_on == date(2019, 7, 2)


def test_poll_counts_one_vote_for_each_browser(scene):
    poll = actions.draft_poll(
        scene["event"], words="Ông bà nộp ở đâu?", choices=["Trực tuyến", "Tại chỗ"], by=scene["moderator"]
    )
    with pytest.raises(FlowError):
        actions.vote(poll.choices.first(), token="a")
    actions.open_poll(poll, by=scene["moderator"])

    first, second = poll.choices.all()
    first.poll = second.poll = poll
    assert actions.vote(first, token="a") is True
    assert actions.vote(second, token="a") is False

    assert [row.votes_count for row in poll.choices.all()] == [1, 0]


def test_promise_is_kept_by_who_gave_it(scene):
    promise = actions.make_promise(
        scene["event"],
        agency=scene["panel"],
        words="Công khai phí",
        due_on=date(2019, 7, 1),
        by=scene["moderator"],
    )
    with pytest.raises(PermissionDenied):
        actions.keep_promise(promise, note="Xong", by=scene["stranger"])

    actions.keep_promise(promise, note="Đã công khai ngày 28/6.", by=scene["head"])

    assert (promise.state, promise.kept_on) == ("kept", date(2019, 6, 12))
