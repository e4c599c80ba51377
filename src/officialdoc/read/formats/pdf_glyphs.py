"""What pdfium sees on a page: characters and ruled lines, in upright coordinates.

Reads: one page. Writes: glyphs and rulings, y growing downwards from the page's top.
Stamps and form fields (the number and the day are often stamped) are flattened first.
"""

from __future__ import annotations

import ctypes
import itertools
import math
from dataclasses import dataclass

import pypdfium2.raw as pdfium

from officialdoc.read.formats.limits import MAX_PAGE_OBJECTS
from officialdoc.read.formats.refusals import refusal

_HYPHENS_AT_LINE_END = (0x02, 0xFFFE)  # how pdfium names a hyphen it takes for a soft one
_THIN = 2.6  # points: a filled shape this thin is a line
_STRAIGHT = 0.8
_BOLD_FLAG, _ITALIC_FLAG = 1 << 18, 1 << 6
_NAME_BYTES = 160
_MAX_FORM_DEPTH = 6


@dataclass(slots=True)
class Glyph:
    text: str
    x0: float
    x1: float
    base: float  # of the line it stands on
    size: float
    bold: bool
    italic: bool
    font: str = ""
    is_unmapped: bool = False

    @property
    def top(self) -> float:
        return self.base - 0.75 * self.size


@dataclass(slots=True)
class Ruling:
    """A horizontal (y0 == y1) or vertical (x0 == x1) line."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def is_horizontal(self) -> bool:
        return self.y0 == self.y1


@dataclass(slots=True)
class PageContent:
    width: float
    height: float
    glyphs: list[Glyph]
    rulings: list[Ruling]
    has_picture: bool


@dataclass(frozen=True, slots=True)
class _Upright:
    """From pdfium's page space to upright, top-down coordinates."""

    left: float
    bottom: float
    width: float
    height: float
    turns: int

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        x, y = x - self.left, y - self.bottom
        if self.turns == 1:
            return y, x
        if self.turns == 2:
            return self.width - x, y
        if self.turns == 3:
            return self.height - y, self.width - x
        return x, self.height - y


def read_page(page: ctypes.c_void_p) -> PageContent:
    """The content of a loaded page that was flattened."""
    place = _placement(page)
    turned = place.turns % 2 == 1
    width, height = (place.height, place.width) if turned else (place.width, place.height)
    glyphs = _glyphs(page, place)
    rulings: list[Ruling] = []
    has_picture = _Paths(place, rulings).walk_page(page)
    return PageContent(width, height, glyphs, rulings, has_picture)


def _placement(page: ctypes.c_void_p) -> _Upright:
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    turns = max(0, pdfium.FPDFPage_GetRotation(page)) % 4
    return _Upright(box.left, box.bottom, box.right - box.left, box.top - box.bottom, turns)


class _Fonts:
    """Bold and italic by font name and flags, asked once per name."""

    def __init__(self) -> None:
        self._name = ctypes.create_string_buffer(_NAME_BYTES)
        self._flags = ctypes.c_int()
        self._known: dict[tuple[bytes, int], tuple[bool, bool, str]] = {}

    def look(self, text_page: ctypes.c_void_p, index: int) -> tuple[bool, bool, str]:
        pdfium.FPDFText_GetFontInfo(text_page, index, self._name, _NAME_BYTES, self._flags)
        key = (self._name.value, self._flags.value)
        if key not in self._known:
            name = key[0].lower()
            bold = b"bold" in name or b"black" in name or bool(key[1] & _BOLD_FLAG)
            italic = b"italic" in name or b"oblique" in name or bool(key[1] & _ITALIC_FLAG)
            self._known[key] = (bold, italic, name.decode("latin-1"))
        return self._known[key]


def _glyphs(page: ctypes.c_void_p, place: _Upright) -> list[Glyph]:
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return []
    try:
        count = pdfium.FPDFText_CountChars(text_page)
        if count > MAX_PAGE_OBJECTS:
            raise refusal("too_much_content")
        return _glyphs_of(text_page, count, place)
    finally:
        pdfium.FPDFText_ClosePage(text_page)


