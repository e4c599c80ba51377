"""Write docs/flows.md from the state tables, so that the page never differs from the code."""

import importlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import django
from django.utils import translation

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs/flows.md"
APPS = (
    "documents",
    "plans",
    "procedures",
    "budgets",
    "campaigns",
    "events",
    "feedback",
    "reports",
    "channels",
    "portal",
    "desk",
    "api",
)


def lines() -> Iterator[str]:
    from loa.core.workflow import Flow  # noqa: PLC0415  after the apps are loaded

    yield "# Flows\n"
    yield "Written by `scripts/flows.py` from the `states.py` of each app; do not edit by hand.\n"
    yield "A step marked * needs a reason. Permissions are predicates in the app's `rules.py`.\n"
    for app in APPS:
        states = importlib.import_module(f"loa.{app}.states")
        for flow in (value for value in vars(states).values() if isinstance(value, Flow)):
            yield f"## {app}: {flow.noun}\n"
            yield "States: " + " · ".join(f"`{name}` {label}" for name, label in flow.states.items()) + "\n"
            yield "| step | from | to | permission |\n|---|---|---|---|"
            for step in flow.steps:
                mark = " *" if step.needs_note else ""
                sources = ", ".join(f"`{source}`" for source in step.sources)
                yield f"| {step.label}{mark} (`{step.name}`) | {sources} | `{step.target}` | `{step.permission}` |"
            yield ""


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loa.config.settings")
    django.setup()
    with translation.override("en"):
        text = "\n".join(lines()).rstrip() + "\n"
    if "--check" in sys.argv:
        return 0 if TARGET.read_text(encoding="utf-8") == text else 1
    TARGET.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
