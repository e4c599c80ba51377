"""Tables as .xlsx: figures of a report, lists for whoever wants to count again.

Reads: `Sheet`s. Writes: the bytes of a workbook, the same for the same sheets. Numbers are
numbers and dates are dates, also among words; a text that looks like a formula stays a text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any, Literal

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.xml.functions import tostring

from .characters import printable
from .package import repack

Kind = Literal["text", "int", "date", "money"]
Value = str | int | date | None

FORMATS: dict[Kind, str] = {"text": "@", "int": "#,##0", "date": "dd/mm/yyyy", "money": '#,##0" ₫"'}
UNDATED = datetime(1980, 1, 1)  # noqa: DTZ001  a workbook's properties carry no zone
FORBIDDEN_IN_TITLE = re.compile(r"[\[\]:*?/\\]")
LONGEST_TITLE = 31
PAPER_A4 = 9  # as the format numbers it
UPRIGHT_WIDTH = 100  # characters that an upright page holds in a size that can be read
LINE = Side(style="thin", color="C9CED6")
BORDER = Border(LINE, LINE, LINE, LINE)
HEAD_FONT = Font(name="Times New Roman", size=12, bold=True, color="FFFFFF")
HEAD_FILL = PatternFill("solid", fgColor="1F6F78")
HEAD_ALIGNMENT = Alignment(horizontal="center", vertical="center", wrap_text=True)
BODY_FONT = Font(name="Times New Roman", size=12)
BODY_ALIGNMENT = Alignment(vertical="top", wrap_text=True)


@dataclass(frozen=True, slots=True)
class SheetColumn:
    name: str
    width: float  # in characters, as Excel counts
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Sheet:
    title: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[Value, ...], ...]
    heading: str = ""  # stands over every printed page
    row_height: float | None = None  # points; for lists that are signed by hand

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"every row of sheet {self.title!r} needs {len(self.columns)} values")


def write_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """One worksheet each: styled head that stays in view, filters, typed cells."""
    workbook = Workbook(write_only=True)
    for sheet in sheets:
        write_sheet(workbook, sheet)
    packed = BytesIO()
    workbook.save(packed)
    workbook.properties.creator = None
    workbook.properties.created = workbook.properties.modified = UNDATED
    return repack(packed.getvalue(), {"docProps/core.xml": tostring(workbook.properties.to_tree())})


def write_sheet(workbook: Workbook, sheet: Sheet) -> None:
    worksheet: Any = workbook.create_sheet(sheet_title(sheet.title))
    worksheet.freeze_panes = "A2"
    worksheet.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{len(sheet.rows) + 1}"
    worksheet.print_title_rows = "1:1"
    set_page(worksheet, sheet)
    for index, column in enumerate(sheet.columns, start=1):
        worksheet.column_dimensions[get_column_letter(index)].width = column.width
    worksheet.append([head_cell(worksheet, column.name) for column in sheet.columns])
    for row in sheet.rows:
        pairs = zip(row, sheet.columns, strict=True)
        worksheet.append([body_cell(worksheet, value, column.kind) for value, column in pairs])


def set_page(worksheet: Any, sheet: Sheet) -> None:
    """Printed on A4 no column stands on a page of its own; what is wide lies across."""
    is_wide = sum(column.width for column in sheet.columns) > UPRIGHT_WIDTH
    worksheet.page_setup.paperSize = PAPER_A4
    worksheet.page_setup.orientation = "landscape" if is_wide else "portrait"
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    worksheet.page_setup.fitToHeight = 0
    worksheet.oddFooter.center.text = "&P/&N"
    if sheet.heading:
        worksheet.oddHeader.center.text = printable(sheet.heading).replace("&", "&&")
        worksheet.oddHeader.center.font, worksheet.oddHeader.center.size = "Times New Roman,Bold", 13
    if sheet.row_height:
        worksheet.sheet_format.defaultRowHeight = sheet.row_height
        worksheet.sheet_format.customHeight = True


def sheet_title(title: str) -> str:
    """Excel forbids some signs in a sheet's name and more than 31 letters."""
    return FORBIDDEN_IN_TITLE.sub("-", title)[:LONGEST_TITLE]


def head_cell(worksheet: Any, name: str) -> Cell:
    cell = text_cell(worksheet, printable(name))
    cell.font, cell.fill, cell.alignment, cell.border = HEAD_FONT, HEAD_FILL, HEAD_ALIGNMENT, BORDER
    return cell


def body_cell(worksheet: Any, value: Value, kind: Kind) -> Cell:
    words = printable(value) if isinstance(value, str) else None
    cell = text_cell(worksheet, words) if words else plain_cell(worksheet, value)
    cell.font, cell.alignment, cell.border = BODY_FONT, BODY_ALIGNMENT, BORDER
    cell.number_format = FORMATS["date" if isinstance(value, date) else kind]
    return cell


def plain_cell(worksheet: Any, value: Value) -> Cell:
    """A number or a date; an empty text leaves the cell empty."""
    cell: Cell = WriteOnlyCell(worksheet)
    cell.value = None if isinstance(value, str) else value
    return cell


def text_cell(worksheet: Any, words: str) -> Cell:
    """Whatever it begins with, Excel must show it and never compute it."""
    cell: Cell = WriteOnlyCell(worksheet, words)
    cell.data_type = "s"
    if words.startswith(("=", "+", "-", "@")):
        cell.quotePrefix = True
    return cell
