"""One agency's report as an official document, to be numbered in the agency's own register."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from loa.core.text import format_date
from loa.reports.papers.consolidated import outgoing, plan_in_words
from loa.reports.papers.figure_tables import Line, annex_of, printed
from loa.reports.queries.agency_paper import AgencyFigure, AgencyLine, AgencyPaperFacts
from officialdoc.write.model import Annex, Block, Bullet, Heading, OutgoingDocument, Text
from officialdoc.write.printed import roman

DUTY_WORDS = {"full": "done", "none": "not_done"}  # a standing duty is never completed, only done


def agency_paper(facts: AgencyPaperFacts) -> OutgoingDocument:
    return outgoing(
        facts.paper,
        facts.wording,
        addressees=(facts.addressee,),
        body=tuple(body(facts)),
        recipients=tuple(facts.wording["agency_recipients"]),
        annexes=tuple(annexes(facts)),
        draft=facts.is_draft,
    )


def annexes(facts: AgencyPaperFacts) -> Iterator[Annex]:
    """The agency's figures, with what the register had where the agency says otherwise."""
    if not facts.tables:
        return
    words = facts.wording["figure_tables"]
    parts = [(title, [_figure_line(figure, words) for figure in figures]) for title, figures in facts.tables]
    yield annex_of(parts, facts.data_to, words)


def _figure_line(figure: AgencyFigure, words: dict[str, Any]) -> Line:
    note = figure.reason
    if figure.counted is not None and figure.counted != figure.value:
        note = words["differs"].format(counted=printed(figure.counted), reason=figure.reason).strip()
    return figure.label, figure.unit, figure.value, figure.estimate, note


def body(facts: AgencyPaperFacts) -> Iterator[Block]:
    paper, wording = facts.paper, facts.wording
    yield Text(
        wording["opening"].format(
            plan=plan_in_words(paper, wording),
            issuer=paper.issuer,
            agency=paper.agency,
            data_from=format_date(facts.data_from),
            data_to=format_date(facts.data_to),
        )
    )
    number = 0
    for section in facts.sections:
        blocks = list(section_blocks(section["key"], facts))
        if blocks:
            number += 1
            yield Heading(1, f"{roman(number)}.", section["title_vi"].upper())
            yield from blocks
    if facts.attachments:
        yield Text(f"{facts.wording['attachments']}:")
        yield from (Bullet(title) for title in facts.attachments)
    if facts.late_reason:
        yield Text(wording["agency_paper"]["late"].format(reason=facts.late_reason))
    yield Text(wording["agency_closing"].format(agency=paper.agency, addressee=facts.addressee))


def section_blocks(key: str, facts: AgencyPaperFacts) -> Iterator[Block]:
    works = {"lines": facts.tasks, "duty_lines": facts.duties}.get(key)
    if works is None:
        yield from (Text(line.strip()) for line in facts.texts.get(key, "").splitlines() if line.strip())
        return
    for number, line in enumerate(works, start=1):
        yield Heading(2, f"{number}.", line.label)
        yield from line_blocks(line, facts, DUTY_WORDS if key == "duty_lines" else {})


def line_blocks(line: AgencyLine, facts: AgencyPaperFacts, other: dict[str, str]) -> Iterator[Block]:
    words, names = facts.wording["agency_paper"], facts.wording["completion"]
    yield from (Bullet(part.strip(" -+•\t")) for part in line.result.splitlines() if part.strip(" -+•\t"))
    if line.completion:
        yield Text(
            words["completion"].format(completion=names[other.get(line.completion, line.completion)].lower())
        )
    if line.reason:
        yield Text(words["reason"].format(reason=line.reason))
