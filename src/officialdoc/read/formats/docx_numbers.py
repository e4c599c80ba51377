"""Word's automatic numbers, which are nowhere in the text of a .docx.

Reads: the numbering part, and per paragraph its list and level. Writes: the label as
Word draws it ("II.", "1.2.", "đ)", "- ").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from officialdoc.read.formats.docx_names import VAL, is_on, number_of, w
from officialdoc.read.formats.docx_styles import Styles

_ABSTRACT_ID = w("abstractNumId")
_NUM_ID, _ILVL, _LVL = w("numId"), w("ilvl"), w("lvl")
_PLACEHOLDER = re.compile(r"%([1-9])")
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_DRAWN_BULLETS = "+*•○●▪■□◦►➢✓→"
_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)


@dataclass(slots=True)
class Level:
    format: str = "decimal"
    custom: str = ""
    text: str = ""
    start: int = 1
    restart: int | None = None
    suffix: str = "tab"
    is_legal: bool = False
    style: str | None = None


@dataclass(slots=True)
class _List:
    """Lists that share an abstract numbering share its counters."""

    levels: dict[int, Level]
    counters: dict[int, int] = field(default_factory=dict)


def roman(number: int) -> str:
    drawn = []
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        drawn.append(letters * count)
    return "".join(drawn)


def _letters(number: int) -> str:
    turn, index = divmod(number - 1, 26)
    return chr(ord("a") + index) * (turn + 1)


def _custom(number: int, pattern: str) -> str:
    """Word's own-made order: "a, b, c, d, đ, …" or "001, 002, …"."""
    drawn = [part.strip() for part in pattern.split(",") if part.strip() not in ("", "...", "…")]
    if drawn and drawn[0].isdigit():
        return str(number).zfill(len(drawn[0]))
    return drawn[(number - 1) % len(drawn)] if drawn else str(number)


def drawn_number(number: int, format_: str, custom: str = "") -> str:
    if format_ == "custom":
        return _custom(number, custom)
    if format_ == "none" or number < 0:
        return ""
    if number == 0 or number > 3000:
        return str(number)
    if format_ in ("upperRoman", "lowerRoman"):
        text = roman(number)
        return text if format_ == "upperRoman" else text.lower()
    if format_ in ("upperLetter", "lowerLetter"):
        text = _letters(number)
        return text.upper() if format_ == "upperLetter" else text
    return str(number).zfill(2) if format_ == "decimalZero" else str(number)


def _drawn_bullet(text: str) -> str:
    mark = text.strip()[:1]
    return mark if mark and mark in _DRAWN_BULLETS else "-"


class Numbers:
    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, etree._Element] = {}
        self._nums: dict[str, etree._Element] = {}
        self._lists: dict[str, _List] = {}
        self._list_of: dict[str, tuple[_List, dict[int, Level]]] = {}
        self._restarts: dict[tuple[str, int], int] = {}
        if root is not None:
            self._abstract = {
                item.get(_ABSTRACT_ID, ""): item for item in root.iterchildren(w("abstractNum"))
            }
            self._nums = {item.get(_NUM_ID, ""): item for item in root.iterchildren(w("num"))}

    def label(self, num_id: str, level: int | None, style: str | None) -> str:
        """The next number of list `num_id`, with the space that follows it."""
        found = self._find(num_id)
        if found is None:
            return ""
        shared, levels = found
        at = self._level_of_style(levels, style) if level is None else level
        definition = levels.get(at)
        if definition is None:
            return ""
        self._count(num_id, shared, levels, at)
        return self._drawn(shared, levels, at)

    def _find(self, num_id: str) -> tuple[_List, dict[int, Level]] | None:
        if num_id not in self._list_of:
            num = self._nums.get(num_id)
            if num is None:
                return None
            abstract_id = self._abstract_id(num)
            shared = self._lists.setdefault(abstract_id, _List(self._levels(abstract_id)))
            self._list_of[num_id] = (shared, self._overridden(num_id, num, shared.levels))
        return self._list_of[num_id]

    def _abstract_id(self, num: etree._Element) -> str:
        """The list's definition, through a numbering style where it only names one."""
        for _ in range(5):
            reference = num.find(_ABSTRACT_ID)
            abstract_id = "" if reference is None else reference.get(VAL, "")
            abstract = self._abstract.get(abstract_id)
            link = None if abstract is None else abstract.find(w("numStyleLink"))
            target = None if link is None else self._styles.number_of_style(link.get(VAL, ""))
            if target is None or target not in self._nums:
                return abstract_id
            num = self._nums[target]
        return abstract_id

    def _levels(self, abstract_id: str) -> dict[int, Level]:
        abstract = self._abstract.get(abstract_id)
        if abstract is None:
            return {}
        return {number_of(item.get(_ILVL)): _level(item) for item in abstract.iterchildren(_LVL)}

    def _overridden(self, num_id: str, num: etree._Element, levels: dict[int, Level]) -> dict[int, Level]:
        own = dict(levels)
        for override in num.iterchildren(w("lvlOverride")):
            at = number_of(override.get(_ILVL))
            definition = override.find(_LVL)
            if definition is not None:
                own[at] = _level(definition)
            start = override.find(w("startOverride"))
            if start is not None:
                self._restarts[num_id, at] = number_of(start.get(VAL), 1)
        return own

    def _level_of_style(self, levels: dict[int, Level], style: str | None) -> int:
        for name in self._styles.line_of_names(style):
            for at, definition in levels.items():
                if definition.style == name:
                    return at
        return 0

    def _count(self, num_id: str, shared: _List, levels: dict[int, Level], at: int) -> None:
        counters = shared.counters
        restart = self._restarts.pop((num_id, at), None)
        if restart is not None:
            counters[at] = restart
        elif at in counters:
            counters[at] += 1
        else:
            counters[at] = levels[at].start
        for upper in range(at):
            if upper in levels:
                counters.setdefault(upper, levels[upper].start)
        for lower in [key for key in counters if key > at]:
            limit = levels[lower].restart if lower in levels else None
            if limit is None or at < limit:
                del counters[lower]

    def _drawn(self, shared: _List, levels: dict[int, Level], at: int) -> str:
        definition = levels[at]
        if definition.format == "bullet":
            return _drawn_bullet(definition.text) + " "

        def number(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            level = levels.get(place, definition)
            format_ = "decimal" if definition.is_legal and level.format != "none" else level.format
            return drawn_number(shared.counters.get(place, level.start), format_, level.custom)

        label = _PLACEHOLDER.sub(number, definition.text).strip()
        return label if not label or definition.suffix == "nothing" else label + " "


def _level(element: etree._Element) -> Level:
    level = Level()
    for item in element.iter(
        w("start"), w("numFmt"), w("lvlText"), w("lvlRestart"), w("suff"), w("isLgl"), w("pStyle")
    ):
        value = item.get(VAL, "")
        name = item.tag.rpartition("}")[2]
        if name == "start":
            level.start = number_of(value, 1)
        elif name == "numFmt" and not (level.format == "custom" and level.custom):
            level.format, level.custom = value, item.get(w("format"), "")
        elif name == "lvlText":
            level.text = value
        elif name == "lvlRestart":
            level.restart = number_of(value)
        elif name == "suff":
            level.suffix = value
        elif name == "isLgl":
            level.is_legal = is_on(item)
        elif name == "pStyle":
            level.style = value
    return level
