"""Blocks -> lines that each say one thing.

Reads: `Source.blocks`. Writes: `Line`s in reading order, with tables left standing among
them. Header and signature tables are opened into lines; lines that a page or a crawler
flattened together are cut apart; hard-wrapped lines are joined (wrapping.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from officialdoc.model import Align, Block, Paragraph, Place, Source, Table
from officialdoc.read.plan.letters import CAPITALS, SMALLS, bare, tidy
from officialdoc.read.plan.vocabulary import KINDS, OFFICES, PLAN_KINDS, one_of


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text with its blanks squeezed. `start`/`end` are its place in `Source.text`."""

    text: str
    start: int
    end: int
    page: int | None = None
    bold: bool = False
    align: Align | None = None

    @property
    def place(self) -> Place:
        return Place(self.start, self.end, self.page)


Piece = Line | Table

_LABEL_WORDS = (
    "cơ quan",
    "đơn vị",
    "thời gian",
    "thời hạn",
    "tiến độ",
    "địa điểm",
    "sản phẩm",
    "kết quả",
    "kinh phí",
    "hình thức",
)
_CUTS = re.compile(
    "|".join(
        (
            # cells drawn with bars
            r"\|+\s*",
            # words glued together where line breaks were lost in a signature
            rf"(?<=[{CAPITALS}]{{3}})(?=(?:KT|TL|TUQ)\.)",
            rf"(?<=[{CAPITALS}]{{2}})(?=(?:{one_of(OFFICES)})(?!\w))",
            rf"(?<=[{CAPITALS}]{{3}})(?=[{CAPITALS}][{SMALLS}]+ [{CAPITALS}][{SMALLS}])",
            # a number, a date or the kind of document run on behind the header
            r"(?<=\S)\s+(?=Số\s*:\s*[\d…./\s-]*[/-]\s*[A-ZĐ])",
            rf"(?<=[{CAPITALS}]{{2}})\s+(?=[{CAPITALS}][{SMALLS}]+(?:[ -][{CAPITALS}][{SMALLS}]+){{0,4}}, ngày\s)",
            rf"(?<=năm \d{{4}})\s+(?=(?:{one_of(KINDS)})(?!\w))",
            r"(?<=[,.;])\s+(?=QUYẾT ĐỊNH\s*:)",
            # the plan's title run on behind the decision's signer
            rf"(?<=[{SMALLS}])\s+(?=(?:{one_of((*PLAN_KINDS, 'PHỤ LỤC', 'DANH MỤC'))})\s+[{CAPITALS}]{{2,}})",
            rf"(?<=[{SMALLS}])\s+(?=(?:(?:ỦY|UỶ) BAN NHÂN DÂN|CỘNG (?:HÒA|HOÀ) XÃ HỘI)\s+[{CAPITALS}]{{2,}})",
            r"(?<=\S)\s+(?=\((?:Ban hành|[Kk]èm)\s+(?:kèm )?theo)",
            r"(?<=\S)\s+(?=Nơi nhận\s*:)",
            r"(?<=\./\.)\s*(?=\S)",
            # the first sub-item run on behind its heading
            rf"(?<=[{SMALLS};.])(?<!mục)(?<!điểm)(?<!khoản)(?<!phần)\s+(?=\d{{1,2}}\.\d{{1,2}}\.\s+[{CAPITALS}])",
            # label lines run on behind the item they belong to
            rf"(?<=[^\s(])\s+(?=[-–+*•]\s*(?:{one_of(tuple(w.capitalize() for w in _LABEL_WORDS))})[^:.;]{{0,40}}:)",
        )
    )
)
_MARKDOWN = re.compile(
    rf"\\r\\n|\\[rnt](?![{SMALLS}])|(?:^\s*#{{1,6}}(?=\s))|\*\*|__(?=\S)|(?<=\S)__|^\s*>\s"
)
_TAGS = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_RULE = re.compile(r"^[\s\-–—_=*.·•~#|]{3,}$|^[\s|]*$")
_PAGE_NUMBER = re.compile(r"^(?:trang\s*)?-?\s*\d{1,3}\s*(?:/\s*\d{1,3})?\s*-?$")
_FOOTNOTE = re.compile(r"^\[\d{1,3}\]")
_LAYOUT = re.compile(
    r"^(?:dang cong san viet nam$|(?:tm|kt|tl|tuq)\s*\.|(?:t/m|k/t|t/l)\b|"
    r"so\s*:|so\s*\d+\s*-)"
)
_MOTTO = re.compile(r"cong hoa xa hoi|doc lap\s*-\s*tu do|noi nhan\s*:")
_KIND_WORDS = frozenset(kind.split(" ")[0] for kind in KINDS)
_KIND_START = re.compile(rf"(?:{one_of(KINDS)})(?!\w)")
_HANGING_NUMBER = re.compile(r"\s((?:\d{1,2}\.){1,4}\d{0,2}\.?|[IVX]{1,5}\.|[a-zđ]\))$")
_MARKED = re.compile(
    r"[-+*•]\s*\S|(?:\d{1,2}(?:\.\d{1,2})*|[ivx]{1,4}|[a-zđ])[.)]\s|noi nhan|(?:tm|kt|tl|tuq)\."
)
_NUMBER_ALONE = re.compile(r"^(?:(?:\d{1,2}\.){1,4}\d{0,2}\.?|[IVX]{1,5}\.|[a-zđ]\)|[-+*•])$")


