"""A decision that is signed must be published within its time: what the ladder of reminders climbs for."""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, F, QuerySet, TextField, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from loa.channels.queries import Matter, MatterSource
from loa.directory.models import Agency
from loa.procedures.models import ProcedureVersion
from loa.procedures.queries.visible import versions_visible_to
from loa.procedures.states import OPEN_STATES

KIND = "publication"


def _rows() -> QuerySet[ProcedureVersion]:
    rows = ProcedureVersion.objects.filter(due_on__isnull=False).exclude(state="dropped")
    return rows.select_related("procedure__agency__parent").annotate(
        due=F("due_on"),
        is_before=Value(value=False, output_field=BooleanField()),
        since=F("decided_on"),
        answered=Value("", output_field=TextField()),
    )


def unpublished_versions() -> QuerySet[ProcedureVersion]:
    """Announced by a decision and not yet to be read by anybody."""
    return _rows().filter(state__in=OPEN_STATES)


def _matter(row: Any) -> Matter:
    agency: Agency = row.procedure.agency
    return Matter(
        obj=row,
        kind=KIND,
        title=row.name,
        url=row.staff_url,
        agency=agency,
        asker_id=None,
        due_on=row.due,
        officer_id=row.written_by_id,
        leader_id=agency.parent_id,
        context=row.decision,
    )


def _visible_to(user: Any, rows: QuerySet) -> QuerySet:
    return rows.filter(pk__in=versions_visible_to(user).order_by().values("pk"))


def _list_url() -> str:
    return f"{reverse('procedures:procedure_list')}?work=open"


MATTERS = (
    MatterSource(
        kind=KIND,
        label=_("Publication of a procedure"),
        rows=_rows,
        open_rows=unpublished_versions,
        matter=_matter,
        visible_to=_visible_to,
        overseen_by=_visible_to,
        agency_field="procedure__agency",
        list_url=_list_url,
    ),
)
