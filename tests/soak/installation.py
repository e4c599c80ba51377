"""An installation of Loa on a data directory of its own, whose processes can be killed at any instant."""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

from fresh_database import copy_database, copy_file

SERVER = os.environ.get("DATABASE_URL", "")
IS_POSTGRES = SERVER.startswith("postgres")
TESTS = Path(__file__).resolve().parents[1]
WORKER = """
import argparse
from loa.cli.worker import run
raise SystemExit(run(argparse.Namespace(workers=None)))
"""
SITE = """
from loa.cli.serve import serve
serve("127.0.0.1", {port}, with_worker=False)
"""


class Installation:
    """Starts processes of Loa, all forked from one that has read the program in (soak.parent)."""

    def __init__(self, folder, database="", **variables):
        kept = {
            key: value
            for key, value in os.environ.items()
            if key not in ("DATABASE_URL", "LOA_TODAY", "REDIS_URL")
        }
        self.folder, self.count = Path(folder), 0
        self._news = threading.Condition()
        self._started, self._ended = {}, {}
        self._parent = subprocess.Popen(
            [sys.executable, str(TESTS / "soak" / "parent.py")],
            env={
                **kept,
                **({"DATABASE_URL": database} if database else {}),
                "LOA_DATA_DIR": str(folder),
                "DJANGO_SETTINGS_MODULE": "soak.settings",
                "PYTHONPATH": os.pathsep.join(filter(None, [str(TESTS), os.environ.get("PYTHONPATH", "")])),
                **variables,
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self._parent.stdout.readline(), "the program does not start"
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        for line in self._parent.stdout:
            told = json.loads(line)
            with self._news:
                if "started" in told:
                    self._started[told["started"]] = told["pid"]
                else:
                    self._ended[told["ended"]] = told["status"]
                self._news.notify_all()

    def start(self, program):
        with self._news:
            self.count += 1
            number = self.count
            child = Child(self, self.folder / f"{number}.out", self.folder / f"{number}.err")
            wanted = {
                "number": number,
                "program": program,
                "output": str(child.output),
                "errors": str(child.errors),
            }
            self._parent.stdin.write(json.dumps(wanted).encode() + b"\n")
            self._parent.stdin.flush()
            assert self._news.wait_for(lambda: number in self._started, 60)
            child.pid = self._started[number]
        return child

    def run(self, program, seconds=600):
        """What a program prints. The time is that of a hang, not of a busy machine."""
        child = self.start(program)
        assert child.wait(seconds) == 0, child.errors.read_text(encoding="utf-8")
        return child.output.read_text(encoding="utf-8")

    def run_and_kill(self, program, after):
        child = self.start(program)
        time.sleep(after)
        child.kill()

    def start_worker(self):
        return self.start(WORKER)

    def start_site(self, port):
        return self.start(SITE.format(port=port))

    def wait_for(self, pid, seconds):
        with self._news:
            assert self._news.wait_for(lambda: pid in self._ended, seconds), f"{pid} does not end"
            return self._ended[pid]

    def has_ended(self, pid):
        return pid in self._ended

    def end(self):
        """Ends what is left: the parent ends its children when nobody speaks to it any more."""
        self._parent.stdin.close()
        self._parent.wait(60)
        self._parent.stdout.close()


class Child:
    """A process in a session of its own, with what it printed."""

    def __init__(self, installation, output, errors):
        self.installation, self.output, self.errors, self.pid = installation, output, errors, 0

    def wait(self, seconds):
        return self.installation.wait_for(self.pid, seconds)

    @property
    def is_running(self):
        return not self.installation.has_ended(self.pid)

    def kill(self):
        """With all that belongs to it, at once."""
        for group in (self.pid, *children_of(self.pid)):
            try:
                os.killpg(group, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.wait(60)

    def stop(self):
        """As whoever runs it asks it to end."""
        if self.is_running:
            os.kill(self.pid, signal.SIGTERM)
            self.wait(60)


def children_of(pid):
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    return [int(word) for word in listed.stdout.split()]


class own_database:  # noqa: N801  reads as what it is
    """On PostgreSQL a database of its own on the server of this test run; on SQLite a file."""

    def __init__(self, folder):
        self.file = Path(folder) / "loa.sqlite3"

    def __enter__(self):
        if not IS_POSTGRES:
            copy_file(self.file)
            return ""
        self.name = f"soak_{secrets.token_hex(4)}"
        copy_database(self.name)
        return urlsplit(SERVER)._replace(path=f"/{self.name}").geturl()

    def __exit__(self, *_error):
        if IS_POSTGRES:
            import psycopg

            with psycopg.connect(SERVER, autocommit=True) as connection:
                connection.execute(f"DROP DATABASE {self.name} WITH (FORCE)")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port):
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0
