"""`loa worker`: background jobs from the queue in the database, as many hosts as are wanted.

Two processes: the cluster of the queue's engine runs in a session of its own, this one minds it. A signal to the
whole group (Ctrl-C, `timeout`, a service manager) would otherwise end the cluster's guard while its parent still
waits for the guard's answer, and that wait never ends.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
import time
from types import FrameType

from loa.cli.main import start_django

GRACE = 15  # seconds for the jobs in hand; one that is ended is given to another worker later


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--workers", type=int, help="processes on this host (default: LOA_WORKERS or 2)")


def run(options: argparse.Namespace) -> int:
    start_django()
    _prepare()
    lifeline, held = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(held)
        os.setsid()
        return _work(options.workers, lifeline)
    os.close(lifeline)
    return _mind(child)


def _prepare() -> None:
    from django.db import connections  # noqa: PLC0415  after the apps are loaded

    from loa.core.clocks import schedule_clocks  # noqa: PLC0415

    schedule_clocks()
    connections.close_all()  # a connection is not shared with a child


def _work(workers: int | None, lifeline: int) -> int:
    """The cluster, until it is stopped (0) or its guard is gone (1). When the minder dies, however it dies, the lifeline ends and the whole group with it."""
    from django_q.cluster import Cluster  # noqa: PLC0415
    from django_q.conf import Conf  # noqa: PLC0415

    if workers:
        Conf.WORKERS = workers
    cluster = Cluster()
    cluster.start()
    threading.Thread(target=_watch, args=(lifeline,), daemon=True).start()
    while not cluster.has_stopped and cluster.sentinel.is_alive():
        time.sleep(0.2)
    return 0 if cluster.has_stopped else 1


def _watch(lifeline: int) -> None:
    os.read(lifeline, 1)  # returns when no one holds the other end
    os.killpg(0, signal.SIGKILL)


def _mind(child: int) -> int:
    """Wait for the cluster; asked to stop, ask it, and end its whole group where it does not."""
    asked_at: list[float] = []

    def ask(_number: int, _frame: FrameType | None) -> None:
        if not asked_at:
            asked_at.append(time.monotonic())
            _tell(child, signal.SIGTERM)

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            _end_group(child)
            return os.waitstatus_to_exitcode(status) if not asked_at else 0
        if asked_at and time.monotonic() - asked_at[0] > GRACE:
            print("loa worker: ending jobs that do not stop", file=sys.stderr)
            _end_group(child)
        time.sleep(0.2)


def _tell(process: int, number: signal.Signals) -> None:
    try:
        os.kill(process, number)
    except ProcessLookupError:
        return


def _end_group(leader: int) -> None:
    try:
        os.killpg(leader, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return
