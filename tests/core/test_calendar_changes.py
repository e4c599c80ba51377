"""A changed calendar: its days, what moved with them, who was told."""

from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from factories import make_agency, make_assignment, make_task, make_user
from loa.channels.models import Notice
from loa.core import actions, counted_days, queries, recounting
from loa.core.calendar_data import current_calendar, load_calendar
from loa.core.counted_days import CountedField, count_day, forget_count, remember_count
from loa.core.models import CalendarChange, CalendarDay, ChangedDay, CountedDay, Entry, Job, MovedDay
from loa.core.sheets import SheetRow
from loa.core.workflow import FlowError, StaleError
from loa.plans.actions import ask_explanation, give_explanation
from loa.plans.models import Explanation

pytestmark = pytest.mark.django_db

MONDAY = date(2019, 6, 3)
OFF = {"kind": "off", "name": "Nghỉ đột xuất", "name_en": "", "source": "", "announced_on": None}
ACT = "Công văn 1/VPCP"


@pytest.fixture(autouse=True)
def _calendar(today):
    load_calendar()
    today(MONDAY)


@pytest.fixture
def lead():
    return make_agency("Sở Chủ trì")


@pytest.fixture
def explanation(lead):
    """Asked on a Monday, five working days: due on Monday 10/06/2019."""
    make_user(lead, "focal_point", full_name="Người đầu mối")
    assignment = make_assignment(lead, task=make_task(), state="in_progress")
    asker = make_user(assignment.plan.coordinator, "focal_point")
    return ask_explanation(assignment, question="Vì sao chậm?", working_days=5, by=asker)


def add(on, by, **given):
    return actions.add_day(**{**OFF, "legal_act": ACT, "date": on, **given}, by=by)


def test_a_day_off_moves_what_was_counted_over_it_and_tells_who_owes(explanation, administrator):
    change = add(date(2019, 6, 6), administrator)

    explanation.refresh_from_db()
    moved = change.moved.get()
    assert explanation.due_on == date(2019, 6, 11)
    assert (moved.old_on, moved.new_on) == (date(2019, 6, 10), date(2019, 6, 11))
    assert (moved.whose, moved.told) == ("Sở Chủ trì", ["Người đầu mối"])
    assert CountedDay.objects.get().due_on == date(2019, 6, 11)
    assert Notice.objects.filter(key__startswith="assignment.move_explanation_due:").count() == 1


def test_the_object_keeps_in_its_history_why_its_date_moved(explanation, administrator):
    change = add(date(2019, 6, 6), administrator)

    entry = Entry.objects.get(action="assignment.move_explanation_due")
    assert entry.object == explanation.assignment
    assert (entry.data["from"], entry.data["to"]) == ("2019-06-10", "2019-06-11")
    assert str(change) in entry.note


def test_taking_the_day_out_again_moves_it_back(explanation, administrator):
    add(date(2019, 6, 6), administrator)

    change = actions.remove_day(
        CalendarDay.objects.get(date=date(2019, 6, 6)), note="Văn bản bị thu hồi", by=administrator
    )

    explanation.refresh_from_db()
    assert explanation.due_on == date(2019, 6, 10)
    assert [(day.kind, day.before["name"]) for day in change.days.all()] == [("removed", "Nghỉ đột xuất")]


def test_a_worked_saturday_moves_it_forward(explanation, administrator):
    add(date(2019, 6, 8), administrator, kind="work")

    explanation.refresh_from_db()
    assert explanation.due_on == date(2019, 6, 8)


def test_a_day_beyond_the_due_date_moves_nothing(explanation, administrator):
    change = add(date(2019, 6, 12), administrator)

    assert change.moved.count() == 0


def test_what_is_answered_stays(explanation, lead, administrator):
    give_explanation(explanation, answer="Bão", by=make_user(lead, "head"))

    change = add(date(2019, 6, 6), administrator)

    explanation.refresh_from_db()
    assert (explanation.due_on, change.moved.count()) == (date(2019, 6, 10), 0)


