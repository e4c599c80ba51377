"""What contributors of the network sent, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from html import unescape
from typing import Any

from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState

from loa.core.text import headline
from loa.portal.models import Contribution, Story
from loa.portal.queries.newsroom import works_for
from loa.portal.queries.territory import pages_of, territory_of
from loa.portal.rules.newsroom import EDITORS

PHOTOS = 6
PHOTO_MB = 15
RECORDING_MB = 20


def contributions_visible_to(user: Any) -> QuerySet[Contribution]:
    """One's own; and for editors what became a story of their territory, with its recording to write from."""
    seen = Q(author=user)
    territory = territory_of(user)
    if territory.roles & set(EDITORS):
        seen |= Q(story__in=pages_of(user).values("pk"))
    return with_fate(Contribution.objects.filter(seen)).select_related("column", "author", "agency", "story")


def own_contributions(user: Any) -> QuerySet[Contribution]:
    return contributions_visible_to(user).filter(author=user)


def with_fate(rows: QuerySet[Contribution]) -> QuerySet[Contribution]:
    """Adds how the workflow of its story stands, in the same query."""
    key = Cast(OuterRef("story_id"), CharField())
    flows = WorkflowState.objects.filter(object_id=key).order_by("-created_at", "-pk")
    stages = TaskState.objects.filter(workflow_state__object_id=key).order_by("-started_at", "-pk")
    return rows.annotate(
        flow_status=Subquery(flows.values("status")[:1]),
        stage_name=Subquery(stages.values("task__name")[:1]),
        stage_comment=Subquery(stages.values("comment")[:1]),
    )


@dataclass(frozen=True, slots=True)
class Fate:
    word: str
    tone: str
    note: str = ""
    is_open: bool = False  # the author may write on it


def fate_of(row: Contribution) -> Fate:  # noqa: PLR0911  one line for each fate
    """Draft, with the editor, returned with a reason, published: of a row from `with_fate`."""
    if row.thrown_away_at:
        return Fate(_("Thrown away"), "plain")
    if row.story is None:
        return (
            Fate(_("Removed by the editor"), "plain") if row.sent_at else Fate(_("Draft"), "plain", "", True)
        )
    if row.flow_status == WorkflowState.STATUS_NEEDS_CHANGES:
        return Fate(_("Returned to you"), "soon", row.stage_comment or "", True)
    if row.story.live:
        return Fate(_("Published"), "done")
    if row.story.expired or row.story.first_published_at:
        return Fate(_("Taken off the site"), "plain")
    if row.flow_status == WorkflowState.STATUS_IN_PROGRESS:
        return Fate(row.stage_name or "", "wait")
    if row.story.go_live_at:
        return Fate(_("Approved for a later hour"), "wait")
    return Fate(_("With the editor"), "wait")


def work_choices(user: Any) -> list[tuple[str, str]]:
    """The agency's open work, as the form offers it."""
    agency = user.hat.agency if user.hat else None
    assignments, duties, _occurrences = works_for(agency)
    return [
        ("", _("I do not know")),
        *((f"a{row.pk}", headline(row.task.content)[:120]) for row in assignments),
        *((f"d{row.pk}", headline(row.duty.text)[:120]) for row in duties),
    ]


def plain_text_of(story: Story) -> str:
    """The paragraphs of a story as a phone edits them."""
    version = story.get_latest_revision_as_object()
    parts = []
    for block in version.body:
        if block.block_type == "text":
            marked = str(block.value.source).replace("</p>", "</p>\n\n").replace("<br/>", "\n")
            parts.append(unescape(strip_tags(marked)).strip())
    return "\n\n".join(part for part in parts if part)


def returned_to(user: Any) -> list[tuple[Story, str]]:
    """One's stories that came back with a reason, and where each is mended: on the phone or in the editor. Two queries."""
    keys = WorkflowState.objects.filter(status=WorkflowState.STATUS_NEEDS_CHANGES).values("object_id")
    rows = Story.objects.filter(owner=user).annotate(key=Cast("pk", CharField())).filter(key__in=keys)
    stories = list(rows.order_by("pk"))
    sent = {row.story_id: row for row in Contribution.objects.filter(story__in=stories)}
    return [
        (
            story,
            sent[story.pk].get_absolute_url()
            if story.pk in sent
            else reverse("wagtailadmin_pages:edit", args=[story.pk]),
        )
        for story in stories
    ]
