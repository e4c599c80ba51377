"""A reorganisation: the administrator prepares it, looks at the dry run, applies it; the successor finds the work."""

from datetime import date

import pytest

from journeys.office import Person, open_city_with_plan
from loa.core import clock
from loa.directory.models import Membership, ReorganisationDecision, User
from loa.plans.models import Assignment
from loa.reports.models import AgencyReport, ReportRound, ReportTemplate

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BEFORE, DAY = date(2019, 6, 28), date(2019, 7, 1)


@pytest.fixture
def plan():
    made = open_city_with_plan()
    clock.set_today(BEFORE)
    yield made
    clock.set_today(None)


def old_report(plan, agency):
    report_round = ReportRound.objects.create(
        plan=plan,
        template=ReportTemplate.objects.first(),
        kind="quarterly",
        period="2019-Q1",
        title="Báo cáo quý I năm 2019",
        data_from=date(2018, 12, 15),
        data_to=date(2019, 3, 14),
        due_on=date(2019, 3, 20),
        opened_at=clock.now(),
    )
    report = AgencyReport.objects.create(
        round=report_round,
        agency=agency,
        state="accepted",
        submitted_at=clock.now(),
        prefilled_at=clock.now(),
    )
    work = Assignment.objects.get(plan=plan, agency=agency)
    report.lines.create(assignment=work, position=1, result="Đã mở lớp cho 164 cán bộ pháp chế.")
    return report


def test_a_department_joins_another_and_its_work_goes_on(plan, open_page):
    work = Assignment.objects.get(plan=plan, task__no="9")
    report = old_report(plan, work.agency)
    administrator = Person(open_page(), "quantri")

    prepare(administrator)
    decision = ReorganisationDecision.objects.get()
    look_at_the_dry_run(administrator, decision)

    clock.set_today(DAY)
    administrator.opens(decision.get_absolute_url()).follows("Apply").sees("cannot be undone")
    administrator.presses("Apply").sees("What was moved")
    decision.refresh_from_db()
    assert decision.state == "applied"

    find_the_work(Person(open_page(), "daumoi.noivu"), work, report)
    find_the_work(Person(open_page(), "daumoi.tuphap"), work, report)
    held = Membership.objects.filter(user=User.objects.get(username="daumoi.tuphap")).order_by("pk")
    assert [row.agency.code for row in held] == ["so-tu-phap", "so-noi-vu"]


def prepare(administrator):
    administrator.opens("/sap-xep-bo-may/").follows("Prepare a reorganisation")
    administrator.writes(
        number="Nghị quyết 9/NQ-HĐND", subject="Nhập Sở Tư pháp vào Sở Nội vụ", on="2019-07-01"
    )
    administrator.presses("Go on").follows("Add an act")
    administrator.page.select_option("main [name=kind]", "merge")
    administrator.writes(predecessors="so-tu-phap", successors="so-noi-vu").presses("Add")
    administrator.sees("Sở Tư pháp")


def look_at_the_dry_run(administrator, decision):
    administrator.presses("Make a dry run").sees("Task to lead")
    administrator.follows("Every row").sees("9. Hội nghị, lớp bồi dưỡng")
    assert Assignment.objects.get(task__no="9").agency.code == "so-tu-phap"
    administrator.opens(decision.get_absolute_url())


def find_the_work(person, work, report):
    """Under the new body: on the desk, on the old address, and the report of that time as it was."""
    person.opens("/viec-cua-toi/").sees("lớp bồi dưỡng về cải cách thể chế")
    person.opens(work.get_absolute_url()).sees("Sở Nội vụ").sees("Passed to the successor")
    person.opens(report.get_absolute_url()).sees("Đã mở lớp cho 164 cán bộ pháp chế.")
    person.page.get_by_role("main").get_by_text("Sở Tư pháp").first.wait_for()
