from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import F

from loa.portal.models import ReadingCount, Story


@transaction.atomic
def count_reading(story: Story, *, on: date) -> None:
    """One more reading on a day; the count is all that is kept."""
    row, _new = ReadingCount.objects.get_or_create(story=story, on=on)
    ReadingCount.objects.filter(pk=row.pk).update(count=F("count") + 1)
