"""A PDF's pages, opened by pdfium.

Reads: bytes. Writes: the content of each page; refuses locked and broken files.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2  # noqa: F401  its import initialises the library, and ends it at exit
import pypdfium2.raw as pdfium

from officialdoc.read.formats.limits import MAX_CHARACTERS, MAX_PAGES
from officialdoc.read.formats.pdf_glyphs import PageContent, read_page
from officialdoc.read.formats.refusals import refusal


def pages_of(data: bytes) -> list[PageContent]:
    pages: list[PageContent] = []
    glyphs = 0
    with _document(data) as document:
        count = pdfium.FPDF_GetPageCount(document)
        if count > MAX_PAGES:
            raise refusal("too_many_pages", pages=MAX_PAGES)
        for index in range(count):
            with _page(document, index, flatten=True) as page:
                pages.append(read_page(page))
            glyphs += len(pages[-1].glyphs)
            if glyphs > MAX_CHARACTERS // 5:
                raise refusal("too_much_content")
    if not pages:
        raise refusal("broken")
    return pages


@contextmanager
def _document(data: bytes) -> Iterator[ctypes.c_void_p]:
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
