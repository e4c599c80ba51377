"""Rules as dated rows: a new text adds a version and closes the one before; a row that was wrong is corrected."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from loa.core import history, queries
from loa.core.access import require
from loa.core.models import LegalRule
from loa.core.previews import Preview, Values
from loa.core.sheets import SheetRow
from loa.core.text import format_date
from loa.core.workflow import FlowError, StaleError

_ONE_DAY = timedelta(days=1)
_FIELDS = ("name_vi", "name_en", "values", "valid_from", "valid_to", "legal_basis", "is_checked", "note")


@transaction.atomic
def add_rule_version(rule: LegalRule, *, by: Any, **given: Any) -> LegalRule:
    """What a new text says, from `valid_from` on; the version before it ends the day before.

    What is not given (names, values) is as in `rule`. Raises FlowError where a version begins on that day already.
    """
    require(by, "core.manage_rules")
    versions = _locked(rule.code)
    like = {key: getattr(rule, key) for key in ("name_vi", "name_en", "values")}
    new = LegalRule(code=rule.code, **{**like, **given})
    if any(each.valid_from == new.valid_from for each in versions):
        raise FlowError(_("A version begins on this day already. Correct it instead."))
    later = [each for each in versions if each.valid_from > new.valid_from]
    if later and new.valid_to is None:
        new.valid_to = min(each.valid_from for each in later) - _ONE_DAY
    _check(new, versions)
    _close_earlier(new, versions, by=by)
    new.save()
    history.record(
        new, "rule.add", by=by, note=new.legal_basis, data={"code": new.code, "values": new.values}
    )
    return new


def _close_earlier(new: LegalRule, versions: list[LegalRule], *, by: Any) -> None:
    earlier = max(
        (each for each in versions if each.valid_from < new.valid_from),
        key=lambda each: each.valid_from,
        default=None,
    )
    if earlier is None or (earlier.valid_to and earlier.valid_to < new.valid_from):
        return
    data = {"from": _day(earlier.valid_to), "to": _day(new.valid_from - _ONE_DAY)}
    earlier.valid_to = new.valid_from - _ONE_DAY
    earlier.save(update_fields=["valid_to"])
    history.record(earlier, "rule.close", by=by, note=new.legal_basis, data=data)


@transaction.atomic
def correct_rule(rule: LegalRule, *, by: Any, **given: Any) -> bool:
    """Mend what is wrong in a row; False where nothing is different. What it said before stays in its history."""
    require(by, "core.manage_rules")
    versions = _locked(rule.code)
    current = next((each for each in versions if each.pk == rule.pk), None)
    if current is None:
        raise StaleError(_("Somebody else has just changed this. Reload the page to see it."))
    before = {key: getattr(current, key) for key in given}
    changed = {key: value for key, value in given.items() if before[key] != value}
    if not changed:
        return False
    for key, value in changed.items():
        setattr(current, key, value)
    others = [each for each in versions if each.pk != rule.pk]
    if any(each.valid_from == current.valid_from for each in others):
        raise FlowError(_("Another version begins on this day."))
    _check(current, others)
    current.save(update_fields=list(changed))
    data = {"before": _plain(before, changed), "after": _plain(changed, changed)}
    history.record(current, "rule.correct", by=by, note=_told(before, changed), data=data)
    return True


@transaction.atomic
def import_rules(rows: Iterable[SheetRow], *, digest: str, by: Any) -> Preview:
    """Do what the preview showed, all of it or nothing.

    `digest` is the preview's: when the rules have changed since, StaleError, and nothing happens.
    """
    require(by, "core.manage_rules")
    preview = queries.preview_rules(rows)
    if preview.errors:
        raise FlowError(_("The sheet has errors. Correct them and upload it again."))
    if preview.digest != digest:
        raise StaleError(_("The rules have changed since the preview. Look at them again."))
    for change in preview.changed:
        correct_rule(change.obj, by=by, **_given(change.values))
    for change in sorted(preview.added, key=lambda row: row.values["valid_from"]):
        model = queries.legal_rules().filter(code=change.values["code"]).first()
        if model is None:
            raise StaleError(_("The rules have changed since the preview. Look at them again."))
        add_rule_version(model, by=by, **_given(change.values))
    return preview


def _given(values: Values) -> Values:
    """An empty name in a new row means the name of the version before."""
    return {
        key: value
        for key, value in values.items()
        if key in _FIELDS and not (key in ("name_vi", "name_en") and not value)
    }


def _locked(code: str) -> list[LegalRule]:
    return list(LegalRule.objects.select_for_update().filter(code=code).order_by("valid_from"))


def _check(rule: LegalRule, others: list[LegalRule]) -> None:
    if rule.valid_to and rule.valid_to < rule.valid_from:
        raise FlowError(_("It ends before it begins."))
    later = [each.valid_from for each in others if each.valid_from > rule.valid_from]
    if later and (rule.valid_to is None or rule.valid_to >= min(later)):
        day = format_date(min(later))
        raise FlowError(_("A later version begins on %(day)s: this one must end before.") % {"day": day})


def _plain(values: Values, keys: Iterable[str]) -> Values:
    return {
        key: value.isoformat() if isinstance(value, date) else value
        for key, value in values.items()
        if key in keys
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _told(before: Values, after: Values) -> str:
    """What was there and what is there now, for who reads the history."""
    lines = []
    for key, new in after.items():
        old = queries.in_words(key, before[key])
        lines.append(f"{queries.RULE_COLUMNS[key]}: {_shown(old)} → {_shown(queries.in_words(key, new))}")
    return "\n".join(lines)


def _shown(value: Any) -> str:
    return format_date(value) if isinstance(value, date) else str(value or "–")
