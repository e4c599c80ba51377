from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from loa.plans.models import Assignment, Deliverable, DutyAssignment, ProgressNote
from loa.plans.queries.assignment import assignments_shared_with, duty_assignments_shared_with
from loa.plans.queries.plan import reading_agency


def notes_visible_to(user: Any) -> QuerySet[ProgressNote]:
    return _of_shared_work(ProgressNote.objects.all(), user)


def deliverables_visible_to(user: Any) -> QuerySet[Deliverable]:
    """Withdrawn ones included: that something was taken back is part of the story."""
    return _of_shared_work(Deliverable.objects.all(), user)


def _of_shared_work(rows: QuerySet, user: Any) -> QuerySet:
    if reading_agency(user) is None:
        return rows.none()
    return rows.filter(
        Q(assignment__in=assignments_shared_with(user))
        | Q(duty_assignment__in=duty_assignments_shared_with(user))
    )


def notes_of(work: Assignment | DutyAssignment) -> QuerySet[ProgressNote]:
    return work.notes.select_related("by")


def deliverables_of(work: Assignment | DutyAssignment) -> QuerySet[Deliverable]:
    """What stands as evidence now, newest first."""
    return work.deliverables.filter(withdrawn_at__isnull=True).select_related("agency", "by", "occurrence")
