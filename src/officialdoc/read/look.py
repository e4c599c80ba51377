"""`python -m officialdoc.read.look FILE`: what a printed thing looks like and says.

Reads: a .pdf. Writes: JSON on standard output: the number of pages, the first page as a WebP
picture (base64) with its size, the text page by page; exit 0. Without a text layer `pages`
is empty. A file that is no readable .pdf: exit 2, nothing written.
"""

from __future__ import annotations

import argparse
import base64
import io
import json
import sys
from collections.abc import Sequence
from typing import Any

from officialdoc.read.bounds import bind

WIDEST, TALLEST = 640, 1280  # pixels of the picture
QUALITY = 72
MOST_PAGES = 400
MOST_TEXT = 400_000  # characters kept


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m officialdoc.read.look", description=__doc__.split("\n")[0]
    )
    parser.add_argument("file")
    parser.add_argument("--seconds", type=int, help="processor time this process may use")
    parser.add_argument("--megabytes", type=int, help="memory this process may use")
    options = parser.parse_args(arguments)
    bind(options.seconds, options.megabytes)
    seen = look(options.file)
    if seen is None:
        return 2
    sys.stdout.buffer.write(json.dumps(seen, ensure_ascii=False).encode() + b"\n")
    return 0


def look(path: str) -> dict[str, Any] | None:
    """The libraries are imported only here, so that the limits hold for them as well."""
    import pypdfium2  # noqa: PLC0415

    try:
        document = pypdfium2.PdfDocument(path)
        with document:
            count = len(document)
            if not 0 < count <= MOST_PAGES:
                return None
            picture, width, height = first_page(document)
    except (pypdfium2.PdfiumError, OSError, ValueError):
        return None
    shown = {"picture": base64.b64encode(picture).decode(), "width": width, "height": height}
    return {"page_count": count, **shown, "pages": text_of(path, count)}


def first_page(document: Any) -> tuple[bytes, int, int]:
    """WebP bytes, width and height; a page of any proportion fits into the widest and tallest."""
    page = document[0]
    scale = min(WIDEST / max(page.get_width(), 1), TALLEST / max(page.get_height(), 1))
    picture = page.render(scale=scale).to_pil().convert("RGB")
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=QUALITY, method=4)
    return out.getvalue(), picture.width, picture.height


def text_of(path: str, count: int) -> list[list[dict[str, Any]]]:
    """Per page its paragraphs and tables in reading order; [] where the text layer says nothing."""
    from officialdoc.model import Paragraph, UnreadableDocumentError  # noqa: PLC0415
    from officialdoc.read.formats import read_source  # noqa: PLC0415

    try:
        source = read_source(path, name="print.pdf")
    except UnreadableDocumentError:
        return []
    pages: list[list[dict[str, Any]]] = [[] for _number in range(count)]
    number, left = 1, MOST_TEXT
    for block in source.blocks:
        number = min(block.page or number, count)
        if isinstance(block, Paragraph):
            found: dict[str, Any] = {"text": block.text, "bold": block.bold}
            left -= len(block.text)
        else:
            rows = _rows(block)
            found = {"rows": rows}
            left -= sum(len(cell) for row in rows for cell in row)
        if left < 0:
            break
        pages[number - 1].append(found)
    return pages


def _rows(table: Any) -> list[list[str]]:
    """The cells of a table, row by row, each where it begins."""
    rows: dict[int, list[str]] = {}
    for cell in sorted(table.cells, key=lambda each: (each.row, each.column)):
        rows.setdefault(cell.row, []).append(cell.text)
    return [rows[number] for number in sorted(rows)]


if __name__ == "__main__":
    sys.exit(main())
