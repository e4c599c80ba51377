"""`loa serve`: the site, on one machine with its worker beside it."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import signal
import socket
import subprocess
import sys
from typing import Any

from loa.cli.main import start_django

KILL_SECONDS = 5  # for connections that do not end when the server does
CONNECTIONS = 20_000  # of one process, streams and pages


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=1, help="site processes")
    parser.add_argument("--no-worker", action="store_true", help="background jobs run elsewhere (loa worker)")
    parser.add_argument("--no-live", action="store_true", help="live pages are streamed elsewhere (loa live)")


def run(options: argparse.Namespace) -> int:
    prepare()
    serve(
        options.host,
        options.port,
        workers=options.workers,
        with_worker=not options.no_worker,
        with_live=not options.no_live,
    )
    return 0


def prepare() -> None:
    """Bring the database, the calendar, rules and legal texts that ship, and the static files up to this version."""
    start_django()
    from django.core.management import call_command  # noqa: PLC0415  after the apps are loaded

    from loa.campaigns.actions import load_radio  # noqa: PLC0415
    from loa.core.calendar_data import load_calendar  # noqa: PLC0415
    from loa.core.legal import load_rules  # noqa: PLC0415
    from loa.documents.actions import load_legal_documents  # noqa: PLC0415
    from loa.feedback.actions import load_grounds, load_subjects  # noqa: PLC0415
    from loa.procedures.actions import load_online_levels  # noqa: PLC0415

    call_command("migrate", verbosity=0, interactive=False)
    load_calendar()
    load_rules()
    load_radio()
    load_legal_documents()
    load_online_levels()
    load_subjects()
    load_grounds()
    call_command("collectstatic", verbosity=0, interactive=False)


def serve(
    host: str, port: int, *, workers: int = 1, with_worker: bool = True, with_live: bool = True
) -> None:
    """Serve until interrupted: pages in threads, live streams beside them in the event loop (docs/adr/0009)."""
    if is_taken(host, port):
        raise SystemExit(
            f"Port {port} of {host} is in use. Stop what serves there, or choose another: --port"
        )
    worker = subprocess.Popen([sys.executable, "-m", "loa.cli.main", "worker"]) if with_worker else None
    try:
        if with_live:
            serve_live(host, port, workers=workers)
        else:
            serve_pages(host, port, workers=workers)
    finally:
        if worker:
            stop(worker)


def serve_pages(host: str, port: int, *, workers: int) -> None:
    """The site without streams: a live page asks every few seconds, unless a proxy sends /song/ to `loa live`."""
    from granian import Granian  # noqa: PLC0415  only here
    from granian.constants import Interfaces  # noqa: PLC0415

    Granian(
        "loa.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        workers_kill_timeout=KILL_SECONDS,
        log_enabled=False,
    ).serve()


def serve_live(host: str, port: int, *, workers: int) -> None:
    """The site with its streams. Open connections would hold a worker that ends: it is told to close them first."""
    from granian import Granian  # noqa: PLC0415
    from granian.constants import Interfaces  # noqa: PLC0415

    class Server(Granian):  # type: ignore[misc,valid-type]
        def signal_handler_interrupt(self, *args: Any, **kwargs: Any) -> None:
            end_streams()
            super().signal_handler_interrupt(*args, **kwargs)

        def signal_handler_reload(self, *args: Any, **kwargs: Any) -> None:
            end_streams()
            super().signal_handler_reload(*args, **kwargs)

    raise_file_limit()
    Server(
        "loa.config.asgi:application",
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        workers=workers,
        workers_kill_timeout=KILL_SECONDS,
        backlog=4096,
        backpressure=CONNECTIONS,  # else a worker takes 1,024 and lets the others wait
        websockets=False,
        log_enabled=False,
    ).serve()


def end_streams() -> None:
    """Tell the processes of this server; loa.core.live.app hears it."""
    for process in multiprocessing.active_children():
        if process.pid:
            os.kill(process.pid, signal.SIGUSR1)


def raise_file_limit() -> None:
    """Each stream is an open file; the usual limit of 1,024 is the shell's, not the machine's."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS + 1000
    allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < allowed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))


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
