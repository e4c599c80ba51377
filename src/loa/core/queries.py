from typing import Any

from django.db.models import QuerySet

from loa.core.models import Job


def jobs_visible_to(user: Any) -> QuerySet[Job]:
    """Who started slow work sees how it goes."""
    return Job.objects.filter(started_by=user)
