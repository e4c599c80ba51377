"""Files that a body was importing pass to its successor; what it registered stays under its old name."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from loa.core import history
from loa.core.handover import Moved
from loa.directory.models import Agency, User
from loa.documents.models import Reading

OPEN_STATES = ("queued", "reading", "read", "failed")


def hand_over_readings(
    predecessor: Agency, successor: Agency, *, on: date, decision: str, by: User | None
) -> list[Moved]:
    """Files read or waiting to be read. The same file waits once in a body."""
    rows = list(Reading.objects.filter(agency=predecessor, state__in=OPEN_STATES).order_by("pk"))
    live = Reading.objects.filter(agency=successor).exclude(state__in=("dropped", "failed"))
    known = set(live.values_list("sha256", flat=True))
    kind = _("Document to confirm")
    found = []
    for row in rows:
        if row.sha256 in known and row.state != "failed":
            why_not = _("The successor is importing the same file.")
            found.append(Moved(kind, row.file_name, row.get_absolute_url(), why_not=why_not))
            continue
        Reading.objects.filter(pk=row.pk).update(agency=successor)
        data = {"from_agency": predecessor.code, "to_agency": successor.code, "on": on.isoformat()}
        note = f"{predecessor.name} → {successor.name}. {decision}"
        history.record(row, "reading.hand_over", by=by, actor="" if by else "clock", note=note, data=data)
        found.append(Moved(kind, row.file_name, row.get_absolute_url()))
    return found
