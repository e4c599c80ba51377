"""The asker's way in: the code and the secret that were shown when the case came in."""

from __future__ import annotations

import hashlib
import hmac

from loa.feedback.models import Case


def digest(code: str, secret: str) -> str:
    """What is kept of a secret; capitals, blanks and dashes do not matter."""
    plain = "".join(secret.casefold().split()).replace("-", "")
    return hashlib.sha256(f"{code}:{plain}".encode()).hexdigest()


def case_opened_by(code: str, secret: str) -> Case | None:
    """The case that a code and its secret open; one that is kept apart opens no more."""
    code = code.strip().upper()
    rows = Case.objects.exclude(state="isolated").select_related("agency", "intake", "subject")
    case = rows.filter(code=code).first()
    if case is None or not hmac.compare_digest(case.secret, digest(code, secret)):
        return None
    return case
