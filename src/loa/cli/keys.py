"""`loa keys`: the keys of what is sealed. `check` opens every value; `reseal` brings all to the first key."""

from __future__ import annotations

import argparse

from loa.cli.main import complain, start_django

SHOWN = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("act", choices=("check", "reseal", "new"))


def run(options: argparse.Namespace) -> int:
    if options.act == "new":
        return _new()
    start_django()
    from loa.core import sealing  # noqa: PLC0415  after the apps are loaded

    lost = sealing.unopened()
    if lost:
        complain(
            f"No key of LOA_FIELD_KEYS opens {len(lost)} rows. Put the older key back into the list. First:"
        )
        for row in lost[:SHOWN]:
            complain(f"  {row}")
        return 1
    if options.act == "reseal":
        rows, files = sealing.reseal(), sealing.reseal_files()
        print(f"{rows} rows and {files} files were sealed anew. All others had the first key already.")
    else:
        print("Every sealed value opens.")
    return 0


def _new() -> int:
    """A key to put before the others; nothing is changed."""
    from cryptography.fernet import Fernet  # noqa: PLC0415  only here

    print(Fernet.generate_key().decode())
    return 0
