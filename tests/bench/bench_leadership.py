"""The leadership view at a thousand and at a million assignments on PostgreSQL, and at 10³ and 10⁵ on SQLite.

Run: python tests/bench/bench_leadership.py [--quick]. PostgreSQL is one of its own (scripts/postgres) and is
thrown away; where the machine has none, only SQLite is measured. Each size has a database and a process of its
own. Every size is measured in the same way: the clock keeps the figures, then the page is opened. Printed:
the page in each size with its ratio and queries, what the clock needs for it, the page counted live at 10³,
and the plan of the slowest query at the largest size.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[2]
AGENCIES = 300
RUNS = 7
TODAY = date(2019, 9, 16)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    quick = "--quick" in sys.argv
    compare("SQLite", (1_000, 10_000 if quick else 100_000), "")
    if not list(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        say("PostgreSQL is not installed: not measured")
        return
    with tempfile.TemporaryDirectory() as folder:
        script = f""". scripts/postgres
            trap stop_postgres EXIT
            start_postgres "{folder}/pg"
            as_postgres "$PG_BIN/createdb -h 127.0.0.1 -p $PGPORT -U loa large"
            DATABASE_URL="postgres://loa@127.0.0.1:$PGPORT" {sys.executable} {__file__} --postgres {"--quick" if quick else ""}"""
        Path(folder).chmod(0o755)
        subprocess.run(["bash", "-euc", script], check=True, cwd=ROOT)


def compare(engine: str, sizes: tuple[int, int], server: str) -> None:
    results = [
        measured_apart(size, f"{server}/{name}" if server else "")
        for size, name in zip(sizes, ("loa", "large"), strict=True)
    ]
    say(f"{engine:<26}" + "".join(f"{size:>14,} rows" for size in sizes) + "   ratio  queries")
    for name in results[0]:
        times = [result[name][0] for result in results]
        cells = "".join(f"{seconds * 1000:>16.1f} ms" for seconds in times)
        queries = "/".join(str(result[name][1]) for result in results)
        say(f"{name:<26}{cells}{times[-1] / times[0]:>8.2f}  {queries}")


def measured_apart(size: int, database: str) -> dict[str, tuple[float, int]]:
    """One size in a process and a database of its own; what is no measurement is passed on."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "LOA_DATA_DIR": folder,
            "LOA_DEBUG": "",
            "LOA_TODAY": TODAY.isoformat(),
            "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "loa.config.settings"),
        }
        environment.pop("DATABASE_URL", None)
        if database:
            environment["DATABASE_URL"] = database
        command = [sys.executable, __file__, "--one", str(size)]
        output = subprocess.run(
            command, env=environment, check=True, stdout=subprocess.PIPE, text=True
        ).stdout
    found = {}
    for line in output.splitlines():
        cells = line.split("\t")
        if len(cells) == 3:
            found[cells[0]] = (float(cells[1]), int(cells[2]))
        else:
            say(line)
    return found


def measure(size: int) -> None:
    import django

    sys.path.insert(0, str(ROOT / "tests"))
    from django.conf import settings

    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    call_command("migrate", verbosity=0, skip_checks=True)
    leader, plan = fill(size)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(leader, backend="allauth.account.auth_backends.AuthenticationBackend")
    if size <= 1_000:
        report("page, counted live", lambda: opened(client, "/dieu-hanh/"))
        say(f"page counted live at {size:,}: {_last[0] * 1000:.1f} ms, {_last[1]} queries")
    report("clock: count and keep", lambda: keep(plan), runs=1, show=True)
    report("page, a leader", lambda: opened(client, "/dieu-hanh/"))
    report("list of all agencies", lambda: opened(client, list_address(plan)))
    if size > 1_000:
        slowest(lambda: opened(client, "/dieu-hanh/"), "page")
        slowest(lambda: keep(plan), "clock")


def keep(plan) -> None:
    """As the clock does it, for a plan of any size."""
    from loa.core import clock
    from loa.desk.actions import keep_figures
    from loa.desk.models import KeptFigures
    from loa.desk.queries.leadership import moment_to_keep

    KeptFigures.objects.all().delete()
    keep_figures(plan, moment_to_keep(plan, clock.now()))