def _glyphs_of(text_page: ctypes.c_void_p, count: int, place: _Upright) -> list[Glyph]:
    fonts = _Fonts()
    box = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    found: list[Glyph] = []
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        code = ord("-") if code in _HYPHENS_AT_LINE_END else code
        if not _is_drawable(code) or pdfium.FPDFText_IsGenerated(text_page, index) == 1:
            continue
        if not pdfium.FPDFText_GetLooseCharBox(text_page, index, box):
            continue
        pdfium.FPDFText_GetCharOrigin(text_page, index, x, y)
        _, base = place(x.value, y.value)
        ax, _ = place(box.left, box.bottom)
        bx, _ = place(box.right, box.top)
        bold, italic, font = fonts.look(text_page, index)
        size = _drawn_size(text_page, index)
        unmapped = pdfium.FPDFText_HasUnicodeMapError(text_page, index) == 1
        found.append(Glyph(chr(code), min(ax, bx), max(ax, bx), base, size, bold, italic, font, unmapped))
    return found


def _drawn_size(text_page: ctypes.c_void_p, index: int) -> float:
    matrix = pdfium.FS_MATRIX()
    size = float(pdfium.FPDFText_GetFontSize(text_page, index))
    if pdfium.FPDFText_GetMatrix(text_page, index, matrix):
        size *= math.hypot(matrix.c, matrix.d) or 1.0
    return min(max(size, 1.0), 200.0)


def _is_drawable(code: int) -> bool:
    return code >= 0x20 and not 0xD800 <= code < 0xE000 and code not in (0xFFFE, 0xFFFF) and code < 0x11_0000


class _Paths:
    """Collects the straight lines that a page draws."""

    def __init__(self, place: _Upright, found: list[Ruling]) -> None:
        self._place = place
        self._found = found
        self._seen = 0
        self._has_picture = False

    def walk_page(self, page: ctypes.c_void_p) -> bool:
        for index in range(pdfium.FPDFPage_CountObjects(page)):
            self._object(pdfium.FPDFPage_GetObject(page, index), (), 0)
        return self._has_picture

    def _object(self, item: ctypes.c_void_p, outer: tuple[pdfium.FS_MATRIX, ...], depth: int) -> None:
        self._seen += 1
        if self._seen > MAX_PAGE_OBJECTS:
            raise refusal("too_much_content")
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            self._has_picture = True
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            self._path(item, (_matrix_of(item), *outer))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_FORM_DEPTH:
            inner = (_matrix_of(item), *outer)
            for index in range(max(0, pdfium.FPDFFormObj_CountObjects(item))):
                self._object(pdfium.FPDFFormObj_GetObject(item, index), inner, depth + 1)

    def _path(self, path: ctypes.c_void_p, matrices: tuple[pdfium.FS_MATRIX, ...]) -> None:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
        for points in self._outlines(path, matrices):
            if stroke.value:
                self._stroked(points)
            elif fill.value:
                self._filled(points)

    def _outlines(
        self, path: ctypes.c_void_p, matrices: tuple[pdfium.FS_MATRIX, ...]
    ) -> list[list[tuple[float, float]]]:
        outlines: list[list[tuple[float, float]]] = []
        x, y = ctypes.c_float(), ctypes.c_float()
        count = pdfium.FPDFPath_CountSegments(path)
        for index in range(min(count, MAX_PAGE_OBJECTS)):
            segment = pdfium.FPDFPath_GetPathSegment(path, index)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO or not outlines:
                outlines.append([])
            outlines[-1].append(self._place(*_moved(x.value, y.value, matrices)))
            if pdfium.FPDFPathSegment_GetClose(segment):
                outlines[-1].append(outlines[-1][0])
        return outlines

    def _stroked(self, points: list[tuple[float, float]]) -> None:
        for (ax, ay), (bx, by) in itertools.pairwise(points):
            if abs(ay - by) <= _STRAIGHT < abs(ax - bx):
                self._found.append(Ruling(min(ax, bx), ay, max(ax, bx), ay))
            elif abs(ax - bx) <= _STRAIGHT < abs(ay - by):
                self._found.append(Ruling(ax, min(ay, by), ax, max(ay, by)))

    def _filled(self, points: list[tuple[float, float]]) -> None:
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
        if y1 - y0 <= _THIN and x1 - x0 > y1 - y0:
            self._found.append(Ruling(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2))
        elif x1 - x0 <= _THIN and y1 - y0 > x1 - x0:
            self._found.append(Ruling((x0 + x1) / 2, y0, (x0 + x1) / 2, y1))


def _matrix_of(item: ctypes.c_void_p) -> pdfium.FS_MATRIX:
    matrix = pdfium.FS_MATRIX(1, 0, 0, 1, 0, 0)
    pdfium.FPDFPageObj_GetMatrix(item, matrix)
    return matrix


def _moved(x: float, y: float, matrices: tuple[pdfium.FS_MATRIX, ...]) -> tuple[float, float]:
    for m in matrices:
        x, y = m.a * x + m.c * y + m.e, m.b * x + m.d * y + m.f
    return x, y
