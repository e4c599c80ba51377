"""What a file looks like once it is printed: pages, words and where they stand.

LibreOffice draws a .docx as Word would; a machine without it skips these tests and says so.
"""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pdfplumber
import pytest

POINTS_PER_MM = 72 / 25.4


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
        with pdfplumber.open(self.path) as pdf:
            return [printed_page(page) for page in pdf.pages]

    @property
    def text(self) -> str:
        return " ".join(page.text for page in self.pages)


def printed_page(page: pdfplumber.page.Page) -> PrintedPage:
    words = [
        Word(
            text=word["text"],
            left=word["x0"] / POINTS_PER_MM,
            right=word["x1"] / POINTS_PER_MM,
            top=word["top"] / POINTS_PER_MM,
            bottom=word["bottom"] / POINTS_PER_MM,
            font=word["fontname"],
        )
        for word in page.extract_words(extra_attrs=["fontname"])
    ]
    return PrintedPage(float(page.width) / POINTS_PER_MM, float(page.height) / POINTS_PER_MM, words)


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
