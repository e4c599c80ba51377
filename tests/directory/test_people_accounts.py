import re
from datetime import date

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from factories import make_agency, make_user
from loa.core import history
from loa.core.workflow import FlowError
from loa.directory import actions
from loa.directory.models import Membership, User

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"directory:{name}", args=args)


def acts(obj):
    return [entry.action for entry in history.entries_of([obj])]


def people(response):
    return [row.record for row in response.context["table"].rows]


@pytest.fixture
def administrator():
    return make_user(make_agency("Văn phòng UBND", kind="office"), "administrator", full_name="Quản trị")


# See ------------------------------------------------------------------------------------------------


def test_the_administrator_sees_every_account(as_user, administrator):
    person = make_user(make_agency(), "officer", full_name="Cán bộ")
    closed = make_user(full_name="Đã nghỉ", is_active=False)

    assert people(as_user(administrator).get(url("user_list"))) == [person, closed, administrator]


def test_others_see_the_people_of_their_agency(as_user):
    agency = make_agency()
    person, colleague = make_user(agency, "officer", full_name="A"), make_user(agency, "head", full_name="B")
    make_user(agency, "officer", full_name="C", is_active=False)
    stranger = make_user(make_agency(), "head")
    page = as_user(person)

    assert people(page.get(url("user_list"))) == [person, colleague]
    assert page.get(url("user_detail", colleague.pk)).status_code == 200
    assert page.get(url("user_detail", stranger.pk)).status_code == 404


def test_without_a_hat_one_sees_oneself(as_user):
    person = make_user()
    make_user(make_agency())

    assert people(as_user(person).get(url("user_list"))) == [person]


def test_people_are_found_by_name_agency_and_role(as_user, administrator):
    agency = make_agency("Sở Nội vụ", code="so-noi-vu")
    head = make_user(agency, "head", full_name="Trưởng phòng")
    idle = make_user(full_name="Chưa có việc")
    page = as_user(administrator)

    assert people(page.get(url("user_list"), {"q": "truong"})) == [head]
    assert people(page.get(url("user_list"), {"agency": "so-noi-vu"})) == [head]
    assert people(page.get(url("user_list"), {"role": "head"})) == [head]
    assert people(page.get(url("user_list"), {"role": "none"})) == [idle]
    assert page.get(url("user_list"), {"export": "xlsx"}).content.startswith(b"PK")


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_of_people_takes_the_same_queries_for_any_length(
    as_user, administrator, django_assert_num_queries, count
):
    agency = make_agency()
    for _ in range(count):
        make_user(agency, "officer", "focal_point")
    page = as_user(administrator)
    page.get(url("user_list"))

    with django_assert_num_queries(10):
        page.get(url("user_list"))


# Accounts -------------------------------------------------------------------------------------------


def test_a_new_account_gets_a_link_that_sets_its_password(as_user, administrator, client, mailoutbox):
    new = {"full_name": "Cán bộ mới", "username": "canbo.moi", "email": "CanBo.Moi@Example.Test"}

    response = as_user(administrator).post(url("user_create"), new)

    person = User.objects.get(username="canbo.moi")
    assert response["Location"] == url("role_add", person.pk)
    assert (person.email, person.has_usable_password()) == ("canbo.moi@example.test", False)
    assert acts(person) == ["user.create"]
    assert [mail.to for mail in mailoutbox] == [["canbo.moi@example.test"]]
    link = re.search(r"https?://[^/\s]+(/\S+)", mailoutbox[0].body)[1]
    client.logout()
    form_page = client.get(link, follow=True)
    client.post(
        form_page.request["PATH_INFO"], {"password1": "mat-khau-rat-dai-7", "password2": "mat-khau-rat-dai-7"}
    )
    person.refresh_from_db()
    assert person.check_password("mat-khau-rat-dai-7")


