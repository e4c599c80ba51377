"""A report "as it is now": what bodies reported, under the bodies that came after them.

"As it was" is the snapshot itself, never changed. Here only names and groups change, no number: every
total stays what it was. A body that was split, or of which nobody knows what became, keeps its own row.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from loa.directory.models import Agency, Reorganisation
from loa.reports.queries.facts import Facts, FigureLineFacts, FigureRowFacts, LineFacts
from loa.reports.queries.figure_tables import added_up


@dataclass(frozen=True, slots=True)
class Heir:
    """What a body is now. `several`: the names of the bodies it was split into, else empty."""

    agency: int
    name: str
    several: tuple[str, ...] = ()


def heirs_on(day: date, agency_ids: Iterable[int]) -> dict[int, Heir]:
    """Of bodies that ended, followed through every proven reorganisation up to a day. Four queries."""
    wanted = set(agency_ids)
    steps = _steps(day)
    ended = set(
        Agency.objects.filter(valid_to__lt=day, pk__in=wanted | set(steps)).values_list("pk", flat=True)
    )
    ends = {pk: _last(pk, steps, ended) for pk in wanted if pk in ended}
    names = dict(
        Agency.objects.filter(pk__in={last for found in ends.values() for last in found}).values_list(
            "pk", "name"
        )
    )
    heirs = {}
    for pk, found in ends.items():
        if len(found) == 1 and found != {pk}:
            (last,) = found
            heirs[pk] = Heir(last, names[last])
        elif len(found) > 1:
            heirs[pk] = Heir(pk, "", tuple(sorted(names[last] for last in found)))
    return heirs


def _steps(day: date) -> dict[int, set[int]]:
    """Predecessor → successors; the transfer of a function ends nobody."""
    rows = Reorganisation.objects.filter(on__lte=day, is_proven=True).exclude(
        kind=Reorganisation.Kind.TRANSFER
    )
    found: dict[int, set[int]] = {}
    for row in rows.prefetch_related("predecessors", "successors"):
        for before in row.predecessors.all():
            heirs = {after.pk for after in row.successors.all()} - {before.pk}
            found.setdefault(before.pk, set()).update(heirs)
    return found


def _last(pk: int, steps: dict[int, set[int]], ended: set[int]) -> set[int]:
    """Those at the end of the chain; a circle on paper ends where it began."""
    found: set[int] = set()
    seen, waiting = set(), [pk]
    while waiting:
        here = waiting.pop()
        if here in seen:
            continue
        seen.add(here)
        after = steps.get(here, set()) if here in ended else set()
        if after:
            waiting.extend(after)
        else:
            found.add(here)
    return found


def as_it_is(facts: Facts, heirs: dict[int, Heir]) -> Facts:
    """The same facts under today's bodies."""
    if not heirs:
        return facts
    wording = facts.wording
    return replace(
        facts,
        agencies=tuple(
            replace(agency, name=_named(agency.agency, agency.name, heirs, wording))
            for agency in facts.agencies
        ),
        tasks=tuple(replace(task, lines=_renamed(task.lines, heirs, wording)) for task in facts.tasks),
        duties=tuple(replace(duty, lines=_renamed(duty.lines, heirs, wording)) for duty in facts.duties),
        deliverables=tuple(
            replace(row, name=_named(row.agency, row.name, heirs, wording)) for row in facts.deliverables
        ),
        texts=tuple(replace(row, name=_named(row.agency, row.name, heirs, wording)) for row in facts.texts),
        tables=tuple(
            replace(table, rows=tuple(_grouped(row, heirs, wording) for row in table.rows))
            for table in facts.tables
        ),
    )


def _named(agency: int, name: str, heirs: dict[int, Heir], wording: dict[str, Any]) -> str:
    heir = heirs.get(agency)
    if heir is None:
        return name
    if heir.several:
        return wording["split_name"].format(name=name, heirs="; ".join(heir.several))
    return wording["former_name"].format(name=heir.name, former=name)


def _renamed(
    lines: tuple[LineFacts, ...], heirs: dict[int, Heir], wording: dict[str, Any]
) -> tuple[LineFacts, ...]:
    return tuple(replace(line, name=_named(line.agency, line.name, heirs, wording)) for line in lines)


def _grouped(row: FigureRowFacts, heirs: dict[int, Heir], wording: dict[str, Any]) -> FigureRowFacts:
    """One line for each body of today, in the order in which the first of its predecessors stood."""
    groups: dict[int, list[FigureLineFacts]] = {}
    for line in row.lines:
        heir = heirs.get(line.agency)
        groups.setdefault(heir.agency if heir else line.agency, []).append(line)
    return replace(
        row,
        lines=tuple(_one(row.how, agency, lines, heirs, wording) for agency, lines in groups.items()),
    )


def _one(
    how: str, agency: int, lines: list[FigureLineFacts], heirs: dict[int, Heir], wording: dict[str, Any]
) -> FigureLineFacts:
    if len(lines) == 1 and lines[0].agency == agency:
        line = lines[0]
        return replace(line, name=_named(agency, line.name, heirs, wording))
    now = next((heirs[line.agency].name for line in lines if line.agency in heirs), lines[0].name)
    former = ", ".join(line.name for line in lines if line.agency != agency)
    reasons = [f"{line.name}: {line.reason}" for line in lines if line.reason]
    return FigureLineFacts(
        agency=agency,
        report=None,
        figure=None,
        name=wording["former_name"].format(name=now, former=former),
        counted=added_up(how, lines, lambda line: line.counted),
        value=added_up(how, lines, lambda line: line.value),
        estimate=added_up(how, lines, lambda line: line.estimate),
        weight=sum(max(line.weight, 1) for line in lines) if how != "sum" else _weight(lines),
        reason="; ".join(reasons),
    )


def _weight(lines: list[FigureLineFacts]) -> int:
    return sum(line.weight for line in lines)
