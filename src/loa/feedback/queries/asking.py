"""What the asker may still do with a case, and until when."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from loa.core import clock
from loa.core.legal import MissingRuleError, RuleInForce, rule_on
from loa.feedback.models import Case, DataRequest, Draft
from loa.feedback.states import ANSWERED_STATES, CASE

DRAFT_KEPT = timedelta(days=1)  # after the last word
RECEIPT_KEPT = timedelta(hours=1)  # for the browser that sent it


def rule_if_any(code: str, day: date) -> RuleInForce | None:
    try:
        return rule_on(code, day)
    except MissingRuleError:
        return None


def reopen_until(case: Case) -> date | None:
    """The last day on which the asker may have an answered case opened again; None where there is none."""
    if case.answered_at is None or case.state not in CASE.by_name["reopen"].sources:
        return None
    answered_on = clock.day_of(case.answered_at)
    rule = rule_if_any("feedback.reopen", answered_on)
    return answered_on + timedelta(days=rule["days"]) if rule else None


def may_be_rated(case: Case) -> bool:
    """There is an answer to this asker: its own, or the common one."""
    main = case.merged_into or case
    return main.state in ANSWERED_STATES


def may_be_withdrawn(case: Case) -> bool:
    return case.state in CASE.by_name["withdraw"].sources


def data_requests_visible_to(user: Any) -> QuerySet[DataRequest]:
    """The requests about own data that the intake carries out: of the cases it took in."""
    hat = getattr(user, "hat", None)
    rows = DataRequest.objects.select_related("case__intake")
    if hat is None or not user.has_perm("feedback.work_intake"):
        return rows.none()
    return rows.filter(case__intake=hat.agency).exclude(case__state="isolated")


def cases_to_purge(ended_before: datetime) -> QuerySet[Case]:
    """Ended by then, and so is the case they are answered with; not purged yet."""
    rows = Case.objects.filter(purged_at__isnull=True, ended_at__lte=ended_before)
    waits = Q(merged_into__isnull=False) & (
        Q(merged_into__ended_at__isnull=True) | Q(merged_into__ended_at__gt=ended_before)
    )
    return rows.exclude(waits).order_by("pk")


def drafts_to_purge(now: datetime) -> QuerySet[Draft]:
    """Not touched for a day, or sent an hour ago."""
    left = Q(case__isnull=True, changed_at__lte=now - DRAFT_KEPT)
    sent = Q(case__isnull=False, changed_at__lte=now - RECEIPT_KEPT)
    return Draft.objects.filter(left | sent)


def fields_to_correct(row: DataRequest) -> list[str]:
    """Which of the asker's fields a correction would change; never what to."""
    return list(json.loads(row.wanted)) if row.wanted else []
