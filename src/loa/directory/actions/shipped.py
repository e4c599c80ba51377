"""Load the directory that ships with the program. What is there already is left as it is."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from importlib import resources
from typing import Any

from django.db import transaction

from loa.core import clock
from loa.core.text import fold, sort_key
from loa.directory.models import (
    Agency,
    AgencyGroup,
    AgencyName,
    GroupMember,
    Reorganisation,
    ReorganisationDecision,
)

Row = dict[str, Any]


def _shipped(name: str) -> Row:
    content: Row = json.loads(
        resources.files("loa.directory").joinpath("data", name).read_text(encoding="utf-8")
    )
    return content


@transaction.atomic
def load_sample_directory() -> int:
    """The bodies of 2019 and 2025, their groups and reorganisations. Returns how many bodies were new."""
    old, new = _shipped("hai_phong_2019.json"), _shipped("hai_phong_2025.json")
    rows = [*old["agencies"], *new["agencies"]]
    count = _load_agencies(rows)
    agencies = {agency.code: agency for agency in Agency.objects.all()}
    _load_aliases(rows, agencies)
    _load_groups(_shipped("hai_phong_groups.json")["groups"], agencies)
    if not Reorganisation.objects.exists():
        _load_reorganisations(new["reorganisations"], agencies)
    return count


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _load_agencies(rows: list[Row]) -> int:
    known = set(Agency.objects.values_list("code", flat=True))
    fresh = [row for row in rows if row["code"] not in known]
    Agency.objects.bulk_create(_agency(row) for row in fresh)
    ids = dict(Agency.objects.values_list("code", "pk"))
    children = list(Agency.objects.filter(code__in=[row["code"] for row in fresh if row.get("parent")]))
    parents = {row["code"]: row.get("parent") for row in fresh}
    for child in children:
        child.parent_id = ids.get(parents[child.code] or "")
    Agency.objects.bulk_update(children, ["parent"], batch_size=200)
    return len(fresh)


def _agency(row: Row) -> Agency:
    short = row.get("short_name") or ""
    return Agency(
        code=row["code"],
        name=row["name"],
        short_name=short,
        symbol=row.get("symbol") or "",
        kind=row["kind"],
        level=row["level"],
        place=row.get("place") or "",
        valid_from=_day(row.get("valid_from")),
        valid_to=_day(row.get("valid_to")),
        legal_basis=row.get("legal_basis") or "",
        note=row.get("note") or "",
        sort_name=sort_key(row["name"]),
        search_name=fold(f"{row['name']} {short} {row['code']}"),
    )


def _load_aliases(rows: list[Row], agencies: dict[str, Agency]) -> None:
    wanted = [(row["code"], name) for row in rows for name in row.get("aliases") or []]
    known = set(AgencyName.objects.values_list("agency__code", "name"))
    AgencyName.objects.bulk_create(
        AgencyName(agency=agencies[code], kind=AgencyName.Kind.ALIAS, name=name, search_name=fold(name))
        for code, name in dict.fromkeys(wanted)
        if (code, name) not in known
    )


def _load_groups(rows: list[Row], agencies: dict[str, Agency]) -> None:
    known = set(AgencyGroup.objects.values_list("code", flat=True))
    for row in rows:
        if row["code"] in known:
            continue
        group = AgencyGroup.objects.create(
            code=row["code"], name=row["name"], aliases=row["aliases"], note=(row.get("note") or "")[:300]
        )
        GroupMember.objects.bulk_create(
            GroupMember(group=group, agency=agency) for agency in _selected(row, agencies.values())
        )


def _selected(row: Row, agencies: Iterable[Agency]) -> list[Agency]:
    """Named codes, and who is of the kinds and level selected; each for as long as it exists."""
    codes = set(row.get("codes") or [])
    rules = row.get("select") or []
    return [
        agency
        for agency in agencies
        if agency.code in codes
        or any(
            agency.kind in rule["kinds"]
            and agency.level == rule["level"]
            and (not rule.get("valid_from") or str(agency.valid_from or "") >= rule["valid_from"])
            for rule in rules
        )
    ]


def _load_reorganisations(rows: list[Row], agencies: dict[str, Agency]) -> None:
    for row in rows:
        reorganisation = Reorganisation.objects.create(
            kind=row["kind"],
            on=date.fromisoformat(row["date"]),
            decision=row.get("decision") or "",
            mark=row.get("mark") or "",
            note=row.get("note") or "",
            is_proven=row["proven"],
        )
        reorganisation.predecessors.set(agencies[code] for code in row["from"])
        reorganisation.successors.set(agencies[code] for code in row["to"])


@transaction.atomic
def load_decisions() -> int:
    """The decisions that the shipped reorganisations follow, to be rehearsed and applied. Returns how many were new.

    A fact that somebody has put into a decision already stays there.
    """
    known = set(ReorganisationDecision.objects.values_list("number", flat=True))
    fresh = [
        row for row in _shipped("hai_phong_reorganisations.json")["decisions"] if row["number"] not in known
    ]
    for row in fresh:
        decision = ReorganisationDecision.objects.create(
            number=row["number"],
            subject=row["subject"],
            issuer_name=row["issuer_name"],
            issued_on=_day(row["issued_on"]),
            legal_basis=row["legal_basis"],
            on=date.fromisoformat(row["on"]),
            note=row["note"],
            created_at=clock.now(),
        )
        facts = Reorganisation.objects.filter(
            decision=row["decision"], on=decision.on, is_proven=True, decided_by__isnull=True
        )
        for position, act in enumerate(facts.prefetch_related("predecessors"), start=1):
            codes = {body.code for body in act.predecessors.all()}
            heir = next((to for code, to in row.get("default_successors", {}).items() if code in codes), "")
            act.decided_by, act.position = decision, position
            act.default_successor = Agency.objects.filter(code=heir).first()
            act.save(update_fields=["decided_by", "position", "default_successor"])
    return len(fresh)
