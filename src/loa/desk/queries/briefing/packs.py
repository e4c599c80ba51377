from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from loa.core.text import format_date
from loa.desk.models import BriefingPack
from loa.directory.queries import itself_and_predecessors
from loa.plans.models import Plan
from loa.plans.queries.plan import reading_agency


def packs_visible_to(user: Any) -> QuerySet[BriefingPack]:
    """Those of one's own agency."""
    agency = reading_agency(user)
    if agency is None:
        return BriefingPack.objects.none()
    rows = BriefingPack.objects.filter(agency__in=itself_and_predecessors(agency))
    return rows.select_related("plan", "agency", "by", "approved_by")


def propose_title(plan: Plan, start: date, end: date) -> str:
    """Vietnamese, as it is printed."""
    days = f"từ ngày {format_date(start)} đến ngày {format_date(end)}"
    return f"Kết quả thực hiện Kế hoạch số {plan.number} {days}"[:300]


@dataclass(frozen=True, slots=True)
class Numbered:
    """The sections with each fact's number of its source, and the sources in order, each once."""

    sections: list[dict[str, Any]]
    sources: list[dict[str, Any]]


def numbered(pack: BriefingPack) -> Numbered:
    places: dict[tuple[str, str], int] = {}
    sections = []
    for section in pack.sections:
        facts = []
        for fact in section["facts"]:
            number = places.setdefault((fact["source"], fact["url"]), len(places) + 1)
            facts.append({**fact, "number": number})
        sections.append({**section, "facts": facts})
    sources = [{"number": number, "source": source, "url": url} for (source, url), number in places.items()]
    return Numbered(sections, sources)
