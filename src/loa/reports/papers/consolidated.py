"""The coordinator's report as an official document."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from loa.core.text import format_date
from loa.reports.papers.figure_tables import figure_annex
from loa.reports.papers.tables import duty_table, report_table, task_table
from loa.reports.queries.facts import Facts, PaperFacts, SentenceFacts
from officialdoc.write.dates import date_in_words
from officialdoc.write.form import form_for
from officialdoc.write.model import Annex, Block, Bullet, Heading, OutgoingDocument, Signature, Text
from officialdoc.write.printed import roman


def consolidated_paper(facts: Facts) -> OutgoingDocument:
    """Without a number it is a draft, and every page of it says so."""
    paper, wording = facts.paper, facts.wording
    return outgoing(
        paper,
        wording,
        number=paper.number,
        on=paper.on,
        addressees=(paper.issuer,),
        body=tuple(body(facts)),
        recipients=tuple(
            line.format(office=paper.office, agency=paper.agency) for line in wording["recipients"]
        ),
        annexes=tuple(annexes(facts)),
        draft=paper.number is None,
    )


def outgoing(paper: PaperFacts, wording: dict[str, Any], **fields: Any) -> OutgoingDocument:
    """A report that rests on its plan, from whoever signs it."""
    return OutgoingDocument(
        kind=wording["kind"],
        title=paper.title,
        agency=paper.agency,
        parent_agency=paper.parent_agency,
        symbol=paper.symbol,
        place=paper.place,
        bases=(basis(paper, wording),),
        signature=Signature(paper.signer_title, paper.signer_authority, paper.signer_name),
        **fields,
    )


def plan_in_words(paper: PaperFacts, wording: dict[str, Any]) -> str:
    """As in "Kế hoạch số 42/KH-UBND ngày 01 tháng 02 năm 2019"."""
    return wording["plan"].format(
        kind=paper.plan_kind.capitalize(), number=paper.plan_number, date=_day(paper.plan_on)
    )


def _day(on: date | None) -> str:
    """Without the word "ngày", which the sentence brings."""
    return date_in_words(on, form_for(on).date).removeprefix("ngày ") if on else "…"


def basis(paper: PaperFacts, wording: dict[str, Any]) -> str:
    return wording["basis"].format(
        plan=plan_in_words(paper, wording),
        issuer=paper.issuer,
        plan_title=inside_a_sentence(paper.plan_title.strip(" .;")),
    )


def inside_a_sentence(title: str) -> str:
    """A title begins small there, unless it begins with an abbreviation."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def body(facts: Facts) -> Iterator[Block]:
    paper, wording = facts.paper, facts.wording
    yield Text(
        wording["opening"].format(
            plan=plan_in_words(paper, wording),
            issuer=paper.issuer,
            agency=paper.agency,
            data_from=format_date(facts.round.data_from),
            data_to=format_date(facts.round.data_to),
        )
    )
    number = 0
    for section in facts.sections:
        blocks = list(section_blocks(section, facts))
        if blocks:
            number += 1
            yield Heading(1, f"{roman(number)}.", section["title_vi"].upper())
            yield from blocks
    if paper.replaces:
        on = date.fromisoformat(paper.replaces["on"])
        words = {"number": paper.replaces["number"], "date": date_in_words(on, form_for(on).date)}
        yield Text(
            wording["replaces"].format(kind=wording["kind"].capitalize(), agency=paper.agency, **words)
        )
    yield Text(wording["closing"].format(agency=paper.agency, addressee=paper.issuer))


def section_blocks(section: dict[str, Any], facts: Facts) -> Iterator[Block]:
    """Nothing for an optional section without words: it is left out, and the numbers close up."""
    parts = section.get("parts")
    if not parts:
        yield from sentence_blocks(section, facts)
        return
    for index, part in enumerate(parts, start=1):
        blocks = list(sentence_blocks(part, facts))
        if blocks:
            yield Heading(2, f"{index}.", part["title_vi"])
            yield from blocks


def sentence_blocks(leaf: dict[str, Any], facts: Facts) -> Iterator[Block]:
    sentences = [row for row in facts.narrative if row.section == leaf["key"]]
    if not sentences and not leaf.get("optional"):
        yield Text(facts.wording["empty"])
    heading, number = "", 0
    for row in sentences:
        if row.heading and row.heading != heading:
            heading, number = row.heading, number + 1
            yield Heading(2, f"{number}.", heading.strip(" .;"))
        yield _sentence(row)


def _sentence(row: SentenceFacts) -> Block:
    return Bullet(row.text) if row.is_quoted else Text(row.text)


def annexes(facts: Facts) -> Iterator[Annex]:
    words = facts.wording["annexes"]
    yield Annex(words["tasks"]["title"], (task_table(facts),), landscape=True)
    yield Annex(words["duties"]["title"], (duty_table(facts),), landscape=True)
    yield Annex(words["reports"]["title"], (report_table(facts),))
    yield from figure_annex(facts)
