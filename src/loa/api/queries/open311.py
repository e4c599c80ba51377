"""Subjects and cases as Open311 (GeoReport v2) tells them to anybody.

Of a case that is not published only what it is about, how it stands and its dates are told; of a published one also
the texts an officer has looked through. The exact place and who asks are never told, and a case that is kept apart
is not there at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.core.models import Entry
from loa.feedback.models import Case, Publication, Subject
from loa.feedback.queries import main_desk, subjects_on
from loa.feedback.states import ENDED_STATES

LONGEST = 4000  # characters of a description, by the specification
SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
_ROUGHLY = Decimal("0.001")  # of a degree: about a hundred metres
_L = gettext_lazy
_SAYS: dict[str, Any] = {  # in words for everybody
    "received": _L("Received"),
    "classified": _L("Received"),
    "assigned": _L("With the agency"),
    "answering": _L("Being handled"),
    "with_head": _L("Being handled"),
    "approved": _L("Being handled"),
    "answered": _L("Answered"),
    "published": _L("Answered in public"),
    "rated": _L("Answered"),
    "closed": _L("Answered"),
    "refused": _L("Not handled here"),
    "guided": _L("Referred to the complaints procedure"),
    "merged": _L("Answered together with another"),
    "withdrawn": _L("Withdrawn by whoever sent it"),
}


def is_open(state: str) -> bool:
    return state not in ENDED_STATES


def w3(moment: datetime | None) -> str | None:
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else None


# services ------------------------------------------------------------------------------------------
def service(subject: Subject) -> dict[str, Any]:
    name = name_of(subject)
    return {
        "service_code": subject.code,
        "service_name": name,
        "description": _("What citizens report, propose or ask about: %(subject)s") % {"subject": name},
        "metadata": True,
        "type": "realtime",
        "keywords": ", ".join(word.strip() for word in re.split(r"[,;\n]", subject.words) if word.strip()),
        "group": str(subject.agency) if subject.agency else "",
    }


def name_of(subject: Subject) -> str:
    is_english = (translation.get_language() or "").startswith("en")
    return subject.name_en if is_english and subject.name_en else subject.name


def services_on(day: date) -> list[dict[str, Any]]:
    return [service(subject) for subject in subjects_on(day).select_related("agency")]


def definition(subject: Subject) -> dict[str, Any]:
    """What is asked besides: nothing of it must be given."""
    kinds = [{"key": value, "name": str(label)} for value, label in Case.Kind.choices]
    asked = [
        ("kind", "singlevaluelist", _("What kind of matter it is"), kinds),
        ("tell_by_mail", "singlevaluelist", mail_words(), [{"key": "yes", "name": _("Yes")}]),
        ("denunciation", "string", denunciation_words(), None),
    ]
    attributes = []
    for order, (code, datatype, words, values) in enumerate(asked, 1):
        row: dict[str, Any] = {
            "variable": values is not None,
            "code": code,
            "datatype": datatype,
            "required": False,
            "datatype_description": None,
            "order": order,
            "description": words,
        }
        attributes.append({**row, "values": values} if values is not None else row)
    return {"service_code": subject.code, "attributes": attributes}


def mail_words() -> str:
    """Beside the box, and kept as evidence of the consent."""
    return _("I want to be told by mail what happens with my case.")


def denunciation_words() -> str:
    return _("Do not send a denunciation this way: it has a sealed form of its own on the city's site.")


# discovery -----------------------------------------------------------------------------------------
def discovery(day: date) -> dict[str, Any]:
    desk = main_desk(day)
    reach = [str(desk.agency), desk.phone, desk.agency.email] if desk else []
    changed = Entry.objects.filter(content_type=ContentType.objects.get_for_model(Subject)).aggregate(
        at=Max("at")
    )["at"]
    since = Subject.objects.aggregate(day=Max("valid_from"))["day"] or date(2019, 1, 1)
    changeset = f"{timezone.localtime(changed):%Y-%m-%d %H:%M}" if changed else f"{since:%Y-%m-%d} 00:00"
    return {
        "changeset": changeset,
        "contact": ", ".join(part for part in reach if part) or settings.BASE_URL,
        "key_service": _("Ask the administrator of %(site)s for a key.") % {"site": settings.BASE_URL},
        "endpoints": [
            {
                "specification": SPECIFICATION,
                "url": f"{settings.BASE_URL}/open311/v2",
                "changeset": changeset,
                "type": "production",
                "formats": ["text/xml", "application/json"],
            }
        ],
    }


# requests ------------------------------------------------------------------------------------------
def public_cases() -> QuerySet[Case]:
    """What anybody may know to be there, with when it last changed. What was forgotten is gone: `purged_at`."""
    kind = ContentType.objects.get_for_model(Case)
    newest = Entry.objects.filter(content_type=kind, object_id=OuterRef("pk")).order_by("-at").values("at")
    rows = Case.objects.exclude(state="isolated").select_related(
        "subject", "agency", "intake", "commune", "publication"
    )
    return rows.annotate(changed_at=Subquery(newest[:1]))


def request_of(case: Case) -> dict[str, Any]:
    shown = _shown(case)
    ended = None if is_open(case.state) else (case.ended_at or case.answered_at)
    due_on = case.due_on
    expected = timezone.make_aware(datetime.combine(due_on, time(23, 59, 59))) if due_on else None
    return {
        "service_request_id": case.code,
        "status": "open" if is_open(case.state) else "closed",
        "status_notes": shown.answer if shown else _says(case.state),
        "service_name": name_of(case.subject) if case.subject else None,
        "service_code": case.subject.code if case.subject else None,
        "description": f"{shown.title}\n\n{shown.question}"[:LONGEST] if shown else None,
        "agency_responsible": str(case.agency or case.intake),
        "service_notice": None,
        "requested_datetime": w3(case.received_at),
        "updated_datetime": w3(ended or getattr(case, "changed_at", None) or case.received_at),
        "expected_datetime": w3(expected),
        "address": str(case.commune) if case.commune else None,
        "address_id": case.commune.code if case.commune else None,
        "zipcode": None,
        "lat": _roughly(case.latitude) if shown else None,
        "long": _roughly(case.longitude) if shown else None,
        "media_url": None,
    }


def _says(state: str) -> str:
    """Of what was published and taken back, that it is answered."""
    return str(_SAYS["answered" if state == "published" else state])


def _shown(case: Case) -> Publication | None:
    found = getattr(case, "publication", None)
    return found if found and found.withdrawn_at is None else None


def _roughly(value: Decimal | None) -> float | None:
    return None if value is None else float(value.quantize(_ROUGHLY))


def updates_of(cases: Iterable[Case]) -> dict[int, list[dict[str, Any]]]:
    """How each case came to stand as it does, oldest first, in words for everybody. One query."""
    by_pk = {case.pk: case for case in cases}
    kind = ContentType.objects.get_for_model(Case)
    rows = Entry.objects.filter(content_type=kind, object_id__in=by_pk).order_by("pk")
    told: dict[int, list[dict[str, Any]]] = {key: [] for key in by_pk}
    for key, number, data, at in rows.values_list("object_id", "pk", "data", "at"):
        words = _SAYS.get(data.get("to", ""))
        if words is None or (told[key] and told[key][-1]["description"] == str(words)):
            continue
        told[key].append(
            {
                "update_id": number,
                "service_request_id": by_pk[key].code,
                "status": "open" if is_open(data["to"]) else "closed",
                "updated_datetime": w3(at),
                "description": str(words),
            }
        )
    return told
