from datetime import date

import pytest
from django.urls import reverse
from django_q.models import Failure

from factories import make_agency, make_user
from loa.core import clock, history
from loa.core.calendar_data import CalendarMiddleware, current_calendar, forget_calendar, load_calendar
from loa.core.deadlines import add_working_days, shipped_calendar
from loa.core.models import CalendarDay, Job

pytestmark = pytest.mark.django_db

HIDDEN = [
    ("administration", []),
    ("unknown_successors", []),
    ("entry_list", []),
    ("agency_import", []),
    ("agency_create", []),
    ("group_create", []),
    ("user_create", []),
]


def url(name, *args):
    return reverse(f"directory:{name}", args=args)


@pytest.fixture
def administrator():
    return make_user(make_agency("Văn phòng UBND", kind="office"), "administrator")


@pytest.mark.parametrize(("name", "args"), HIDDEN)
@pytest.mark.parametrize("role", ["officer", "focal_point", "head", "clerk", "leader"])
def test_administration_is_not_found_by_other_roles(as_user, name, args, role):
    load_calendar()

    response = as_user(make_user(make_agency(), role)).get(url(name, *args))

    assert response.status_code == 404


@pytest.mark.parametrize(("name", "args"), HIDDEN)
def test_administration_is_shown_to_the_administrator(as_user, administrator, name, args):
    load_calendar()

    response = as_user(administrator).get(url(name, *args))

    assert response.status_code == 200


@pytest.mark.parametrize(("name", "args"), HIDDEN)
def test_administration_sends_a_visitor_to_the_log_in(client, name, args):
    response = client.get(url(name, *args))

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


def test_overview_counts_what_needs_a_hand(as_user, administrator, today):
    today(date(2025, 8, 1))
    make_user(make_agency("Sở Nội vụ"), "focal_point")
    make_agency("Sở cũ", valid_to=date(2025, 6, 30))
    make_user()
    Job.objects.create(title="Đọc kế hoạch", state="failed", error="hỏng tệp", created_at=clock.now())
    Failure.objects.create(
        id="a",
        name="a",
        func="loa.channels.jobs.send_deliveries",
        started=clock.now(),
        stopped=clock.now(),
        success=False,
    )

    counts = as_user(administrator).get(url("administration")).context["counts"]

    assert counts.users_without_role == 1
    assert counts.agencies_without_focal_point == 1
    assert counts.unknown_successors == 1
    assert counts.failed_jobs == 1
    assert counts.failed_work == 1


def test_a_job_that_is_tried_again_by_itself_needs_no_hand(as_user, administrator):
    now = clock.now()
    Job.objects.create(title="Đọc kế hoạch", state="failed", try_again_at=now, created_at=now)

    assert as_user(administrator).get(url("administration")).context["counts"].failed_jobs == 0


def test_a_closed_account_is_no_focal_point(as_user, administrator):
    make_user(make_agency("Sở Nội vụ"), "focal_point", is_active=False)

    counts = as_user(administrator).get(url("administration")).context["counts"]

    assert counts.agencies_without_focal_point == 2


def test_the_calendar_is_loaded_once():
    first, second = load_calendar(), load_calendar()

    assert (first, second) == (194, 0)
    assert CalendarDay.objects.count() == 194


def test_loading_keeps_a_corrected_day():
    load_calendar()
    CalendarDay.objects.filter(date=date(2026, 2, 16)).update(name="Sửa")

    load_calendar()

    assert CalendarDay.objects.get(date=date(2026, 2, 16)).name == "Sửa"


def test_the_loaded_calendar_counts_like_the_shipped_one():
    load_calendar()

    assert current_calendar() == shipped_calendar()


def test_the_calendar_counts_with_the_rows_of_the_installation():
    load_calendar()
    CalendarDay.objects.create(date=date(2026, 3, 2), kind="off", name="Nghỉ riêng")

    assert add_working_days(date(2026, 2, 27), 1, current_calendar()) == date(2026, 3, 3)


def test_without_rows_the_shipped_calendar_counts():
    assert current_calendar() is shipped_calendar()


def test_the_calendar_takes_one_query(django_assert_num_queries):
    load_calendar()

    with django_assert_num_queries(1):
        current_calendar()


def test_a_page_reads_the_calendar_once_and_the_next_page_anew(rf, django_assert_num_queries):
    load_calendar()

    def three_due_dates(_request):
        return [current_calendar() for _ in range(3)]

    page = CalendarMiddleware(three_due_dates)
    with django_assert_num_queries(1):
        before = page(rf.get("/"))
    CalendarDay.objects.filter(date=date(2026, 2, 16)).delete()

    assert [date(2026, 2, 16) in calendar.days for calendar in before] == [True, True, True]
    assert [date(2026, 2, 16) in calendar.days for calendar in page(rf.get("/"))] == [False, False, False]


def test_a_changed_day_counts_in_the_same_page():
    load_calendar()

    def change(_request):
        before = date(2026, 2, 16) in current_calendar().days
        CalendarDay.objects.filter(date=date(2026, 2, 16)).delete()
        forget_calendar()
        return before, date(2026, 2, 16) in current_calendar().days

    assert CalendarMiddleware(change)(None) == (True, False)


def logged(response):
    return [row.record.action for row in response.context["table"].rows]


def test_audit_log_is_filtered_by_person_agency_action_and_day(as_user, administrator, today):
    home = make_agency("Sở Nội vụ", code="so-noi-vu")
    head = make_user(home, "head", full_name="Trưởng Sở Nội vụ")
    today(date(2019, 3, 1))
    history.record(home, "agency.edit", by=head)
    today(date(2019, 4, 1))
    history.record(home, "agency.rename", by=administrator)
    page = as_user(administrator)

    assert logged(page.get(url("entry_list"))) == ["agency.rename", "agency.edit"]
    assert logged(page.get(url("entry_list"), {"q": "truong so"})) == ["agency.edit"]
    assert logged(page.get(url("entry_list"), {"agency": "so-noi-vu"})) == ["agency.edit"]
    assert logged(page.get(url("entry_list"), {"action": "agency.rename"})) == ["agency.rename"]
    assert logged(page.get(url("entry_list"), {"since": "2019-03-15"})) == ["agency.rename"]
    assert logged(page.get(url("entry_list"), {"until": "2019-03-01"})) == ["agency.edit"]


def test_audit_log_hides_reasons_written_in_plans(as_user, administrator):
    from factories import make_assignment

    history.record(make_assignment(), "assignment.return", by=administrator, note="Lý do nội bộ")
    history.record(administrator.hat.agency, "agency.edit", by=administrator, note="Theo quyết định")

    rows = as_user(administrator).get(url("entry_list")).context["table"].rows

    assert [row.get_cell("note") for row in rows] == ["Theo quyết định", "—"]


def test_audit_log_is_exported(as_user, administrator):
    history.record(administrator.hat.agency, "agency.edit", by=administrator)

    response = as_user(administrator).get(url("entry_list"), {"export": "xlsx"})

    assert response["Content-Disposition"] == 'attachment; filename="nhat-ky.xlsx"'
    assert response.content.startswith(b"PK")


@pytest.mark.parametrize("count", [1, 30])
def test_audit_log_takes_the_same_queries_for_any_length(
    as_user, administrator, django_assert_num_queries, count
):
    for _ in range(count):
        history.record(administrator.hat.agency, "agency.edit", by=administrator)
    page = as_user(administrator)
    page.get(url("entry_list"))

    with django_assert_num_queries(9):
        page.get(url("entry_list"))
