"""The parts of a document.

Reads: lines and tables in reading order. Writes: `Parts`: what stands before the title, the
title, the body, the signature, the annexes; for a decision that carries a plan, both of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from officialdoc.model import Table
from officialdoc.read.plan.letters import CAPITALS, bare, is_upper, tidy
from officialdoc.read.plan.lines import Line, Piece
from officialdoc.read.plan.vocabulary import KINDS, PLAN_KINDS, one_of
from officialdoc.read.plan.wrapping import joined

_KIND = re.compile(rf"^({one_of(KINDS)})(?!\w)\s*(.*)$")
_KIND_ALONE = re.compile(rf"^({one_of(tuple(bare(k) for k in KINDS))})$")
_KIND_LOOSE = re.compile(
    r"^(kế hoạch|chương trình(?: hành động)?|phương án|đề án)\s+(?=\D)(.{10,})$", re.IGNORECASE
)
_SIGNED = re.compile(rf"^(?:(?:TM|KT|TL|TUQ|Q)\s*\.|(?:T/M|K/T|T/L)\.?)\s*[{CAPITALS}]{{2}}")
_RECIPIENTS = re.compile(r"^noi nhan\s*:?")
_ANNEX = re.compile(r"^(?:phu luc|danh muc|bieu mau|mau so|bieu so|de cuong|bieu)\b")
_BASE = re.compile(r"^(?:can cu|thuc hien|tiep tuc thuc hien|xet|theo de nghi)\s")
_ATTACHED = re.compile(r"kem theo")
_HEADER = re.compile(
    r"^cong hoa xa hoi|^(?:chu nghia )?viet nam$|^doc lap\s*-\s*tu do|^.{2,40},\s*ngay[\s.…\d]+thang[\s.…\d]+nam"
)
_REST_OF_DATE = re.compile(r"(?:năm\s*)?20\d\d")
_SECTION = re.compile(
    r"^(?!V/v)(?:[IVX]{1,4}|[A-D]|1|Điều 1|Phần (?:I|1|thứ nhất)|PHẦN (?:I|1|THỨ NHẤT))\s*[.:/)-]"
)


@dataclass(slots=True)
class Heading:
    """A kind of document and the title below it."""

    kind: str
    at: int  # index of its line in the pieces
    rest: str  # what stands on the same line
    sure: bool = True


@dataclass(slots=True)
class Parts:
    head: list[Line] = field(default_factory=list)
    heading: Heading | None = None  # of the document that was issued
    plan_heading: Heading | None = None  # of the plan it carries
    preamble: list[Piece] = field(default_factory=list)  # from the title on, of what was issued
    body: list[Piece] = field(default_factory=list)  # the plan, from its title on
    signature: list[Line] = field(default_factory=list)
    annexes: list[Piece] = field(default_factory=list)
    notes: list[Line] = field(default_factory=list)  # "(Ban hành kèm theo …)" lines

    @property
    def carries_plan(self) -> bool:
        return self.plan_heading is not None


def parts_of(pieces: list[Piece]) -> Parts:
    parts = Parts()
    pieces = _with_heading_below_header(pieces)
    parts.notes = [p for p in pieces if isinstance(p, Line) and _ATTACHED.search(bare(p.text)[:40])]
    parts.heading = _first_heading(pieces)
    first = parts.heading.at if parts.heading else _first_of_body(pieces)
    parts.head = [p for p in pieces[:first] if isinstance(p, Line)]
    start, end = _signature_span(pieces, first)
    parts.signature = [p for p in pieces[start:end] if isinstance(p, Line)]
    if parts.heading and parts.heading.kind not in PLAN_KINDS:
        parts.plan_heading = _carried_heading(pieces, first + 1)
    carried = parts.plan_heading.at if parts.plan_heading else None
    if carried is None:
        parts.preamble = parts.body = joined(pieces[first:start])
        parts.annexes = joined(pieces[end:])
        return parts
    parts.preamble = joined(pieces[first : min(start, carried)])
    # A plan behind the signature runs to its annexes, one before it to the signature.
    stop = _annex_at(pieces, carried + 1) if carried >= end else start
    parts.body = joined(pieces[carried:stop])
    parts.annexes = joined(pieces[max(stop, end) :])
    return parts


def _with_heading_below_header(pieces: list[Piece]) -> list[Piece]:
    """The kind read as a part of the header's left side stands below its right side again."""
    at = next((n for n, p in enumerate(pieces[:20]) if isinstance(p, Line) and _is_kind_alone(p)), None)
    if at is None:
        return pieces
    ahead = pieces[at + 1 : at + 10]
    ends = [n for n, p in enumerate(ahead) if isinstance(p, Line) and _HEADER.search(bare(p.text))]
    if not ends or any(isinstance(p, Table) for p in ahead[: ends[-1]]):
        return pieces
    end = at + 2 + ends[-1]
    rest = pieces[end] if end < len(pieces) else None
    if isinstance(rest, Line) and _REST_OF_DATE.fullmatch(rest.text):
        end += 1
    return [*pieces[:at], *pieces[at + 1 : end], pieces[at], *pieces[end:]]


