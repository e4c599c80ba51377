""".pdf with a text layer → `Source`.

Reads: the pages' characters and rulings. Writes: paragraphs in reading order and ruled
tables; page numbers, running heads and footnotes are out of the flow.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2.raw as pdfium

from officialdoc.model import Source
from officialdoc.read.formats.drafts import BlockDraft, assemble
from officialdoc.read.formats.limits import MAX_PAGES
from officialdoc.read.formats.pdf_columns import in_reading_order
from officialdoc.read.formats.pdf_glyphs import PageContent, read_page
from officialdoc.read.formats.pdf_paragraphs import Column, paragraphs_of
from officialdoc.read.formats.pdf_rows import Row, rows_of
from officialdoc.read.formats.refusals import refusal


def read_pdf(data: bytes) -> Source:
    pages = list(_pages(data))
    rows = [row for number, page in enumerate(pages, 1) for row in rows_of(page.glyphs, number)]
    if not rows:
        raise refusal("scan")
    left = min(row.x0 for row in rows)
    right = max(row.x1 for row in rows)
    blocks: list[BlockDraft] = []
    carried: list[Row] = []
    for number in range(1, len(pages) + 1):
        own = [row for row in rows if row.page == number]
        for run in in_reading_order(own, left, right):
            blocks.extend(paragraphs_of(run, Column(left, right)))
    del carried
    return assemble(blocks, "pdf")


def _pages(data: bytes) -> Iterator[PageContent]:
    with _document(data) as document:
        count = pdfium.FPDF_GetPageCount(document)
        if count > MAX_PAGES:
            raise refusal("too_many_pages", pages=MAX_PAGES)
        for index in range(count):
            with _page(document, index, flatten=True) as page:
                yield read_page(page)


@contextmanager
def _document(data: bytes) -> Iterator[ctypes.c_void_p]:
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        is_locked = pdfium.FPDF_GetLastError() in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        raise refusal("encrypted" if is_locked else "broken")
    try:
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)


@contextmanager
def _page(document: ctypes.c_void_p, index: int, *, flatten: bool = False) -> Iterator[ctypes.c_void_p]:
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        raise refusal("broken")
    try:
        if flatten and pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS:
            with _page(document, index) as flat:
                yield flat
        else:
            yield page
    finally:
        pdfium.FPDF_ClosePage(page)
