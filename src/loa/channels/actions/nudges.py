"""Reminding by hand: with one click through notices, or a call or message that is written down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loa.channels.actions.reminders import Audience, officers_in_charge, tellings
from loa.channels.actions.telling import notify_many
from loa.channels.models import Reminder
from loa.channels.queries import Matter, people_in, reminders_of, source_called
from loa.core import clock
from loa.core.access import require
from loa.core.workflow import FlowError, StaleError

if TYPE_CHECKING:
    from loa.directory.models import User

BY_HAND = (Reminder.Channel.PHONE, Reminder.Channel.ZALO, Reminder.Channel.PAPER, Reminder.Channel.OTHER)


@dataclass(frozen=True, slots=True)
class Nudged:
    """What came of one click: bodies told now, told earlier today, and those in which nobody can be told."""

    told: int = 0
    again: int = 0
    nobody: int = 0

    @property
    def sentences(self) -> list[tuple[str, str]]:
        """What to say of it: (level of the message, words)."""
        return [(level, words) for level, count, words in self._counted() if count]

    def _counted(self) -> Iterator[tuple[str, int, str]]:
        words = ngettext("%(n)d body was reminded.", "%(n)d bodies were reminded.", self.told)
        yield "success", self.told, words % {"n": self.told}
        words = ngettext(
            "%(n)d was already reminded today and is not reminded again.",
            "%(n)d were already reminded today and are not reminded again.",
            self.again,
        )
        yield "info", self.again, words % {"n": self.again}
        words = ngettext(
            "In %(n)d body nobody can be told: it has no focal point and no head with an account.",
            "In %(n)d bodies nobody can be told: they have no focal point and no head with an account.",
            self.nobody,
        )
        yield "warning", self.nobody, words % {"n": self.nobody}


def nudge(matters: Sequence[Matter], *, by: User) -> Nudged:
    """Remind the owing agencies of some matters of one kind; a matter is nudged once a day.

    Raises PermissionDenied, and StaleError where somebody else has just done the same.
    """
    for matter in matters:
        require(by, "channels.remind", matter)
    if not matters:
        return Nudged()
    kind = ContentType.objects.get_for_model(matters[0].obj)
    today = clock.today()
    done = Reminder.objects.filter(
        content_type=kind,
        object_id__in=[matter.obj.pk for matter in matters],
        kind=matters[0].kind,
        channel=Reminder.Channel.NUDGE,
        on=today,
    )
    known = set(done.values_list("object_id", flat=True))
    new = [matter for matter in matters if matter.obj.pk not in known]
    audience = _audience(new)
    reached = [place for place in range(len(new)) if audience.told[place]]
    try:
        _write_down(kind, new, reached, audience, by)
    except IntegrityError as error:
        raise StaleError(_("Somebody else has just reminded them.")) from error
    return Nudged(len(reached), len(known), len(new) - len(reached))


@transaction.atomic
def _write_down(
    kind: ContentType, matters: list[Matter], reached: list[int], audience: Audience, by: User
) -> None:
    if not reached:
        return
    today, now = clock.today(), clock.now()
    rows = Reminder.objects.bulk_create(
        Reminder(
            content_type=kind,
            object_id=matters[place].obj.pk,
            kind=matters[place].kind,
            agency=matters[place].agency,
            due_on=matters[place].due_on,
            channel=Reminder.Channel.NUDGE,
            on=today,
            at=now,
            by=by,
            told=audience.told[place],
            receivers_count=len(audience.told[place]),
        )
        for place in reached
    )
    source = source_called(matters[0].kind)
    asker = by.hat.agency.name if by.hat else str(by)
    if source:
        notify_many(tellings(audience, source, None, today, key=f"nudge:{rows[0].pk}", asker=asker))


def _audience(matters: list[Matter]) -> Audience:
    """Officer in charge and focal points; the head where there is neither."""
    people = people_in({matter.agency.pk for matter in matters}, clock.today())
    officers = officers_in_charge(matters)
    audience = Audience()
    for place, matter in enumerate(matters):
        officer = officers.get(matter.officer_id or 0)
        found = [*([officer] if officer else []), *people.get((matter.agency.pk, "focal_point"), [])]
        found = found or people.get((matter.agency.pk, "head"), [])
        audience.add(place, matter, found, is_following=False)
    return audience


@transaction.atomic
def record_reminder(matter: Matter, *, channel: str, whom: str, note: str = "", by: User) -> Reminder:
    """A call or a message that somebody made elsewhere. Sent twice by mistake, it is written down once."""
    require(by, "channels.remind", matter)
    if channel not in BY_HAND:
        raise FlowError(_("Say how they were reminded."))
    if not whom.strip():
        raise FlowError(_("Say who was reminded."))
    today = clock.today()
    same = reminders_of(matter.obj).filter(
        kind=matter.kind, channel=channel, on=today, by=by, note=note.strip(), told=[whom.strip()]
    )
    return same.first() or Reminder.objects.create(
        content_type=ContentType.objects.get_for_model(matter.obj),
        object_id=matter.obj.pk,
        kind=matter.kind,
        agency=matter.agency,
        due_on=matter.due_on,
        channel=channel,
        on=today,
        at=clock.now(),
        by=by,
        note=note.strip(),
        told=[whom.strip()],
        receivers_count=1,
    )