def _is_kind_alone(line: Line) -> bool:
    found = heading_of(line.text)
    return found is not None and not found[1]


def _first_of_body(pieces: list[Piece]) -> int:
    """Where a document whose title line is lost begins: at its first base or section."""
    for at, piece in enumerate(pieces[:60]):
        if isinstance(piece, Line) and (_BASE.match(bare(piece.text)) or _SECTION.match(piece.text)):
            return at
    return 0


def heading_of(text: str) -> tuple[str, str] | None:
    """The kind a line announces in capitals and the rest of the line."""
    text = tidy(text).strip("* ")
    found = _KIND.match(text)
    if found and is_upper(found.group(1)) and not found.group(2).startswith(":"):
        rest = found.group(2)
        if rest and not (is_upper(rest[:40]) or rest[:3] in ("V/v", "Về") or rest[:1].isupper()):
            return None
        return found.group(1), rest
    if _KIND_ALONE.match(bare(text)) and text[:1].isupper():
        return text.upper(), ""
    return None


def _first_heading(pieces: list[Piece]) -> Heading | None:
    for at, piece in enumerate(pieces[:120]):
        if isinstance(piece, Line) and (found := heading_of(piece.text)):
            return Heading(found[0], at, found[1])
    for at, piece in enumerate(pieces[:40]):
        if isinstance(piece, Line) and len(piece.text) < 400:
            loose = _KIND_LOOSE.match(piece.text)
            if loose and not piece.text.endswith((";", ".", ":")):
                return Heading(loose.group(1).upper(), at, loose.group(2), sure=False)
    return None


def _carried_heading(pieces: list[Piece], first: int) -> Heading | None:
    signed = False
    for at in range(first, len(pieces)):
        piece = pieces[at]
        if isinstance(piece, Table):
            continue
        signed = signed or bool(_RECIPIENTS.match(bare(piece.text)) or _SIGNED.match(piece.text))
        found = heading_of(piece.text)
        if found and found[0] in PLAN_KINDS and (signed or _is_attached(pieces, at)):
            return Heading(found[0], at, found[1])
    return None


def _is_attached(pieces: list[Piece], at: int) -> bool:
    below = [p for p in pieces[at : at + 10] if isinstance(p, Line)]
    return any(_ATTACHED.search(bare(line.text)) and line.text.startswith("(") for line in below)


def _signature_span(pieces: list[Piece], first: int) -> tuple[int, int]:
    """Where the signature and the recipients stand."""
    start = next((at for at in range(first + 1, len(pieces)) if _opens_signature(pieces[at])), len(pieces))
    end = start
    while end < len(pieces) and end - start < 70:
        piece = pieces[end]
        if isinstance(piece, Table) or (end > start and _opens_annex(pieces, end)):
            break
        end += 1
    return start, end


def _opens_signature(piece: Piece) -> bool:
    return isinstance(piece, Line) and bool(_RECIPIENTS.match(bare(piece.text)) or _SIGNED.match(piece.text))


def _opens_annex(pieces: list[Piece], at: int) -> bool:
    piece = pieces[at]
    if isinstance(piece, Table):
        return False
    if _SECTION.match(piece.text) or ((found := heading_of(piece.text)) and found[0] in PLAN_KINDS):
        return True
    return bool(_ANNEX.match(bare(piece.text))) and (is_upper(piece.text) or len(piece.text) < 60)


def _annex_at(pieces: list[Piece], first: int) -> int:
    """Where the carried plan ends: at a signature of its own or at an annex."""
    for at in range(first, len(pieces)):
        piece = pieces[at]
        if isinstance(piece, Line) and (
            _opens_signature(piece) or (_ANNEX.match(bare(piece.text)) and is_upper(piece.text))
        ):
            return at
    return len(pieces)
