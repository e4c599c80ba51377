"""The sample plan as an issued document: `python -m loa.demo.sample_plan` writes it anew.

Reads: `data/sample_plan.json` (the facts of plan 42/KH-UBND, in our own words).
Writes: `data/ke_hoach_mau.docx`, stamped "BẢN MẪU" and signed by the role alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from officialdoc.write.model import (
    Annex,
    Block,
    Bullet,
    Column,
    Heading,
    OutgoingDocument,
    Signature,
    TableBlock,
    TableCell,
    TableRow,
    Text,
)
from officialdoc.write.word import write_docx

DATA = Path(__file__).parent / "data"
SAMPLE_PLAN = DATA / "ke_hoach_mau.docx"
COLUMNS = (
    Column(1.1, "center"),
    Column(7),
    Column(3.4),
    Column(4),
    Column(2.2, "center"),
    Column(2.4),
)


def sample_facts() -> dict[str, Any]:
    facts: dict[str, Any] = json.loads((DATA / "sample_plan.json").read_text(encoding="utf-8"))
    return facts


def sample_plan(facts: dict[str, Any] | None = None) -> OutgoingDocument:
    facts = facts or sample_facts()
    return OutgoingDocument(
        kind=facts["kind"],
        title=facts["title"],
        agency=facts["agency"],
        number=facts["number"],
        symbol=facts["symbol"],
        place=facts["place"],
        on=date.fromisoformat(facts["on"]),
        bases=tuple(facts["bases"]),
        body=tuple(body(facts)),
        signature=Signature(facts["signature"]["title"], tuple(facts["signature"]["authority"])),
        recipients=tuple(facts["recipients"]),
        annexes=(Annex(facts["annex_title"], (task_list(facts),), landscape=True),),
        sample=True,
    )


def body(facts: dict[str, Any]) -> Iterator[Block]:
    yield Text(facts["opening"])
    yield Heading(1, "I.", "MỤC ĐÍCH, YÊU CẦU")
    yield Heading(2, "1.", "Mục đích")
    yield from map(Bullet, facts["purposes"])
    yield Heading(2, "2.", "Yêu cầu")
    yield from map(Bullet, facts["requirements"])
    yield Heading(1, "II.", "NỘI DUNG, HÌNH THỨC TUYÊN TRUYỀN")
    yield Heading(2, "1.", "Nội dung tuyên truyền")
    yield from labelled(facts["topics"])
    yield Heading(2, "2.", "Hình thức tuyên truyền")
    yield from labelled(facts["forms"])
    yield Heading(1, "III.", "NHIỆM VỤ CỤ THỂ")
    yield Text(facts["specific_tasks"])
    yield Heading(1, "IV.", "TỔ CHỨC THỰC HIỆN")
    for duty in facts["duties"]:
        yield Heading(2, duty["label"], duty["agency"])
        yield from map(Bullet, duty["items"])
    yield Heading(1, "V.", "KINH PHÍ THỰC HIỆN")
    yield Text(facts["budget"])
    yield Text(facts["closing"])


def labelled(items: list[dict[str, Any]]) -> Iterator[Block]:
    for item in items:
        yield Text(f"{item['label']} {item['text']}")
        yield from map(Bullet, item.get("points", ()))


def task_list(facts: dict[str, Any]) -> TableBlock:
    return TableBlock(
        columns=COLUMNS,
        header=(tuple(map(TableCell, facts["columns"])),),
        rows=tuple(task_row(no, task, facts) for no, task in enumerate(facts["tasks"], start=1)),
    )


def task_row(no: int, task: dict[str, Any], facts: dict[str, Any]) -> TableRow:
    year = task.get("carried_over_from")
    cells = (
        str(no),
        task["content"],
        task["lead"],
        "\n".join(f"- {agency}" for agency in task["coordinating"]),
        facts["due_text"],
        facts["carried_over_note"].format(year=year) if year else "",
    )
    return tuple(map(TableCell, cells))


if __name__ == "__main__":
    SAMPLE_PLAN.write_bytes(write_docx(sample_plan()))
