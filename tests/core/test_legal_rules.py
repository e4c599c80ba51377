"""Rules as dated rows: which text in force on which day gives which limit, and who changes them how."""

import json
from datetime import date
from importlib import resources
from io import BytesIO
from itertools import pairwise

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from factories import make_agency, make_user
from loa.core import actions, queries
from loa.core.counted_days import count_day, remember_count
from loa.core.deadlines import CalendarRangeError, shipped_calendar
from loa.core.legal import MissingRuleError, load_rules, rule_on, value_name
from loa.core.models import CountedDay, Entry, LegalRule
from loa.core.sheets import SheetRow
from loa.core.workflow import FlowError, StaleError

pytestmark = pytest.mark.django_db
CODE = "plan.explanation"
NEW = {
    "values": {"working_days": 3},
    "valid_from": date(2026, 1, 1),
    "valid_to": None,
    "legal_basis": "Quyết định 1/QĐ-UBND",
    "is_checked": True,
    "note": "",
}


@pytest.fixture
def rule():
    load_rules()
    return LegalRule.objects.get(code=CODE)


def shipped():
    return json.loads(resources.files("loa.core").joinpath("data/legal_rules.json").read_text("utf-8"))


# Asking -------------------------------------------------------------------------------------------


def test_an_installation_without_rows_counts_with_those_that_ship():
    rule = rule_on("report.window.quarterly", date(2019, 6, 3))

    assert (rule["starts_on"], rule["ends_on"], rule["due_day"], rule.is_checked) == (15, 14, 25, True)


@pytest.mark.parametrize(
    ("code", "last_month", "months"),
    [
        ("report.cchc.q1", 3, 3),
        ("report.cchc.h1", 6, 6),
        ("report.cchc.q3", 9, 3),
        ("report.cchc.year", 12, 12),
    ],
)
@pytest.mark.parametrize("day", [date(2019, 2, 1), date(2026, 2, 1)])
def test_the_four_periods_of_the_reform_report_are_due_on_the_20th(code, last_month, months, day):
    rule = rule_on(code, day)

    assert (rule["last_month"], rule["months"], rule["due_day"]) == (last_month, months, 20)


def test_a_newer_text_that_nobody_has_read_is_not_checked():
    before, after = (rule_on("report.cchc.q1", date(2025, 7, day)) for day in (1, 2))

    assert (before.is_checked, after.is_checked) == (True, False)
    assert "4625" in after.legal_basis


@pytest.mark.parametrize(
    ("code", "values"),
    [
        ("feedback.transfer", {"working_days": 5}),
        ("feedback.answer", {"days": 20}),
        ("feedback.update", {"days": 7}),
        ("feedback.portal.update", {"working_days": 7}),
        ("feedback.result", {"working_days": 2}),
        ("reception.notice", {"working_days": 10}),
        ("feedback.publication", {"working_days": 5}),
    ],
)
def test_the_limits_for_feedback_ship(code, values):
    assert rule_on(code, date(2019, 6, 3)).values == values


def test_a_day_before_every_row_has_no_rule(rule):
    with pytest.raises(MissingRuleError) as missing:
        rule_on(CODE, date(2018, 12, 31))

    assert (missing.value.code, missing.value.day) == (CODE, date(2018, 12, 31))


def test_the_row_that_began_last_wins(rule):
    LegalRule.objects.create(code=CODE, name_vi="x", name_en="x", **NEW)

    assert [rule_on(CODE, date(year, 6, 3))["working_days"] for year in (2025, 2026)] == [5, 3]


def test_asking_takes_one_query(rule, django_assert_num_queries):
    with django_assert_num_queries(1):
        rule_on(CODE, date(2019, 6, 3))


def test_shipped_rows_of_a_code_do_not_overlap_and_each_names_its_basis():
    rows = sorted(shipped(), key=lambda row: (row["code"], row["valid_from"]))

    for before, after in pairwise(rows):
        if before["code"] == after["code"]:
            assert before["valid_to"] < after["valid_from"]
    assert all(row["legal_basis"] and row["name_en"] for row in rows)


def test_every_shipped_number_has_words(in_english):
    keys = {key for row in shipped() for key in row["values"]}

    assert {key for key in keys if value_name(key) == key.replace("_", " ")} == set()


# Loading ------------------------------------------------------------------------------------------


def test_rules_are_loaded_once():
    first, second = load_rules(), load_rules()

    assert (first, second) == (len(shipped()), 0)


def test_loading_leaves_what_somebody_corrected(rule, administrator):
    actions.correct_rule(rule, valid_from=date(2019, 3, 1), by=administrator)

    load_rules()

    assert LegalRule.objects.filter(code=CODE).count() == 1


