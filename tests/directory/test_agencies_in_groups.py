from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from factories import make_agency, make_group, make_user
from loa.core import history
from loa.core.workflow import FlowError
from loa.directory import actions, queries
from loa.directory.models import AgencyGroup, GroupMember

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"directory:{name}", args=args)


def acts(obj):
    return [entry.action for entry in history.entries_of([obj])]


@pytest.fixture
def administrator():
    return make_user(make_agency("Văn phòng UBND", kind="office"), "administrator")


def test_a_group_counts_bodies_that_exist_and_belong_today(as_user, administrator, today):
    today(date(2025, 8, 1))
    present, ended, left = make_agency(), make_agency(valid_to=date(2025, 6, 30)), make_agency()
    group = make_group("Các sở", present, ended)
    GroupMember.objects.create(group=group, agency=left, valid_to=date(2024, 1, 1))

    rows = as_user(administrator).get(url("group_list")).context["table"].rows

    assert [(row.record.name, row.record.member_count) for row in rows] == [("Các sở", 1)]


def test_members_are_shown_as_of_a_day(as_user, administrator):
    early, late = (
        make_agency("Quận", valid_to=date(2025, 6, 30)),
        make_agency("Phường", valid_from=date(2025, 7, 1)),
    )
    group = make_group("Địa phương", early, late)
    page = as_user(administrator)

    before = page.get(url("group_detail", group.pk), {"on": "2025-06-30"}).context
    after = page.get(url("group_detail", group.pk), {"on": "2025-07-01"}).context

    assert [row.agency for row in before["members"]] == [early]
    assert [row.agency for row in before["others"]] == [late]
    assert [row.agency for row in after["members"]] == [late]


def test_a_nonsense_day_shows_today(as_user, administrator, today):
    today(date(2025, 8, 1))
    group = make_group("Các sở", make_agency())

    context = as_user(administrator).get(url("group_detail", group.pk), {"on": "hôm qua"}).context

    assert context["on"] == date(2025, 8, 1)


def test_a_group_is_added_with_its_printed_names(as_user, administrator):
    as_user(administrator).post(
        url("group_create"), {"code": "cac-so", "name": "Các sở", "aliases": "các sở\nsở, ngành", "note": ""}
    )

    group = AgencyGroup.objects.get()
    assert group.aliases == ["các sở", "sở, ngành"]
    assert acts(group) == ["group.add"]


def test_an_edited_group_keeps_what_it_was_in_history(as_user, administrator):
    group = make_group("Các sở", code="cac-so")

    as_user(administrator).post(
        url("group_edit", group.pk), {"code": "cac-so", "name": "Các sở, ngành", "aliases": ""}
    )

    group.refresh_from_db()
    assert group.name == "Các sở, ngành"
    assert history.entries_of([group]).get().data["changes"] == {"name": ["Các sở", "Các sở, ngành"]}


def test_a_body_is_added_for_some_time(as_user, administrator):
    group, agency = make_group("Các sở"), make_agency(code="so-noi-vu")

    as_user(administrator).post(
        url("member_add", group.pk),
        {"agency": "so-noi-vu", "valid_from": "2020-01-01", "valid_to": "2020-12-31"},
    )

    member = group.members.get()
    assert (member.agency, member.valid_from, member.valid_to) == (
        agency,
        date(2020, 1, 1),
        date(2020, 12, 31),
    )
    assert acts(group) == ["group.add_member"]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (None, None),
        (date(2020, 12, 31), None),
        (None, date(2020, 1, 1)),
        (date(2020, 3, 1), date(2020, 4, 1)),
        (date(2022, 1, 1), date(2021, 1, 1)),
    ],
)
def test_a_body_belongs_once_at_a_time(administrator, first, last):
    group, agency = make_group("Các sở"), make_agency()
    actions.add_member(
        group, agency=agency, valid_from=date(2020, 1, 1), valid_to=date(2020, 12, 31), by=administrator
    )

    with pytest.raises(FlowError):
        actions.add_member(group, agency=agency, valid_from=first, valid_to=last, by=administrator)


def test_a_body_may_come_back(administrator):
    group, agency = make_group("Các sở"), make_agency()
    actions.add_member(group, agency=agency, valid_to=date(2020, 12, 31), by=administrator)

    actions.add_member(group, agency=agency, valid_from=date(2021, 1, 1), by=administrator)

    assert group.members.count() == 2


def test_a_body_that_left_is_no_member_afterwards(as_user, administrator):
    agency = make_agency()
    group = make_group("Các sở", agency)

    as_user(administrator).post(
        url("member_change", group.members.get().pk), {"valid_from": "", "valid_to": "2020-12-31"}
    )

    assert queries.member_rows(group, date(2020, 12, 31)).count() == 1
    assert queries.member_rows(group, date(2021, 1, 1)).count() == 0
    assert acts(group) == ["group.change_member"]


def test_a_body_added_in_error_is_removed(as_user, administrator):
    group = make_group("Các sở", make_agency())

    as_user(administrator).post(url("member_remove", group.members.get().pk))

    assert group.members.count() == 0
    assert acts(group) == ["group.remove_member"]


@pytest.mark.parametrize("role", ["officer", "focal_point", "head", "clerk", "leader"])
def test_changing_a_group_is_forbidden_to_other_roles(as_user, role):
    agency = make_agency()
    group = make_group("Các sở", agency)
    page = as_user(make_user(agency, role))
    member = group.members.get()

    addresses = [
        url("group_edit", group.pk),
        url("member_add", group.pk),
        url("member_change", member.pk),
        url("member_remove", member.pk),
    ]

    assert [page.get(address).status_code for address in addresses] == [403, 403, 403, 403]
    assert page.get(url("group_detail", group.pk)).status_code == 200


def test_every_act_on_groups_asks_for_the_administrator():
    agency = make_agency()
    group = make_group("Các sở", agency)
    head = make_user(agency, "head")
    attempts = [
        lambda: actions.add_group(code="x", name="X", by=head),
        lambda: actions.edit_group(group, name="X", by=head),
        lambda: actions.add_member(group, agency=make_agency(), by=head),
        lambda: actions.change_member(group.members.get(), valid_from=None, valid_to=None, by=head),
        lambda: actions.remove_member(group.members.get(), by=head),
    ]

    for attempt in attempts:
        with pytest.raises(PermissionDenied):
            attempt()
