from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from loa.core.legal import CHOICES, known_codes, value_name
from loa.core.models import LegalRule
from loa.core.previews import FieldChange, Preview, RowChange, Values
from loa.core.sheets import LONGEST_CELL, RowError, SheetRow, read_day, spoken
from loa.core.text import fold, format_date

COLUMNS: dict[str, Any] = {
    "code": gettext_lazy("Code"),
    "name_vi": gettext_lazy("Name in Vietnamese"),
    "name_en": gettext_lazy("Name in English"),
    "values": gettext_lazy("What it says"),
    "valid_from": gettext_lazy("Holds from"),
    "valid_to": gettext_lazy("Holds to"),
    "legal_basis": gettext_lazy("Legal basis"),
    "is_checked": gettext_lazy("Verified"),
    "note": gettext_lazy("Note"),
}
REQUIRED = ("code", "values", "valid_from", "legal_basis")
YES_NO = {"yes": gettext_lazy("Yes"), "no": gettext_lazy("No")}
_DATES = ("valid_from", "valid_to")
_ONE_DAY = timedelta(days=1)


def legal_rules() -> QuerySet[LegalRule]:
    return LegalRule.objects.all()


def versions_of(rule: LegalRule) -> QuerySet[LegalRule]:
    """The same code over time, newest first."""
    return LegalRule.objects.filter(code=rule.code).order_by("-valid_from")


def rule_name(rule: LegalRule) -> str:
    """The name in the reader's language."""
    is_english = (get_language() or "").startswith("en")
    return (rule.name_en if is_english else "") or rule.name_vi


def told_values(values: Values) -> list[tuple[str, str]]:
    """The numbers of a rule as words and what they are."""
    return [(value_name(key), value_words(key, value)) for key, value in values.items()]


def value_words(key: str, value: Any) -> str:
    if key in CHOICES:
        return str(dict(CHOICES[key]).get(value, value))
    if isinstance(value, bool):
        return str(YES_NO["yes" if value else "no"])
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    return str(value)


def values_as_cell(values: Values) -> str:
    """As a sheet holds them: "working_days=5; shift=next"."""
    return "; ".join(
        f"{key}={','.join(str(item) for item in value) if isinstance(value, list) else value}"
        for key, value in values.items()
    )


def read_value(key: str, text: str, like: Any) -> Any:
    """A value as typed, of the same kind as the one it replaces. Raises ValidationError with a sentence."""
    text = text.strip()
    name = value_name(key)
    if key in CHOICES:
        known = spoken(dict(CHOICES[key])) | {fold(word): word for word, _label in CHOICES[key]}
        if fold(text) not in known:
            raise ValidationError(_("%(name)s: choose one of the words of the list.") % {"name": name})
        return known[fold(text)]
    if isinstance(like, bool):
        return _yes_or_no(text, name)
    if isinstance(like, int):
        return _number(text, name)
    if isinstance(like, list) and all(isinstance(item, int) for item in like):
        return [_number(part, name) for part in text.split(",") if part.strip()]
    if isinstance(like, dict):
        raise ValidationError(_("%(name)s cannot be changed here.") % {"name": name})
    return text


def _number(text: str, name: str) -> int:
    text = text.strip()
    if not text.lstrip("-").isascii() or not text.lstrip("-").isdigit() or len(text) > 6:
        raise ValidationError(_("%(name)s: give a whole number.") % {"name": name})
    return int(text)


def _yes_or_no(text: str, name: str) -> bool:
    key = (spoken(YES_NO) | {"true": "yes", "false": "no", "1": "yes", "0": "no"}).get(fold(text))
    if key is None:
        raise ValidationError(_("%(name)s: say yes or no.") % {"name": name})
    return key == "yes"


def exported_rules(rules: QuerySet[LegalRule]) -> Iterator[tuple[Any, ...]]:
    for rule in rules:
        yield (
            rule.code,
            rule.name_vi,
            rule.name_en,
            values_as_cell(rule.values),
            rule.valid_from,
            rule.valid_to,
            rule.legal_basis,
            str(YES_NO["yes" if rule.is_checked else "no"]),
            rule.note,
        )


def preview_rules(rows: Iterable[SheetRow]) -> Preview:
    """Compare a sheet with the rules: a row is known by its code and the day it holds from. No row is removed."""
    rows = list(rows)
    reader = _Reader(rows)
    found = Preview()
    for row in rows:
        try:
            change = reader.read(row)
        except ValidationError as error:
            found.errors.append(RowError(row.number, row.cells.get("code", ""), " ".join(error.messages)))
            continue
        if change.obj is None:
            found.added.append(change)
        elif change.changes:
            found.changed.append(change)
        else:
            found.unchanged_count += 1
    return found


