"""`loa live`: a process for live streams alone, as many and on as many hosts as are wanted.

A proxy sends /song/ here and everything else to `loa serve --no-live` (`loa nginx --live` prints it). Processes hear
of news through Redis; without one each asks the database seven times a second, however many listen.
"""

from __future__ import annotations

import argparse

from loa.cli.main import start_django
from loa.cli.serve import is_taken, serve_live


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8001)
    parser.add_argument("--workers", type=int, default=1, help="processes; each holds its own listeners")


def run(options: argparse.Namespace) -> int:
    start_django()
    if is_taken(options.host, options.port):
        raise SystemExit(
            f"Port {options.port} of {options.host} is in use. Stop what serves there, or choose another: --port"
        )
    serve_live(options.host, options.port, workers=options.workers)
    return 0
