"""Sheets that people hand in, .xlsx or .csv: each app says its columns; and a preview's rows sent along with its page.

Reads: bytes and the file's name. Writes: a `ReadSheet`: rows with the cells by column key, and the letter of
each column, so that a bad cell can be named as the spreadsheet names it. Headings are known by key, by their
words in any language of the interface or by other customary words, accents optional.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain, islice
from typing import Any

from django.conf import settings
from django.core import signing
from django.utils import translation
from django.utils.translation import gettext as _

from loa.core.text import fold, format_date
from officialdoc.model import UnreadableDocumentError
from officialdoc.read.formats.package import Package

MEGABYTE = 1024 * 1024
MOST_BYTES = 5 * MEGABYTE
MOST_ROWS = 20_000
MOST_COLUMNS = 64
LONGEST_CELL = 2_000
LONGEST_LONG_CELL = 32_767  # what a spreadsheet can hold
ONE_DAY = 24 * 3600  # seconds a preview can be confirmed

_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DAY_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")

Columns = Mapping[str, Any]  # key → lazy heading


class SheetError(ValueError):
    """A file that cannot be read as the sheet wanted. Its text is a sentence for the person."""


@dataclass(frozen=True, slots=True)
class SheetShape:
    """What a sheet holds: its columns by key with their lazy words, which must be there, what else they are called.

    `heading_within`: the heading is looked for in the first so many rows; official tables have a title above it.
    The limits are for what a page takes in at once; a sheet that a job reads may set wider ones.
    """

    columns: Columns
    required: Sequence[str]
    other_words: Mapping[str, Sequence[str]] = field(default_factory=dict)
    heading_within: int = 1
    long: Sequence[
        str
    ] = ()  # columns whose cells keep their lines and may be as long as a spreadsheet allows
    most_bytes: int = MOST_BYTES
    most_rows: int = MOST_ROWS


@dataclass(frozen=True, slots=True)
class SheetRow:
    number: int  # as a spreadsheet counts: the heading is row 1
    cells: dict[str, str]  # dates as yyyy-mm-dd where the file had a real date


@dataclass(frozen=True, slots=True)
class ReadSheet:
    rows: list[SheetRow]
    letters: dict[str, str]  # column key -> "D"


@dataclass(frozen=True, slots=True)
class RowError:
    """Why a row cannot be taken."""

    number: int
    code: str  # how the row calls itself: a day, a code
    reason: str


def read_sheet(data: bytes, name: str, shape: SheetShape) -> ReadSheet:
    """The rows of an .xlsx or .csv; the kind is told from the content, not from the name.

    Raises SheetError: too big, not a sheet, no heading, a heading twice, a required heading missing.
    """
    if len(data) > shape.most_bytes:
        limit = {"limit": shape.most_bytes // MEGABYTE}
        raise SheetError(_("The file is larger than %(limit)s MB. Send a smaller one.") % limit)
    if data.startswith(_OLD_EXCEL):
        raise SheetError(_("This is an old or encrypted Excel file. Save it as .xlsx without a password."))
    is_packed = data.startswith(_ZIP)
    if is_packed != name.lower().endswith(".xlsx"):
        raise SheetError(_("The content of the file does not fit its name. Give an .xlsx or a .csv file."))
    lines = _lines_of_workbook(data) if is_packed else _lines_of_text(data)
    return _rows(_counted(lines, shape.most_rows), shape)


def _lines_of_workbook(data: bytes) -> Iterator[list[str]]:
    from openpyxl import load_workbook  # noqa: PLC0415  slow to import, seldom needed

    _watch_package(data)
    try:
        workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for line in workbook.worksheets[0].iter_rows(values_only=True):
            yield [_words(value) for value in line[:MOST_COLUMNS]]
    except SheetError:
        raise
    except Exception as error:  # openpyxl raises whatever a broken part makes it stumble over
        raise SheetError(_("The file is damaged. Save it again as .xlsx.")) from error


def _watch_package(data: bytes) -> None:
    """No bombs and no entities, before any parser sees the parts."""
    try:
        package = Package(data)
        for name in package.names:
            if name.endswith((".xml", ".rels")):
                package.xml(name)
    except UnreadableDocumentError as error:
        raise SheetError(error.vi if _is_vietnamese() else error.en) from error
    except (zipfile.BadZipFile, ValueError, SyntaxError, OSError, NotImplementedError, EOFError) as error:
        raise SheetError(_("The file is damaged. Save it again as .xlsx.")) from error
    if "xl/workbook.xml" not in package.names:
        raise SheetError(_("The content of the file does not fit its name. Give an .xlsx or a .csv file."))


def _is_vietnamese() -> bool:
    return (translation.get_language() or "vi").startswith("vi")


def _lines_of_text(data: bytes) -> Iterator[list[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SheetError(_("The file is not in UTF-8. Save it as “CSV UTF-8”.")) from error
    if "\0" in text:
        raise SheetError(_("The file is not a table of text."))
    heading = text.partition("\n")[0]
    delimiter = max(",;\t", key=heading.count)
    try:
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            yield [_unguarded(cell) for cell in line]
    except csv.Error as error:
        raise SheetError(_("The file is not a table of text.")) from error


def _counted(lines: Iterator[list[str]], most_rows: int) -> Iterator[list[str]]:
    for index, line in enumerate(lines):
        if index > most_rows:
            raise SheetError(_("The file has more than %(n)d rows.") % {"n": most_rows})
        yield line


def _words(value: Any) -> str:
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return (
            str(int(value)) if value.is_integer() else str(value).replace(".", ",")
        )  # as it is read in Vietnam
    return "" if value is None else str(value)


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:2] in _FORMULA else cell


def _rows(lines: Iterator[list[str]], shape: SheetShape) -> ReadSheet:
    above, keys = _heading(lines, shape)
    letters = {key: _LETTERS[index] for index, key in enumerate(keys[: len(_LETTERS)]) if key}
    rows = []
    for number, line in enumerate(lines, start=above + 2):
        cells = {
            key: _long(cell) if key in shape.long else _clean(cell)
            for key, cell in zip(keys, line, strict=False)
            if key
        }
        if any(cells.values()):
            rows.append(SheetRow(number, {key: cells.get(key, "") for key in keys if key}))
    return ReadSheet(rows, letters)


def _heading(lines: Iterator[list[str]], shape: SheetShape) -> tuple[int, list[str]]:
    """How many rows stand above the heading, and the key of each column ("" for one nobody knows)."""
    known = _headings(shape)
    first: list[str] = []
    for above, line in enumerate(islice(lines, shape.heading_within)):
        keys = [known.get(fold(_clean(cell)), "") for cell in line]
        if all(key in keys for key in shape.required):
            _watch_twice(keys, shape)
            return above, keys
        first = keys if sum(map(bool, keys)) > sum(map(bool, first)) else first
    _watch_twice(first, shape)
    missing = [str(shape.columns[key]) for key in shape.required if key not in first]
    raise SheetError(_("The first row lacks these headings: %(names)s.") % {"names": ", ".join(missing)})


def _watch_twice(keys: list[str], shape: SheetShape) -> None:
    twice = {key for key in keys if key and keys.count(key) > 1}
    if twice:
        raise SheetError(_("The heading “%(name)s” occurs twice.") % {"name": shape.columns[twice.pop()]})


def _long(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("_x000D_", "").strip()[: LONGEST_LONG_CELL + 1]


def _clean(cell: str) -> str:
    return " ".join(cell.split())[: LONGEST_CELL + 1]


def _headings(shape: SheetShape) -> dict[str, str]:
    found = {fold(key): key for key in shape.columns}
    for words, key in chain(spoken(shape.columns).items(), _other(shape)):
        found.setdefault(words, key)
    return found


def _other(shape: SheetShape) -> Iterator[tuple[str, str]]:
    for key, words in shape.other_words.items():
        yield from ((fold(word), key) for word in words)


def spoken(labels: Columns) -> dict[str, str]:
    """Folded words in every language of the interface → the key they stand for."""
    found: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for key, label in labels.items():
                found.setdefault(fold(str(label)), key)
    return found


def read_day(cell: str) -> date | None:
    """A day as a sheet or a person writes it: 2026-02-13, 13/02/2026; None where it is not one."""
    for pattern in _DAY_FORMATS:
        try:
            return datetime.strptime(cell, pattern).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    return None


def write_csv(columns: Columns, rows: Iterable[Sequence[str | date | None]]) -> bytes:
    """UTF-8 with the mark that makes Excel read it so; a cell that looks like a formula is guarded."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([str(label) for label in columns.values()])
    for row in rows:
        writer.writerow([_guarded(cell) for cell in row])
    return file.getvalue().encode("utf-8-sig")


