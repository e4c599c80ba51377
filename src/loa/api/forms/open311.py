"""What a caller of Open311 sends, read and checked. Raises Open311Error with a sentence for people."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from loa.api.given import Given
from loa.api.queries.open311 import LONGEST, mail_words, public_cases
from loa.api.wire import Open311Error, plain
from loa.core import clock
from loa.directory.models import Agency, in_force
from loa.feedback.actions import Identity
from loa.feedback.models import Case, Subject
from loa.feedback.queries import subjects_on
from loa.feedback.states import ENDED_STATES

SPAN = timedelta(days=90)
MOST = 1000
_PLACE, _NAME, _PHONE, _EMAIL = 200, 200, 50, 254
_NUMBER = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,20})?")
_W3 = re.compile(
    r"(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})"
)
_DEGREES = {"lat": 90, "long": 180}
_SIX = Decimal("0.000001")


def subject_called(code: str) -> Subject:
    subject = subjects_on(clock.today()).filter(code=plain(code)).first() if code else None
    if subject is None:
        raise Open311Error(404, _("service_code “%(code)s” was not found.") % {"code": code[:60]})
    return subject


# a report ------------------------------------------------------------------------------------------
def read_report(sent: Mapping[str, str], *, call_key: str) -> Given:
    """A report as the specification has it sent: form fields, the further ones as attribute[code]."""
    if not sent.get("service_code", "").strip():
        raise Open311Error(400, _("service_code was not provided."))
    subject = subject_called(sent["service_code"].strip())
    description = plain(sent.get("description", "")).strip()
    if not description:
        raise Open311Error(400, _("description was not provided."))
    if len(description) > LONGEST:
        raise Open311Error(400, _("description is longer than %(n)d characters.") % {"n": LONGEST})
    latitude, longitude = _point(sent)
    place, commune = _text(sent, "address_string"), _commune(sent)
    if latitude is None and not place and commune is None:
        raise Open311Error(400, _("A place was not provided: lat and long, address_string or address_id."))
    if len(place) > _PLACE:  # nothing of it is lost
        description = f"{description}\n\n{place}"
    identity = _identity(sent)
    consents = {}
    if sent.get("attribute[tell_by_mail]") == "yes" and identity.email:
        consents["contact"] = mail_words()
    return Given(
        subject=subject,
        description=description,
        kind=_kind(sent),
        latitude=latitude,
        longitude=longitude,
        place=place[:_PLACE],
        commune=commune,
        identity=identity,
        consents=consents,
        device=_text(sent, "device_id"),
        call_key=plain(call_key).strip(),
    )


def _text(sent: Mapping[str, str], name: str) -> str:
    return " ".join(plain(sent.get(name, "")).split())


def _point(sent: Mapping[str, str]) -> tuple[Decimal | None, Decimal | None]:
    said = {name: sent.get(name, "").strip() for name in _DEGREES}
    if not any(said.values()):
        return None, None
    found = []
    for name, value in said.items():
        degrees = Decimal(value) if _NUMBER.fullmatch(value) else None
        if degrees is None or abs(degrees) > _DEGREES[name]:
            raise Open311Error(400, _("lat and long must both be given, in degrees (WGS84)."))
        found.append(degrees.quantize(_SIX))
    return found[0], found[1]


def _commune(sent: Mapping[str, str]) -> Agency | None:
    code = _text(sent, "address_id")
    if not code:
        return None
    communes = Agency.objects.filter(in_force(clock.today()), kind=Agency.Kind.COMMUNE)
    found = communes.filter(code=code).first()
    if found is None:
        raise Open311Error(400, _("address_id “%(code)s” is no commune of the city.") % {"code": code[:60]})
    return found


def _kind(sent: Mapping[str, str]) -> str:
    kind = _text(sent, "attribute[kind]")
    if kind and kind not in Case.Kind.values:
        raise Open311Error(
            400, _("attribute[kind] is none of: %(kinds)s") % {"kinds": ", ".join(Case.Kind.values)}
        )
    return kind


def _identity(sent: Mapping[str, str]) -> Identity:
    """The family name comes first, as it is said here."""
    name = f"{_text(sent, 'last_name')} {_text(sent, 'first_name')}".strip()
    email, phone = _text(sent, "email"), _text(sent, "phone")
    if email:
        try:
            validate_email(email)
        except ValidationError as error:
            raise Open311Error(400, _("email is no mail address.")) from error
    for value, longest in ((name, _NAME), (phone, _PHONE), (email, _EMAIL)):
        if len(value) > longest:
            raise Open311Error(400, _("A name, phone or email is too long."))
    return Identity(name=name, phone=phone, email=email)


# a question ----------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Asked:
    """Which requests somebody wants to read."""

    rows: QuerySet[Case]
    start: int
    stop: int
    with_updates: bool


def read_asked(asked: Mapping[str, str]) -> Asked:
    rows = public_cases().filter(purged_at__isnull=True)
    ids = _list(asked, "service_request_id")
    wanted = [code.upper() for code in ids[:MOST]]
    rows = rows.filter(code__in=wanted) if ids else _narrowed(rows, asked)  # ids override all other arguments
    page = _count(asked, "page", 1, most=MOST)
    per_page = _count(asked, "per_page", MOST, most=MOST)
    start = (page - 1) * per_page
    with_updates = asked.get("extensions", "") == "true"
    return Asked(rows.order_by("-received_at", "-pk"), start, start + per_page, with_updates)


def _narrowed(rows: QuerySet[Case], asked: Mapping[str, str]) -> QuerySet[Case]:
    begin, end = _span(asked)
    rows = rows.filter(received_at__gte=begin, received_at__lte=end)
    codes = _list(asked, "service_code")
    if codes:
        rows = rows.filter(subject__code__in=codes[:MOST])
    states = set(_list(asked, "status"))
    if states - {"open", "closed"}:
        raise Open311Error(400, _("status is “open”, “closed” or both."))
    if states == {"open"}:
        rows = rows.exclude(state__in=ENDED_STATES)
    elif states == {"closed"}:
        rows = rows.filter(state__in=ENDED_STATES)
    return rows


def _span(asked: Mapping[str, str]) -> tuple[datetime, datetime]:
    begin, end = _moment(asked, "start_date"), _moment(asked, "end_date")
    if begin is None:
        end = end or clock.now()
        return end - SPAN, end
    end = end or min(clock.now(), begin + SPAN)
    if end - begin > SPAN:
        raise Open311Error(
            400, _("start_date and end_date may not span more than %(n)d days.") % {"n": SPAN.days}
        )
    return begin, end


def _moment(asked: Mapping[str, str], name: str) -> datetime | None:
    said = asked.get(name, "").strip().replace(" ", "+")  # a plus that was not encoded
    if not said:
        return None
    wrong = Open311Error(400, _("%(name)s must be like 2019-01-01T00:00:00Z.") % {"name": name})
    if not _W3.fullmatch(said):
        raise wrong
    try:
        return datetime.fromisoformat(said)
    except ValueError as error:
        raise wrong from error


def _list(asked: Mapping[str, str], name: str) -> list[str]:
    return [part for part in (plain(part).strip() for part in asked.get(name, "").split(",")) if part]


def _count(asked: Mapping[str, str], name: str, default: int, *, most: int) -> int:
    said = asked.get(name, "").strip()
    if not said:
        return default
    if not (said.isascii() and said.isdigit() and len(said) < len(str(most)) + 1 and 0 < int(said) <= most):
        raise Open311Error(400, _("%(name)s is a number from 1 to %(most)d.") % {"name": name, "most": most})
    return int(said)
