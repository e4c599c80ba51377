"""What waits for a person, over every register. Each list costs one query, whatever its length."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.budgets.queries import estimates_waiting_for
from loa.core import clock
from loa.core.text import headline
from loa.core.workflow import Step
from loa.desk.queries.mine_cases import case_items
from loa.desk.queries.mine_dialogues import dialogue_items
from loa.desk.queries.mine_events import event_items
from loa.desk.queries.mine_news import news_items
from loa.desk.queries.mine_prints import print_items
from loa.desk.queries.mine_register import register_items, script_items
from loa.desk.queries.mine_year import year_items
from loa.directory.models import User
from loa.documents.queries import readings_visible_to
from loa.plans.models import Assignment, Explanation, Extension
from loa.plans.queries import accepted_by, late_on, own_assignments, own_requests
from loa.plans.states import ASSIGNMENT, OPEN_ASSIGNMENT_STATES, REQUEST, WORKING_STATES
from loa.reports.models import AgencyReport, Consolidation, ReportRound
from loa.reports.queries import reports_to_accept, reports_to_write

SHOWN = 50  # of each kind; the lists themselves show all
SOON_DAYS = 7
MANAGERS = ("focal_point", "head")
KINDS = {
    "assignment": pgettext_lazy("of a plan", "Task"),
    "explanation": _("Explanation asked"),
    "extension": _("Extension asked"),
    "request": _("Request to coordinate"),
    "report": _("Report"),
    "reports": _("Reports to read"),
    "consolidation": _("Consolidated report"),
    "estimate": _("Estimate"),
    "reading": _("Document to confirm"),
    "guidance": _("Guidance to acknowledge"),
    "question": _("Question about guidance"),
    "sub_plan": _("Own plan to issue"),
    "amendment": _("Amendment to issue"),
    "publication": _("Publication"),
    "parcel": _("Receipt to confirm"),
    "story": _("Story at your stage"),
    "returned_story": _("Story returned to you"),
    "news_assignment": _("Assignment to write"),
    "case": pgettext_lazy("citizen", "Case"),
    "case_share": _("Part of a joint answer"),
    "words": _("Words of askers"),
    "urgent": _("Urgent publication to decide"),
    "version_to_write": _("Text of a procedure to finish"),
    "version_to_approve": _("Procedure to approve"),
    "version_to_publish": _("Procedure to publish"),
    "proposal": _("Proposal to make a procedure known"),
    "procedure_import": _("File of procedures to confirm"),
    "script": _("Radio script to write"),
    "script_to_approve": _("Radio script to approve"),
    "event": pgettext_lazy("gathering", "Event"),
    "event_paper": _("Paper of an event"),
    "invitation": _("Names to give"),
    "panel": _("Dialogue to answer in"),
    "hall": _("Questions to let through"),
    "answer_to_sign": _("Answer to sign in a dialogue"),
    "promise": _("Promise to keep"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One matter on the desk: what it is, where it is, by when, and the steps open to this person."""

    kind: str
    obj: Any
    title: str
    url: str
    agency: str
    plan: str = ""
    due_on: date | None = None
    is_before: bool = False
    steps: list[Any] = field(default_factory=list)
    count: int = 1  # matters of the same kind that stand behind this one
    since: date | None = None  # handed in on; then the due date is met and no longer said
    nudge: str = ""  # the address that reminds who is to answer

    @property
    def kind_label(self) -> Any:
        return KINDS[self.kind]


def waiting_for(user: User, today: date) -> list[Item]:
    """What this person can move now, most urgent first."""
    hat = user.hat
    if hat is None:
        return []
    items = [
        *_own_work(user, hat),
        *_to_accept(user, hat),
        *_requests(user, hat),
        *_reports(user, hat),
        *_estimates(user),
        *_readings(user),
        *year_items(user, hat, Item),
        *print_items(user, hat, Item),
        *news_items(user, hat, Item),
        *register_items(user, hat, Item),
        *script_items(user, Item),
        *case_items(user, Item),
        *dialogue_items(user, Item),
        *event_items(user, hat, Item),
    ]
    return sorted(items, key=lambda item: (_urgency(item, today), item.kind, item.title))


