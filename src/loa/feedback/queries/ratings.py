"""What askers said of answers: for the agency and the intake, and what everybody may read of it."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from loa.core.models import Entry
from loa.feedback.masking import find_personal, masked, plain
from loa.feedback.models import Case, Consent, Rating
from loa.feedback.queries.visible import cases_visible_to
from loa.feedback.rules import WORKERS

ALLOWED = Consent.Purpose.WORDS


def _allowed() -> Exists:
    return Exists(Consent.objects.filter(case=OuterRef("case"), purpose=ALLOWED, withdrawn_at__isnull=True))


def ratings_visible_to(user: Any) -> QuerySet[Rating]:
    """Whoever sees the case reads what its asker thinks of the answer. Each with `is_allowed`: to be shown."""
    rows = Rating.objects.filter(case__in=cases_visible_to(user).order_by().values("pk"))
    return rows.select_related("case__intake", "case__subject", "agency").annotate(is_allowed=_allowed())


def words_waiting_for(user: Any) -> QuerySet[Rating]:
    """Words that this person may let through or keep back, and that their askers allow to be shown."""
    hat = getattr(user, "hat", None)
    if hat is None or not hat.holds(*WORKERS):
        return Rating.objects.none()
    rows = Rating.objects.filter(_allowed(), case__intake=hat.agency, state="waiting")
    return rows.exclude(words="").exclude(case__state="isolated")


def words_are_allowed(rating: Rating) -> bool:
    return Consent.objects.filter(case=rating.case_id, purpose=ALLOWED, withdrawn_at__isnull=True).exists()


def proposed_words(rating: Rating) -> str:
    """With what names a person taken out as a proposal; a moderator decides."""
    words = plain(rating.public_words or rating.words)
    return words if rating.public_words else masked(words, find_personal(words))


def shown_words(case: Case) -> str:
    """What stands beside the public answer: let through, and still allowed by the asker. One query."""
    rows = Rating.objects.filter(_allowed(), case=case, state="shown").exclude(public_words="")
    return rows.values_list("public_words", flat=True).first() or ""


def why_hidden(rating: Rating | None) -> str:
    """The moderator's reason, for the asker."""
    if rating is None or rating.state != "hidden":
        return ""
    rows = Entry.objects.filter(action="rating.hide", object_id=rating.pk).order_by("-pk")
    return rows.values_list("note", flat=True).first() or ""
