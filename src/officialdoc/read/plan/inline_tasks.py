"""Items that name their lead in the sentence -> tasks.

Reads: the outline. Writes: tasks out of "Giao Sở A chủ trì, phối hợp với B làm C" and "Sở A chủ
trì làm C" outside the sections on standing duties, with their unnamed neighbours in the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from officialdoc.model import Place, TaskReading
from officialdoc.read.plan.agencies import Parties, begins_agency, parties_in
from officialdoc.read.plan.deadlines import phrase_in, read_deadline
from officialdoc.read.plan.duties import is_organising
from officialdoc.read.plan.labels import labels_in
from officialdoc.read.plan.letters import fold, tidy
from officialdoc.read.plan.outline import Node
from officialdoc.read.plan.targets import targets_in

_GIVEN = re.compile(r"(?:^|[.;]\s+)(?:giao(?: cho)?|đề nghị|yêu cầu|phân công)\s+(?=\S)")
_LEADS = re.compile(r"\bchủ trì\b")
_AIM = re.compile(r"^(?:mục đích|mục tiêu|yêu cầu|quan điểm|đối tượng|nguyên tắc|phạm vi|căn cứ|kinh phí)")


def inline_tasks(root: Node, year: int | None) -> list[TaskReading]:
    """Leaf items of lists in which at least two name their lead."""
    tasks: list[TaskReading] = []
    for parent in (root, *root.walk()):
        if any(is_organising(n) or _AIM.match(fold(n.heading)) for n in _line_of(parent)):
            continue
        leaves = [child for child in parent.children if not child.items]
        led = {id(leaf): parties for leaf in leaves if (parties := lead_in(leaf.heading))}
        if len(led) >= 2 and 2 * len(led) >= len(leaves):
            tasks += [_task_of(leaf, led.get(id(leaf)), year) for leaf in leaves]
    return tasks


def _line_of(node: Node) -> Iterator[Node]:
    at: Node | None = node
    while at is not None and at.line is not None:
        yield at
        at = at.parent


def lead_in(text: str) -> Parties | None:
    """Who a sentence makes the lead, or None."""
    key = fold(text)
    given = _GIVEN.search(key)
    is_told = bool(given and given.start() == 0 and key.startswith("giao"))
    if labels_in(text) or not (is_told or _LEADS.search(key)):
        return None
    sentence = text[given.end() :] if given else text
    if not begins_agency(sentence):
        return None
    sentence = re.split(r"[.;]\s", sentence)[0]
    parties = parties_in(sentence)
    return parties if parties.lead and (parties.says_lead or is_told) else None


def _task_of(leaf: Node, parties: Parties | None, year: int | None) -> TaskReading:
    assert leaf.line is not None
    content = tidy(" ".join([leaf.heading, *(line.text for line in leaf.all_lines())]))
    due_text = phrase_in(content)
    deadline = read_deadline(due_text, year)
    return TaskReading(
        content=content,
        no=leaf.label if not leaf.is_bullet else None,
        path=leaf.path or None,
        group=tidy(leaf.parent.heading) or None if leaf.parent else None,
        lead=parties.lead if parties else [],
        coordinating=parties.coordinating if parties else [],
        due_text=due_text,
        starts_on=deadline.starts_on,
        due_on=deadline.due_on,
        before=deadline.before,
        targets=targets_in(content),
        source=Place(leaf.start, leaf.end, leaf.line.page),
        confidence=0.75,
    )
