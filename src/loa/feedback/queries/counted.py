"""Which published answers count for which work of a plan."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from loa.core import clock
from loa.core.text import fold
from loa.feedback.models import CountedWork, Publication
from loa.feedback.queries.register import public_answers
from loa.plans.models import Assignment, DutyAssignment

_WORKS = (
    "assignment__agency", "assignment__plan", "assignment__task__plan", "duty_assignment__agency",
    "duty_assignment__plan", "duty_assignment__duty", "agency", "subject",
)  # fmt: skip


_WORDS = ("tra loi", "phan anh", "kien nghi", "cau hoi")  # in units of targets that answers fill


def works_counting(publication: Publication) -> list[CountedWork]:
    """The lines that a published answer counts for, one for each work. One query."""
    case = publication.case
    rows = CountedWork.objects.select_related(*_WORKS).filter(
        Q(agency__isnull=True) | Q(agency=publication.agency_id),
        Q(subject__isnull=True) | Q(subject=case.subject_id),
        starts_on__lte=clock.day_of(publication.published_at),
    )
    return list({(row.assignment_id, row.duty_assignment_id): row for row in rows}.values())


def answers_counted_for(row: CountedWork) -> QuerySet[Publication]:
    rows = public_answers().filter(published_at__date__gte=row.starts_on)
    if row.agency_id:
        rows = rows.filter(agency=row.agency_id)
    if row.subject_id:
        rows = rows.filter(case__subject=row.subject_id)
    return rows.order_by("pk")


def counted_works_of(work: Assignment | DutyAssignment) -> QuerySet[CountedWork]:
    return work.counted_answers.select_related("agency", "subject")


@dataclass(frozen=True, slots=True)
class Counting:
    """A line of what counts, with how much it has brought."""

    row: CountedWork
    count: int


def counts_of(work: Assignment | DutyAssignment) -> list[Counting]:
    return [Counting(row, answers_counted_for(row).count()) for row in counted_works_of(work)]


def unit_of(work: Assignment | DutyAssignment) -> str:
    """The unit of a target that counts answers, as the plan says it; "" where none does."""
    if not isinstance(work, Assignment):
        return ""
    units = work.task.targets.values_list("unit", flat=True)
    return next((unit for unit in units if any(word in fold(unit) for word in _WORDS)), "")
