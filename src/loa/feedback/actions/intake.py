"""How a case comes in: from a form, a hotline, a counter, a reporter, a dialogue, another system."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loa.core import clock, history
from loa.core.access import require
from loa.core.numbering import next_number
from loa.core.sealing import fingerprint, keep_sealed
from loa.core.text import headline
from loa.core.uploads import Upload
from loa.core.workflow import FlowError
from loa.directory.models import Agency, User
from loa.feedback import notices
from loa.feedback.actions.learning import trace_case
from loa.feedback.actions.limits import start_several
from loa.feedback.models import Asker, Case, CaseFile, Consent, Subject
from loa.feedback.queries import digest, main_desk
from loa.procedures.models import Procedure

FOLDER = "cases"
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that a phone call confuses
_SECRET_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Identity:
    """Who asks, as far as they say."""

    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""

    def __bool__(self) -> bool:
        return bool(self.name or self.phone or self.email or self.address)


@dataclass(frozen=True, slots=True)
class Words:
    """What a case says; only the content must be there."""

    content: str
    title: str = ""
    kind: str = ""  # of Case.Kind, as the asker calls it
    language: str = "vi"
    commune: Agency | None = None
    place: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    about: Agency | None = None
    procedure: Procedure | None = None
    subject: Subject | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the asker takes home. The secret is made from the sending's key: sent again, it is the same."""

    case: Case
    secret: str = field(repr=False)
    is_new: bool = True


def submit_case(
    words: Words,
    *,
    key: str,
    source: str,
    identity: Identity | None = None,
    consents: Mapping[str, str] | None = None,
    files: Iterable[Upload] = (),
    by: User | None = None,
    held_for: Agency | None = None,
) -> Receipt:
    """Take a case in, once for each key. `by` wrote it down for somebody; none: the asker did.

    `consents` maps each purpose that was ticked to the words beside the box. `held_for` is the organiser
    of a dialogue, who has it until the session ends: only then its clocks start. Raises FlowError where no intake desk is set up.
    """
    if by is not None:
        require(by, "feedback.enter_case")
    secret = make_secret(key)
    try:
        with transaction.atomic():
            case = _take_in(words, key=key, source=source, secret=secret, by=by, held_for=held_for)
            _keep_asker(case, identity or Identity(), consents or {})
            for upload in files:
                keep_file(case, upload, by=by)
            history.record(
                case,
                "case.submit",
                by=by,
                actor="" if by else "citizen",
                data={"from": "", "to": "received", "source": source},
            )
            if held_for is None:
                start_clocks(case)
            trace_case(case)
            notices.tell_received(case)
    except IntegrityError:
        found = Case.objects.filter(key=key).first()
        if found is None:
            raise
        return Receipt(found, secret, is_new=False)
    return Receipt(case, secret)


def start_clocks(case: Case) -> None:
    """What runs from the first day: to classify, to send it to whose it is, to answer."""
    start_several(case, ("classify", "transfer", "answer"), on=case.starts_on)


def _take_in(
    words: Words, *, key: str, source: str, secret: str, by: User | None, held_for: Agency | None
) -> Case:
    today = clock.today()
    content = words.content.strip()
    code = f"PA.{today:%Y%m%d}.{next_number(f'feedback:{today:%Y%m%d}'):04d}"
    return Case.objects.create(
        code=code,
        secret=digest(code, secret),
        key=key,
        source=source,
        title=headline(words.title.strip() or content.split("\n", 1)[0])[:200],
        content=content,
        kind_wished=words.kind,
        language=words.language,
        commune=words.commune,
        place=words.place,
        latitude=words.latitude,
        longitude=words.longitude,
        about=words.about,
        procedure=words.procedure,
        subject=words.subject,
        intake=held_for or _intake(),
        entered_by=by,
        entered_for=by.hat.agency if by and by.hat else None,
        received_at=clock.now(),
        starts_on=today,
    )


def _intake() -> Agency:
    desk = main_desk(clock.today())
    if desk is None:
        raise FlowError(_("No agency receives cases yet. An administrator must name one first."))
    return desk.agency


def _keep_asker(case: Case, identity: Identity, consents: Mapping[str, str]) -> None:
    if identity:
        Asker.objects.create(
            case=case,
            name=identity.name,
            phone=identity.phone,
            email=identity.email,
            address=identity.address,
            phone_print=print_of("phone", identity.phone),
            email_print=print_of("email", identity.email),
        )
    now = clock.now()
    Consent.objects.bulk_create(
        Consent(case=case, purpose=purpose, words=words[:500], given_at=now)
        for purpose, words in consents.items()
    )


def keep_file(case: Case, upload: Upload, *, by: User | None = None, **facts: Any) -> CaseFile:
    """Keep a checked file with a case, sealed; the same file twice is one."""
    row, _is_new = CaseFile.objects.get_or_create(
        case=case,
        path=keep_sealed(upload, FOLDER),
        is_of_answer=facts.pop("is_of_answer", False),
        defaults={
            "name": upload.name,
            "type": upload.type,
            "size": upload.size,
            "by": by,
            "added_at": clock.now(),
            **facts,
        },
    )
    return row


def print_of(use: str, value: str) -> str:
    """The fingerprint of a phone number or an address, however it is spaced."""
    plain = "".join(char for char in value.casefold() if not char.isspace() and char not in ".-()")
    return fingerprint(plain, use=use) if plain else ""


def make_secret(key: str) -> str:
    """Twelve letters and figures that can be said on the phone, made from the sending's key."""
    number = int(fingerprint(key, use="case-secret"), 16)
    letters = []
    for _place in range(_SECRET_LENGTH):
        number, rest = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[rest])
    return "".join(letters)
