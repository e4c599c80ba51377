"""What editors ask: the agency's open work, what is past its review, which exceptions are open, what changed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import Page

from loa.core import clock
from loa.directory.models import Agency
from loa.plans.models import Assignment, DutyAssignment, Occurrence, Topic
from loa.plans.states import OPEN_ASSIGNMENT_STATES
from loa.portal.models import AgencySite, Column, Story, UrgentRelease
from loa.portal.queries.reading import without_keys
from loa.portal.queries.territory import pages_of, territory_of

TEXT_FIELDS = ("title", "lead", "body")


def works_for(
    *agencies: Agency | None,
) -> tuple[QuerySet[Assignment], QuerySet[DutyAssignment], QuerySet[Occurrence]]:
    """What a story of these agencies may count for: their open work in running plans."""
    wanted = [agency for agency in agencies if agency is not None]
    assignments = Assignment.objects.filter(
        agency__in=wanted, plan__state="issued", state__in=OPEN_ASSIGNMENT_STATES
    ).select_related("task", "agency", "plan")
    duties = DutyAssignment.objects.filter(agency__in=wanted, plan__state="issued").select_related(
        "duty", "agency", "plan"
    )
    occurrences = Occurrence.objects.filter(lead__in=wanted, task__plan__state="issued").select_related(
        "task"
    )
    return assignments, duties, occurrences


def topics_for(story: Story) -> QuerySet[Topic]:
    """The topics of running plans, and those that a story of an earlier year has."""
    chosen = [topic.pk for topic in story.topics.all()] if story.pk else []
    return Topic.objects.filter(Q(plan__state="issued") | Q(pk__in=chosen)).order_by("plan", "position")


def meaning_may_have_changed(story: Story, cleaned: dict[str, Any]) -> bool:
    """Whether headline, lead or body differ from what readers see."""
    shown = Story.objects.filter(pk=story.pk).first()
    if shown is None:
        return False
    return text_differs(shown, cleaned)


def text_differs(version: Story, cleaned: dict[str, Any]) -> bool:
    return any(_plain(getattr(version, name)) != _plain(cleaned.get(name)) for name in TEXT_FIELDS)


def _plain(value: Any) -> Any:
    if hasattr(value, "get_prep_value"):
        return without_keys(list(value.get_prep_value()))
    return value or ""


def urgent_visible_to(user: Any) -> QuerySet[UrgentRelease]:
    """The exceptions of the worn hat's agency; the city's desk sees all."""
    territory = territory_of(user)
    rows = UrgentRelease.objects.select_related("story", "agency", "by", "decided_by")
    if territory.agency is None or not territory.roles & {"editor", "approver", "head"}:
        return rows.none()
    return rows if territory.is_citys else rows.filter(agency=territory.agency)


def stories_to_review(user: Any, today: date | None = None) -> QuerySet[Story]:
    """Live stories of the person's territory whose day of review has come."""
    today = today or clock.today()
    return Story.objects.filter(
        pk__in=pages_of(user).values("pk"), live=True, review_on__isnull=False, review_on__lte=today
    ).order_by("review_on", "title")


def columns_open_to(user: Any) -> QuerySet[Column]:
    """Where a contributor may send to: open columns of the own agency's site, of those above it, and of the city."""
    hat = getattr(user, "hat", None)
    if hat is None:
        return Column.objects.none()
    agencies, agency = [], hat.agency
    while agency is not None and agency.pk not in agencies:
        agencies.append(agency.pk)
        agency = agency.parent
    return Column.objects.filter(pk__in=_open_columns(agencies)).order_by("path")


def _open_columns(agencies: list[int]) -> list[int]:
    """Two queries: the columns that are open, and whose site each stands in."""
    steplen = Page.steplen
    columns = dict(Column.objects.filter(live=True, takes_contributions=True).values_list("pk", "path"))
    places = {path[: 3 * steplen] for path in columns.values()}
    owners = dict(AgencySite.objects.filter(path__in=places).values_list("path", "agency"))
    return [key for key, path in columns.items() if owners.get(path[: 3 * steplen], agencies[0]) in agencies]
