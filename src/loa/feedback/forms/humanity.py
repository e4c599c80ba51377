"""Whether a person sends: work done by the page or a small sum in words, a moment of time, a field left empty.

Nobody else is asked and nothing is kept of the person. Each piece of work and each sum counts for one sending: a second
click, or a connection that asks again, is the same sending.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from altcha import v1 as altcha
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.core.sealing import SealError, seal, unseal
from loa.core.text import fold

WORK = 60_000  # at most so many sums of a phone: half a second on one of 2016
KEPT = timedelta(hours=2)
LEAST_SECONDS = 3  # between the first word and the sending
_NUMBERS = (
    gettext_lazy("zero"), gettext_lazy("one"), gettext_lazy("two"), gettext_lazy("three"), gettext_lazy("four"),
    gettext_lazy("five"), gettext_lazy("six"), gettext_lazy("seven"), gettext_lazy("eight"), gettext_lazy("nine"),
    gettext_lazy("ten"), gettext_lazy("eleven"), gettext_lazy("twelve"), gettext_lazy("thirteen"),
    gettext_lazy("fourteen"), gettext_lazy("fifteen"), gettext_lazy("sixteen"), gettext_lazy("seventeen"),
    gettext_lazy("eighteen"),
)  # fmt: skip


def new_work() -> str:
    """A task for the page, as JSON: find the number whose digest with the salt is the one told."""
    expires = datetime.fromtimestamp(time.time(), UTC) + KEPT
    challenge = altcha.create_challenge(
        altcha.ChallengeOptions(max_number=WORK, hmac_key=_key(), expires=expires)
    )
    return json.dumps(challenge.to_dict())


def new_sum() -> tuple[str, str]:
    """A sum in words, and what the form carries along to know it again."""
    first, second = 2 + secrets.randbelow(8), 1 + secrets.randbelow(9)
    question = _("How much is %(first)s and %(second)s?") % {
        "first": _NUMBERS[first],
        "second": _NUMBERS[second],
    }
    return question, seal(f"{first + second}:{int(time.time())}:{secrets.token_hex(8)}")


def is_worked_out(payload: str, sending: str = "") -> bool:
    if not payload or len(payload) > 4000:
        return False
    try:
        is_right, _why = altcha.verify_solution(payload, _key())
    except (ValueError, TypeError, KeyError, AttributeError):
        return False
    return bool(is_right) and _is_for(sending, payload)


def is_answered(told: str, sealed: str, sending: str = "") -> bool:
    """The sum's result, in figures or in words."""
    try:
        result, asked_at, _lot = unseal(sealed[:2000]).split(":")
    except (SealError, ValueError):
        return False
    is_fresh = time.time() - int(asked_at) < KEPT.total_seconds()
    right = {result, fold(str(_NUMBERS[int(result)]))}
    return is_fresh and fold(told).rstrip(".") in right and _is_for(sending, sealed)


def _is_for(sending: str, proof: str) -> bool:
    """Not spent before, or spent for the same sending (its key; without one every use is another)."""
    key = f"human:{hashlib.sha256(proof.encode()).hexdigest()}"
    spent_for = hashlib.sha256(sending.encode()).hexdigest() if sending else ""
    if cache.add(key, spent_for, timeout=int(KEPT.total_seconds())):
        return True
    return bool(spent_for) and cache.get(key) == spent_for


def _key() -> str:
    return hashlib.sha256(f"{settings.SECRET_KEY}:human".encode()).hexdigest()


class HumanForm(forms.Form):
    """The last fields of a form that anybody may send."""

    viec = forms.CharField(required=False, widget=forms.HiddenInput)  # the page's work
    phep_tinh = forms.CharField(required=False, widget=forms.HiddenInput)  # which sum was asked
    ket_qua = forms.CharField(required=False, max_length=40)
    trang_web = forms.CharField(required=False, widget=forms.TextInput)  # nobody sees it: stays empty

    def __init__(self, *args: Any, sending: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sending = sending

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors:
            return data  # first what the person can mend; the proof is not spent
        if data.get("trang_web"):
            raise forms.ValidationError(_("Leave the field “Website” empty, then send again."))
        if not (
            is_worked_out(data.get("viec", ""), self.sending)
            or is_answered(data.get("ket_qua", ""), data.get("phep_tinh", ""), self.sending)
        ):
            self.add_error("ket_qua", _("Answer the small sum, then send again."))
        return data

    def asked(self) -> dict[str, str]:
        """What the page shows: a new piece of work and a new sum, also after a mistake."""
        question, sealed = new_sum()
        return {"work": new_work(), "question": question, "sealed": sealed}
