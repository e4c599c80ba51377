"""Sections and items.

Reads: the lines of a plan's body. Writes: a tree of `Node`s by their labels (I, 1, 1.1, a,
"-"), each with the lines that stand directly under it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from officialdoc.model import Section, Table
from officialdoc.read.plan.labels import labels_in
from officialdoc.read.plan.letters import CAPITALS, fold, is_upper
from officialdoc.read.plan.lines import Line, Piece

_LABELS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "part",
        re.compile(rf"(?P<label>(?:PHẦN|Phần)\s+(?:[IVX]+|\d+|[Tt]hứ \w+|THỨ [{CAPITALS}]+))\s*[.:\-–]?\s*"),
    ),
    ("chapter", re.compile(r"(?P<label>(?:CHƯƠNG|Chương)\s+(?:[IVX]+|\d+))\s*[.:\-–]?\s*")),
    ("unit", re.compile(r"(?P<label>(?:MỤC|Mục)\s+(?:[IVX]+|\d+))\s*[.:\-–]\s*")),
    ("article", re.compile(r"(?P<label>(?:ĐIỀU|Điều)\s+\d+)\s*[.:\-–]?\s*")),
    ("roman", re.compile(r"(?!V/v)(?P<label>[IVX]{1,5})\s*(?:[.:/)]|[-–](?=\s))\s*(?=\S)")),
    ("number", re.compile(r"(?P<label>\d{1,2}(?:\.\d{1,2}){1,4})\s*[.):]?\s*(?=[^\d\s/%.,])")),
    ("arabic", re.compile(rf"(?P<label>\d{{1,2}})\s*(?:[.:/)]\s*(?=[^\d\s])|[-–]\s+(?=[{CAPITALS}]))")),
    ("bracket", re.compile(r"\((?P<label>\d{1,2}|[a-zđ]|[ivx]{1,4})\)\s*")),
    ("letter", re.compile(r"(?P<label>[a-zđ](?:\.?\d)?)\s*[).]\s+|(?P<label2>[a-zđ])\)\s*")),
    ("upper", re.compile(r"(?P<label>[A-HĐ])\s*[.)]\s+")),
    ("dash", re.compile(r"(?P<label>[-–—])\s*(?=\S)")),
    ("plus", re.compile(r"(?P<label>\+)\s*(?=\S)")),
    ("star", re.compile(r"(?P<label>[*•●▪○])\s*(?=\S)")),
)
_CLOSING = re.compile(
    r"trên đây là|trong quá trình (?:tổ chức |triển khai )?(?:thực hiện|triển khai)|"
    r"(?:ubnd|ủy ban nhân dân|ban chỉ đạo|ban thường vụ)[^.;:]{0,60}(?:yêu cầu|đề nghị)|"
    r"(?:định kỳ|hằng năm|hàng năm|hằng quý|hàng quý|trước ngày)[^.;:]{0,90}(?:các|thủ trưởng|giám đốc)[^:]{0,200}báo cáo|"
    r"(?:yêu cầu|đề nghị) (?:các |thủ trưởng|giám đốc|người đứng đầu)[^:]{20,}$"
)
_BULLETS = frozenset({"dash", "plus", "star"})


@dataclass(slots=True)
class Node:
    label: str
    style: str
    heading: str  # the line behind the label
    line: Line | None = None
    body: list[Line] = field(default_factory=list)  # lines under it without a label
    children: list[Node] = field(default_factory=list)
    parent: Node | None = None
    tables: list[Table] = field(default_factory=list)

    @property
    def is_bullet(self) -> bool:
        return self.style in _BULLETS

    @property
    def items(self) -> list[Node]:
        """Numbered children."""
        return [child for child in self.children if not child.is_bullet]

    @property
    def bullets(self) -> list[Node]:
        return [child for child in self.children if child.is_bullet]

    @property
    def start(self) -> int:
        return self.line.start if self.line else 0

    @property
    def end(self) -> int:
        own = max([self.line.end if self.line else 0, *(line.end for line in self.body)])
        return max([own, *(child.end for child in self.children[-1:])])

    @property
    def path(self) -> str:
        above = self.parent.path if self.parent else ""
        if self.is_bullet or not self.label:
            return above
        label = self.label
        if self.style.startswith("number"):
            # "2.1" under "2" is II.2.1, under "II" alone it is II.2.1 too
            head, _, tail = label.rpartition(".")
            label = tail if above == head or above.endswith(f".{head}") else label
        return f"{above}.{label}" if above else label

    def walk(self) -> Iterator[Node]:
        for child in self.children:
            yield child
            yield from child.walk()

    def all_lines(self) -> Iterator[Line]:
        """Every line under the heading, in order."""
        found = list(self.body)
        for child in self.children:
            if child.line:
                found.append(child.line)
            found.extend(child.all_lines())
        yield from sorted(found, key=lambda line: line.start)


def label_of(text: str) -> tuple[str, str, str] | None:
    """Style, label and rest of a line that opens an item."""
    for style, pattern in _LABELS:
        found = pattern.match(text)
        if found:
            groups = found.groupdict()
            label = groups.get("label") or groups.get("label2") or ""
            return style, label, text[found.end() :]
    return None


def outline_of(pieces: list[Piece]) -> Node:
    """The tree of the body; the root holds the lines before the first label."""
    root = Node("", "root", "")
    stack = [root]
    for piece in pieces:
        if isinstance(piece, Table):
            stack[-1].tables.append(piece)
            continue
        found = label_of(piece.text)
        if found is None:
            _add_line(stack, piece)
            continue
        style, label, rest = found
        style = _settled(style, label, rest, stack)
        _push(stack, Node(label, style, rest, piece))
    return root


def _settled(style: str, label: str, rest: str, stack: list[Node]) -> str:
    """Letters that are also Roman numerals follow the list they stand in."""
    if style == "roman" and len(label) == 1 and label in "ICDV":
        before = [node for node in stack if node.style == "upper"]
        if before and ord(label) - ord(before[-1].label[0]) in (1, 2) and label != "I":
            return "upper"
    if style == "letter" and label in "ivx" and any(n.style == "roman_small" for n in stack):
        return "roman_small"
    if style == "number":
        return f"number{label.count('.')}" if rest else style
    return style


def _push(stack: list[Node], node: Node) -> None:
    depth = _depth(node, stack)
    del stack[depth:]
    node.parent = stack[-1]
    stack[-1].children.append(node)
    stack.append(node)


def _depth(node: Node, stack: list[Node]) -> int:
    """How many nodes of the stack stand above this one."""
    if node.style.startswith("number"):
        return _number_depth(node, stack)
    for at in range(1, len(stack)):
        if stack[at].style == node.style:
            return at
    if node.style == "part":
        return 1
    if node.style == "chapter":
        return 2 if len(stack) > 1 and stack[1].style == "part" else 1
    if node.style in ("roman", "upper"):
        kept = [at for at in range(1, len(stack)) if stack[at].style in ("part", "chapter", "upper", "roman")]
        return kept[-1] + 1 if kept else 1
    return len(stack)


def _number_depth(node: Node, stack: list[Node]) -> int:
    """Place "2.1" under "2", else beside "1.3", else under the section."""
    head = node.label.rpartition(".")[0]
    for at in range(len(stack) - 1, 0, -1):
        if stack[at].label == head:
            return at + 1
    for at in range(1, len(stack)):
        if stack[at].style == node.style:
            return at
    for at in range(len(stack) - 1, 0, -1):
        if not stack[at].is_bullet and stack[at].style not in ("letter", "bracket"):
            return at + 1
    return len(stack)


def _add_line(stack: list[Node], line: Line) -> None:
    """A line without a label belongs to the nearest item; capitals open nothing by themselves."""
    if _CLOSING.match(fold(line.text)):
        del stack[1:]
    if is_upper(line.text) and len(stack) > 1 and len(line.text) > 6 and not stack[-1].is_bullet:
        stack[-1].body.append(line)
        return
    node = stack[-1]
    while node.is_bullet and node.parent and _leaves_bullet(node, line):
        stack.pop()
        node = stack[-1]
    node.body.append(line)


def _leaves_bullet(node: Node, line: Line) -> bool:
    """A new sentence after a finished bullet is a line of the item, not of the bullet."""
    if ":" in line.text[:60] and any(label.at == 0 for label in labels_in(line.text)[:1]):
        return True
    last = node.body[-1].text if node.body else node.heading
    return last.rstrip().endswith((".", ";", "!", "”", "/")) and line.text[:1].isupper()


def sections_of(root: Node) -> list[Section]:
    return [_section(node) for node in root.children if not node.is_bullet]


def _section(node: Node) -> Section:
    children = [_section(child) for child in node.children if not child.is_bullet]
    return Section(node.label, node.heading, children, node.line.place if node.line else None)
