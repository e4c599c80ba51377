"""Keys of other systems: which there are, and which is good today."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from loa.api.models import ApiKey
from loa.core import clock
from loa.directory.models import Membership, User, in_force

KEEPERS = ("officer", "focal_point", "clerk")


def digest_of(key: str) -> str:
    """What is kept of a key. It holds 256 random bits: nobody can try them out, so a plain digest is enough."""
    return hashlib.sha256(key.encode()).hexdigest()


def keys_visible_to(user: Any) -> QuerySet[ApiKey]:
    """The administrator's list."""
    hat = getattr(user, "hat", None)
    rows = ApiKey.objects.select_related("agency", "keeper")
    return rows if hat and hat.holds("administrator") else rows.none()


def good_key(key: str) -> ApiKey | None:
    """The key that opens something today, its keeper wearing the agency's hat."""
    found = ApiKey.objects.select_related("agency", "keeper").filter(digest=digest_of(key)).first()
    if found is None or not found.is_good_on(clock.today()):
        return None
    if not found.keeper.is_active or not found.keeper.wear(found.agency_id):
        return None
    return found


def keepers_of(day: date) -> QuerySet[User]:
    """Who may answer for a system: works in some agency today. Heads do not: they decide on what a key drafts."""
    works = Membership.objects.filter(in_force(day), user=OuterRef("pk"), role__in=KEEPERS)
    return User.objects.filter(Exists(works), is_active=True).order_by("sort_name")
