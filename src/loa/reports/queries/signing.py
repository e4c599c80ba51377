"""Whose title, and whose name, stands under a paper."""

from __future__ import annotations

from datetime import date
from typing import Any

from loa.directory.models import Agency, Membership, User, in_force


def head_signature(agency: Agency, wording: dict[str, Any], day: date) -> dict[str, Any]:
    """The place for the head's signature, by the title of the office; no name before somebody signs."""
    heads = Membership.objects.filter(in_force(day), agency=agency, role=Membership.Role.HEAD)
    head = heads.exclude(title="").first()
    return _signature(agency, wording, title=head.title if head else _usual_title(agency, wording), name="")


def signature_of(user: User, agency: Agency, wording: dict[str, Any]) -> dict[str, Any]:
    """Of the person who approves: the head, or who stands in for the head."""
    hat = user.hat
    own = hat.title if hat and hat.agency.pk == agency.pk else ""
    if hat is None or hat.acting_for is None:
        return _signature(agency, wording, title=own or _usual_title(agency, wording), name=user.full_name)
    head = _usual_title(agency, wording)
    return {
        "title": (own or wording["acting_title"].format(title=head)).upper(),
        "authority": [*_authority(agency, wording), wording["authority_acting"].format(title=head)],
        "name": user.full_name,
    }


def _signature(agency: Agency, wording: dict[str, Any], *, title: str, name: str) -> dict[str, Any]:
    return {"title": title.upper(), "authority": _authority(agency, wording), "name": name}


def _usual_title(agency: Agency, wording: dict[str, Any]) -> str:
    titles = wording["head_title"]
    return titles.get(agency.kind, titles["other"])


def _authority(agency: Agency, wording: dict[str, Any]) -> list[str]:
    line = wording["authority"].get(agency.kind)
    return [line] if line else []
