"""A PostgreSQL of a test's own, with everything on that keeps what was committed, to be killed and started again."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from soak.installation import SERVER, children_of, free_port

NAME = "soak"


def binaries():
    """The newest that is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    return found[-1] if found else Path(shutil.which("postgres") or "/none/postgres").resolve().parent


def lent():
    """Its programs refuse root: root lends the work to the user postgres."""
    if os.getuid():
        return {}
    account = pwd.getpwnam("postgres")
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


class Cluster:
    def __init__(self):
        self.folder, self.port = Path(tempfile.mkdtemp(prefix="soak-postgres-")), free_port()
        if lent():
            os.chown(self.folder, lent()["user"], lent()["group"])
        self._call("initdb", "-D", "db", "-U", "loa", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        self.start()

    def _command(self, name, *words):
        return {
            "args": [str(binaries() / name), *words],
            "cwd": self.folder,
            "env": {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
            **lent(),
        }

    def _call(self, name, *words):
        subprocess.run(**self._command(name, *words), check=True, stdout=subprocess.DEVNULL)

    def start(self):
        """Until it takes connections: after a kill it first reads again what its log holds."""
        options = (
            "-h",
            "127.0.0.1",
            "-p",
            str(self.port),
            "-k",
            str(self.folder),
            "-c",
            "max_connections=60",
        )
        end = time.monotonic() + 90
        while time.monotonic() < end:
            with (self.folder / "log").open("ab") as log:
                command = self._command("postgres", "-D", "db", *options)
                self.process = subprocess.Popen(**command, stdout=log, stderr=log, start_new_session=True)
            while self.process.poll() is None:
                with (
                    suppress(psycopg.OperationalError),
                    psycopg.connect(self.url("postgres"), connect_timeout=5),
                ):
                    return
                time.sleep(0.05)
            time.sleep(0.2)  # what is left of the one before has not gone yet
        raise AssertionError((self.folder / "log").read_text(encoding="utf-8")[-3000:])

    def kill(self):
        """-9, the server and each of its processes."""
        children = children_of(self.process.pid)
        for pid in (self.process.pid, *children):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait(30)

    def break_off(self):
        """As `pg_ctl -m immediate stop`: at once, without tidying up."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(60)

    def url(self, name=NAME):
        return f"postgres://loa@127.0.0.1:{self.port}/{name}"

    def copy(self, name):
        """A database of the test run's server, here."""
        self._call("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "loa", NAME)
        source = urlsplit(SERVER)._replace(path=f"/{name}").geturl()
        dump = subprocess.Popen([str(binaries() / "pg_dump"), "-d", source], stdout=subprocess.PIPE)
        words = [str(binaries() / "psql"), "-q", "-v", "ON_ERROR_STOP=1", "-d", self.url()]
        subprocess.run(words, stdin=dump.stdout, stdout=subprocess.DEVNULL, check=True)
        dump.stdout.close()
        assert dump.wait(60) == 0

    def end(self):
        if self.process.poll() is None:
            self.break_off()
        shutil.rmtree(self.folder)
