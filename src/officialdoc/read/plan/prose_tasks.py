"""Items with label lines -> tasks.

Reads: the outline and the plan's year. Writes: a `TaskReading` for every item whose own lines
say who does it or when, and for its unlabelled neighbours of the same list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from officialdoc.model import Item, Place, TaskReading
from officialdoc.read.plan.agencies import begins_agency, parties_in
from officialdoc.read.plan.deadlines import read_deadline
from officialdoc.read.plan.duties import is_organising
from officialdoc.read.plan.labels import Label, labels_in
from officialdoc.read.plan.letters import bare, fold, tidy
from officialdoc.read.plan.lines import Line
from officialdoc.read.plan.outline import Node
from officialdoc.read.plan.table_tasks import carried_over_from
from officialdoc.read.plan.targets import targets_in

_NOT_A_TASK = re.compile(
    r"^(?:chủ đề|đối tượng|thời gian|địa điểm|kinh phí|yêu cầu|mục đích|mục tiêu|phạm vi|thành phần|nguyên tắc|"
    r"căn cứ pháp|hình thức|danh nghĩa|cơ quan (?:chỉ đạo|chủ trì)|đơn vị (?:chủ trì|phối hợp|thực hiện|tổ chức)|khẩu hiệu|tên gọi|quan điểm|"
    r"thời hạn|số lượng|ban tổ chức|nội dung và|thể lệ|chế độ)"
)
_ASSIGNS = re.compile(
    r"^(?:giao\s)?.{3,160}?\bchủ trì\b(?:(?!\b(?:xây dựng|ban hành|tổ chức|tham mưu|hướng dẫn|rà soát|kiểm tra)\b).)*?"
    r"(?:(?:tham mưu|tổ chức|triển khai|tham mưu triển khai|tổ chức triển khai)?\s*thực hiện)?[.;]?$"
)
_BRACKET = re.compile(r"\(([^()]*\bchủ trì\b[^()]*)\)[.;]?$")
_SECTIONS = frozenset({"root", "part", "chapter", "unit", "roman", "upper"})


@dataclass(slots=True)
class _Segment:
    """One task of an item: its text and the labels below it."""

    lines: list[str] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    start: int | None = None
    end: int = 0
    lists_value: bool = False  # the last label's value stands in the bullets below it

    def assigns(self) -> bool:
        return any(label.assigns for label in self.labels)


def labelled_tasks(root: Node, year: int | None) -> list[TaskReading]:
    """Tasks of all items with label lines, in reading order."""
    chosen: dict[int, list[_Segment]] = {}
    nodes = [node for node in root.walk() if node.line is not None]
    for node in nodes:
        if _is_label_node(node) or _is_agency_block(node) or _NOT_A_TASK.match(fold(node.heading)):
            continue
        segments = [s for s in _segments(node) if s.assigns()]
        if segments:
            chosen[id(node)] = segments
    _drop_weak(chosen, nodes)
    lists = _task_lists(root, chosen)
    tasks: list[TaskReading] = []
    for node in nodes:
        if id(node) in chosen:
            tasks += [_task_of(node, s, year, alone=len(chosen[id(node)]) == 1) for s in chosen[id(node)]]
        elif (id(node.parent), node.style) in lists and _may_be_task(node, chosen):
            tasks.append(_plain_task(node))
    return tasks


def _is_frame(node: Node) -> bool:
    """Sections that say who organises the whole, not a task."""
    return any(is_organising(n) for n in _ancestry(node))


def _is_agency_block(node: Node) -> bool:
    """The section on carrying out the plan itself, and what stands under an agency in it."""
    if is_organising(node):
        return True
    return _is_frame(node) and any(begins_agency(n.heading) for n in _ancestry(node))


def _ancestry(node: Node) -> Iterator[Node]:
    at: Node | None = node
    while at is not None and at.line is not None:
        yield at
        at = at.parent


def _is_label_node(node: Node) -> bool:
    labels = labels_in(node.heading)
    return bool(labels) and labels[0].at == 0


def _entries(node: Node) -> Iterator[tuple[str, Line, Node | None]]:
    """What stands directly under an item: its lines, bullets and label-like items, in order."""
    found: list[tuple[str, Line, Node | None]] = [(line.text, line, None) for line in node.body]
    labelled = any(_is_label_node(child) for child in node.items)
    for child in node.children:
        if child.line is None or _has_own_labels(child) or not _belongs_to(child, node, labelled=labelled):
            continue
        found.append((_whole(child), child.line, child))
    yield from sorted(found, key=lambda entry: entry[1].start)


def _belongs_to(child: Node, node: Node, *, labelled: bool) -> bool:
    """Whether a child is a part of its item: a bullet, a label, or a letter beside labels."""
    if child.is_bullet:
        return True
    if child.style == "arabic" and node.style in _SECTIONS:
        return False
    return _is_label_node(child) or (labelled and child.style in ("letter", "bracket"))


def _has_own_labels(node: Node) -> bool:
    """A bullet whose own sub-bullets carry the labels is a task by itself."""
    if _is_label_node(node):
        return False
    own = labels_in(node.heading)
    if own and own[0].at > 12 and any(label.assigns for label in own):
        return True
    return any(label.assigns for child in node.children for label in labels_in(child.heading)[:1])


def _whole(node: Node) -> str:
    return "\n".join([node.heading, *(line.text for line in node.all_lines())])


def _segments(node: Node) -> list[_Segment]:
    assert node.line is not None
    first = _Segment(start=node.line.start, end=node.line.end)
    _take(first, node.heading)
    segments = [first]
    for text, line, child in _entries(node):
        current = segments[-1]
        labels = _labels_of(text)
        if not labels and current.assigns() and not _fills_empty(current, text, child):
            if child is None and line.text[:1].islower():
                continue
            current = _Segment(start=line.start)
            segments.append(current)
        _take(current, text, labels)
        current.end = max(current.end, line.end, child.end if child else 0)
    return segments


def _labels_of(text: str) -> list[Label]:
    labels = labels_in(text)
    if labels:
        return labels
    plain = tidy(text)
    if len(plain) < 260 and fold(plain).startswith("giao ") and _ASSIGNS.match(fold(plain)):
        return [Label("both", "Giao", plain, 0)]
    return []


def _fills_empty(segment: _Segment, text: str, child: Node | None) -> bool:
    """A list under "Đơn vị phối hợp:" is the label's value."""
    last = segment.labels[-1] if segment.labels else None
    if last is None or (
        last.value and not (segment.lists_value and child is not None and begins_agency(text))
    ):
        return False
    value = f"{last.value}\n{text}" if last.value else text
    segment.labels[-1] = Label(last.kind, last.name, value, last.at)
    segment.lists_value = True
    return True