@pytest.mark.parametrize("field", ["username", "email"])
def test_a_log_in_name_is_taken_once(as_user, administrator, field):
    make_user(username="co.roi", email="co.roi@example.test")
    new = {"full_name": "Mới", "username": "moi", "email": "moi@example.test"}
    taken = {"username": "co.roi", "email": "CO.ROI@example.test"}

    response = as_user(administrator).post(url("user_create"), {**new, field: taken[field]})

    assert list(response.context["form"].errors) == [field]
    assert User.objects.filter(full_name="Mới").count() == 0


def test_a_mail_that_does_not_leave_is_said(as_user, administrator, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    person = make_user()

    response = as_user(administrator).post(url("user_send_link", person.pk), follow=True)

    assert [message.level_tag for message in response.context["messages"]] == ["error"]


def test_a_corrected_account_keeps_the_old_words_in_history(as_user, administrator):
    person = make_user(username="a", email="a@example.test", full_name="Cũ")

    as_user(administrator).post(
        url("user_edit", person.pk), {"full_name": "Mới", "username": "a", "email": "a@example.test"}
    )

    person.refresh_from_db()
    assert person.full_name == "Mới"
    assert history.entries_of([person]).get().data["changes"] == {"full_name": ["Cũ", "Mới"]}


def test_a_closed_account_cannot_go_on(as_user, administrator, client):
    person = make_user(make_agency(), "officer")
    as_user(person)
    UserSession.objects.create(
        user=person, session_key=client.session.session_key, ip="127.0.0.1", user_agent="x"
    )

    actions.deactivate_user(person, note="Nghỉ hưu", by=administrator)

    assert client.get(url("agency_list")).status_code == 302
    assert Session.objects.count() == 0
    assert UserSession.objects.filter(user=person).count() == 0
    assert acts(person) == ["user.deactivate"]


def test_a_closed_account_is_opened_again(as_user, administrator):
    person = make_user(is_active=False)

    as_user(administrator).post(url("user_reactivate", person.pk))

    person.refresh_from_db()
    assert person.is_active
    assert acts(person) == ["user.reactivate"]


def test_one_cannot_close_ones_own_account(as_user, administrator):
    response = as_user(administrator).post(url("user_deactivate", administrator.pk), {"note": "x"})

    administrator.refresh_from_db()
    assert (response.status_code, administrator.is_active) == (409, True)


def test_closing_twice_is_refused(administrator):
    person = make_user()
    actions.deactivate_user(User.objects.get(pk=person.pk), by=administrator)

    with pytest.raises(FlowError):
        actions.deactivate_user(person, by=administrator)


# Roles ----------------------------------------------------------------------------------------------


def test_a_role_is_given_from_a_day(as_user, administrator):
    person, agency = make_user(), make_agency(code="so-noi-vu")

    as_user(administrator).post(
        url("role_add", person.pk),
        {"agency": "so-noi-vu", "role": "head", "title": "GIÁM ĐỐC", "valid_from": "2019-01-01"},
    )

    membership = person.memberships.get()
    assert (membership.agency, membership.role, membership.title) == (agency, "head", "GIÁM ĐỐC")
    assert (membership.valid_from, membership.valid_to) == (date(2019, 1, 1), None)
    assert acts(person) == ["user.add_role"]


def test_a_role_is_held_once_at_a_time(administrator):
    person, agency = make_user(), make_agency()
    role = {"agency": agency, "role": "head", "by": administrator}
    actions.add_membership(person, valid_from=date(2019, 1, 1), valid_to=date(2019, 12, 31), **role)

    with pytest.raises(FlowError):
        actions.add_membership(person, valid_from=date(2019, 12, 31), **role)
    actions.add_membership(person, valid_from=date(2020, 1, 1), **role)

    assert person.memberships.count() == 2


def test_a_role_that_ended_is_worn_no_more(as_user, administrator, today):
    today(date(2020, 6, 1))
    person = make_user(make_agency(), "officer")
    membership = person.memberships.get()

    as_user(administrator).post(
        url("role_change", membership.pk), {"title": "", "valid_from": "2000-01-01", "valid_to": "2020-05-31"}
    )

    assert User.objects.get(pk=person.pk).hats == []
    assert acts(person) == ["user.change_role"]


def test_an_end_before_the_beginning_is_said_at_the_field(as_user, administrator):
    membership = make_user(make_agency(), "officer").memberships.get()

    response = as_user(administrator).post(
        url("role_change", membership.pk), {"title": "", "valid_from": "2020-01-01", "valid_to": "2019-01-01"}
    )

    assert list(response.context["form"].errors) == ["valid_to"]


def test_the_last_administrator_keeps_the_role(administrator, today):
    today(date(2020, 6, 1))
    membership = administrator.memberships.get()
    change = {"title": "", "valid_from": date(2000, 1, 1), "valid_to": date(2020, 5, 31), "by": administrator}

    with pytest.raises(FlowError):
        actions.change_membership(membership, **change)
    make_user(make_agency(), "administrator")
    actions.change_membership(membership, **change)

    assert Membership.objects.get(pk=membership.pk).valid_to == date(2020, 5, 31)


# Oneself --------------------------------------------------------------------------------------------


def test_ones_own_address_is_changed_with_the_password(as_user):
    person = make_user(make_agency(), "officer")
    person.set_password("mat-khau-rat-dai-7")
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)

    as_user(person).post(
        url("profile"), {"email": "Moi@Example.Test", "password": "mat-khau-rat-dai-7", "wants_mail": "on"}
    )

    person.refresh_from_db()
    assert person.email == "moi@example.test"
    assert EmailAddress.objects.filter(user=person).count() == 0
    assert acts(person) == ["user.edit"]


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({"email": "moi@example.test", "password": "sai"}, "password"),
        ({"email": "co.roi@example.test", "password": "mat-khau-rat-dai-7"}, "email"),
    ],
)
def test_ones_own_address_stays_when_something_is_wrong(as_user, sent, wrong):
    make_user(email="co.roi@example.test")
    person = make_user(make_agency(), "officer", email="cu@example.test")
    person.set_password("mat-khau-rat-dai-7")
    person.save()

    response = as_user(person).post(url("profile"), sent)

    person.refresh_from_db()
    assert list(response.context["form"].errors) == [wrong]
    assert person.email == "cu@example.test"


