"""The same document as .pdf, set by typst.

Reads: an `OutgoingDocument`. Writes: the bytes of a tagged PDF with the words of the .docx.
Words and measures reach the template (official.typ) as one JSON text; none is pasted into it.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typst

from .characters import printable
from .form import Form, form_for
from .model import Block, Bullet, Figure, Heading, OutgoingDocument, Run, TableBlock, Text
from .pictures import WIDTH
from .printed import Printed, printed, subject

TEMPLATE = Path(__file__).parent / "official.typ"


def write_pdf(document: OutgoingDocument, form: Form | None = None) -> bytes:
    """The document as a PDF file, in `form` or in the one in force on its date."""
    form = form or form_for(document.on)
    sheet = sheet_data(printed(document, form), document, form)
    text = json.dumps(clean(sheet), ensure_ascii=False, default=str)
    page = typst.compile(TEMPLATE.read_bytes(), format="pdf", sys_inputs={"sheet": text})
    assert isinstance(page, bytes)
    return page


def sheet_data(sheet: Printed, document: OutgoingDocument, form: Form) -> dict[str, Any]:
    on = document.on
    return asdict(sheet) | {
        "body": [block_data(block) for block in sheet.body],
        "annexes": [
            asdict(annex) | {"blocks": [block_data(block) for block in annex.blocks]}
            for annex in sheet.annexes
        ],
        "form": asdict(form) | {"font": {"names": form.font.names}},
        "subject": subject(document),
        "author": document.agency,
        "on": on and {"year": on.year, "month": on.month, "day": on.day},
    }


def clean(value: Any) -> Any:
    """Every string without the characters a file may not hold."""
    if isinstance(value, str):
        return printable(value).replace("\t", " ")
    if isinstance(value, dict):
        return {key: clean(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [clean(part) for part in value]
    return value


def block_data(block: Block) -> dict[str, Any]:
    match block:
        case Heading(level, label, text):
            return {"type": "heading", "level": level, "text": f"{label} {text}"}
        case Text():
            return {"type": "text", "runs": [asdict(run) for run in block.runs]}
        case Bullet():
            return {"type": "text", "runs": [asdict(run) for run in (Run("- "), *block.runs)]}
        case TableBlock():
            return {"type": "table", **asdict(block)}
        case Figure(chart):
            return {
                "type": "figure",
                "svg": chart.svg,
                "title": chart.title,
                "description": chart.description,
                "width": WIDTH,
            }