def _take(segment: _Segment, text: str, labels: list[Label] | None = None) -> None:
    labels = labels_in(text) if labels is None else labels
    if not labels:
        bracket = _BRACKET.search(fold(text))
        if bracket and not segment.labels:
            segment.lines.append(text[: bracket.start()].strip())
            segment.labels.append(Label("both", "", text[bracket.start(1) : bracket.end(1)], bracket.start()))
        elif not segment.labels:
            segment.lines.append(text)
        return
    head = text[: labels[0].at].strip(" (-–+*;")
    if head and not segment.labels:
        segment.lines.append(head)
    segment.labels.extend(labels)


def _drop_weak(chosen: dict[int, list[_Segment]], nodes: list[Node]) -> None:
    """Items that only say when, in a plan where no item says who, are events of a schedule."""
    who = any(
        label.kind != "due"
        for segments in chosen.values()
        for s in segments
        for label in s.labels
        if label.assigns
    )
    if not who:
        chosen.clear()
        return
    for node in nodes:
        segments = chosen.get(id(node))
        if segments and node.items and any(id(n) in chosen for n in node.walk()):
            only_due = all(label.kind == "due" for s in segments for label in s.labels if label.assigns)
            if only_due or not any(s.labels and s.lines for s in segments):
                del chosen[id(node)]


