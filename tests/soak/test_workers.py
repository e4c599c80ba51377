"""Workers are killed at random instants while they send, prefill, read and post: each effect comes once.

Three times in `make test`, fifty times in `make soak`, on the database the tests run on: SQLite, or PostgreSQL
with two workers that share the queue.
"""

import json
import os
import random
import time

import pytest

from soak.installation import IS_POSTGRES, Installation, own_database
from soak.papers import variant
from soak.sinks import MailSink, OutletSink, begin

TIMES = 50 if os.environ.get("LOA_SOAK") == "full" else 3
SEED = 7
BODIES = 120  # more than are prefilled at once
PEOPLE = 6
PROPOSALS = 79  # in the sample plan
LONGEST = 5  # seconds until a worker is killed
WORKERS = 2 if IS_POSTGRES else 1
PROCESSES = 2  # of each worker: so many things can be in hand when it is killed

SET_UP = """
from factories import make_agency, make_duty, make_plan, make_user
from loa.channels.models import Outlet
from loa.directory.actions import load_sample_directory
from loa.reports.actions import load_templates
load_sample_directory()
load_templates()
plan = make_plan(number="1/KH")
for number in range({bodies}):
    make_duty(plan, make_agency(f"Cơ quan {{number}}"))
make_user(plan.coordinator, "focal_point", username="coordinator")
for number in range({times}):
    make_plan(coordinator=plan.coordinator, number=f"{{number}}/KH-SOAK")
people = make_agency("Nơi nhận thư")
for number in range({people}):
    make_user(people, username=f"reader{{number}}")
Outlet.objects.create(name="Trang công khai", driver="webhook", address={outlet!r}, is_public=True)
"""
LEASES_RUN_OUT = """
from datetime import timedelta
from django.utils import timezone
from loa.documents.models import Reading
from soak.finishing import forget_leases
forget_leases()
Reading.objects.filter(state="reading").update(began_at=timezone.now() - timedelta(hours=1))
"""
ENQUEUE = (
    LEASES_RUN_OUT
    + """
from datetime import date
from pathlib import Path
from loa.channels.actions import announce, notify
from loa.channels.models import Outlet
from loa.directory.models import Agency, User
from loa.documents.actions import take_in
from loa.plans.models import Plan
from loa.plans.queries.matters import PLAN_ANNOUNCEMENT
from loa.reports.actions import open_round
from loa.reports.models import ReportTemplate
readers = User.objects.filter(username__startswith="reader")
notify(readers, key="soak:{number}", subject=lambda: "Thư {number}", body=lambda: "", url="/")
take_in(Path({paper!r}).read_bytes(), "plan{number}.docx", agency=Agency.objects.get(name="Nơi nhận thư"), by=None)
by = User.objects.get(username="coordinator")
plan = Plan.objects.get(number="1/KH")
open_round(
    plan, kind="ad_hoc", period="{number}", title="Đợt {number}", data_from=date(2019, 1, 1),
    data_to=date(2019, 3, 31), due_on=date(2019, 4, 10), is_due_before=False,
    template=ReportTemplate.objects.first(), by=by,
)
another = Plan.objects.get(number="{number}/KH-SOAK")
announce(
    another, announceable=PLAN_ANNOUNCEMENT, title="Kế hoạch", text="Đã ban hành.", outlets=Outlet.objects.all(), by=by
)
"""
)
FINISH = (
    LEASES_RUN_OUT
    + """
from loa.core.models import Job
from soak.finishing import finish
finish(Job.objects.exclude(state="done"), Reading.objects.exclude(state="read"))
"""
)
STATE = """
import json
from django.db.models import Count
from django_q.models import Failure
from loa.channels.models import Delivery, Reminder
from loa.core.models import Entry, Job
from loa.documents.models import Reading
from loa.reports.models import AgencyReport, ReportLine
from soak.finishing import left_in_queue
def finishes(action, pk):
    return Entry.objects.filter(action=action, object_id=pk).count()
mails = Delivery.objects.filter(post__isnull=True)
posts = Delivery.objects.filter(post__isnull=False)
print(json.dumps({
    "mails": [[row.message_id, row.state, finishes("delivery.finish", row.pk)] for row in mails],
    "letters": mails.filter(notice__key__startswith="soak:").count(),
    "reminders": [row for row in Reminder.objects.values_list("object_id", "offset").order_by("object_id")],
    "posts": [[row.message_id, row.state] for row in posts],
    "readings": [
        [row.state, row.proposals.count(), finishes("reading.finish", row.pk)] for row in Reading.objects.all()
    ],
    "reports": AgencyReport.objects.count(),
    "unprefilled": AgencyReport.objects.filter(prefilled_at__isnull=True).count(),
    "lines": ReportLine.objects.count(),
    "jobs": [[row.state, row.done_count, row.total_count] for row in Job.objects.all()],
    "job_finishes": [finishes("job.finish", row.pk) for row in Job.objects.all()],
    "queued": left_in_queue(),
    "failures": [row.result[-2000:] for row in Failure.objects.all()],
}))
"""


