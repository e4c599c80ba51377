"""Everything that is kept of an asker with a case, for the asker's own copy."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from loa.feedback.models import Asker, Case
from loa.feedback.queries.public_words import happenings, public_state


def data_copy(case: Case) -> dict[str, Any]:
    """JSON-ready; names of officers are not the asker's data and are left out."""
    asker = Asker.objects.filter(case=case).first()
    rating = getattr(case, "rating", None)
    return {
        "code": case.code,
        "received_at": _moment(case.received_at),
        "state": public_state(case).label,
        "content": case.content,
        "kind": case.get_kind_display() or case.get_kind_wished_display(),
        "commune": str(case.commune or ""),
        "place": case.place,
        "point": [str(case.latitude), str(case.longitude)] if case.latitude is not None else None,
        "about": str(case.about or ""),
        "procedure": str(case.procedure or ""),
        "who_asks": {name: getattr(asker, name) for name in ("name", "phone", "email", "address")}
        if asker
        else None,
        "consents": [
            {
                "purpose": row.get_purpose_display(),
                "words": row.words,
                "given_at": _moment(row.given_at),
                "withdrawn_at": _moment(row.withdrawn_at),
            }
            for row in case.consents.all()
        ],
        "files": [
            {"name": row.name, "type": row.type, "size": row.size, "added_at": _moment(row.added_at)}
            for row in case.files.filter(is_of_answer=False)
        ],
        "replies": [
            {"question": row.question, "reply": row.reply, "replied_at": _moment(row.replied_at)}
            for row in case.information_requests.all()
        ],
        "rating": {"stars": rating.stars, "words": rating.words, "shown_as": rating.public_words}
        if rating
        else None,
        "reopened": [{"reason": row.reason, "at": _moment(row.at)} for row in case.reopenings.all()],
        "who_looked_at_who_asks": [
            {"agency": str(row.agency), "purpose": row.purpose, "at": _moment(row.at)}
            for row in case.identity_accesses.select_related("agency")
        ],
        "what_happened": [
            {"at": _moment(row.at), "what": row.words, "detail": row.detail} for row in happenings(case)
        ],
    }


def _moment(at: Any) -> str:
    return timezone.localtime(at).isoformat(timespec="minutes") if at else ""
