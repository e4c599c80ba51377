"""Who sees the leadership view, what it says, and what it costs."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from factories import make_agency, make_assignment, make_plan, make_task, make_user
from loa.desk.queries import leadership as queries
from loa.desk.queries.leadership import open_leadership
from loa.plans.models import CommunicationForm, Explanation, Extension, Plan, ProgressNote, Topic
from loa.plans.queries import Tally

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
TODAY = date(2019, 6, 3)
NOON = datetime(2019, 6, 3, 5, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _day(today):
    today(TODAY)


@pytest.fixture
def plan():
    return make_plan()


def shown_to(user, plan, **given):
    return open_leadership(user, plan, today=TODAY, **given)


def ranked(name="", *, kind="department", done=0, done_late=0, late=0):
    tally = Tally(done=done, done_late=done_late, late=late)
    return queries.Ranked(make_agency(name, kind=kind), tally, Tally())


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("officer", 404),
        ("focal_point", 404),
        ("clerk", 404),
        ("administrator", 404),
        ("head", 200),
        ("leader", 200),
    ],
)
def test_only_leaders_and_heads_open_the_view(as_user, plan, role, status):
    agency = make_agency()
    make_assignment(agency, plan=plan)

    assert as_user(make_user(agency, role)).get(f"/dieu-hanh/?plan={plan.pk}").status_code == status


@pytest.mark.parametrize("path", ["?plan={}", "{}/viec/", "{}/don-vi/", "{}/kinh-phi/", "{}/thay-doi/"])
def test_head_of_an_agency_outside_the_plan_finds_nothing(as_user, plan, path):
    client = as_user(make_user(make_agency(), "head"))

    assert client.get(f"/dieu-hanh/{path.format(plan.pk)}").status_code == 404


def test_draft_has_no_figures(plan):
    Plan.objects.update(state="draft")

    assert list(queries.plans_led_by(make_user(plan.issuer, "leader"))) == []


def test_overseers_see_the_whole_plan_and_a_head_the_own_part(plan):
    agency, other = make_agency(), make_agency()
    make_assignment(agency, plan=plan)
    make_assignment(other, plan=plan)
    people = [
        make_user(plan.issuer, "leader"),
        make_user(plan.coordinator, "head"),
        make_user(plan.accepting_office, "head"),
        make_user(agency, "head"),
    ]

    assert [shown_to(person, plan).figures.tally.total for person in people] == [2, 2, 2, 1]


def test_head_without_a_plan_reads_what_will_stand_here(as_user):
    html = as_user(make_user(make_agency(), "head")).get("/dieu-hanh/").content.decode()

    assert "Chưa có kế hoạch nào" in html


@pytest.mark.parametrize("given", ["day=2019-07-01", "since=2019-06-03", "day=2019-05-01&since=2019-05-02"])
def test_impossible_days_are_refused_with_a_sentence_and_the_page_stays(as_user, plan, given):
    make_assignment(plan=plan)
    response = as_user(make_user(plan.issuer, "leader")).get(f"/dieu-hanh/?{given}")

    assert response.status_code == 200
    assert "field__error" in response.content.decode()


@pytest.mark.parametrize("at", ["x", "2019-13-01T00:00"])
def test_moment_that_is_none_is_not_found(as_user, plan, at):
    client = as_user(make_user(plan.issuer, "leader"))

    assert client.get(f"/dieu-hanh/{plan.pk}/viec/?at={at}").status_code == 404


# Rates and ranks


@pytest.mark.parametrize(
    ("tally", "rate"),
    [
        (Tally(), None),
        (Tally(on_schedule=4), None),
        (Tally(done=1, late=3), Fraction(1, 4)),
        (Tally(done=2, done_late=1, late=1, on_schedule=5), Fraction(1, 2)),
    ],
)
def test_on_time_rate_counts_what_is_overdue_too(tally, rate):
    assert queries.on_time_rate(tally) == rate


def test_equal_rates_share_a_rank_and_the_next_one_counts_them():
    rows = [
        ranked("A", done=2),
        ranked("B", done=1, late=1),
        ranked("C", done=2, late=2),
        ranked("D", late=2),
    ]

    block = queries.ranking_of(rows).blocks[0]

    assert [(row.agency.name, row.rank) for row in block.rows] == [("A", 1), ("B", 2), ("C", 2), ("D", 4)]


def test_party_and_mass_bodies_and_those_with_one_matter_have_no_rank():
    rows = [ranked(kind="party_board", done=5), ranked(kind="union", late=5), ranked("Một", done=1)]

    ranking = queries.ranking_of(rows)

    assert ranking.blocks == []
    assert [row.agency.name for row in ranking.too_few] == ["Một"]
    assert len(ranking.asked) == 2


def test_districts_are_ranked_among_districts():
    rows = [ranked(done=3), ranked(kind="district", done=1, late=1), ranked(kind="press", late=2)]

    blocks = queries.ranking_of(rows).blocks

    assert [(block.key, block.rows[0].rank) for block in blocks] == [
        ("departments", 1), ("districts", 1), ("press", 1),
    ]  # fmt: skip


# The red list


@pytest.mark.parametrize(
    ("state", "whose", "role"),
    [
        ("assigned", "lead", "Focal point or officer in charge"),
        ("in_progress", "lead", "Focal point or officer in charge"),
        ("returned", "lead", "Focal point or officer in charge"),
        ("with_head", "lead", "Head"),
        ("submitted", "coordinator", "Focal point"),
    ],
)
def test_who_owes_the_next_step_follows_from_the_state(plan, state, whose, role):
    agency = make_agency()
    work = make_assignment(
        agency, plan=plan, state=state, due_on=date(2019, 5, 30), submitted_on=date(2019, 5, 31)
    )

    row = shown_to(make_user(plan.issuer, "leader"), plan).red[0]

    expected = {"lead": agency, "coordinator": plan.coordinator}[whose]
    assert (row.obj, row.days, row.owed.agency, str(row.owed.role)) == (work, 4, expected, role)


def test_own_work_of_the_coordinator_waits_for_the_office(plan):
    make_assignment(
        plan.coordinator,
        plan=plan,
        state="submitted",
        due_on=date(2019, 5, 30),
        submitted_on=date(2019, 6, 1),
    )

    row = shown_to(make_user(plan.issuer, "leader"), plan).red[0]

    assert row.owed.agency == plan.accepting_office


def test_request_for_more_time_is_owed_by_who_decides_it(plan):
    work = make_assignment(plan=plan, due_on=date(2019, 5, 30), state="in_progress")
    asked = {"asked_by": make_user(), "asked_at": NOON}
    Extension.objects.create(assignment=work, new_due_on=date(2019, 7, 1), reason="Bão", **asked)

    row = shown_to(make_user(plan.issuer, "leader"), plan).red[0]

    assert (row.owed.agency, row.reason) == (plan.coordinator, "Bão")


def test_reason_is_the_latest_word(plan):
    work = make_assignment(plan=plan, due_on=date(2019, 5, 30))
    by = make_user()
    early, late = datetime(2019, 6, 1, 3, 0, tzinfo=UTC), datetime(2019, 6, 2, 3, 0, tzinfo=UTC)
    ProgressNote.objects.create(
        assignment=work, on=TODAY, done="Một nửa", obstacles="Thiếu người", by=by, at=early
    )
    Explanation.objects.create(
        assignment=work,
        question="?",
        answer="Chờ kinh phí",
        asked_by=by,
        asked_at=early,
        given_at=late,
        state="given",
    )

    row = shown_to(make_user(plan.issuer, "leader"), plan).red[0]

    assert row.reason == "Chờ kinh phí"


def test_date_before_which_work_is_due_is_itself_too_late(plan):
    task = make_task(plan, due_on=TODAY, is_due_before=True)
    make_assignment(task=task)

    assert [row.days for row in shown_to(make_user(plan.issuer, "leader"), plan).red] == [1]


# Topics and forms


def test_gaps_are_named_in_words(plan):
    topics = [Topic.objects.create(plan=plan, label=label, text="Kết quả", position=1) for label in "ab"]
    forms = [
        CommunicationForm.objects.create(plan=plan, label=label, text="Báo", position=1) for label in "cd"
    ]
    task = make_task(plan)
    make_assignment(task=task)
    task.topics.set([topics[0]])
    task.forms.set([forms[0]])

    shown = shown_to(make_user(plan.issuer, "leader"), plan)

    assert shown.gaps == [
        "No agency tells topic a) (Kết quả) in form d).",
        "No agency tells topic b) (Kết quả) in any form.",
    ]


# What it costs


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize("address", [("?plan={}", 46), ("{}/viec/", 13), ("{}/don-vi/", 14)])
def test_queries_do_not_grow_with_the_rows(as_user, plan, rows, address, django_assert_num_queries):
    path, asked = address[0].format(plan.pk), address[1]
    for number in range(rows):
        task = make_task(plan, due_on=date(2019, 5, 1 + number % 28))
        make_assignment(task=task)
    client = as_user(make_user(plan.issuer, "leader"))
    client.get(f"/dieu-hanh/{path}")

    with django_assert_num_queries(asked):
        client.get(f"/dieu-hanh/{path}")
