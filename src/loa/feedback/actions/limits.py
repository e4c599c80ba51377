"""The clocks of a case: started by the rule in force that day, stopped, held while the asker is awaited, extended.

A clock keeps the rule as it stood when it was started: a later text changes no running case.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from loa.core import history
from loa.core.calendar_data import one_calendar
from loa.core.counted_days import Moving, forget_count, remember_count, remember_new_counts
from loa.core.legal import MissingRuleError, RuleInForce, rule_on, rules_on
from loa.core.workflow import FlowError, StaleError
from loa.directory.models import User
from loa.feedback.models import Case, CaseClock
from loa.feedback.queries import EXTENSION, SHIFT, due_day

RULES = {  # which text each clock asks
    "classify": "feedback.classify",
    "transfer": "feedback.transfer",
    "answer": "feedback.answer",
    "update": "feedback.update",
    "result": "feedback.result",
    "publication": "feedback.publication",
}


def start_clock(case: Case, kind: str, *, on: date) -> CaseClock | None:
    """Start one of a case's clocks; none where no text of that time is known. Started twice, it is one."""
    running = case.clocks.filter(kind=kind, stopped_on__isnull=True).first()
    if running is not None:
        return running
    try:
        rule = rule_on(RULES[kind], on)
    except MissingRuleError:
        return None
    number = case.clocks.filter(kind=kind).count() + 1
    row = _clock(case, kind, rule, number=number, on=on)
    if row is not None:
        row.save()
        _remember(row)
        _show_due(case, row)
    return row


def start_several(case: Case, kinds: Iterable[str], *, on: date) -> None:
    """The same for several kinds, in few statements."""
    there = list(case.clocks.values_list("kind", "stopped_on"))
    running = {kind for kind, stopped_on in there if stopped_on is None}
    numbers = Counter(kind for kind, _stopped_on in there)
    wanted = {kind: RULES[kind] for kind in kinds if kind not in running}
    rules = rules_on(wanted.values(), on)
    with one_calendar():
        made = [
            _clock(case, kind, rules[code], number=numbers[kind] + 1, on=on)
            for kind, code in wanted.items()
            if code in rules
        ]
    rows = CaseClock.objects.bulk_create(row for row in made if row is not None)
    remember_new_counts((row, _how_counted(row)) for row in rows)
    for row in rows:
        _show_due(case, row)


def _clock(case: Case, kind: str, rule: RuleInForce, *, number: int, on: date) -> CaseClock | None:
    """Not saved yet; none where the calendar does not reach that far."""
    row = CaseClock(
        case=case,
        kind=kind,
        number=number,
        start_on=on,
        due_on=on,
        days=rule.values.get("days"),
        working_days=rule.values.get("working_days"),
        rule_code=rule.code,
        legal_basis=rule.legal_basis,
    )
    due_on = due_day(row)
    if due_on is None:
        return None
    row.due_on = due_on
    return row


def stop_clock(case: Case, kind: str, *, on: date, is_void: bool = False) -> None:
    """The act a clock waited for was done, or is no longer owed (`is_void`)."""
    case.clocks.filter(kind=kind, stopped_on__isnull=True).update(stopped_on=on, is_void=is_void)


def stop_all(case: Case, *, on: date, is_void: bool) -> None:
    """A case that ends owes nothing more and waits for nobody."""
    case.information_requests.filter(ended_on__isnull=True).update(ended_on=on)
    Case.objects.filter(pk=case.pk).update(waiting_since=None)
    case.waiting_since = None
    case.clocks.filter(stopped_on__isnull=True).update(stopped_on=on, is_void=is_void)


def lengthen(case: Case, *, waited: int, on: date) -> None:
    """The days for which the asker was awaited do not count; of a clock started meanwhile those since then."""
    for row in case.clocks.filter(stopped_on__isnull=True):
        row.paused_days += min(waited, (on - row.start_on).days)
        _move(case, row)


def extend_clock(case: Case, *, why: str, on: date) -> CaseClock:
    """The answer's clock is extended once, before or after its day. Raises FlowError for a second time."""
    row = case.clocks.filter(kind="answer", stopped_on__isnull=True).select_for_update().first()
    if row is None:
        raise FlowError(_("No clock of an answer is running for this case."))
    if row.extended_days:
        raise FlowError(
            _("The time to answer has already been extended once; the rule allows no second extension.")
        )
    row.extended_days, row.extended_why = _extension(on)["days"], why
    _move(case, row)
    return row


def _extension(on: date) -> RuleInForce:
    try:
        return rule_on(EXTENSION, on)
    except MissingRuleError as error:
        raise FlowError(_("No legal text in force says by how much the time may be extended.")) from error


@transaction.atomic
def move_due(row: CaseClock, *, due_on: date, reason: str, by: User) -> Moving:
    """A changed calendar moves a day of a case."""
    rows = CaseClock.objects.filter(pk=row.pk, stopped_on__isnull=True, due_on=row.due_on)
    if rows.update(due_on=due_on) != 1:
        raise StaleError(_("Somebody else has just changed this. Reload the page to see it."))
    data = {"from": row.due_on.isoformat(), "to": due_on.isoformat()}
    history.record(row.case, "case.move_due", by=by, note=reason, data=data)
    row.due_on = due_on
    _show_due(row.case, row)
    whose = str(row.case.agency or row.case.intake)
    return Moving(
        label=f"{row.case.code}: {row.get_kind_display()}", whose=whose, url=row.case.get_absolute_url()
    )


def _move(case: Case, row: CaseClock) -> None:
    row.due_on = due_day(row) or row.due_on
    row.save()
    _remember(row)
    _show_due(case, row)


def _remember(row: CaseClock) -> None:
    """How the day was counted, so that a changed calendar moves it; one that was held or extended stays."""
    if row.paused_days or row.extended_days:
        forget_count(row)
        return
    remember_count(row, **_how_counted(row))


def _how_counted(row: CaseClock) -> dict[str, Any]:
    counted: dict[str, Any] = {"start_on": row.start_on, "working_days": row.working_days}
    if row.working_days is None:
        counted = {"start_on": row.start_on + timedelta(days=row.days or 0), "shift": SHIFT}
    return {**counted, "due_on": row.due_on, "legal_basis": row.legal_basis}


def _show_due(case: Case, row: CaseClock) -> None:
    if row.kind == "answer":
        case.due_on = row.due_on
        Case.objects.filter(pk=case.pk).update(due_on=row.due_on)
