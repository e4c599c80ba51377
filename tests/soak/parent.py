"""The process from which those of an installation are forked: the program is read in once, and a kill costs no start.

Reads a line of JSON for each process to start, writes one when a process has begun and one when it has ended. When
nobody writes to it any more it ends, and everything it has started with it.
"""

import json
import os
import select
import signal
import socket
import sys
import threading
import traceback

BEFORE = (
    "loa.config.urls",
    "loa.cli.serve",
    "loa.cli.worker",
    "loa.demo.sample_plan",
    "granian",
    "django_q.cluster",
)


def prepare():
    from importlib import import_module

    import django

    django.setup()
    for name in BEFORE:
        import_module(name)
    from django.db import connections
    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018  read in by looking
    connections.close_all()
    if threading.active_count() != 1:
        raise SystemExit(f"a process with threads cannot be forked: {threading.enumerate()}")


def watch():
    wakes, woken = socket.socketpair()
    for end in (wakes, woken):
        end.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_event: None)
    signal.set_wakeup_fd(wakes.fileno())
    say(ready=True)
    running, left = set(), b""
    while True:
        ready, _, _ = select.select([0, woken], [], [])
        if woken in ready:
            woken.recv(4096)
            while (ended := reap()) is not None:
                running.discard(ended[0])
                say(ended=ended[0], status=os.waitstatus_to_exitcode(ended[1]))
        if 0 in ready:
            came = os.read(0, 1 << 20)
            if not came:
                break
            *lines, left = (left + came).split(b"\n")
            for line in lines:
                wanted = json.loads(line)
                pid = os.fork()
                if pid == 0:
                    become(wanted, (wakes, woken))
                running.add(pid)
                say(started=wanted["number"], pid=pid)
    signal.set_wakeup_fd(-1)
    for pid in running:
        os.killpg(pid, signal.SIGKILL)


def say(**facts):
    os.write(1, json.dumps(facts).encode() + b"\n")


def reap():
    try:
        pid, status = os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return None
    return (pid, status) if pid else None


def become(wanted, ends):
    """The child: the program, then gone without a word of the parent's."""
    os.setsid()
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for end in ends:
        end.close()
    for number, path in ((0, os.devnull), (1, wanted["output"]), (2, wanted["errors"])):
        held = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(held, number)
        os.close(held)
    status = 1
    try:
        exec(compile(wanted["program"], "<soak>", "exec"), {"__name__": "soak_program"})
        status = 0
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else 1
        if isinstance(ended.code, str):
            sys.stderr.write(f"{ended.code}\n")
    except BaseException:  # noqa: BLE001  told, then it ends
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    prepare()
    watch()
