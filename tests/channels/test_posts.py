"""Announcements: prepared once, posted once, and where nobody knows, a person is asked."""

import threading
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core.exceptions import PermissionDenied

from factories import make_agency, make_plan, make_user
from loa.channels import actions, clocks
from loa.channels.actions import drivers
from loa.channels.models import Delivery, Outlet, Post
from loa.channels.queries.deliveries import LEASE
from loa.core import clock
from loa.core.workflow import FlowError, StaleError
from loa.plans.queries.matters import PLAN_ANNOUNCEMENT

pytestmark = pytest.mark.slow


class Taker(HTTPServer):
    """An outlet that answers with a status; it keeps what it was sent."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answer)
        self.status, self.keys = 201, []


class Answer(BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.keys.append(self.headers["Idempotency-Key"])
        if self.server.status:
            self.send_response(self.server.status)
            self.end_headers()

    def log_message(self, *_words):
        """Silent."""


@pytest.fixture
def taker():
    server = Taker()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def plan(db):
    return make_plan(number="42/KH-UBND")


@pytest.fixture
def poster(plan):
    return make_user(plan.coordinator, "focal_point")


@pytest.fixture
def announce(plan, poster, django_capture_on_commit_callbacks):
    def post(*outlets, by=None):
        with django_capture_on_commit_callbacks(execute=True):
            return actions.announce(
                plan,
                announceable=PLAN_ANNOUNCEMENT,
                title="Kế hoạch 42",
                text="Đã ban hành.",
                outlets=outlets,
                by=by or poster,
            )

    return post


def webhook(taker, *, is_public=True):
    address = f"http://127.0.0.1:{taker.server_address[1]}/moi"
    return Outlet.objects.create(name="Trang", driver="webhook", address=address, is_public=is_public)


def only():
    return Delivery.objects.get()


def test_webhook_takes_the_text_once(announce, taker):
    announce(webhook(taker))
    clocks.send_unsent()

    assert (only().state, taker.keys) == ("sent", [only().message_id])


def test_manual_outlet_waits_for_a_person(announce, poster):
    announce(Outlet.objects.create(name="Zalo"))
    clocks.send_unsent()
    waiting = only().state

    actions.mark_posted(only(), link="https://zalo.example/1", by=poster)

    assert (waiting, only().state, only().link) == ("queued", "sent", "https://zalo.example/1")


def test_second_announcement_goes_only_where_it_is_not_yet(announce):
    first, second = Outlet.objects.create(name="A"), Outlet.objects.create(name="B")
    announce(first)
    announce(first, second)

    assert (Post.objects.count(), Delivery.objects.count()) == (1, 2)
    with pytest.raises(FlowError):
        announce(first, second)


def test_refusal_of_the_outlet_is_tried_again(announce, taker):
    taker.status = 404
    announce(webhook(taker))

    assert (only().state, only().not_before > clock.now()) == ("failed", True)


@pytest.mark.parametrize("status", [500, 0])
def test_unclear_answer_of_a_public_outlet_waits_for_a_person(announce, taker, status):
    taker.status = status
    announce(webhook(taker))
    clocks.send_unsent()

    assert (only().state, len(taker.keys)) == ("to_check", 1)


def test_timeout_waits_for_a_person(announce, taker, monkeypatch):
    monkeypatch.setattr(drivers, "TIMEOUT", 0.2)
    taker.RequestHandlerClass = type("Slow", (Answer,), {"do_POST": lambda self: threading.Event().wait(1)})

    announce(webhook(taker))

    assert only().state == "to_check"


def test_outlet_that_is_not_there_is_provably_unsent(announce, taker):
    outlet = webhook(taker)
    outlet.address = "http://127.0.0.1:9/"
    outlet.save()

    announce(outlet)

    assert only().state == "failed"


def test_unclear_answer_of_an_inner_outlet_is_asked_again_with_the_same_key(announce, taker):
    taker.status = 500
    announce(webhook(taker, is_public=False))
    taker.status = 200
    Delivery.objects.update(not_before=None)

    clocks.send_unsent()

    assert (only().state, taker.keys) == ("sent", [only().message_id] * 2)


def test_public_post_left_in_sending_goes_to_check_and_is_never_resent(announce, taker):
    announce(webhook(taker))
    Delivery.objects.update(state="sending", begun_at=clock.now() - LEASE)

    clocks.send_unsent()
    clocks.doubt_stuck_posts()
    clocks.doubt_stuck_posts()
    clocks.send_unsent()

    assert (only().state, len(taker.keys)) == ("to_check", 1)


@pytest.mark.parametrize(("age", "state"), [(LEASE - timedelta(minutes=1), "sending"), (LEASE, "to_check")])
def test_post_in_hand_is_left_to_its_worker(announce, taker, age, state):
    announce(webhook(taker))
    Delivery.objects.update(state="sending", begun_at=clock.now() - age)

    clocks.doubt_stuck_posts()

    assert only().state == state


def test_person_says_it_was_not_posted(announce, taker, poster, django_capture_on_commit_callbacks):
    taker.status = 500
    announce(webhook(taker))
    taker.status = 201

    with django_capture_on_commit_callbacks(execute=True):
        actions.send_again(only(), by=poster)

    assert (only().state, len(taker.keys)) == ("sent", 2)


def test_person_says_it_was_posted(announce, taker, poster):
    taker.status = 500
    announce(webhook(taker))

    actions.mark_posted(only(), link="https://trang.example/1", by=poster)

    assert (only().state, len(taker.keys)) == ("sent", 1)
    with pytest.raises(StaleError):
        actions.send_again(only(), by=poster)


def test_stranger_neither_announces_nor_decides(announce, taker):
    stranger = make_user(make_agency())
    with pytest.raises(PermissionDenied):
        announce(webhook(taker), by=stranger)
    taker.status = 500
    announce(Outlet.objects.get())

    for act in (actions.mark_posted, actions.send_again):
        with pytest.raises(PermissionDenied):
            act(only(), by=stranger)


def test_plan_page_leads_to_the_announcement(plan, poster, as_user):
    outlet = Outlet.objects.create(name="Zalo")
    client = as_user(poster)
    form = client.get(f"/thong-bao/cong-bo/plan/{plan.pk}/dang/").context["form"]

    wrong = client.post(f"/thong-bao/cong-bo/plan/{plan.pk}/dang/", {"title": "Mới", "text": "Chữ đã gõ"})
    right = client.post(f"/thong-bao/cong-bo/plan/{plan.pk}/dang/", {**form.initial, "outlets": [outlet.pk]})
    shown = client.get(f"/thong-bao/cong-bo/plan/{plan.pk}/")

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert "Chữ đã gõ" in wrong.content.decode()
    assert [post.outlet for post in shown.context["posts"]] == [outlet]
    assert shown.context["may_announce"] is False


def test_draft_plan_is_not_announced(plan, poster, as_user):
    type(plan).objects.update(state="draft")

    assert as_user(poster).get(f"/thong-bao/cong-bo/plan/{plan.pk}/dang/").status_code == 404


def test_post_s_page_asks_whether_it_is_out(announce, taker, poster, as_user):
    taker.status = 500
    announce(webhook(taker))
    client = as_user(poster)

    unsure = client.post(f"/thong-bao/bai-dang/{only().pk}/buoc/send_again/", {})
    client.post(f"/thong-bao/bai-dang/{only().pk}/buoc/mark_posted/", {"link": "https://trang.example/1"})

    assert unsure.status_code == 422
    assert (only().state, only().link) == ("sent", "https://trang.example/1")


def test_outlet_s_address_must_be_safe(as_user, db):
    keeper = make_user(make_agency(), "administrator")
    given = {"name": "Trang", "driver": "webhook", "address": "http://trang.example/", "is_active": "on"}

    refused = as_user(keeper).post("/thong-bao/noi-dang/them/", given)
    taken = as_user(keeper).post("/thong-bao/noi-dang/them/", given | {"address": "https://trang.example/"})
    twice = as_user(keeper).post("/thong-bao/noi-dang/them/", given | {"address": "https://trang.example/"})

    assert (refused.status_code, taken.status_code, twice.status_code) == (422, 302, 422)
    assert Outlet.objects.get().address == "https://trang.example/"


@pytest.mark.parametrize("count", [1, 30])
def test_list_of_posts_costs_the_same_for_one_and_thirty(
    poster, as_user, announce, django_assert_num_queries, count
):
    announce(*[Outlet.objects.create(name=f"Nơi {number}") for number in range(count)])
    client = as_user(poster)
    client.get("/thong-bao/bai-dang/")

    with django_assert_num_queries(12):
        response = client.get("/thong-bao/bai-dang/")

    assert len(response.context["table"].page) == count


def test_posts_that_wait_pass_to_the_successor(plan, announce, poster):
    first, second = Outlet.objects.create(name="A"), Outlet.objects.create(name="B")
    announce(first, second)
    actions.mark_posted(Delivery.objects.get(outlet=first), by=poster)
    successor = make_agency("Sở Nội vụ")
    given = {"on": date(2025, 3, 1), "decision": "QĐ 1"}

    moved = actions.hand_over_posts(plan.coordinator, successor, **given, by=None)

    assert [row.url for row in moved] == [Delivery.objects.get(outlet=second).get_absolute_url()]
    assert Post.objects.get().agency == successor
    assert actions.hand_over_posts(plan.coordinator, successor, **given, by=None) == []
