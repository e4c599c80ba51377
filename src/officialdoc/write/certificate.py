"""Certificates that somebody took part: a landscape page for each person, set by typst.

Reads: `Certificates`. Writes: the bytes of a tagged PDF. Words reach the template (certificate.typ) as one JSON text.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import typst

from .dates import date_in_words
from .form import form_for
from .pdf import clean

TEMPLATE = Path(__file__).parent / "certificate.typ"


@dataclass(frozen=True, slots=True)
class Holder:
    name: str
    call: str  # "Ông/Bà"
    title: str
    organisation: str
    number: str  # "Số: 12/GCN-SNV"
    on: date


@dataclass(frozen=True, slots=True)
class Certificates:
    """What every page says, and who gets one."""

    agency: str
    parent_agency: str
    heading: str
    certifies: str
    took_part: str
    title: str
    when: str
    place: str
    signer_title: str
    signer_authority: tuple[str, ...]
    signer_name: str
    holders: tuple[Holder, ...]


def write_certificates(sheet: Certificates) -> bytes:
    """Raises ValueError where nobody gets one: a file without a page is none."""
    if not sheet.holders:
        raise ValueError("A certificate needs a holder")
    data = asdict(sheet) | {"fonts": form_for(None).font.names}
    for holder, row in zip(sheet.holders, data["holders"], strict=True):
        day = date_in_words(holder.on, form_for(holder.on).date)
        row["on"] = f"{sheet.place}, {day}" if sheet.place else day
    text = json.dumps(clean(data), ensure_ascii=False)
    paper = typst.compile(TEMPLATE.read_bytes(), format="pdf", sys_inputs={"sheet": text})
    assert isinstance(paper, bytes)
    return paper
