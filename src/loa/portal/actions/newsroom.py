"""What an editor does beside the workflow: urgent publication, taking down, and the joint to the plan."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Comment

from loa.core import clock, history
from loa.core.access import require
from loa.core.calendar_data import current_calendar
from loa.core.deadlines import add_working_days
from loa.core.legal import rule_on
from loa.core.workflow import FlowError
from loa.directory.models import User
from loa.plans.actions import record_deliverable, withdraw_deliverable
from loa.plans.models import Deliverable
from loa.portal.actions.stages import publish_version
from loa.portal.models import Story, StoryWork, UrgentRelease
from loa.portal.notices import newsroom as notices
from loa.portal.queries.territory import agency_of_page
from loa.portal.states import URGENT

logger = logging.getLogger(__name__)
URGENT_RULE = "newsroom.urgent_publication"


@transaction.atomic
def release_urgently(story: Story, *, reason: str, by: User) -> UrgentRelease:
    """An editor puts the newest version on the site without approval: recorded, and decided on afterwards by a day."""
    agency = agency_of_page(story)
    release = UrgentRelease(
        story=story,
        title=story.get_latest_revision_as_object().title,
        agency=agency,
        reason=reason.strip(),
        by=by,
        at=clock.now(),
        due_on=_urgent_due(),
    )
    require(by, "portal.edit_for_agency", release)
    if not release.reason:
        raise FlowError(_("Say why it cannot wait for approval."))
    if UrgentRelease.objects.filter(story=story, state="open").exists():
        raise FlowError(_("An urgent publication of this story waits for approval already."))
    if story.live and not story.has_unpublished_changes:
        raise FlowError(_("Readers see the newest version already."))
    release.save()
    revision = story.get_latest_revision()
    if revision is None:
        raise FlowError(_("Save the story first."))
    _now_and_not_later(story)
    publish_version(story.get_latest_revision(), by=by)
    history.record(story, "story.release_urgently", by=by, note=release.reason, data={"release": release.pk})
    notices.tell_urgent(release)
    return release


def _now_and_not_later(story: Story) -> None:
    """What is urgent does not wait for a planned hour."""
    latest = story.get_latest_revision_as_object()
    if latest.go_live_at and latest.go_live_at > clock.now():
        latest.go_live_at = None
        latest.save_revision()


def _urgent_due() -> Any:
    today = clock.today()
    days = rule_on(URGENT_RULE, today)["working_days"]
    return add_working_days(today, days, current_calendar())


@transaction.atomic
def decide_urgent(release: UrgentRelease, *, step: str, note: str = "", by: User) -> None:
    """Approve afterwards, or take the story off the site."""
    URGENT.take(release, step, by=by, note=note, decided_by=by, decided_at=clock.now())
    story = Story.objects.filter(pk=release.story_id, live=True).first()
    if step == "take_back" and story is not None:
        _unpublish(story, by=by)
        history.record(story, "story.take_down", by=by, note=note)
    notices.tell_urgent_decided(release, note)


@transaction.atomic
def take_down(story: Story, *, reason: str, by: User | None) -> None:
    """Off the site with a reason. `by` is None where its day of expiry has come."""
    if by is not None and not story.permissions_for_user(by).can_unpublish():
        raise FlowError(_("Your role here does not allow this."))
    if not reason.strip():
        raise FlowError(_("Say why you take it off the site."))
    if not Story.objects.filter(pk=story.pk, live=True).exists():
        raise FlowError(_("It is not on the site."))
    _unpublish(story, by=by)
    actor = "" if by else "clock"
    history.record(story, "story.take_down" if by else "story.expire", by=by, actor=actor, note=reason)
    notices.tell_taken_down(story, reason)


def _unpublish(story: Story, *, by: User | None) -> None:
    log_action = "wagtail.unpublish" if by else "wagtail.unpublish.scheduled"
    story.unpublish(user=by, set_expired=by is None, log_action=log_action)


@transaction.atomic
def comment_on(story: Story, *, place: str, text: str, by: User) -> None:
    """A comment at a field or block of a story (`place` as Wagtail names it: "title", "body.<block>.text")."""
    if not story.permissions_for_user(by).can_edit():
        raise PermissionDenied(_("Your role here does not allow this."))
    version = story.get_latest_revision_as_object()
    version.wagtail_admin_comments.add(Comment(user=by, text=text, contentpath=place))
    version.save_revision(user=by)


def sources_of(story: Story, row: StoryWork) -> str:
    noun = "assignment" if row.assignment_id else "duty"
    return f"story:{story.pk}:{noun}:{row.assignment_id or row.duty_assignment_id}"


def count_story(story: Story, *, by: User | None) -> list[str]:
    """Record what a published story counts for and take back what it no longer does. Returns what the plan refused.

    Publishing never fails for the plan's sake: what cannot be recorded is told to the editor.
    """
    refused: list[str] = []
    rows = list(
        StoryWork.objects.filter(story=story).select_related(
            "assignment__task__plan",
            "assignment__plan",
            "assignment__agency",
            "duty_assignment__plan",
            "duty_assignment__agency",
            "occurrence",
        )
    )
    standing = set()
    for row in rows:
        standing.add(sources_of(story, row))
        try:
            with transaction.atomic():
                _record(story, row, by=by)
        except FlowError as error:
            refused.append(f"{row.work}: {error}")
    _withdraw(story, standing, note=_("The story no longer counts for it."))
    return refused


def _record(story: Story, row: StoryWork, *, by: User | None) -> None:
    record_deliverable(
        row.work,
        agency=row.work.agency,
        kind="story",
        title=story.title,
        on=clock.today(),
        source=sources_of(story, row),
        unit=_unit_of(row),
        occurrence=row.occurrence,
        by=by,
        link=f"{settings.BASE_URL}{story.get_url() or '/'}"[:1000],
    )


def _unit_of(row: StoryWork) -> str:
    """The unit of the target a story fills: a piece of news or an article counts wherever the plan counts them."""
    if not row.assignment_id:
        return ""
    words = ("tin", "bài", "phóng sự", "chuyên mục", "tác phẩm")
    for target in row.assignment.task.targets.all():
        if any(word in target.unit.lower() for word in words):
            return target.unit
    return ""


def uncount_story(story: Story, *, note: str) -> None:
    """Take back whatever the story was counted for."""
    _withdraw(story, set(), note=note)


def _withdraw(story: Story, standing: set[str], *, note: str) -> None:
    rows = Deliverable.objects.filter(source__startswith=f"story:{story.pk}:", withdrawn_at__isnull=True)
    for source in rows.exclude(source__in=standing).values_list("source", flat=True):
        withdraw_deliverable(source, note=note, by=None)
