"""The relations of a document as a drawing: what acts on it above, what it acts on below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from loa.core.text import format_date
from loa.documents.queries.legal import Relation

WIDTH, BOX, HUB, ROW, GAP = 860, 300, 370, 46, 14  # HUB: where the box in the middle begins
MOST = 12  # boxes of one side; the list below the drawing holds them all
_LETTERS = 36


@dataclass(frozen=True, slots=True)
class Box:
    x: int
    y: int
    label: str
    url: str
    what: str  # the words on the line: "Amended by, from 25/09/2017"
    line_from: tuple[int, int]
    line_to: tuple[int, int]

    @property
    def text_x(self) -> int:
        return self.x + 12

    @property
    def path(self) -> str:
        """A bent line, so that lines of many boxes do not cross the boxes."""
        (x1, y1), (x2, y2) = self.line_from, self.line_to
        middle = (x1 + x2) // 2
        return f"M{x1} {y1} C{middle} {y1} {middle} {y2} {x2} {y2}"


@dataclass(frozen=True, slots=True)
class Graph:
    left_edge: int  # a side without boxes is not drawn
    width: int
    height: int
    center_y: int
    label: str
    left: tuple[Box, ...]
    right: tuple[Box, ...]
    left_out: int

    @property
    def is_drawn(self) -> bool:
        return bool(self.left or self.right)


def graph_of(label: str, incoming: Sequence[Relation], outgoing: Sequence[Relation]) -> Graph:
    """Left what acts on the document, the document in the middle, right what it acts on."""
    rows = max(min(len(incoming), MOST), min(len(outgoing), MOST), 1)
    height = rows * (ROW + GAP) + GAP
    center = height // 2
    return Graph(
        left_edge=0 if incoming else HUB,
        width=(WIDTH if outgoing else WIDTH - HUB) - (0 if incoming else HUB),
        height=height,
        center_y=center,
        label=_short(label, 22),
        left=_boxes(incoming[:MOST], x=0, line_from=BOX, line_to=HUB, height=height),
        right=_boxes(
            outgoing[:MOST], x=WIDTH - BOX, line_from=WIDTH - BOX, line_to=WIDTH - HUB, height=height
        ),
        left_out=max(0, len(incoming) - MOST) + max(0, len(outgoing) - MOST),
    )


def _boxes(
    relations: Sequence[Relation], *, x: int, line_from: int, line_to: int, height: int
) -> tuple[Box, ...]:
    first = (height - len(relations) * (ROW + GAP) + GAP) // 2
    return tuple(
        Box(
            x=x,
            y=first + at * (ROW + GAP),
            label=_short(each.text, _LETTERS),
            url=each.url,
            what=each.label + (f" · {format_date(each.day)}" if each.day else ""),
            line_from=(line_from, first + at * (ROW + GAP) + ROW // 2),
            line_to=(line_to, height // 2),
        )
        for at, each in enumerate(relations)
    )


def _short(text: str, letters: int) -> str:
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"
