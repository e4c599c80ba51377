"""What agencies say now against what they had said when the consolidated report was issued."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from loa.reports.models import Consolidation
from loa.reports.queries.facts import Facts
from loa.reports.queries.figure_tables import lines_by_agency, tables_of
from loa.reports.queries.figures import figures_of
from loa.reports.queries.gathering import gather_facts
from loa.reports.queries.wording import in_digits


@dataclass(frozen=True, slots=True)
class Difference:
    """`field` is status, result, completion, reason, text, figure, value or estimate; `what` says which."""

    field: str
    agency: str
    what: str
    was: str
    now: str
    report: int | None = None


def differences(consolidation: Consolidation) -> list[Difference]:
    """Empty for what is not issued, or where nothing has changed since. Rewrites nothing."""
    if not consolidation.snapshot:
        return []
    was, now = Facts.from_json(consolidation.snapshot), gather_facts(consolidation.round, consolidation)
    before, after = _statements(was), _statements(now)
    reports = {agency.agency: agency.report for agency in now.agencies}
    return [
        Difference(
            key[0],
            name,
            key[2],
            before.get(key, ("", ""))[1],
            after.get(key, ("", ""))[1],
            reports.get(key[1]),
        )
        for key, name in _keys(before, after)
        if before.get(key, ("", ""))[1] != after.get(key, ("", ""))[1]
    ]


Key = tuple[str, int, str]  # field, agency, what
Statements = dict[Key, tuple[str, str]]  # (agency's name, words)


def _keys(before: Statements, after: Statements) -> list[tuple[Key, str]]:
    return [(key, name) for key, (name, _) in (before | after).items()]


def _statements(facts: Facts) -> Statements:
    """Everything that can differ, by what it is about."""
    found: Statements = {}
    for agency in facts.agencies:
        found["status", agency.agency, ""] = (agency.name, agency.status)
    works = [(f"{task.no}. {task.content}", task.lines) for task in facts.tasks]
    works += [(f"{duty.body}: {duty.text}", duty.lines) for duty in facts.duties]
    for label, lines in works:
        for line in lines:
            for field in ("result", "completion", "reason"):
                found[field, line.agency, label] = (line.name, getattr(line, field))
    for text in facts.texts:
        found["text", text.agency, text.section] = (text.name, text.text)
    for figure in figures_of(facts).values():
        found["figure", 0, figure.label] = ("", in_digits(figure.value))
    return found | _figure_statements(facts)


def _figure_statements(facts: Facts) -> Statements:
    """Of the figure tables: what each agency says, and what that adds up to."""
    found: Statements = {}
    for agency, lines in lines_by_agency(facts.tables).items():
        for label, line in lines:
            found["value", agency, label] = (line.name, _printed(line.value))
            found["estimate", agency, label] = (line.name, _printed(line.estimate))
    for _, rows in tables_of(facts):
        for row in rows:
            found["value", 0, row.row.label] = ("", _printed(row.value))
            found["estimate", 0, row.row.label] = ("", _printed(row.estimate))
    return found


def _printed(number: Decimal | None) -> str:
    return "" if number is None else in_digits(number)