def list_address(plan) -> str:
    from django.utils import timezone

    from loa.desk.models import KeptFigures

    at = timezone.localtime(KeptFigures.objects.get().at)
    return f"/dieu-hanh/{plan.pk}/don-vi/?at={at:%Y-%m-%dT%H:%M}"


def opened(client, url) -> None:
    response = client.get(url)
    if response.status_code != 200:
        raise SystemExit(f"{url}: {response.status_code}")


_last = [0.0, 0]


def report(name, run, *, runs=RUNS, show=False) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    if runs > 1:
        run()
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        run()
        times.append(time.perf_counter() - started)
    with CaptureQueriesContext(connection) as captured:
        if runs > 1:
            run()
    _last[:] = [min(times), len(captured)]
    if name != "page, counted live":
        say(f"{name}\t{min(times)}\t{len(captured)}")


def slowest(run, name) -> None:
    """The plan of the slowest query of a run."""
    from django.db import connection

    worst = (0.0, "", ())

    def timed(execute, sql, params, many, context):
        nonlocal worst
        started = time.perf_counter()
        result = execute(sql, params, many, context)
        seconds = time.perf_counter() - started
        if seconds > worst[0] and sql.startswith("SELECT"):
            worst = (seconds, sql, params)
        return result

    with connection.execute_wrapper(timed):
        run()
    seconds, sql, params = worst
    say(f"slowest query of the {name}: {seconds * 1000:.1f} ms")
    prefix = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    with connection.cursor() as cursor:
        cursor.execute(f"{prefix} {sql}", params)
        for row in cursor.fetchall()[:14]:
            say(f"    {row[-1]}")


def fill(size: int):
    """One plan with `size` assignments of 300 agencies, classes, targets, evidence, history and a round of reports."""
    from factories import make_agency, make_plan, make_user
    from loa.plans.models import CommunicationForm, PlanBody, Topic
    from loa.reports.actions import load_templates

    load_templates()
    plan = make_plan(number="42/KH-UBND")
    kinds = ("commune", "district", "department", "press")
    agencies = [make_agency(f"Đơn vị số {number}", kind=kinds[number % 4]) for number in range(AGENCIES)]
    PlanBody.objects.bulk_create(PlanBody(plan=plan, agency=agency, role="lead") for agency in agencies)
    for number in range(6):
        Topic.objects.create(plan=plan, text=f"Chủ đề {number}", position=number)
        CommunicationForm.objects.create(plan=plan, text=f"Hình thức {number}", position=number)
    coordinator = make_user(plan.coordinator, "head")
    leader = make_user(plan.issuer, "leader")
    fill_tables(size, plan, agencies[0].pk, coordinator.pk)
    fill_reports(plan, agencies, coordinator)
    return leader, plan


SERIES = {
    "postgresql": "generate_series(0, %(last)s) AS s(n)",
    "sqlite": "(WITH RECURSIVE s(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM s WHERE n < %(last)s) SELECT n FROM s) AS s",
}


