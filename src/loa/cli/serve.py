"""`loa serve`: the site, on one machine with its worker beside it."""

from __future__ import annotations

import argparse
import socket
import subprocess
import sys

from loa.cli.main import start_django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=1, help="site processes")
    parser.add_argument("--no-worker", action="store_true", help="background jobs run elsewhere (loa worker)")


def run(options: argparse.Namespace) -> int:
    prepare()
    serve(options.host, options.port, workers=options.workers, with_worker=not options.no_worker)
    return 0


def prepare() -> None:
    """Bring the database, the calendar, rules and legal texts that ship, and the static files up to this version."""
    start_django()
    from django.core.management import call_command  # noqa: PLC0415  after the apps are loaded

    from loa.core.calendar_data import load_calendar  # noqa: PLC0415
    from loa.core.legal import load_rules  # noqa: PLC0415
    from loa.documents.actions import load_legal_documents  # noqa: PLC0415
    from loa.feedback.actions import load_grounds, load_subjects  # noqa: PLC0415
    from loa.procedures.actions import load_online_levels  # noqa: PLC0415

    call_command("migrate", verbosity=0, interactive=False)
    load_calendar()
    load_rules()
    load_legal_documents()
    load_online_levels()
    load_subjects()
    load_grounds()
    call_command("collectstatic", verbosity=0, interactive=False)


def serve(host: str, port: int, *, workers: int = 1, with_worker: bool = True) -> None:
    """Serve until interrupted. WSGI for the site; the kill timeout ends workers with open connections."""
    if is_taken(host, port):
        raise SystemExit(
            f"Port {port} of {host} is in use. Stop what serves there, or choose another: --port"
        )
    from granian import Granian  # noqa: PLC0415  only here
    from granian.constants import Interfaces  # noqa: PLC0415

    worker = subprocess.Popen([sys.executable, "-m", "loa.cli.main", "worker"]) if with_worker else None
    try:
        Granian(
            "loa.config.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=4,
            workers_kill_timeout=5,
            log_enabled=False,
        ).serve()
    finally:
        if worker:
            stop(worker)


def is_taken(host: str, port: int) -> bool:
    """Whether somebody answers there: the server itself would share the port without a word."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0


def stop(worker: subprocess.Popen[bytes]) -> None:
    """Ask the worker to finish; one that does not is ended, and its job given to the next."""
    worker.terminate()
    try:
        worker.wait(timeout=20)
    except subprocess.TimeoutExpired:
        worker.kill()
