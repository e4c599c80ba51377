"""The annexes of a consolidated report as tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from loa.core.text import format_date
from loa.reports.queries.facts import AgencyFacts, DutyFacts, Facts, LineFacts, TaskFacts
from loa.reports.queries.figures import duty_tally
from officialdoc.write.model import Column, TableBlock, TableCell, TableRow

TASK_COLUMNS = (
    Column(1.2, "center"),
    Column(6),
    Column(3.6),
    Column(3.6),
    Column(7),
    Column(2.6, "center"),
    Column(3.4),
)
DUTY_COLUMNS = (Column(1.2, "center"), Column(4.4), Column(8), Column(7.6), Column(6.2))
REPORT_COLUMNS = (Column(1.2, "center"), Column(8), Column(2.6, "center"), Column(2.8, "center"), Column(4.4))


def cells(*texts: str, bold: bool = False) -> TableRow:
    return tuple(TableCell(text, bold=bold) for text in texts)


def task_table(facts: Facts) -> TableBlock:
    words = facts.wording["annexes"]["tasks"]
    rows = [row for task in facts.tasks for row in task_rows(task, facts.wording)]
    return TableBlock(TASK_COLUMNS, (cells(*words["columns"]),), tuple(rows))


def task_rows(task: TaskFacts, wording: dict[str, Any]) -> Iterator[TableRow]:
    """One row; where several agencies lead, a row that counts them and one row each."""
    words = wording["annexes"]["tasks"]
    note = words["carried_over"].format(year=task.carried_over_from) if task.carried_over_from else ""
    head = (task.no, task.content)
    coordinating = one_a_line(task.coordinating.split("; "))
    if len(task.lines) == 1:
        line = task.lines[0]
        notes = "\n".join(filter(None, (line.reason, note)))
        yield cells(*head, line.name, coordinating, line.result, completion(line, wording), notes)
        return
    count = words["several"].format(all=len(task.lines)) if task.lines else ""
    full = sum(line.completion == "full" for line in task.lines)
    done = words["several_done"].format(full=full, all=len(task.lines)) if task.lines else ""
    yield cells(*head, count, coordinating, "", done, note)
    for index, line in enumerate(task.lines, start=1):
        yield cells(
            f"{task.no}.{index}", "", line.name, "", line.result, completion(line, wording), line.reason
        )


def one_a_line(names: Iterable[str]) -> str:
    found = [name for name in names if name]
    return found[0] if len(found) == 1 else "\n".join(f"- {name}" for name in found)


def completion(line: LineFacts, wording: dict[str, Any]) -> str:
    return wording["completion"][line.completion if line.is_reported else "unreported"]


def duty_table(facts: Facts) -> TableBlock:
    words = facts.wording["annexes"]["duties"]
    rows: list[TableRow] = []
    for number, (body, duties) in enumerate(groupby(facts.duties, key=lambda duty: duty.body), start=1):
        for index, duty in enumerate(duties, start=1):
            rows.extend(duty_rows(duty, f"{number}.{index}", body if index == 1 else "", facts.wording))
    return TableBlock(DUTY_COLUMNS, (cells(*words["columns"]),), tuple(rows))


def duty_rows(duty: DutyFacts, label: str, body: str, wording: dict[str, Any]) -> Iterator[TableRow]:
    """A body of its own gets its words; a small group a row each; a large one counts and names who did not."""
    words = wording["annexes"]["duties"]
    if len(duty.lines) == 1:
        line = duty.lines[0]
        yield cells(label, body, duty.text, line.result, "\n".join(duty_notes(line, wording)))
        return
    yield cells(label, body, duty.text, duty_summary(duty, words), "")
    if len(duty.lines) <= words["list_up_to"]:
        for line in duty.lines:
            yield cells("", line.name, "", line.result, "\n".join(duty_notes(line, wording)))
    else:
        for text in absentees(duty, words):
            yield (TableCell(""), TableCell(text, col_span=len(DUTY_COLUMNS) - 1))


def duty_notes(line: LineFacts, wording: dict[str, Any]) -> Iterator[str]:
    names = wording["completion"]
    if not line.is_reported:
        yield names["unreported"]
    elif line.completion == "nothing_arose":
        yield names["nothing_arose"]
    elif line.completion == "none":
        yield names["not_done"]
    if line.reason:
        yield line.reason


def duty_summary(duty: DutyFacts, words: dict[str, Any]) -> str:
    tally = duty_tally(duty)
    counted = (("nothing", "nothing_arose"), ("not_done", "none"), ("unreported", "unreported"))
    parts = [words["summary"].format(done=len(tally["done"]), all=len(duty.lines))]
    parts += [words[key].format(count=len(tally[name])) for key, name in counted if tally[name]]
    return "; ".join(parts)


def absentees(duty: DutyFacts, words: dict[str, Any]) -> Iterator[str]:
    """Who did not, by name; who has not reported at all stands in the annex of reports where they are many."""
    tally = duty_tally(duty)
    if tally["none"]:
        yield words["names"].format(not_done=", ".join(line.short for line in tally["none"]))
    unreported = tally["unreported"]
    if len(unreported) > words["names_up_to"]:
        yield words["see_reports"]
    elif unreported:
        yield words["names_unreported"].format(unreported=", ".join(line.short for line in unreported))


def report_table(facts: Facts) -> TableBlock:
    """Who reported when. Bodies stand by name; party and mass bodies, who are asked, for themselves."""
    words = facts.wording["annexes"]["reports"]
    rows: list[TableRow] = []
    parts = (("ordered", False), ("asked", True))
    for key, is_political in parts:
        agencies = [agency for agency in facts.agencies if agency.is_political == is_political]
        if agencies:
            rows.append((TableCell(words[key], col_span=len(REPORT_COLUMNS), bold=True),))
        rows.extend(report_row(index, agency, words) for index, agency in enumerate(agencies, start=1))
    return TableBlock(REPORT_COLUMNS, (cells(*words["columns"]),), tuple(rows))


def report_row(index: int, agency: AgencyFacts, words: dict[str, Any]) -> TableRow:
    day = format_date(agency.submitted_on) if agency.submitted_on and agency.has_reported else ""
    return cells(str(index), agency.name, report_status(agency, words), day, agency.late_reason)


def report_status(agency: AgencyFacts, words: dict[str, Any]) -> str:
    if not agency.has_reported:
        return words["missing"]
    return words["late"] if agency.is_late else words["on_time"]
