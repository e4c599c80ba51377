"""`loa clocks`: everything that is due because time passed, once; safe to run twice."""

import argparse

from loa.cli.main import start_django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    del parser


def run(options: argparse.Namespace) -> int:
    del options
    start_django()
    from loa.core.clocks import run_clocks  # noqa: PLC0415  after the apps are loaded

    for name, count in run_clocks().items():
        print(f"{name}: {count}")
    return 0
