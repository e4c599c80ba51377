"""A report as another system sent it, read and checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from loa.directory.models import Agency
from loa.feedback.actions import Identity
from loa.feedback.models import Subject


@dataclass(frozen=True, slots=True)
class Given:
    """One report as it was sent. `call_key` is what the system itself calls the sending."""

    subject: Subject
    description: str
    kind: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    place: str = ""
    commune: Agency | None = None
    identity: Identity = field(default_factory=Identity, repr=False)
    consents: dict[str, str] = field(default_factory=dict)
    device: str = ""
    call_key: str = ""
