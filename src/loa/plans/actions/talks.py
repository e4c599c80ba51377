"""Communication woven into other meetings: told in a minute, counted for a standing duty."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loa.core import clock, history, uploads
from loa.core.access import require
from loa.core.models import Entry
from loa.core.text import fold
from loa.core.uploads import Upload
from loa.core.workflow import FlowError
from loa.directory.models import User
from loa.plans.actions.assignment import require_running
from loa.plans.actions.evidence import record_deliverable, withdraw_deliverable
from loa.plans.models import CommunicationForm, Deliverable, DutyAssignment, Talk, Topic
from loa.plans.states import TALK

KIND = "integrated"
UNIT = "lượt lồng ghép"  # as reports print it
CHANGE_DAYS = 30  # how long after recording it may be corrected; later it is taken back with a reason


@transaction.atomic
def record_talk(
    duty_assignment: DutyAssignment,
    *,
    meeting: str,
    on: date,
    place: str,
    people_count: int,
    minutes: int,
    topics: Iterable[Topic],
    form: CommunicationForm | None = None,
    upload: Upload | None = None,
    by: User,
) -> Talk:
    """Recorded again with the same meeting, day and place, it is the same talk. Raises FlowError."""
    require(by, "plans.work_on_duty", duty_assignment)
    require_running(duty_assignment.plan)
    key = _key(meeting, on, place)
    known = Talk.objects.filter(duty_assignment=duty_assignment, key=key, state="recorded").first()
    if known:
        return known
    talk = Talk(
        duty_assignment=duty_assignment,
        plan=duty_assignment.plan,
        agency=duty_assignment.agency,
        by=by,
        recorded_at=clock.now(),
    )
    said = {"meeting": meeting, "on": on, "place": place, "people_count": people_count, "minutes": minutes}
    try:
        with transaction.atomic():
            _write(talk, topics, form, upload, **said)
    except IntegrityError:  # a second click was faster
        return Talk.objects.get(duty_assignment=duty_assignment, key=key, state="recorded")
    talk.deliverable = record_deliverable(
        duty_assignment,
        agency=duty_assignment.agency,
        kind=KIND,
        title=_title(talk),
        on=on,
        source=f"talk:{talk.pk}",
        unit=UNIT,
        by=by,
        **_file_of(talk),
    )
    Talk.objects.filter(pk=talk.pk).update(deliverable=talk.deliverable)
    history.record(talk, "talk.record", by=by)
    return talk


@transaction.atomic
def change_talk(
    talk: Talk,
    *,
    topics: Iterable[Topic],
    form: CommunicationForm | None = None,
    upload: Upload | None = None,
    by: User,
    **said: Any,
) -> Talk:
    """Correct what was typed, within `CHANGE_DAYS` of recording. `said` as in `record_talk`."""
    require(by, "plans.change_talk", talk)
    require_running(talk.plan)
    row = Talk.objects.select_for_update().select_related("plan", "duty_assignment__plan").get(pk=talk.pk)
    if row.state != "recorded":
        raise FlowError(_("It was taken back."))
    if clock.now() - row.recorded_at > timedelta(days=CHANGE_DAYS):
        raise FlowError(
            _("After %(n)d days nothing is changed any more: take it back with a reason and record it again.")
            % {"n": CHANGE_DAYS}
        )
    before = {name: str(getattr(row, name)) for name in said}
    try:
        with transaction.atomic():
            _write(row, topics, form, upload, **said)
    except IntegrityError as error:
        raise FlowError(_("The same meeting, day and place is recorded already.")) from error
    Deliverable.objects.filter(talk=row).update(title=_title(row), on=row.on, **_file_of(row))
    changed = {name: old for name, old in before.items() if old != str(said[name])}
    history.record(row, "talk.change", by=by, data={"before": changed})
    return row


@transaction.atomic
def withdraw_talk(talk: Talk, *, note: str, by: User) -> Entry:
    """It no longer counts; the row stays with its reason."""
    require_running(talk.plan)
    entry = TALK.take(talk, "withdraw", by=by, note=note)
    if talk.deliverable:
        withdraw_deliverable(talk.deliverable.source, note=note, by=by)
    return entry


def _write(
    talk: Talk,
    topics: Iterable[Topic],
    form: CommunicationForm | None,
    upload: Upload | None,
    **said: Any,
) -> None:
    chosen = list(topics)
    if said["on"] > clock.today():
        raise FlowError(_("The day has not come yet."))
    if {row.plan_id for row in chosen} - {talk.plan_id} or (form and form.plan_id != talk.plan_id):
        raise FlowError(_("Topics and forms are those of the duty's own plan."))
    for name, value in said.items():
        setattr(talk, name, value)
    talk.form = form
    talk.key = _key(talk.meeting, talk.on, talk.place)
    if upload is not None:
        talk.file.name = uploads.keep(upload, "documents")
        talk.file_name, talk.file_type, talk.sha256 = upload.name, upload.type, upload.sha256
    talk.save()
    talk.topics.set(chosen)


def _key(meeting: str, on: date, place: str) -> str:
    return hashlib.sha256(f"{fold(meeting)}|{on.isoformat()}|{fold(place)}".encode()).hexdigest()


def _title(talk: Talk) -> str:
    words = {
        "meeting": talk.meeting,
        "place": talk.place,
        "people": talk.people_count,
        "minutes": talk.minutes,
    }
    return _("%(meeting)s, %(place)s: %(people)s people, %(minutes)s minutes") % words


def _file_of(talk: Talk) -> dict[str, Any]:
    if not talk.file:
        return {}
    return {
        "file": talk.file.name,
        "file_name": talk.file_name,
        "file_type": talk.file_type,
        "sha256": talk.sha256,
    }