def fill_tables(size, plan, first_agency, by) -> None:
    """Rows made by the database itself: the state, the day and the history follow from the number of a row."""
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection

    from loa.plans.models import Assignment, Target, Task

    task_count = -(-size // AGENCIES)
    days = [TODAY + timedelta(days=number - 90) for number in range(180)]
    tasks = Task.objects.bulk_create(
        (
            Task(
                plan=plan,
                position=number,
                no=str(number),
                content=f"Đối thoại {number}",
                due_on=days[number * 7 % 180],
            )
            for number in range(task_count)
        ),
        batch_size=2_000,
    )
    for through, column, rows in (
        (Task.topics.through, "topic_id", list(plan.topics.all())),
        (Task.forms.through, "communicationform_id", list(plan.forms.all())),
    ):
        through.objects.bulk_create(
            through(task_id=task.pk, **{column: rows[place * 5 % 6].pk}) for place, task in enumerate(tasks)
        )
    Target.objects.bulk_create(Target(task=task, measure="bài", quantity=100, unit="bài") for task in tasks)
    values = {
        "last": size - 1, "agencies": AGENCIES, "first_task": tasks[0].pk, "first_agency": first_agency,
        "plan": plan.pk, "by": by, "kind": ContentType.objects.get_for_model(Assignment).pk,
    }  # fmt: skip
    vendor = connection.vendor
    day = (
        "t.due_on + (s.n %% 25 - 20)"
        if vendor == "postgresql"
        else "date(t.due_on, (s.n %% 25 - 20) || ' days')"
    )
    state = """CASE s.n %% 8 WHEN 0 THEN 'assigned' WHEN 1 THEN 'accepted' WHEN 2 THEN 'in_progress' WHEN 3 THEN 'with_head'
        WHEN 4 THEN 'submitted' WHEN 5 THEN 'returned' ELSE 'done' END"""
    series = SERIES[vendor]
    moved = """'{"from": "with_head", "to": "submitted"}'""" + ("::jsonb" if vendor == "postgresql" else "")
    when = (
        "TIMESTAMPTZ '2019-09-16 02:00+00' - (a.id %% 150) * INTERVAL '1 day'"
        if vendor == "postgresql"
        else "datetime('2019-09-16 02:00', '-' || (a.id %% 150) || ' days')"
    )
    true = "TRUE" if vendor == "postgresql" else "1"
    with connection.cursor() as cursor:
        # the rows fit each other: looking each key up would take most of the time
        unchecked = (
            "SET session_replication_role = replica"
            if vendor == "postgresql"
            else "PRAGMA foreign_keys = OFF"
        )
        cursor.execute(unchecked)
        cursor.execute("ANALYZE plans_task")
        cursor.execute(
            f"""INSERT INTO plans_assignment (state, words, task_id, plan_id, agency_id, due_on, original_due_on, assigned_on, submitted_on)
            SELECT {state}, '', %(first_task)s + s.n / %(agencies)s, %(plan)s, %(first_agency)s + s.n %% %(agencies)s,
              t.due_on, t.due_on, '2019-02-01', CASE WHEN s.n %% 8 IN (4, 6, 7) THEN {day} END
            FROM {series} JOIN plans_task t ON t.id = %(first_task)s + s.n / %(agencies)s""",
            values,
        )
        cursor.execute(
            f"""INSERT INTO plans_deliverable (assignment_id, agency_id, kind, title, "on", source, quantity, unit, is_counted,
              link, file, file_name, file_type, sha256, recorded_at)
            SELECT a.id, a.agency_id, 'link', 'Tin bài', '2019-08-01', 'link:' || a.id, 1, 'bài', {true}, '', '', '', '', '',
              '2019-08-01 02:00+00' FROM plans_assignment a WHERE a.id %% 2 = 0""",
            values,
        )
        cursor.execute(
            f"""INSERT INTO core_entry (content_type_id, object_id, action, by_id, actor, hat, note, data, at)
            SELECT %(kind)s, a.id, 'assignment.submit', %(by)s, '', '', '', {moved}, {when}
            FROM plans_assignment a WHERE a.state IN ('submitted', 'done')""",
            values,
        )


def fill_reports(plan, agencies, by) -> None:
    from loa.core import clock
    from loa.reports.models import AgencyReport, ReportRound, ReportTemplate

    for number in range(3):
        due_on = TODAY - timedelta(days=90 * number + 5)
        report_round = ReportRound.objects.create(
            plan=plan, template=ReportTemplate.objects.first(), kind="quarterly", period=f"2019-Q{3 - number}",
            title=f"Quý {3 - number}", data_from=due_on - timedelta(days=90), data_to=due_on, due_on=due_on,
            opened_by=by, opened_at=clock.now() - timedelta(days=100 * number + 20),
        )  # fmt: skip
        AgencyReport.objects.bulk_create(
            AgencyReport(
                round=report_round, agency=agency, state="accepted" if place % 5 else "draft", is_late=place % 7 == 0,
                first_submitted_at=clock.now() - timedelta(days=10) if place % 5 else None,
            )
            for place, agency in enumerate(agencies)
        )  # fmt: skip


if __name__ == "__main__":
    if "--one" in sys.argv:
        measure(int(sys.argv[-1]))
    elif "--postgres" in sys.argv:
        large = 20_000 if "--quick" in sys.argv else 1_000_000
        compare("PostgreSQL", (1_000, large), os.environ["DATABASE_URL"])
    else:
        main()
