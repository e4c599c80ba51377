"""Work that the coordinator gives under a task after the plan was issued: a body's own words and day.

The paper is not changed by it: a task, a target or a lead that the paper names comes only by an amendment.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from loa.core import clock, history
from loa.core.access import require
from loa.core.workflow import FlowError
from loa.directory.models import Agency, User
from loa.plans import notices
from loa.plans.actions.assignment import require_running
from loa.plans.models import Assignment, PlanBody, Task


@transaction.atomic
def give_work(
    task: Task, *, agency: Agency, words: str, due_on: date, note: str = "", by: User
) -> Assignment:
    """An assignment of its own under a task, whatever the body leads there already.

    Raises PermissionDenied, or FlowError for a plan that does not run, a task that was ended, no words, a past day.
    """
    require(by, "plans.give_work", task.plan)
    require_running(task.plan)
    if task.ended_on:
        raise FlowError(_("The task was ended."))
    if not words.strip():
        raise FlowError(_("Say what is to be done."))
    if due_on < clock.today():
        raise FlowError(_("The day has passed already."))
    assignment = Assignment.objects.create(
        task=task,
        plan=task.plan,
        agency=agency,
        words=words.strip(),
        due_on=due_on,
        original_due_on=due_on,
        assigned_on=clock.today(),
    )
    PlanBody.objects.get_or_create(plan=task.plan, agency=agency, role=PlanBody.Role.LEAD)
    task.plan.document.readers.add(agency)
    data = {"agency": agency.code, "due_on": due_on.isoformat()}
    entry = history.record(assignment, "assignment.give", by=by, note=note, data=data)
    history.record(task, "task.give_work", by=by, note=str(assignment), data={"assignment": assignment.pk})
    notices.tell_work_given(assignment, entry)
    return assignment
