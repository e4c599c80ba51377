"""A whole year by itself: people play their parts, the clocks do the rest, from new year to the last day of December."""

from collections import Counter
from datetime import date

import pytest
from django.db.models import F

from loa.channels.models import Delivery, Notice, Reminder
from loa.core import clock
from loa.core.models import Entry
from loa.demo import play
from loa.demo.city import load_city
from loa.demo.next_year import CLOSED_ON
from loa.directory.models import User
from loa.plans.models import Plan, Task
from loa.reports.models import AgencyReport, Consolidation, ReportRound

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.long_on_postgres]

LAST_DAY = date(2019, 12, 31)


@pytest.fixture
def plan():
    load_city()
    User.objects.filter(username="daumoi.anhp").update(
        wants_mail=True
    )  # one of the sample's people reads mail
    yield play.play(LAST_DAY)
    clock.set_today(None)


def test_a_year_runs_by_itself(plan):
    rounds_open_and_close_by_themselves(plan)
    the_annual_report_is_out_before_the_second_of_november(plan)
    reminders_leave_once_each()
    mail_leaves_once_each()
    next_years_plan_carries_the_rest(plan)
    nothing_is_told_twice_when_the_clocks_run_again(plan)


def rounds_open_and_close_by_themselves(plan):
    by_rule = ReportRound.objects.filter(plan=plan, rule__isnull=False).order_by("data_from", "data_to")
    assert [row.period for row in by_rule] == ["2019-Q1", "2019-H1", "2019-CCHC", "2019", "2019-Q3"]
    opened = Entry.objects.filter(action="round.open", object_id__in=by_rule.values("pk"))
    assert Counter(opened.values_list("actor", flat=True)) == {"clock": 5}
    closed = Entry.objects.filter(action="round.close", object_id__in=by_rule.values("pk"))
    assert set(closed.values_list("actor", flat=True)) == {"clock"}
    issued = Consolidation.objects.filter(round__in=by_rule, state="issued")
    assert issued.count() == 4
    assert set(issued.values_list("round__state", flat=True)) == {"closed"}
    assert AgencyReport.objects.filter(
        round__in=by_rule, is_late=True
    ).exists()  # lateness is kept, not hidden


def the_annual_report_is_out_before_the_second_of_november(plan):
    annual = Consolidation.objects.get(round__plan=plan, round__period="2019")
    assert annual.state == "issued"
    assert annual.document.issued_on < date(2019, 11, 2)
    assert annual.document.number


def reminders_leave_once_each():
    steps = Reminder.objects.filter(channel=Reminder.Channel.AUTO)
    told = Counter(steps.values_list("kind", "object_id", "rule", "due_on"))
    assert len(told) > 100
    assert set(told.values()) == {1}
    assert {"assignment", "report"} <= {kind for kind, *_rest in told}
    moved = steps.filter(kind="assignment").values("object_id").distinct()
    assert moved.exists()
    late = steps.filter(on__gt=F("due_on"))
    assert late.exists()  # a missed date does not silence the step after it


def mail_leaves_once_each():
    sent = Delivery.objects.filter(outlet__isnull=True)
    assert sent.exists()
    assert set(sent.values_list("state", flat=True)) <= {"sent", "queued"}
    assert sent.values("message_id").distinct().count() == sent.count()


def next_years_plan_carries_the_rest(plan):
    plan.refresh_from_db()
    following = Plan.objects.get(year=2020)
    assert (plan.state, following.state) == ("closed", "issued")
    carried = Task.objects.filter(plan=following)
    assert carried.exists()
    assert set(carried.values_list("predecessor__plan", flat=True)) == {plan.pk}
    assert set(carried.values_list("carried_over_from", flat=True)) == {2019}
    left = Task.objects.filter(plan=plan, closing=Task.Closing.CARRY)
    assert set(carried.values_list("predecessor", flat=True)) == set(left.values_list("pk", flat=True))
    assert Entry.objects.filter(action="plan.close", at__date__gte=CLOSED_ON).exists()
    earlier = Plan.objects.get(year=2018)
    assert Task.objects.filter(plan=plan, predecessor__plan=earlier).exists()


def nothing_is_told_twice_when_the_clocks_run_again(plan):
    before = Notice.objects.count(), Reminder.objects.count(), ReportRound.objects.count()
    play.turn_clocks()
    assert (Notice.objects.count(), Reminder.objects.count(), ReportRound.objects.count()) == before
