from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from loa.portal.models import SiteHome, Story

READERS = ("contributor", "editor", "approver", "head", "focal_point", "administrator")


def stories_read(user: Any, *, since: date | None, until: date | None) -> QuerySet[Story]:
    """The live stories that a person of the newsroom may see the readings of: the own agency's and its site's."""
    rows = Story.objects.live().select_related("agency")
    if user.hat is None or not user.hat.holds(*READERS):
        rows = rows.none()
    elif not user.hat.holds("administrator"):
        homes = SiteHome.objects.filter(agency=user.hat.agency)
        under = Q(agency=user.hat.agency)
        for path in homes.values_list("path", flat=True):
            under |= Q(path__startswith=path)
        rows = rows.filter(under)
    days = Q()
    if since:
        days &= Q(readings__on__gte=since)
    if until:
        days &= Q(readings__on__lte=until)
    return rows.annotate(read_count=Coalesce(Sum("readings__count", filter=days), 0)).order_by(
        "-read_count", "-pk"
    )
