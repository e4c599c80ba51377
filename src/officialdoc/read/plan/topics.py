"""Topics and forms of communication.

Reads: the outline. Writes: the items under "Nội dung tuyên truyền" and "Hình thức tuyên
truyền", each cut at its first bullet: what follows only details it.
"""

from __future__ import annotations

import re

from officialdoc.model import Item
from officialdoc.read.plan.letters import fold, tidy
from officialdoc.read.plan.outline import Node

_SUBJECT = r"(?:thông tin|tuyên truyền|truyền thông|phổ biến|quảng bá|cổ động)"
_TOPICS = re.compile(
    rf"^(?:các |một số |những )?(?:nội dung(?: công tác)?(?: thông tin)?(?:,| và)? {_SUBJECT}|nội dung chủ yếu|nội dung trọng tâm|nội dung$)"
)
_FORMS = re.compile(
    rf"^(?:các |một số )?(?:hình thức|phương thức|biện pháp|cách thức)(?:,? (?:và )?(?:hình thức|phương thức|phương pháp|biện pháp))?(?: {_SUBJECT}|$)"
)
_BOTH = re.compile(r"^(?:.{0,20}nội dung.{0,30}hình thức|.{0,20}hình thức.{0,30}nội dung)")


def topics_in(root: Node) -> list[Item]:
    return _items_of(_section(root, _TOPICS))


def forms_in(root: Node) -> list[Item]:
    return _items_of(_section(root, _FORMS))


def _section(root: Node, pattern: re.Pattern[str]) -> Node | None:
    """The section so titled; a bare "Nội dung" counts only beside a "Hình thức"."""
    for node in root.walk():
        key = _key(node)
        if node.is_bullet or len(key) > 110 or _BOTH.match(key) or not pattern.match(key):
            continue
        if re.search(_SUBJECT, key) or _names_the_pair(node):
            return node
    return None


def _names_the_pair(node: Node) -> bool:
    parent = node.parent
    if parent is None:
        return False
    beside = [_key(item) for item in parent.items]
    return _BOTH.search(_key(parent)) is not None or (
        any(_TOPICS.match(key) for key in beside) and any(_FORMS.match(key) for key in beside)
    )


def _key(node: Node) -> str:
    return fold(tidy(node.heading)).rstrip(" .:")


def _items_of(section: Node | None) -> list[Item]:
    if section is None:
        return []
    if section.items:
        return [_item(node) for node in section.items]
    if section.bullets:
        return [_item(node) for node in section.bullets]
    return [Item("", line.text, line.place) for line in section.body]


def _item(node: Node) -> Item:
    label = "" if node.is_bullet else node.label
    return Item(label, tidy(node.heading), node.line.place if node.line else None)
