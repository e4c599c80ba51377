"""The way of a gathering: approved by another, announced, held, concluded; put off or called off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from loa.core import clock, history, legal
from loa.core.access import permits
from loa.core.counted_days import Moving, count_day, remember_count
from loa.core.deadlines import CalendarRangeError
from loa.core.models import Entry
from loa.core.workflow import FlowError, StaleError
from loa.directory.models import User
from loa.events import notices
from loa.events.actions.invitations import send_invitation
from loa.events.actions.letters import LED_TO, tell_registered_later
from loa.events.models import Event
from loa.events.states import EVENT
from loa.plans.actions import hold_occurrence, postpone_occurrence, record_deliverable, withdraw_deliverable
from loa.plans.models import Deliverable


@transaction.atomic
def take_event_step(
    event: Event,
    step: str,
    *,
    note: str = "",
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    by: User,
) -> Entry:
    """The action behind a step's button. `starts_at` and `ends_at` are the new time where one is set."""
    before = {"end": _ready_to_end, "open": _ready_to_open, "conclude": _ready_to_conclude}.get(step)
    if before and event.state in EVENT.by_name[step].sources:
        before(event)
    changes = _changes(event, step, note, by)
    if step == "set_anew":
        changes = _new_time(event, starts_at, ends_at)
    entry = EVENT.take(event, step, by=by, note=note, **changes)
    after: Callable[[Event, Entry, User], None] | None = {
        "announce": _tell_guests,
        "end": _count_conclusion,
        "conclude": _record,
        "take_up": _take_back,
        "postpone": _put_off_occurrence,
    }.get(step)
    if after:
        after(event, entry, by)
    notices.event_moved(event, entry)
    if entry.action in LED_TO and event.announced_at:
        tell_registered_later(entry)
    return entry


def _changes(event: Event, step: str, note: str, by: User) -> dict[str, Any]:
    """What a step sets besides the state."""
    now = clock.now()
    changes: dict[str, dict[str, Any]] = {
        "hand_in": {"handed_in_by": by},
        "announce": {"announced_at": now},
        "open": {"began_at": now},
        "end": {"began_at": event.began_at or event.starts_at, "ended_at": now},
        "postpone": {"reason": note, "planned_at": event.planned_at or event.starts_at},
        "cancel": {"reason": note},
    }
    return changes.get(step, {})


def _new_time(event: Event, starts_at: datetime | None, ends_at: datetime | None) -> dict[str, Any]:
    """The programme and the windows move with it."""
    if starts_at is None or ends_at is None:
        raise FlowError(_("Say when it is to be."))
    if ends_at <= starts_at:
        raise FlowError(_("It ends before it begins."))
    if starts_at <= clock.now():
        raise FlowError(_("The new time has passed already."))
    moved = starts_at - event.starts_at
    for line in event.sessions.all():
        line.starts_at += moved
        line.save(update_fields=["starts_at"])
    changes: dict[str, Any] = {"starts_at": starts_at, "ends_at": ends_at, "reason": ""}
    if event.registration_closes_at:
        changes["registration_closes_at"] = min(event.registration_closes_at + moved, ends_at)
    return changes


def _ready_to_open(event: Event) -> None:
    if clock.day_of(event.starts_at) > clock.today():
        raise FlowError(_("The day has not come yet."))


def _ready_to_end(event: Event) -> None:
    _ready_to_open(event)
    if event.state == "announced" and event.is_dialogue:
        raise FlowError(_("A dialogue is opened before it ends: questions are taken until then."))
    if event.state == "announced" and event.starts_at > clock.now():
        raise FlowError(_("It has not begun yet."))


def _ready_to_conclude(event: Event) -> None:
    if event.needs_conclusion and not event.papers.filter(kind="conclusion", state="issued").exists():
        raise FlowError(_("Its conclusion is not issued yet."))
    unknown = event.registrations.filter(state="going", attendance__isnull=True).count()
    if unknown:
        raise FlowError(_("Attendance has not been recorded for %(n)d of those expected.") % {"n": unknown})


def _tell_guests(event: Event, entry: Entry, by: User) -> None:
    for invitation in event.invitations.filter(state="draft").select_related(
        "event__agency", "agency", "network"
    ):
        send_invitation(invitation, by=by)
    for place in event.panel.select_related("event__agency", "agency"):
        notices.tell_panel(place, entry)


def _count_conclusion(event: Event, _entry: Entry, by: User) -> None:
    """By when it is concluded: so many working days after it ended, as the dated row says."""
    if event.needs_conclusion:
        start = clock.day_of(event.ended_at)
        rule = legal.rule_on("event.conclusion", start)
        try:
            due = count_day(start, working_days=rule["working_days"])
        except CalendarRangeError:
            return
        Event.objects.filter(pk=event.pk).update(conclusion_due_on=due)
        event.conclusion_due_on = due
        remember_count(
            event,
            due_on=due,
            start_on=start,
            working_days=rule["working_days"],
            legal_basis=rule.legal_basis,
            field="conclusion_due_on",
        )
    occurrence = event.occurrence
    if occurrence and occurrence.state in ("planned", "postponed") and _may_manage(occurrence, by):
        hold_occurrence(occurrence, on=clock.day_of(event.began_at), by=by)


def _may_manage(occurrence: Any, by: User) -> bool:
    return permits(by, "plans.manage_occurrence", occurrence)


def _put_off_occurrence(event: Event, entry: Entry, by: User) -> None:
    occurrence = event.occurrence
    if occurrence and occurrence.state == "planned" and _may_manage(occurrence, by):
        postpone_occurrence(occurrence, note=entry.note, by=by)


def _record(event: Event, _entry: Entry, by: User) -> None:
    """It counts for the work of the plan once it is held and concluded."""
    if event.work is None or event.work.plan.state != "issued":  # a plan that is closed counts nothing more
        return
    record_deliverable(
        event.work,
        agency=event.work.agency,
        kind="event",
        title=event.title,
        on=clock.day_of(event.began_at or event.starts_at),
        source=event.source,
        occurrence=event.occurrence,
        by=by,
    )


def _take_back(event: Event, entry: Entry, by: User) -> None:
    if Deliverable.objects.filter(source=event.source).exists():
        withdraw_deliverable(event.source, note=entry.note, by=by, is_asked=True)


@transaction.atomic
def move_conclusion_due(event: Event, *, due_on: date, reason: str, by: User) -> Moving:
    """A changed calendar moves the last day for the conclusion; who keeps the event is told."""
    rows = Event.objects.filter(pk=event.pk, state="ended", conclusion_due_on=event.conclusion_due_on)
    if rows.update(conclusion_due_on=due_on) != 1:
        raise StaleError(_("Somebody else has just changed this. Reload the page to see it."))
    data = {"from": str(event.conclusion_due_on), "to": str(due_on)}
    entry = history.record(event, "event.move_due", by=by, note=reason, data=data)
    event.conclusion_due_on = due_on
    told = notices.due_moved(event, entry)
    return Moving(label=event.title, whose=str(event.agency), url=event.get_absolute_url(), told=told)
