from datetime import date

import pytest

from factories import make_agency, make_group, make_user
from loa.core.models import Entry
from loa.directory.actions import load_sample_directory, remember_correction
from loa.directory.models import Agency, AgencyGroup, AgencyName, GroupMember, Reorganisation
from loa.directory.queries import Names, importing_agency, members_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DAY = date(2019, 2, 1)


def meant(printed, on=DAY):
    decided = Names(on).named(printed).decided
    return decided.code if decided else None


def test_an_official_name_an_older_one_and_an_alias_mean_their_agency():
    agency = make_agency("Sở Văn hóa và Thể thao", code="so-vhtt", short_name="Sở VH&TT")
    AgencyName.objects.create(agency=agency, kind="alias", name="ngành văn hóa")
    AgencyName.objects.create(agency=agency, kind="official", name="Sở Văn nghệ", valid_to=date(2020, 1, 1))

    found = [meant(name) for name in ("Sở văn hoá và thể thao", "Sở VH&TT", "ngành văn hóa", "Sở Văn nghệ")]

    assert found == ["so-vhtt"] * 4
    assert meant("Sở Văn nghệ", on=date(2021, 1, 1)) is None


def test_a_group_is_found_by_any_of_its_names():
    group = make_group("UBND các quận, huyện", code="quan-huyen")
    AgencyGroup.objects.filter(pk=group.pk).update(aliases=["các quận, huyện"])

    assert [meant("Ủy ban nhân dân các quận, huyện"), meant("Các quận, huyện")] == ["group:quan-huyen"] * 2


def test_two_bodies_of_one_name_are_left_to_a_person():
    make_agency("Ủy ban nhân dân phường Minh Khai", code="minh-khai-1")
    make_agency("Ủy ban nhân dân phường Minh Khai", code="minh-khai-2")

    named = Names(DAY).named("UBND phường Minh Khai")

    assert named.decided is None
    assert [match.code for match in named.suggestions] == ["minh-khai-1", "minh-khai-2"]


def test_a_name_typed_wrong_is_suggested_with_its_score():
    make_agency("Công đoàn Viên chức thành phố", code="cong-doan")

    first = Names(DAY).named("Công đoàn viên thành phố").suggestions[0]

    assert (first.code, first.why, 90 <= first.score < 97) == ("cong-doan", "alike", True)


def test_an_agency_that_has_ended_or_not_begun_is_not_meant():
    make_agency("Sở Cũ", code="cu", valid_to=date(2018, 12, 31))
    make_agency("Sở Mới", code="moi", valid_from=date(2019, 3, 1))

    assert [meant("Sở Cũ"), meant("Sở Mới")] == [None, None]
    assert [meant("Sở Cũ", on=date(2018, 6, 1)), meant("Sở Mới", on=date(2019, 6, 1))] == ["cu", "moi"]


def test_a_remembered_correction_wins_over_what_is_printed():
    right = make_agency("Sở Đúng", code="dung")
    make_agency("Sở Sai", code="sai")

    remember_correction("Sở Sai", right, by=None)

    assert meant("Sở Sai") == "dung"


def test_the_last_correction_counts_and_is_kept_once():
    first, second = make_agency(), make_agency(code="second")
    person = make_user(first)
    remember_correction("Tên in", first, by=person)

    remember_correction("Tên in", second, by=person)
    remember_correction("Tên in", second, by=person)

    assert list(AgencyName.objects.values_list("agency__code", "name")) == [("second", "Tên in")]
    assert Entry.objects.filter(action="agency.remember_name").count() == 2


def test_a_correction_to_a_group_becomes_its_other_name_once():
    group, agency = make_group("Các sở", code="cac-so"), make_agency()
    remember_correction("Khối sở", agency, by=None)

    remember_correction("Khối sở", group, by=None)
    remember_correction("Khối sở", group, by=None)

    group.refresh_from_db()
    assert (group.aliases, AgencyName.objects.count(), meant("Khối sở")) == (["Khối sở"], 0, "group:cac-so")


def test_names_ask_the_database_thrice_however_many_are_asked_for(django_assert_num_queries):
    for number in range(30):
        make_agency(f"Sở thứ {number}")

    with django_assert_num_queries(3):
        names = Names(DAY)
        for number in range(30):
            names.named(f"Sở thứ {number}")


def test_a_group_has_who_is_a_member_and_exists_on_the_day():
    stays, leaves, ends = make_agency(), make_agency(), make_agency(valid_to=date(2019, 1, 1))
    group, other = make_group("Một", stays, leaves, ends), make_group("Hai", leaves)
    GroupMember.objects.filter(group=group, agency=leaves).update(valid_to=date(2019, 1, 31))

    assert members_of([group, other], DAY) == {group.pk: [stays], other.pk: [leaves]}
    assert set(members_of([group], date(2018, 6, 1))[group.pk]) == {stays, leaves, ends}


def test_the_city_committee_imports_where_nobody_is_named():
    city = make_agency("UBND thành phố", code="tp", kind="peoples_committee", level="city")
    other = make_agency(code="so")

    assert [importing_agency(""), importing_agency("so"), importing_agency("khong-co")] == [city, other, None]


def test_the_shipped_directory_is_loaded_once():
    count = load_sample_directory()
    kept = [model.objects.count() for model in (Agency, AgencyName, AgencyGroup, GroupMember, Reorganisation)]

    again = load_sample_directory()

    assert (count, again) == (kept[0], 0)
    assert [
        model.objects.count() for model in (Agency, AgencyName, AgencyGroup, GroupMember, Reorganisation)
    ] == kept


def test_loading_again_leaves_what_an_administrator_has_changed():
    load_sample_directory()
    Agency.objects.filter(code="so-noi-vu").update(name="Sở Nội vụ (đã sửa)")

    load_sample_directory()

    assert Agency.objects.get(code="so-noi-vu").name == "Sở Nội vụ (đã sửa)"


@pytest.mark.parametrize(
    ("code", "day", "count"),
    [
        ("ubnd-quan-huyen", DAY, 15),
        ("ubnd-cap-xa", DAY, 223),
        ("ubnd-quan-huyen", date(2025, 7, 2), 0),
        ("ubnd-cap-xa", date(2025, 7, 2), 114),
    ],
)
def test_the_shipped_groups_are_the_bodies_of_their_day(code, day, count):
    load_sample_directory()
    group = AgencyGroup.objects.get(code=code)

    assert len(members_of([group], day)[group.pk]) == count
