"""What a sheet would change in an estimate, cell by cell, before anything is changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from loa.budgets.arithmetic import line_amount
from loa.budgets.exchange import COLUMNS, TOTAL_WORDS, CellError, money_of, quantity_of
from loa.budgets.models import MOST_MONEY, CostNorm, Estimate, EstimateLine, FundingSource
from loa.core import clock
from loa.core.sheets import LONGEST_CELL, SheetRow, digest_of, spoken
from loa.core.text import fold
from loa.directory.models import in_force

Values = dict[str, Any]
_TEXTS = ("content", "unit", "legal_basis", "expense_item", "note")
_COMPARED = (
    "task_id", "content", "unit", "quantity", "times", "unit_price", "norm_id", "legal_basis", "funding_source",
    "expense_item", "note",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class BadCell:
    cell: str  # "E7", as the spreadsheet names it
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class LineChange:
    """A new line, or a known one whose `changed` fields get other values."""

    number: int
    values: Values
    line: EstimateLine | None
    changed: tuple[str, ...] = ()
    amount: int = 0


@dataclass(slots=True)
class Preview:
    new: list[LineChange] = field(default_factory=list)
    changed: list[LineChange] = field(default_factory=list)
    unchanged: list[EstimateLine] = field(default_factory=list)
    missing: list[EstimateLine] = field(default_factory=list)  # lines the sheet does not hold
    skipped_count: int = 0  # rows that name a group or a total
    bad: list[BadCell] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def can_apply(self) -> bool:
        return not self.bad and bool(self.new or self.changed or self.missing)

    @property
    def total(self) -> int:
        """The estimate's sum once the sheet is taken in and nothing is removed."""
        kept = sum(line.amount for line in (*self.unchanged, *self.missing))
        return kept + sum(change.amount for change in (*self.new, *self.changed))

    @property
    def digest(self) -> str:
        """Two previews with the same digest do the same to the same lines."""
        told = [
            [
                [c.number, c.values, c.line.pk if c.line else None, c.line.version if c.line else 0]
                for c in rows
            ]
            for rows in (self.new, self.changed)
        ]
        kept = sorted((line.pk, line.version) for line in (*self.unchanged, *self.missing))
        return digest_of([told, kept])


def preview(estimate: Estimate, rows: Iterable[SheetRow], letters: dict[str, str]) -> Preview:
    """Compare a sheet with an estimate's lines. Three queries, however many rows."""
    reader = _Reader(estimate, letters)
    found = Preview()
    for row in rows:
        if _is_beside(row.cells):
            found.skipped_count += 1
            reader.check_total(row, found)
        else:
            reader.take(row, found)
    found.missing = [line for line in reader.lines if line.pk not in reader.met]
    return found


def _is_beside(cells: dict[str, str]) -> bool:
    """A row without sums: the name of a group, a total, its words."""
    return not cells["quantity"] and not cells["unit_price"]


