"""`loa worker`: background jobs from the queue in the database, as many hosts as are wanted."""

import argparse

from loa.cli.main import start_django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--workers", type=int, help="processes on this host (default: LOA_WORKERS or 2)")


def run(options: argparse.Namespace) -> int:
    start_django()
    from django.conf import settings  # noqa: PLC0415  after the apps are loaded
    from django.core.management import call_command  # noqa: PLC0415
    from django_q.models import Schedule  # noqa: PLC0415

    Schedule.objects.update_or_create(
        name="clocks",
        defaults={"func": "loa.core.clocks.run_clocks", "schedule_type": Schedule.MINUTES, "minutes": 1},
    )
    if options.workers:
        settings.Q_CLUSTER["workers"] = options.workers
    call_command("qcluster")
    return 0
