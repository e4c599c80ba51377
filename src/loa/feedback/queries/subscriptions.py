"""Who is to be told of which new answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core import signing
from django.db.models import Q, QuerySet

from loa.feedback.models import AnswerSubscription, Publication
from loa.feedback.queries.register import public_answers

SALT = "feedback.subscription"


def subscription_of(token: str) -> AnswerSubscription | None:
    """What a signed link opens; none where it was changed or the subscription is ended."""
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return AnswerSubscription.objects.select_related("subject", "agency", "commune").filter(pk=pk).first()


def subscriptions_with(row: AnswerSubscription) -> QuerySet[AnswerSubscription]:
    """All that the same address follows."""
    rows = AnswerSubscription.objects.filter(email_print=row.email_print, confirmed_at__isnull=False)
    return rows.select_related("subject", "agency", "commune")


def unconfirmed_before(moment: datetime) -> QuerySet[AnswerSubscription]:
    return AnswerSubscription.objects.filter(confirmed_at__isnull=True, created_at__lt=moment)


def addresses_to_tell() -> list[str]:
    """Fingerprints of the addresses with a confirmed subscription, in a fixed order."""
    rows = AnswerSubscription.objects.filter(confirmed_at__isnull=False)
    return sorted(set(rows.order_by().values_list("email_print", flat=True)))


def answers_to_tell(rows: Sequence[AnswerSubscription], *, until: datetime) -> list[Publication]:
    """What was published for any of these since each was last told, the oldest first. One query."""
    wanted = Q()
    for row in rows:
        one = Q(published_at__gt=row.told_through, published_at__lte=until)
        if row.subject_id:
            one &= Q(case__subject=row.subject_id)
        if row.agency_id:
            one &= Q(agency=row.agency_id)
        if row.commune_id:
            one &= Q(case__commune=row.commune_id)
        wanted |= one
    found = public_answers().filter(wanted).select_related("agency", "case")
    return list(found.order_by("published_at", "pk"))