def _urgency(item: Item, today: date) -> date:
    """Late work first, then what others have handed in, then by due date."""
    return today if item.since else item.due_on or date.max


def due_next(user: User, today: date) -> list[Item]:
    """Open work of the agency due within a week, that does not already wait for this person."""
    return _assignment_items(
        user, _of_agency(user).filter(due_on__gte=today, due_on__lte=today + timedelta(days=SOON_DAYS))
    )


def overdue(user: User, today: date) -> list[Item]:
    return _assignment_items(user, _of_agency(user).filter(late_on(today)))


def waited_for(user: User) -> list[Item]:
    """What this agency has handed on and waits for others to decide."""
    hat = user.hat
    if hat is None:
        return []
    submitted = _running(own_assignments(user)).filter(state="submitted")
    extensions = _extensions().filter(assignment__agency=hat.agency)
    reports = AgencyReport.objects.filter(agency=hat.agency, state="submitted").select_related(
        "round__plan", "agency"
    )
    found = [
        *(("acceptance", item) for item in _handed_in(user, submitted)),
        *(("extension", _extension_item(row)) for row in extensions[:SHOWN]),
        *(
            ("report_reading", replace(_report_item(row), due_on=None, since=_day(row.submitted_at)))
            for row in reports[:SHOWN]
        ),
    ]
    may_nudge = hat.holds(*MANAGERS)
    return [replace(item, nudge=_nudge(kind, item) if may_nudge else "") for kind, item in found]


def _nudge(kind: str, item: Item) -> str:
    return reverse("channels:reminder_nudge", args=[kind, item.obj.pk])


def _running(rows: QuerySet[Assignment]) -> QuerySet[Assignment]:
    return rows.filter(plan__state="issued").select_related("task", "plan", "agency").order_by("due_on", "pk")


def _of_agency(user: User) -> QuerySet[Assignment]:
    """Open work of the hat's agency; an officer sees what is in her charge."""
    hat = user.hat
    if hat is None:
        return Assignment.objects.none()
    rows = _running(own_assignments(user)).filter(state__in=OPEN_ASSIGNMENT_STATES)
    return rows if hat.holds(*MANAGERS) else rows.filter(officer=user)


def _own_work(user: User, hat: Any) -> Iterable[Item]:
    states = ["assigned", *WORKING_STATES]
    if hat.holds("head"):
        states.append("with_head")
    yield from _assignment_items(user, _of_agency(user).filter(state__in=states))
    if hat.holds(*MANAGERS):
        asked = Explanation.objects.filter(assignment__agency=hat.agency, state="asked")
        for row in asked.select_related("assignment__task", "assignment__plan", "assignment__agency")[:SHOWN]:
            yield Item(
                "explanation", row, row.question, row.assignment.get_absolute_url(), row.assignment.agency.name,
                row.assignment.plan.number, row.due_on,
            )  # fmt: skip


def _to_accept(user: User, hat: Any) -> Iterable[Item]:
    if not hat.holds(*MANAGERS):
        return
    submitted = Assignment.objects.filter(accepted_by(hat.agency), state="submitted")
    yield from _handed_in(user, _running(submitted))
    here = accepted_by(hat.agency, doer="assignment__agency", plan="assignment__plan")
    for row in _extensions().filter(here)[:SHOWN]:
        yield _extension_item(row)
    yield from _rounds_to_read(reports_to_accept(user))


def _rounds_to_read(reports: QuerySet[AgencyReport]) -> Iterable[Item]:
    """One matter for each round, however many agencies have handed in. Two queries."""
    by_round = reports.order_by().values_list("round").annotate(Count("pk"), Min("submitted_at"))
    waiting = {pk: (count, first) for pk, count, first in by_round}
    for row in ReportRound.objects.filter(pk__in=waiting).select_related("plan__coordinator"):
        count, first = waiting[row.pk]
        yield Item(
            "reports", row, row.title, row.get_absolute_url(), row.plan.coordinator.name, row.plan.number,
            count=count, since=_day(first),
        )  # fmt: skip


