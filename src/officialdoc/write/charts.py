"""Small charts as SVG with title, description and the figures behind them.

One drawing serves three places. On a page the classes take their colours from the style
sheet, which outranks the attributes; in .docx and .pdf the attributes count. There is no
inline style and no script, so a strict content policy lets it through.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from .characters import printable
from .dates import format_number
from .metrics import bold_width, filled, wrapped

SVG = "http://www.w3.org/2000/svg"
WIDTH = 640.0
LABELS = 210.0  # room for the names at the left
TEXT = 13.0
INK, PALE, LINE = "#1c2733", "#ffffff", "#c9ced6"
FONTS = "Times New Roman, Tinos, Libertinus Serif, serif"

Element = etree._Element  # noqa: SLF001  lxml gives its element class no public name


@dataclass(frozen=True, slots=True)
class Chart:
    """`columns` and `figures` are the drawing as a table: for who cannot see it, and for .xlsx."""

    title: str
    description: str
    svg: str
    columns: tuple[str, ...]
    figures: tuple[tuple[str | int, ...], ...]


@dataclass(frozen=True, slots=True)
class Series:
    """A part of every bar. `key` names the class "chart-key"; `ink` is the colour of numbers on it."""

    key: str
    label: str
    fill: str
    ink: str = PALE


@dataclass(frozen=True, slots=True)
class Bar:
    """A group of things counted: one value per series."""

    label: str
    values: tuple[int, ...]


def stacked_bars(title: str, *, group_label: str, series: Sequence[Series], bars: Sequence[Bar]) -> Chart:
    """Horizontal bars, one per group, as long as the sum of their parts."""
    step, top = 40.0, 40.0
    description = "; ".join(f"{bar.label}: {parts_in_words(bar, series)}" for bar in bars)
    root = drawing(title, description, top + step * len(bars) + 6)
    draw_legend(root, series)
    scale = (WIDTH - LABELS - 50) / max([1, *(sum(bar.values) for bar in bars)])
    for index, bar in enumerate(bars):
        draw_bar(root, bar, series, y=top + step * index, scale=scale)
    return Chart(
        title=title,
        description=description,
        svg=etree.tostring(root, encoding="unicode"),
        columns=(group_label, *(part.label for part in series)),
        figures=tuple((bar.label, *bar.values) for bar in bars),
    )


def column_chart(
    title: str, *, group_label: str, value_label: str, columns: Sequence[tuple[str, int]]
) -> Chart:
    """Upright columns, one per (label, value), each with its value on top."""
    height, base, top = 260.0, 210.0, 34.0
    description = "; ".join(f"{label}: {format_number(value)}" for label, value in columns)
    root = drawing(title, description, height)
    add(root, "line", "chart-axis", x1=20, x2=WIDTH - 20, y1=base, y2=base, stroke=LINE, stroke_width=1)
    room = (WIDTH - 40) / max(len(columns), 1)
    highest = max([1, *(value for _, value in columns)])
    for index, (label, value) in enumerate(columns):
        middle = 20 + room * (index + 0.5)
        length = (base - top) * value / highest
        width = min(room * 0.6, 56)
        add(
            root,
            "rect",
            "chart-column",
            x=middle - width / 2,
            y=base - length,
            width=width,
            height=length,
            fill="#1f6f78",
        )
        write(root, format_number(value), x=middle, y=base - length - 6, anchor="middle")
        write_lines(root, label, x=middle, y=base + 16, room=room - 8, anchor="middle")
    return Chart(
        title=title,
        description=description,
        svg=etree.tostring(root, encoding="unicode"),
        columns=(group_label, value_label),
        figures=tuple(columns),
    )


def parts_in_words(bar: Bar, series: Sequence[Series]) -> str:
    return ", ".join(f"{part.label} {value}" for part, value in zip(series, bar.values, strict=True))


def drawing(title: str, description: str, height: float) -> Element:
    root = etree.Element(
        f"{{{SVG}}}svg",
        {
            "class": "chart",
            "viewBox": f"0 0 {WIDTH:g} {height:g}",
            "width": f"{WIDTH:g}",
            "height": f"{height:g}",
            "role": "img",
            "font-family": FONTS,
            "font-size": f"{TEXT:g}",
        },
        nsmap={None: SVG},  # type: ignore[dict-item]
    )
    name = f"chart-{zlib.crc32((title + description).encode()):08x}"
    root.set("aria-labelledby", f"{name}-title {name}-desc")
    for tag, words in (("title", title), ("desc", description)):
        described = etree.SubElement(root, f"{{{SVG}}}{tag}", {"id": f"{name}-{tag}"})
        described.text = printable(words)
    return root


def add(root: Element, tag: str, name: str, **attributes: float | str) -> Element:
    """An element with a class; `stroke_width=1` is written stroke-width="1"."""
    printed = {
        key.replace("_", "-"): value if isinstance(value, str) else f"{round(value, 2):g}"
        for key, value in attributes.items()
    }
    return etree.SubElement(root, f"{{{SVG}}}{tag}", {"class": name, **printed})


def write(
    root: Element,
    text: str,
    *,
    x: float,
    y: float,
    anchor: str = "start",
    name: str = "chart-text",
    ink: str = INK,
) -> None:
    add(root, "text", name, x=x, y=y, text_anchor=anchor, fill=ink).text = printable(text)


def write_lines(root: Element, text: str, *, x: float, y: float, room: float, anchor: str = "start") -> None:
    """At most two lines; what is left out shows as an ellipsis (the whole text is in the figures)."""
    lines = wrapped(text, TEXT, room)
    shown = lines if len(lines) < 3 else [lines[0], f"{lines[1]} …"]
    for index, line in enumerate(shown):
        write(root, line, x=x, y=y + index * 14, anchor=anchor)


def draw_legend(root: Element, series: Sequence[Series]) -> None:
    entries = [17 + bold_width(part.label, TEXT) + 14 for part in series]
    x = min(LABELS, max(WIDTH - sum(entries), 0))
    for part, width in zip(series, entries, strict=True):
        add(root, "rect", f"chart-{part.key}", x=x, y=8, width=12, height=12, fill=part.fill)
        write(root, part.label, x=x + 17, y=19)
        x += width


def draw_bar(root: Element, bar: Bar, series: Sequence[Series], *, y: float, scale: float) -> None:
    """The number stands on a part where there is room for it; the sum at the bar's end."""
    two_lines = len(filled(bar.label, TEXT, LABELS - 12)) > 1
    write_lines(root, bar.label, x=0, y=y + (12 if two_lines else 19), room=LABELS - 12)
    x = LABELS
    for part, value in zip(series, bar.values, strict=True):
        width = value * scale
        if not value:
            continue
        add(root, "rect", f"chart-{part.key}", x=x, y=y + 2, width=width, height=24, fill=part.fill)
        if width > bold_width(str(value), TEXT) + 6:
            write(
                root,
                str(value),
                x=x + width / 2,
                y=y + 19,
                anchor="middle",
                name=f"chart-on-{part.key}",
                ink=part.ink,
            )
        x += width
    write(root, format_number(sum(bar.values)), x=x + 8, y=y + 19)
