"""`loa deadline START N`: the date on stdout, the count day by day on stderr. No database."""

import re
import sys
from datetime import date

from loa.core.deadlines import Calendar, CalendarRangeError, DayStep, Reason, explain, shipped_calendar
from loa.core.text import format_date, weekday_name

USAGE = "Cách dùng: loa deadline NGÀY_BẮT_ĐẦU SỐ_NGÀY_LÀM_VIỆC (ngày viết 2026-02-13 hoặc 13/02/2026)"
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_PRINTED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_COUNT = re.compile(r"[0-9]{1,6}")


def run(argv: list[str]) -> int:
    """0 with the date on stdout; 2 when the input is not understood or lies outside the calendar."""
    if argv in (["-h"], ["--help"]):
        sys.stdout.write(USAGE + "\n")
        return 0
    try:
        start, count = _read_arguments(argv)
        due, lines = _count(start, count, shipped_calendar())
    except ValueError as refusal:
        sys.stderr.write(f"{_sentence(refusal)}\n")
        return 2
    sys.stderr.writelines(f"{line}\n" for line in lines)
    sys.stdout.write(f"{due.isoformat()}\n")
    return 0


def _read_arguments(argv: list[str]) -> tuple[date, int]:
    if len(argv) != 2:
        raise ValueError(USAGE)
    start, count = argv
    if not _COUNT.fullmatch(count):
        raise ValueError(f"Số ngày làm việc phải là số nguyên không âm, không phải “{count}”.")
    return _read_date(start), int(count)


def _read_date(text: str) -> date:
    iso, printed = _ISO.fullmatch(text), _PRINTED.fullmatch(text)
    try:
        if iso:
            return date(*map(int, iso.groups()))
        if printed:
            return date(*map(int, reversed(printed.groups())))
    except ValueError:
        raise ValueError(f"Không có ngày “{text}” trong lịch.") from None
    raise ValueError(f"Không đọc được ngày “{text}”. {USAGE}")


def _count(start: date, count: int, calendar: Calendar) -> tuple[date, list[str]]:
    steps = explain(start, count, calendar)
    due = steps[-1].on if steps else start
    if not calendar.first <= due <= calendar.last:
        raise CalendarRangeError(due, calendar)
    lines = [f"{_day(start)}: ngày bắt đầu, không tính", *map(_line, steps)]
    if not all(step.is_certain for step in steps):
        lines.append("Lưu ý: có ngày nghỉ chưa được công bố chính thức, hạn này có thể thay đổi.")
    return due, lines


def _line(step: DayStep) -> str:
    verdict = f"ngày làm việc thứ {step.number}" if step.counts else "không tính"
    return f"{_day(step.on)}: {verdict}{_because(step)}"


def _because(step: DayStep) -> str:
    if step.special:
        return f", {step.special.name} [{step.special.legal_act or 'chưa công bố'}]"
    return ", nghỉ hằng tuần" if step.reason == Reason.WEEKEND else ""


def _day(on: date) -> str:
    return f"{format_date(on)} ({weekday_name(on)})"


def _sentence(refusal: ValueError) -> str:
    if isinstance(refusal, CalendarRangeError):
        first, last = format_date(refusal.first), format_date(refusal.last)
        return f"Ngoài lịch làm việc: chỉ tính được từ {first} đến {last}."
    return str(refusal)
