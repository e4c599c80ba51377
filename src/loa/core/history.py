"""History: append-only rows. "Time in state" and "answered in time" are computed from them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import QuerySet

from loa.core import clock
from loa.core.models import Entry


def record(
    obj: models.Model, action: str, *, by: Any, actor: str = "", note: str = "", data: dict[str, Any] | None = None
) -> Entry:
    """Append one row. `action` is "<noun>.<verb>"; `data` is JSON-ready."""
    return Entry.objects.create(
        content_type=ContentType.objects.get_for_model(obj),
        object_id=obj.pk,
        action=action,
        by=by,
        actor=actor,
        hat=getattr(by, "hat_code", "") if by else "",
        note=note,
        data=data or {},
        at=clock.now(),
    )


def entries_of(objects: Iterable[models.Model]) -> QuerySet[Entry]:
    """The history of some objects of any kinds, newest first."""
    wanted = models.Q(pk__in=[])
    by_type: dict[type[models.Model], list[int]] = {}
    for obj in objects:
        by_type.setdefault(type(obj), []).append(obj.pk)
    for model, keys in by_type.items():
        wanted |= models.Q(content_type=ContentType.objects.get_for_model(model), object_id__in=keys)
    return Entry.objects.filter(wanted).select_related("by").order_by("-at", "-pk")
