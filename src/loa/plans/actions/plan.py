"""The end of a plan's year, and the next year's plan that takes over what was not finished."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from loa.core import clock, history
from loa.core.models import Entry
from loa.core.workflow import FlowError
from loa.directory.models import User
from loa.plans import notices
from loa.plans.actions.ending import end_task, lapse_questions
from loa.plans.models import Assignment, Plan, Task
from loa.plans.queries.carrying import unfinished_tasks
from loa.plans.states import OPEN_ASSIGNMENT_STATES, PLAN


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of an unfinished task; ending it needs a reason."""

    choice: str  # Task.Closing
    note: str = ""


@transaction.atomic
def close_plan(plan: Plan, *, note: str, fates: Mapping[int, Fate] | None = None, by: User) -> Entry:
    """The coordinator's head ends the plan; nothing of it moves any more, everything reads.

    `fates` says per unfinished task (by its id) whether it is carried over, ended or left; one that is
    not named is left. What was still asked lapses with the reason. Raises FlowError, StaleError.
    """
    entry = PLAN.take(plan, "close", by=by, note=note)
    unfinished = {item.task.pk: item.task for item in unfinished_tasks(plan)}
    for pk, task in unfinished.items():
        task.plan = plan
        _decide(task, (fates or {}).get(pk, Fate(Task.Closing.LEAVE)), by=by)
    waiting = Assignment.objects.filter(plan=plan, state__in=OPEN_ASSIGNMENT_STATES)
    lapse_questions(list(waiting.select_related("plan")), note=note, by=by)
    notices.tell_plan_closed(plan, entry)
    return entry


def _decide(task: Task, fate: Fate, *, by: User) -> None:
    if fate.choice not in Task.Closing.values:
        raise FlowError(_("Say what becomes of task %(task)s.") % {"task": task})
    if fate.choice == Task.Closing.END and not fate.note.strip():
        raise FlowError(_("Say why task %(task)s is ended.") % {"task": task})
    Task.objects.filter(pk=task.pk).update(closing=fate.choice, closing_note=fate.note)
    task.closing, task.closing_note = fate.choice, fate.note
    if fate.choice == Task.Closing.END:
        end_task(task, on=clock.today(), note=fate.note, by=by)
    else:
        history.record(task, f"task.{fate.choice}", by=by, note=fate.note)
