"""Plain text → `Source`.

Reads: decoded text. Writes: lines and the tables drawn with tabs or bars.
"""

from __future__ import annotations

from officialdoc.model import Source
from officialdoc.read.formats.drafts import BlockDraft, assemble, lines_of
from officialdoc.read.formats.text_tables import tab_table_at


def read_txt(text: str) -> Source:
    rows = text.split("\n")
    drafts: list[BlockDraft] = []
    at = 0
    while at < len(rows):
        table = tab_table_at(rows, at)
        if table is None:
            drafts.extend(lines_of(rows[at]))
            at += 1
        else:
            draft, at = table
            drafts.append(draft)
    return assemble(drafts, "txt")
