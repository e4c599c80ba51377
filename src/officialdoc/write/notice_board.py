"""A list to hang at the office, set by typst in the type of official documents: each row has a code to scan.

Reads: a `NoticeBoard`. Writes: the bytes of a tagged PDF. Words reach the template (notice_board.typ) as one JSON text.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import typst

from .form import form_for
from .pdf import clean

TEMPLATE = Path(__file__).parent / "notice_board.typ"


@dataclass(frozen=True, slots=True)
class NoticeRow:
    code: str
    name: str
    field: str
    time: str
    fee: str
    online: str
    qr: str  # SVG


@dataclass(frozen=True, slots=True)
class NoticeBoard:
    agency: str
    title: str
    where: tuple[str, ...]  # lines below the title
    columns: tuple[str, ...]  # seven headings
    note: str
    rows: tuple[NoticeRow, ...]


def write_notice_board(board: NoticeBoard) -> bytes:
    sheet = asdict(board) | {"fonts": form_for(None).font.names}
    text = json.dumps(clean(sheet), ensure_ascii=False)
    paper = typst.compile(TEMPLATE.read_bytes(), format="pdf", sys_inputs={"sheet": text})
    assert isinstance(paper, bytes)
    return paper
