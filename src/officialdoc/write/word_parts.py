"""Head, title, body and signature of a document, as Word elements in reading order.

Reads: a `Printed` and its `Form`. Writes: lists of elements. (NĐ 30/2020, PL I, phần I, mục II.)
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain

from .form import Form, TextStyle
from .metrics import POINTS_PER_MM, bold_width
from .model import Block, Bullet, Figure, Heading, Run, Signature, TableBlock, Text
from .printed import Printed, PrintedAnnex
from .word_styles import style_id
from .word_table import table
from .word_xml import Element, column_table, el, paragraph, rule, run, runs

DrawFigure = Callable[[Figure], Element]  # a paragraph with the picture


def line(text: str, style: str, *, before: float | None = None, after: float | None = None) -> Element:
    return paragraph(run(text), style=style_id(style), before=before, after=after)


def lines(texts: tuple[str, ...], style: str, *, before: float | None = None) -> Element:
    """One paragraph whose lines end where the form wants them."""
    return line("\n".join(texts), style, before=before)


def widest(texts: tuple[str, ...], style: TextStyle) -> float:
    return max(bold_width(text, style.size) for text in texts)


def head(sheet: Printed, form: Form) -> list[Element]:
    """Cells 1 to 4: agency and number on the left, state and date on the right."""
    left_room, right_room = (width * POINTS_PER_MM for width in form.layout.head_columns)
    agency_rule = form.rules.agency_share * widest(sheet.agency, form.styles["agency"])
    left = [
        *([lines(sheet.parent_agency, "parent_agency")] if sheet.parent_agency else []),
        lines(sheet.agency, "agency"),
        rule(agency_rule, left_room),
    ]
    motto_width = bold_width(sheet.motto, form.styles["motto"].size)
    right = [
        line(sheet.national_name, "national_name"),
        line(sheet.motto, "motto"),
        rule(motto_width, right_room),
    ]
    number = line(sheet.number, "number", before=form.body.gap)
    date = line(sheet.place_and_date, "date", before=form.body.gap)
    return [*mark(sheet), column_table(form.layout.head_columns, (left, right), ([number], [date]))]


def mark(sheet: Printed) -> list[Element]:
    if not sheet.mark:
        return []
    return [paragraph(run(f" {sheet.mark} ", boxed=True), style=style_id("mark"), after=6)]


def title(sheet: Printed, form: Form) -> list[Element]:
    room = form.page.text_width * POINTS_PER_MM
    length = form.rules.title_share * widest(sheet.title, form.styles["title"])
    return [
        line(sheet.kind, "kind", before=18),
        lines(sheet.title, "title"),
        rule(length, room, after=12),
    ]


def addressees(sheet: Printed) -> list[Element]:
    """One addressee is centred; several stand in a column under the word."""
    style = style_id("addressees")
    if len(sheet.addressees) == 1:
        return [paragraph(run(sheet.addressees[0]), style=style, align="center", before=6, after=10)]
    listed = [paragraph(run("\t\t\t" + text), style=style) for text in sheet.addressees]
    return [*listed, paragraph(style="Bare")] if listed else []


def bases(sheet: Printed) -> list[Element]:
    return [line(text, "legal_basis") for text in sheet.bases]


def blocks(content: tuple[Block, ...], text_width: float, draw: DrawFigure) -> list[Element]:
    return list(chain.from_iterable(block_elements(block, text_width, draw) for block in content))


def block_elements(block: Block, text_width: float, draw: DrawFigure) -> list[Element]:
    match block:
        case Heading(level, label, text):
            return [line(f"{label} {text}", f"heading_{level}")]
        case Text():
            return [paragraph(*runs(block.runs))]
        case Bullet():
            return [paragraph(*runs((Run("- "), *block.runs)))]
        case TableBlock():
            # Word joins two tables that touch; the small paragraphs keep them apart
            return [paragraph(style="Bare"), table(block, text_width), paragraph(style="Bare")]
        case Figure(chart):
            caption = paragraph(
                run(chart.title, italic=True), style="Bare", align="center", before=4, after=4
            )
            return [paragraph(style="Bare"), draw(block), caption]


def signature(sheet: Printed, form: Form) -> list[Element]:
    """Cells 7 and 9b, level with each other, never parted from the last line of the text.

    Where a secretary signs too, the two signatures stand level and cell 9b below them.
    """
    recipients = [
        line(sheet.recipients_word, "recipients_word", before=14 if sheet.secretary else None),
        *(line(text, "recipient") for text in sheet.recipients),
    ]
    signer = signed(sheet.signature, form)
    rows = [(recipients, signer)]
    if sheet.secretary:
        rows = [(signed(sheet.secretary, form), signer), (recipients, [paragraph(style="Bare")])]
    return [
        paragraph(style="Bare", keep_next=True),
        column_table(form.layout.signature_columns, *rows),
    ]


def signed(by: Signature, form: Form) -> list[Element]:
    return [
        *(line(text, "authority") for text in (*by.authority, by.title)),
        line(by.name or "", "signer", before=form.layout.signature_space),
    ]


def annex_head(annex: PrintedAnnex) -> list[Element]:
    return [
        line(annex.label, "annex"),
        lines(annex.title, "annex_title", before=6),
        line(annex.attached, "attached", before=6, after=12),
    ]


def keep_with_next(last: Element) -> None:
    """The last paragraph of the text stays on the page of the signature."""
    properties = last.find(el("pPr").tag)
    if properties is None:
        properties = el("pPr")
        last.insert(0, properties)
    position = 1 if properties.find(el("pStyle").tag) is not None else 0
    properties.insert(position, el("keepNext"))
