"""Denunciations: their officer's alone, and the person's who comes back with code and secret."""

from __future__ import annotations

import hmac
from datetime import date
from typing import Any

from django.db.models import QuerySet

from loa.core import clock
from loa.core.legal import MissingRuleError, RuleInForce, rule_on
from loa.core.sealing import fingerprint
from loa.feedback.models import Case, Denunciation
from loa.feedback.queries.opening import digest
from loa.feedback.queries.visible import desks_on


def denunciation_opened_by(code: str, secret: str) -> Denunciation | None:
    """The denunciation that a code and its secret open: also a former case's, whose code and secret go on."""
    row = Denunciation.objects.filter(code=code.strip().upper()).first()
    if row is None or not hmac.compare_digest(row.secret, digest(row.code, secret)):
        return None
    return row


def waiting_letter_count(user: Any) -> int:
    """How many letters wait for this person, who alone may know."""
    if not getattr(user, "is_authenticated", False):
        return 0
    return Denunciation.objects.filter(officer=user, ended_at__isnull=True).count()


def letters_due(today: date) -> QuerySet[Denunciation]:
    """Not ended, and due today or before."""
    return Denunciation.objects.filter(ended_at__isnull=True, due_on__lte=today).select_related("officer")


def reads_denunciations(user: Any) -> bool:
    """Whether a desk of today names this person, or a letter is already theirs."""
    if not getattr(user, "is_authenticated", False):
        return False
    named = desks_on(clock.today()).filter(denunciation_officer=user)
    return named.exists() or Denunciation.objects.filter(officer=user).exists()


def denunciation_rule(today: date) -> RuleInForce | None:
    """The text that says how long there is to decide whether a denunciation is accepted."""
    try:
        return rule_on("denunciation.accept", today)
    except MissingRuleError:
        return None


def denunciation_of_key(key: str) -> Denunciation | None:
    """What a sending made, for its sender's receipt."""
    return Denunciation.objects.filter(key=fingerprint(key, use="denunciation-key")).first()


def isolated_cases() -> QuerySet[Case]:
    """Cases that turned out to be denunciations: blank, and shown to nobody, their history neither."""
    return Case.objects.filter(state="isolated")
