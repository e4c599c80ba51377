from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from factories import make_agency, make_group, make_user
from loa.core import history
from loa.core.workflow import FlowError
from loa.directory import actions, queries
from loa.directory.models import AgencyName, GroupMember, Reorganisation

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]  # it searches and sorts


def url(name, *args):
    return reverse(f"directory:{name}", args=args)


def names(response):
    return [row.record.name for row in response.context["table"].rows]


def acts(obj):
    return [entry.action for entry in history.entries_of([obj])]


@pytest.fixture
def administrator():
    return make_user(make_agency("Văn phòng UBND", kind="office"), "administrator")


@pytest.fixture
def officer():
    return make_user(make_agency("Ban Dân tộc"), "officer")


# See ------------------------------------------------------------------------------------------------


def test_agencies_are_listed_in_vietnamese_order(as_user):
    for name in ("Sở Đ", "Sở E", "Sở D", "Sở Ă"):
        make_agency(name)

    response = as_user(make_user(make_agency("Sở A"), "officer")).get(url("agency_list"))

    assert names(response) == ["Sở A", "Sở Ă", "Sở D", "Sở Đ", "Sở E"]


def test_agencies_are_not_shown_without_a_hat(as_user):
    make_agency("Sở Nội vụ")

    response = as_user(make_user()).get(url("agency_list"))

    assert names(response) == []


@pytest.mark.parametrize("words", ["noi vu", "NỘI VỤ", "vụ sở", "tccq"])
def test_an_agency_is_found_with_or_without_accents_and_by_other_names(as_user, officer, words):
    wanted = make_agency("Sở Nội vụ")
    AgencyName.objects.create(agency=wanted, kind="alias", name="TCCQ")
    make_agency("Sở Tài chính")

    response = as_user(officer).get(url("agency_list"), {"q": words})

    assert names(response) == ["Sở Nội vụ"]


def test_the_list_shows_bodies_of_the_day_that_is_asked_for(as_user, officer, today):
    today(date(2019, 3, 1))
    make_agency("Quận cũ", kind="district", valid_to=date(2025, 6, 30))
    make_agency("Phường mới", kind="commune", valid_from=date(2025, 7, 1))
    page = as_user(officer)

    assert names(page.get(url("agency_list"))) == ["Ban Dân tộc", "Quận cũ"]
    assert names(page.get(url("agency_list"), {"on": "2025-07-01"})) == ["Ban Dân tộc", "Phường mới"]
    assert names(page.get(url("agency_list"), {"existing": "all"})) == [
        "Ban Dân tộc",
        "Phường mới",
        "Quận cũ",
    ]
    assert names(page.get(url("agency_list"), {"existing": "ended", "on": "2025-07-01"})) == ["Quận cũ"]


def test_the_list_is_filtered_by_kind_level_and_parent(as_user, officer):
    district = make_agency("Quận Ngô Quyền", kind="district", level="district", code="303")
    make_agency("Phường Máy Tơ", kind="commune", level="commune", parent=district)
    page = as_user(officer)

    assert names(page.get(url("agency_list"), {"kind": "district"})) == ["Quận Ngô Quyền"]
    assert names(page.get(url("agency_list"), {"level": "commune"})) == ["Phường Máy Tơ"]
    assert names(page.get(url("agency_list"), {"parent": "Quận Ngô Quyền · 303"})) == ["Phường Máy Tơ"]


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_takes_the_same_queries_for_any_length(as_user, officer, django_assert_num_queries, count):
    parent = make_agency("Thành phố")
    for _ in range(count):
        make_agency(parent=parent)
    page = as_user(officer)
    page.get(url("agency_list"))

    with django_assert_num_queries(11):
        page.get(url("agency_list"))


def test_the_page_of_an_agency_tells_its_names_groups_and_changes(as_user, officer):
    old = make_agency("Sở Thông tin", valid_to=date(2025, 2, 28))
    new = make_agency("Sở Khoa học", valid_from=date(2025, 3, 1))
    change = Reorganisation.objects.create(kind="merge", on=date(2025, 3, 1), decision="NQ 01", mark="V")
    change.predecessors.add(old)
    change.successors.add(new)
    group = make_group("Các sở", old)

    context = as_user(officer).get(url("agency_detail", old.pk)).context

    assert list(context["later"]) == [change]
    assert list(context["earlier"]) == []
    assert list(context["groups"]) == [group]


