"""A draft plan's rows from confirmed proposals. The number of queries does not grow with the rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from loa.core import clock
from loa.core.text import fold
from loa.documents.models import Document, Proposal
from loa.plans.models import (
    CommunicationForm,
    Duty,
    Occurrence,
    Plan,
    ReportingRule,
    Target,
    Task,
    TaskBody,
    Topic,
)
from loa.plans.queries.imports import BODY_LISTS, ReadingView

Json = dict[str, Any]


def build_plan(view: ReadingView, document: Document) -> Plan:
    """Everything of the plan but its assignments; those come when it is issued."""
    header = view.header
    # a reading with nothing unresolved has them all
    assert view.issuer
    assert view.coordinator
    assert view.accepting_office
    plan = Plan.objects.create(
        document=document,
        number=(header.get("number") or "")[:80],
        title=header["title"],
        year=view.year or view.day.year,
        issued_on=view.issued_on,
        issuer=view.issuer,
        coordinator=view.coordinator,
        accepting_office=view.accepting_office,
        parent=view.parent,
        money_text=view.money_text,
        created_at=clock.now(),
    )
    for model, kind in ((Topic, Proposal.Kind.TOPIC), (CommunicationForm, Proposal.Kind.FORM)):
        rows: list[Any] = [
            model(
                plan=plan, label=(row.data.get("label") or "")[:20], text=row.data["text"], position=position
            )
            for position, row in enumerate(view.kept(kind))
        ]
        model.objects.bulk_create(rows)
    _build_tasks(plan, view)
    _build_duties(plan, view)
    _build_rules(plan, view)
    return plan


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _build_tasks(plan: Plan, view: ReadingView) -> None:
    rows = view.kept(Proposal.Kind.TASK)
    tasks = Task.objects.bulk_create(_task(plan, row, position) for position, row in enumerate(rows, 1))
    pairs = list(zip(tasks, (row.data for row in rows), strict=True))
    TaskBody.objects.bulk_create(body for task, data in pairs for body in _bodies(task, data, view))
    Target.objects.bulk_create(
        Target(
            task=task,
            measure=item["unit"][:300],
            quantity=Decimal(str(item["quantity"])),
            unit=item["unit"][:200],
        )
        for task, data in pairs
        for item in data.get("targets") or []
        if item["quantity"] > 0
    )
    Occurrence.objects.bulk_create(row for task, data in pairs for row in _occurrences(task, data, view))


def _task(plan: Plan, row: Proposal, position: int) -> Task:
    data = row.data
    texts = [data.get("no") or "", data["content"], data.get("product") or "", data.get("note") or ""]
    return Task(
        plan=plan,
        position=position,
        no=texts[0][:30],
        path=(data.get("path") or "")[:60],
        group=data.get("group") or "",
        content=texts[1],
        product=texts[2],
        due_text=(data.get("due_text") or "")[:500],
        starts_on=_day(data.get("starts_on")),
        due_on=_day(data.get("due_on")),
        is_due_before=bool(data.get("before")),
        note=texts[3],
        details=data.get("details") or [],
        carried_over_from=data.get("carried_over_from"),
        source=row.source,
        search_text=fold(" ".join(texts)),  # bulk_create does not call save
    )


def _bodies(task: Task, data: Json, view: ReadingView) -> Iterator[TaskBody]:
    position = 0
    for key, role in BODY_LISTS.items():
        for printed in data.get(key) or []:
            agency, group = view.body(printed)
            yield TaskBody(
                task=task, role=role, printed=printed[:500], agency=agency, group=group, position=position
            )
            position += 1


def _occurrences(task: Task, data: Json, view: ReadingView) -> Iterator[Occurrence]:
    for position, item in enumerate(data.get("occurrences") or [], 1):
        leads = [view.body(name)[0] for name in item.get("lead") or []]
        yield Occurrence(
            task=task,
            position=position,
            title=item["text"][:500],
            lead=next((agency for agency in leads if agency), None),
            on=_day(item.get("on")),
            slot=(item.get("time") or "")[:100],
        )


def _build_duties(plan: Plan, view: ReadingView) -> None:
    duties = []
    for position, row in enumerate(view.kept(Proposal.Kind.DUTY), 1):
        agency, group = view.body(row.data["agency"])
        duties.append(
            Duty(
                plan=plan,
                position=position,
                printed_body=row.data["agency"][:500],
                agency=agency,
                group=group,
                text=row.data["text"],
                source=row.source,
            )
        )
    Duty.objects.bulk_create(duties)


def _build_rules(plan: Plan, view: ReadingView) -> None:
    rules = []
    for position, row in enumerate(view.kept(Proposal.Kind.RULE)):
        data = row.data
        decided = view.names.named(data["to"]).decided if data.get("to") else None
        rules.append(
            ReportingRule(
                plan=plan,
                who=data.get("who") or "",
                to=view.agencies.get(decided.code) if decided else None,
                to_text=(data.get("to") or "")[:300],
                when_text=data["when"],
                recurrence=data.get("recurrence") or "",
                month_day=data.get("month_day") or "",
                is_before=bool(data.get("before")),
                due_on=_day(data.get("due_on")),
                position=position,
                source=row.source,
            )
        )
    ReportingRule.objects.bulk_create(rules)
