"""What a person should look at.

Reads: the finished reading and the source. Writes: `Warning_`s in Vietnamese: typing errors
with a suggestion, unresolved deadlines, missing leads, gaps in the numbering, missing fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from officialdoc.model import Place, PlanReading, TaskReading, Warning_
from officialdoc.read.plan.deadlines import read_deadline
from officialdoc.read.plan.letters import fold

# Slips met in printed plans -> what was meant. Matched as whole words.
_SLIPS: tuple[tuple[str, str], ...] = (
    ("chuyên tiếp", "chuyển tiếp"),
    ("cô đọng trực quan", "cổ động trực quan"),
    ("cổ đông trực quan", "cổ động trực quan"),
    ("công đoàn viên thành phố", "Công đoàn viên chức thành phố"),
    ("công đoàn viên tỉnh", "Công đoàn viên chức tỉnh"),
    ("tuyên tuyền", "tuyên truyền"),
    ("tuyền truyền", "tuyên truyền"),
    ("tuyên truyên", "tuyên truyền"),
    ("cái cách hành chính", "cải cách hành chính"),
    ("cải cách hành chinh", "cải cách hành chính"),
    ("thũ tục hành chính", "thủ tục hành chính"),
    ("phồi hợp", "phối hợp"),
    ("phối hơp", "phối hợp"),
    ("chủ chì", "chủ trì"),
    ("trủ trì", "chủ trì"),
    ("thời gian thực hiên", "thời gian thực hiện"),
    ("thực hiên", "thực hiện"),
    ("báo cao kết quả", "báo cáo kết quả"),
    ("công chưc", "công chức"),
)
_SLIP = re.compile(r"(?<!\w)(?:" + "|".join(re.escape(fold(a)) for a, _ in _SLIPS) + r")(?!\w)")
_MEANT = {fold(a): b for a, b in _SLIPS}
_RECURRING = re.compile(r"(?:hàng|hằng|mỗi) (?:năm|quý|tháng|tuần)")
_FIELDS = {
    "number": "số, ký hiệu",
    "issued_on": "ngày ban hành",
    "title": "trích yếu",
    "issuer": "cơ quan ban hành",
}


def warnings_of(reading: PlanReading, year: int | None) -> list[Warning_]:
    return [
        *_missing_fields(reading),
        *_typing_errors(reading.text),
        *_unresolved(reading.tasks, year),
        *_without_lead(reading.tasks),
        *_gaps(reading.tasks),
    ]


def _missing_fields(reading: PlanReading) -> Iterator[Warning_]:
    for name, words in _FIELDS.items():
        if getattr(reading, name) is None:
            yield Warning_("missing_field", f"Không đọc được {words}; cần người xác nhận.")
    if reading.signer.name is None:
        yield Warning_("missing_field", "Không đọc được họ tên người ký.")


def _typing_errors(text: str) -> Iterator[Warning_]:
    for found in _SLIP.finditer(fold(text)):
        printed = text[found.start() : found.end()]
        meant = _MEANT[found.group()]
        yield Warning_(
            "typing_error", f"“{printed}” có thể là lỗi gõ của “{meant}”.", Place(found.start(), found.end())
        )


def _unresolved(tasks: list[TaskReading], year: int | None) -> Iterator[Warning_]:
    for task in tasks:
        if not task.due_text or task.due_on or task.starts_on or _RECURRING.search(fold(task.content)):
            continue
        if not read_deadline(task.due_text, year).is_open:
            yield Warning_(
                "unresolved_deadline", f"Chưa hiểu thời hạn “{task.due_text}”{_of(task)}.", task.source
            )


def _without_lead(tasks: list[TaskReading]) -> Iterator[Warning_]:
    for task in tasks:
        if not task.lead and not task.performing:
            yield Warning_("missing_lead", f"Không thấy cơ quan chủ trì{_of(task)}.", task.source)


def _of(task: TaskReading) -> str:
    return f" của nhiệm vụ {task.path or task.no}" if task.path or task.no else ""


def _gaps(tasks: list[TaskReading]) -> Iterator[Warning_]:
    """A number that does not follow the one before in the same table and group."""
    last: dict[tuple[int | None, str], int] = {}
    for task in tasks:
        if not task.no or not task.no.isdigit() or task.source is None or task.source.table is None:
            continue
        where = (task.source.table, (task.path or "")[: -len(task.no)])
        number = int(task.no)
        if where in last and number > last[where] + 1:
            yield Warning_(
                "number_gap",
                f"Sau nhiệm vụ {last[where]} là nhiệm vụ {number}: có thể thiếu hàng.",
                task.source,
            )
        last[where] = number
