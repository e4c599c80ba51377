"""What a file looks like once it is printed: pages, words and where they stand.

LibreOffice draws a .docx as Word would; a machine without it skips these tests and says so.
"""

from __future__ import annotations

import ctypes
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest

POINTS_PER_MM = 72 / 25.4
ASCENT, DESCENT = 0.891, 0.216  # of the letter size, in Times New Roman and what is as wide


@dataclass(frozen=True)
class Word:
    """Millimetres from the page's left and top."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    font: str


@dataclass
class PrintedPage:
    width: float
    height: float
    words: list[Word]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def header(self) -> str:
        """What stands in the top margin."""
        return " ".join(word.text for word in self.words if word.bottom < 20)

    @property
    def left_edge(self) -> float:
        return min(word.left for word in self.words)

    @property
    def right_edge(self) -> float:
        return max(word.right for word in self.words)

    @property
    def bottom_edge(self) -> float:
        return max(word.bottom for word in self.words)


class PrintedFile:
    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def pages(self) -> list[PrintedPage]:
        with pdfium.PdfDocument(self.path) as pdf:
            return [printed_page(page) for page in pdf]

    @property
    def text(self) -> str:
        return " ".join(page.text for page in self.pages)


def printed_page(page: pdfium.PdfPage) -> PrintedPage:
    width, height = page.get_size()
    letters = page.get_textpage()
    words = [printed_word(letters, word, height) for word in word_letters(letters)]
    return PrintedPage(width / POINTS_PER_MM, height / POINTS_PER_MM, words)


def word_letters(letters: pdfium.PdfTextPage) -> Iterator[list[int]]:
    """The numbers of the letters of each word: unbroken by a blank, a step back or a new line."""
    word: list[int] = []
    for index in range(letters.count_chars()):
        is_blank = not letter_at(letters, index).strip()
        if word and (is_blank or not follows(letters, word[-1], index)):
            yield word
            word = []
        if not is_blank:
            word.append(index)
    if word:
        yield word


def letter_at(letters: pdfium.PdfTextPage, index: int) -> str:
    return chr(pdfium_c.FPDFText_GetUnicode(letters, index))


def follows(letters: pdfium.PdfTextPage, before: int, index: int) -> bool:
    left, line = origin(letters, index)
    _, line_before = origin(letters, before)
    return abs(left - letters.get_charbox(before, loose=True)[2]) < 3 and abs(line - line_before) < 3


def origin(letters: pdfium.PdfTextPage, index: int) -> tuple[float, float]:
    """Where a letter begins on its line."""
    left, line = ctypes.c_double(), ctypes.c_double()
    pdfium_c.FPDFText_GetCharOrigin(letters, index, left, line)
    return left.value, line.value


def printed_word(letters: pdfium.PdfTextPage, word: list[int], height: float) -> Word:
    left, line = origin(letters, word[0])
    size = pdfium_c.FPDFText_GetFontSize(letters, word[0])
    return Word(
        text="".join(letter_at(letters, index) for index in word),
        left=left / POINTS_PER_MM,
        right=letters.get_charbox(word[-1], loose=True)[2] / POINTS_PER_MM,
        top=(height - line - ASCENT * size) / POINTS_PER_MM,
        bottom=(height - line + DESCENT * size) / POINTS_PER_MM,
        font=font_of(letters, word[0]),
    )


def font_of(letters: pdfium.PdfTextPage, index: int) -> str:
    name = ctypes.create_string_buffer(200)
    pdfium_c.FPDFText_GetFontInfo(letters, index, name, 200, ctypes.c_int())
    return name.value.decode()


def print_docx(content: bytes, folder: Path) -> PrintedFile:
    """Drawn by LibreOffice in a profile of its own, thrown away with `folder`."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not installed: the .docx is not drawn")
    source = folder / "printed.docx"
    source.write_bytes(content)
    profile = (folder / "profile").as_uri()
    command = [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir"]
    subprocess.run([*command, str(folder), str(source)], check=True, capture_output=True, timeout=120)
    return PrintedFile(folder / "printed.pdf")


def print_pdf(content: bytes, folder: Path) -> PrintedFile:
    target = folder / "written.pdf"
    target.write_bytes(content)
    return PrintedFile(target)
