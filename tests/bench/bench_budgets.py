"""An estimate of 10,000 lines beside one of 100, in one run: list, editor and appraisal of one page of lines.

Run: python tests/bench/bench_budgets.py [LINES]. Prints for each page the best of seven runs, its queries
(which must be the same for both), and the ratio of times.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from datetime import date

FEW, MANY, RUNS = 100, 10_000, 7
PAGES = {"estimate_detail": "draft", "estimate_edit": "draft", "estimate_appraise": "in_appraisal"}


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def main() -> None:
    many = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"LOA_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "loa.config.settings"}
        import django
        from django.conf import settings

        settings.ALLOWED_HOSTS = ["*"]
        settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
        django.setup()
        measure(many)


def measure(many: int) -> None:
    from django.core.management import call_command

    from factories import make_budget
    from loa.core import clock

    call_command("migrate", verbosity=0)
    clock.set_today(date(2019, 4, 15))
    budget = make_budget()
    for page, state in PAGES.items():
        taken = {}
        for count in (FEW, many):
            taken[count] = best(*make_large(budget, count, state), page)
        (few, few_queries), (much, much_queries) = taken[FEW], taken[many]
        say(
            f"{page}: {FEW} lines {few:.3f} s {few_queries} queries, {many} lines {much:.3f} s "
            f"{much_queries} queries, ratio {much / few:.2f}"
        )


def make_large(budget, count, state):
    """An estimate of so many lines and who looks at it."""
    from factories import make_agency, make_estimate, make_user
    from loa.budgets import actions

    writer = make_user(make_agency(), "officer", "head")
    estimate = make_estimate(budget, writer.hat.agency)
    rows = (
        {
            "content": f"Nội dung chi số {number}",
            "unit": "tờ",
            "quantity": number % 90 + 1,
            "unit_price": 2500,
        }
        for number in range(count)
    )
    actions.write_lines(estimate, rows, by=writer)
    type(estimate).objects.filter(pk=estimate.pk).update(state=state)
    return estimate, writer if state == "draft" else make_user(budget.content_appraiser, "officer")


def best(estimate, user, page) -> tuple[float, int]:
    """The fastest of the runs, and how many queries a run makes."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    url, times, queries = reverse(f"budgets:{page}", args=[estimate.pk]), [], 0
    for _ in range(RUNS):
        with CaptureQueriesContext(connection) as found:
            start = time.perf_counter()
            response = client.get(url)
            times.append(time.perf_counter() - start)
        if response.status_code != 200:
            raise SystemExit(f"{page} answers {response.status_code}")
        queries = len(found)
    return min(times), queries


if __name__ == "__main__":
    main()
