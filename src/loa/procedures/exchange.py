"""The register as a sheet: the columns, and how a list goes into a cell and comes back out of it.

A list stands one entry a line, its parts between bars: "Trực tiếp | 5 ngày làm việc | Không thu". What is exported can
be handed in again. A cell too long for a spreadsheet is exported as "…", which means: leave it as it is.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.core.sheets import LONGEST_LONG_CELL, MEGABYTE, SheetShape, read_day, spoken
from loa.core.text import fold, format_date
from loa.procedures.models import Procedure, ProcedureVersion, Way
from loa.procedures.queries.content import FIELDS, PAPER_PARTS, WAY_PARTS

Json = dict[str, Any]
LEFT_AS_IT_IS = "…"
COLUMNS: dict[str, Any] = {
    "code": gettext_lazy("Code"),
    "name": FIELDS["name"],
    "field": gettext_lazy("Field of work"),
    "levels": gettext_lazy("Level"),
    "agency": gettext_lazy("Agency in charge"),
    "change": gettext_lazy("Change"),
    "decision": gettext_lazy("Announcing decision"),
    "decided_on": gettext_lazy("Decided on"),
    "effective_on": gettext_lazy("In effect from"),
    **{key: FIELDS[key] for key in FIELDS if key != "name"},
}
LONG = (
    "name", "audience", "steps", "ways", "papers", "place", "handling_body", "coordinating_bodies", "result",
    "conditions", "legal_bases", "keywords",
)  # fmt: skip
SHAPE = SheetShape(
    COLUMNS,
    required=("code", "name"),
    other_words={
        "code": ("Mã TTHC", "Mã số", "Mã số TTHC", "Mã thủ tục"),
        "name": ("Tên TTHC", "Tên thủ tục", "Tên thủ tục hành chính"),
        "agency": ("Cơ quan", "Cơ quan thực hiện", "Đơn vị"),
        "decision": ("Quyết định công bố", "Số quyết định"),
        "levels": ("Cấp thực hiện",),
    },
    heading_within=30,
    long=LONG,
    most_bytes=50 * MEGABYTE,
    most_rows=120_000,
)
_PARTS = re.compile(r"(?<!\\)\|")


def cell_of(key: str, value: Any) -> Any:
    """What a value is in the sheet."""
    if key in ("ways", "papers"):
        parts = WAY_PARTS if key == "ways" else PAPER_PARTS
        value = "\n".join(_line(row, parts) for row in value)
    elif key == "legal_bases":
        value = "\n".join(" ".join(line.split()) for line in value)
    elif key == "is_by_post":
        value = _("Yes") if value else _("No")
    return LEFT_AS_IT_IS if isinstance(value, str) and len(value) >= LONGEST_LONG_CELL else value


def _line(row: Json, parts: tuple[str, ...]) -> str:
    said = [str(_way_name(row[key]) if key == "way" else row[key]) if row.get(key) else "" for key in parts]
    while said and not said[-1]:
        said.pop()
    return " | ".join(_escaped(part) for part in said)


def _way_name(way: str) -> str:
    return str(dict(Way.choices).get(way, way))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "\\n")


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], text.strip())


def list_of(key: str, cell: str) -> list[Any]:
    """The list that `cell_of` wrote, or a person. Raises ValueError for a way nobody knows."""
    lines = [line for line in cell.splitlines() if line.strip()]
    if key == "legal_bases":
        return [line.strip() for line in lines]
    return [_row_of(line, key) for line in lines]


def _row_of(line: str, key: str) -> Json:
    names = WAY_PARTS if key == "ways" else PAPER_PARTS
    parts = [_unescaped(part) for part in _PARTS.split(line)]
    if len(parts) == 1 and key == "papers":
        parts = ["", *parts]
    row: Json = dict(zip(names, parts, strict=False))
    if row.get("way"):
        row["way"] = _way_of(row["way"])
    for count in ("originals", "copies"):
        if row.get(count):
            row[count] = _count(row[count])
    return {name: part for name, part in row.items() if part}


def _way_of(text: str) -> str:
    known = {fold(value): value for value in Way.values} | spoken(dict(Way.choices))
    if fold(text) not in known:
        names = ", ".join(str(label) for label in Way.labels)
        raise ValueError(_("“%(text)s” is no way to submit: %(names)s.") % {"text": text, "names": names})
    return known[fold(text)]


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 3:
        raise ValueError(_("“%(text)s” is not a number of copies.") % {"text": text})
    return int(text)


def values_of(cells: dict[str, str]) -> Json:
    """The values of a row of the sheet, columns that are not there and "…" left out. Raises ValueError."""
    values: Json = {}
    for key, cell in cells.items():
        if cell == LEFT_AS_IT_IS:
            continue
        values[key] = _value(key, cell)
    return values


def _value(key: str, cell: str) -> Any:
    if key in ("ways", "papers", "legal_bases"):
        return list_of(key, cell)
    if key in ("decided_on", "effective_on"):
        return _day(cell)
    if key == "levels":
        return _levels(cell)
    if key == "change":
        return _change(cell)
    if key == "is_by_post":
        return _yes(cell)
    return cell


def _day(cell: str) -> str | None:
    day = read_day(cell) if cell else None
    if cell and day is None:
        raise ValueError(_("“%(text)s” is not a day, such as 15/07/2019.") % {"text": cell})
    return day.isoformat() if day else None


def _levels(cell: str) -> str:
    known = {fold(value): value for value in Procedure.Level.values} | spoken(dict(Procedure.Level.choices))
    known |= {fold(f"cấp {word}"): value for word, value in list(known.items())} | _LEVEL_WORDS
    words = [word for word in re.split(r"[,;/]", cell) if word.strip()]
    found = [known.get(fold(word)) for word in words]
    if None in found:
        raise ValueError(_("“%(text)s” is no level.") % {"text": words[found.index(None)].strip()})
    return " ".join(level for level in Procedure.Level.values if level in found)


_LEVEL_WORDS: dict[str, Any] = {
    "cap bo": Procedure.Level.MINISTRY,
    "cap tinh": Procedure.Level.CITY,
    "cap thanh pho": Procedure.Level.CITY,
    "cap huyen": Procedure.Level.DISTRICT,
    "cap xa": Procedure.Level.COMMUNE,
    "co quan khac": Procedure.Level.OTHER,
}


def _change(cell: str) -> str:
    choices = ProcedureVersion.Change
    known = {value: value for value in choices.values} | spoken(dict(choices.choices))
    if cell and fold(cell) not in known:
        raise ValueError(_("“%(text)s” is no kind of change.") % {"text": cell})
    return known.get(fold(cell), "")


def _yes(cell: str) -> bool:
    return fold(cell) in {"yes", "co", "x", "1", "true", fold(_("Yes"))}


def day_cell(value: date | None) -> str:
    return format_date(value) if value else ""
