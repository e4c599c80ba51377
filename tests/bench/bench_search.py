"""The public search at 10³ and 10⁵ texts, and beside the raw full-text query of the same database.

Run: python tests/bench/bench_search.py [--quick]. Each size has a database and a process of its own (SQLite). Printed: the
whole answer (page of hits, counts by kind, snippets) and the raw query for the keys of all that match, with their ratio.
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

ROOT = Path(__file__).parents[2]
RUNS = 7
WORDS = [
    "cải",
    "cách",
    "hành",
    "chính",
    "thủ",
    "tục",
    "một",
    "cửa",
    "liên",
    "thông",
    "hồ",
    "sơ",
    "quận",
    "huyện",
    "xã",
    "phường",
    "đối",
    "thoại",
    "trực",
    "tuyến",
    "giấy",
    "phép",
    "đăng",
    "ký",
    "kinh",
    "doanh",
    "hộ",
    "tịch",
    "đất",
    "đai",
    "xây",
    "dựng",
    "bảo",
    "hiểm",
    "y",
    "tế",
    "giáo",
    "dục",
    "lệ",
    "phí",
    "thời",
    "hạn",
    "kết",
    "quả",
    "công",
    "dân",
    "doanh",
    "nghiệp",
]
RARE = "phách"
QUESTIONS = {
    "common word": "thu tuc",
    "phrase": '"cải cách hành chính"',
    "rare word": RARE,
    "no hit": "khongcotunay",
}


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    for size in (1_000, 10_000 if "--quick" in sys.argv else 100_000):
        with tempfile.TemporaryDirectory() as folder:
            environment = {
                **os.environ,
                "LOA_DATA_DIR": folder,
                "DJANGO_SETTINGS_MODULE": "loa.config.settings",
            }
            environment.pop("DATABASE_URL", None)
            subprocess.run([sys.executable, __file__, "--one", str(size)], env=environment, check=True)


def measure(size: int) -> None:
    import django

    sys.path.insert(0, str(ROOT / "tests"))
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    fill(size)
    for name, typed in QUESTIONS.items():
        ours, hits = best(lambda typed=typed: answered(typed))
        raw, _found = best(lambda typed=typed: raw_query(connection, typed))
        say(
            f"{size:>8,} texts  {name:<12}{hits:>8,} hits{ours * 1000:>10.1f} ms   raw query {raw * 1000:>8.1f} ms   x{ours / raw:.1f}"
        )


def fill(size: int) -> None:
    from wagtail.search.backends import get_search_backend

    from loa.core.text import words
    from loa.portal.models import PublicText

    draw = random.Random(7)
    rows = []
    for number in range(size):
        title = " ".join(draw.choices(WORDS, k=8))
        text = " ".join(draw.choices(WORDS, k=120)) + (f" {RARE}" if number % 500 == 0 else "")
        rows.append(
            PublicText(
                kind="story",
                object_pk=number,
                title=title,
                text=text,
                url=f"/tin/{number}/",
                on=date(2019, 1, 1) + timedelta(days=number % 180),
                title_words=words(title),
                words=words(f"{title} {text}"),
            )
        )
    PublicText.objects.bulk_create(rows, batch_size=2_000)
    stored = list(PublicText.objects.all())
    for start in range(0, size, 5_000):
        get_search_backend().add_bulk(PublicText, stored[start : start + 5_000])


def answered(typed: str) -> int:
    from loa.portal.queries.search import Narrowing, counts_by_kind, public_texts, read_question, snippet

    question = read_question(typed)
    rows = public_texts(question, Narrowing())
    count = rows.count()
    for row in rows.select_related("agency", "site")[:20]:
        snippet(row.text, question)
    counts_by_kind(question, Narrowing())
    return count


def raw_query(connection, typed: str) -> int:
    """What the database itself needs to find the keys of everything that matches."""
    from loa.portal.queries.search import read_question

    question = read_question(typed)
    match = " AND ".join(f'"{part}"' for part in (*question.words, *question.phrases))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rowid FROM wagtailsearch_indexentry_fts WHERE wagtailsearch_indexentry_fts MATCH %s",
            [match],
        )
        return len(cursor.fetchall())


def best(run) -> tuple[float, int]:
    times, value = [], 0
    for _turn in range(RUNS):
        begun = time.perf_counter()
        value = run()
        times.append(time.perf_counter() - begun)
    return min(times), value


if __name__ == "__main__":
    if "--one" in sys.argv:
        measure(int(sys.argv[sys.argv.index("--one") + 1]))
    else:
        main()
