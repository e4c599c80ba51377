"""A `PlanReading` as the JSON that `loa plan read` prints and the import screen takes in.

Reads: `PlanReading`. Writes: plain dicts and lists; dates in ISO, unknown is null, a list
is never null. Beyond the printed shape, `sources` and `confidences` say of each header
field where it was found and how surely.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from officialdoc.model import (
    DutyReading,
    Item,
    OccurrenceReading,
    Place,
    PlanReading,
    Reference,
    ReportingReading,
    Section,
    TaskReading,
    Warning_,
)

Json = dict[str, Any]


def plan_json(reading: PlanReading) -> Json:
    signer = reading.signer
    return {
        "text": reading.text,
        "kind": reading.kind,
        "number": reading.number,
        "title": reading.title,
        "issuer": reading.issuer,
        "place": reading.place,
        "issued_on": _day(reading.issued_on),
        "signer": {"name": signer.name, "title": signer.title, "authority": signer.authority},
        "legal_bases": [_reference(item) for item in reading.legal_bases],
        "references": [_reference(item) for item in reading.references],
        "sections": [_section(item) for item in reading.sections],
        "topics": [_placed_item(item) for item in reading.topics],
        "forms": [_placed_item(item) for item in reading.forms],
        "tasks": [_task(item) for item in reading.tasks],
        "duties": [_duty(item) for item in reading.duties],
        "reporting": [_reporting(item) for item in reading.reporting],
        "recipients": list(reading.recipients),
        "warnings": [_warning(item) for item in reading.warnings],
        "sources": {name: _place(place) for name, place in reading.sources.items()},
        "confidences": dict(reading.confidences),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _place(place: Place | None) -> Json | None:
    if place is None:
        return None
    return {
        "page": place.page,
        "table": place.table,
        "row": place.row,
        "start": place.start,
        "end": place.end,
    }


def _reference(item: Reference) -> Json:
    return {"text": item.text, "number": item.number, "issued_on": _day(item.issued_on)}


def _section(item: Section) -> Json:
    return {
        "label": item.label,
        "title": item.title,
        "children": [_section(child) for child in item.children],
        "source": _place(item.source),
    }


def _item(item: Item) -> Json:
    return {"label": item.label, "text": item.text}


def _placed_item(item: Item) -> Json:
    return {**_item(item), "source": _place(item.source)}


def _task(task: TaskReading) -> Json:
    return {
        "no": task.no,
        "path": task.path,
        "group": task.group,
        "content": task.content,
        "lead": list(task.lead),
        "coordinating": list(task.coordinating),
        "performing": list(task.performing),
        "monitoring": list(task.monitoring),
        "product": task.product,
        "details": [_item(item) for item in task.details],
        "due_text": task.due_text,
        "starts_on": _day(task.starts_on),
        "due_on": _day(task.due_on),
        "before": task.before,
        "targets": [{"quantity": target.quantity, "unit": target.unit} for target in task.targets],
        "carried_over_from": task.carried_over_from,
        "note": task.note,
        "occurrences": [_occurrence(item) for item in task.occurrences],
        "source": _place(task.source),
        "confidence": task.confidence,
    }


def _occurrence(item: OccurrenceReading) -> Json:
    return {
        "text": item.text,
        "lead": list(item.lead),
        "on": _day(item.on),
        "time": item.time,
        "source": _place(item.source),
    }


def _duty(duty: DutyReading) -> Json:
    return {
        "agency": duty.agency,
        "text": duty.text,
        "source": _place(duty.source),
        "confidence": duty.confidence,
    }


def _reporting(item: ReportingReading) -> Json:
    return {
        "who": item.who,
        "to": item.to,
        "when": item.when,
        "recurrence": item.recurrence,
        "month_day": item.month_day,
        "before": item.before,
        "due_on": _day(item.due_on),
        "source": _place(item.source),
        "confidence": item.confidence,
    }


def _warning(warning: Warning_) -> Json:
    return {"code": warning.code, "message": warning.message, "source": _place(warning.source)}
