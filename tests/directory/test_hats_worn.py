import pytest
from django.urls import reverse

from factories import make_agency, make_user
from loa.directory.models import Membership

pytestmark = pytest.mark.django_db

WEAR, LIST = reverse("directory:hat_wear"), reverse("directory:agency_list")


@pytest.fixture
def agencies():
    return make_agency("Sở Nội vụ"), make_agency("Sở Tài chính")


@pytest.fixture
def person(agencies):
    first, second = agencies
    user = make_user(first, "officer")
    Membership.objects.create(user=user, agency=second, role="head", valid_from="2000-01-01")
    return user


def worn(page):
    return page.get(LIST).wsgi_request.user.hat.agency


def test_the_first_hat_is_worn_unless_another_is_chosen(as_user, person, agencies):
    assert worn(as_user(person)) == agencies[0]


def test_a_chosen_hat_stays_on(as_user, person, agencies):
    page = as_user(person)

    response = page.post(WEAR, {"agency": agencies[1].pk, "next": LIST})

    assert response["Location"] == LIST
    assert worn(page) == agencies[1]
    assert page.get(LIST).wsgi_request.user.hat.roles == {"head"}


@pytest.mark.parametrize("chosen", ["", "x", "-1", "999999"])
def test_a_hat_one_does_not_have_is_not_found(as_user, person, agencies, chosen):
    page = as_user(person)

    assert page.post(WEAR, {"agency": chosen}).status_code == 404
    assert worn(page) == agencies[0]


def test_another_agencys_hat_is_not_found(as_user, person):
    assert as_user(person).post(WEAR, {"agency": make_agency().pk}).status_code == 404


def test_a_chosen_hat_falls_off_when_the_role_ends(as_user, person, agencies):
    page = as_user(person)
    page.post(WEAR, {"agency": agencies[1].pk})

    person.memberships.filter(agency=agencies[1]).update(valid_to="2000-01-02")

    assert worn(page) == agencies[0]


def test_one_is_not_led_away_from_the_site(as_user, person, agencies):
    response = as_user(person).post(WEAR, {"agency": agencies[1].pk, "next": "https://example.test/"})

    assert response["Location"] == reverse("desk:mine")


def test_looking_changes_no_hat(as_user, person, agencies):
    assert as_user(person).get(WEAR, {"agency": agencies[1].pk}).status_code == 405


def test_a_visitor_is_sent_to_the_log_in(client):
    response = client.post(WEAR, {"agency": 1})

    assert response["Location"].startswith(reverse("account_login"))


def test_the_profile_shows_every_hat(as_user, person, agencies):
    response = as_user(person).get(reverse("directory:profile"))

    assert [hat.agency for hat in response.wsgi_request.user.hats] == list(agencies)
    assert [each.agency for each in response.context["memberships"]] == list(agencies)
