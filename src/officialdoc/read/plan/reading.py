"""The line of stages: `Source` -> `PlanReading`.

Reads: `Source`. Writes: `PlanReading`. Each stage below is a module that says what it reads
and writes; none of them touches files, and none knows a particular document.
"""

from __future__ import annotations

from officialdoc.model import Place, PlanReading, Source, TaskReading, Warning_
from officialdoc.read.plan.bases import bases_in, references_in
from officialdoc.read.plan.checks import warnings_of
from officialdoc.read.plan.duties import duties_in, tasks_of_duties
from officialdoc.read.plan.episodes import placed_under_items
from officialdoc.read.plan.header import header_of
from officialdoc.read.plan.inline_tasks import inline_tasks
from officialdoc.read.plan.letters import fold, tidy
from officialdoc.read.plan.lines import MOST_LETTERS, Line, Piece, lines_of
from officialdoc.read.plan.loose_tables import with_loose_tables
from officialdoc.read.plan.outline import Node, label_of, outline_of, sections_of
from officialdoc.read.plan.parts import Parts, parts_of
from officialdoc.read.plan.prose_tasks import labelled_tasks
from officialdoc.read.plan.reporting import reporting_in
from officialdoc.read.plan.signature import signature_of
from officialdoc.read.plan.table_tasks import TableTasks, tasks_in_tables
from officialdoc.read.plan.titles import Title, title_in_opening, title_of, year_of
from officialdoc.read.plan.topics import forms_in, topics_in
from officialdoc.read.plan.vocabulary import PLAN_KINDS


def read_plan(source: Source) -> PlanReading:
    """What an issued plan says, every field with its place and a confidence."""
    pieces = with_loose_tables(lines_of(source))
    parts = parts_of(pieces)
    reading = PlanReading(text=source.text)
    year, body = _read_front(reading, parts, source.text)
    root = outline_of(body)
    preamble_root = outline_of(_after_title(parts.preamble)) if parts.carries_plan else root
    _read_bases(reading, parts, body, root)
    _read_signature(reading, parts)
    reading.sections = sections_of(root)
    reading.topics = topics_in(root)
    reading.forms = forms_in(root)
    reading.duties = duties_in(root)
    if not reading.duties and preamble_root is not root:
        reading.duties = duties_in(preamble_root)
    found = tasks_in_tables(pieces, year)
    reading.tasks = _tasks(reading, found, root, outline_of(parts.annexes), year)
    reading.reporting = reporting_in(root, year)
    known = [base.number for base in reading.legal_bases]
    reading.references = references_in(source.text[:MOST_LETTERS], [reading.number, *known])
    if len(source.text) > MOST_LETTERS:
        found.warnings.append(Warning_("text_too_long", "Văn bản quá dài; chỉ đọc phần đầu."))
    reading.warnings = [*source.warnings, *found.warnings, *warnings_of(reading, year)]
    return reading


def _read_front(reading: PlanReading, parts: Parts, running: str) -> tuple[int | None, list[Piece]]:
    """Header, kind and title. Returns the plan's year and the body behind its title."""
    heading = parts.plan_heading or parts.heading
    title = Title(None, None, 0)
    if heading:
        title = title_of(heading, parts.body, running)
        reading.kind, reading.title = heading.kind, title.text
        sure = 0.97 if heading.sure else 0.6
        _note(reading, "kind", _place_of(parts.body[:1]), sure)
        _note(reading, "title", title.place, sure - 0.02)
    body = parts.body[title.end :]
    if heading is None and (said := title_in_opening(_opening_lines(body))):
        reading.kind, reading.title = said[0], said[1]
        _note(reading, "kind", said[2], 0.6)
        _note(reading, "title", said[2], 0.6)
    opening = _opening_lines(body) + (
        _opening_lines(_after_title(parts.preamble)) if parts.carries_plan else []
    )
    header = header_of(parts.head, parts.notes, opening, running)
    reading.number, reading.place = header.number, header.place
    reading.issued_on, reading.issuer = header.issued_on, header.issuer
    reading.sources.update(header.sources)
    reading.confidences.update(header.sure)
    return year_of(reading.title, header.issued_on.year if header.issued_on else None), body


def _note(reading: PlanReading, name: str, place: Place | None, sure: float) -> None:
    if place is not None:
        reading.sources[name] = place
    reading.confidences[name] = round(sure, 2)


def _place_of(pieces: list[Piece]) -> Place | None:
    return next((Place(p.start, p.end, p.page) for p in pieces), None)


def _opening_lines(pieces: list[Piece]) -> list[Line]:
    """The lines before the first section."""
    lines: list[Line] = []
    for piece in pieces:
        if not isinstance(piece, Line):
            break
        found = label_of(piece.text)
        if found and found[0] in ("part", "chapter", "roman", "upper", "article", "arabic"):
            break
        lines.append(piece)
        if len(lines) >= 60:
            break
    return lines


def _after_title(pieces: list[Piece]) -> list[Piece]:
    return pieces[1:]


def _read_bases(reading: PlanReading, parts: Parts, body: list[Piece], root: Node) -> None:
    nodes = [node for node in root.walk() if not node.is_bullet]
    if parts.carries_plan:
        reading.legal_bases = bases_in(_opening_lines(_after_title(parts.preamble)), [])
    if not reading.legal_bases:
        reading.legal_bases = bases_in(_opening_lines(body), nodes)
    if reading.legal_bases:
        _note(reading, "legal_bases", None, 0.93)


def _read_signature(reading: PlanReading, parts: Parts) -> None:
    signature = signature_of(parts.signature)
    reading.signer, reading.recipients = signature.signer, signature.recipients
    if signature.signer_place:
        _note(reading, "signer", signature.signer_place, 0.95 if signature.signer.name else 0.6)
    if signature.recipients:
        _note(reading, "recipients", signature.recipients_place, 0.95)


def _tasks(
    reading: PlanReading, tables: TableTasks, root: Node, annex: Node, year: int | None
) -> list[TaskReading]:
    """Tables and labelled items; duties only where a plan has neither."""
    prose = labelled_tasks(root, year) or labelled_tasks(annex, year)
    if not prose and not tables.tasks and reading.kind in PLAN_KINDS:
        prose = inline_tasks(root, year)
    rows = placed_under_items(tables.tasks, prose, root)
    known = {_key(task) for task in rows}
    tasks = [*(task for task in prose if _key(task) not in known), *rows]
    if tasks or reading.kind not in PLAN_KINDS:
        return tasks
    return tasks_of_duties(reading.duties, year)


def _key(task: TaskReading) -> str:
    return fold(tidy(task.content)).strip(" .;")