# No plan is longer; a longer text is read this far so that time stays bounded.
MOST_LETTERS = 1_500_000
_LONGEST_LINE = 60_000


def lines_of(source: Source) -> list[Piece]:
    """The document's lines and task-like tables in reading order."""
    pieces: list[Piece] = []
    for block in source.blocks:
        if block.start > MOST_LETTERS:
            break
        if isinstance(block, Table) and not is_layout(block):
            pieces.append(block)
        else:
            pieces.extend(_lines_of_block(block))
    return list(_with_numbers_rejoined(pieces))


def is_layout(table: Table) -> bool:
    """Whether a table only places a header or a signature on the page."""
    if len(table.cells) > 40 or table.row_count > 8 or table.column_count > 5:
        return False
    lines = [bare(line).strip() for cell in table.cells for line in cell.text.split("\n")]
    return any(_LAYOUT.match(line) or _MOTTO.search(line) for line in lines)


def _lines_of_block(block: Block) -> Iterator[Line]:
    if isinstance(block, Paragraph):
        yield from _lines_of_paragraph(block)
        return
    for cell in block.cells:
        for paragraph in cell.paragraphs:
            yield from _lines_of_paragraph(paragraph)


def _lines_of_paragraph(paragraph: Paragraph) -> Iterator[Line]:
    text = _blanked(paragraph.text[:_LONGEST_LINE])
    at = 0
    for cut in (*(m.end() for m in _CUTS.finditer(text)), len(text)):
        part = text[at:cut].rstrip(" |")
        if part.strip() and not _RULE.match(part) and not _FOOTNOTE.match(part.strip()):
            start = paragraph.start + at + len(part) - len(part.lstrip())
            end = paragraph.start + at + len(part.rstrip())
            yield Line(tidy(part), start, end, paragraph.page, paragraph.bold, paragraph.align)
        at = cut


def _blanked(text: str) -> str:
    """Marks of markup replaced by as many blanks, so that places stay true."""
    for pattern in (_MARKDOWN, _TAGS):
        text = pattern.sub(lambda m: " " * len(m.group()), text)
    return text


def _with_numbers_rejoined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """A number left hanging at the end of a line, or alone on one, opens the next line."""
    hanging: Line | None = None
    for piece, following in pairwise([*_with_kinds_rejoined(pieces), None]):
        assert piece is not None
        if isinstance(piece, Table):
            if hanging:
                yield hanging
            hanging = None
            yield piece
            continue
        line = piece
        if hanging:
            line = replace(line, text=f"{hanging.text} {line.text}", start=hanging.start)
            hanging = None
        if _NUMBER_ALONE.match(line.text) and not _opens_item(following):
            hanging = line
            continue
        found = _HANGING_NUMBER.search(line.text)
        if found and not _is_reference(line.text[: found.start()]) and not _opens_item(following):
            number = found.group(1)
            hanging = replace(line, text=number, start=line.end - len(number))
            line = replace(line, text=line.text[: found.start()], end=hanging.start)
        yield line
    if hanging:
        yield hanging


def _opens_item(piece: Piece | None) -> bool:
    """Whether a piece needs no number in front of it: it has a mark of its own."""
    return not isinstance(piece, Line) or bool(_MARKED.match(bare(piece.text)))


def _with_kinds_rejoined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """A kind cut in two by a line break ("KẾ" / "HOẠCH") is one line again."""
    first: Line | None = None
    for piece in pieces:
        if first is not None:
            if isinstance(piece, Line) and _KIND_START.match(f"{first.text} {piece.text}"):
                first = replace(first, text=f"{first.text} {piece.text}", end=piece.end)
                yield first
                first = None
                continue
            yield first
            first = None
        if isinstance(piece, Line) and piece.text in _KIND_WORDS:
            first = piece
        else:
            yield piece
    if first is not None:
        yield first


def _is_reference(text: str) -> bool:
    """Whether a number behind `text` names a place in a document ("mục 1.", "khoản 2.")."""
    return bool(
        re.search(
            r"(?:muc|khoan|diem|dieu|phan|so|nam|thang|quy|va|den|la|du|ngay|truoc|lan|khoa|dat|hon|tren|gan|tu|\d|,)$",
            bare(text),
        )
    )


def is_page_number(text: str) -> bool:
    return bool(_PAGE_NUMBER.match(bare(text)))
