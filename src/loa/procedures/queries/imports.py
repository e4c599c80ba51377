"""What a file would change in the register, row by row, before anything is changed. Rows are compared by the hundred."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from loa.core.sheets import digest_of
from loa.core.text import fold
from loa.directory.models import Agency
from loa.directory.queries import Names
from loa.procedures.models import (
    ImportRow,
    OnlineLevel,
    Procedure,
    ProcedureField,
    ProcedureImport,
    ProcedureVersion,
)
from loa.procedures.models.procedure import is_code
from loa.procedures.queries.content import FIELDS, changed_fields, content_of
from loa.procedures.states import OPEN_STATES

Json = dict[str, Any]
Each = TypeVar("Each")
Kind = ImportRow.Kind
BATCH = 300
REGISTER = ("field", "levels", "agency")
DECISION = ("decision", "decided_on", "effective_on")
LONGEST = {"code": 40, "field": 250, "decision": 120, "sets": 60}
MOST_NAMES = 60  # unknown names a person is asked about
FACT_NAMES = (*REGISTER, *DECISION)


@dataclass(frozen=True, slots=True)
class Given:
    """A row as it was read: its values, or why it cannot be read."""

    number: int
    values: Json
    reason: str = ""


@dataclass(slots=True)
class Reading:
    """What was found so far, beside the rows themselves."""

    unchanged_count: int = 0
    codes: dict[str, int] = field(default_factory=dict)  # code -> the row that has it
    unknown_names: Counter[str] = field(default_factory=Counter)
    new_fields: dict[str, str] = field(default_factory=dict)  # folded -> as printed


def batches(rows: Iterable[Each], size: int) -> Iterator[tuple[Each, ...]]:
    """The rows, so many at a time."""
    left = iter(rows)
    while batch := tuple(islice(left, size)):
        yield batch


class Comparer:
    """Compares rows with the register as it is now. A fixed number of queries for each batch."""

    def __init__(self, imported: ProcedureImport, today: date) -> None:
        self.imported, self.found = imported, Reading()
        self.names = Names(today)
        self.agencies = {agency.code: agency for agency in Agency.objects.all()}
        self.levels: dict[str, str] = {}
        for level in OnlineLevel.objects.all():
            for word in (level.code, level.name_vi, level.name_en):
                self.levels[fold(word)] = level.code
        self.fields = set(ProcedureField.objects.values_list("search_name", flat=True))

    def rows(self, given: Iterable[Given]) -> Iterator[list[ImportRow]]:
        for batch in batches(given, BATCH):
            yield [row for row in self._batch(batch) if row is not None]

    def _batch(self, batch: tuple[Given, ...]) -> Iterator[ImportRow | None]:
        known = known_procedures_by_code(row.values.get("code", "") for row in batch)
        for row in batch:
            yield self._row(row, known)

    def _row(self, given: Given, known: dict[str, Procedure]) -> ImportRow | None:
        values = given.values
        reason = given.reason or self._checked(given) or ""
        procedure = known.get(values.get("code", ""))
        if not reason and procedure is not None and procedure.is_being_changed:  # type: ignore[attr-defined]
            reason = _("A version of this procedure is being written here: publish or drop it first.")
        row = ImportRow(
            imported=self.imported,
            number=given.number,
            code=str(values.get("code", ""))[:60],
            name=values.get("name", ""),
        )
        if reason:
            row.kind, row.reason = Kind.BAD, reason
            return row
        row.values = values
        if procedure is None:
            row.kind = Kind.NEW
            return row
        known_facts = facts_of(procedure)
        row.kind, row.procedure = Kind.CHANGED, procedure
        row.base, row.changes = digest_of(known_facts), changes_of(known_facts, values)
        if row.changes:
            return row
        self.found.unchanged_count += 1
        return None

    def _checked(self, given: Given) -> str | None:
        """Why a row cannot be taken in; what is matched is put into its values."""
        values = given.values
        if not values.get("code") or not values.get("name"):
            return _("The code or the name is missing.")
        if not is_code.regex.match(values["code"]):  # type: ignore[union-attr]
            return str(is_code.message)
        if values["code"] in self.found.codes:
            return _("The code stands in row %(n)d already.") % {"n": self.found.codes[values["code"]]}
        self.found.codes[values["code"]] = given.number
        for key, longest in LONGEST.items():
            if len(values.get(key) or "") > longest:
                return _("%(field)s: longer than %(n)d letters.") % {"field": _label(key), "n": longest}
        return self._matched_level(values) or self._matched_field(values) or self._matched_agency(values)

    def _matched_level(self, values: Json) -> str | None:
        said = values.get("online_level")
        if said:
            if fold(said) not in self.levels:
                return _("“%(text)s” is no level of online service known here.") % {"text": said}
            values["online_level"] = self.levels[fold(said)]
        return None

    def _matched_field(self, values: Json) -> str | None:
        if "field" not in values:
            return None
        if not values["field"]:
            return _("The field is missing.")
        folded = fold(values["field"])
        if folded not in self.fields:
            self.found.new_fields.setdefault(folded, values["field"])
        return None

    def _matched_agency(self, values: Json) -> str | None:
        if "agency" not in values:
            return None
        printed = values["agency"]
        code = self._agency_code(printed)
        if code is None and self.imported.other_agency is not None:
            code = self.imported.other_agency.code
        if code is None:
            self.found.unknown_names[printed] += 1
            return _("No body here is called “%(name)s”: say below which one is in charge.") % {
                "name": printed or "–"
            }
        values["agency"] = code
        return None

    def _agency_code(self, printed: str) -> str | None:
        """The whole name first, then the first body of a list of them."""
        for name in dict.fromkeys((printed, printed.split(",", maxsplit=1)[0].strip())):
            if name in self.imported.answers:
                return str(self.imported.answers[name])
            if name in self.agencies:
                return name
            decided = self.names.named(name).decided if name else None
            if decided is not None and decided.code in self.agencies:
                return decided.code
        return None


def known_procedures_by_code(codes: Iterable[str]) -> dict[str, Procedure]:
    """Procedures with all that a comparison reads. One query."""
    open_rows = ProcedureVersion.objects.filter(procedure=OuterRef("pk"), state__in=OPEN_STATES)
    rows = (
        Procedure.objects.filter(code__in=list(codes))
        .select_related("field", "agency", "current__online_level")
        .annotate(is_being_changed=Exists(open_rows))
        .order_by()
    )
    return {row.code: row for row in rows}


def facts_of(procedure: Procedure) -> Json:
    """What the register says of a procedure, as an import says it."""
    facts: Json = {
        "field": procedure.field.name,
        "levels": procedure.levels,
        "agency": procedure.agency.code,
        "name": procedure.name,
    }
    version = procedure.current
    if version is not None:
        facts |= content_of(version) | {"decision": version.decision}
        facts |= {key: _iso(getattr(version, key)) for key in ("decided_on", "effective_on")}
    return facts


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def changes_of(facts: Json, values: Json) -> list[str]:
    """The keys that get another value; a decision that is not named is not taken away."""
    changes = [
        key for key in REGISTER if key in values and _plain(key, values[key]) != _plain(key, facts.get(key))
    ]
    changes += [key for key in DECISION if values.get(key) and values[key] != facts.get(key)]
    return changes + changed_fields(facts, {key: values[key] for key in FIELDS if key in values})


def _plain(key: str, value: Any) -> Any:
    return fold(value or "") if key == "field" else value


def _label(key: str) -> str:
    from loa.procedures.exchange import COLUMNS  # noqa: PLC0415  the sheet's words rest on this module

    return str(COLUMNS.get(key, key))


def import_counts(imported: ProcedureImport) -> dict[str, int]:
    """How many rows of each kind, the unchanged included; 0 is said too."""
    return {kind: imported.counts.get(kind, 0) for kind in (*Kind.values, "unchanged")}
