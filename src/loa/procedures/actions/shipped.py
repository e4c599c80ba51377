"""Rows that come with the program: the levels of online service, each with the time it was in use."""

from __future__ import annotations

import json
from datetime import date
from importlib import resources

from loa.procedures.models import OnlineLevel


def load_online_levels() -> int:
    """Add the levels that ship and are not there yet; what is there stays as it is. Returns how many."""
    text = resources.files("loa.procedures").joinpath("data/online_levels.json").read_text(encoding="utf-8")
    known = set(OnlineLevel.objects.values_list("code", flat=True))
    rows = [
        OnlineLevel(
            **{
                **row,
                "valid_from": date.fromisoformat(row["valid_from"]),
                "valid_to": date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            }
        )
        for row in json.loads(text)
        if row["code"] not in known
    ]
    return len(OnlineLevel.objects.bulk_create(rows, ignore_conflicts=True))
