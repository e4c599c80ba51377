"""What a body has in its hands, to be shared out when it ends, and what stays with it as history."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from loa.directory.models import Agency
from loa.plans.models import (
    Assignment,
    CommunicationForm,
    CoordinationRequest,
    Deliverable,
    Duty,
    DutyAssignment,
    Occurrence,
    Plan,
    Task,
    TaskBody,
    Topic,
)
from loa.plans.states import OPEN_ASSIGNMENT_STATES, OPEN_REQUEST_STATES

RUNNING = ("draft", "issued")


@dataclass(frozen=True, slots=True)
class InHand:
    """Open work of some bodies: tasks they lead, coordinate or hold sessions of, duties, plans they run."""

    tasks: list[Task]
    duties: list[Duty]
    plans: list[Plan]
    topics: list[Topic]
    forms: list[CommunicationForm]

    @property
    def is_empty(self) -> bool:
        return not (self.tasks or self.duties or self.plans)


def in_hand(agencies: list[Agency]) -> InHand:
    """Seven queries, whatever the number of bodies."""
    keys = [agency.pk for agency in agencies]
    tasks = list(
        Task.objects.filter(_open_tasks(keys))
        .select_related("plan")
        .prefetch_related("topics", "forms")
        .order_by("plan", "position")
    )
    duties = Duty.objects.filter(
        Q(
            pk__in=DutyAssignment.objects.filter(
                agency__in=keys, ended_on__isnull=True, plan__state="issued"
            ).values("duty")
        )
        | Q(agency__in=keys, plan__state="draft")
    )
    roles = Q(coordinator__in=keys) | Q(issuer__in=keys) | Q(accepting_office__in=keys)
    topics = {topic.pk: topic for task in tasks for topic in task.topics.all()}
    forms = {form.pk: form for task in tasks for form in task.forms.all()}
    return InHand(
        tasks=tasks,
        duties=list(duties.select_related("plan").order_by("plan", "position")),
        plans=list(Plan.objects.filter(roles, state__in=RUNNING).order_by("pk")),
        topics=sorted(topics.values(), key=lambda row: (row.plan_id, row.position)),
        forms=sorted(forms.values(), key=lambda row: (row.plan_id, row.position)),
    )


def _open_tasks(keys: list[int]) -> Q:
    leads = Assignment.objects.filter(agency__in=keys, plan__state="issued", state__in=OPEN_ASSIGNMENT_STATES)
    asked = CoordinationRequest.objects.filter(
        agency__in=keys, task__plan__state="issued", state__in=OPEN_REQUEST_STATES
    )
    held = Occurrence.objects.filter(
        lead__in=keys, task__plan__state="issued", state__in=("planned", "postponed")
    )
    named = TaskBody.objects.filter(agency__in=keys, task__plan__state="draft")
    return (
        Q(pk__in=leads.values("task"))
        | Q(pk__in=asked.values("task"))
        | Q(pk__in=held.values("task"))
        | Q(pk__in=named.values("task"))
    )


@dataclass(frozen=True, slots=True)
class Kept:
    """What stays under the old name."""

    done_tasks: int
    deliverables: int


def kept_by(agency: Agency) -> Kept:
    return Kept(
        done_tasks=Assignment.objects.filter(agency=agency, state="done").count(),
        deliverables=Deliverable.objects.filter(agency=agency, withdrawn_at__isnull=True).count(),
    )
