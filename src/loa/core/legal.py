"""What a text in force says, as dated rows: periods, windows, due days, limits. No such number stands in code.

`rule_on("report.gap", day)["working_days"]` asks which row was in force on a day.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from loa.core.models import CountedDay, Entry, LegalRule

# The numbers of rules in words, by their key in `values`; an app adds its own with `name_values`.
_value_names: dict[str, Any] = {
    "working_days": _("Working days"),
    "days": _("Calendar days"),
    "months": _("Months covered"),
    "starts_on": _("Begins on this day of the month"),
    "ends_on": _("Ends on this day of the month"),
    "last_month": _("Last month of the period"),
    "due_day": _("Due on this day of the last month"),
    "shift": _("Where the day is not worked"),
    "complex_days": _("Days in a complex case"),
    "remote_days": _("Days in remote areas"),
    "remote_complex_days": _("Days in a complex case in remote areas"),
    "several_places_working_days": _("Working days where several places are checked"),
    "complex_extension_days": _("Further days in a complex case"),
    "very_complex_extension_days": _("Further days in a very complex case"),
}
# Values that are words of a fixed list rather than numbers.
CHOICES: dict[str, Any] = {"shift": CountedDay.Shift.choices}


class MissingRuleError(LookupError):
    """No row of this code is in force on the day."""

    def __init__(self, code: str, day: date) -> None:
        self.code, self.day = code, day
        super().__init__(f"no rule {code} is in force on {day:%d/%m/%Y}")


@dataclass(frozen=True, slots=True)
class RuleInForce:
    """One row, as it is asked: its numbers, and the text they stand in."""

    code: str
    values: dict[str, Any]
    legal_basis: str
    is_checked: bool

    def __getitem__(self, name: str) -> Any:
        return self.values[name]


def rule_on(code: str, day: date) -> RuleInForce:
    """The row of a code in force on a day: the one that began last. Raises `MissingRuleError`. One query.

    An installation without any row of the code counts with the rows that ship.
    """
    rows = in_force_on(LegalRule.objects.filter(code=code), day)
    row = rows.order_by("-valid_from").first()
    if row is None and not LegalRule.objects.filter(code=code).exists():
        row = max(
            (rule for rule in _shipped() if rule.code == code and _covers(rule, day)),
            key=lambda rule: rule.valid_from,
            default=None,
        )
    if row is None:
        raise MissingRuleError(code, day)
    return RuleInForce(row.code, row.values, row.legal_basis, row.is_checked)


def rules_on(codes: Iterable[str], day: date) -> dict[str, RuleInForce]:
    """The rows of several codes in force on a day, by code; a code without one is left out. One query as a rule."""
    wanted = list(codes)
    rows = in_force_on(LegalRule.objects.filter(code__in=wanted), day).order_by("valid_from")
    found = {row.code: RuleInForce(row.code, row.values, row.legal_basis, row.is_checked) for row in rows}
    for code in wanted:
        if code not in found:
            with suppress(MissingRuleError):
                found[code] = rule_on(code, day)
    return found


def name_values(names: Mapping[str, Any]) -> None:
    """An app says in words what the numbers of its rules are; once, from `ready`."""
    _value_names.update(names)


def value_name(key: str) -> str:
    return str(_value_names.get(key) or key.replace("_", " "))


def known_codes() -> list[str]:
    """Every code the program may ask for: those of the rows and those that ship."""
    return sorted({*LegalRule.objects.values_list("code", flat=True), *(rule.code for rule in _shipped())})


def in_force_on(rows: QuerySet[LegalRule], day: date) -> QuerySet[LegalRule]:
    """The rows that hold on a day."""
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)


def _covers(rule: LegalRule, day: date) -> bool:
    return rule.valid_from <= day and (rule.valid_to is None or rule.valid_to >= day)


def load_rules() -> int:
    """Add the rows that ship and are not there yet. Returns how many.

    A code whose rows somebody has corrected or added to is theirs: it stays as it is.
    """
    known = set(LegalRule.objects.values_list("code", "valid_from"))
    touched = Entry.objects.filter(content_type=ContentType.objects.get_for_model(LegalRule))
    theirs = set(LegalRule.objects.filter(pk__in=touched.values("object_id")).values_list("code", flat=True))
    added = LegalRule.objects.bulk_create(
        [
            rule
            for rule in _shipped()
            if rule.code not in theirs and (rule.code, rule.valid_from) not in known
        ],
        ignore_conflicts=True,
    )
    return len(added)


def _shipped() -> list[LegalRule]:
    text = resources.files("loa.core").joinpath("data/legal_rules.json").read_text(encoding="utf-8")
    return [
        LegalRule(
            code=row["code"],
            name_vi=row["name_vi"],
            name_en=row["name_en"],
            values=row["values"],
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            legal_basis=row["legal_basis"],
            is_checked=row["is_checked"],
            note=row.get("note", ""),
        )
        for row in json.loads(text)
    ]