def test_groups_of_an_agency_are_told_as_of_a_day(as_user, officer):
    agency, group = make_agency("Sở Thông tin"), make_group("Các sở")
    GroupMember.objects.create(group=group, agency=agency, valid_to=date(2020, 12, 31))
    page = as_user(officer)

    before = page.get(url("agency_detail", agency.pk), {"on": "2020-12-31"}).context["groups"]
    after = page.get(url("agency_detail", agency.pk), {"on": "2021-01-01"}).context["groups"]

    assert list(before) == [group]
    assert list(after) == []


def test_an_agency_is_not_found_without_a_hat(as_user):
    assert as_user(make_user()).get(url("agency_detail", make_agency().pk)).status_code == 404


def test_other_agencies_see_heads_and_focal_points_only(as_user, officer):
    agency = make_agency("Sở Nội vụ")
    for role in ("head", "focal_point", "officer", "clerk"):
        make_user(agency, role, full_name=role)

    members = as_user(officer).get(url("agency_detail", agency.pk)).context["members"]

    assert sorted(member.role for member in members) == ["focal_point", "head"]


def test_an_agencys_own_people_see_all_members(as_user):
    agency = make_agency("Sở Nội vụ")
    person = make_user(agency, "officer")
    make_user(agency, "clerk")

    members = as_user(person).get(url("agency_detail", agency.pk)).context["members"]

    assert sorted(member.role for member in members) == ["clerk", "officer"]


# Change ---------------------------------------------------------------------------------------------

CLOSED = ["agency_edit", "agency_rename", "alias_add"]


@pytest.mark.parametrize("name", CLOSED)
@pytest.mark.parametrize("role", ["officer", "focal_point", "head", "clerk", "leader"])
def test_changing_an_agency_is_forbidden_to_other_roles(as_user, name, role):
    agency = make_agency()

    assert as_user(make_user(agency, role)).get(url(name, agency.pk)).status_code == 403


def test_every_act_on_agencies_asks_for_the_administrator(officer):
    agency, other = make_agency(), make_agency()
    alias = AgencyName.objects.create(agency=agency, kind="alias", name="Tên")
    attempts = [
        lambda: actions.add_agency(by=officer, code="x", name="X", kind="other", level="city"),
        lambda: actions.edit_agency(agency, by=officer, note="x"),
        lambda: actions.rename_agency(agency, name="X", on=None, by=officer),
        lambda: actions.add_alias(agency, name="X", by=officer),
        lambda: actions.remove_name(alias, by=officer),
        lambda: actions.record_successor(
            agency, kind="merge", on=date(2025, 1, 1), decision="x", successors=[other], by=officer
        ),
    ]

    for attempt in attempts:
        with pytest.raises(PermissionDenied):
            attempt()


def test_an_added_agency_is_there_with_its_history(as_user, administrator):
    page = as_user(administrator)

    page.post(
        url("agency_create"), {"code": "so-moi", "name": "Sở Mới", "kind": "department", "level": "city"}
    )

    agency = queries.agencies_called("Sở Mới")[0]
    assert agency.code == "so-moi"
    assert acts(agency) == ["agency.add"]


def test_a_code_is_taken_once(as_user, administrator):
    make_agency(code="so-noi-vu")

    response = as_user(administrator).post(
        url("agency_create"), {"code": "so-noi-vu", "name": "Sở", "kind": "department", "level": "city"}
    )

    assert list(response.context["form"].errors) == ["code"]


def edited(agency, **changes):
    return {"kind": agency.kind, "level": agency.level, "short_name": agency.short_name, **changes}


def test_an_edit_keeps_the_old_value_in_history(as_user, administrator):
    agency = make_agency("Sở Nội vụ", place="Hải Phòng")

    as_user(administrator).post(url("agency_edit", agency.pk), edited(agency, place="Thủy Nguyên"))

    agency.refresh_from_db()
    entry = history.entries_of([agency]).get()
    assert agency.place == "Thủy Nguyên"
    assert entry.data["changes"] == {"place": ["Hải Phòng", "Thủy Nguyên"]}