class _Reader:
    def __init__(self, estimate: Estimate, letters: dict[str, str]) -> None:
        self.letters = letters
        self.lines = list(estimate.lines.select_related("task", "norm").order_by("position", "pk"))
        self.by_key = {str(line.pk): line for line in self.lines}
        self.by_words: dict[tuple[int | None, str, str], list[EstimateLine]] = {}
        for line in self.lines:
            words = line.task_id, fold(line.content), fold(line.unit)
            self.by_words.setdefault(words, []).append(line)
        self.tasks: dict[str, list[int]] = {}
        for no, pk in estimate.plan.tasks.values_list("no", "pk"):
            self.tasks.setdefault(fold(no), []).append(pk)
        today = clock.today()
        self.norms = {
            fold(code): pk
            for code, pk in CostNorm.objects.filter(in_force(today))
            .order_by("valid_from")
            .values_list("code", "pk")
        }
        self.sources = spoken(dict(FundingSource.choices)) | {value: value for value in FundingSource.values}
        self.met: set[int] = set()
        self.sum = 0

    def take(self, row: SheetRow, found: Preview) -> None:
        bad: list[BadCell] = []
        values = self._values(row, bad)
        if bad:
            found.bad += bad
            return
        line = self._known(row, values, bad)
        amount = line_amount(values["quantity"], values["times"], values["unit_price"])
        self._check_amount(row, amount, bad)
        if bad:
            found.bad += bad
            return
        self.sum += amount
        if line is None:
            found.new.append(LineChange(row.number, values, None, amount=amount))
            return
        changed = tuple(key for key in _COMPARED if key in values and getattr(line, key) != values[key])
        if changed:
            found.changed.append(LineChange(row.number, values, line, changed, amount))
        else:
            found.unchanged.append(line)

    def _known(self, row: SheetRow, values: Values, bad: list[BadCell]) -> EstimateLine | None:
        """The line by its key, else the next one of the same task, words and unit: twice changes nothing twice."""
        key = row.cells.get("key", "")
        if key:
            line = self.by_key.get(key)
            if line is None:
                reason = _("This estimate has no line with the key %(key)s.") % {"key": key}
                bad.append(self._bad(row, "key", reason))
            elif line.pk in self.met:
                bad.append(self._bad(row, "key", _("The key occurs before in the sheet.")))
        else:
            words = values.get("task_id"), fold(values["content"]), fold(values.get("unit", ""))
            alike = self.by_words.get(words, [])
            line = next((line for line in alike if line.pk not in self.met), None)
        if line is not None:
            self.met.add(line.pk)
        return line

    def _values(self, row: SheetRow, bad: list[BadCell]) -> Values:
        """Columns the sheet does not have are left as they are."""
        values: Values = {}
        cells = row.cells
        for key in _TEXTS:
            if key in cells:
                values[key] = self._read(row, key, bad, self._text(key))
        values["quantity"] = self._read(
            row, "quantity", bad, lambda cell: quantity_of(cell or "1", digits=12)
        )
        values["times"] = self._read(row, "times", bad, lambda cell: quantity_of(cell or "1", digits=7))
        values["unit_price"] = self._read(row, "unit_price", bad, lambda cell: money_of(cell or "0"))
        readers: tuple[tuple[str, str, Callable[[str], Any]], ...] = (
            ("task", "task_id", self._task),
            ("norm", "norm_id", self._norm),
            ("funding_source", "funding_source", self._source),
        )
        for key, name, read in readers:
            if key in cells:
                values[name] = self._read(row, key, bad, read)
        return values

    def _read(self, row: SheetRow, key: str, bad: list[BadCell], read: Callable[[str], Any]) -> Any:
        try:
            return read(row.cells.get(key, ""))
        except CellError as error:
            bad.append(self._bad(row, key, str(error)))
            return None

    def _bad(self, row: SheetRow, key: str, reason: str) -> BadCell:
        return BadCell(f"{self.letters.get(key, '?')}{row.number}", str(COLUMNS[key]), reason)

    def _text(self, key: str) -> Callable[[str], str]:
        longest = getattr(EstimateLine._meta.get_field(key), "max_length", None) or LONGEST_CELL  # noqa: SLF001

        def read(cell: str) -> str:
            if key == "content" and not cell:
                raise CellError(_("Say what is paid for."))
            if len(cell) > longest:
                raise CellError(_("The text is longer than %(n)d letters.") % {"n": longest})
            return cell

        return read

    def _task(self, cell: str) -> int | None:
        if not cell:
            return None
        found = self.tasks.get(fold(cell), [])
        if len(found) != 1:
            raise CellError(_("The plan has no task number %(no)s, or several.") % {"no": cell})
        return found[0]

    def _norm(self, cell: str) -> int | None:
        if cell and fold(cell) not in self.norms:
            raise CellError(_("No norm with the code %(code)s is in force.") % {"code": cell})
        return self.norms.get(fold(cell)) if cell else None

    def _source(self, cell: str) -> str:
        if not cell:
            return FundingSource.FUND
        source = self.sources.get(fold(cell))
        if source is None:
            names = "; ".join(str(label) for label in FundingSource.labels)
            raise CellError(
                _("“%(cell)s” is no source of funds: %(names)s.") % {"cell": cell, "names": names}
            )
        return source

    def _check_amount(self, row: SheetRow, amount: int, bad: list[BadCell]) -> None:
        if amount > MOST_MONEY:
            bad.append(self._bad(row, "unit_price", _("The sum is too large.")))
        cell = row.cells.get("amount", "")
        if not cell:
            return
        try:
            said = money_of(cell)
        except CellError as error:
            bad.append(self._bad(row, "amount", str(error)))
            return
        if said != amount:
            words = {"said": f"{said:,}".replace(",", "."), "counted": f"{amount:,}".replace(",", ".")}
            bad.append(
                self._bad(
                    row,
                    "amount",
                    _("%(said)s is not quantity × times × unit price: %(counted)s.") % words,
                )
            )

    def check_total(self, row: SheetRow, found: Preview) -> None:
        """A total printed in the sheet that does not fit its rows is said, not taken."""
        content, cell = fold(row.cells["content"]), row.cells.get("amount", "")
        if not cell or not content.startswith(TOTAL_WORDS):
            return
        try:
            said = money_of(cell)
        except CellError:
            return
        if said != self.sum:
            words = {
                "cell": f"{self.letters.get('amount', '?')}{row.number}",
                "said": f"{said:,}".replace(",", "."),
                "counted": f"{self.sum:,}".replace(",", "."),
            }
            found.warnings.append(_("%(cell)s says %(said)s, the rows above add up to %(counted)s.") % words)
