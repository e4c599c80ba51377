import csv
import io
import zipfile
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from openpyxl import Workbook, load_workbook

from factories import make_agency, make_user
from loa.core import history, sheets
from loa.core.sheets import SheetError, SheetRow
from loa.core.workflow import FlowError, StaleError
from loa.directory import actions, exchange, queries
from loa.directory.exchange import SHAPE
from loa.directory.models import Agency, AgencyName

pytestmark = pytest.mark.django_db

HEAD = ["code", "name", "kind", "level"]
ROW = ["so-moi", "Sở Mới", "department", "city"]


def read_sheet(data, name):
    return sheets.read_sheet(data, name, SHAPE).rows


def url(name, *args):
    return reverse(f"directory:{name}", args=args)


def as_csv(*rows, head=HEAD):
    file = io.StringIO()
    csv.writer(file).writerows([head, *rows])
    return file.getvalue().encode()


def as_workbook(*rows, head=HEAD):
    workbook = Workbook()
    for row in (head, *rows):
        workbook.active.append(row)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def rows_of(*rows, head=HEAD):
    return [SheetRow(number, dict(zip(head, row, strict=True))) for number, row in enumerate(rows, start=2)]


def errors(*rows, head=HEAD):
    return [(error.number, error.code) for error in queries.preview(rows_of(*rows, head=head)).errors]


def bring_in(rows, *, by, **options):
    return actions.import_agencies(rows, digest=queries.preview(rows).digest, by=by, **options)


@pytest.fixture
def administrator():
    return make_user(make_agency("Văn phòng UBND", kind="office", code="vp"), "administrator")


# Read -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("make", "name"), [(as_csv, "a.csv"), (as_workbook, "a.xlsx")])
def test_a_sheet_is_read_row_by_row(make, name):
    rows = read_sheet(make(ROW, ["", "", "", ""], ["b", "B", "other", "city"]), name)

    assert [(row.number, row.cells["code"]) for row in rows] == [(2, "so-moi"), (4, "b")]


def test_real_dates_and_numbers_of_a_workbook_are_read():
    data = as_workbook([11311, "Phường", "commune", "commune", date(2025, 7, 1)], head=[*HEAD, "valid_from"])

    cells = read_sheet(data, "a.xlsx")[0].cells

    assert (cells["code"], cells["valid_from"]) == ("11311", "2025-07-01")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_headings_are_known_in_every_language(language):
    with translation.override(language):
        head = [str(exchange.COLUMNS[key]) for key in HEAD]

    assert read_sheet(as_csv(ROW, head=head), "a.csv")[0].cells == dict(zip(HEAD, ROW, strict=True))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_may_be_delimited_as_offices_do(delimiter):
    data = delimiter.join(HEAD) + "\n" + delimiter.join(ROW)

    assert read_sheet(b"\xef\xbb\xbf" + data.encode(), "a.csv")[0].cells["name"] == "Sở Mới"


def bomb():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b" " * 60_000_000)
    return file.getvalue()


def with_entity():
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(as_workbook(ROW))) as whole, zipfile.ZipFile(file, "w") as packed:
        for name in whole.namelist():
            part = whole.read(name)
            packed.writestr(
                name, b'<!DOCTYPE x [<!ENTITY a "b">]>' + part if name.endswith("workbook.xml") else part
            )
    return file.getvalue()


def other_zip():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("word/document.xml", "<a/>")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "a.csv"),
        (as_csv(ROW), "a.xlsx"),
        (as_workbook(ROW), "a.csv"),
        (as_workbook(ROW)[:-200], "a.xlsx"),
        (b"PK\x03\x04" + b"x" * 100, "a.xlsx"),
        (other_zip(), "a.xlsx"),
        (bomb(), "a.xlsx"),
        (with_entity(), "a.xlsx"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "a.xlsx"),
        ("code,name\nx,Sở".encode("utf-16"), "a.csv"),
        (b"code,name\0,kind,level\n", "a.csv"),
        (as_csv(["x", "X"], head=["code", "name"]), "a.csv"),
        (as_csv([*ROW, "b"], head=[*HEAD, "code"]), "a.csv"),
        (as_csv(ROW) + b"x" * (sheets.MOST_BYTES + 1), "a.csv"),
        (as_csv(*[["x"] * 4] * (sheets.MOST_ROWS + 1)), "a.csv"),
    ],
    ids=[
        "empty",
        "text called xlsx",
        "workbook called csv",
        "cut short",
        "no zip",
        "another zip",
        "bomb",
        "entity",
        "old Excel",
        "UTF-16",
        "zero bytes",
        "headings missing",
        "heading twice",
        "too big",
        "too many rows",
    ],
)
def test_a_file_that_is_no_sheet_is_refused_in_words(data, name):
    with pytest.raises(SheetError) as refusal:
        read_sheet(data, name)

    assert len(str(refusal.value)) > 20


