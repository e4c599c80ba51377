import io
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from factories import make_agency, make_plan, make_user
from loa.core import history
from loa.core.sheets import SheetRow
from loa.core.workflow import FlowError, StaleError
from loa.directory import actions, queries
from loa.directory.models import Agency, Network, NetworkMember

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
TODAY = date(2019, 6, 3)


@pytest.fixture
def city(today):
    today(TODAY)
    return make_agency("UBND thành phố", code="tp", kind="peoples_committee")


@pytest.fixture
def board(city):
    return make_agency("Ban Tuyên giáo", code="btg", kind="party_board", parent=city)


@pytest.fixture
def district(city):
    return make_agency("UBND quận Hồng Bàng", code="hong-bang", kind="district", parent=city)


@pytest.fixture
def keeper(board):
    return make_user(board, "focal_point")


@pytest.fixture
def network(keeper):
    return actions.add_network(name="Báo cáo viên thành phố", kind="speaker", level="city", by=keeper)


def add(network, keeper, district, name="Báo cáo viên 01", **fields):
    return actions.add_network_member(network, name=name, agency=district, by=keeper, **fields)


def url(name, *args):
    return reverse(f"directory:{name}", args=args)


def rows_of(*rows, head=("name", "agency", "phone")):
    return [SheetRow(n, dict(zip(head, row, strict=True))) for n, row in enumerate(rows, start=2)]


def bring_in(network, rows, *, by):
    digest = queries.preview_members(network, rows).digest
    return actions.import_network_members(network, rows, digest=digest, by=by)


def test_network_belongs_to_the_agency_of_who_adds_it(network, board):
    assert (network.keeper, network.kind) == (board, "speaker")


@pytest.mark.parametrize("role", ["officer", "clerk", "administrator"])
def test_only_focal_point_and_head_keep_networks(network, board, role):
    other = make_user(board, role)

    with pytest.raises(PermissionDenied):
        actions.edit_network(network, note="x", by=other)


def test_another_agency_cannot_add_people(network, district):
    with pytest.raises(PermissionDenied):
        add(network, make_user(district, "head"), district)


def test_same_name_twice_in_one_agency_is_refused(network, keeper):
    with pytest.raises(FlowError, match="keeps a network of this name"):
        actions.add_network(name=network.name, kind="speaker", level="city", by=keeper)


def test_people_are_numbered_by_the_list(network, keeper, district):
    codes = [add(network, keeper, district, name=f"Người {n}").code for n in range(3)]

    assert codes == ["01", "02", "03"]


def test_number_of_somebody_else_is_refused(network, keeper, district):
    add(network, keeper, district)

    with pytest.raises(FlowError, match="belongs to somebody else"):
        add(network, keeper, district, code="01")


@pytest.mark.parametrize(
    ("day", "names"),
    [
        (date(2019, 1, 31), []),
        (date(2019, 2, 1), ["Người cũ"]),
        (date(2019, 5, 31), ["Người cũ"]),
        (date(2019, 6, 1), ["Người mới"]),
    ],
)
def test_members_are_those_of_the_day(network, keeper, district, day, names):
    add(network, keeper, district, "Người cũ", valid_from=date(2019, 2, 1), valid_to=date(2019, 5, 31))
    add(network, keeper, district, "Người mới", valid_from=date(2019, 6, 1))

    assert [member.name for member in queries.network_members_on(network, day)] == names


def test_a_network_that_ended_has_no_members(network, keeper, district):
    add(network, keeper, district)
    actions.edit_network(network, valid_to=date(2019, 5, 31), by=keeper)

    assert list(queries.network_members_on(network, TODAY)) == []


def test_history_names_the_row_and_keeps_no_telephone_number(network, keeper, district):
    member = add(network, keeper, district, phone="0912345678")

    actions.edit_network_member(member, phone="0987654321", by=keeper)

    entries = history.entries_of([network])
    assert [entry.action for entry in entries] == [
        "network.edit_member",
        "network.add_member",
        "network.add",
    ]
    assert entries[0].data["fields"] == ["phone"]
    assert not any("09" in str(entry.data) for entry in entries)


