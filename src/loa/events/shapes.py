"""What forms give and actions take: a line of the programme, a person who is named."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from loa.directory.models import NetworkMember, User

# what may still change once it is approved: none of it makes another gathering of it
LATER = (
    "place",
    "address",
    "stream_url",
    "capacity",
    "registration_opens_at",
    "registration_closes_at",
    "nominations_due_on",
    "chair_title",
    "questions_open_at",
    "certificate_share",
)


class Line(NamedTuple):
    """One line of the programme as it is typed."""

    starts_at: datetime
    title: str
    speaker: str = ""
    place: str = ""
    takes_attendance: bool = False


class Name(NamedTuple):
    """A person whom a body names."""

    name: str
    title: str = ""
    phone: str = ""
    email: str = ""
    account: User | None = None
    member: NetworkMember | None = None
    organisation: str = ""
