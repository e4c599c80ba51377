"""Whose matter it may be, read from what was written: offered to the asker, who decides or leaves it open."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.db.models import QuerySet

from loa.core.text import fold, words
from loa.directory.models import Agency, in_force
from loa.feedback.models import Subject
from loa.feedback.queries.visible import subjects_on
from loa.procedures.models import Procedure
from loa.procedures.queries import public_procedures

MOST = 4
READ_AT_MOST = 5000  # procedures, and letters of a text
SHARED_PAIRS = 2  # pairs of words a procedure's name must share with the text


@dataclass(frozen=True, slots=True)
class Suggestion:
    agencies: list[Agency]
    procedures: list[Procedure]


def communes_on(day: date) -> QuerySet[Agency]:
    """The people's committees of communes that exist on a day, by district."""
    rows = Agency.objects.filter(in_force(day), kind=Agency.Kind.COMMUNE)
    return rows.select_related("parent").order_by("parent__sort_name", "sort_name")


def answering_agencies_on(day: date) -> QuerySet[Agency]:
    """The bodies of city and district that a case may name, by their names."""
    kinds = (
        Agency.Kind.OFFICE,
        Agency.Kind.DEPARTMENT,
        Agency.Kind.INSPECTORATE,
        Agency.Kind.POLICE,
        Agency.Kind.DISTRICT,
        Agency.Kind.SERVICE_UNIT,
        Agency.Kind.OTHER,
    )
    return Agency.objects.filter(in_force(day), kind__in=kinds).order_by("sort_name")


def suggest(text: str, *, commune: Agency | None, day: date) -> Suggestion:
    """A few agencies and procedures the words point to. Three queries, whatever is written."""
    told = fold(text[:READ_AT_MOST])
    procedures = _procedures(words(text[:READ_AT_MOST]))
    named = [row for row in answering_agencies_on(day) if _is_named(row, told)]
    by_subject = [row.agency for row in subjects_on(day).select_related("agency") if _points(row, told)]
    found = [*named, *by_subject, *(row.agency for row in procedures), commune]
    agencies = {row.pk: row for row in found if row is not None}
    return Suggestion(list(agencies.values())[:MOST], procedures)


def _is_named(agency: Agency, told: str) -> bool:
    name, short = fold(agency.name), fold(agency.short_name)
    return name in told or bool(short and len(short) > 5 and short in told)


def _points(subject: Subject, told: str) -> bool:
    spoken = f" {told} "
    return any(f" {word} " in spoken for word in (fold(each) for each in subject.words.split(",")) if word)


def _procedures(told: str) -> list[Procedure]:
    """Those whose names share the rarest pairs of neighbouring words with the text."""
    pairs = _pairs(told)
    if not pairs:
        return []
    rows = {pk: _pairs(words(name)) for pk, name in _names()}
    spread = Counter(pair for each in rows.values() for pair in each)
    weights = {
        pk: sum(math.log(1 + len(rows) / spread[pair]) for pair in shared)
        for pk, each in rows.items()
        if len(shared := each & pairs) >= SHARED_PAIRS
    }
    best = sorted(weights, key=lambda pk: (-weights[pk], pk))[:MOST]
    found = {row.pk: row for row in public_procedures().filter(pk__in=best)} if best else {}
    return [found[pk] for pk in best if pk in found]


def _names() -> list[tuple[int, str]]:
    return list(public_procedures().order_by("pk").values_list("pk", "name")[:READ_AT_MOST])


def _pairs(told: str) -> set[tuple[str, str]]:
    return set(pairwise(told.split()))
