"""`loa clocks`: everything that is due because time passed, once; safe to run twice. Exit 1 where one failed."""

import argparse
import sys

from loa.cli.main import start_django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    del parser


def run(options: argparse.Namespace) -> int:
    del options
    start_django()
    from loa.core.clocks import failing_clocks, run_clocks  # noqa: PLC0415  after the apps are loaded

    for name, count in run_clocks().items():
        print(f"{name}: {count}")
    failing = failing_clocks()
    for each in failing:
        print(f"{each.name}: {each.error}", file=sys.stderr)
    return 1 if failing else 0