def test_telephone_and_mail_are_masked():
    assert queries.masked_phone("0912 345 678") == "•••• 678"
    assert queries.masked_phone("113") == "••••"
    assert queries.masked_phone("") == ""
    assert queries.masked_email("an.nguyen@haiphong.example") == "a•••@haiphong.example"


# who sees ----------------------------------------------------------------------------------------
def seen_by(user):
    return [row.name for row in queries.networks_visible_to(user)]


def test_keeper_superior_sender_coordinator_and_administrator_see_the_network(
    network, keeper, city, district
):
    add(network, keeper, district)
    coordinator = make_plan().coordinator

    for agency, role in (
        (network.keeper, "officer"),
        (city, "leader"),
        (district, "officer"),
        (coordinator, "focal_point"),
        (make_agency(), "administrator"),
    ):
        assert seen_by(make_user(agency, role)) == [network.name], role


def test_a_stranger_does_not_see_the_network(network):
    assert seen_by(make_user(make_agency(), "head")) == []


def test_superior_and_coordinator_read_no_names(network, keeper, city, district):
    add(network, keeper, district)

    for agency in (city, make_plan().coordinator):
        assert list(queries.network_members_visible_to(make_user(agency, "head"))) == []


def test_a_body_reads_its_own_people_alone(network, keeper, district):
    add(network, keeper, district, "Của quận")
    add(network, keeper, make_agency("Sở Tư pháp"), "Của sở")

    rows = queries.network_members_visible_to(make_user(district, "officer"))

    assert [row.name for row in rows] == ["Của quận"]


# pages -------------------------------------------------------------------------------------------
def test_keeper_reads_the_telephone_number(as_user, network, keeper, district):
    add(network, keeper, district, phone="0912345678")

    assert "0912345678" in as_user(keeper).get(url("network_detail", network.pk)).content.decode()


@pytest.mark.parametrize("export", ["", "?export=xlsx"])
def test_others_in_the_agency_read_it_masked_in_sheets_too(as_user, network, keeper, district, export):
    add(network, keeper, district, phone="0912345678", email="an@x.example")

    response = as_user(make_user(network.keeper, "officer")).get(url("network_detail", network.pk) + export)

    text = response.content.decode() if not export else str(sheet(response))
    assert "0912345678" not in text
    assert "an@x.example" not in text
    assert "678" in text


def test_superior_sees_numbers_by_body_without_names(as_user, network, keeper, city, district):
    add(network, keeper, district)

    page = as_user(make_user(city, "leader")).get(url("network_detail", network.pk)).content.decode()

    assert "UBND quận Hồng Bàng" in page
    assert "Báo cáo viên 01" not in page


def test_stranger_finds_nothing(as_user, network):
    assert as_user(make_user(make_agency(), "head")).get(url("network_detail", network.pk)).status_code == 404


def test_page_costs_the_same_for_1_and_30_people(
    as_user, network, keeper, district, django_assert_num_queries
):
    client = as_user(keeper)
    add(network, keeper, district)
    client.get(url("network_detail", network.pk))
    for count in (1, 30):
        while network.members.count() < count:
            add(network, keeper, district, name=f"Người {network.members.count()}")
        with django_assert_num_queries(15):
            client.get(url("network_detail", network.pk))


def test_list_costs_the_same_for_1_and_30_networks(as_user, network, keeper, django_assert_num_queries):
    client = as_user(keeper)
    client.get(url("network_list"))
    for count in (1, 30):
        while Network.objects.count() < count:
            actions.add_network(
                name=f"Mạng {Network.objects.count()}", kind="mediator", level="city", by=keeper
            )
        with django_assert_num_queries(12):
            client.get(url("network_list"))


def test_person_is_added_by_the_form_and_a_wrong_body_keeps_what_was_typed(
    as_user, network, keeper, district
):
    client = as_user(keeper)
    typed = {"name": "Tuyên truyền viên 07", "agency": "quận không có", "phone": "0912345678"}

    wrong = client.post(url("network_member_add", network.pk), typed)
    right = client.post(url("network_member_add", network.pk), {**typed, "agency": district.code})

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert "Tuyên truyền viên 07" in wrong.content.decode()
    assert network.members.get().agency == district


