"""A worker ends when it is asked to, whoever gets the signal, and leaves nobody behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from fresh_database import copy_file

PROCESSES = Path("/proc")
LONG = 60  # seconds until a worker counts as one that does not end


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    """The environment of an installation of its own."""
    env = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    folder = tmp_path_factory.mktemp("loa")
    copy_file(folder / "loa.sqlite3")
    return env | {"LOA_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "loa.config.settings"}


@pytest.fixture
def worker(installation):
    started = subprocess.Popen(
        [sys.executable, "-m", "loa.cli.main", "worker"], env=installation, start_new_session=True
    )
    wait_until(lambda: len(children_of(started.pid)) == 1 and grandchildren_of(started.pid))
    yield started
    if started.poll() is None:
        started.kill()
        started.wait()


def children_of(pid):
    """Processes started by one."""
    return [
        int(each.name)
        for each in PROCESSES.iterdir()
        if each.name.isdecimal() and parent_of(each.name) == pid
    ]


def parent_of(name):
    return int((status_of(name) or ["", "0"])[1])


def status_of(name):
    """State, parent and more of a process, or nothing where it is gone."""
    try:
        return (PROCESSES / str(name) / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def grandchildren_of(pid):
    """The queue's guard and what it keeps."""
    guards = [guard for child in children_of(pid) for guard in children_of(child)]
    return guards + [each for guard in guards for each in children_of(guard)]


def is_there(pid):
    return (status_of(pid) or ["Z"])[0] != "Z"


def wait_until(happened, seconds=LONG):
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.1)


@pytest.mark.slow
@pytest.mark.parametrize("to_group", [False, True])
def test_worker_ends_when_asked(worker, to_group):
    others = children_of(worker.pid) + grandchildren_of(worker.pid)

    (os.killpg if to_group else os.kill)(worker.pid, signal.SIGTERM)

    assert worker.wait(timeout=LONG) == 0
    assert [pid for pid in others if is_there(pid)] == []


@pytest.mark.slow
def test_killed_worker_leaves_nobody_behind(worker):
    others = children_of(worker.pid) + grandchildren_of(worker.pid)

    worker.kill()
    worker.wait(timeout=LONG)

    wait_until(lambda: not any(is_there(pid) for pid in others))


@pytest.mark.slow
def test_worker_ends_although_its_guard_does_not_answer(worker):
    for pid in grandchildren_of(worker.pid):
        os.kill(pid, signal.SIGSTOP)

    worker.terminate()

    assert worker.wait(timeout=LONG) == 0
