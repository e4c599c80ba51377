"""Standing rules: read from the plan, confirmed or set by a person, changed, stopped."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loa.core import clock, history
from loa.core.access import require
from loa.core.text import format_date
from loa.core.workflow import FlowError
from loa.directory.models import User
from loa.plans.models import Plan
from loa.reports import notices
from loa.reports.models import StandingRule
from loa.reports.queries.proposing import read_rule, unread_rows
from loa.reports.queries.rule_fields import FIELDS
from loa.reports.queries.standing_rules import colliding_rule, plans_of
from loa.reports.states import STANDING_RULE

_MANY = ("groups", "agencies")


def propose_rules(plan: Plan, *, by: User | None, actor: str = "") -> int:
    """Read the rules that an issued plan prints and nobody has read yet, as proposals. Returns how many."""
    if by is not None:
        require(by, "reports.set_rule", plan)
    rules = [rule for row in unread_rows(plan) if (rule := read_rule(row))]
    made = 0
    with transaction.atomic():
        for rule in rules:
            if StandingRule.objects.filter(source=rule.source).exists():
                continue
            rule.save()
            made += 1
            history.record(rule, "standing_rule.propose", by=by, actor=actor, note=rule.legal_basis)
        if made:
            notices.rules_proposed(plan, made)
    return made


def set_rule(plan: Plan | None, *, by: User, **fields: Any) -> StandingRule:
    """A rule by hand: for a plan, or without one for every plan that one's agency coordinates."""
    if plan is None:
        require(by, "reports.set_general_rule")
    else:
        require(by, "reports.set_rule", plan)
    asker = plan.coordinator if plan else by.hat.agency if by.hat else None
    many = {name: fields.pop(name, []) for name in _MANY}
    if asker is None:
        raise FlowError(_("Choose the agency you act for first."))
    rule = StandingRule(plan=plan, asker=asker, **fields)
    rule.active_from = rule.active_from or clock.today()
    refuse_collision(rule)
    with transaction.atomic():
        _save_once(rule)
        for name, rows in many.items():
            getattr(rule, name).set(rows)
        history.record(rule, "standing_rule.set", by=by, note=rule.legal_basis)
    return rule


def _save_once(rule: StandingRule) -> None:
    try:
        with transaction.atomic():
            rule.save()
    except IntegrityError as error:
        raise FlowError(_("Such a rule is already active; give this one a mark of its own.")) from error


def refuse_collision(rule: StandingRule) -> None:
    """Two rules may ask for the same months with other limits, but not under one name."""
    found = colliding_rule(rule, plans_of(rule))
    if found:
        other, period = found
        raise FlowError(
            _("The rule “%(rule)s” already makes the period %(period)s. Give this one a mark of its own.")
            % {"rule": other, "period": period}
        )


def edit_rule(rule: StandingRule, *, by: User, **fields: Any) -> None:
    """Rounds that are open already stay as they are."""
    require(by, "reports.manage_rule", rule)
    before = {name: _shown(rule, name) for name in FIELDS}
    many = {name: fields.pop(name) for name in _MANY if name in fields}
    for name, value in fields.items():
        setattr(rule, name, value)
    if rule.state == "active":
        refuse_collision(rule)
    with transaction.atomic():
        _save_once(rule)
        for name, rows in many.items():
            getattr(rule, name).set(rows)
        fresh = StandingRule.objects.get(pk=rule.pk)
        after = {name: _shown(fresh, name) for name in FIELDS}
        changed = [
            f"{FIELDS[name]}: {before[name]} → {after[name]}"
            for name in FIELDS
            if before[name] != after[name]
        ]
        if changed:
            history.record(rule, "standing_rule.edit", by=by, note="\n".join(changed))


def _shown(rule: StandingRule, name: str) -> str:
    if name in _MANY:
        return "; ".join(str(row) for row in getattr(rule, name).all()) or "–"
    value = getattr(rule, name)
    display = getattr(rule, f"get_{name}_display", None)
    if display:
        return str(display())
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if name in {"active_from", "active_to"}:
        return format_date(value) if value else "–"
    return "–" if value in (None, "") else str(value)


def confirm_rule(rule: StandingRule, *, by: User) -> None:
    """From now on the calendar opens its rounds; one that has fallen due before is not asked for."""
    _activate(rule, "confirm", by)


def resume_rule(rule: StandingRule, *, by: User) -> None:
    _activate(rule, "resume", by)


def _activate(rule: StandingRule, step: str, by: User) -> None:
    require(by, "reports.manage_rule", rule)
    refuse_collision(rule)
    try:
        with transaction.atomic():
            STANDING_RULE.take(rule, step, by=by, active_from=_begins(rule), active_to=None)
    except IntegrityError as error:
        raise FlowError(_("Such a rule is already active; give this one a mark of its own.")) from error


def _begins(rule: StandingRule) -> Any:
    today = clock.today()
    return max(rule.active_from, today) if rule.active_from else today


def stop_rule(rule: StandingRule, *, reason: str, by: User) -> None:
    """No further round is opened; the ones that are open go on."""
    STANDING_RULE.take(rule, "stop", by=by, note=reason, active_to=clock.today())


def take_rule_step(rule: StandingRule, step: str, *, reason: str = "", by: User) -> None:
    """The action behind a step's button."""
    if step == "stop":
        stop_rule(rule, reason=reason, by=by)
    else:
        {"confirm": confirm_rule, "resume": resume_rule}[step](rule, by=by)