def test_a_date_set_by_hand_since_is_left_alone_and_no_longer_counted(explanation, administrator):
    Explanation.objects.update(due_on=date(2019, 6, 20))

    change = add(date(2019, 6, 6), administrator)

    explanation.refresh_from_db()
    assert (explanation.due_on, change.moved.count()) == (date(2019, 6, 20), 0)
    assert not CountedDay.objects.exists()


def test_forgetting_how_a_date_was_counted_is_idempotent(explanation):
    forget_count(explanation)
    forget_count(explanation)

    assert not CountedDay.objects.exists()


def test_a_mover_that_fails_leaves_no_half_done_change(explanation, administrator, monkeypatch):
    known = next(each for each in counted_days.counted_fields() if each.label == "plans.Explanation")

    def fail(*_args, **_words):
        raise RuntimeError

    broken = CountedField(known.label, known.name, known.open_rows, known.visible_to, fail)
    monkeypatch.setattr(recounting, "counted_fields", lambda: [broken])

    with pytest.raises(RuntimeError):
        add(date(2019, 6, 6), administrator)

    assert not CalendarChange.objects.exists()
    assert not CalendarDay.objects.filter(date=date(2019, 6, 6)).exists()


def test_many_dates_are_counted_in_a_job_that_shows_what_it_moved(
    explanation, administrator, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(recounting, "AT_ONCE", 0)

    with django_capture_on_commit_callbacks(execute=True):
        change = add(date(2019, 6, 6), administrator)

    job = Job.objects.get()
    assert (job.state, job.done_count, job.result_url) == ("done", 1, change.get_absolute_url())
    assert change.moved.get().new_on == date(2019, 6, 11)


def test_a_job_begun_again_moves_nothing_twice(explanation, administrator):
    change = add(date(2019, 6, 6), administrator)

    recounting.recount(change)

    assert MovedDay.objects.count() == 1
    assert Notice.objects.filter(key__startswith="assignment.move_explanation_due:").count() == 1


@pytest.mark.parametrize("role", ["officer", "focal_point", "head", "clerk", "leader"])
def test_only_an_administrator_changes_the_calendar(role):
    person = make_user(make_agency(), role)
    day = CalendarDay.objects.first()

    for act in (
        lambda: add(date(2019, 6, 6), person),
        lambda: actions.change_day(day, name="x", by=person),
        lambda: actions.remove_day(day, note="x", by=person),
        lambda: actions.import_calendar([], digest="", by=person),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_day_is_added_once(administrator):
    add(date(2019, 6, 6), administrator)

    with pytest.raises(FlowError):
        add(date(2019, 6, 6), administrator)

    assert ChangedDay.objects.count() == 1


def test_a_plain_weekday_cannot_be_made_a_worked_day(administrator):
    with pytest.raises(FlowError):
        add(date(2019, 6, 6), administrator, kind="work")


def test_a_year_cannot_be_skipped(administrator, in_english):
    with pytest.raises(FlowError, match="2028"):
        add(date(2029, 1, 1), administrator)


def test_saving_a_day_as_it_is_changes_nothing(administrator):
    day = CalendarDay.objects.get(date=date(2019, 9, 2))

    change = actions.change_day(day, name=day.name, by=administrator)

    assert (change, CalendarChange.objects.count()) == (None, 0)


def test_a_day_that_is_gone_is_not_changed(administrator):
    day = CalendarDay.objects.get(date=date(2019, 9, 2))
    CalendarDay.objects.filter(pk=day.pk).delete()

    with pytest.raises(StaleError):
        actions.change_day(day, name="x", by=administrator)


def test_the_first_change_keeps_the_days_that_ship(administrator):
    CalendarDay.objects.all().delete()

    add(date(2019, 6, 6), administrator)

    assert CalendarDay.objects.count() == 195
    assert current_calendar().first == date(2016, 1, 1)


# The sheet ------------------------------------------------------------------------------------------


def sheet(*days, number=2):
    return [
        SheetRow(number + at, {"date": on, "kind": kind, "name": name, "legal_act": ACT})
        for at, (on, kind, name) in enumerate(days)
    ]


def year_as_rows(year):
    days = CalendarDay.objects.filter(date__year=year)
    return [
        SheetRow(
            at, {key: str(value or "") for key, value in queries.values_of(day).items() if key != "source"}
        )
        for at, day in enumerate(days, 2)
    ]


def test_a_year_as_it_is_changes_nothing():
    preview = queries.preview_calendar(year_as_rows(2019))

    assert (preview.rows, preview.errors, preview.unchanged_count) == ([], [], 18)


def test_a_sheet_adds_changes_and_removes_within_its_years(administrator):
    rows = year_as_rows(2019)[1:] + sheet(("24/11/2019", "ngày nghỉ", "Ngày Văn hóa"), number=40)
    rows[0].cells["name"] = "Tên khác"
    preview = queries.preview_calendar(rows)

    done = actions.import_calendar(rows, digest=preview.digest, note="Thông báo 1", by=administrator)

    assert [len(part) for part in (done.added, done.changed, done.removed)] == [1, 1, 1]
    assert queries.preview_calendar(rows).rows == []
    assert CalendarDay.objects.filter(date__year=2018).exists()
    assert {day.kind for day in CalendarChange.objects.get().days.all()} == {"added", "changed", "removed"}


def test_importing_twice_changes_nothing(administrator):
    rows = sheet(("2028-01-01", "off", "Tết Dương lịch"))
    digest = queries.preview_calendar(rows).digest
    actions.import_calendar(rows, digest=digest, by=administrator)

    again = queries.preview_calendar(rows)
    actions.import_calendar(rows, digest=again.digest, by=administrator)

    assert (again.can_apply, CalendarChange.objects.count()) == (False, 1)


def test_every_bad_row_is_named_with_its_reason(in_english):
    rows = sheet(
        ("32/13/2028", "off", "x"),
        ("2028-01-03", "worked", "x"),
        ("2028-01-04", "work", "x"),
        ("2028-01-05", "off", ""),
        ("2028-01-06", "off", "x"),
        ("2028-01-06", "off", "x"),
    )

    errors = queries.preview_calendar(rows).errors

    assert [error.number for error in errors] == [2, 3, 4, 5, 7]
    assert "31/12/2025" in errors[0].reason
    assert "weekday" in errors[2].reason
    assert "row 6" in errors[4].reason


def test_a_calendar_changed_since_the_preview_is_not_overwritten(administrator):
    rows = sheet(("2028-01-01", "off", "Tết Dương lịch"))
    digest = queries.preview_calendar(rows).digest
    add(date(2028, 1, 1), administrator)

    with pytest.raises(StaleError):
        actions.import_calendar(rows, digest=digest, by=administrator)


# The pages ------------------------------------------------------------------------------------------


def test_the_list_exports_what_the_import_takes(as_user, administrator):
    page = as_user(administrator)
    data = page.get(reverse("core:calendar_list"), {"export": "xlsx"}).content
    assert load_workbook(BytesIO(data)).active.max_row == 19

    shown = page.post(
        reverse("core:calendar_import"), {"file": SimpleUploadedFile("lich.xlsx", data)}
    ).context["preview"]

    assert (shown.rows, shown.errors, shown.unchanged_count) == ([], [], 18)


def test_a_sheet_goes_in_by_preview_and_confirmation(as_user, administrator, explanation):
    page = as_user(administrator)
    file = SimpleUploadedFile("lich.csv", "date,kind,name\n2028-01-01,off,Tết Dương lịch\n".encode())
    shown = page.post(reverse("core:calendar_import"), {"file": file})
    sealed = shown.context["form"]["sheet"].value()

    done = page.post(reverse("core:calendar_import_apply"), {"sheet": sealed, "note": "Thông báo 9"})
    again = page.post(reverse("core:calendar_import_apply"), {"sheet": sealed, "note": "Thông báo 9"})

    assert done["Location"] == reverse("core:calendar_change_list")
    assert again.status_code == 409
    assert CalendarChange.objects.get().note == "Thông báo 9"


def test_a_change_shows_each_date_it_moved(as_user, administrator, explanation):
    page = as_user(administrator)
    form = {**OFF, "date": "2019-06-06", "legal_act": ACT, "announced_on": ""}

    response = page.post(reverse("core:day_add"), form, follow=True)

    shown = response.content.decode()
    assert response.redirect_chain[-1][0] == CalendarChange.objects.get().get_absolute_url()
    assert "11/06/2019" in shown
    assert "Người đầu mối" in shown


def test_what_was_typed_stays_where_it_is_refused(as_user, administrator):
    form = {**OFF, "date": "2019-06-06", "kind": "work", "announced_on": "", "legal_act": ACT}

    response = as_user(administrator).post(reverse("core:day_add"), form)

    assert (response.status_code, response.context["form"]["legal_act"].value()) == (422, ACT)
    assert not CalendarChange.objects.exists()


def test_the_page_says_that_the_next_year_is_not_counted(as_user, administrator, today, in_english):
    today(date(2027, 12, 1))

    shown = as_user(administrator).get(reverse("core:calendar_list"), headers={"accept-language": "en"})

    assert shown.context["reach"].is_short


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_of_a_change_asks_as_often_for_one_as_for_thirty(
    as_user, administrator, explanation, django_assert_num_queries, count
):
    change = add(date(2019, 6, 6), administrator)
    first = change.moved.get()
    MovedDay.objects.bulk_create(
        MovedDay(change=change, content_type=first.content_type, object_id=-at, field="due_on",
                 label="x", old_on=MONDAY, new_on=MONDAY)
        for at in range(1, count)
    )  # fmt: skip
    page = as_user(administrator)
    page.get(change.get_absolute_url())

    with django_assert_num_queries(8):
        page.get(change.get_absolute_url())


# How it was computed --------------------------------------------------------------------------------


def explained(page, explanation):
    key = counted_days.key_of(explanation)
    return page.get(reverse("core:deadline_explain"), {"due": "2019-06-10", "of": key}).context["counted"]


def test_a_counted_date_explains_itself_from_its_true_start(as_user, explanation, lead):
    told = explained(as_user(make_user(lead, "head")), explanation)

    assert (told.row.start_on, told.row.working_days) == (MONDAY, 5)
    assert [step.on.day for step in told.count.days] == [4, 5, 6, 7, 8, 9, 10]
    assert (told.shifted, told.differs_on) == ([], None)


def test_who_may_not_see_the_object_does_not_see_how_its_date_was_counted(as_user, client, explanation):
    assert explained(as_user(make_user(make_agency("Sở Ngoài cuộc"), "head")), explanation) is None


def test_a_visitor_does_not_see_it_either(client, explanation):
    assert explained(client, explanation) is None


@pytest.mark.parametrize("key", ["", "x", "a.b.1.due_on", "plans.explanation.x.due_on", "plans.explanation.999999.due_on", f"plans.explanation.{'9' * 40}.due_on"])  # fmt: skip
def test_a_key_that_names_nothing_is_harmless(as_user, lead, key):
    page = as_user(make_user(lead, "head")).get(reverse("core:deadline_explain"), {"of": key})

    assert (page.status_code, page.context["counted"]) == (200, None)


def test_a_shift_is_shown_day_by_day(as_user, explanation, lead):
    sunday = date(2019, 6, 9)
    due = count_day(sunday, shift="next")
    remember_count(explanation, due_on=due, start_on=sunday, shift="next", legal_basis="Điều 148")

    told = explained(as_user(make_user(lead, "head")), explanation)

    assert (told.count, [step.on.day for step in told.shifted]) == (None, [9, 10])


def test_the_badge_leads_to_the_explanation(as_user, explanation, lead):
    shown = as_user(make_user(lead, "head")).get(explanation.assignment.get_absolute_url()).content.decode()

    assert f"of={counted_days.key_of(explanation)}" in shown
