"""The pages of core itself: language, counting a date, a job's progress, refusals and faults."""

from datetime import UTC, date, datetime

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from factories import make_user
from loa.core import due, views
from loa.core.deadlines import CalendarRangeError
from loa.core.forms import CountForm
from loa.core.models import Job
from loa.directory.models import User

pytestmark = pytest.mark.django_db
MADE_AT = datetime(2019, 6, 3, tzinfo=UTC)


@pytest.fixture
def english(client, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/han/?n=5", "/han/?n=5"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("", "/"),
    ],
)
def test_language_is_kept_and_leads_back_only_here(client, settings, wanted, reached):
    response = client.post("/ngon-ngu/", {"language": "en", "next": wanted})

    cookie = response.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert (response.status_code, response["Location"], cookie.value) == (302, reached, "en")
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_language_that_is_not_offered_changes_nothing(client):
    response = client.post("/ngon-ngu/", {"language": "de", "next": "/han/"})

    assert (response.status_code, dict(response.cookies)) == (302, {})


def test_language_is_not_changed_by_a_link(client):
    assert client.get("/ngon-ngu/", {"language": "en"}).status_code == 405


def test_count_forward_over_a_weekend():
    count = due.count_forward(date(2019, 6, 6), 2)

    assert (count.end, count.number, [step.number for step in count.days]) == (
        date(2019, 6, 10),
        2,
        [1, 1, 1, 2],
    )


def test_count_forward_by_nothing_stays():
    count = due.count_forward(date(2019, 6, 8), 0)

    assert (count.end, count.days) == (date(2019, 6, 8), [])


def test_count_until_a_date_that_has_passed_counts_the_days_since():
    count = due.count_until(date(2019, 6, 3), start=date(2019, 6, 6))

    assert (count.start, count.end, count.number, count.is_past) == (
        date(2019, 6, 3),
        date(2019, 6, 6),
        3,
        True,
    )


def test_count_until_over_the_first_of_may_explains_the_worked_saturday():
    count = due.count_until(date(2019, 5, 4), start=date(2019, 4, 26))

    assert (count.number, [step.on.day for step in count.days if step.counts]) == (3, [2, 3, 4])


def test_count_outside_the_calendar_is_refused():
    with pytest.raises(CalendarRangeError):
        due.count_until(date(2101, 1, 1), start=date(2100, 12, 31))


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"start": "2019-06-06", "due": "2021-06-06"}, "The two dates are more than a year apart."),
        ({"start": "1990-01-01", "n": "3"}, "The calendar covers 2016 to 2027 only."),
    ],
)
def test_count_form_says_why_it_cannot_count(given, fault):
    with translation.override("en"):
        form = CountForm(given)

        assert [*form.non_field_errors()] == [fault]


def test_deadline_page_explains_to_anybody(db, english):
    response = english.get("/han/", {"start": "2019-04-26", "n": "2"})

    assert response.status_code == 200
    assert response.context["count"].end == date(2019, 5, 3)


def test_deadline_page_without_a_question_asks(db, english, today):
    today(date(2019, 6, 6))

    response = english.get("/han/")

    assert (response.status_code, response.context["count"]) == (200, None)


def test_deadline_page_keeps_a_wrong_answer_with_its_reason(db, english, in_english):
    response = english.get("/han/", {"start": "hôm nay", "n": "2"})

    assert response.status_code == 200
    assert response.context["form"].errors == {"start": ["Enter a valid date."]}


@pytest.fixture
def job(db):
    return Job.objects.create(
        title="Reading the plan",
        state="running",
        done_count=3,
        total_count=12,
        started_by=make_user(),
        created_at=MADE_AT,
    )


def test_job_is_shown_to_who_started_it(as_user, job):
    response = as_user(job.started_by).get(f"/viec-nen/{job.pk}/")

    assert (response.status_code, response.context["job"]) == (200, job)


def test_job_of_somebody_else_is_not_there(as_user, job):
    assert as_user(make_user()).get(f"/viec-nen/{job.pk}/").status_code == 404


def test_job_asks_an_unknown_person_to_sign_in(client, job):
    response = client.get(f"/viec-nen/{job.pk}/")

    assert (response.status_code, response["Location"]) == (
        302,
        f"/tai-khoan/login/?next=/viec-nen/{job.pk}/",
    )


def test_job_fragment_asks_again_until_it_has_ended(as_user, job):
    client = as_user(job.started_by)
    running = client.get(f"/viec-nen/{job.pk}/", headers={"HX-Request": "true"}).content.decode()
    Job.objects.filter(pk=job.pk).update(state="done", ended_at=MADE_AT, result_url="/van-ban/1/")

    ended = client.get(f"/viec-nen/{job.pk}/", headers={"HX-Request": "true"}).content.decode()

    assert ("<html" in running, 'hx-trigger="every 2s"' in running) == (False, True)
    assert ("hx-trigger" in ended, 'href="/van-ban/1/"' in ended) == (False, True)


def test_page_that_is_missing_is_ours(db, english):
    response = english.get("/khong-co-trang-nay/")

    assert response.status_code == 404
    assert [template.name for template in response.templates][:2] == ["ui/404.html", "ui/public.html"]


def test_refusal_gives_the_reason(db):
    request = RequestFactory().get("/")
    request.user = make_user()
    request.session = {}

    with translation.override("en"):
        response = views.forbidden(request, PermissionError("Only the head may."))

    assert response.status_code == 403
    assert '<p class="prose">Only the head may.</p>' in response.content.decode()


def test_fault_page_asks_neither_database_nor_session(django_assert_num_queries):
    with django_assert_num_queries(0):
        response = views.broken(RequestFactory().get("/"))

    assert (response.status_code, b"<h1>" in response.content) == (500, True)


def test_desk_shell_asks_the_database_only_for_who_one_is(as_user, django_assert_num_queries, job):
    client = as_user(job.started_by)
    client.get(f"/viec-nen/{job.pk}/")

    # session and user; 5 to note that the session is alive; the job; roles and delegations; unread notices;
    # what happened to the job
    with django_assert_num_queries(7):
        client.get(f"/viec-nen/{job.pk}/")


def test_form_leads_with_what_is_wrong():
    with translation.override("en"):
        html = str(CountForm({"start": "x", "n": "-1"}))

    assert 'href="#id_start">From</a>: Enter a valid date.' in html
    assert 'href="#id_n">Working days</a>: Ensure this value is greater than or equal to 0.' in html
    assert 'aria-invalid="true"' in html


@pytest.mark.parametrize("user", [User(username="x"), None])
def test_too_many_tries_is_a_page_of_ours(user):
    request = RequestFactory().get("/")
    request.user = user
    html = render_to_string("429.html", {"user": user})

    assert '<main class="public__main"' in html
