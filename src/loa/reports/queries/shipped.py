"""What ships with the program about reports: outlines, words, windows. Dated data, never code."""

import json
from functools import cache
from importlib import resources
from typing import Any


@cache
def shipped() -> dict[str, Any]:
    text = resources.files("loa.reports").joinpath("data/templates.json").read_text(encoding="utf-8")
    return json.loads(text)
