"""A real server with topics of its own, for tests and benches: `python live_server.py PORT [PROCESSES]`."""

import os
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1])]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loa.config.settings")

import django  # noqa: E402

if __name__ == "__main__":
    django.setup()
    from django.db import connections

    from core.live_scene import register
    from loa.cli.serve import serve_live

    register()  # the processes are forked: what is registered here is known there
    connections.close_all()
    serve_live("127.0.0.1", int(sys.argv[1]), workers=int(sys.argv[2]) if len(sys.argv) > 2 else 1)
