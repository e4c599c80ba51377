"""Assignments to reporters: who sees them, who can be asked, for which work and column."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from loa.core import clock
from loa.directory.models import User, in_force
from loa.plans.models import Task
from loa.portal.models import Column, NewsAssignment
from loa.portal.queries.territory import pages_of
from loa.portal.rules.newsroom import EDITORS, WRITERS, holds


def news_assignments_visible_to(user: Any) -> QuerySet[NewsAssignment]:
    """The agency's, for its editors and those who answer for its work; and whatever I am asked to write."""
    rows = NewsAssignment.objects.select_related(
        "reporter", "column", "agency", "given_by", "story", "assignment__task", "duty_assignment__duty"
    )
    if user.hat is None:
        return rows.none()
    seen = Q(reporter=user)
    if holds(user, *EDITORS, "focal_point", "head"):
        seen |= Q(agency=user.hat.agency)
    return rows.filter(seen)


def reporters_of(user: Any) -> QuerySet[User]:
    """Whom an editor can ask: who writes for the agency."""
    held = in_force(clock.today(), "memberships__")
    return User.objects.filter(
        held, memberships__agency=user.hat.agency, memberships__role__in=WRITERS, is_active=True
    ).distinct()


def columns_of(user: Any) -> QuerySet[Column]:
    return Column.objects.filter(pk__in=pages_of(user).values("pk")).order_by("path")


def assignments_for(task: Task, user: Any) -> QuerySet[NewsAssignment]:
    return news_assignments_visible_to(user).filter(assignment__task=task)
