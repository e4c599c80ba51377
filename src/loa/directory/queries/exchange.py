"""What a sheet of agencies would change, row by row, before anything is changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from loa.core.sheets import LONGEST_CELL, RowError, SheetRow, digest_of, read_day, spoken
from loa.core.text import fold
from loa.directory.exchange import ALIASES_APART, COLUMNS
from loa.directory.models import Agency, AgencyName

_DATES = ("valid_from", "valid_to")
_PLAIN = ("code", "name", "short_name", "symbol", "kind", "level", "place", "email", "legal_basis", "note")

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FieldChange:
    key: str
    label: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class RowChange:
    """What one row does: a new agency (`agency` is None) or the fields of a known one that differ."""

    number: int
    values: Values
    agency: Agency | None
    changes: tuple[FieldChange, ...] = ()

    @property
    def is_rename(self) -> bool:
        return self.agency is not None and any(change.key == "name" for change in self.changes)


@dataclass(slots=True)
class Preview:
    new: list[RowChange] = field(default_factory=list)
    changed: list[RowChange] = field(default_factory=list)
    unchanged_count: int = 0
    errors: list[RowError] = field(default_factory=list)

    @property
    def renames(self) -> list[RowChange]:
        return [change for change in self.changed if change.is_rename]

    @property
    def can_apply(self) -> bool:
        return not self.errors and bool(self.new or self.changed)

    @property
    def digest(self) -> str:
        """Two previews with the same digest do the same to the same rows."""
        return digest_of(
            [
                [
                    row.number,
                    row.agency.pk if row.agency else None,
                    row.values,
                    [[c.key, c.old] for c in row.changes],
                ]
                for row in (*self.new, *self.changed)
            ]
        )


def preview(rows: Iterable[SheetRow]) -> Preview:
    """Compare a sheet with the directory. Two queries, however many rows."""
    reader = _Reader()
    found = Preview()
    for row in rows:
        try:
            change = reader.read(row)
        except ValidationError as error:
            found.errors.append(RowError(row.number, row.cells.get("code", ""), " ".join(error.messages)))
            continue
        if change.agency is None:
            found.new.append(change)
        elif change.changes:
            found.changed.append(change)
        else:
            found.unchanged_count += 1
    found.errors += reader.parent_errors(found)
    found.errors.sort(key=lambda error: error.number)
    return found


class _Reader:
    """Turns cells into values of an agency and says in words what is wrong with a row."""

    def __init__(self) -> None:
        self.known = {agency.code: agency for agency in Agency.objects.select_related("parent")}
        self.aliases: dict[int, list[str]] = {}
        names = AgencyName.objects.filter(kind=AgencyName.Kind.ALIAS).order_by("name")
        for agency_id, name in names.values_list("agency_id", "name"):
            self.aliases.setdefault(agency_id, []).append(name)
        self.kinds = _choices(Agency.Kind)
        self.levels = _choices(Agency.Level)
        self.seen: dict[str, int] = {}

    def read(self, row: SheetRow) -> RowChange:
        code = row.cells["code"]
        if code in self.seen:
            raise ValidationError(_("The code occurs before, in row %(n)d.") % {"n": self.seen[code]})
        agency = self.known.get(code)
        values = self._values(row.cells, agency)
        self.seen[code] = row.number
        if agency is None:
            return RowChange(row.number, values, None)
        return RowChange(row.number, values, agency, tuple(self._differences(agency, values)))

    def _values(self, cells: dict[str, str], agency: Agency | None) -> Values:
        values: Values = {}
        wrong: list[str] = []
        for key, cell in cells.items():
            try:
                values[key] = self._value(key, cell, agency)
            except ValidationError as error:
                wrong += [f"{COLUMNS[key]}: {message}" for message in error.messages]
        if wrong:
            raise ValidationError(wrong)
        first, last = (values.get(key, getattr(agency, key, None)) for key in _DATES)
        if first and last and last < first:
            raise ValidationError(_("It ends before it begins."))
        return values

    def _value(self, key: str, cell: str, agency: Agency | None) -> Any:
        if len(cell) > LONGEST_CELL:
            raise ValidationError(_("The text is too long."))
        if key in _DATES:
            return _day(cell)
        if key == "aliases":
            return _aliases(cell)
        if key in ("kind", "level"):
            cell = (self.kinds if key == "kind" else self.levels).get(fold(cell), cell)
        field: Any = None if key == "parent" else Agency._meta.get_field(key)  # noqa: SLF001  public API
        return field.clean(cell, agency) if field else cell

    def _differences(self, agency: Agency, values: Values) -> Iterator[FieldChange]:
        now = row_values(agency, self.aliases.get(agency.pk, []))
        for key, new in values.items():
            if now[key] != new:
                yield FieldChange(key, str(COLUMNS[key]), now[key], new)

    def parent_errors(self, found: Preview) -> list[RowError]:
        """Parents that nobody knows, and bodies that would be above themselves."""
        changes = [*found.new, *found.changed]
        parents = {code: agency.parent.code if agency.parent else "" for code, agency in self.known.items()}
        parents |= dict.fromkeys((change.values["code"] for change in found.new), "")
        wanted = {c.values["code"]: c.values["parent"] for c in changes if "parent" in c.values}
        parents |= wanted
        errors = []
        for change in changes:
            code = change.values["code"]
            parent = wanted.get(code, "")
            if parent and parent not in parents:
                reason = _("No body has the code “%(code)s”.") % {"code": parent}
                errors.append(RowError(change.number, code, reason))
            elif parent and _is_above_itself(code, parents):
                errors.append(RowError(change.number, code, _("A body cannot be above itself.")))
        return errors


def _is_above_itself(code: str, parents: dict[str, str]) -> bool:
    passed = {code}
    above = parents.get(code, "")
    while above:
        if above in passed:
            return True
        passed.add(above)
        above = parents.get(above, "")
    return False


def _choices(kind: Any) -> dict[str, str]:
    return {fold(value): value for value in kind.values} | spoken(dict(kind.choices))


def _day(cell: str) -> date | None:
    if not cell:
        return None
    if day := read_day(cell):
        return day
    raise ValidationError(_("“%(cell)s” is not a date such as 31/12/2025.") % {"cell": cell})


def _aliases(cell: str) -> list[str]:
    names = sorted({" ".join(part.split()) for part in cell.split(ALIASES_APART)} - {""})
    for name in names:
        AgencyName._meta.get_field("name").clean(name, None)  # noqa: SLF001  public API
    return names


def row_values(agency: Agency, aliases: list[str]) -> Values:
    """An agency as a row of the sheet holds it; its parent must be at hand."""
    plain = {key: getattr(agency, key) for key in (*_PLAIN, *_DATES)}
    return {**plain, "parent": agency.parent.code if agency.parent else "", "aliases": sorted(aliases)}


def exported_rows(agencies: QuerySet[Agency]) -> Iterator[tuple[str | date | None, ...]]:
    """The cells of each agency in the order of the columns. Two queries."""
    aliases: dict[int, list[str]] = {}
    rows = list(agencies.select_related("parent").order_by("sort_name", "code"))
    named = AgencyName.objects.filter(kind=AgencyName.Kind.ALIAS)
    for agency_id, name in named.values_list("agency_id", "name"):
        aliases.setdefault(agency_id, []).append(name)
    kinds, levels = dict(Agency.Kind.choices), dict(Agency.Level.choices)
    for agency in rows:
        values = row_values(agency, aliases.get(agency.pk, []))
        values["kind"], values["level"] = str(kinds[values["kind"]]), str(levels[values["level"]])
        values["aliases"] = f"{ALIASES_APART} ".join(values["aliases"])
        yield tuple(values[key] for key in COLUMNS)