def _guarded(cell: str | date | None) -> str:
    if isinstance(cell, date):
        return format_date(cell)
    return guarded_text(cell or "")


def guarded_text(text: str) -> str:
    """A text that a spreadsheet would take for a formula, made a plain one by an apostrophe before it."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def write_workbook(
    title: str, columns: Columns, rows: Iterable[Sequence[str | date | None]], *, days: Sequence[str] = ()
) -> bytes:
    """One worksheet; the columns named in `days` hold real dates."""
    from officialdoc.write.xlsx import Sheet, SheetColumn, write_xlsx  # noqa: PLC0415  slow to import

    kinds = tuple(
        SheetColumn(str(label), 14 if key in days else 24, "date" if key in days else "text")
        for key, label in columns.items()
    )
    return write_xlsx([Sheet(title, kinds, tuple(tuple(row) for row in rows))])


def digest_of(told: Any) -> str:
    """Two previews with the same digest do the same to the same rows."""
    return hashlib.sha256(json.dumps(told, default=str, sort_keys=True).encode()).hexdigest()


def seal(sheet: ReadSheet, *, digest: str, by: Any, salt: str) -> str:
    """The rows travel with the page, signed: no file is kept, and any host can take the answer."""
    rows = [[row.number, row.cells] for row in sheet.rows]
    told = {"by": by.pk, "digest": digest, "letters": sheet.letters, "rows": rows}
    return signing.dumps(told, salt=salt, compress=True)


def unseal(sealed: str, *, by: Any, salt: str) -> tuple[ReadSheet, str]:
    """What `seal` put away for the same person today, and the preview's digest. Raises `BadSignature`."""
    told = signing.loads(sealed, salt=salt, max_age=ONE_DAY)
    if told["by"] != by.pk:
        raise signing.BadSignature
    rows = [SheetRow(number, cells) for number, cells in told["rows"]]
    return ReadSheet(rows, told["letters"]), told["digest"]