def test_an_edit_that_changes_nothing_leaves_no_history(administrator):
    agency = make_agency(place="Hải Phòng")

    actions.edit_agency(agency, place="Hải Phòng", by=administrator)

    assert acts(agency) == []


def test_a_body_cannot_be_above_itself(as_user, administrator):
    top = make_agency("Trên", code="tren")
    below = make_agency("Dưới", code="duoi", parent=top)

    response = as_user(administrator).post(url("agency_edit", top.pk), edited(top, parent="duoi"))

    top.refresh_from_db()
    assert response.status_code == 409
    assert response.context["form"]["parent"].value() == "duoi"
    assert (top.parent, below.parent) == (None, top)


def test_an_ambiguous_parent_is_asked_back(as_user, administrator):
    make_agency("Phường Minh Khai", code="11311")
    make_agency("Phường Minh Khai", code="11400")
    agency = make_agency()

    response = as_user(administrator).post(
        url("agency_edit", agency.pk), edited(agency, parent="phuong minh khai")
    )

    assert list(response.context["form"].errors) == ["parent"]


def test_a_renamed_body_keeps_its_old_name_with_dates(as_user, administrator, today):
    today(date(2025, 8, 1))
    agency = make_agency("Sở Thông tin", valid_from=date(2008, 1, 1))

    as_user(administrator).post(
        url("agency_rename", agency.pk),
        {"name": "Sở Truyền thông", "on": "2025-07-01", "legal_basis": "NQ 02"},
    )

    agency.refresh_from_db()
    old = queries.dated_names(agency).get()
    assert agency.name == "Sở Truyền thông"
    assert (old.name, old.valid_from, old.valid_to) == ("Sở Thông tin", date(2008, 1, 1), date(2025, 6, 30))
    assert acts(agency) == ["agency.rename"]


def test_a_second_rename_begins_where_the_first_ended(administrator, today):
    today(date(2025, 8, 1))
    agency = make_agency("Tên một")

    actions.rename_agency(agency, name="Tên hai", on=date(2010, 1, 1), by=administrator)
    actions.rename_agency(agency, name="Tên ba", on=date(2020, 1, 1), by=administrator)

    told = [(row.name, row.valid_from, row.valid_to) for row in queries.dated_names(agency)]
    assert told == [
        ("Tên hai", date(2010, 1, 1), date(2019, 12, 31)),
        ("Tên một", None, date(2009, 12, 31)),
    ]


def test_a_misspelt_name_is_corrected_without_an_old_one(administrator):
    agency = make_agency("Sở Nội vu")

    actions.rename_agency(agency, name="Sở Nội vụ", on=None, by=administrator)

    assert queries.dated_names(agency).count() == 0
    assert acts(agency) == ["agency.respell"]


@pytest.mark.parametrize(
    ("name", "on"),
    [("Sở Nội vụ", date(2020, 1, 1)), ("Sở khác", date(2030, 1, 1)), ("Sở khác", date(2007, 12, 31))],
    ids=["the same name", "a day to come", "before it existed"],
)
def test_a_rename_is_refused(administrator, today, name, on):
    today(date(2025, 8, 1))
    agency = make_agency("Sở Nội vụ", valid_from=date(2008, 1, 1))

    with pytest.raises(FlowError):
        actions.rename_agency(agency, name=name, on=on, by=administrator)

    agency.refresh_from_db()
    assert (agency.name, acts(agency)) == ("Sở Nội vụ", [])


def test_a_remembered_correction_is_deleted(as_user, administrator):
    agency = make_agency()
    name = AgencyName.objects.create(agency=agency, kind="correction", name="Sở Nồi vụ")

    as_user(administrator).post(url("name_remove", name.pk))

    assert queries.other_names(agency).count() == 0
    assert acts(agency) == ["agency.remove_name"]


def test_an_official_name_of_the_past_cannot_be_removed(as_user, administrator):
    name = AgencyName.objects.create(agency=make_agency(), kind="official", name="Sở cũ")

    assert as_user(administrator).post(url("name_remove", name.pk)).status_code == 404
    with pytest.raises(FlowError):
        actions.remove_name(name, by=administrator)


