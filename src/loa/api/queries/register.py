"""What other programs read of cases: the public register, and an agency's own."""

from __future__ import annotations

from django.db.models import QuerySet

from loa.api.models import ApiKey
from loa.directory.queries import itself_and_predecessors
from loa.feedback.models import Case, Publication
from loa.feedback.queries import cases_visible_to


def answers_public() -> QuerySet[Publication]:
    """Published answers that were not taken back, the newest first."""
    rows = Publication.objects.filter(withdrawn_at__isnull=True).exclude(case__state="isolated")
    return rows.select_related("agency", "case__subject", "case__commune")


def cases_of_key(key: ApiKey) -> QuerySet[Case]:
    """The cases that are with the key's agency, as far as its keeper sees them."""
    rows = cases_visible_to(key.keeper).filter(agency__in=itself_and_predecessors(key.agency))
    return rows.select_related("agency", "intake", "subject", "commune")
