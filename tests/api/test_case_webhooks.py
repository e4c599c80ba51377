"""What agencies' own systems are told: by whom asked for, of what, signed, once, and until when."""

import hashlib
import hmac
import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from api.open311_scene import publish
from factories.api import make_webhook
from factories.directory import make_agency, make_user
from factories.feedback import make_assigned, make_case, make_people
from loa.api import actions, clocks, jobs
from loa.api.actions import sending as wire
from loa.api.models import CaseWebhook, WebhookSending
from loa.api.queries import webhooks_visible_to
from loa.channels.models import Notice
from loa.core import clock
from loa.core.workflow import FlowError
from loa.feedback.actions import Identity, assign_case, classify_case, extend_case, transfer_case
from loa.feedback.states import CASE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
MONDAY = date(2019, 3, 4)


@pytest.fixture
def people(today):
    today(MONDAY)
    return make_people()


@pytest.fixture
def webhook(people):
    return make_webhook(people["focal_point"])


@pytest.fixture
def posted(monkeypatch):
    """What would have gone out; `posted.answer` is the status of the next answers, or an error to raise."""

    class Posted(list):
        answer = 200

        def __call__(self, url, body, headers):
            self.append((url, body, headers))
            if isinstance(self.answer, Exception):
                raise self.answer
            return self.answer

    found = Posted()
    monkeypatch.setattr(wire, "post", found)
    return found


def told(webhook):
    return [(row.event, row.case_state) for row in webhook.sendings.order_by("pk")]


def test_system_is_told_what_happens_with_its_agencys_cases(people, webhook):
    case = make_assigned(people["agency"], intake=people["intake"])
    publish(case, people)

    assert told(webhook) == [
        ("case.arrived", "assigned"),
        ("case.changed", "answering"),
        ("case.changed", "with_head"),
        ("case.changed", "approved"),
        ("case.ended", "answered"),
    ]


def test_other_agencies_systems_are_not_told(people, webhook):
    make_case()
    make_assigned(make_agency("Sở Y tế"), intake=people["intake"])

    assert told(webhook) == []


def test_case_that_moves_on_leaves_without_its_state(people, webhook):
    other = make_webhook(people["stranger"])
    case = make_assigned(people["agency"], intake=people["intake"])

    transfer_case(case, people["stranger"].hat.agency, note="Thuộc Sở Xây dựng.", by=people["intake"])

    assert told(webhook) == [("case.arrived", "assigned"), ("case.left", "")]
    assert told(other) == [("case.arrived", "assigned")]


def test_case_kept_apart_only_leaves(people, webhook):
    case = make_assigned(people["agency"], intake=people["intake"])

    CASE.take(case, "isolate", by=None, actor="citizen")

    assert told(webhook)[-1] == ("case.left", "")


def test_only_what_was_asked_for_is_told(people):
    webhook = make_webhook(people["focal_point"], events=["case.ended"])
    resting = make_webhook(people["focal_point"], url="https://khac.example.vn/", is_active=False)
    case = make_assigned(people["agency"], intake=people["intake"])
    publish(case, people)

    assert told(webhook) == [("case.ended", "answered")]
    assert told(resting) == []


def test_what_changes_beside_the_state_is_told(people, webhook):
    case = make_assigned(people["agency"], intake=people["intake"])
    extend_case(case, why="Cần kiểm tra thực địa.", by=people["head"])

    assert told(webhook)[-1] == ("case.changed", "assigned")


def test_reading_who_asks_is_no_change(people, webhook):
    from loa.feedback.actions import read_identity

    case = make_assigned(people["agency"], intake=people["intake"], identity=Identity(name="Nguyễn"))
    before = len(told(webhook))
    read_identity(case, purpose="Hẹn giờ", by=people["focal_point"])

    assert len(told(webhook)) == before


def test_act_that_is_undone_tells_nothing(people, webhook):
    case = make_case()
    classify_case(case, kind="question", subject=None, by=people["intake"])
    with pytest.raises(PermissionDenied):
        assign_case(case, people["agency"], by=people["stranger"])

    assert told(webhook) == []


