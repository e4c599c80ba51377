"""Durable submissions a second: Loa's action and its public form, raw INSERTs of the same rows, django-helpdesk.

Run: python tests/bench/bench_cases.py [--quick]. In one run on the same kind of database with the same durability:
SQLite (WAL) with synchronous=FULL, as Loa ships, then PostgreSQL with fsync where its programs are installed. Each
submission is committed before the next begins. A raw INSERT writes the columns of a case alone, in a transaction of
its own; Loa writes case, asker, consent, history, three clocks, a notice, a letter, two mails and three jobs.

django-helpdesk is no requirement of ours: it is installed into a throw-away environment, and where that cannot be the
run says so. Its mails go nowhere; ours wait for the worker. Both forms are asked for and sent by a client in the same
process, without a script: Loa's has four steps, of which the shortest way takes two. Loa's other waiting (three seconds
of writing, the proof of a person) is the visitor's and not measured.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
COUNT = 60 if "--quick" in sys.argv else 400
PACKAGES = ("django-helpdesk", "psycopg[binary]")
SAID = "Tôi nộp hồ sơ từ tuần trước mà chưa thấy phiếu hẹn trả kết quả. " * 4


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        other = install_helpdesk(Path(folder) / "helpdesk")
        compare("SQLite, synchronous=FULL", Path(folder), other, None)
        if "--quick" in sys.argv:
            return
        from soak.postgres import Cluster, binaries

        if not (binaries() / "initdb").exists():
            say("PostgreSQL: not measured, its server is not installed")
            return
        cluster = Cluster()
        try:
            compare("PostgreSQL, fsync on", Path(folder), other, cluster)
        finally:
            cluster.end()


def install_helpdesk(place: Path) -> Path | None:
    """The Python of a throw-away environment with django-helpdesk; None, and the reason said, where it cannot be."""
    try:
        subprocess.run([sys.executable, "-m", "venv", str(place)], check=True, capture_output=True)
        words = [str(place / "bin" / "pip"), "install", "-q", "--disable-pip-version-check", *PACKAGES]
        subprocess.run(words, check=True, capture_output=True, timeout=600)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired, OSError) as error:
        told = getattr(error, "stderr", b"") or b""
        say(f"django-helpdesk: not measured, it cannot be installed here: {told.decode()[-300:] or error}")
        return None
    return place / "bin" / "python"


def compare(title: str, folder: Path, other: Path | None, cluster: Any) -> None:
    ours, theirs = databases(folder, cluster)
    found = measured_apart(folder, ours)
    rows = {
        "raw INSERT, columns of a case": found["raw"],
        "Loa, action": found["action"],
        "Loa, public form": found["form"],
    }
    if other:
        told = run([str(other), str(HERE / "stock_helpdesk.py"), theirs, str(COUNT)], SAID)
        rows |= {
            "django-helpdesk, action": told["action"],
            "django-helpdesk, in one transaction": told["one transaction"],
            "django-helpdesk, public form": told["form"],
        }
    say(f"{title}: {COUNT} submissions one after the other, load of the machine {os.getloadavg()[0]:.1f}")
    for name, seconds in rows.items():
        say(
            f"  {name:<38}{1000 * seconds:>8.2f} ms {1 / seconds:>9,.0f} a second {found['raw'] / seconds:>7.3f} x raw"
        )
    if other:
        for name in ("action", "form"):
            say(f"  Loa / django-helpdesk, {name}: {told[name] / found[name]:.2f} x as many a second")


def databases(folder: Path, cluster: Any) -> tuple[str, str]:
    """Ours as an address, the other's as it reads it."""
    if cluster is None:
        return "", str(folder / "helpdesk.sqlite3")
    import psycopg

    with psycopg.connect(cluster.url("postgres"), autocommit=True) as connection:
        for name in ("loa", "helpdesk"):
            connection.execute(f'CREATE DATABASE "{name}"')
    settings = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "helpdesk",
        "USER": "loa",
        "HOST": "127.0.0.1",
    }
    return cluster.url("loa"), json.dumps(settings | {"PORT": str(cluster.port), "CONN_MAX_AGE": 60})


def measured_apart(folder: Path, address: str) -> dict[str, float]:
    environment = {
        **{name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")},
        **({"DATABASE_URL": address} if address else {}),
        "LOA_DATA_DIR": str(folder),
        "LOA_PAGE_CACHE_DIR": "",
        "LOA_BEHIND_PROXY": "on",
        "DJANGO_SETTINGS_MODULE": "soak.settings",
    }
    return run([sys.executable, __file__, *sys.argv[1:], "--ours"], "", env=environment)


def run(command: list[str], said: str, **more: Any) -> dict[str, float]:
    done = subprocess.run(command, input=said, text=True, stdout=subprocess.PIPE, check=True, **more)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def measure_ours() -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from factories.feedback import make_people
    from loa.core import clock
    from loa.core.legal import load_rules

    call_command("migrate", verbosity=0, interactive=False)
    load_rules()
    clock.set_today(date(2019, 7, 15))
    make_people()
    found = {"action": timed(submit)}
    found["raw"] = timed(insert_like(connection))
    found["form"] = timed(visit())
    sys.stdout.write(json.dumps(found))


def submit() -> None:
    from loa.feedback.actions import Identity, Words, submit_case

    receipt = submit_case(
        Words(SAID),
        key=os.urandom(16).hex(),
        source="web",
        identity=Identity(email="a@example.test"),
        consents={"contact": "Cho phép"},
    )
    assert receipt.is_new


def insert_like(connection: Any) -> Callable[[], None]:
    """The columns of the last case again, under another code and key: what no program at all would need."""
    from django.db import transaction

    from loa.feedback.models import Case

    names = [field.column for field in Case._meta.concrete_fields if field.column != "id"]
    columns, places = ", ".join(f'"{name}"' for name in names), ", ".join(["%s"] * len(names))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM feedback_case ORDER BY id DESC LIMIT 1")
        row = list(cursor.fetchone())
    code, key = names.index("code"), names.index("key")

    def insert() -> None:
        row[code] = row[key] = os.urandom(12).hex()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO feedback_case ({columns}) VALUES ({places})", row)

    return insert


def visit() -> Callable[[], None]:
    """A visitor's browser: what happened, then who sends, then the receipt's address."""
    import re
    from html import unescape

    from django.test import Client

    from loa.core.sealing import unseal
    from loa.feedback.views import sending

    sending.LEAST_SECONDS = 0  # of writing, which nobody does here
    addresses = iter(range(1 << 24))

    def send() -> None:
        number = next(addresses)
        browser = Client(
            HTTP_HOST="127.0.0.1",
            HTTP_X_FORWARDED_FOR=f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}",
        )
        browser.get("/gop-y/gui/")
        browser.post("/gop-y/gui/", {"content": SAID, "di": "gui"})
        text = browser.get("/gop-y/gui/gui-di/").content.decode()
        mark, proof = (
            unescape(re.search(rf'name="{name}" value="([^"]*)"', text)[1]) for name in ("ban", "phep_tinh")
        )
        fields = {"ban": mark, "phep_tinh": proof, "ket_qua": unseal(proof).split(":")[0]}
        answer = browser.post("/gop-y/gui/gui-di/", fields | {"email": "a@example.test", "contact": "on"})
        assert answer.status_code == 302, answer.content[:3000]

    return send


def timed(act: Callable[[], None]) -> float:
    for _ in range(3):
        act()
    began = time.perf_counter()
    for _ in range(COUNT):
        act()
    return (time.perf_counter() - began) / COUNT


if __name__ == "__main__":
    measure_ours() if "--ours" in sys.argv else main()