def test_mail_is_turned_off_without_a_password(as_user):
    person = make_user(make_agency(), "officer", email="cu@example.test")

    as_user(person).post(url("profile"), {"email": "cu@example.test"})

    person.refresh_from_db()
    assert person.wants_mail is False


# May ------------------------------------------------------------------------------------------------

CLOSED = ["user_edit", "user_deactivate", "user_reactivate", "role_add"]


@pytest.mark.parametrize("role", ["officer", "focal_point", "head", "clerk", "leader"])
def test_managing_accounts_is_forbidden_to_other_roles(as_user, role):
    person = make_user(make_agency(), role)
    page = as_user(person)

    assert [page.get(url(name, person.pk)).status_code for name in CLOSED] == [403] * len(CLOSED)
    assert page.get(url("role_change", person.memberships.get().pk)).status_code == 403
    assert page.post(url("user_send_link", person.pk)).status_code == 403


def test_every_act_on_accounts_asks_for_the_administrator():
    agency = make_agency()
    head, person = make_user(agency, "head"), make_user(agency, "officer")
    membership = person.memberships.get()
    day = date(2020, 1, 1)
    attempts = [
        lambda: actions.create_user(username="x", email="x@example.test", full_name="X", by=head),
        lambda: actions.edit_user(person, full_name="X", by=head),
        lambda: actions.deactivate_user(person, by=head),
        lambda: actions.reactivate_user(person, by=head),
        lambda: actions.add_membership(person, agency=agency, role="head", valid_from=day, by=head),
        lambda: actions.change_membership(membership, title="", valid_from=day, valid_to=None, by=head),
    ]

    for attempt in attempts:
        with pytest.raises(PermissionDenied):
            attempt()
