from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import QuerySet

from loa.channels.models import Delivery, Outlet
from loa.core.access import permits

POSTERS = ("focal_point", "head", "clerk")


@dataclass(frozen=True, slots=True, eq=False)
class Announceable:
    """A kind of thing that may be announced on outlets."""

    kind: str
    label: Any  # lazy
    visible_to: Callable[[Any], QuerySet]  # what a person may see and announce
    permission: str  # asked of the object
    draft: Callable[[Any], tuple[str, str]]  # title and text that a person then edits


_kinds: dict[str, Announceable] = {}


def register_announceable(*found: Announceable) -> None:
    """Called once from an app's `ready`."""
    for each in found:
        _kinds[each.kind] = each


def announceable_called(kind: str) -> Announceable | None:
    return _kinds.get(kind)


def outlets_visible_to(user: Any) -> QuerySet[Outlet]:
    return Outlet.objects.all() if permits(user, "channels.manage_outlets") else Outlet.objects.none()


def outlets_open() -> QuerySet[Outlet]:
    return Outlet.objects.filter(is_active=True)


def posts_visible_to(user: Any) -> QuerySet[Delivery]:
    """Sendings of posts: of one's own agency; the administrator sees all."""
    rows = Delivery.objects.filter(post__isnull=False).select_related("post__agency", "post__by", "outlet")
    if permits(user, "channels.manage_outlets"):
        return rows
    hat = user.hat
    return rows.filter(post__agency=hat.agency) if hat and hat.holds(*POSTERS) else rows.none()


def posts_about(obj: models.Model) -> QuerySet[Delivery]:
    kind = ContentType.objects.get_for_model(obj)
    rows = Delivery.objects.filter(post__content_type=kind, post__object_id=obj.pk)
    return rows.select_related("post", "outlet").order_by("outlet__name")
