"""The pages of keys and connected systems."""

from datetime import date

import pytest

from factories.api import make_key, make_webhook
from factories.directory import make_agency, make_user
from factories.feedback import make_assigned, make_people
from loa.api import actions, clocks
from loa.api.actions import sending as wire
from loa.api.models import ApiKey, CaseWebhook
from loa.api.queries import good_key
from loa.core import clock
from loa.core.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
KEYS, SYSTEMS = "/ket-noi/khoa/", "/ket-noi/he-thong/"


@pytest.fixture
def people(today, settings):
    today(date(2019, 3, 4))
    settings.LANGUAGE_CODE = "en"
    people = make_people()
    people["administrator"] = make_user(make_agency("Sở Thông tin"), "administrator")
    return people


def asked(people, **changes):
    return {
        "name": "Tổng đài 1022",
        "agency": people["agency"].pk,
        "keeper": people["officer"].pk,
        "scopes": ["may_submit", "may_read"],
        "rate": 30,
        **changes,
    }


def test_key_is_shown_once_and_kept_as_a_digest(people, as_user):
    page = as_user(people["administrator"])
    response = page.post(f"{KEYS}them/", asked(people))

    key = ApiKey.objects.get()
    letters = response.content.decode().split('id="letters" readonly value="')[1].split('"')[0]
    assert good_key(letters) == key
    assert letters not in str(vars(key))
    assert response["Cache-Control"].startswith("max-age=0")
    assert (key.may_submit, key.may_read, key.may_write, key.may_see_identity, key.rate) == (
        True, True, False, False, 30,
    )  # fmt: skip
    for address in (KEYS, key.get_absolute_url()):
        assert letters not in page.get(address).content.decode()
    entry = Entry.objects.get(action="api_key.make")
    assert letters not in str(entry.data) + entry.note


@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({"scopes": []}, 422, "required"),
        ({"rate": 0}, 422, "greater than"),
        ({"ends_on": "2019-03-03"}, 422, "passed"),
        ({"keeper": "head"}, 422, "valid choice"),
        ({"keeper": "stranger"}, 409, "does not work in"),
    ],
)
def test_wrong_key_is_refused_and_what_was_typed_stays(people, as_user, changes, status, words):
    if changes.get("keeper"):
        changes = {"keeper": people[changes["keeper"]].pk}

    response = as_user(people["administrator"]).post(f"{KEYS}them/", asked(people, **changes))

    assert response.status_code == status
    assert words in response.content.decode()
    assert "Tổng đài 1022" in response.content.decode()
    assert not ApiKey.objects.exists()


def test_revoked_key_opens_nothing(people, as_user):
    key = make_key(people["officer"], "may_read", letters="loa_x")
    page = as_user(people["administrator"])
    assert page.post(f"{KEYS}{key.pk}/thu-hoi/", {"note": ""}).status_code == 422
    assert good_key("loa_x") == key

    assert page.post(f"{KEYS}{key.pk}/thu-hoi/", {"note": "Lộ khóa"}).status_code == 302
    assert good_key("loa_x") is None
    again = page.post(f"{KEYS}{key.pk}/thu-hoi/", {"note": "Lộ khóa"})
    assert again.status_code == 409
    assert "revoked already" in again.content.decode()
    assert Entry.objects.filter(action="api_key.revoke").count() == 1


def test_list_of_keys_as_a_sheet(people, as_user):
    make_key(people["officer"], "may_read")
    page = as_user(people["administrator"])

    make_key(people["officer"], letters="loa_y", name="Cũ", revoked_at=clock.now())

    def shown(**asked):
        return [row["name"] for row in page.get(KEYS, asked).context["table"].data.data.values("name")]

    assert sorted(shown()) == ["Cũ", "Tổng đài"]
    assert (shown(revoked="yes"), shown(revoked="no")) == (["Cũ"], ["Tổng đài"])
    assert shown(name="Tổng") == ["Tổng đài"]
    assert (
        page.get(KEYS, {"export": "xlsx"})["Content-Disposition"]
        == 'attachment; filename="khoa-ket-noi.xlsx"'
    )
    assert as_user(people["head"]).get(KEYS).status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_queries_of_the_list_do_not_grow(people, as_user, django_assert_num_queries, count):
    for number in range(count):
        make_key(people["officer"], "may_read", letters=f"loa_{number}")
    page = as_user(people["administrator"])
    page.get(KEYS)

    with django_assert_num_queries(9):
        page.get(KEYS)