# Preview --------------------------------------------------------------------------------------------


def test_a_preview_tells_new_changed_and_unchanged():
    make_agency("Sở A", code="a", place="Hải Phòng")
    make_agency("Sở B", code="b", place="Hải Phòng")

    preview = queries.preview(
        rows_of(
            ["a", "Sở A", "department", "city", "Hải Phòng"],
            ["b", "Sở B", "Department", "city", "Thủy Nguyên"],
            ["c", "Sở C", "department", "city", ""],
            head=[*HEAD, "place"],
        )
    )

    changes = [(each.label, each.old, each.new) for each in preview.changed[0].changes]
    assert [each.values["code"] for each in preview.new] == ["c"]
    assert changes == [(str(exchange.COLUMNS["place"]), "Hải Phòng", "Thủy Nguyên")]
    assert (preview.unchanged_count, preview.errors) == (1, [])


def test_a_preview_changes_nothing():
    queries.preview(rows_of(ROW))

    assert Agency.objects.count() == 0


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (HEAD, ["", "Sở", "department", "city"]),
        (HEAD, ["có dấu", "Sở", "department", "city"]),
        (HEAD, ["x" * 61, "Sở", "department", "city"]),
        (HEAD, ["x", "", "department", "city"]),
        (HEAD, ["x", "S" * 201, "department", "city"]),
        (HEAD, ["x", "Sở", "ministry", "city"]),
        (HEAD, ["x", "Sở", "department", ""]),
        ([*HEAD, "valid_from"], ["x", "Sở", "department", "city", "31/02/2025"]),
        ([*HEAD, "valid_from", "valid_to"], ["x", "Sở", "department", "city", "01/07/2025", "30/06/2025"]),
        ([*HEAD, "email"], ["x", "Sở", "department", "city", "khong phai thu"]),
        ([*HEAD, "parent"], ["x", "Sở", "department", "city", "khong-co"]),
        ([*HEAD, "parent"], ["x", "Sở", "department", "city", "x"]),
        ([*HEAD, "aliases"], ["x", "Sở", "department", "city", "a" * 301]),
    ],
    ids=[
        "no code",
        "bad code",
        "long code",
        "no name",
        "long name",
        "unknown kind",
        "no level",
        "no such day",
        "ends first",
        "bad address",
        "unknown parent",
        "own parent",
        "long alias",
    ],
)
def test_a_bad_row_is_told_with_its_number_and_reason(head, row):
    preview = queries.preview(rows_of(row, head=head))

    assert [(error.number, error.code) for error in preview.errors] == [(2, row[0])]
    assert len(preview.errors[0].reason) > 10
    assert preview.can_apply is False


def test_every_bad_row_is_told():
    assert errors(["a", "", "department", "city"], ROW, ["b", "B", "x", "city"], ROW) == [
        (2, "a"),
        (4, "b"),
        (5, "so-moi"),
    ]


def test_a_circle_of_parents_is_told():
    make_agency("Trên", code="tren")
    make_agency("Dưới", code="duoi", parent=Agency.objects.get(code="tren"))

    found = errors(["tren", "Trên", "department", "city", "duoi"], head=[*HEAD, "parent"])

    assert found == [(2, "tren")]


@pytest.mark.parametrize("count", [1, 30])
def test_a_preview_takes_the_same_queries_for_any_length(django_assert_num_queries, count):
    for number in range(count):
        make_agency(f"Sở {number}", code=f"a{number}")
    rows = rows_of(*[[f"a{number}", f"Sở {number} mới", "department", "city"] for number in range(count)])

    with django_assert_num_queries(2):
        assert len(queries.preview(rows).changed) == count