def test_member_page_is_for_the_keeper_alone(as_user, network, keeper, district):
    member = add(network, keeper, district)

    assert as_user(make_user(district, "head")).get(url("network_member_edit", member.pk)).status_code == 403
    assert as_user(keeper).get(url("network_member_edit", member.pk)).status_code == 200


def test_member_is_removed_after_a_question(as_user, network, keeper, district):
    member = add(network, keeper, district)

    as_user(keeper).post(url("network_member_remove", member.pk))

    assert not NetworkMember.objects.exists()


# sheets ------------------------------------------------------------------------------------------
def sheet(response):
    return list(load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True))


def test_importing_twice_updates_and_never_doubles(network, keeper, district):
    rows = rows_of(["Người 1", "UBND quận Hồng Bàng", "0911"], ["Người 2", "hong-bang", ""])
    bring_in(network, rows, by=keeper)

    again = queries.preview_members(network, rows)
    changed = bring_in(network, rows_of(["người 1", "hong-bang", "0922"]), by=keeper)

    assert (again.unchanged_count, again.added, again.changed) == (2, [], [])
    assert len(changed.changed) == 1
    assert sorted(network.members.values_list("code", "phone")) == [("01", "0922"), ("02", "")]


def test_every_bad_row_is_named_and_nothing_is_done(network, keeper, district):
    rows = rows_of(
        ["", "hong-bang", ""],
        ["Người 1", "quận lạ", ""],
        ["Người 2", "hong-bang", ""],
        ["Người 2", "hong-bang", ""],
    )

    preview = queries.preview_members(network, rows)

    assert [error.number for error in preview.errors] == [2, 3, 5]
    with pytest.raises(FlowError, match="has errors"):
        actions.import_network_members(network, rows, digest=preview.digest, by=keeper)
    assert network.members.count() == 0


def test_missing_column_changes_nothing_and_an_empty_cell_empties(network, keeper, district):
    member = add(network, keeper, district, phone="0911", title="Phó phòng")

    bring_in(network, rows_of([member.name, "hong-bang", ""]), by=keeper)

    member.refresh_from_db()
    assert (member.phone, member.title) == ("", "Phó phòng")


def test_a_list_that_changed_since_the_preview_is_shown_again(network, keeper, district):
    rows = rows_of(["Người 1", "hong-bang", ""])
    digest = queries.preview_members(network, rows).digest
    add(network, keeper, district, name="Người 1")

    with pytest.raises(StaleError):
        actions.import_network_members(network, rows, digest=digest, by=keeper)


def test_exported_list_is_taken_back_unchanged(as_user, network, keeper, district):
    client = as_user(keeper)
    add(network, keeper, district, phone="0912345678", valid_from=date(2019, 2, 1), note="Ghi chú")
    exported = client.get(url("network_detail", network.pk) + "?export=xlsx").content

    page = client.post(url("network_import", network.pk), {"file": SimpleUploadedFile("a.xlsx", exported)})

    assert "0 new, 0 changed, 1 unchanged, 0 with errors" in as_english(page, client, network, exported)


def as_english(page, client, network, exported):
    client.cookies["loa_language"] = "en"
    again = client.post(url("network_import", network.pk), {"file": SimpleUploadedFile("a.xlsx", exported)})
    assert page.status_code == again.status_code == 200
    return again.content.decode()


def test_sheet_is_imported_through_the_pages(as_user, network, keeper, district):
    client = as_user(keeper)
    workbook = Workbook()
    for row in (["STT", "Họ và tên", "Đơn vị"], ["01", "Người 1", "UBND quận Hồng Bàng"]):
        workbook.active.append(row)
    file = io.BytesIO()
    workbook.save(file)

    page = client.post(
        url("network_import", network.pk), {"file": SimpleUploadedFile("a.xlsx", file.getvalue())}
    )
    done = client.post(url("network_import_apply", network.pk), {"sheet": page.context["sealed"]})

    assert done.status_code == 302
    assert network.members.get().name == "Người 1"


def test_preview_costs_the_same_for_1_and_30_rows(network, keeper, django_assert_num_queries):
    Agency.objects.create(code="x", name="Sở X", kind="department", level="city")
    for count in (1, 30):
        rows = rows_of(*([f"Người {n}", "x", ""] for n in range(count)))
        with django_assert_num_queries(3):
            queries.preview_members(network, rows)