class _Reader:
    """Turns cells into values of a rule and says in words what is wrong with a row. Two queries for a sheet."""

    def __init__(self, rows: Iterable[SheetRow]) -> None:
        self.codes = set(known_codes())
        self.known: dict[tuple[str, Any], LegalRule] = {}
        self.latest: dict[str, LegalRule] = {}
        for rule in LegalRule.objects.order_by("valid_from"):
            self.known[rule.code, rule.valid_from] = rule
            self.latest[rule.code] = rule
        self.seen: dict[tuple[str, Any], int] = {}
        named = {(row.cells["code"], read_day(row.cells["valid_from"])) for row in rows}
        self.starts = sorted({*self.known, *((code, day) for code, day in named if day)})

    def read(self, row: SheetRow) -> RowChange:
        code = row.cells["code"]
        model = self.latest.get(code)
        if model is None:
            known = code in self.codes
            raise ValidationError(
                _("No rule “%(code)s” is loaded here.") % {"code": code}
                if known
                else _("The program asks for no rule “%(code)s”.") % {"code": code}
            )
        values = self._values(row.cells, model)
        key = code, values["valid_from"]
        if key in self.seen:
            raise ValidationError(
                _("The rule and its day occur before, in row %(n)d.") % {"n": self.seen[key]}
            )
        self.seen[key] = row.number
        rule = self.known.get(key)
        self._end(values, rule)
        label = f"{code}, {format_date(values['valid_from'])}"
        changes = tuple(_differences(rule, values)) if rule else ()
        return RowChange(row.number, label, values, rule, changes)

    def _end(self, values: Values, rule: LegalRule | None) -> None:
        """A version without an end lasts to the day before the next one, in the sheet or among the rows."""
        code, first = values["code"], values["valid_from"]
        last = values.get("valid_to", rule.valid_to if rule else None)
        following = next((day for name, day in self.starts if name == code and day > first), None)
        if last is None and following:
            values["valid_to"] = last = following - _ONE_DAY
        if last and last < first:
            raise ValidationError(_("It ends before it begins."))
        if following and last >= following:
            day = format_date(following)
            raise ValidationError(
                _("A later version begins on %(day)s: this one must end before.") % {"day": day}
            )

    def _values(self, cells: dict[str, str], model: LegalRule) -> Values:
        values: Values = {}
        wrong: list[str] = []
        for key, cell in cells.items():
            try:
                values[key] = self._value(key, cell, model)
            except ValidationError as error:
                wrong += [f"{COLUMNS[key]}: {message}" for message in error.messages]
        if wrong:
            raise ValidationError(wrong)
        return values

    def _value(self, key: str, cell: str, model: LegalRule) -> Any:
        if len(cell) > LONGEST_CELL:
            raise ValidationError(_("The text is too long."))
        if key == "values":
            return read_values_cell(cell, model.values)
        if key == "is_checked":
            return _yes_or_no(cell or "no", str(COLUMNS[key]))
        if key in _DATES and cell:
            day = read_day(cell)
            if day is None:
                raise ValidationError(_("“%(cell)s” is not a date such as 31/12/2025.") % {"cell": cell})
            return day
        field: Any = LegalRule._meta.get_field(key)  # noqa: SLF001  public API
        return field.clean(cell if key not in _DATES else None, None)


def read_values_cell(cell: str, like: Values) -> Values:
    """Every value of a rule from its cell, none missing and none unknown."""
    parts = [part.partition("=") for part in cell.split(";") if part.strip()]
    given = {key.strip(): text for key, _sign, text in parts}
    if set(given) != set(like):
        raise ValidationError(_("give exactly these: %(names)s.") % {"names": values_as_cell(like)})
    return {key: read_value(key, given[key], like[key]) for key in like}


def _differences(rule: LegalRule, values: Values) -> Iterator[FieldChange]:
    for key, new in values.items():
        old = getattr(rule, key)
        if old != new:
            yield FieldChange(key, str(COLUMNS[key]), in_words(key, old), in_words(key, new))


def in_words(key: str, value: Any) -> Any:
    if key == "values":
        return "; ".join(f"{name}: {words}" for name, words in told_values(value))
    if key == "is_checked":
        return str(YES_NO["yes" if value else "no"])
    return value
