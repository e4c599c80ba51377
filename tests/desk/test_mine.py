from datetime import date, datetime, timedelta

import pytest

from factories import make_agency, make_assignment, make_estimate, make_plan, make_task, make_user
from loa.desk import queries
from loa.documents.models import Reading
from loa.plans.models import CoordinationRequest, Explanation, Extension
from loa.reports.models import AgencyReport, ReportRound, ReportTemplate

pytestmark = pytest.mark.django_db
TODAY = date(2019, 6, 3)
NOON = datetime(2019, 6, 3, 5, 0).astimezone()


@pytest.fixture(autouse=True)
def _day(today):
    today(TODAY)


def kinds(items):
    return [item.kind for item in items]


def test_nothing_waits_for_somebody_without_a_role():
    user = make_user()

    assert queries.waiting_for(user, TODAY) == []
    assert queries.waited_for(user) == []


@pytest.mark.parametrize("state", ["assigned", "accepted", "in_progress", "returned"])
def test_open_work_waits_for_the_focal_point(state):
    agency = make_agency()
    make_assignment(agency, state=state)

    assert kinds(queries.waiting_for(make_user(agency), TODAY)) == ["assignment"]


@pytest.mark.parametrize(("role", "count"), [("head", 1), ("focal_point", 0)])
def test_work_handed_to_the_head_waits_for_the_head_alone(role, count):
    agency = make_agency()
    make_assignment(agency, state="with_head")

    assert len(queries.waiting_for(make_user(agency, role), TODAY)) == count


def test_officer_sees_only_what_is_in_her_charge():
    agency = make_agency()
    officer = make_user(agency, "officer")
    mine = make_assignment(agency, state="accepted", officer=officer)
    make_assignment(agency, state="accepted")

    assert [item.obj for item in queries.waiting_for(officer, TODAY)] == [mine]


def test_submitted_work_waits_for_the_coordinator():
    assignment = make_assignment(state="submitted")

    assert kinds(queries.waiting_for(make_user(assignment.plan.coordinator), TODAY)) == ["assignment"]
    assert kinds(queries.waited_for(make_user(assignment.agency))) == ["assignment"]


def test_coordinators_own_work_waits_for_the_office():
    plan = make_plan()
    make_assignment(plan.coordinator, plan=plan, state="submitted")

    assert queries.waiting_for(make_user(plan.coordinator), TODAY) == []
    assert kinds(queries.waiting_for(make_user(plan.accepting_office), TODAY)) == ["assignment"]


def test_extension_waits_for_who_decides_and_is_waited_for_by_who_asked():
    assignment = make_assignment(state="in_progress")
    asker = make_user(assignment.agency)
    Extension.objects.create(
        assignment=assignment, new_due_on=TODAY, reason="Bão", asked_by=asker, asked_at=NOON
    )

    assert kinds(queries.waiting_for(make_user(assignment.plan.coordinator), TODAY)) == ["extension"]
    assert kinds(queries.waited_for(asker)) == ["extension"]


def test_explanation_and_request_wait_for_the_agency():
    assignment = make_assignment(state="submitted")
    agency, coordinator = assignment.agency, make_user(assignment.plan.coordinator)
    Explanation.objects.create(assignment=assignment, question="Vì sao?", asked_by=coordinator, asked_at=NOON)
    CoordinationRequest.objects.create(task=make_task(assignment.plan), agency=agency)

    assert sorted(kinds(queries.waiting_for(make_user(agency), TODAY))) == ["explanation", "request"]


def test_late_and_soon_are_told_apart():
    agency = make_agency()
    make_assignment(agency, state="in_progress", due_on=TODAY - timedelta(days=1))
    make_assignment(agency, state="in_progress", due_on=TODAY)
    make_assignment(agency, state="in_progress", due_on=TODAY + timedelta(days=7))
    make_assignment(agency, state="in_progress", due_on=TODAY + timedelta(days=8))
    user = make_user(agency)

    assert [item.due_on for item in queries.overdue(user, TODAY)] == [TODAY - timedelta(days=1)]
    assert [item.due_on for item in queries.due_next(user, TODAY)] == [TODAY, TODAY + timedelta(days=7)]


