"""How much a child process may use, set by itself before it loads any library.

Reads: seconds of the processor, megabytes of memory. Writes: the limits of this process.
"""

from __future__ import annotations

import resource

MEGABYTE = 1024 * 1024
_MAPPED_MEGABYTES = 256  # shared libraries are mapped, hardly resident


def bind(seconds: int | None, megabytes: int | None) -> None:
    if seconds:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    if megabytes:
        # Private writable memory is what a reader fills; the address space also counts
        # the libraries' files.
        _lower(resource.RLIMIT_DATA, megabytes * MEGABYTE)
        _lower(resource.RLIMIT_AS, (megabytes + _MAPPED_MEGABYTES) * MEGABYTE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _lower(kind: int, limit: int) -> None:
    _, hard = resource.getrlimit(kind)
    most = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    resource.setrlimit(kind, (most, most))