def test_message_is_signed_and_holds_no_word_of_the_case(people, webhook, posted, settings):
    case = make_assigned(
        people["agency"],
        intake=people["intake"],
        content="Chuyện bí mật",
        identity=Identity(name="Nguyễn Kín"),
    )
    clocks.send_unsent()

    url, body, headers = posted[0]
    message = json.loads(body)
    assert url == webhook.url
    assert {name: message[name] for name in ("event", "agency", "case", "state")} == {
        "event": "case.arrived", "agency": people["agency"].code, "case": case.code, "state": "assigned",
    }  # fmt: skip
    assert list(message) == ["key", "event", "at", "agency", "case", "state", "url"]
    assert message["url"] == f"{settings.BASE_URL}/api/v1/cases/{case.code}/"
    assert headers["Idempotency-Key"] == message["key"]
    moment, signature = (part.partition("=")[2] for part in headers["X-Loa-Signature"].split(","))
    signed = hmac.new(webhook.secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()
    assert signature == signed
    whole = body.decode() + str(headers)
    assert "bí mật" not in whole
    assert "Kín" not in whole
    sending = webhook.sendings.get()
    assert (sending.state, sending.answer) == ("sent", 200)


def test_told_once(people, webhook, posted):
    make_assigned(people["agency"], intake=people["intake"])
    sending = webhook.sendings.get()

    jobs.send_sendings([sending.pk])
    jobs.send_sendings([sending.pk])
    actions.send_sending(sending)  # a worker that still holds the row as it was

    assert len(posted) == 1


def test_not_taken_it_is_tried_again_with_pauses_and_given_up(people, webhook, posted, today):
    make_user(people["desk"].agency, "administrator")
    make_assigned(people["agency"], intake=people["intake"])
    posted.answer = 500
    sending = webhook.sendings.get()

    for attempt in range(1, wire.MAX_ATTEMPTS + 1):
        WebhookSending.objects.filter(pk=sending.pk).update(not_before=None)  # the pause is over
        assert clocks.send_unsent() == 1
        sending.refresh_from_db()
        assert sending.attempt_count == attempt
        if attempt < wire.MAX_ATTEMPTS:
            assert sending.state == "failed"
            assert sending.not_before - clock.now() > timedelta(minutes=wire.PAUSES[attempt - 1] - 1)
            assert clocks.send_unsent() == 0

    assert (sending.state, sending.answer) == ("dead", 500)
    assert clocks.send_unsent() == 0
    assert len({headers["Idempotency-Key"] for _url, _body, headers in posted}) == 1
    notices = Notice.objects.filter(key__startswith="case_webhook.given_up")
    assert {notice.receiver.hat.agency for notice in notices} == {people["desk"].agency, people["agency"]}


@pytest.mark.parametrize("error", [OSError("no route"), ValueError("port")])
def test_system_out_of_reach_is_tried_again(people, webhook, posted, error):
    posted.answer = error
    make_assigned(people["agency"], intake=people["intake"])
    clocks.send_unsent()

    sending = webhook.sendings.get()
    assert (sending.state, sending.answer, sending.error) == ("failed", None, str(error))


def test_system_that_is_gone_is_not_tried_again(people, webhook, posted):
    posted.answer = 410
    make_assigned(people["agency"], intake=people["intake"])
    clocks.send_unsent()

    assert webhook.sendings.get().state == "dead"


def test_what_a_killed_worker_left_is_sent_under_the_same_key(people, webhook, posted):
    make_assigned(people["agency"], intake=people["intake"])
    rows = WebhookSending.objects.filter(webhook=webhook)
    sending = rows.get()
    assert wire._begin(sending)  # and then the machine stops
    assert clocks.send_unsent() == 0
    rows.update(begun_at=clock.now() - timedelta(minutes=11))

    assert clocks.send_unsent() == 1
    assert rows.get().state == "sent"
    assert rows.get().key == sending.key


def test_given_up_is_sent_again_by_a_person(people, webhook, posted):
    posted.answer = 410
    make_assigned(people["agency"], intake=people["intake"])
    clocks.send_unsent()
    sending = webhook.sendings.get()

    with pytest.raises(PermissionDenied):
        actions.retry_sending(sending, by=people["stranger"])
    posted.answer = 204
    actions.retry_sending(sending, by=people["focal_point"])
    clocks.send_unsent()

    assert webhook.sendings.get().state == "sent"


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/nhan",
        "https://10.0.0.7/nhan",
        "https://[::1]/nhan",
        "https://[::ffff:127.0.0.1]/nhan",
        "https://169.254.169.254/latest",
        "https://localhost/nhan",
        "http://example.vn/nhan",
        "https://a:b@example.vn/",
        "https://example.vn:8443/",
    ],
)
def test_nothing_is_sent_into_a_private_network(url):
    with pytest.raises(OSError, match=r"https|private"):
        wire.post(url, b"{}", {})