class Site(Installation):
    """An installation on the database of this test run, with its sinks."""

    def __init__(self, folder, database):
        self.mail, self.outlet = begin(MailSink(0.3)), begin(OutletSink(1.0))
        super().__init__(folder, database, EMAIL_URL=f"smtp://127.0.0.1:{self.mail.server_address[1]}")

    @property
    def outlet_url(self):
        return f"http://127.0.0.1:{self.outlet.server_address[1]}/"

    def end(self):
        super().end()
        for sink in (self.mail, self.outlet):
            sink.shutdown()
            sink.server_close()


@pytest.fixture
def site(tmp_path, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), own_database(tmp_path) as database:
        made = Site(tmp_path, database)
        made.run(SET_UP.format(bodies=BODIES, people=PEOPLE, times=TIMES, outlet=made.outlet_url))
        yield made
        made.end()


@pytest.mark.slow
@pytest.mark.both_databases
def test_workers_killed_at_any_instant_do_everything_once(site, tmp_path):
    chance = random.Random(SEED)

    for number in range(TIMES):
        site.run(ENQUEUE.format(number=number, paper=str(variant(tmp_path, number))))
        workers = [site.start_worker() for _ in range(WORKERS)]
        time.sleep(chance.uniform(0.5, LONGEST))
        for worker in workers:
            worker.kill()
    workers = [site.start_worker() for _ in range(WORKERS)]
    site.run(FINISH, seconds=1800)
    assert [worker.errors.read_text() for worker in workers if not worker.is_running] == []
    for worker in workers:
        worker.stop()

    state = json.loads(site.run(STATE))
    assert_everything_once(state)
    assert_mail_once_or_the_same(state, site.mail.received)
    assert_posts_never_twice(state, site.outlet.received)


def assert_everything_once(state):
    assert (state["queued"], state["failures"]) == ([], [])
    assert state["readings"] == [["read", PROPOSALS, 1]] * TIMES
    bodies = BODIES + 1  # and the coordinator
    assert (state["reports"], state["unprefilled"]) == (bodies * TIMES, 0)
    assert state["lines"] == BODIES * TIMES
    assert state["jobs"] == [["done", bodies, bodies]] * TIMES
    assert state["job_finishes"] == [1] * TIMES
    assert [offset for _report, offset in state["reminders"]] == [10] * (
        bodies * TIMES
    )  # the newest step alone


def assert_mail_once_or_the_same(state, received):
    """Each mail left with its own Message-ID; only what was in hand at a kill came again, as the same message."""
    assert {tuple(row[1:]) for row in state["mails"]} == {("sent", 1)}
    assert state["letters"] == PEOPLE * TIMES
    assert {row[0] for row in state["mails"]} == set(received)
    assert sum(count - 1 for count in received.values()) <= TIMES * WORKERS * PROCESSES


def assert_posts_never_twice(state, received):
    """A post is out once; where a kill left it in doubt, a person is asked and nobody sent it again."""
    assert len(state["posts"]) == TIMES
    assert set(received.values()) <= {1}
    for key, step in state["posts"]:
        assert step in ("sent", "to_check")
        assert step == "to_check" or received[key] == 1
