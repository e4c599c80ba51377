"""A round of reports of 300 agencies: asked for, handed in, consolidated, put on paper.

Run: python tests/bench/bench_reports.py [AGENCIES]. The database lies in a temporary directory.
Prints for each step the time and the number of queries.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

AGENCIES = 300
DUTIES = 5
TODAY = date(2019, 10, 15)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else AGENCIES
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(LOA_DATA_DIR=folder, LOA_TODAY=TODAY.isoformat(), LOA_DEBUG="")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loa.config.settings")
        import django

        sys.path.insert(0, str(Path(__file__).parents[1]))
        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0, skip_checks=True)
        measure(count)


def measure(count: int) -> None:
    from loa.reports import actions
    from loa.reports.queries import facts_of, figures_of, heirs_on, propose_round, tables_of

    actions.load_templates()
    plan, by = filled_plan(count)
    proposal = propose_round(plan, TODAY)
    fields = {name: getattr(proposal, name) for name in proposal.__slots__}
    report_round = step("open and prefill", lambda: opened(plan, fields, by))
    report_round.reports.update(state="accepted")
    consolidation = step("draft", lambda: actions.draft_consolidation(report_round, by=by))
    step("draft anew", lambda: actions.draft_consolidation(report_round, by=by))
    job = actions.draft_or_queue(report_round, by=by)
    step("draft by a job", lambda: actions.draft_by_job(report_round, job))
    facts = step("facts", lambda: facts_of(consolidation))
    step("figures", lambda: figures_of(facts))
    step("figure tables", lambda: [(row.value, row.estimate) for _, rows in tables_of(facts) for row in rows])
    step("heirs", lambda: heirs_on(TODAY, [agency.agency for agency in facts.agencies]))
    for form in ("docx", "pdf", "xlsx"):
        step(f"write .{form}", lambda form=form: actions.consolidated_file(facts, form))


def opened(plan, fields, by):
    """As the screen does it, with what a worker does afterwards."""
    from loa.reports import actions

    report_round = actions.open_round(plan, **fields, by=by)
    reports = list(report_round.reports.all())
    for start in range(0, len(reports), 100):
        actions.prefill_reports(reports[start : start + 100])
    return report_round


def step(name, run):
    from django.db import connection

    counted = []

    def count(execute, sql, params, many, context):
        counted.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        start = time.perf_counter()
        result = run()
        seconds = time.perf_counter() - start
    sys.stdout.write(f"{name:<20}{seconds * 1000:>10.0f} ms{len(counted):>6} queries\n")
    return result


def filled_plan(count: int):
    """A plan whose every agency leads one task, has five standing duties, and wrote two notes on each."""
    from factories import make_agency, make_assignment, make_plan, make_user
    from loa.core import clock
    from loa.plans.models import Duty, DutyAssignment, PlanBody, ProgressNote

    plan = make_plan(number="42/KH-UBND")
    by = make_user(plan.coordinator, "head")
    agencies = [make_agency(f"Ủy ban nhân dân xã {n}", kind="commune", level="commune") for n in range(count)]
    PlanBody.objects.bulk_create(PlanBody(plan=plan, agency=agency, role="duty") for agency in agencies)
    works = [{"assignment": make_assignment(agency, plan=plan)} for agency in agencies]
    for position in range(DUTIES):
        duty = Duty.objects.create(
            plan=plan, position=position, printed_body="Các xã", text=f"Nhiệm vụ {position}"
        )
        rows = [
            DutyAssignment(duty=duty, plan=plan, agency=agency, assigned_on=plan.issued_on)
            for agency in agencies
        ]
        works += [{"duty_assignment": row} for row in DutyAssignment.objects.bulk_create(rows)]
    ProgressNote.objects.bulk_create(
        ProgressNote(**work, on=date(2019, month, 5), done=f"Đã đăng {month} bài.", by=by, at=clock.now())
        for work in works
        for month in (3, 6)
    )
    return plan, by


if __name__ == "__main__":
    main()
