"""Standing duties of agencies.

Reads: the outline. Writes: a `DutyReading` for every line under an agency in the sections on
carrying out the plan, or in an article that says "có trách nhiệm".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from officialdoc.model import DutyReading, Place, TaskReading
from officialdoc.read.plan.agencies import begins_agency, parties_in, without_action
from officialdoc.read.plan.deadlines import phrase_in, read_deadline
from officialdoc.read.plan.labels import labels_in
from officialdoc.read.plan.letters import fold, tidy
from officialdoc.read.plan.lines import Line
from officialdoc.read.plan.outline import Node
from officialdoc.read.plan.targets import targets_in

_ORGANISING = re.compile(
    r"^(?:công tác )?(?:tổ chức (?:thực hiện|triển khai)|phân công (?:trách nhiệm|nhiệm vụ|thực hiện|tổ chức)|trách nhiệm (?:thực hiện|thi hành|của các|các cơ quan)|"
    r"phân công|tổ chức và phân công|trách nhiệm và|trách nhiệm$|trách nhiệm tổ chức|nhiệm vụ của các)|tổ chức thực hiện$"
)
_PRELUDE = re.compile(
    r"^(?:đề nghị|giao(?: cho)?|yêu cầu|mời|đối với|trách nhiệm(?: của)?|nhiệm vụ(?: của)?)\s*:?\s+",
    re.IGNORECASE,
)
_OBLIGES = re.compile(r"có trách nhiệm|chủ trì|chịu trách nhiệm(?! thi hành)|phối hợp")
_FINAL_ARTICLE = re.compile(
    r"thi hành (?:quyết định|kế hoạch|chương trình) này|hiệu lực|căn cứ quyết định thi hành"
)
_YEARLY = re.compile(r"(?:hàng|hằng|mỗi) (?:năm|quý|tháng)")
_COLON = re.compile(r"\s*:\s*")
_VERB_AHEAD = re.compile(r"^(?:có trách nhiệm\s*:?\s*)")


def is_organising(node: Node) -> bool:
    """Whether a section assigns standing duties rather than tasks."""
    return not node.is_bullet and bool(_ORGANISING.match(fold(tidy(node.heading)).rstrip(" .:/")))


def duties_in(root: Node) -> list[DutyReading]:
    duties: list[DutyReading] = []
    for node in root.walk():
        if is_organising(node) and not any(is_organising(n) for n in _above(node)):
            duties.extend(_of_section(node))
        elif node.style == "article":
            duties.extend(_of_article(node))
    return duties or _of_blocks(root)


def _of_blocks(root: Node) -> list[DutyReading]:
    """Agency by agency under a section of another name, or one whose title was lost."""
    duties: list[DutyReading] = []
    for node in (root, *root.walk()):
        blocks = [item for item in node.items if _is_block(item)]
        if len(blocks) >= 2:
            duties += [duty for block in blocks for duty in _of_node(block)]
    return duties


def _is_block(item: Node) -> bool:
    """Whether an item is headed by an agency's name and nothing else."""
    if not (item.body or item.children) or labels_in(item.heading):
        return False
    split = agency_and_duty(item.heading, has_items=True)
    return split is not None and not split[1]


def _above(node: Node) -> Iterator[Node]:
    at = node.parent
    while at is not None and at.line is not None:
        yield at
        at = at.parent


def _of_section(section: Node) -> Iterator[DutyReading]:
    parts: list[tuple[int, Line | Node]] = [(line.start, line) for line in section.body]
    parts += [(child.start, child) for child in section.children]
    for _, part in sorted(parts, key=lambda p: p[0]):
        if isinstance(part, Line):
            split = agency_and_duty(part.text, has_items=False)
            if split and split[1]:
                yield _duty(split[0], split[1], part.place)
            continue
        yield from _of_node(part)


def _of_node(node: Node) -> Iterator[DutyReading]:
    split = agency_and_duty(node.heading, has_items=bool(node.body or node.children))
    if split is None:
        yield from _of_section(node)
        return
    agency, text = split
    assert node.line is not None
    if len(node.items) >= 2 and all(begins_agency(item.heading) for item in node.items):
        yield from _of_section(node)
        return
    if text:
        yield _duty(agency, text, node.line.place)
    for line in node.body:
        yield _duty(agency, line.text, line.place)
    for child in node.children:
        assert child.line is not None
        whole = " ".join([child.heading, *(line.text for line in child.all_lines())])
        yield _duty(agency, whole, Place(child.start, child.end, child.line.page))


def _of_article(node: Node) -> Iterator[DutyReading]:
    said = node.heading or " ".join(line.text for line in node.body[:1])
    key = fold(said)
    if _FINAL_ARTICLE.search(key) or not _OBLIGES.search(key):
        return
    if not node.heading or (node.items and not begins_agency(said)):
        yield from _of_section(node)
    elif agency_and_duty(said, has_items=bool(node.body or node.children)):
        yield from _of_node(node)


def agency_and_duty(heading: str, *, has_items: bool) -> tuple[str, str] | None:
    """Split "Đề nghị Sở A: làm B" -> ("Sở A", "làm B"); None where no agency opens the line."""
    text = tidy(heading)
    while (shorter := _PRELUDE.sub("", text, count=1)) != text:
        text = shorter
    if not begins_agency(text):
        return None
    colon = _COLON.search(text)
    if colon:
        before, after = text[: colon.start()], text[colon.end() :]
        agency = without_action(before)
        named = after and (fold(after) == fold(without_action(after))) and has_items and len(after) < 200
        if named and len(agency) == len(before):
            return _name(text), ""
        if len(agency) < len(before):
            rest = _VERB_AHEAD.sub("", tidy(text[len(agency) :]).lstrip(" ,;.:"))
            return _name(agency), rest if rest.strip() != "" and after else ""
        return _name(before), after
    agency = without_action(text)
    lead = re.search(r",?\s+(?:chủ trì|phối hợp|là (?:cơ quan|đơn vị))\b", fold(agency))
    if lead:
        agency = agency[: lead.start()]
    if len(agency) > 260:
        return None
    return _name(agency), tidy(text[len(agency) :]).lstrip(" ,;.:-–")


def _name(text: str) -> str:
    return tidy(text).rstrip(" .;,:")


def _duty(agency: str, text: str, place: Place) -> DutyReading:
    return DutyReading(agency, tidy(text), place, 0.9)


def tasks_of_duties(duties: list[DutyReading], year: int | None) -> list[TaskReading]:
    """Duties as tasks, for a plan that lists its tasks no other way."""
    return [_task_of(duty, str(at), year) for at, duty in enumerate(duties, 1)]


def _task_of(duty: DutyReading, number: str, year: int | None) -> TaskReading:
    due_text = phrase_in(duty.text)
    deadline = read_deadline(None if _YEARLY.search(fold(duty.text)) else due_text, year)
    opening = re.match(r"(?:chủ trì,?\s*(?:và )?)?phối hợp(?: chặt chẽ)?\s+(?:với|cùng)\s+", fold(duty.text))
    coordinating = parties_in(duty.text[opening.end() :]).lead if opening else []
    return TaskReading(
        content=duty.text,
        path=number,
        lead=_leads(duty.agency),
        coordinating=coordinating,
        due_text=due_text,
        starts_on=deadline.starts_on,
        due_on=deadline.due_on,
        before=deadline.before,
        targets=targets_in(duty.text),
        source=duty.source,
        confidence=0.7,
    )


def _leads(agency: str) -> list[str]:
    return parties_in(agency).lead or [agency]
