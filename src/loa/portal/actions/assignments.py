"""Assignments to reporters: given, taken on, written, published with their story."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from loa.core import clock, history
from loa.core.access import require
from loa.core.workflow import FlowError
from loa.directory.models import User
from loa.portal.models import Column, NewsAssignment, Story, StoryWork
from loa.portal.notices import newsroom as notices
from loa.portal.queries.territory import agency_of_page
from loa.portal.states import NEWS_ASSIGNMENT


@transaction.atomic
def give_assignment(
    *,
    title: str,
    reporter: User,
    column: Column,
    due_on: date,
    note: str = "",
    slot: str = "",
    on_air_on: date | None = None,
    work: Any = None,
    by: User,
) -> NewsAssignment:
    """Ask a reporter of the agency to write for a column of its site, maybe for work of the plan."""
    require(by, "portal.give_assignment")
    agency = by.hat.agency
    owner = agency_of_page(column)
    if owner is None or owner.pk != agency.pk:
        raise FlowError(_("The column belongs to another agency."))
    if work is not None and work.agency_id != agency.pk:
        raise FlowError(_("The work belongs to another agency."))
    assignment = NewsAssignment.objects.create(
        agency=agency,
        title=title,
        note=note,
        reporter=reporter,
        column=column,
        due_on=due_on,
        slot=slot,
        on_air_on=on_air_on,
        **_place(work),
        given_by=by,
        given_at=clock.now(),
    )
    history.record(assignment, "news_assignment.give", by=by)
    notices.tell_assigned(assignment)
    return assignment


def _place(work: Any) -> dict[str, Any]:
    if work is None:
        return {}
    return {"duty_assignment" if hasattr(work, "duty_id") else "assignment": work}


@transaction.atomic
def move_assignment(assignment: NewsAssignment, *, step: str, note: str = "", by: User) -> None:
    """Take on, close or cancel."""
    NEWS_ASSIGNMENT.take(assignment, step, by=by, note=note)
    notices.tell_assignment_moved(assignment, step, note, by=by)


@transaction.atomic
def begin_story(assignment: NewsAssignment, *, by: User) -> Story:
    """The reporter begins to write: a draft in the column that counts for the work. Begun twice it is one draft."""
    if assignment.story_id and assignment.state == "drafted":
        return Story.objects.get(pk=assignment.story_id)
    story = Story(
        title=assignment.title,
        lead=(assignment.note or assignment.title)[:500],
        live=False,
        owner=by,
        agency=assignment.agency,
    )
    column = Column.objects.get(pk=assignment.column_id)
    NEWS_ASSIGNMENT.take(assignment, "draft", by=by)
    column.add_child(instance=story)
    if assignment.work is not None:
        story.works = [
            StoryWork(assignment=assignment.assignment, duty_assignment=assignment.duty_assignment)
        ]
        story.save(clean=False)
    story.save_revision(user=by, clean=False)
    NewsAssignment.objects.filter(pk=assignment.pk).update(story=story)
    assignment.story = story
    return story


def follow_story(story: Story, *, is_live: bool) -> None:
    """An assignment is published with its story, and open again when the story is taken down."""
    step = "publish" if is_live else "unpublish"
    for assignment in NewsAssignment.objects.filter(story=story):
        if assignment.state in NEWS_ASSIGNMENT.by_name[step].sources:
            NEWS_ASSIGNMENT.take(assignment, step, by=None, actor="clock")
