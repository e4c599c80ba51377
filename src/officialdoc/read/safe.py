"""Reading a stranger's file in a process of its own, with a bound on time and memory.

Reads: a path. Writes: the plan as JSON-ready dict (`as_json`), or one
`UnreadableDocumentError`. The file is read by `python -m officialdoc.read`, so whatever
it does to a parser it does there.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from officialdoc.model import UnreadableDocumentError
from officialdoc.read.formats.refusals import refusal

_UNREADABLE = 2
# How a native library dies when it gets no more memory.
_OUT_OF_MEMORY = (-signal.SIGKILL, -signal.SIGABRT, -signal.SIGTRAP, -signal.SIGILL)


def read_bounded(path: str | os.PathLike[str], *, seconds: int = 20, megabytes: int = 512) -> dict[str, Any]:
    """What `as_json.plan_json` says of the file; never longer than `seconds` of the clock,
    never more than `megabytes` of memory.
    """
    done = _run(["officialdoc.read", "--refusal-json"], path, seconds, megabytes)
    if done.returncode == 0:
        plan: dict[str, Any] = json.loads(done.stdout)
        return plan
    raise _refusal_of(done, seconds, megabytes)


def look_bounded(path: str | os.PathLike[str], *, seconds: int = 20, megabytes: int = 512) -> dict[str, Any]:
    """What `look` sees of a .pdf: its pages, the first one as a picture, its text; bounded as above."""
    done = _run(["officialdoc.read.look"], path, seconds, megabytes)
    if done.returncode == 0:
        seen: dict[str, Any] = json.loads(done.stdout)
        return seen
    raise _refusal_of(done, seconds, megabytes)


def _run(
    module: list[str], path: str | os.PathLike[str], seconds: int, megabytes: int
) -> subprocess.CompletedProcess[bytes]:
    command = [
        *(sys.executable, "-m", *module),
        *("--seconds", str(seconds), "--megabytes", str(megabytes), "--", str(Path(path))),
    ]
    try:
        return subprocess.run(  # noqa: S603  our own interpreter and module; the path is an argument
            command, capture_output=True, timeout=seconds, check=False, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired as error:
        raise refusal("too_slow", seconds=seconds) from error


def _refusal_of(
    done: subprocess.CompletedProcess[bytes], seconds: int, megabytes: int
) -> UnreadableDocumentError:
    if done.returncode == -signal.SIGXCPU:
        return refusal("too_slow", seconds=seconds)
    if done.returncode in _OUT_OF_MEMORY or b"MemoryError" in done.stderr[-2000:]:
        return refusal("too_big", megabytes=megabytes)
    if done.returncode == _UNREADABLE and done.stdout.startswith(b"{"):
        said = json.loads(done.stdout)
        return UnreadableDocumentError(said["code"], vi=said["vi"], en=said["en"])
    return refusal("broken")
