"""What of a case can be owed: each of its clocks, and the part of a joint answer. The ladder climbs for them."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import BooleanField, F, Q, QuerySet, TextField, Value
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from loa.channels.queries import Matter, MatterSource
from loa.directory.queries import itself_and_predecessors
from loa.feedback.models import CaseClock, CaseShare
from loa.feedback.queries.visible import cases_visible_to
from loa.feedback.rules import READERS
from loa.feedback.states import AGENCY_STATES

NEVER_BEFORE = Value(value=False, output_field=BooleanField())
LABELS = {
    "classify": _("Case to classify"),
    "transfer": _("Case to transfer"),
    "answer": _("Case to answer"),
    "update": _("Case whose sender is to be informed of progress"),
    "result": _("Answer to send"),
    "publication": _("Answer to publish"),
}
OF_AGENCY = ("answer", "update")  # owed by the agency that has the case, the others by the intake
_RELATED = ("case__agency__parent", "case__intake__parent")


def _owner(kind: str) -> str:
    return "case__agency" if kind in OF_AGENCY else "case__intake"


def _rows(kind: str) -> QuerySet[CaseClock]:
    rows = CaseClock.objects.filter(kind=kind, is_void=False, **{f"{_owner(kind)}__isnull": False})
    rows = rows.exclude(case__state="isolated").select_related(*_RELATED)
    return rows.annotate(
        due=F("due_on"),
        is_before=NEVER_BEFORE,
        since=F("start_on"),
        answered=Value("", output_field=TextField()),
    )


def _open_rows(kind: str) -> QuerySet[CaseClock]:
    """Running; while the asker is awaited a clock stands still, unless it was over by then."""
    held = Q(case__waiting_since__isnull=False, due_on__gte=F("case__waiting_since"))
    return _rows(kind).filter(stopped_on__isnull=True).exclude(held)


def _matter(kind: str, row: Any) -> Matter:
    case = row.case
    is_of_agency = kind in OF_AGENCY
    agency = case.agency if is_of_agency else case.intake
    return Matter(
        obj=row,
        kind=f"case_{kind}",
        title=case.title,
        url=case.get_absolute_url(),
        agency=agency,
        asker_id=case.intake_id if is_of_agency and case.intake_id != agency.pk else None,
        due_on=row.due,
        officer_id=case.officer_id if is_of_agency else None,
        leader_id=agency.parent_id,
        context=case.code,
    )


def _visible_to(user: Any, rows: QuerySet) -> QuerySet:
    return rows.filter(case__in=cases_visible_to(user).order_by())


def _overseen_by(user: Any, rows: QuerySet) -> QuerySet:
    """Who owes it and who follows it up; the leadership of the city oversees all."""
    hat = getattr(user, "hat", None)
    if hat is None or not hat.holds(*READERS):
        return rows.none()
    if hat.holds("leader"):
        return _visible_to(user, rows)
    own = itself_and_predecessors(hat.agency)
    return _visible_to(user, rows).filter(Q(case__agency__in=own) | Q(case__intake__in=own))


def _list_url() -> str:
    return reverse("feedback:case_list_agency")


def _source(kind: str) -> MatterSource:
    return MatterSource(
        kind=f"case_{kind}",
        label=LABELS[kind],
        rows=partial(_rows, kind),
        open_rows=partial(_open_rows, kind),
        matter=partial(_matter, kind),
        visible_to=_visible_to,
        overseen_by=_overseen_by,
        agency_field=_owner(kind),
        list_url=_list_url,
    )


# Parts of joint answers


def _shares() -> QuerySet[CaseShare]:
    rows = CaseShare.objects.filter(due_on__isnull=False).exclude(case__state="isolated")
    return rows.select_related("agency__parent", "case").annotate(
        due=F("due_on"), is_before=NEVER_BEFORE, since=TruncDate("asked_at"), answered=F("part")
    )


def _open_shares() -> QuerySet[CaseShare]:
    return _shares().filter(state="asked", case__state__in=AGENCY_STATES)


def _share_matter(row: Any) -> Matter:
    return Matter(
        obj=row,
        kind="case_share",
        title=row.question,
        url=row.case.get_absolute_url(),
        agency=row.agency,
        asker_id=row.case.agency_id,
        due_on=row.due,
        leader_id=row.agency.parent_id,
        context=row.case.code,
    )


def _shares_overseen(user: Any, rows: QuerySet) -> QuerySet:
    hat = getattr(user, "hat", None)
    if hat is None or not hat.holds(*READERS):
        return rows.none()
    own = itself_and_predecessors(hat.agency)
    return _visible_to(user, rows).filter(Q(agency__in=own) | Q(case__agency__in=own))


MATTERS = (
    *(_source(kind) for kind in LABELS),
    MatterSource(
        kind="case_share",
        label=_("Part of a joint answer"),
        rows=_shares,
        open_rows=_open_shares,
        matter=_share_matter,
        visible_to=_visible_to,
        overseen_by=_shares_overseen,
        list_url=_list_url,
    ),
)
