"""A plan's paper goes in by the path the pages take."""

from __future__ import annotations

from loa.demo.city import data
from loa.demo.year import Cast
from loa.directory.models import Agency
from loa.plans.actions import imports
from loa.plans.models import Plan


def take_in(content: bytes, name: str, *, cast: Cast) -> Plan:
    """Read, look at what is unresolved, confirm, issue."""
    coordinator = Agency.objects.get(code=data("people.json")["logins"][0]["agency"])
    reading = imports.import_file(content, name, agency=coordinator)
    if unresolved := imports.unresolved_fields(reading):
        raise LookupError(f"{name} has unresolved fields: {unresolved}")
    return imports.confirm_reading(reading, by=cast.of(coordinator, "focal_point"))
