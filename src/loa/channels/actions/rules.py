"""The ladder as rows: shipped, then the administrator's to change."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loa.channels.models import ReminderRule
from loa.core import history
from loa.core.access import require
from loa.core.workflow import FlowError

if TYPE_CHECKING:
    from loa.directory.models import User

_FIRST_DAY = date(2016, 1, 1)  # as the calendar that ships


def load_reminder_rules() -> int:
    """Add the ladders that ship for kinds of matter that have none; what somebody changed stays. Returns how many."""
    known = set(ReminderRule.objects.values_list("matter", flat=True))
    shipped = [ReminderRule(valid_from=_FIRST_DAY, **row) for row in _shipped() if row["matter"] not in known]
    return len(ReminderRule.objects.bulk_create(shipped, ignore_conflicts=True)) if shipped else 0


@cache
def _shipped() -> list[dict[str, Any]]:
    text = resources.files("loa.channels").joinpath("data/reminder_rules.json").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = json.loads(text)
    return rows


def save_reminder_rule(rule: ReminderRule, *, by: User, **changes: Any) -> ReminderRule:
    """Add a step or change one; what was sent stays on record. Raises FlowError where the step is there already."""
    require(by, "channels.manage_reminder_rules")
    before = {key: getattr(rule, key) for key in changes} if rule.pk else {}
    changed = {key: [before.get(key), value] for key, value in changes.items() if before.get(key) != value}
    for key, value in changes.items():
        setattr(rule, key, value)
    action = "reminder_rule.edit" if rule.pk else "reminder_rule.add"
    try:
        with transaction.atomic():
            rule.save()
            if changed:
                data = {key: [_plain(value) for value in pair] for key, pair in changed.items()}
                history.record(rule, action, by=by, data={"changed": data})
    except IntegrityError as error:
        raise FlowError(_("There is already a step on this day that begins on the same date.")) from error
    return rule


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
