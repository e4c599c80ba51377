"""The consolidated text with its margin: each sentence beside where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from loa.reports.models import AgencyReport, Consolidation, Sentence
from loa.reports.queries.gathering import gather_facts
from loa.reports.queries.narrative import draft_narrative

HANDED_IN = {"submitted", "accepted"}


@dataclass(frozen=True, slots=True)
class Source:
    """`line` is the anchor on the report's page."""

    report: int
    agency: str
    line: int | None
    is_withdrawn: bool  # the report was sent back since: its words no longer count


@dataclass(frozen=True, slots=True)
class SourcedSentence:
    sentence: Sentence
    sources: tuple[Source, ...]
    heading: str  # shown above where it changes

    @property
    def is_outdated(self) -> bool:
        return self.sentence.is_edited and self.sentence.text != self.sentence.original

    @property
    def further_count(self) -> int:
        """Sources that fold away beside the first three."""
        return max(len(self.sources) - 3, 0)

    @property
    def by_hand(self) -> bool:
        return not self.sentence.origin


@dataclass(frozen=True, slots=True)
class SourcedSection:
    leaf: dict[str, Any]
    sentences: tuple[SourcedSentence, ...]
    dropped: tuple[Sentence, ...]


def outdated_count(consolidation: Consolidation) -> int:
    """Sentences that no longer say what their sources say, and ones that a new report would add.

    What a person edited or dropped is that person's word and not counted.
    """
    now = {draft.origin: draft.text for draft in draft_narrative(gather_facts(consolidation.round))}
    rows = list(consolidation.sentences.exclude(origin=""))
    known = {row.origin for row in rows}
    followed = [row for row in rows if not row.is_edited and not row.is_dropped]
    return sum(now.get(row.origin) != row.text for row in followed) + len(now.keys() - known)


def sourced_sections(consolidation: Consolidation) -> list[SourcedSection]:
    """In the order of the outline. Two queries."""
    rows = list(consolidation.sentences.order_by("position", "pk"))
    wanted = {row.report_id for row in rows if row.report_id}
    wanted |= {pk for row in rows for pk in row.other_reports}
    reports = AgencyReport.objects.filter(pk__in=wanted).select_related("agency").in_bulk()
    return [
        SourcedSection(
            leaf,
            tuple(_with_sources([row for row in rows if _stands_in(row, leaf)], reports)),
            tuple(row for row in rows if row.section == leaf["key"] and row.is_dropped),
        )
        for leaf in consolidation.round.leaves
    ]


def _stands_in(row: Sentence, leaf: dict[str, Any]) -> bool:
    return row.section == leaf["key"] and not row.is_dropped


def _with_sources(rows: list[Sentence], reports: dict[int, AgencyReport]) -> list[SourcedSentence]:
    found, heading = [], ""
    for row in rows:
        shown = row.heading if row.heading != heading else ""
        heading = row.heading or heading
        keys = [pk for pk in (row.report_id, *row.other_reports) if pk in reports]
        sources = tuple(_source(reports[pk], row) for pk in keys)
        found.append(SourcedSentence(row, sources, shown))
    return found


def _source(report: AgencyReport, row: Sentence) -> Source:
    agency = report.agency
    line = row.line_id if report.pk == row.report_id else None
    return Source(report.pk, agency.short_name or agency.name, line, report.state not in HANDED_IN)
