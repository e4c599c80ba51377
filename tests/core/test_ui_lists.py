"""Lists: search, filters in words, sorting, columns put away, the part for htmx, export."""

from datetime import UTC, date, datetime
from io import BytesIO

import django_filters
import django_tables2 as tables
import pytest
from django import forms
from django.test import RequestFactory
from django.utils import translation
from openpyxl import load_workbook

from factories import make_agency
from loa.core.lists import ActiveFilter, DayColumn, FoldedSearch, _in_words, list_page
from loa.directory.models import Agency


class BodyTable(tables.Table):
    class Meta:
        model = Agency
        fields = ("name", "kind", "valid_from")


class BodyFilter(django_filters.FilterSet):
    q = FoldedSearch(field_name="search_name", label="Search")
    kind = django_filters.ChoiceFilter(choices=Agency.Kind, label="Kind")
    parent = django_filters.ModelChoiceFilter(queryset=Agency.objects.all(), label="Parent")

    class Meta:
        model = Agency
        fields = ("q", "kind", "parent")


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def bodies(db):
    city = make_agency("UBND thành phố", code="city", kind="peoples_committee", valid_from=date(2019, 2, 1))
    make_agency("Sở Nội vụ", code="noi-vu", parent=city)
    make_agency("Sở Tài chính", code="tai-chinh", parent=city)
    return city


@pytest.fixture
def ask():
    session = {}

    def get(query="", *, headers=None):
        request = RequestFactory().get(f"/ds/?{query}", headers=headers)
        request.session = session
        return list_page(
            request,
            "ui/list.html",
            rows=Agency.objects.all(),
            table_class=BodyTable,
            filter_class=BodyFilter,
            export_name="co-quan",
        )

    return get


def names(response):
    html = response.content.decode()
    return [
        name
        for name in ("Sở Nội vụ", "Sở Tài chính", "UBND thành phố")
        if f'<div class="cell">{name}</div>' in html
    ]


def test_search_needs_no_accents_and_every_word(bodies, ask):
    assert names(ask("q=noi+so")) == ["Sở Nội vụ"]


def test_choice_filters_rows(bodies, ask):
    assert names(ask("kind=peoples_committee")) == ["UBND thành phố"]


def test_wrong_choice_shows_everything_rather_than_breaking(bodies, ask):
    assert ask("kind=nonsense").status_code == 200


def test_empty_choice_is_called_all(bodies, ask):
    html = ask().content.decode()

    assert html.count('<option value="" selected>All</option>') == 2
    assert "---------" not in html


def test_active_filter_is_removed_by_its_link(bodies, ask):
    html = ask("q=so&kind=department").content.decode()

    assert 'href="/ds/?kind=department"><span>Search: <b>so</b></span>' in html
    assert 'href="/ds/?q=so"><span>Kind: <b>Department</b></span>' in html


def test_sorting_link_keeps_the_filter(bodies, ask):
    html = ask("q=so&page=1").content.decode()

    assert 'href="?q=so&amp;sort=name"' in html


def test_htmx_gets_the_rows_alone_and_caches_know(bodies, ask):
    response = ask("q=so", headers={"HX-Request": "true"})

    html = response.content.decode().strip()
    assert (html.startswith('<div class="rows" id="rows"'), '<form class="filters"' in html) == (True, False)
    assert response["Vary"] == "HX-Request"


def test_column_put_away_is_remembered_and_the_address_cleaned(bodies, ask):
    response = ask("q=so&columns=1&show=name&show=kind")
    html = ask("q=so").content.decode()

    assert (response.status_code, response["Location"]) == (302, "/ds/?q=so")
    assert html.count('role="columnheader"') == 2


def test_columns_all_put_away_come_back(bodies, ask):
    ask("columns=1")

    assert ask().content.decode().count('role="columnheader"') == 3


def test_nothing_found_says_so(bodies, ask):
    assert '<p class="empty__title">Nothing found</p>' in ask("q=khong-co").content.decode()


def test_export_holds_all_filtered_rows_with_real_dates(bodies, ask):
    response = ask("kind=peoples_committee&export=xlsx")

    sheet = load_workbook(BytesIO(response.content)).active
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert response["Content-Disposition"] == 'attachment; filename="co-quan.xlsx"'
    assert [(row[0], row[2]) for row in rows] == [("UBND thành phố", datetime(2019, 2, 1))]
    assert sheet["C2"].number_format == "dd/mm/yyyy"


def test_date_of_a_model_reads_as_a_day(bodies, ask):
    assert ask("kind=peoples_committee").content.decode().count("01/02/2019") == 1


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        (forms.CharField(), "", ""),
        (forms.CharField(), None, ""),
        (forms.BooleanField(), False, ""),
        (forms.BooleanField(), True, "✓"),
        (forms.DateField(), date(2019, 2, 1), "01/02/2019"),
        (forms.DateField(), slice(date(2019, 2, 1), None), "01/02/2019 – …"),
        (forms.MultipleChoiceField(choices=[("a", "Radio"), ("b", "Press")]), ["a", "b"], "Radio, Press"),
    ],
)
def test_filter_value_in_words(field, value, words):
    assert _in_words(field, value) == words


def test_active_filters_are_told_by_name(bodies, rf):
    from loa.core.lists import active_filters

    request = rf.get("/ds/", {"parent": bodies.pk, "page": 2})
    filterset = BodyFilter(request.GET, queryset=Agency.objects.all(), request=request)

    assert active_filters(request, filterset) == [ActiveFilter("Parent", "UBND thành phố", "/ds/")]


def test_a_column_put_away_by_the_table_shows_once_it_is_chosen(bodies, ask, monkeypatch):
    monkeypatch.setattr(BodyTable, "put_away", ("valid_from",), raising=False)

    before = ask().content.decode()
    ask("columns=1&show=name&show=kind&show=valid_from")
    after = ask().content.decode()

    assert ("01/02/2019" in before, "01/02/2019" in after) == (False, True)


@pytest.mark.parametrize(
    "value",
    [date(2019, 6, 17), datetime(2019, 6, 16, 18, 50, tzinfo=UTC), datetime(2019, 6, 17, 16, 59, tzinfo=UTC)],
)
def test_a_column_of_days_shows_the_day_of_the_city(value):
    column = DayColumn()

    assert (column.render(value), column.value(value)) == ("17/06/2019", date(2019, 6, 17))
