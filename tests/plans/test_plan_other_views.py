from datetime import date

import icalendar
import pytest

from factories import make_assignment
from loa.plans.models import (
    CommunicationForm,
    Occurrence,
    Task,
    Topic,
)
from loa.plans.queries import calendar_token

pytestmark = pytest.mark.django_db


def test_board_shows_every_state_and_counts_what_it_hides(scene, as_user):
    for _ in range(30):
        make_assignment(scene.lead, plan=scene.plan, state="done")

    columns = as_user(scene.focal_point).get(scene.url("plan_board", scene.plan.pk)).context["columns"]

    shown = {column.state: (column.count, len(column.cards), column.hidden_count) for column in columns}
    assert (shown["done"], shown["in_progress"], shown["assigned"]) == ((30, 25, 5), (1, 1, 0), (0, 0, 0))


def test_timeline_puts_a_bar_between_its_days(scene, as_user):
    Task.objects.filter(pk=scene.task.pk).update(starts_on=date(2019, 3, 1))

    context = as_user(scene.focal_point).get(scene.url("plan_timeline", scene.plan.pk)).context

    [span] = context["spans"]
    scale = context["scale"]
    assert (scale.first, scale.last, len(scale.months)) == (date(2019, 2, 1), date(2019, 6, 30), 5)
    assert (span.x, span.width) == (28, (date(2019, 6, 28) - date(2019, 3, 1)).days + 1)


@pytest.mark.parametrize("month", ["2019-06", "", "nonsense", "2019-13"])
def test_calendar_shows_the_month_asked_for_or_todays(scene, as_user, month):
    context = (
        as_user(scene.focal_point).get(f"{scene.url('plan_calendar', scene.plan.pk)}?month={month}").context
    )

    days = {
        day.on: [item.title for item in day.items] for week in context["weeks"] for day in week if day.items
    }
    assert (context["month"], days) == (date(2019, 6, 1), {date(2019, 6, 28): ["Mở lớp tập huấn pháp chế"]})


def test_date_before_which_work_is_due_stands_on_its_last_day(scene, as_user):
    Task.objects.filter(pk=scene.task.pk).update(is_due_before=True)

    context = as_user(scene.focal_point).get(scene.url("plan_calendar", scene.plan.pk)).context

    assert [day.on for week in context["weeks"] for day in week if day.items] == [date(2019, 6, 27)]


def test_coverage_shows_what_nobody_tells(scene, as_user):
    told, untold = (
        Topic.objects.create(plan=scene.plan, text=text, position=1) for text in ("Một cửa", "Bộ máy")
    )
    form = CommunicationForm.objects.create(plan=scene.plan, text="Báo chí", position=1)
    scene.task.topics.add(told)
    scene.task.forms.add(form)

    coverage = as_user(scene.focal_point).get(scene.url("plan_coverage", scene.plan.pk)).context["coverage"]

    cells = {topic: [(cell.task_count, cell.agencies) for cell in cells] for topic, cells in coverage.rows}
    assert cells == {told: [(1, ["Sở Tư pháp"])], untold: [(0, [])]}
    assert (coverage.gap_count, coverage.unclassified_count) == (1, 0)


def test_calendar_feed_opens_by_its_address_alone(scene, client):
    Occurrence.objects.create(
        task=scene.task, position=1, title="Kỳ 1", on=date(2019, 6, 20), lead=scene.lead
    )

    response = client.get(scene.url("calendar_feed", calendar_token(scene.focal_point)))

    events = icalendar.Calendar.from_ical(response.content).walk("VEVENT")
    found = [(str(event["uid"]).split("@")[0], event.decoded("dtstart")) for event in events]
    occurrence, assignment = scene.task.occurrences.get(), scene.assignment
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert found == [
        (f"occurrence-{occurrence.pk}", date(2019, 6, 20)),
        (f"assignment-{assignment.pk}", date(2019, 6, 28)),
    ]


def test_calendar_feed_of_a_stranger_holds_nothing_of_the_plan(scene, client):
    response = client.get(scene.url("calendar_feed", calendar_token(scene.stranger)))

    assert icalendar.Calendar.from_ical(response.content).walk("VEVENT") == []


def test_calendar_address_is_void_after_a_new_password_or_for_a_closed_account(scene, client):
    url = scene.url("calendar_feed", calendar_token(scene.focal_point))
    scene.focal_point.set_password("mot-mat-khau-khac")
    scene.focal_point.save()
    closed = scene.url("calendar_feed", calendar_token(scene.head))
    type(scene.head).objects.filter(pk=scene.head.pk).update(is_active=False)

    statuses = [
        client.get(address).status_code for address in (url, closed, scene.url("calendar_feed", "nonsense"))
    ]

    assert statuses == [404, 404, 404]
