import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from factories import make_agency, make_user
from loa.channels import actions
from loa.channels.models import Delivery, Notice
from loa.core import clock
from loa.core.workflow import StaleError

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return make_user(make_agency(), "administrator")


def make_failed(state="given_up"):
    receiver = make_user(make_agency(), email="moi@example.test")
    notice = Notice.objects.create(
        receiver=receiver, key="k", subject_vi="Việc", subject_en="Work", url="/", created_at=clock.now()
    )
    return Delivery.objects.create(
        notice=notice,
        address="cu@example.test",
        message_id="<1@example.test>",
        state=state,
        attempt_count=5,
        error="refused",
        created_at=clock.now(),
    )


def failed_url(user):
    return reverse("channels:failed_delivery_list", args=[user.pk])


def test_the_overview_offers_the_mail_that_did_not_leave(as_user, administrator):
    page = as_user(administrator).get(reverse("directory:administration")).content.decode()

    assert page.count(failed_url(administrator)) == 2


def test_mail_that_did_not_leave_is_listed(as_user, administrator):
    delivery = make_failed()

    shown = as_user(administrator).get(failed_url(administrator)).context["deliveries"]

    assert list(shown) == [delivery]


@pytest.mark.parametrize("role", ["officer", "head", "leader"])
def test_mail_that_did_not_leave_is_not_found_by_others(as_user, role):
    person = make_user(make_agency(), role)
    page = as_user(person)

    assert page.get(failed_url(person)).status_code == 404
    assert page.post(reverse("channels:delivery_retry", args=[make_failed().pk])).status_code == 404


def test_a_retried_mail_goes_to_the_present_address_as_the_same_message(
    as_user, administrator, django_capture_on_commit_callbacks
):
    delivery = make_failed()

    with django_capture_on_commit_callbacks(execute=True):
        as_user(administrator).post(reverse("channels:delivery_retry", args=[delivery.pk]))

    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempt_count) == ("sent", 1)
    assert [message.to for message in mail.outbox] == [["moi@example.test"]]
    assert mail.outbox[0].extra_headers["Message-ID"] == "<1@example.test>"


def test_retrying_twice_is_refused(administrator):
    delivery = make_failed()
    actions.retry_delivery(Delivery.objects.get(), by=administrator)

    with pytest.raises(StaleError):
        actions.retry_delivery(delivery, by=administrator)


def test_retrying_asks_for_the_administrator():
    with pytest.raises(PermissionDenied):
        actions.retry_delivery(make_failed(), by=make_user(make_agency(), "head"))