def test_old_messages_are_forgotten(people, webhook, posted, today):
    make_assigned(people["agency"], intake=people["intake"])
    clocks.send_unsent()
    waiting = actions.ping(webhook, by=people["focal_point"])
    WebhookSending.objects.filter(pk=waiting.pk).update(not_before=clock.now() + timedelta(days=400))

    today(MONDAY + timedelta(days=89))
    assert clocks.forget_old() == 0
    today(MONDAY + timedelta(days=91))
    assert clocks.forget_old() == 1
    assert list(webhook.sendings.all()) == [waiting]


def test_managers_keep_the_connections_of_their_own_agency(people, webhook):
    other = people["stranger"]

    assert list(webhooks_visible_to(people["focal_point"])) == [webhook]
    assert list(webhooks_visible_to(people["officer"])) == []
    assert list(webhooks_visible_to(other)) == []
    with pytest.raises(PermissionDenied):
        actions.ping(webhook, by=other)
    with pytest.raises(PermissionDenied):
        actions.remove_webhook(webhook, by=people["officer"])
    with pytest.raises(PermissionDenied):
        actions.save_webhook(
            CaseWebhook(), url="https://a.example.vn/", events=[], is_active=True, by=people["officer"]
        )


def test_same_address_twice_is_refused(people, webhook):
    with pytest.raises(FlowError):
        actions.save_webhook(
            CaseWebhook(), url=webhook.url, events=["case.left"], is_active=True, by=people["focal_point"]
        )


def test_trial(people, webhook, posted):
    actions.ping(webhook, by=people["focal_point"])
    actions.ping(webhook, by=people["focal_point"])
    clocks.send_unsent()

    messages = [json.loads(body) for _url, body, _headers in posted]
    assert [(message["event"], message["case"], message["state"]) for message in messages] == [
        ("ping", None, None)
    ] * 2


def test_new_secret_signs_what_waits(people, webhook, posted):
    make_assigned(people["agency"], intake=people["intake"])
    old = webhook.secret
    new = actions.renew_secret(webhook, by=people["focal_point"])
    clocks.send_unsent()

    assert old != new
    _url, body, headers = posted[0]
    moment = headers["X-Loa-Signature"].split(",")[0].removeprefix("t=")
    assert headers["X-Loa-Signature"].endswith(wire.sign(new, body, at=int(moment)))


def test_telling_costs_few_queries(people, webhook, django_assert_num_queries):
    case = make_assigned(people["agency"], intake=people["intake"])
    for number in range(20):
        make_webhook(people["focal_point"], url=f"https://he-thong-{number}.example.vn/")

    with django_assert_num_queries(5):  # how it stands, who listens, what happened, the rows, their keys
        actions.tell_of(case)
    assert WebhookSending.objects.count() == 21  # the first one's was there already
    CaseWebhook.objects.update(is_active=False)
    with django_assert_num_queries(2):
        actions.tell_of(case)
