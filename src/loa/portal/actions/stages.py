"""Stages: which a column has, acting at one, and what its end does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Page, Revision, TaskState, Workflow, WorkflowPage, WorkflowTask

from loa.core import clock, history
from loa.core.workflow import FlowError, StaleError
from loa.directory.models import User
from loa.portal.models import Column, ColumnStage, EditorialStage, SiteHome, StageDesk, StageRole
from loa.portal.queries.stages import DEFAULT_STAGES, stages_of, why_not_act


@transaction.atomic
def give_stages(page: Page, stages: Sequence[tuple[str, str]]) -> Workflow:
    """The workflow of these stages becomes that of a page and of what is below it. What runs goes on as it began."""
    workflow = workflow_of(stages)
    WorkflowPage.objects.update_or_create(page=page, defaults={"workflow": workflow})
    return workflow


def keep_stages_of(column: Column) -> None:
    """After a column was published: its own stages hold, or again those from above."""
    if ColumnStage.objects.filter(column=column).exists():
        give_stages(column, stages_of(column))
    else:
        WorkflowPage.objects.filter(page=column).delete()


@transaction.atomic
def arrange_column(
    column: Column, *, stages: Sequence[tuple[str, str]] = (), takes_contributions: bool, by: User
) -> None:
    """What the editors-in-chief of a column decide: its stages, and whether contributors may write for it."""
    if not column.permissions_for_user(by).can_publish():
        raise PermissionDenied(_("Your role here does not allow this."))
    version = column.get_latest_revision_as_object()
    version.takes_contributions = takes_contributions
    version.stages = [ColumnStage(role=role, desk=desk) for role, desk in stages]
    version.save_revision(user=by).publish(user=by)


def keep_stages_of_site(home: SiteHome) -> None:
    """The city's site carries the stages that hold where no column has its own."""
    if not WorkflowPage.objects.filter(page=home).exists():
        give_stages(home, DEFAULT_STAGES)


def workflow_of(stages: Sequence[tuple[str, str]]) -> Workflow:
    """One workflow for each line of stages, however many columns share it."""
    tasks = [stage_of(role, desk) for role, desk in stages]
    name = " → ".join(task.name for task in tasks)[:255]
    workflow, is_new = Workflow.objects.get_or_create(name=name, defaults={"active": True})
    if is_new:
        WorkflowTask.objects.bulk_create(
            WorkflowTask(workflow=workflow, task=task, sort_order=number) for number, task in enumerate(tasks)
        )
    return workflow


def stage_of(role: str, desk: str) -> EditorialStage:
    with override("vi"):  # the name is kept and shown to Vietnamese editors
        name = str(StageRole(role).label)
        if desk == StageDesk.CITY:
            name = f"{name} ({StageDesk.CITY.label})"
    return EditorialStage.objects.get_or_create(role=role, desk=desk, defaults={"name": name})[0]


@transaction.atomic
def act_at_stage(stage: EditorialStage, state: TaskState, *, step: str, note: str = "", by: User) -> None:
    """Hand on, approve or return. Raises PermissionDenied, FlowError (no reason) or StaleError (somebody was faster)."""
    page = state.workflow_state.content_object
    if reason := why_not_act(stage, page, by):
        raise PermissionDenied(reason)
    if step not in ("approve", "reject"):
        raise FlowError(_("There is no such step."))
    if step == "reject" and not note.strip():
        raise FlowError(
            _("Say why: a reason is required for “%(step)s”.") % {"step": _("Return with a reason")}
        )
    taken = TaskState.objects.filter(pk=state.pk, status=TaskState.STATUS_IN_PROGRESS)
    if not taken.select_for_update().exists():
        raise StaleError(_("Somebody else has just changed this. Reload the page to see it."))
    fresh = TaskState.objects.get(pk=state.pk)
    if step == "approve":
        fresh.approve(user=by, comment=note)
    else:
        fresh.reject(user=by, comment=note)
    data = {"stage": stage.name, "version": page.latest_revision_id}
    history.record(
        page.specific,
        f"story.stage_{'passed' if step == 'approve' else 'returned'}",
        by=by,
        note=note,
        data=data,
    )


@transaction.atomic
def publish_latest(page: Page, *, by: User | None) -> None:
    """Put the newest version before readers, or, where its hour is still to come, have the clock do it."""
    publish_version(page.get_latest_revision(), by=by)


@transaction.atomic
def publish_version(revision: Revision, *, by: User | None, log_action: Any = True) -> None:
    page = revision.as_object()
    if page.go_live_at and page.go_live_at > clock.now():
        _schedule(revision, page, by=by)
        return
    first = Page.objects.values_list("first_published_at", flat=True).get(pk=page.pk)
    revision.publish(user=by, skip_permission_checks=True, log_action=log_action)
    now = clock.now()  # the page says when by the city's clock, in a demo that of the played day
    Page.objects.filter(pk=page.pk).update(first_published_at=first or now, last_published_at=now)


def _schedule(revision: Revision, page: Page, *, by: User | None) -> None:
    Revision.objects.for_instance(page).exclude(pk=revision.pk).update(approved_go_live_at=None)
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=page.go_live_at)
    Page.objects.filter(pk=page.pk).update(has_unpublished_changes=True, go_live_at=page.go_live_at)
    history.record(
        page.specific,
        "story.schedule",
        by=by,
        data={"at": page.go_live_at.isoformat()},
        actor="" if by else "clock",
    )
