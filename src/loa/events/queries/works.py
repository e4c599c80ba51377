"""What a gathering of an agency may count for, and what it did for a work."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from loa.directory.models import Agency
from loa.events.models import Event
from loa.events.queries.visible import events_visible_to
from loa.plans.models import Assignment, DutyAssignment, Occurrence, Task, Topic
from loa.plans.queries import own_assignments, own_duty_assignments, plans_visible_to
from loa.plans.states import CLOSED_ASSIGNMENT_STATES


def assignments_to_choose(user: Any) -> QuerySet[Assignment]:
    """What one's own agency leads and has not finished."""
    rows = own_assignments(user).filter(plan__state="issued").exclude(state__in=CLOSED_ASSIGNMENT_STATES)
    return rows.select_related("task", "plan", "agency").order_by("plan", "task__position")


def duties_to_choose(user: Any) -> QuerySet[DutyAssignment]:
    return own_duty_assignments(user).filter(plan__state="issued")


def occurrences_to_choose(agency: Agency | None) -> QuerySet[Occurrence]:
    """Instances of tasks that an agency leads, that are still to take place."""
    if agency is None:
        return Occurrence.objects.none()
    rows = Occurrence.objects.filter(
        task__assignments__agency=agency, task__plan__state="issued", state__in=("planned", "postponed")
    )
    return rows.select_related("task__plan").order_by("on", "position").distinct()


def topics_to_choose(user: Any) -> QuerySet[Topic]:
    plans = plans_visible_to(user).filter(state="issued").order_by().values("pk")
    return Topic.objects.filter(plan__in=plans).select_related("plan").order_by("plan", "position")


def events_of_task(task: Task, user: Any) -> QuerySet[Event]:
    rows = events_visible_to(user).filter(assignment__task=task)
    return rows.select_related("agency").order_by("starts_at")
