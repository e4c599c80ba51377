from datetime import date

import pytest
from django.core import mail

from factories import make_agency, make_user
from loa.channels import actions, clocks
from loa.channels.models import Delivery, Notice
from loa.channels.queries import unread_notice_count
from loa.channels.queries.deliveries import LEASE
from loa.core import clock
from loa.core.workflow import StaleError


@pytest.fixture
def tell(db, django_capture_on_commit_callbacks):
    def send(*people, key="k1"):
        with django_capture_on_commit_callbacks(execute=True):
            return actions.notify(
                people, key=key, subject=lambda: "Việc mới", body=lambda: "Nội dung", url="/x/"
            )

    return send


def test_notice_reaches_page_and_mail(tell):
    user = make_user(make_agency())

    tell(user)

    assert unread_notice_count(user) == 1
    assert [message.to for message in mail.outbox] == [[user.email]]
    assert Delivery.objects.get().state == "sent"
    assert mail.outbox[0].extra_headers["Message-ID"] == Delivery.objects.get().message_id


def test_same_happening_is_told_once(tell):
    user = make_user(make_agency())

    tell(user)
    tell(user)

    assert Notice.objects.count() == 1
    assert len(mail.outbox) == 1


def test_same_person_named_twice_is_told_once(tell):
    user = make_user(make_agency())

    tell(user, user)

    assert Notice.objects.count() == 1


def test_inactive_account_is_not_told(tell):
    tell(make_user(make_agency(), is_active=False))

    assert Notice.objects.count() == 0


def test_mail_left_in_sending_goes_out_with_the_same_message_id(tell):
    tell(make_user(make_agency()))
    first = mail.outbox[0].extra_headers["Message-ID"]
    Delivery.objects.update(state="sending", begun_at=clock.now() - LEASE)

    clocks.send_unsent()

    assert [message.extra_headers["Message-ID"] for message in mail.outbox] == [first, first]
    assert Delivery.objects.get().state == "sent"


def test_mail_that_another_worker_is_sending_is_left_to_it(tell):
    tell(make_user(make_agency()))
    Delivery.objects.update(state="sending", begun_at=clock.now())

    assert clocks.send_unsent() == 0
    assert len(mail.outbox) == 1


def test_of_two_workers_one_sends(tell):
    tell(make_user(make_agency()))
    Delivery.objects.update(state="queued")
    first, second = Delivery.objects.get(), Delivery.objects.get()

    actions.send_delivery(first)
    actions.send_delivery(second)

    assert len(mail.outbox) == 2  # the one of `tell` and one of the two
    assert Delivery.objects.get().attempt_count == 2


def test_sent_mail_is_not_sent_again(tell):
    tell(make_user(make_agency()))

    assert clocks.send_unsent() == 0
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(("attempts", "state"), [(0, "failed"), (4, "given_up")])
def test_failing_server_is_tried_five_times(tell, settings, attempts, state):
    tell(make_user(make_agency()))
    Delivery.objects.update(state="queued", attempt_count=attempts)
    settings.EMAIL_BACKEND = "channels.refusing_mail.EmailBackend"

    clocks.send_unsent()

    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempt_count, delivery.error) == (
        state,
        attempts + 1,
        "the server refused",
    )


def test_opening_marks_as_read_and_leads_there(tell, as_user):
    user = make_user(make_agency())
    (notice,) = tell(user)

    response = as_user(user).post(f"/thong-bao/{notice.pk}/mo/")

    assert (response.status_code, response["Location"]) == (302, "/x/")
    assert unread_notice_count(user) == 0


def test_notice_of_another_person_is_not_found(tell, as_user):
    (notice,) = tell(make_user(make_agency()))

    response = as_user(make_user(make_agency())).post(f"/thong-bao/{notice.pk}/mo/")

    assert response.status_code == 404


def test_failed_step_of_a_delivery_that_is_sent_is_stale(tell):
    from loa.channels.states import DELIVERY

    tell(make_user(make_agency()))

    with pytest.raises(StaleError):
        DELIVERY.take(Delivery.objects.get(), "begin", by=None, actor="clock")


@pytest.mark.parametrize("count", [1, 30])
def test_list_costs_the_same_for_one_and_thirty(tell, as_user, django_assert_num_queries, count):
    user = make_user(make_agency())
    for number in range(count):
        tell(user, key=f"k{number}")
    client = as_user(user)
    client.get("/thong-bao/")

    with django_assert_num_queries(7):
        response = client.get("/thong-bao/")

    assert len(response.context["notices"]) == count


def test_inbox_shows_the_unread_alone(tell, as_user):
    user = make_user(make_agency())
    (first,) = tell(user)
    (second,) = tell(user, key="k2")
    client = as_user(user)
    client.post(f"/thong-bao/{first.pk}/da-doc/")

    response = client.get("/thong-bao/?loc=chua-doc")

    assert list(response.context["notices"]) == [second]


def test_inbox_groups_by_day(tell, as_user, today):
    user = make_user(make_agency())
    today(date(2019, 6, 3))
    tell(user)
    today(date(2019, 6, 4))
    tell(user, key="k2")

    response = as_user(user).get("/thong-bao/")

    assert [day for day, _rows in response.context["days"]] == [date(2019, 6, 4), date(2019, 6, 3)]


def test_all_are_marked_as_read(tell, as_user):
    user = make_user(make_agency())
    tell(user)
    tell(user, key="k2")

    as_user(user).post("/thong-bao/da-doc/")

    assert unread_notice_count(user) == 0


def test_failed_mail_waits_longer_before_each_try(tell, settings):
    tell(make_user(make_agency()))
    Delivery.objects.update(state="queued", attempt_count=0)
    settings.EMAIL_BACKEND = "channels.refusing_mail.EmailBackend"
    clocks.send_unsent()

    assert clocks.send_unsent() == 0
    assert Delivery.objects.get().not_before > clock.now()