def test_an_alias_is_added_once(administrator):
    agency = make_agency()
    actions.add_alias(agency, name="SNV", by=administrator)

    with pytest.raises(FlowError):
        actions.add_alias(agency, name="SNV", by=administrator)

    assert [name.name for name in queries.other_names(agency)] == ["SNV"]


# What became of it ----------------------------------------------------------------------------------


def test_only_bodies_without_proof_have_unknown_successors():
    ended = {"valid_to": date(2025, 6, 30)}
    unknown, proven, supposed = (make_agency(name, **ended) for name in ("Một", "Hai", "Ba"))
    make_agency("Còn")
    for body, is_proven in ((proven, True), (supposed, False)):
        change = Reorganisation.objects.create(kind="abolish", on=date(2025, 7, 1), is_proven=is_proven)
        change.predecessors.add(body)

    assert list(queries.unknown_successors()) == [supposed, unknown]


def test_a_recorded_successor_is_proven_and_replaces_what_was_supposed(as_user, administrator):
    ended = make_agency("Đài cũ", valid_to=date(2025, 6, 30))
    heir = make_agency("Đài mới", code="dai-moi")
    Reorganisation.objects.create(kind="abolish", on=date(2025, 7, 1), is_proven=False).predecessors.add(
        ended
    )

    as_user(administrator).post(
        url("successor_record", ended.pk),
        {"kind": "merge", "on": "2025-08-01", "decision": "QĐ 12/QĐ-UBND", "successors": "dai-moi"},
    )

    change = Reorganisation.objects.get()
    ended.refresh_from_db()
    assert (change.is_proven, change.decision, list(change.successors.all())) == (
        True,
        "QĐ 12/QĐ-UBND",
        [heir],
    )
    assert ended.valid_to == date(2025, 7, 31)
    assert list(queries.unknown_successors()) == []
    assert acts(ended)[0] == "agency.record_successor"


def test_a_supposition_about_two_bodies_stays_for_the_other(administrator):
    first, second = (make_agency(name, valid_to=date(2025, 6, 30)) for name in ("Một", "Hai"))
    supposed = Reorganisation.objects.create(kind="merge", on=date(2025, 7, 1), is_proven=False)
    supposed.predecessors.set([first, second])

    actions.record_successor(
        first, kind="abolish", on=date(2025, 7, 1), decision="QĐ 1", successors=[], by=administrator
    )

    assert list(supposed.predecessors.all()) == [second]


@pytest.mark.parametrize(("kind", "itself"), [("merge", False), ("merge", True)], ids=["nobody", "itself"])
def test_a_wrong_successor_is_refused(administrator, kind, itself):
    ended = make_agency(valid_to=date(2025, 6, 30))

    with pytest.raises(FlowError):
        actions.record_successor(
            ended,
            kind=kind,
            on=date(2025, 7, 1),
            decision="QĐ 1",
            successors=[ended] if itself else [],
            by=administrator,
        )

    assert Reorganisation.objects.count() == 0


def test_a_known_successor_is_not_recorded_again(as_user, administrator):
    ended = make_agency(valid_to=date(2025, 6, 30))
    actions.record_successor(
        ended, kind="abolish", on=date(2025, 7, 1), decision="QĐ 1", successors=[], by=administrator
    )

    assert as_user(administrator).get(url("successor_record", ended.pk)).status_code == 404
    with pytest.raises(FlowError):
        actions.record_successor(
            ended, kind="abolish", on=date(2025, 7, 1), decision="QĐ 2", successors=[], by=administrator
        )


def test_reorganisations_are_searched_by_body_on_either_side(as_user, officer):
    old, new = make_agency("Sở Thông tin"), make_agency("Sở Khoa học")
    change = Reorganisation.objects.create(kind="merge", on=date(2025, 3, 1), decision="NQ 1")
    change.predecessors.add(old)
    change.successors.add(new)
    Reorganisation.objects.create(kind="split", on=date(2025, 3, 1))
    page = as_user(officer)

    for words in ("thong tin", "khoa hoc"):
        rows = page.get(url("reorganisation_list"), {"q": words}).context["table"].rows
        assert [row.record for row in rows] == [change]
    assert page.get(url("reorganisation_detail", change.pk)).context["reorganisation"] == change