# Apply ----------------------------------------------------------------------------------------------


def test_a_sheet_adds_bodies_whatever_the_order_of_parents(administrator):
    rows = rows_of(
        ["con", "Con", "service_unit", "city", "cha", "C; Đơn vị con"],
        ["cha", "Cha", "department", "city", "", ""],
        head=[*HEAD, "parent", "aliases"],
    )

    bring_in(rows, by=administrator)

    child = Agency.objects.get(code="con")
    assert child.parent.code == "cha"
    assert sorted(name.name for name in queries.other_names(child)) == ["C", "Đơn vị con"]


def test_importing_twice_changes_nothing(administrator):
    rows = rows_of([*ROW, "S", "A; B"], head=[*HEAD, "short_name", "aliases"])
    bring_in(rows, by=administrator)
    entries = history.entries_of([Agency.objects.get(code="so-moi")]).count()

    preview = queries.preview(rows)

    assert (preview.new, preview.changed, preview.unchanged_count) == ([], [], 1)
    bring_in(rows, by=administrator)
    assert history.entries_of([Agency.objects.get(code="so-moi")]).count() == entries


def test_a_column_that_is_missing_changes_nothing_and_an_empty_cell_empties(administrator):
    agency = make_agency("Sở A", code="a", place="Hải Phòng", symbol="SA")

    bring_in(rows_of(["a", "Sở A", "department", "city", ""], head=[*HEAD, "place"]), by=administrator)

    agency.refresh_from_db()
    assert (agency.place, agency.symbol) == ("", "SA")


def test_a_new_name_from_a_day_keeps_the_old_one(administrator, today):
    today(date(2025, 8, 1))
    agency = make_agency("Sở A", code="a")

    bring_in(rows_of(["a", "Sở B", "department", "city"]), by=administrator, renamed_on=date(2025, 7, 1))

    agency.refresh_from_db()
    old = queries.dated_names(agency).get()
    assert (agency.name, old.name, old.valid_to) == ("Sở B", "Sở A", date(2025, 6, 30))


def test_aliases_are_set_to_what_the_sheet_says(administrator):
    agency = make_agency("Sở A", code="a")
    for name in ("Một", "Hai"):
        AgencyName.objects.create(agency=agency, kind="alias", name=name)
    AgencyName.objects.create(agency=agency, kind="correction", name="Sửa")

    bring_in(
        rows_of(["a", "Sở A", "department", "city", "Hai; Ba"], head=[*HEAD, "aliases"]), by=administrator
    )

    assert sorted(name.name for name in queries.other_names(agency)) == ["Ba", "Hai", "Sửa"]


def test_all_or_nothing(administrator, today):
    today(date(2025, 8, 1))
    make_agency("Sở A", code="a", valid_from=date(2025, 7, 15))
    rows = rows_of(ROW, ["a", "Sở B", "department", "city"])

    with pytest.raises(FlowError):
        bring_in(rows, by=administrator, renamed_on=date(2025, 7, 1))

    assert Agency.objects.filter(code="so-moi").count() == 0


def test_a_sheet_with_an_error_is_not_applied(administrator):
    with pytest.raises(FlowError):
        bring_in(rows_of(ROW, ["b", "", "department", "city"]), by=administrator)

    assert Agency.objects.filter(code="so-moi").count() == 0


def test_a_preview_that_is_no_longer_true_is_not_applied(administrator):
    rows = rows_of(ROW)
    digest = queries.preview(rows).digest
    make_agency("Sở khác", code="so-moi")

    with pytest.raises(StaleError):
        actions.import_agencies(rows, digest=digest, by=administrator)

    assert Agency.objects.get(code="so-moi").name == "Sở khác"


def test_importing_asks_for_the_administrator():
    with pytest.raises(PermissionDenied):
        bring_in(rows_of(ROW), by=make_user(make_agency(), "head"))