def _task_lists(root: Node, chosen: dict[int, list[_Segment]]) -> set[tuple[int, str]]:
    """Lists (parent, style of label) whose items are tasks, none with numbered items below."""
    lists: set[tuple[int, str]] = set()
    for parent in (root, *root.walk()):
        items = parent.items
        if not any(id(item) in chosen for item in items) or _is_frame(parent):
            continue
        for style in {item.style for item in items if id(item) in chosen}:
            alike = [item for item in items if item.style == style]
            if len(alike) > 1 and all(_is_label_node(inner) for item in alike for inner in item.items):
                lists.add((id(parent), style))
    return lists


def _may_be_task(node: Node, chosen: dict[int, list[_Segment]]) -> bool:
    """Whether an unlabelled item of a task list is a task too."""
    if node.is_bullet or _is_label_node(node) or _NOT_A_TASK.match(fold(node.heading)):
        return False
    return not any(id(n) in chosen for n in node.walk())


def _plain_task(node: Node) -> TaskReading:
    assert node.line is not None
    content = tidy(" ".join([node.heading, *(line.text for line in node.all_lines())]))
    return TaskReading(
        content=content,
        no=node.label,
        path=node.path,
        group=_group(node),
        targets=targets_in(content),
        source=Place(node.start, node.end, node.line.page),
        confidence=0.7,
    )


def _task_of(node: Node, segment: _Segment, year: int | None, *, alone: bool) -> TaskReading:
    content = tidy(" ".join(segment.lines)) or tidy(node.heading)
    task = TaskReading(
        content=content,
        no=node.label if not node.is_bullet else None,
        path=node.path or None,
        group=_group(node) if alone else tidy(node.heading),
        targets=targets_in(content),
        carried_over_from=carried_over_from(content),
        source=Place(
            segment.start or node.start, max(segment.end, node.start), node.line.page if node.line else None
        ),
        confidence=0.93,
    )
    fill_from_labels(task, segment.labels, year)
    if not task.lead and not task.performing:
        task.confidence = 0.75
    return task


def fill_from_labels(task: TaskReading, labels: list[Label], year: int | None) -> None:
    says_lead = False
    performing: list[str] = []
    for label in labels:
        if label.kind in ("lead", "both", "performing"):
            read = parties_in(label.value)
            task.coordinating += read.coordinating
            if label.kind == "performing" and not read.says_lead:
                performing += read.lead
            else:
                task.lead += read.lead
                says_lead = True
        elif label.kind == "coordinating":
            task.coordinating += parties_in(label.value).lead
        elif label.kind == "monitoring":
            task.monitoring += parties_in(label.value).lead
        elif label.kind == "due" and task.due_text is None:
            _set_due(task, label, year)
        elif label.kind == "product" and task.product is None:
            task.product = tidy(label.value).rstrip(" .;") or None
        elif label.kind == "note":
            task.note = tidy(label.value) or None
        else:
            task.details.append(Item(label.name, tidy(label.value)))
    if says_lead and task.lead:
        task.performing += performing
    else:
        task.lead += performing


def _set_due(task: TaskReading, label: Label, year: int | None) -> None:
    text = tidy(label.value)
    deadline = read_deadline(text, year)
    task.due_text = (text[:-1] if text.endswith(".") and not text.endswith("..") else text) or None
    task.starts_on, task.due_on, task.before = deadline.starts_on, deadline.due_on, deadline.before


def _group(node: Node) -> str | None:
    parent = node.parent
    return tidy(parent.heading) or None if parent and parent.line and bare(parent.heading) else None
