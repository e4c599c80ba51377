"""Press bodies and the agreements with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loa.campaigns import notices
from loa.campaigns.models import PressAgreement, PressBody, Promise
from loa.campaigns.states import AGREEMENT
from loa.core import clock, history, uploads
from loa.core.access import require
from loa.core.models import Entry
from loa.core.uploads import Upload
from loa.core.workflow import FlowError
from loa.directory.models import Agency, User


@transaction.atomic
def save_press_body(body: PressBody, *, by: User, **changes: Any) -> PressBody:
    """Add a press body or change one. Raises FlowError where the name or the agency is taken."""
    if body.pk:
        require(by, "campaigns.change_press_body", body)
    else:
        require(by, "campaigns.add_press_body")
        body.agency_of_entry = agency_of(by)
    before = {key: str(getattr(body, key) or "") for key in changes} if body.pk else {}
    for key, value in changes.items():
        setattr(body, key, value)
    action = "press_body.edit" if body.pk else "press_body.add"
    try:
        with transaction.atomic():
            body.save()
    except IntegrityError as error:
        raise FlowError(_("There is already a press body of this name or for this agency.")) from error
    changed = {key: old for key, old in before.items() if old != str(changes[key] or "")}
    if changed or action == "press_body.add":
        history.record(body, action, by=by, data={"before": changed})
    return body


def agency_of(by: User) -> Agency:
    if by.hat is None:
        raise FlowError(_("You act for no agency."))
    return by.hat.agency


@transaction.atomic
def sign_agreement(
    *,
    press_body: PressBody,
    promises: Iterable[Mapping[str, Any]],
    upload: Upload | None = None,
    by: User,
    **said: Any,
) -> PressAgreement:
    """Keep an agreement of one's own agency. `said`: number, subject, starts_on, ends_on, amount, remind_days;
    `promises`: [{"column", "topic", "count"}]. The same number with the same body twice is refused.
    """
    require(by, "campaigns.make_agreements")
    agreement = PressAgreement(agency=agency_of(by), press_body=press_body, by=by, at=clock.now())
    _write(agreement, promises, upload, **said)
    history.record(agreement, "press_agreement.sign", by=by)
    return agreement


@transaction.atomic
def change_agreement(
    agreement: PressAgreement,
    *,
    press_body: PressBody,
    promises: Iterable[Mapping[str, Any]],
    upload: Upload | None = None,
    by: User,
    **said: Any,
) -> PressAgreement:
    """Correct an agreement; a later end is reminded of again."""
    require(by, "campaigns.change_agreement", agreement)
    row = PressAgreement.objects.select_for_update().get(pk=agreement.pk)
    before = {name: str(getattr(row, name)) for name in said}
    if said["ends_on"] != row.ends_on or said["remind_days"] != row.remind_days:
        row.reminded_on = None
    row.press_body = press_body
    _write(row, promises, upload, **said)
    changed = {name: old for name, old in before.items() if old != str(getattr(row, name))}
    history.record(row, "press_agreement.change", by=by, data={"before": changed})
    return row


def _write(
    agreement: PressAgreement, promises: Iterable[Mapping[str, Any]], upload: Upload | None, **said: Any
) -> None:
    for name, value in said.items():
        setattr(agreement, name, value)
    if agreement.ends_on < agreement.starts_on:
        raise FlowError(_("It ends before it begins."))
    _refuse_twice(agreement)
    if upload is not None:
        agreement.file.name = uploads.keep(upload, "documents")
        agreement.file_name, agreement.file_type = upload.name, upload.type
        agreement.sha256 = upload.sha256
    agreement.save()
    agreement.promises.all().delete()
    try:
        with transaction.atomic():
            for row in promises:
                Promise.objects.create(agreement=agreement, **row)
    except IntegrityError as error:
        raise FlowError(_("The same column and topic is promised twice.")) from error


def _refuse_twice(agreement: PressAgreement) -> None:
    if not agreement.number:
        return
    known = PressAgreement.objects.filter(
        agency=agreement.agency, press_body=agreement.press_body, number__iexact=agreement.number
    )
    if known.exclude(pk=agreement.pk).exists():
        raise FlowError(
            _("Agreement %(number)s with this press body is kept already.") % {"number": agreement.number}
        )


def take_agreement_step(agreement: PressAgreement, step: str, *, note: str = "", by: User) -> Entry:
    return AGREEMENT.take(agreement, step, by=by, note=note)


@transaction.atomic
def remind_of_end(agreement: PressAgreement) -> bool:
    """Tell once that an agreement ends; False where it was told already. `agreement` has its counts."""
    rows = PressAgreement.objects.filter(pk=agreement.pk, reminded_on__isnull=True, state="running")
    if rows.update(reminded_on=clock.today()) != 1:
        return False
    notices.tell_agreement_ends(agreement)
    return True
