"""The command `loa`. Each command lives in a module of its own and is imported only when it is called."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

# command -> module with `add_arguments(parser)` and `run(options) -> int`
COMMANDS = {
    "plan": ("loa.cli.plan", "read or import an issued plan"),
    "report": ("loa.cli.report", "build the report of a plan"),
    "deadline": ("loa.cli.deadline", "add working days to a date"),
    "demo": ("loa.cli.demo", "load the sample city with a living year and serve it"),
    "serve": ("loa.cli.serve", "serve the site"),
    "worker": ("loa.cli.worker", "run background jobs"),
    "clocks": ("loa.cli.clocks", "do what is due because time passed"),
    "backup": ("loa.cli.backup", "write database and files into one archive"),
    "restore": ("loa.cli.restore", "put an archive back"),
    "keys": ("loa.cli.keys", "check the keys of what is sealed, or seal all with the newest"),
    "nginx": ("loa.cli.nginx", "print the configuration of a web server in front of this installation"),
    "doctor": ("loa.cli.doctor", "say what is misconfigured and how to mend it"),
}


def start_django() -> None:
    """Load the settings and the apps; commands that need no database never come here."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loa.config.settings")
    import django  # noqa: PLC0415  only for commands with a database

    django.setup()


def main(argv: Sequence[str] | None = None) -> int:
    argv = list(sys.argv[1:] if argv is None else argv)
    if argv and argv[0] == "deadline":  # reads its own arguments: a date may look like an option
        return int(import_module(COMMANDS["deadline"][0]).run(argv[1:]))
    parser = argparse.ArgumentParser(prog="loa", description="Runs a government communication plan.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    chosen = argv[0] if argv and argv[0] in COMMANDS else None
    run: Callable[[argparse.Namespace], int] | None = None
    for name, (module_name, text) in COMMANDS.items():
        command = commands.add_parser(name, help=text, description=text)
        if name == chosen:
            module = import_module(module_name)
            module.add_arguments(command)
            run = module.run
    options = parser.parse_args(argv)
    try:
        return run(options) if run else 2
    except KeyboardInterrupt:
        return 130


def complain(text: str) -> None:
    """One sentence for a person, on standard error."""
    print(text, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
