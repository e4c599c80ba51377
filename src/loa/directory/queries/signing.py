"""Whose title, and whose name, stands under a paper."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from loa.directory.models import Agency, Membership, User, in_force


def head_signature(agency: Agency, day: date) -> dict[str, Any]:
    """The place for the head's signature, by the title of the office; no name before somebody signs."""
    heads = Membership.objects.filter(in_force(day), agency=agency, role=Membership.Role.HEAD)
    head = heads.exclude(title="").first()
    return _signature(agency, title=head.title if head else _usual_title(agency), name="")


def named_head_signature(agency: Agency, day: date) -> dict[str, Any]:
    """For what is printed to be signed by hand: with the head's name, where one person alone is head that day."""
    names = User.objects.filter(
        pk__in=Membership.objects.filter(in_force(day), agency=agency, role=Membership.Role.HEAD).values(
            "user"
        )
    ).values_list("full_name", flat=True)[:2]
    return head_signature(agency, day) | {"name": names[0] if len(names) == 1 else ""}


def signature_of(user: User, agency: Agency) -> dict[str, Any]:
    """Of the person who approves: the head, or who stands in for the head."""
    hat = user.hat
    own = hat.title if hat and hat.agency.pk == agency.pk else ""
    if hat is None or hat.acting_for is None:
        return _signature(agency, title=own or _usual_title(agency), name=user.full_name)
    head = _usual_title(agency)
    return {
        "title": (own or _words()["acting_title"].format(title=head)).upper(),
        "authority": [*_authority(agency), _words()["authority_acting"].format(title=head)],
        "name": user.full_name,
    }


def _signature(agency: Agency, *, title: str, name: str) -> dict[str, Any]:
    return {"title": title.upper(), "authority": _authority(agency), "name": name}


def _usual_title(agency: Agency) -> str:
    titles = _words()["head_title"]
    return titles.get(agency.kind, titles["other"])


def _authority(agency: Agency) -> list[str]:
    line = _words()["authority"].get(agency.kind)
    return [line] if line else []


@cache
def _words() -> dict[str, Any]:
    text = resources.files("loa.directory").joinpath("data/signing.json").read_text(encoding="utf-8")
    words: dict[str, Any] = json.loads(text)
    return words
