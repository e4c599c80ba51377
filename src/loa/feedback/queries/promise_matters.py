"""What was promised aloud is due on a day: what the ladder of reminders climbs for."""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, F, QuerySet, TextField, Value
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from loa.channels.queries import Matter, MatterSource
from loa.feedback.models import Promise
from loa.feedback.queries.dialogue import promises_visible_to
from loa.plans.states import OPEN_ASSIGNMENT_STATES

KIND = "promise"


def _rows() -> QuerySet[Promise]:
    rows = Promise.objects.exclude(state="withdrawn").select_related("agency__parent", "event")
    return rows.annotate(
        due=F("due_on"),
        is_before=Value(value=False, output_field=BooleanField()),
        since=TruncDate("made_at"),
        answered=Value("", output_field=TextField()),
    )


def _open_rows() -> QuerySet[Promise]:
    """What runs as work of a plan is reminded of there."""
    return _rows().filter(state="open").exclude(assignment__state__in=OPEN_ASSIGNMENT_STATES)


def _matter(row: Any) -> Matter:
    return Matter(
        obj=row,
        kind=KIND,
        title=row.words,
        url=row.get_absolute_url(),
        agency=row.agency,
        asker_id=row.event.agency_id,
        due_on=row.due,
        officer_id=None,
        leader_id=row.agency.parent_id,
        context=row.event.title,
    )


def _visible_to(user: Any, rows: QuerySet) -> QuerySet:
    return rows.filter(pk__in=promises_visible_to(user).order_by().values("pk"))


def _list_url() -> str:
    return f"{reverse('feedback:promise_list')}?state=open"


PROMISE_MATTERS = (
    MatterSource(
        kind=KIND,
        label=_("Promise made in a dialogue"),
        rows=_rows,
        open_rows=_open_rows,
        matter=_matter,
        visible_to=_visible_to,
        overseen_by=_visible_to,
        agency_field="agency",
        list_url=_list_url,
    ),
)
