"""The first draft of the consolidated text: sentences made from what agencies wrote and from figures,
each with its source. Pure: facts in, sentences out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from loa.core.text import fold
from loa.reports.queries.facts import Facts, LineFacts, TaskFacts, TextFacts
from loa.reports.queries.figures import Figure, deliverables_by_unit, figures_of
from loa.reports.queries.wording import in_digits, listed_quantities


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """`origin` names the source for good: a redraft finds the same sentence again."""

    section: str
    origin: str
    text: str
    heading: str = ""
    report: int | None = None
    line: int | None = None
    figure: str = ""
    other_reports: tuple[int, ...] = ()


def draft_narrative(facts: Facts) -> list[DraftSentence]:
    """In the order of the outline."""
    figures = figures_of(facts)
    numbers = {key: in_digits(figure.value) for key, figure in figures.items() if ":" not in key}
    return [sentence for leaf in _leaves(facts) for sentence in _section(leaf, facts, figures, numbers)]


def _leaves(facts: Facts) -> Iterator[dict]:
    for section in facts.sections:
        yield from section.get("parts") or [section]


def _section(
    leaf: dict, facts: Facts, figures: dict[str, Figure], numbers: dict[str, str]
) -> Iterator[DraftSentence]:
    key, feed = leaf["key"], leaf["feeds"]
    if feed == "figures":
        yield from _direction(key, facts, numbers)
    elif feed == "lines":
        yield from _results(key, facts, figures, numbers)
    elif feed == "duties":
        yield from _duties(key, facts, numbers)
    elif feed == "texts":
        yield from _texts(key, facts)


def _direction(key: str, facts: Facts, numbers: dict[str, str]) -> Iterator[DraftSentence]:
    words = facts.wording["sentences"]
    spread = words["spread"].format(coordinator=facts.paper.agency, **numbers)
    yield DraftSentence(key, "figure:agencies", spread, figure="agencies")
    yield DraftSentence(key, "figure:reported", words["reported"].format(**numbers), figure="reported")


def _results(
    key: str, facts: Facts, figures: dict[str, Figure], numbers: dict[str, str]
) -> Iterator[DraftSentence]:
    words = facts.wording["sentences"]
    yield DraftSentence(key, "figure:full", words["progress"].format(**numbers), figure="full")
    if facts.deliverables:
        items = listed_quantities(deliverables_by_unit(facts))
        text = words["deliverables"].format(deliverables=numbers["deliverables"], items=items)
        yield DraftSentence(key, "figure:deliverables", text, figure="deliverables")
    for figure in figures.values():
        if figure.goal is not None:
            yield _target(key, figure, words)
    for task in _by_form(facts.tasks):
        for line in task.lines:
            if line.result:
                yield _line(key, task, line, words["line"], _reports(facts)[line.agency])


def _target(key: str, figure: Figure, words: dict[str, Any]) -> DraftSentence:
    """A measure that only repeats its unit is not said twice."""
    repeats = fold(figure.label) == fold(figure.unit)
    text = words["target_of_unit" if repeats else "target"].format(
        measure=figure.label[:1].upper() + figure.label[1:],
        counted=in_digits(figure.value),
        quantity=in_digits(figure.goal or 0),
        unit=figure.unit,
    )
    return DraftSentence(key, f"figure:{figure.key}", text, figure=figure.key)


def _by_form(tasks: tuple[TaskFacts, ...]) -> list[TaskFacts]:
    """Tasks of one form of communication together, in the order in which the forms come up."""
    order = {form: index for index, form in enumerate(dict.fromkeys(task.form for task in tasks))}
    return sorted(tasks, key=lambda task: order[task.form])


def _reports(facts: Facts) -> dict[int, int | None]:
    return {agency.agency: agency.report for agency in facts.agencies}


def _line(key: str, task: TaskFacts, line: LineFacts, pattern: str, report: int | None) -> DraftSentence:
    text = pattern.format(agency=line.name, result=_flowing(line.result))
    return DraftSentence(
        key, f"line:{line.line}", text, heading=task.form[:300], report=report, line=line.line
    )


def _flowing(text: str) -> str:
    """Lines and dashes of a field as one paragraph that ends in a full stop."""
    parts = [part.strip(" -+•\t") for part in text.splitlines()]
    closed = [part if part.endswith((".", "!", "?", ";", ":", "…")) else f"{part}." for part in parts if part]
    return " ".join(closed)


def _duties(key: str, facts: Facts, numbers: dict[str, str]) -> Iterator[DraftSentence]:
    if facts.duties:
        text = facts.wording["sentences"]["duties"].format(**numbers)
        yield DraftSentence(key, "figure:duty_done", text, figure="duty_done")


def _texts(key: str, facts: Facts) -> Iterator[DraftSentence]:
    """Agencies that say the same words are named together, each of them a source."""
    same: dict[str, list[TextFacts]] = {}
    for row in facts.texts:
        if row.section == key:
            same.setdefault(fold(row.text), []).append(row)
    words = facts.wording["sentences"]
    for rows in same.values():
        first, *others = rows
        names = _names([row.name for row in rows], words)
        yield DraftSentence(
            section=key,
            origin=f"text:{first.report}:{key}",
            text=words["text"].format(agency=names, text=_flowing(first.text)),
            report=first.report,
            other_reports=tuple(row.report for row in others),
        )


def _names(names: list[str], words: dict[str, Any]) -> str:
    if len(names) <= words["names_up_to"]:
        return ", ".join(names)
    shown = names[: words["names_up_to"]]
    return words["names_more"].format(names=", ".join(shown), count=in_digits(len(names) - len(shown)))
