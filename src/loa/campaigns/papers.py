"""The sheet a radio reader reads from."""

from __future__ import annotations

from loa.campaigns.models import Script
from loa.core.text import format_date
from officialdoc.write.reading_sheet import ReadingSheet, write_reading_sheet


def script_docx(script: Script) -> bytes:
    """Always in Vietnamese: it is read aloud."""
    slot = ""
    if script.slot_on:
        slot = format_date(script.slot_on) + (f", {script.slot_at:%H:%M}" if script.slot_at else "")
    facts = [script.agency.name, f"Thời lượng: {script.seconds} giây"]
    if slot:
        facts.append(f"Giờ phát: {slot}")
    if script.state not in ("approved", "used"):
        facts.append("Chưa được duyệt")
    return write_reading_sheet(
        ReadingSheet(script.title, tuple(facts), tuple(script.spoken_text.split("\n")))
    )