def test_due_before_a_day_is_late_on_that_day():
    task = make_task(due_on=TODAY, is_due_before=True)
    assignment = make_assignment(task=task, state="in_progress")

    assert len(queries.overdue(make_user(assignment.agency), TODAY)) == 1


def test_first_thing_on_the_page_is_the_most_urgent(as_user):
    agency = make_agency()
    make_assignment(agency, task=make_task(content="Việc sau"), due_on=date(2019, 9, 1))
    make_assignment(agency, task=make_task(content="Việc trước"), due_on=date(2019, 6, 1))

    response = as_user(make_user(agency)).get("/viec-cua-toi/")

    assert response.context["first"].title == "Việc trước"


def test_empty_desk_says_so(as_user):
    response = as_user(make_user(make_agency())).get("/viec-cua-toi/")

    assert response.status_code == 200
    assert response.context["first"] is None


@pytest.mark.parametrize("count", [1, 30])
def test_desk_costs_the_same_for_one_and_thirty(as_user, django_assert_max_num_queries, count):
    agency = make_agency()
    plan = make_plan()
    for _ in range(count):
        make_assignment(agency, plan=plan)
    client = as_user(make_user(agency, "focal_point", "head"))
    client.get("/viec-cua-toi/")

    with django_assert_max_num_queries(43):
        client.get("/viec-cua-toi/")


def test_anonymous_is_sent_to_the_login(client):
    response = client.get("/viec-cua-toi/")

    assert (response.status_code, response["Location"]) == (302, "/tai-khoan/login/?next=/viec-cua-toi/")


def make_report(agency, *, state, round_state="open", submitted_at=None, plan=None):
    template = ReportTemplate.objects.create(
        code=f"t{ReportTemplate.objects.count()}", sections=[], valid_from=TODAY
    )
    asked = ReportRound.objects.create(
        plan=plan or make_plan(),
        template=template,
        title="Báo cáo năm",
        state=round_state,
        data_from=TODAY,
        data_to=TODAY,
        due_on=TODAY,
        opened_at=NOON,
    )
    return AgencyReport.objects.create(
        round=asked, agency=agency, state=state, first_submitted_at=submitted_at, submitted_at=submitted_at
    )


@pytest.mark.parametrize(
    ("state", "round_state", "submitted_at", "roles"),
    [
        ("draft", "open", None, ["focal_point", "head"]),
        ("returned", "open", NOON, ["focal_point", "head"]),
        ("with_head", "open", None, ["head"]),
        ("draft", "closed", None, []),
        ("submitted", "open", NOON, []),
    ],
)
def test_a_report_waits_for_who_can_move_it(state, round_state, submitted_at, roles):
    agency = make_agency()
    make_report(agency, state=state, round_state=round_state, submitted_at=submitted_at)

    waits = [
        role
        for role in ("officer", "focal_point", "head")
        if kinds(queries.waiting_for(make_user(agency, role), TODAY)) == ["report"]
    ]

    assert waits == roles


@pytest.mark.parametrize(("place", "reader"), [("coordinator", "accepting_office"), (None, "coordinator")])
def test_reports_handed_in_wait_for_who_accepts_them(place, reader):
    plan = make_plan()
    make_report(
        getattr(plan, place) if place else make_agency(), state="submitted", submitted_at=NOON, plan=plan
    )

    waits = [
        name
        for name in ("coordinator", "accepting_office")
        if kinds(queries.waiting_for(make_user(getattr(plan, name)), TODAY)) == ["reports"]
    ]

    assert waits == [reader]


@pytest.mark.parametrize(
    ("state", "role", "count"), [("read", "head", 1), ("queued", "head", 0), ("read", "officer", 0)]
)
def test_a_document_that_is_read_waits_for_its_importers(state, role, count):
    agency = make_agency()
    Reading.objects.create(agency=agency, state=state, file_name="ke-hoach.pdf", created_at=NOON)

    assert len(queries.waiting_for(make_user(agency, role), TODAY)) == count


def test_an_estimate_waits_for_its_writer():
    estimate = make_estimate()

    assert kinds(queries.waiting_for(make_user(estimate.agency), TODAY)) == ["estimate"]
