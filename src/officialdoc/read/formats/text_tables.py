"""Tables in plain text: rows of cells with tabs between.

Reads: raw lines. Writes: table drafts and the line where each ends.
"""

from __future__ import annotations

from officialdoc.read.formats.drafts import TableDraft, table_of


def tab_table_at(rows: list[str], at: int) -> tuple[TableDraft, int] | None:
    """The tab-separated table that begins at line `at`, and the line after it."""
    columns = rows[at].count("\t") + 1
    if columns < 3 or not rows[at].split("\t")[0].strip():
        return None
    found: list[list[str]] = []
    end = at
    for number in range(at, len(rows)):
        if not rows[number].strip(" "):
            continue
        if rows[number].count("\t") + 1 != columns:
            break
        found.append(rows[number].split("\t"))
        end = number + 1
    return (table_of(found), end) if len(found) > 1 else None
