from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import QuerySet

from loa.channels.models import Reminder


def reminders_of(obj: models.Model) -> QuerySet[Reminder]:
    """Every reminder of one object, the newest first."""
    kind = ContentType.objects.get_for_model(obj)
    return Reminder.objects.filter(content_type=kind, object_id=obj.pk).select_related("by", "rule")
