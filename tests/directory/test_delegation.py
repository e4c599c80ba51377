from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from factories import make_agency, make_user
from loa.channels.models import Notice
from loa.core import history
from loa.core.workflow import FlowError
from loa.directory import actions
from loa.directory.models import Delegation, User

pytestmark = pytest.mark.django_db

MONDAY, FRIDAY = date(2019, 6, 3), date(2019, 6, 7)


def url(name, *args):
    return reverse(f"directory:{name}", args=args)


def again(user):
    return User.objects.get(pk=user.pk)


@pytest.fixture(autouse=True)
def _monday(today):
    today(MONDAY)


@pytest.fixture
def agency():
    return make_agency("Sở Nội vụ")


@pytest.fixture
def head(agency):
    return make_user(agency, "head", full_name="Thủ trưởng Sở Nội vụ")


@pytest.fixture
def deputy(agency):
    return make_user(agency, "officer", full_name="Phó Giám đốc Sở Nội vụ")


def give(head, receiver, first=MONDAY, last=FRIDAY):
    return actions.delegate(
        head.hat.agency, receiver=receiver, starts_on=first, ends_on=last, reason="Đi công tác", by=head
    )


def test_the_receiver_is_head_for_these_days(head, deputy, today):
    give(head, deputy, date(2019, 6, 4), FRIDAY)

    roles = {}
    for day in (MONDAY, date(2019, 6, 4), FRIDAY, date(2019, 6, 8)):
        today(day)
        roles[day.day] = again(deputy).hat.holds("head")

    assert roles == {3: False, 4: True, 7: True, 8: False}


def test_the_receiver_acts_for_the_head_and_history_says_so(head, deputy, agency):
    give(head, deputy)

    entry = history.record(agency, "agency.edit", by=again(deputy))

    assert entry.data["for"] == "Thủ trưởng Sở Nội vụ"
    assert "Thủ trưởng Sở Nội vụ" in history.line(entry).who
    assert "Phó Giám đốc Sở Nội vụ" in history.line(entry).who


def test_a_head_delegates_on_the_page(as_user, head, deputy):
    response = as_user(head).post(
        url("delegation_create"),
        {"receiver": deputy.pk, "starts_on": "2019-06-03", "ends_on": "2019-06-07", "reason": "Nghỉ phép"},
    )

    delegation = Delegation.objects.get()
    assert response["Location"] == url("delegation_list")
    assert (delegation.giver, delegation.receiver, delegation.reason) == (head, deputy, "Nghỉ phép")
    assert [entry.action for entry in history.entries_of([delegation])] == ["delegation.give"]


def test_every_page_says_for_whom_the_receiver_acts(as_user, head, deputy):
    give(head, deputy)

    page = as_user(deputy).get(url("agency_list")).content.decode()

    assert page.count("Thủ trưởng Sở Nội vụ") == 1


def test_only_people_of_the_agency_are_offered(as_user, head, deputy, agency):
    make_user(make_agency(), "officer")
    make_user(agency, "head")
    make_user(agency, "officer", is_active=False)

    form = as_user(head).get(url("delegation_create")).context["form"]

    assert list(form.fields["receiver"].queryset) == [deputy]


@pytest.mark.parametrize("who", ["oneself", "another head", "a stranger", "a closed account"])
def test_a_wrong_receiver_is_refused(head, agency, who):
    receiver = {
        "oneself": lambda: head,
        "another head": lambda: make_user(agency, "head"),
        "a stranger": lambda: make_user(make_agency(), "officer"),
        "a closed account": lambda: make_user(agency, "officer", is_active=False),
    }[who]()

    with pytest.raises(FlowError):
        give(head, receiver)

    assert Delegation.objects.count() == 0


@pytest.mark.parametrize(
    ("first", "last"),
    [(date(2019, 6, 2), FRIDAY), (FRIDAY, MONDAY)],
    ids=["in the past", "the wrong way round"],
)
def test_wrong_days_are_refused(head, deputy, first, last):
    with pytest.raises(FlowError):
        give(head, deputy, first, last)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2019, 6, 10), date(2019, 6, 10)),
        (date(2019, 6, 14), date(2019, 6, 20)),
        (date(2019, 6, 4), date(2019, 6, 10)),
        (date(2019, 6, 4), date(2019, 6, 30)),
    ],
)
def test_the_same_days_are_given_once(head, deputy, agency, first, last):
    give(head, deputy, date(2019, 6, 10), date(2019, 6, 14))

    with pytest.raises(FlowError):
        give(head, make_user(agency, "officer"), first, last)


