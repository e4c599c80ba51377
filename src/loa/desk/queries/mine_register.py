"""What procedures and the radio desk bring to a desk: texts to write, approve or publish, scripts, proposals, files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from loa.campaigns.queries import scripts_waiting_for
from loa.directory.models import User
from loa.procedures.queries import (
    imports_waiting_for,
    proposals_waiting_for,
    versions_waiting_for,
)

SHOWN = 50
VERSION_KINDS = {"with_head": "version_to_approve", "approved": "version_to_publish"}  # else one to write


def register_items(user: User, hat: Any, make: Callable[..., Any]) -> Iterator[Any]:
    """Matters of procedures: "version_…" (due on the last day to publish), "proposal", "procedure_import". Three queries."""
    for version in versions_waiting_for(user)[:SHOWN]:
        kind = VERSION_KINDS.get(version.state, "version_to_write")
        agency = version.procedure.agency.name
        yield make(kind, version, version.name, version.staff_url, agency, version.decision, version.due_on)
    for row in proposals_waiting_for(user)[:SHOWN]:
        yield make(
            "proposal", row, row.content, row.get_absolute_url(), row.agency.name, row.plan.number, row.due_on
        )
    for file in imports_waiting_for(user)[:SHOWN]:
        yield make("procedure_import", file, file.file_name, file.get_absolute_url(), hat.agency.name)


def script_items(user: User, make: Callable[..., Any]) -> Iterator[Any]:
    """Matters of the kinds "script" and "script_to_approve", due on the day that a script is wanted for. One query."""
    for row in scripts_waiting_for(user)[:SHOWN]:
        kind = "script_to_approve" if row.state == "checked" else "script"
        yield make(kind, row, row.title, row.get_absolute_url(), row.agency.name, "", row.slot_on)