def _day(moment: datetime | None) -> date | None:
    return clock.day_of(moment) if moment else None


def _extensions() -> QuerySet[Extension]:
    return Extension.objects.filter(state="asked").select_related(
        "assignment__task", "assignment__plan", "assignment__agency"
    )


def _requests(user: User, hat: Any) -> Iterable[Item]:
    if not hat.holds(*MANAGERS):
        return
    asked = own_requests(user).filter(state="asked", task__plan__state="issued")
    for row in asked.order_by("task__position")[:SHOWN]:
        steps = _main_first(REQUEST.open_to(user, row))
        yield Item(
            "request", row, headline(row.task.content), row.task.get_absolute_url(), row.agency.name, row.task.plan.number,
            steps=steps,
        )  # fmt: skip


def _reports(user: User, hat: Any) -> Iterable[Item]:
    rows = reports_to_write(user)
    if not hat.holds("head"):
        rows = rows.exclude(state="with_head")
    for report in rows.select_related("round__plan", "agency")[:SHOWN]:
        yield _report_item(report)
    if hat.holds("head"):
        waiting = Consolidation.objects.filter(
            round__plan__coordinator=hat.agency, state__in=("with_head", "approved")
        )
        for row in waiting.select_related("round__plan__coordinator")[:SHOWN]:
            yield Item(
                "consolidation", row, row.round.title, row.get_absolute_url(), hat.agency.name, row.round.plan.number,
                row.round.due_on,
            )  # fmt: skip


def _estimates(user: User) -> Iterable[Item]:
    """To write, sign, gather, appraise, decide or close. One query."""
    for row in estimates_waiting_for(user).select_related("budget__plan", "agency")[:SHOWN]:
        own = row.state in ("draft", "returned", "with_head")
        yield Item(
            "estimate", row, str(row), row.get_absolute_url(), row.agency.name, row.budget.plan.number,
            row.budget.due_on if own else None, since=None if own else _day(row.submitted_at),
        )  # fmt: skip


def _readings(user: User) -> Iterable[Item]:
    for row in readings_visible_to(user).filter(state="read").select_related("agency")[:SHOWN]:
        yield Item(
            "reading", row, row.header.get("title") or row.file_name, row.get_absolute_url(), row.agency.name
        )


def _assignment_items(user: User, rows: QuerySet[Assignment]) -> list[Item]:
    return [
        Item(
            "assignment",
            row,
            headline(row.words or row.task.content),
            row.get_absolute_url(),
            row.agency.name,
            row.plan.number,
            row.due_on,
            row.task.is_due_before,
            _main_first(ASSIGNMENT.open_to(user, row)),
        )
        for row in rows[:SHOWN]
    ]


def _handed_in(user: User, rows: QuerySet[Assignment]) -> list[Item]:
    """Work that has left its agency: the day it was handed in counts, not its due date."""
    return [
        replace(item, due_on=None, since=_day(item.obj.submitted_at) or item.obj.assigned_on)
        for item in _assignment_items(user, rows)
    ]


def _extension_item(row: Extension) -> Item:
    assignment = row.assignment
    return Item(
        "extension", row, headline(assignment.words or assignment.task.content), assignment.get_absolute_url(), assignment.agency.name,
        assignment.plan.number, since=_day(row.asked_at),
    )  # fmt: skip


def _report_item(row: AgencyReport) -> Item:
    return Item(
        "report", row, row.round.title, row.get_absolute_url(), row.agency.name, row.round.plan.number,
        row.due_on, row.is_due_before,
    )  # fmt: skip


def _main_first(steps: list[Step]) -> list[Step]:
    """The likely step stands first, the one that refuses last."""
    order = {"main": 0, "plain": 1, "danger": 2}
    shown = [step for step in steps if not step.is_conducted]
    return sorted(shown, key=lambda step: order[step.tone])
