"""Outlines: versions from a day, with a reason; a round keeps the one it was opened with."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from factories import make_agency, make_user
from loa.core import history
from loa.core.workflow import FlowError
from loa.reports import actions
from loa.reports.models import ReportTemplate


@pytest.fixture
def yearly(scene):
    return ReportTemplate.objects.get(code="communication_yearly")


def given(template, **changes):
    names = {name: getattr(template, name) for name in ("name_vi", "name_en", "legal_basis")}
    fields = {key: getattr(template, key) for key in ("sections", "agency_sections", "tables")}
    return {"names": names, "note": "Mẫu mới", **fields, **changes}


def copy(template, by, **changes):
    return actions.copy_template(template, valid_from=date(2020, 1, 1), **given(template, **changes), by=by)


def test_a_new_version_ends_the_one_before_it(scene, yearly):
    made = copy(yearly, scene.accepter)

    yearly.refresh_from_db()
    assert (yearly.valid_to, made.valid_from, made.valid_to) == (date(2019, 12, 31), date(2020, 1, 1), None)
    assert history.entries_of([made]).get().note == "Mẫu mới"


def test_a_version_between_two_ends_where_the_next_begins(scene, yearly):
    copy(yearly, scene.accepter)

    made = actions.copy_template(yearly, valid_from=date(2019, 7, 1), **given(yearly), by=scene.accepter)

    yearly.refresh_from_db()
    assert (yearly.valid_to, made.valid_to) == (date(2019, 6, 30), date(2019, 12, 31))


def test_two_versions_from_one_day_are_refused(scene, yearly):
    copy(yearly, scene.accepter)

    with pytest.raises(FlowError):
        copy(yearly, scene.accepter)

    assert ReportTemplate.objects.filter(code=yearly.code).count() == 2


def test_a_round_keeps_the_version_it_was_opened_with(scene, yearly, opened):
    report_round = opened()

    copy(yearly, scene.accepter, tables=[])

    report_round.refresh_from_db()
    assert (report_round.template, bool(report_round.template.tables)) == (yearly, True)


def test_a_version_in_use_is_not_changed(scene, yearly, opened):
    opened()

    with pytest.raises(FlowError):
        actions.change_template(yearly, **given(yearly, tables=[]), by=scene.accepter)


def test_change_keeps_what_stood_there(scene, yearly):
    old = yearly.tables

    actions.change_template(yearly, **given(yearly, tables=[]), by=scene.accepter)

    entry = history.entries_of([yearly]).get()
    assert (entry.data["before"]["tables"], yearly.tables) == (old, [])


@pytest.mark.parametrize("who", ["writer", "head"])
def test_who_coordinates_nothing_changes_no_outline(scene, yearly, who):
    with pytest.raises(PermissionDenied):
        copy(yearly, getattr(scene, who))


def test_an_administrator_may(scene, yearly):
    assert copy(yearly, make_user(make_agency(), "administrator")).pk


def row(**fields):
    return {
        "key": "a",
        "label_vi": "Số",
        "label_en": "Number",
        "unit": "cái",
        "formula": "",
        "arguments": {},
        "asks_zero_reason": False,
        **fields,
    }


@pytest.mark.parametrize(
    ("bad", "sections"),
    [
        ([row(formula="__import__('os')")], None),
        ([row(formula="tasks", arguments={"unit": "tin"})], None),
        ([], None),
        ([row()], []),
    ],
)
def test_an_outline_that_cannot_work_is_refused(scene, yearly, bad, sections):
    changes = {"tables": [{"key": "t", "title_vi": "Bảng", "title_en": "Table", "rows": bad}]}
    if sections is not None:
        changes["sections"] = sections

    with pytest.raises(FlowError):
        copy(yearly, scene.accepter, **changes)


def test_a_reason_is_needed(scene, yearly):
    with pytest.raises(FlowError):
        copy(yearly, scene.accepter, note=" ")


def address(name, *args):
    return reverse(f"reports:{name}", args=args)


def posted(page, **changes):
    """What a browser sends back of the outline's form."""
    forms = page.context["forms"]
    data = {}
    for form in (forms.head, forms.sections.management_form, forms.rows.management_form):
        data |= {form.add_prefix(name): form[name].value() for name in form.fields}
    for formset in (forms.sections, forms.rows):
        for form in formset:
            data |= {form.add_prefix(name): form[name].value() for name in form.fields if form[name].value()}
    return {key: value for key, value in (data | changes).items() if value is not None}


def test_the_form_sent_back_unchanged_changes_nothing(as_user, scene, yearly):
    client = as_user(scene.accepter)
    page = client.get(address("template_change", yearly.pk))
    old = (yearly.sections, yearly.agency_sections, yearly.tables)

    sent = client.post(address("template_change", yearly.pk), posted(page, note="Không đổi"))

    yearly.refresh_from_db()
    normal = [{"optional": False, "asked": False, **leaf} for leaf in ReportTemplate(sections=old[0]).leaves]
    assert (sent.status_code, yearly.leaves) == (302, normal)
    assert (yearly.agency_sections, yearly.tables) == old[1:]


def test_a_new_version_through_the_page(as_user, scene, yearly):
    client = as_user(scene.accepter)
    page = client.get(address("template_copy", yearly.pk))
    changes = {
        "note": "Thêm mục và chỉ tiêu",
        "valid_from": "2020-01-01",
        "sections-10-title_vi": "Chuyển đổi số",
        "sections-10-title_en": "Digital transformation",
        "sections-10-asked": "on",
        "rows-18-table_vi": "Sản phẩm và hoạt động tuyên truyền",
        "rows-18-label_vi": "Bài trên mạng xã hội",
        "rows-18-measure": "bài",
        "rows-18-formula": "deliverables",
        "rows-18-unit": "bài mạng xã hội",
    }

    sent = client.post(address("template_copy", yearly.pk), posted(page, **changes))

    made = ReportTemplate.objects.get(code=yearly.code, valid_from=date(2020, 1, 1))
    assert sent.status_code == 302
    assert made.asked_sections[-1]["title_vi"] == "Chuyển đổi số"
    assert made.agency_sections[-1]["key"] == made.asked_sections[-1]["key"]
    new = made.tables[1]["rows"][-1]
    assert (new["label_en"], new["formula"], new["arguments"]) == (
        "Bài trên mạng xã hội",
        "deliverables",
        {"unit": "bài mạng xã hội"},
    )


def test_a_wrong_form_keeps_what_was_typed(as_user, scene, yearly):
    client = as_user(scene.accepter)
    page = client.get(address("template_copy", yearly.pk))

    sent = client.post(
        address("template_copy", yearly.pk),
        posted(page, valid_from="", note="Vì sao", **{"sections-0-title_en": ""}),
    )

    assert (sent.status_code, sent.context["forms"].head["note"].value()) == (422, "Vì sao")


def test_the_list_of_outlines_and_its_workbook(as_user, scene, opened):
    opened()
    client = as_user(scene.writer)

    page = client.get(address("template_list")).content.decode()
    book = client.get(address("template_list") + "?export=xlsx&now=on")

    assert (page.count("Báo cáo năm về công tác tuyên truyền"), book.status_code) == (1, 200)


def test_a_version_reads_as_a_page(as_user, scene, yearly):
    page = as_user(scene.writer).get(yearly.get_absolute_url()).content.decode()

    assert ("Tin, bài, phóng sự" in page, "Lập phiên bản mới" in page) == (True, False)
