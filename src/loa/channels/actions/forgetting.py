"""Words that must no longer stand anywhere: of a matter that turned out to be nobody's to read."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.utils import translation

from loa.channels.models import Letter, Notice


@transaction.atomic
def blank_notices(*, keys_begin: str, url: str, subject: Callable[[], str]) -> int:
    """Take the words out of notices told under such keys or leading to an address, those not yet mailed included.

    `subject` is what is left, called under each language. Returns how many. That somebody was told something stays.
    """
    rows = Notice.objects.filter(key__startswith=keys_begin) | Notice.objects.filter(url=url)
    left = {}
    for language in ("vi", "en"):
        with translation.override(language):
            left[f"subject_{language}"] = subject()
    return rows.update(**left, body_vi="", body_en="")


@transaction.atomic
def forget_letters(*, keys_begin: str) -> int:
    """Remove letters to somebody without an account, sent or not. Returns how many."""
    count, _by_model = Letter.objects.filter(key__startswith=keys_begin).delete()
    return count
