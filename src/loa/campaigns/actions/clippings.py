"""The log of what the press published. What counts for a plan's work is recorded for the body that must publish."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loa.campaigns.actions.press import agency_of
from loa.campaigns.links import key_of
from loa.campaigns.models import Clipping, PressBody
from loa.campaigns.queries.press import known_clipping
from loa.campaigns.states import CLIPPING
from loa.core import clock, history, uploads
from loa.core.access import require
from loa.core.models import Entry
from loa.core.text import format_date
from loa.core.uploads import Upload
from loa.core.workflow import FlowError
from loa.directory.models import User
from loa.plans.actions import record_deliverable, withdraw_deliverable
from loa.plans.models import Assignment, Deliverable, DutyAssignment

Work = Assignment | DutyAssignment
KIND = "press"
UNIT = "tin, bài"  # as reports count it
PLAIN = ("title", "link", "on", "author", "column", "genre", "topic", "form", "is_public")


@transaction.atomic
def record_clipping(
    *,
    press_body: PressBody,
    work: Work | None = None,
    upload: Upload | None = None,
    origin: str = Clipping.Origin.HAND,
    by: User,
    **said: Any,
) -> Clipping:
    """Keep one thing in the log of one's agency. `said`: the fields of PLAIN.

    Raises FlowError, naming what is there already, where the same address is in the log.
    """
    require(by, "campaigns.keep_clippings")
    clipping = Clipping(
        agency=agency_of(by), press_body=press_body, origin=origin, by=by, recorded_at=clock.now()
    )
    _place(clipping, work, by=by)
    _write(clipping, upload, **said)
    _count(clipping, by=by)
    history.record(clipping, "clipping.record", by=by)
    return clipping


@transaction.atomic
def change_clipping(
    clipping: Clipping,
    *,
    press_body: PressBody,
    work: Work | None = None,
    upload: Upload | None = None,
    by: User,
    **said: Any,
) -> Clipping:
    """Correct what was typed, or say later what it counts for; what counts is taken back to count elsewhere."""
    require(by, "campaigns.change_clipping", clipping)
    row = Clipping.objects.select_for_update(of=("self",)).get(pk=clipping.pk)
    if row.state != "recorded":
        raise FlowError(_("It was taken back."))
    if row.work and work != row.work:
        raise FlowError(_("It counts for a work already. Take it back and record it again to change that."))
    before = {name: str(getattr(row, name)) for name in said}
    row.press_body = press_body
    if not row.work:
        _place(row, work, by=by)
    _write(row, upload, **said)
    _count(row, by=by)
    changed = {name: old for name, old in before.items() if old != str(getattr(row, name))}
    history.record(row, "clipping.change", by=by, data={"before": changed})
    return row


@transaction.atomic
def withdraw_clipping(clipping: Clipping, *, note: str, by: User) -> Entry:
    """It leaves the log and no longer counts; the row stays with its reason."""
    entry = CLIPPING.take(clipping, "withdraw", by=by, note=note)
    if clipping.deliverable:
        withdraw_deliverable(clipping.deliverable.source, note=note, by=by, is_asked=True)
    return entry


def _place(clipping: Clipping, work: Work | None, *, by: User) -> None:
    """Whose work it counts for: one's own, or, for the plan's coordinator, a press body's."""
    if work is None:
        return
    agency = agency_of(by)
    if agency.pk not in (work.agency_id, work.plan.coordinator_id):
        raise PermissionDenied(_("Your role here does not allow this."))
    publisher = PressBody.objects.filter(agency=work.agency_id).first()
    if publisher is not None and publisher.pk != clipping.press_body_id:
        raise FlowError(
            _("This work is for %(body)s to publish, not for %(other)s.")
            % {"body": publisher.name, "other": clipping.press_body.name}
        )
    clipping.plan = work.plan
    if isinstance(work, Assignment):
        clipping.assignment = work
    else:
        clipping.duty_assignment = work


def _write(clipping: Clipping, upload: Upload | None, **said: Any) -> None:
    for name in PLAIN:
        if name in said:
            setattr(clipping, name, said[name])
    if clipping.on > clock.today():
        raise FlowError(_("The day has not come yet."))
    _place_in_plan(clipping)
    clipping.key = key_of(
        clipping.link, title=clipping.title, on=clipping.on, press_body=clipping.press_body_id
    )
    if known := known_clipping(clipping.agency, clipping.key, but=clipping.pk):
        raise FlowError(_named(known))
    if upload is not None:
        clipping.file.name = uploads.keep(upload, "documents")
        clipping.file_name, clipping.file_type = upload.name, upload.type
        clipping.sha256 = upload.sha256
    try:
        with transaction.atomic():
            clipping.save()
    except IntegrityError as error:
        raise FlowError(_("It counts for this work already, from another agency's log.")) from error


def _named(known: Clipping) -> str:
    words = {"title": known.title, "day": format_date(known.on)}
    return _("It is in the log already: “%(title)s”, %(day)s.") % words


def _place_in_plan(clipping: Clipping) -> None:
    for part in (clipping.topic, clipping.form):
        if part is None:
            continue
        if clipping.plan_id and part.plan_id != clipping.plan_id:
            raise FlowError(_("Topic, form and work must be of the same plan."))
        clipping.plan_id = part.plan_id


def _count(clipping: Clipping, *, by: User) -> None:
    """One deliverable of the body that must publish; a correction is seen there too."""
    work = clipping.work
    if work is None:
        return
    proof = {"title": clipping.title, "on": clipping.on, "link": clipping.link}
    if clipping.file:
        proof |= {
            "file": clipping.file.name,
            "file_name": clipping.file_name,
            "file_type": clipping.file_type,
            "sha256": clipping.sha256,
        }
    if clipping.deliverable_id:
        Deliverable.objects.filter(pk=clipping.deliverable_id).update(**proof)
        return
    clipping.deliverable = record_deliverable(
        work, agency=work.agency, kind=KIND, source=f"clipping:{clipping.pk}", unit=UNIT, by=by, **proof
    )
    Clipping.objects.filter(pk=clipping.pk).update(deliverable=clipping.deliverable)
