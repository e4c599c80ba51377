"""What happened to a public plan that is everybody's business: milestones, and work that was finished or moved.

Read from the history: who did it and what they noted beside it stays inside.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.core import clock
from loa.core.models import Entry
from loa.core.text import format_date, headline
from loa.plans.models import Amendment, Assignment, Occurrence, Plan
from loa.plans.queries import dates_of
from loa.portal.models import PlanPublication
from loa.portal.queries.transparency import public_reports

WORK_ACTIONS = {
    "assignment.accept_result": gettext_lazy("Completed"),
    "assignment.reopen": gettext_lazy("Reopened"),
    "assignment.extend": gettext_lazy("Given more time"),
}
CHANGES = 60


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened, for a list or a feed. `key` names it for ever."""

    key: str
    at: datetime
    what: str
    about: str
    plan_number: str
    url: str

    @property
    def on(self) -> date:
        return clock.day_of(self.at)


def milestones(publications: Iterable[PlanPublication]) -> list[Change]:
    """The lives of plans as everybody saw them, newest first. Four queries, whatever the number of plans."""
    known = {row.plan_id: row for row in publications}
    plans = {key: row.plan for key, row in known.items()}
    found = [*_issues(plans), *_amendments(plans), *_decisions(known, plans)]
    found += _reports({key: plan for key, plan in plans.items() if known[key].shows_reports})
    return sorted(found, key=_newest, reverse=True)


def changes(publications: Iterable[PlanPublication]) -> list[Change]:
    """The newest changes of some plans: milestones, and work finished, opened again or given more time."""
    known = list(publications)
    found = [*milestones(known), *work_changes({row.plan_id: row.plan for row in known})]
    return sorted(found, key=_newest, reverse=True)[:CHANGES]


def _newest(change: Change) -> tuple[datetime, str]:
    return change.at, change.key


def work_changes(plans: dict[int, Plan]) -> list[Change]:
    """Two queries."""
    rows = Assignment.objects.filter(plan__in=plans).exclude(state="passed_on")
    entries = _entries(Assignment, rows.values("pk"), WORK_ACTIONS)[:CHANGES]
    about = {
        row.pk: row
        for row in rows.filter(pk__in=[entry.object_id for entry in entries]).select_related("task", "agency")
    }
    return [
        _work_change(entry, about[entry.object_id], plans) for entry in entries if entry.object_id in about
    ]


def _work_change(entry: Entry, assignment: Assignment, plans: dict[int, Plan]) -> Change:
    words = str(WORK_ACTIONS[entry.action])
    until = entry.data.get("to", "")
    if entry.action == "assignment.extend" and until:
        words = _("Given more time, until %(day)s") % {"day": format_date(date.fromisoformat(until))}
    title = Truncator(headline(assignment.task.content)).chars(200)
    about = f"{assignment.task.no}. {title}" if assignment.task.no else title
    return Change(
        key=f"entry:{entry.pk}",
        at=entry.at,
        what=f"{words}: {assignment.agency}",
        about=about,
        plan_number=plans[assignment.plan_id].number,
        url=reverse("portal:task_public", args=[assignment.task_id]),
    )


def _entries(model: type, keys: QuerySet[Any] | list[int], actions: Iterable[str]) -> QuerySet[Entry]:
    kind = ContentType.objects.get_for_model(model)
    rows = Entry.objects.filter(content_type=kind, object_id__in=keys, action__in=list(actions))
    return rows.order_by("-at", "-pk")


def _issues(plans: dict[int, Plan]) -> Iterator[Change]:
    for plan in plans.values():
        if plan.issued_on:
            yield _milestone(plan, f"plan.issue:{plan.pk}", _morning(plan.issued_on), _("Plan issued"))


def _amendments(plans: dict[int, Plan]) -> Iterator[Change]:
    for row in Amendment.objects.filter(plan__in=plans, state="issued"):
        at = _morning(row.effective_on)
        yield _milestone(plans[row.plan_id], f"amendment:{row.pk}", at, _("Plan amended"), str(row))


def _decisions(publications: dict[int, PlanPublication], plans: dict[int, Plan]) -> Iterator[Change]:
    """Made public (again), and closed. What was taken back meanwhile is told by the gap alone."""
    plan_of = {row.pk: plans[row.plan_id] for row in publications.values() if row.pk}
    for entry in _entries(PlanPublication, list(plan_of), ["plan_publication.publish"]):
        yield _milestone(plan_of[entry.object_id], f"entry:{entry.pk}", entry.at, _("Made public"))
    closed = [key for key, plan in plans.items() if plan.state == "closed"]
    for entry in _entries(Plan, closed, ["plan.close"]):
        yield _milestone(plans[entry.object_id], f"entry:{entry.pk}", entry.at, _("Plan closed"))


def _reports(plans: dict[int, Plan]) -> Iterator[Change]:
    for row in public_reports(plans.values()):
        document, plan = row.document, plans[row.round.plan_id]
        if document and document.issued_on:
            about = f"{document}: {row.round.title}"
            at = _morning(document.issued_on)
            yield _milestone(plan, f"report:{document.pk}", at, _("Report issued"), about)


def _milestone(plan: Plan, key: str, at: datetime, what: str, about: str = "") -> Change:
    return Change(key, at, what, about, plan.number, reverse("portal:plan_public", args=[plan.pk]))


def _morning(day: date) -> datetime:
    """Papers carry a day, feeds want a moment: the start of the working day."""
    return timezone.make_aware(datetime.combine(day, time(8)))


@dataclass(frozen=True, slots=True)
class Marker:
    """A due date or an occurrence for a calendar program."""

    key: str
    on: date
    title: str
    description: str
    place: str
    url: str


def calendar_of(plan: Plan) -> list[Marker]:
    """Due dates of running work, grouped by task and day, and what is planned or held. Two queries."""
    return [*_due_markers(plan), *_occurrence_markers(plan)]


def _due_markers(plan: Plan) -> list[Marker]:
    rows = Assignment.objects.filter(plan=plan, due_on__isnull=False).exclude(
        state__in=("ended", "passed_on")
    )
    by_day: dict[tuple[int, date], list[Assignment]] = {}
    for row in rows.select_related("task", "agency").order_by(
        "due_on", "task__position", "agency__sort_name"
    ):
        by_day.setdefault((row.task_id, row.due_on), []).append(row)  # type: ignore[arg-type]
    return [
        Marker(
            key=f"due-{task_id}-{day:%Y%m%d}",
            on=day,
            title=_("Due: %(task)s") % {"task": Truncator(headline(group[0].task.content)).chars(120)},
            description=", ".join(str(row.agency) for row in group),
            place="",
            url=reverse("portal:task_public", args=[task_id]),
        )
        for (task_id, day), group in by_day.items()
    ]


def _occurrence_markers(plan: Plan) -> list[Marker]:
    rows = Occurrence.objects.filter(task__plan=plan, on__isnull=False, state__in=("planned", "held"))
    return [
        Marker(
            key=f"occurrence-{row.pk}",
            on=row.on,  # type: ignore[arg-type]
            title=f"{row.title} ({row.slot})" if row.slot else row.title,
            description=str(row.lead or ""),
            place=row.place,
            url=reverse("portal:task_public", args=[row.task_id]),
        )
        for row in rows.select_related("lead")
    ]


def span_of(plan: Plan) -> tuple[date, date]:
    """The first and last day of the plan's work; its year where nothing has a date."""
    first, last = dates_of(plan)
    return first or date(plan.year, 1, 1), last or date(plan.year, 12, 31)
