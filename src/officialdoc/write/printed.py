"""What stands on the paper, word for word, before it becomes .docx or .pdf.

Reads: an `OutgoingDocument` and the `Form` in force. Writes: a `Printed`.
Both writers print this and nothing else, so the two files say the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain

from .dates import date_in_words, number_and_symbol, place_and_date
from .form import Form
from .metrics import POINTS_PER_MM, balanced_lines
from .model import Annex, Block, Bullet, OutgoingDocument, Run, Signature, TableBlock, Text
from .tall_rows import with_tall_rows

ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@dataclass(frozen=True, slots=True)
class PrintedAnnex:
    label: str  # "Phụ lục", or "Phụ lục II" where there are several
    title: tuple[str, ...]
    attached: str  # "(Kèm theo Báo cáo số 07/BC-STTTT ngày … của …)"
    blocks: tuple[Block, ...]
    landscape: bool


@dataclass(frozen=True, slots=True)
class Printed:
    national_name: str
    motto: str
    parent_agency: tuple[str, ...]  # one entry a line
    agency: tuple[str, ...]
    number: str
    place_and_date: str
    kind: str
    title: tuple[str, ...]
    addressees: tuple[str, ...]  # the word alone, then one line each; or both on one line
    bases: tuple[str, ...]
    body: tuple[Block, ...]
    recipients_word: str
    recipients: tuple[str, ...]
    signature: Signature
    secretary: Signature | None
    annexes: tuple[PrintedAnnex, ...]
    mark: str | None  # "DỰ THẢO": boxed on every page


def printed(document: OutgoingDocument, form: Form) -> Printed:
    words = form.words
    return Printed(
        national_name=words.national_name,
        motto=words.motto,
        parent_agency=head_lines(document.parent_agency or "", form),
        agency=head_lines(document.agency, form),
        number=words.number + number_and_symbol(document.number, document.symbol, form.number),
        place_and_date=place_and_date(document.place, document.on, form.date),
        kind=document.kind.upper(),
        title=title_lines(document.title, form.styles["title"].size, form.page.text_width),
        addressees=addressee_lines(document.addressees, words.addressees),
        bases=listed(document.bases),
        body=with_end_mark(laid_out(document.body, form, landscape=False), words.end_mark),
        recipients_word=words.recipients,
        recipients=listed(tuple(f"- {name}" for name in document.recipients)),
        signature=upper(document.signature),
        secretary=upper(document.secretary) if document.secretary else None,
        annexes=tuple(printed_annex(document, form, index) for index in range(len(document.annexes))),
        mark=mark_of(document, form),
    )


def subject(document: OutgoingDocument) -> str:
    """What the file calls itself: "Kế hoạch Tuyên truyền …"."""
    return f"{document.kind} {document.title}".replace("\n", " ")


def head_lines(agency: str, form: Form) -> tuple[str, ...]:
    room = form.layout.head_columns[0] * POINTS_PER_MM
    return balanced_lines(agency.upper(), form.styles["agency"].size, room)


def title_lines(title: str, size: float, text_width: float) -> tuple[str, ...]:
    """A title leaves a tenth of the text width (mm) free on either side."""
    return balanced_lines(title, size, text_width * 0.8 * POINTS_PER_MM) or (title,)


def addressee_lines(addressees: tuple[str, ...], word: str) -> tuple[str, ...]:
    """One stands beside the word; several stand below it, the last closed by a full stop."""
    if len(addressees) < 2:
        return tuple(f"{word} {name}" for name in addressees)
    return (word, *listed(tuple(f"- {name}" for name in addressees)))


def listed(lines: tuple[str, ...]) -> tuple[str, ...]:
    """A semicolon after each line, a full stop after the last."""
    bare = [line.rstrip(" ;.") for line in lines]
    return tuple(line + (";" if index < len(bare) - 1 else ".") for index, line in enumerate(bare))


def laid_out(blocks: tuple[Block, ...], form: Form, *, landscape: bool) -> tuple[Block, ...]:
    """Paragraphs of one line each, tables that know which of their rows no page can hold."""
    page, size = form.page, form.styles["table_text"].size
    width = page.text_width_turned if landscape else page.text_width
    height = (page.width if landscape else page.height) - page.top - page.bottom
    return tuple(
        with_tall_rows(block, width, height, size) if isinstance(block, TableBlock) else block
        for block in one_line_each(blocks)
    )


def one_line_each(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """A text of several lines becomes several paragraphs; empty ones are left out."""
    return tuple(chain.from_iterable(paragraphs(block) for block in blocks))


def paragraphs(block: Block) -> list[Block]:
    if not isinstance(block, Text | Bullet):
        return [block]
    lines: list[list[Run]] = [[]]
    for run in block.runs:
        first, *others = run.text.split("\n")
        lines[-1].append(replace(run, text=first))
        lines += [[replace(run, text=other)] for other in others]
    return [replace(block, content=tuple(line)) for line in lines if plain(line).strip()]


def with_end_mark(body: tuple[Block, ...], mark: str) -> tuple[Block, ...]:
    """The text ends in "./."; after a table or a picture the mark stands alone."""
    if not body or not isinstance(body[-1], Text | Bullet):
        return (*body, Text(mark))
    last = body[-1]
    *before, final = last.runs
    closed = replace(final, text=final.text.rstrip(" .;/") + mark)
    return (*body[:-1], replace(last, content=(*before, closed)))


def upper(signature: Signature) -> Signature:
    return replace(
        signature,
        title=signature.title.upper(),
        authority=tuple(line.upper() for line in signature.authority),
    )


def printed_annex(document: OutgoingDocument, form: Form, index: int) -> PrintedAnnex:
    annex: Annex = document.annexes[index]
    label = form.words.annex
    if len(document.annexes) > 1:
        label = f"{label} {roman(index + 1)}"
    width = form.page.text_width_turned if annex.landscape else form.page.text_width
    title = title_lines(annex.title.upper(), form.styles["annex_title"].size, width)
    content = laid_out(annex.blocks, form, landscape=annex.landscape)
    return PrintedAnnex(label, title, attached_line(document, form), content, annex.landscape)


def attached_line(document: OutgoingDocument, form: Form) -> str:
    number = number_and_symbol(document.number, document.symbol, form.number)
    on = date_in_words(document.on, form.date)
    return f"({form.words.attached} {document.kind.capitalize()} số{number} {on} của {document.agency})"


def roman(number: int) -> str:
    letters = ""
    for value, sign in ROMAN:
        while number >= value:
            letters, number = letters + sign, number - value
    return letters


def mark_of(document: OutgoingDocument, form: Form) -> str | None:
    if document.draft:
        return form.words.draft
    return form.words.sample if document.sample else None


def plain(runs: Iterable[Run]) -> str:
    return "".join(run.text for run in runs)
