"""The assignment list and the plan overview at a thousand and at a hundred thousand assignments.

Run: python tests/bench/bench_plans.py [SIZE ...]. Each size gets a database of its own in a temporary
directory. Prints for each page the best of five runs, the queries, and the ratio of times.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

SIZES = (1_000, 100_000)
AGENCIES = 300
RUNS = 5
TODAY = date(2019, 9, 16)
STATES = ("assigned", "accepted", "in_progress", "with_head", "submitted", "returned", "done", "done")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or list(SIZES)
    results = [measured_apart(size) for size in sizes]
    say(f"{'page':<24}" + "".join(f"{size:>14,} rows" for size in sizes) + "   ratio  queries")
    for name in results[0]:
        times = [result[name][0] for result in results]
        queries = "/".join(str(result[name][1]) for result in results)
        cells = "".join(f"{seconds * 1000:>16.1f} ms" for seconds in times)
        say(f"{name:<24}{cells}{times[-1] / times[0]:>8.1f}  {queries}")


def measured_apart(size: int) -> dict[str, tuple[float, int]]:
    """One size in a process and a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "LOA_DATA_DIR": folder,
            "LOA_DEBUG": "",
            "LOA_TODAY": TODAY.isoformat(),
            "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "loa.config.settings"),
        }
        command = [sys.executable, __file__, "--one", str(size)]
        output = subprocess.run(
            command, env=environment, check=True, stdout=subprocess.PIPE, text=True
        ).stdout
    rows = (line.split("\t") for line in output.splitlines() if line.count("\t") == 2)
    return {name: (float(seconds), int(queries)) for name, seconds, queries in rows}


def measure(size: int) -> None:
    import django

    sys.path.insert(0, str(Path(__file__).parents[1]))
    from django.conf import settings

    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    django.setup()
    from django.core.management import call_command
    from django.test import Client

    call_command("migrate", verbosity=0, skip_checks=True)
    user, plan = fill(size)
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    from loa.plans.queries import assignments_visible_to, plan_overview

    root = f"/ke-hoach/{plan.pk}/"
    report("overview (figures)", lambda: plan_overview(plan, TODAY))
    report("visible (first 50)", lambda: list(assignments_visible_to(user).select_related("task")[:50]))
    for name, url in {
        "overview (page)": root,
        "assignment list": f"{root}phan-cong/",
        "assignment list, late": f"{root}phan-cong/?standing=late",
        "assignment list, search": f"{root}phan-cong/?q=doi+thoai+7",
        "task list": f"{root}nhiem-vu/",
        "board": f"{root}bang/",
    }.items():
        report(name, lambda url=url: opened(client, url))


def opened(client, url):
    response = client.get(url)
    if response.status_code != 200:
        raise SystemExit(f"{url}: {response.status_code}")


def report(name, run) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    run()
    with CaptureQueriesContext(connection) as captured:
        run()
    query_count = len(captured)  # the next request empties the log
    times = []
    for _ in range(RUNS):
        started = time.perf_counter()
        run()
        times.append(time.perf_counter() - started)
    say(f"{name}\t{min(times)}\t{query_count}")


def fill(size: int):
    """One plan with `size` assignments of 300 agencies, six topics, targets and evidence."""
    from factories import make_agency, make_plan, make_user
    from loa.plans.models import Assignment, PlanBody, Target, Task, Topic

    chance = random.Random(42)
    plan = make_plan(number="42/KH-UBND")
    agencies = [make_agency(f"Ủy ban nhân dân xã số {number}", kind="commune") for number in range(AGENCIES)]
    PlanBody.objects.bulk_create(PlanBody(plan=plan, agency=agency, role="lead") for agency in agencies)
    topics = [
        Topic.objects.create(plan=plan, text=f"Chủ đề {number}", position=number) for number in range(6)
    ]
    task_count = -(-size // AGENCIES)
    tasks = Task.objects.bulk_create(
        Task(
            plan=plan,
            position=number,
            no=str(number),
            content=f"Tổ chức đối thoại {number}",
            due_on=TODAY + timedelta(days=chance.randint(-90, 90)),
            search_text=f"to chuc doi thoai {number}",
        )
        for number in range(task_count)
    )
    links = Task.topics.through
    links.objects.bulk_create(links(task=task, topic=chance.choice(topics)) for task in tasks)
    Target.objects.bulk_create(Target(task=task, measure="bài", quantity=100, unit="bài") for task in tasks)
    assignments = Assignment.objects.bulk_create(
        (
            assignment(chance, plan, tasks[number // AGENCIES], agencies[number % AGENCIES])
            for number in range(size)
        ),
        batch_size=2_000,
    )
    evidence(assignments)
    return make_user(plan.coordinator, "head"), plan


def assignment(chance, plan, task, agency):
    from loa.plans.models import Assignment

    state = chance.choice(STATES)
    handed_in = (
        task.due_on + timedelta(days=chance.randint(-20, 5)) if state in ("submitted", "done") else None
    )
    return Assignment(
        plan=plan,
        task=task,
        agency=agency,
        state=state,
        due_on=task.due_on,
        original_due_on=task.due_on,
        assigned_on=date(2019, 2, 1),
        submitted_on=handed_in,
    )


def evidence(assignments) -> None:
    """A piece for every second assignment."""
    from loa.core import clock
    from loa.plans.models import Deliverable

    now = clock.now()
    Deliverable.objects.bulk_create(
        (
            Deliverable(
                assignment=row,
                agency_id=row.agency_id,
                kind="link",
                title="Tin bài",
                on=TODAY,
                source=f"link:{row.pk}",
                unit="bài",
                recorded_at=now,
            )
            for row in assignments[::2]
        ),
        batch_size=2_000,
    )


if __name__ == "__main__":
    if "--one" in sys.argv:
        measure(int(sys.argv[-1]))
    else:
        main()