def test_the_days_beside_are_free(head, deputy):
    give(head, deputy, date(2019, 6, 10), date(2019, 6, 14))

    give(head, deputy, date(2019, 6, 5), date(2019, 6, 9))
    give(head, deputy, date(2019, 6, 15), date(2019, 6, 16))

    assert Delegation.objects.count() == 3


def test_who_acts_for_the_head_does_not_pass_it_on(head, deputy, agency):
    give(head, deputy)

    with pytest.raises(PermissionDenied):
        give(again(deputy), make_user(agency, "officer"))


@pytest.mark.parametrize("role", ["officer", "focal_point", "clerk", "leader", "administrator"])
def test_only_a_head_delegates(as_user, agency, deputy, role):
    person = make_user(agency, role)

    with pytest.raises(PermissionDenied):
        give(person, deputy)
    assert as_user(person).get(url("delegation_create")).status_code == 403


def test_a_refusal_keeps_what_was_typed(as_user, head, deputy):
    give(head, deputy)

    response = as_user(head).post(
        url("delegation_create"),
        {"receiver": deputy.pk, "starts_on": "2019-06-07", "ends_on": "2019-06-09", "reason": "Họp"},
    )

    assert response.status_code == 409
    assert response.context["form"]["reason"].value() == "Họp"


def test_a_withdrawn_delegation_ends_at_once(as_user, head, deputy):
    delegation = give(head, deputy)

    as_user(head).post(url("delegation_withdraw", delegation.pk))

    assert again(deputy).hat.holds("head") is False
    assert [entry.action for entry in history.entries_of([delegation])] == [
        "delegation.withdraw",
        "delegation.give",
    ]


def test_withdrawn_days_are_free_again(head, deputy):
    actions.withdraw_delegation(give(head, deputy), by=head)

    give(head, deputy)

    assert again(deputy).hat.holds("head")


def test_a_delegation_is_withdrawn_once_and_before_its_end(head, deputy, today):
    delegation = give(head, deputy)
    actions.withdraw_delegation(Delegation.objects.get(), by=head)

    with pytest.raises(FlowError):
        actions.withdraw_delegation(delegation, by=head)
    other = give(head, deputy)
    today(date(2019, 6, 8))
    with pytest.raises(FlowError):
        actions.withdraw_delegation(other, by=head)


def test_a_colleague_sees_a_delegation_and_cannot_withdraw_it(as_user, head, deputy, agency):
    delegation = give(head, deputy)
    page = as_user(make_user(agency, "officer"))

    shown = [row.record for row in page.get(url("delegation_list")).context["table"].rows]

    assert shown == [delegation]
    assert page.post(url("delegation_withdraw", delegation.pk)).status_code == 403


def test_a_stranger_sees_no_delegation(as_user, head, deputy):
    delegation = give(head, deputy)
    page = as_user(make_user(make_agency(), "head"))

    assert [row.record for row in page.get(url("delegation_list")).context["table"].rows] == []
    assert page.get(url("delegation_withdraw", delegation.pk)).status_code == 404


def test_the_administrator_withdraws_any_delegation(as_user, head, deputy):
    delegation = give(head, deputy)

    as_user(make_user(make_agency(), "administrator")).post(url("delegation_withdraw", delegation.pk))

    delegation.refresh_from_db()
    assert delegation.withdrawn_at is not None


def test_a_delegation_dies_with_the_headship(head, deputy):
    give(head, deputy)

    head.memberships.update(valid_to=date(2019, 6, 2))

    assert again(deputy).hat.holds("head") is False


def test_delegations_are_exported(as_user, head, deputy):
    give(head, deputy)

    assert as_user(head).get(url("delegation_list"), {"export": "xlsx"}).content.startswith(b"PK")


def test_the_receiver_is_told_of_the_delegation_and_of_its_end(
    head, deputy, in_english, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        delegation = give(head, deputy)
    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw_delegation(delegation, by=head)

    told = list(Notice.objects.filter(receiver=deputy).order_by("pk").values_list("subject_en", flat=True))
    assert told == [
        "You act for Thủ trưởng Sở Nội vụ from 03/06/2019 to 07/06/2019",
        "Phó Giám đốc Sở Nội vụ no longer acts for Thủ trưởng Sở Nội vụ",
    ]