# Changing -----------------------------------------------------------------------------------------


def test_a_new_text_ends_the_one_before_on_the_day_before(rule, administrator):
    new = actions.add_rule_version(rule, by=administrator, **NEW)

    rule.refresh_from_db()
    assert (rule.valid_to, new.valid_to, new.name_vi) == (date(2025, 12, 31), None, rule.name_vi)
    assert list(Entry.objects.order_by("pk").values_list("action", flat=True)) == ["rule.close", "rule.add"]
    assert [rule_on(CODE, day)["working_days"] for day in (date(2025, 12, 31), date(2026, 1, 1))] == [5, 3]


def test_an_older_text_added_later_ends_where_the_known_one_begins(rule, administrator):
    old = actions.add_rule_version(rule, by=administrator, **{**NEW, "valid_from": date(2015, 1, 1)})

    rule.refresh_from_db()
    assert (old.valid_to, rule.valid_to) == (date(2018, 12, 31), None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"valid_from": date(2019, 1, 1)},
        {"valid_to": date(2025, 1, 1)},
        {"valid_from": date(2018, 1, 1), "valid_to": date(2019, 6, 1)},
    ],
)
def test_versions_that_contradict_each_other_are_refused(rule, administrator, wrong):
    with pytest.raises(FlowError):
        actions.add_rule_version(rule, by=administrator, **{**NEW, **wrong})

    rule.refresh_from_db()
    assert (LegalRule.objects.filter(code=CODE).count(), rule.valid_to) == (1, None)


def test_a_correction_is_kept_with_what_was_there(rule, administrator):
    is_changed = actions.correct_rule(rule, values={"working_days": 7}, is_checked=True, by=administrator)

    entry = Entry.objects.get()
    assert (is_changed, rule_on(CODE, date(2019, 6, 3))["working_days"]) == (True, 7)
    assert entry.data["before"]["values"] == {"working_days": 5}
    assert entry.data["after"]["values"] == {"working_days": 7}


def test_a_correction_that_changes_nothing_is_none(rule, administrator):
    is_changed = actions.correct_rule(rule, values=dict(rule.values), by=administrator)

    assert (is_changed, Entry.objects.exists()) == (False, False)


@pytest.mark.parametrize("role", ["officer", "focal_point", "head", "clerk", "leader"])
def test_only_an_administrator_changes_rules(rule, role):
    person = make_user(make_agency(), role)

    for act in (
        lambda: actions.add_rule_version(rule, by=person, **NEW),
        lambda: actions.correct_rule(rule, note="x", by=person),
        lambda: actions.import_rules([], digest="", by=person),
    ):
        with pytest.raises(PermissionDenied):
            act()


# The sheet ----------------------------------------------------------------------------------------


def as_rows():
    rows = queries.exported_rules(LegalRule.objects.all())
    keys = list(queries.RULE_COLUMNS)
    return [
        SheetRow(number, {key: str(cell or "") for key, cell in zip(keys, row, strict=True)})
        for number, row in enumerate(rows, 2)
    ]


def new_row(**cells):
    plain = {
        "code": CODE,
        "values": "working_days=3",
        "valid_from": "01/01/2026",
        "valid_to": "",
        "legal_basis": "QĐ 1",
    }
    return SheetRow(99, {**plain, **cells})


def test_the_rules_as_they_are_change_nothing(rule):
    preview = queries.preview_rules(as_rows())

    assert (preview.rows, preview.errors) == ([], [])


def test_a_sheet_with_a_new_text_adds_it_and_a_second_time_changes_nothing(rule, administrator):
    rows = [*as_rows(), new_row()]
    preview = queries.preview_rules(rows)

    actions.import_rules(rows, digest=preview.digest, by=administrator)

    rule.refresh_from_db()
    assert (len(preview.added), len(preview.changed), rule.valid_to) == (1, 1, date(2025, 12, 31))
    assert queries.preview_rules(rows).rows == []


@pytest.mark.parametrize(
    ("cells", "word"),
    [
        ({"code": "no.such"}, "no.such"),
        ({"values": "working_days=x"}, "whole number"),
        ({"values": "days=3"}, "working_days=5"),
        ({"valid_from": "x"}, "31/12/2025"),
        ({"valid_from": ""}, "required|null|blank"),
        ({"legal_basis": ""}, "blank"),
        ({"valid_to": "01/01/2025"}, "before it begins"),
    ],
)
def test_a_bad_row_is_named_with_its_reason(rule, cells, word, in_english):
    error = queries.preview_rules([new_row(**cells)]).errors[0]

    assert error.number == 99
    assert any(each in error.reason for each in word.split("|"))


