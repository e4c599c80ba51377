"""`loa demo`: the sample city with a living year, served on this machine."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys

from loa.cli.serve import prepare, serve
from loa.demo import TODAY


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--no-serve", action="store_true", help="load only")


def run(options: argparse.Namespace) -> int:
    os.environ.setdefault("LOA_BASE_URL", f"http://127.0.0.1:{options.port}")
    today = os.environ.setdefault("LOA_TODAY", TODAY.isoformat())  # before the settings are read
    if not options.no_serve:
        return load_and_serve(options.port)
    os.environ.setdefault("LOA_SQLITE_SYNCHRONOUS", "NORMAL")  # a sample that is lost is loaded again
    prepare()
    from loa.demo import city, play  # noqa: PLC0415  after the apps are loaded

    play.load_sample(lambda text: print(text, file=sys.stderr))
    print(f"http://127.0.0.1:{options.port}")
    print(f"LOA_TODAY={today}")
    for login in city.logins():
        print(f"{login.role}\t{login.username}\t{city.password()}")
    sys.stdout.flush()
    return 0


def load_and_serve(port: int) -> int:
    """The sample is loaded by a process of its own: it sets papers with typst, whose threads the server's processes,
    being forked, would wait for in vain.
    """
    loading = subprocess.run(  # noqa: S603  our own command
        [sys.executable, "-m", "loa.cli.main", "demo", "--no-serve", "--port", str(port)], check=False
    )
    if loading.returncode == 0:
        serve("127.0.0.1", port)
    return loading.returncode
