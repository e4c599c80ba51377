"""What ends with a reason: a task, the work of one agency on it, and what was still asked around it."""

from __future__ import annotations

from datetime import date

from loa.core import clock, history
from loa.directory.models import User
from loa.plans.models import Assignment, CoordinationRequest, Explanation, Extension, Occurrence, Task
from loa.plans.states import (
    ASSIGNMENT,
    EXPLANATION,
    EXTENSION,
    OCCURRENCE,
    OPEN_ASSIGNMENT_STATES,
    REQUEST,
)


def end_assignment(assignment: Assignment, *, note: str, by: User) -> None:
    """Work that is done stays done; what was asked about it lapses."""
    if assignment.state not in OPEN_ASSIGNMENT_STATES:
        return
    ASSIGNMENT.take(assignment, "end", by=by, note=note)
    lapse_questions([assignment], note=note, by=by)


def lapse_questions(assignments: list[Assignment], *, note: str, by: User) -> None:
    """Open requests for more time and open questions come to nothing, with the reason as their answer."""
    known = {assignment.pk: assignment for assignment in assignments}
    for extension in Extension.objects.filter(assignment__in=known, state="asked"):
        extension.assignment = known[extension.assignment_id]
        EXTENSION.take(extension, "lapse", by=by, note=note, answer=note, decided_at=clock.now())
        history.record(extension.assignment, "assignment.lapse_extension", by=by, note=note)
    for explanation in Explanation.objects.filter(assignment__in=known, state="asked"):
        explanation.assignment = known[explanation.assignment_id]
        EXPLANATION.take(explanation, "lapse", by=by, note=note)
        history.record(explanation.assignment, "assignment.lapse_explanation", by=by, note=note)


def end_task(task: Task, *, on: date, note: str, by: User) -> None:
    """Each lead's open work, each occurrence to come and each open request end with their task."""
    for assignment in Assignment.objects.filter(task=task).select_related("plan", "task"):
        end_assignment(assignment, note=note, by=by)
    for occurrence in Occurrence.objects.filter(task=task, state__in=("planned", "postponed")):
        occurrence.task = task
        OCCURRENCE.take(occurrence, "end", by=by, note=note)
    for request in CoordinationRequest.objects.filter(task=task):
        release_request(request, task=task, note=note, by=by)
    Task.objects.filter(pk=task.pk).update(ended_on=on)
    task.ended_on = on
    history.record(task, "task.end", by=by, note=note)


def release_request(request: CoordinationRequest, *, task: Task, note: str, by: User) -> None:
    if request.state in ("asked", "agreed"):
        request.task = task
        REQUEST.take(request, "release", by=by, note=note)
