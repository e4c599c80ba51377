import io
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from factories import make_agency, make_group, make_user
from loa.directory import actions
from loa.directory.models import Reorganisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(today):
    today(date(2025, 8, 1))
    return make_user(
        make_agency("Văn phòng UBND", kind="office", code="vp"),
        "administrator",
        "head",
        username="quantri",
        full_name="Quản trị",
        email="quantri@example.test",
    )


def exported(page, name, **query):
    response = page.get(reverse(f"directory:{name}"), {"export": "xlsx", **query})
    rows = list(load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True))
    return [[str(value.date()) if hasattr(value, "date") else value for value in row] for row in rows[1:]]


def test_the_filtered_list_of_agencies_is_exported(as_user, administrator):
    make_agency("Sở cũ", code="so-cu", valid_from=date(2008, 3, 1), valid_to=date(2025, 6, 30))

    rows = exported(as_user(administrator), "agency_list", existing="ended")

    assert [row[:2] + row[-2:] for row in rows] == [["Sở cũ", "so-cu", "2008-03-01", "2025-06-30"]]


def test_groups_are_exported_with_their_count(as_user, administrator):
    make_group("Các sở", make_agency(), make_agency())

    assert [row[:2] for row in exported(as_user(administrator), "group_list")] == [["Các sở", 2]]


def test_reorganisations_are_exported_with_both_sides(as_user, administrator):
    change = Reorganisation.objects.create(kind="merge", on=date(2025, 7, 1), decision="NQ 1", mark="V")
    change.predecessors.add(make_agency("Sở A"))
    change.successors.add(make_agency("Sở B"))

    rows = exported(as_user(administrator), "reorganisation_list")

    assert [[row[0], *row[2:]] for row in rows] == [["2025-07-01", "Sở A", "Sở B", "NQ 1", "V"]]


def test_unknown_successors_are_exported_with_what_is_supposed(as_user, administrator):
    ended = make_agency("Đài cũ", code="dai-cu", valid_to=date(2025, 6, 30))
    supposed = Reorganisation.objects.create(kind="merge", on=date(2025, 7, 1), mark="K", is_proven=False)
    supposed.predecessors.add(ended)
    supposed.successors.add(make_agency("Đài mới"))

    (row,) = exported(as_user(administrator), "unknown_successors")

    assert [row[0], row[1], row[3]] == ["Đài cũ", "dai-cu", "2025-06-30"]
    assert row[4].endswith("(K): Đài mới")
    assert len(row) == 5


def test_people_are_exported_with_their_roles(as_user, administrator):
    (row,) = exported(as_user(administrator), "user_list")

    assert row[:3] == ["Quản trị", "quantri", "quantri@example.test"]
    assert row[3].count("Văn phòng UBND") == 2


def test_delegations_are_exported_with_their_state(as_user, administrator):
    deputy = make_user(administrator.hat.agency, "officer", full_name="Phó")
    actions.delegate(
        administrator.hat.agency,
        receiver=deputy,
        starts_on=date(2025, 8, 1),
        ends_on=date(2025, 8, 5),
        reason="Nghỉ phép",
        by=administrator,
    )

    (row,) = exported(as_user(administrator), "delegation_list")

    assert row[:6] == ["Văn phòng UBND", "Quản trị", "Phó", "2025-08-01", "2025-08-05", "Nghỉ phép"]
    assert len(row) == 7