def test_rules_changed_since_the_preview_are_not_overwritten(rule, administrator):
    rows = [new_row()]
    digest = queries.preview_rules(rows).digest
    actions.add_rule_version(rule, by=administrator, **NEW)

    with pytest.raises(StaleError):
        actions.import_rules(rows, digest=digest, by=administrator)


# The pages ----------------------------------------------------------------------------------------


def test_the_numbers_are_fields_of_their_own(as_user, administrator, rule):
    page = as_user(administrator)
    url = reverse("core:rule_correct", args=[rule.pk])
    form = page.get(url).context["form"]
    given = {**form.initial, "valid_to": "", "valid_from": "2019-01-01", "value_working_days": "8"}

    page.post(url, given)

    assert "value_working_days" in form.fields
    assert rule_on(CODE, date(2019, 6, 3)).values == {"working_days": 8}


def test_a_wrong_number_keeps_what_was_typed(as_user, administrator, rule):
    url = reverse("core:rule_add", args=[rule.pk])

    response = as_user(administrator).post(
        url, {"value_working_days": "ba", "legal_basis": "QĐ 1", "valid_from": "2026-01-01"}
    )

    assert (response.status_code, response.context["form"]["legal_basis"].value()) == (422, "QĐ 1")


def test_the_shift_is_chosen_by_its_words(as_user, administrator, rule):
    shift = LegalRule.objects.get(code="due.shift")

    form = as_user(administrator).get(reverse("core:rule_correct", args=[shift.pk])).context["form"]

    assert [key for key, _label in form.fields["value_shift"].choices] == ["none", "next", "previous"]


def test_filters_by_day_and_by_who_has_read_it(as_user, administrator, rule):
    page = as_user(administrator)
    url = reverse("core:rule_list")

    on = page.get(url, {"code": "report.cchc.q1", "on": "2019-06-03"}).context["table"].data
    unread = page.get(url, {"code": "report.cchc.q1", "checked": "no"}).context["table"].data

    assert [row.valid_from.year for row in on] == [2019]
    assert [row.valid_from.year for row in unread] == [2025]


def test_what_is_exported_can_be_imported_and_changes_nothing(as_user, administrator, rule):
    page = as_user(administrator)
    data = page.get(reverse("core:rule_export")).content
    assert load_workbook(BytesIO(data)).active.max_row == LegalRule.objects.count() + 1

    file = SimpleUploadedFile("q.xlsx", data)
    preview = page.post(reverse("core:rule_import"), {"file": file}).context["preview"]

    assert (preview.rows, preview.errors) == ([], [])


def test_the_list_is_a_sheet_to_read_with_real_days(as_user, administrator, rule):
    data = as_user(administrator).get(reverse("core:rule_list"), {"export": "xlsx", "code": CODE}).content

    head, row = load_workbook(BytesIO(data)).active.iter_rows(values_only=True)
    assert (len(head), row[0], row[3].date()) == (8, CODE, date(2019, 1, 1))


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_asks_as_often_for_one_as_for_thirty(
    as_user, administrator, django_assert_num_queries, count
):
    LegalRule.objects.bulk_create(
        LegalRule(code=f"x.{at}", name_vi="x", name_en="x", **NEW) for at in range(count)
    )
    page = as_user(administrator)
    page.get(reverse("core:rule_list"))

    with django_assert_num_queries(10):
        page.get(reverse("core:rule_list"))


# Counting -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "given", "due"),
    [
        (date(2026, 2, 13), {"working_days": 5}, date(2026, 2, 27)),
        (date(2019, 6, 9), {}, date(2019, 6, 9)),
        (date(2019, 6, 9), {"shift": "next"}, date(2019, 6, 10)),
        (date(2019, 6, 9), {"shift": "previous"}, date(2019, 6, 7)),
        (date(2019, 4, 28), {"shift": "next"}, date(2019, 5, 2)),
        (date(2026, 1, 10), {"shift": "next"}, date(2026, 1, 10)),
        (date(2019, 6, 9), {"working_days": 0, "shift": "next"}, date(2019, 6, 10)),
    ],
)
def test_count_day(start, given, due):
    assert count_day(start, calendar=shipped_calendar(), **given) == due


def test_count_day_outside_the_calendar_is_refused():
    with pytest.raises(CalendarRangeError):
        count_day(date(2027, 12, 30), working_days=5, calendar=shipped_calendar())


def test_a_count_said_again_replaces_what_was_said(rule):
    for days in (3, 5):
        remember_count(rule, due_on=date(2019, 6, days), start_on=date(2019, 6, 1), working_days=days)

    assert [(row.working_days, row.object) for row in CountedDay.objects.all()] == [(5, rule)]