# Out is in ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_exported_can_be_imported_and_changes_nothing(as_user, administrator, kind, language):
    parent = make_agency(
        '=Sở, "A"', code="a", note="+84 225", valid_from=date(2008, 3, 1), email="a@example.test"
    )
    child = make_agency("Chi cục", code="b", parent=parent, valid_to=date(2025, 6, 30), kind="service_unit")
    AgencyName.objects.create(agency=child, kind="alias", name="CC")
    AgencyName.objects.create(agency=child, kind="alias", name="-CC")
    page = as_user(administrator)
    page.cookies["loa_language"] = language

    data = page.get(url("agency_export", kind)).content

    with translation.override("vi"):
        preview = queries.preview(read_sheet(data, f"a.{kind}"))
    assert (preview.new, preview.changed, preview.errors, preview.unchanged_count) == ([], [], [], 3)


def test_an_exported_csv_runs_no_formula(as_user, administrator):
    make_agency("=HYPERLINK(1)", code="a")

    text = as_user(administrator).get(url("agency_export", "csv")).content.decode("utf-8-sig")

    assert "a,'=HYPERLINK(1)" in text


def test_an_exported_workbook_has_real_dates(as_user, administrator):
    make_agency("A", code="a", valid_from=date(2025, 7, 1))

    data = as_user(administrator).get(url("agency_export", "xlsx")).content

    sheet = load_workbook(io.BytesIO(data)).active
    values = [cell.value for cell in sheet[2]]
    assert values[0] == "a"
    assert values[9].date() == date(2025, 7, 1)


def test_everyone_with_a_hat_may_take_the_directory_out(as_user):
    page = as_user(make_user(make_agency(), "officer"))

    assert page.get(url("agency_export", "csv")).status_code == 200
    assert page.get(url("agency_export", "pdf")).status_code == 404
    assert as_user(make_user()).get(url("agency_export", "csv")).status_code == 404


# Pages ----------------------------------------------------------------------------------------------


def upload(page, data, name="a.csv"):
    return page.post(url("agency_import"), {"file": SimpleUploadedFile(name, data)})


def test_a_sheet_goes_in_by_preview_and_confirmation(as_user, administrator):
    page = as_user(administrator)

    shown = upload(page, as_csv(ROW))
    before = Agency.objects.filter(code="so-moi").count()
    done = page.post(url("agency_import_apply"), {"sheet": shown.context["form"]["sheet"].value()})

    assert (before, Agency.objects.filter(code="so-moi").count()) == (0, 1)
    assert done["Location"] == url("agency_list")


def test_confirming_twice_imports_once(as_user, administrator):
    page = as_user(administrator)
    sheet = {"sheet": upload(page, as_csv(ROW)).context["form"]["sheet"].value()}
    page.post(url("agency_import_apply"), sheet)

    second = page.post(url("agency_import_apply"), sheet)

    assert second.status_code == 409
    assert Agency.objects.filter(code="so-moi").count() == 1


def test_after_a_change_the_new_preview_can_be_confirmed(as_user, administrator):
    page = as_user(administrator)
    shown = upload(page, as_csv(ROW))
    make_agency("Sở khác", code="so-moi")

    refused = page.post(url("agency_import_apply"), {"sheet": shown.context["form"]["sheet"].value()})
    page.post(url("agency_import_apply"), {"sheet": refused.context["form"]["sheet"].value()})

    assert refused.status_code == 409
    assert Agency.objects.get(code="so-moi").name == "Sở Mới"


def test_errors_are_shown_and_cannot_be_confirmed(as_user, administrator):
    response = upload(as_user(administrator), as_csv(ROW, ["b", "", "x", "city"]))

    assert [error.number for error in response.context["preview"].errors] == [3]
    assert response.context["form"]["sheet"].value() == ""


def test_a_file_that_is_no_sheet_is_said_at_the_field(as_user, administrator):
    response = upload(as_user(administrator), b"xin chao", "a.csv")

    assert list(response.context["form"].errors) == ["file"]


@pytest.mark.parametrize("sheet", ["", "x", "x:y:z"])
def test_rows_that_were_not_previewed_are_not_found(as_user, administrator, sheet):
    assert as_user(administrator).post(url("agency_import_apply"), {"sheet": sheet}).status_code == 404


def test_another_persons_preview_is_not_found(as_user, administrator):
    sheet = upload(as_user(administrator), as_csv(ROW)).context["form"]["sheet"].value()

    response = as_user(make_user(make_agency(), "administrator")).post(
        url("agency_import_apply"), {"sheet": sheet}
    )

    assert response.status_code == 404
    assert Agency.objects.filter(code="so-moi").count() == 0
