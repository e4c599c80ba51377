"""Overdue matters with the step of the ladder they stand on: what the page of escalations lists."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from loa.channels.models import Reminder
from loa.channels.queries.matters import MatterSource


def late_as_of(today: date) -> Q:
    return Q(due__lt=today) | Q(due=today, is_before=True)


def overdue_rows(source: MatterSource, user: Any, today: date) -> QuerySet:
    """Overdue rows that a person answers for, each with its last reminder and how many there were."""
    rows = source.overseen_by(user, source.open_rows()).filter(late_as_of(today))
    reminders = Reminder.objects.filter(
        content_type=ContentType.objects.get_for_model(rows.model),
        object_id=OuterRef("pk"),
        kind=source.kind,
        due_on=OuterRef("due"),
    ).order_by("-at", "-pk")
    steps = reminders.filter(rule__isnull=False)
    count = reminders.order_by().values("kind").annotate(n=Count("pk")).values("n")
    return rows.annotate(
        step_offset=Subquery(steps.values("offset")[:1]),
        reminded_at=Subquery(reminders.values("at")[:1]),
        reminded_by=Subquery(reminders.values("channel")[:1]),
        told=Subquery(reminders.values("told")[:1]),
        reminder_count=Coalesce(Subquery(count, output_field=IntegerField()), 0),
    ).order_by("due", f"{source.agency_field}__sort_name", "pk")
