from datetime import timedelta
from itertools import count

from loa.core import clock
from loa.events import tickets
from loa.events.models import Event, Invitation, Registration

_serial = count(1)
HOUR = timedelta(hours=1)


def make_event(agency, by, *, state="announced", kind="training", starts_at=None, **fields):
    """One that begins in three days and lasts two hours; announced unless said otherwise."""
    now = clock.now()
    starts_at = starts_at or now + timedelta(days=3)
    if state not in ("draft", "returned", "with_head", "approved"):
        fields.setdefault("announced_at", now)
    fields.setdefault("title", f"Tập huấn số {next(_serial)}")
    fields.setdefault("ends_at", starts_at + 2 * HOUR)
    return Event.objects.create(
        agency=agency,
        state=state,
        kind=kind,
        starts_at=starts_at,
        created_by=by,
        changed_by=by,
        created_at=now,
        changed_at=now,
        **fields,
    )


def make_invitation(event, agency, *, state="sent", quota=2, **fields):
    return Invitation.objects.create(
        event=event, agency=agency, state=state, quota=quota, sent_at=clock.now(), **fields
    )


def make_registration(event, *, name="", origin="public", state="going", **fields):
    return Registration.objects.create(
        event=event,
        name=name or f"Người dự {next(_serial)}",
        origin=origin,
        state=state,
        code=fields.pop("code", "") or tickets.new_code(),
        created_at=fields.pop("created_at", clock.now()),
        **fields,
    )