def test_focal_point_connects_a_system_tries_it_and_sees_how_it_went(people, as_user, monkeypatch):
    monkeypatch.setattr(wire, "post", lambda _url, _body, _headers: 503)
    page = as_user(people["focal_point"])
    sent = {"url": "https://he-thong.example.vn/nhan", "events": ["case.arrived"], "is_active": "on"}

    assert page.post(f"{SYSTEMS}them/", sent).status_code == 302
    webhook = CaseWebhook.objects.get()
    assert (webhook.agency, webhook.events) == (people["agency"], ["case.arrived"])
    assert webhook.secret.startswith("whsec_")
    where = webhook.get_absolute_url()
    assert page.post(f"{where}thu/").status_code == 302
    clocks.send_unsent()

    told = page.get(where).content.decode()
    assert "Test message" in told
    assert "The system answered 503." in told
    assert webhook.secret not in told


@pytest.mark.parametrize(
    "url", ["http://he-thong.example.vn/", "https://a:b@example.vn/", "khong-phai", "ftp://example.vn/"]
)
def test_address_that_is_not_https_is_refused(people, as_user, url):
    sent = {"url": url, "events": ["case.arrived"], "is_active": "on"}

    assert as_user(people["focal_point"]).post(f"{SYSTEMS}them/", sent).status_code == 422
    assert not CaseWebhook.objects.exists()


def test_same_address_is_said(people, as_user):
    webhook = make_webhook(people["focal_point"])
    sent = {"url": webhook.url, "events": ["case.arrived"], "is_active": "on"}

    response = as_user(people["focal_point"]).post(f"{SYSTEMS}them/", sent)

    assert response.status_code == 409
    assert "connected already" in response.content.decode()


def test_secret_is_shown_to_keepers_and_made_anew(people, as_user):
    webhook = make_webhook(people["focal_point"])
    where = f"{webhook.get_absolute_url()}khoa-ky/"
    page = as_user(people["focal_point"])

    assert webhook.secret in page.post(where).content.decode()
    assert page.get(where).status_code == 405
    renewed = page.post(where, {"renew": "1"}).content.decode()
    assert webhook.secret not in renewed
    assert CaseWebhook.objects.get().secret in renewed
    assert as_user(people["stranger"]).post(where).status_code == 404
    assert as_user(people["administrator"]).post(where).status_code == 403


def test_connection_is_changed_rests_and_is_removed(people, as_user):
    webhook = make_webhook(people["focal_point"])
    page, where = as_user(people["focal_point"]), webhook.get_absolute_url()

    page.post(f"{where}sua/", {"url": webhook.url, "events": ["case.left"]})
    webhook.refresh_from_db()
    assert (webhook.events, webhook.is_active) == (["case.left"], False)
    assert page.post(f"{where}thu/", follow=True).status_code == 200  # not in use: said, not sent
    assert not webhook.sendings.exists()
    assert page.post(f"{where}go/").status_code == 302
    assert not CaseWebhook.objects.exists()
    assert Entry.objects.filter(action="case_webhook.remove").count() == 1


def test_given_up_is_sent_again(people, as_user, monkeypatch):
    monkeypatch.setattr(wire, "post", lambda _url, _body, _headers: 410)
    webhook = make_webhook(people["focal_point"])
    make_assigned(people["agency"], intake=people["intake"])
    clocks.send_unsent()
    page, where = as_user(people["focal_point"]), webhook.get_absolute_url()
    assert "Resend 1 given up" in page.get(where).content.decode()

    assert page.post(f"{where}gui-lai/").status_code == 302

    assert webhook.sendings.get().state == "queued"


@pytest.mark.parametrize("count", [1, 30])
def test_queries_of_what_was_told_do_not_grow(people, as_user, django_assert_num_queries, count):
    webhook = make_webhook(people["focal_point"])
    for _ in range(count):
        make_assigned(people["agency"], intake=people["intake"])
    page = as_user(people["focal_point"])
    page.get(webhook.get_absolute_url())

    with django_assert_num_queries(11):
        assert page.get(webhook.get_absolute_url()).status_code == 200


def test_part_of_the_administration_page(people, as_user):
    make_key(people["officer"], "may_read")
    make_webhook(people["focal_point"])
    person = people["administrator"]

    told = (
        as_user(person)
        .get(f"/ket-noi/quan-tri/{person.pk}/", headers={"HX-Request": "true"})
        .content.decode()
    )

    assert "1 not revoked" in told
    assert "1 in use" in told


def test_trial_without_a_hat_of_the_agency_is_refused(people):
    webhook = make_webhook(people["focal_point"])
    with pytest.raises(Exception, match="role"):
        actions.ping(webhook, by=people["officer"])


@pytest.mark.parametrize(("asked", "rows"), [("", 2), ("is_active=yes", 1), ("is_active=no", 1)])
def test_connections_in_use_and_not_are_both_listed_until_one_chooses(people, as_user, asked, rows):
    make_webhook(people["focal_point"])
    make_webhook(people["focal_point"], url="https://khac.example.vn/", is_active=False)

    page = as_user(people["focal_point"]).get(f"{SYSTEMS}?{asked}").content.decode()

    assert page.count('<tr role="row" class="') == rows
    assert '<option value="" selected>All</option>' in page or asked
