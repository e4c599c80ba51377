"""100,000 procedures beside 1,000, in one run: the public list and its search, one page, the register of the staff.

Run: python tests/bench/bench_procedures.py [MANY]. Prints for each page the best of five runs, its queries (which
must be the same for both), and the ratio of times.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from datetime import UTC, date, datetime

FEW, MANY, RUNS = 1_000, 100_000, 5
BATCH = 2_000
PAGES = {
    "list": "/thu-tuc/",
    "search, common word": "/thu-tuc/?q=cap+giay",
    "search, one hit": "/thu-tuc/?q=so+000777",
    "search, no hit": "/thu-tuc/?q=khong+he+co",
    "field and level": "/thu-tuc/?field={field}&level=city",
    "last page": "/thu-tuc/?page=100000",
    "one procedure": "/thu-tuc/1.000777/",
    "what changed": "/thu-tuc/thay-doi/",
    "register": "/quan-ly-thu-tuc/",
    "register, search": "/quan-ly-thu-tuc/?q=cap+giay",
}


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    many = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"LOA_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "loa.config.settings"}
        import django

        django.setup()
        measure(many)


def measure(many: int) -> None:
    from django.conf import settings
    from django.core.management import call_command

    from factories import make_agency, make_user
    from loa.core import clock
    from loa.procedures.models import ProcedureField

    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    clock.set_today(date(2019, 4, 15))
    city = make_agency("Thành phố", kind="peoples_committee")
    user = make_user(make_agency("Văn phòng", kind="office", parent=city), "head")
    agencies = [make_agency() for _ in range(20)]
    fields = [ProcedureField.objects.create(name=f"Lĩnh vực {number}") for number in range(60)]
    taken, made = {}, 0
    for count in (FEW, many):
        make_procedures(range(made, count), agencies, fields)
        made = count
        taken[count] = {
            name: best(path.format(field=fields[3].pk), user if path.startswith("/quan") else None)
            for name, path in PAGES.items()
        }
    for name in PAGES:
        (few, few_queries), (much, much_queries) = taken[FEW][name], taken[many][name]
        say(
            f"{name}: {FEW} {few * 1000:.0f} ms {few_queries} queries, {many} {much * 1000:.0f} ms "
            f"{much_queries} queries, ratio {much / few:.2f}"
        )


def make_procedures(numbers, agencies, fields) -> None:
    from django.db.models import OuterRef, Subquery

    from loa.procedures.models import Procedure, ProcedureVersion

    at = datetime(2019, 3, 1, tzinfo=UTC)
    for start in range(numbers.start, numbers.stop, BATCH):
        part = range(start, min(start + BATCH, numbers.stop))
        rows = [
            Procedure(
                code=f"1.{number:06d}",
                name=f"Cấp giấy phép hoạt động trong lĩnh vực chuyên ngành số {number:06d} theo quy định",
                field=fields[number % len(fields)],
                agency=agencies[number % len(agencies)],
                levels="city" if number % 2 else "district commune",
                is_in_force=True,
                created_at=at,
            )
            for number in part
        ]
        for row in rows:
            row.fill_search()
        Procedure.objects.bulk_create(rows)
        ProcedureVersion.objects.bulk_create(
            ProcedureVersion(
                procedure=row, number=1, state="published", change="new", name=row.name, steps="Nộp.\n" * 40,
                ways=[{"way": "in_person", "time": "5 ngày", "fee": "Không thu"}], published_on=date(2019, 3, 1),
                created_at=at,
            )
            for row in rows
        )  # fmt: skip
    newest = ProcedureVersion.objects.filter(procedure=OuterRef("pk")).values("pk")[:1]
    Procedure.objects.filter(current__isnull=True).update(current=Subquery(newest))


def best(path, user) -> tuple[float, int]:
    """The fastest of the runs, and how many queries a run makes."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    if user:
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    times, queries = [], 0
    for _ in range(RUNS):
        with CaptureQueriesContext(connection) as found:
            start = time.perf_counter()
            response = client.get(path)
            times.append(time.perf_counter() - start)
        if response.status_code != 200:
            raise SystemExit(f"{path} answers {response.status_code}")
        queries = len(found)
    return min(times), queries


if __name__ == "__main__":
    main()
