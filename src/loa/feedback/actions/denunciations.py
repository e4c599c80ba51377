"""Denunciations (tố cáo): taken in sealed, read and answered by one named officer, written into no history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loa.core import clock
from loa.core.access import require
from loa.core.counted_days import count_day
from loa.core.deadlines import CalendarRangeError
from loa.core.legal import MissingRuleError, rule_on
from loa.core.sealing import fingerprint, keep_sealed
from loa.core.uploads import Upload
from loa.core.workflow import FlowError
from loa.directory.models import User
from loa.feedback import notices
from loa.feedback.actions.intake import Identity, Words, make_secret
from loa.feedback.models import Denunciation, DenunciationFile, IntakeDesk
from loa.feedback.queries import digest, letters_due, main_desk

FOLDER = "letters"  # of the file store: its name says nothing of what lies there


@dataclass(frozen=True, slots=True)
class SealedReceipt:
    """What the person takes home. Code and secret are made from the sending's key: sent again, they are the same."""

    denunciation: Denunciation
    secret: str = field(repr=False)
    is_new: bool = True

    @property
    def code(self) -> str:
        return self.denunciation.code


def submit_denunciation(
    words: Words,
    *,
    key: str,
    identity: Identity | None = None,
    files: Iterable[Upload] = (),
    by: User | None = None,
) -> SealedReceipt:
    """Take a denunciation in, once for each key: the public form's and the operator's door alike.

    Takes the same words, identity and checked files as `submit_case`. All of it is sealed, including place and body
    named; who wrote it down for somebody (`by`) is checked and not kept. The only trace elsewhere is a notice to
    the named officer that a letter waits. Raises FlowError, with a sentence for the public, where no desk or no
    officer is named. The person comes back with `queries.denunciation_opened_by(code, secret)`.
    """
    if by is not None:
        require(by, "feedback.enter_case")
    desk = desk_for_denunciations()
    secret = make_secret(key)
    try:
        with transaction.atomic():
            row = _keep(desk, whole_text(words), identity or Identity(), key=key, secret=secret)
            for upload in files:
                keep_denunciation_file(row, upload)
            notices.tell_letter_waits(row, "came")
    except IntegrityError:
        found = Denunciation.objects.filter(key=_key(key)).first()
        if found is None:
            raise
        return SealedReceipt(found, secret, is_new=False)
    return SealedReceipt(row, secret)


def desk_for_denunciations() -> IntakeDesk:
    """The desk of today with its named officer. Raises FlowError with words for the public."""
    desk = main_desk(clock.today())
    if desk is None or desk.denunciation_officer is None or not desk.denunciation_officer.is_active:
        raise FlowError(
            _(
                "Denunciations cannot be received here at present: no officer is named to read them. "
                "Please hand yours in at the citizen reception office, in writing or in person."
            )
        )
    return desk


def _keep(desk: IntakeDesk, content: str, identity: Identity, *, key: str, secret: str) -> Denunciation:
    code = _code(key)
    return Denunciation.objects.create(
        code=code,
        secret=digest(code, secret),
        key=_key(key),
        intake=desk.agency,
        officer=desk.denunciation_officer,
        content=content,
        name=identity.name,
        phone=identity.phone,
        email=identity.email,
        address=identity.address,
        received_at=clock.now(),
        due_on=acceptance_due(clock.today()),
    )


def keep_denunciation_file(row: Denunciation, upload: Upload) -> DenunciationFile:
    """Keep a checked file sealed with a denunciation; the same file twice is one."""
    kept, _is_new = DenunciationFile.objects.get_or_create(
        denunciation=row,
        path=keep_sealed(upload, FOLDER),
        defaults={"name": upload.name, "type": upload.type, "size": upload.size},
    )
    return kept


def acceptance_due(start_on: date) -> date | None:
    """The day by which it is decided whether the denunciation is accepted; none where no text says so."""
    try:
        return count_day(start_on, working_days=rule_on("denunciation.accept", start_on)["working_days"])
    except (MissingRuleError, CalendarRangeError):
        return None


def whole_text(words: Words) -> str:
    """All that the form took, as one text: it is sealed whole."""
    lines = [words.title.strip(), words.content.strip()]
    where = ", ".join(part for part in (words.place, str(words.commune or "")) if part)
    if where:
        lines.append(_("Place: %(where)s") % {"where": where})
    if words.latitude is not None and words.longitude is not None:
        lines.append(
            _("Map point: %(latitude)s, %(longitude)s")
            % {"latitude": words.latitude, "longitude": words.longitude}
        )
    if words.about:
        lines.append(_("Body named: %(agency)s") % {"agency": words.about})
    if words.procedure:
        lines.append(_("Procedure: %(procedure)s") % {"procedure": words.procedure})
    return "\n\n".join(line for line in lines if line)


def _key(key: str) -> str:
    return fingerprint(key, use="denunciation-key")


def _code(key: str) -> str:
    """A code that says nothing of when, where or what: two groups of letters made from the sending's key."""
    letters = make_secret(fingerprint(key, use="denunciation-code")).upper()
    return f"{letters[:5]}-{letters[5:10]}"


@transaction.atomic
def reply_to_denunciation(row: Denunciation, *, reply: str, forwarded_to: str = "", by: User) -> None:
    """Write words to the person, and where the matter was forwarded; both lie sealed. Said again, they are replaced."""
    require(by, "feedback.read_denunciation", row)
    if not reply.strip():
        raise FlowError(_("Write what the person will read on coming back."))
    row.reply, row.forwarded_to = reply.strip(), forwarded_to.strip()
    row.save(update_fields=["reply", "forwarded_to"])


@transaction.atomic
def end_denunciation(row: Denunciation, *, by: User) -> None:
    """Nothing more is to be done here. The person must have been told something; ended twice, it is ended once."""
    require(by, "feedback.read_denunciation", row)
    if not row.reply.strip():
        raise FlowError(_("Write to the person first: otherwise they will not know what became of it."))
    if Denunciation.objects.filter(pk=row.pk, ended_at__isnull=True).update(ended_at=clock.now()):
        row.refresh_from_db(fields=["ended_at"])


def remind_of_letters(today: date) -> int:
    """Tell each officer once that the day of a letter has come. Returns how many letters have passed theirs."""
    rows = list(letters_due(today))
    for row in rows:
        notices.tell_letter_waits(row, f"due:{row.due_on}")
    return len(rows)
