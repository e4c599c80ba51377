"""The ladder climbed by the clock: one engine for every kind of matter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.urls import reverse

from loa.channels.actions.rules import load_reminder_rules
from loa.channels.actions.telling import Telling, notify_many
from loa.channels.models import Notice, Reminder, ReminderRule
from loa.channels.notices import Voice, body_of, subject_of
from loa.channels.queries import Matter, MatterSource, people_in, steps_reached, to_remind
from loa.core import clock
from loa.directory.models import User

BATCH_SIZE = 500  # matters reminded of in one transaction
FOLLOWERS = (ReminderRule.Receiver.COORDINATOR, ReminderRule.Receiver.LEADER)
ESCALATED_TO = (ReminderRule.Receiver.HEAD, *FOLLOWERS)


@dataclass(slots=True)
class Audience:
    """Whom a batch of matters is told to: each person once, with all that concerns them."""

    told: dict[int, list[str]] = field(default_factory=dict)  # place of the matter -> names
    # (person, whether as who follows it up) -> place -> matter
    lines: dict[tuple[int, bool], dict[int, Matter]] = field(default_factory=dict)
    people: dict[int, User] = field(default_factory=dict)

    def add(self, place: int, matter: Matter, receivers: Iterable[User], *, is_following: bool) -> None:
        names = self.told.setdefault(place, [])
        for person in receivers:
            if not person.is_active:
                continue
            self.people[person.pk] = person
            self.lines.setdefault((person.pk, is_following), {})[place] = matter
            if str(person) not in names:
                names.append(str(person))


def send_reminders(source: MatterSource, today: date) -> int:
    """Remind of every open matter whose newest reached step has not left for its due date. Returns how many.

    Safe to run twice and by several at once: the row of a step is unique, and its notices leave with it.
    """
    load_reminder_rules()
    return sum(
        _climb(source, reached.rule, rows, today)
        for reached in steps_reached(source, today)
        for rows in to_remind(source, reached)
    )


def _climb(source: MatterSource, rule: ReminderRule, rows: QuerySet, today: date) -> int:
    count = 0
    while batch := [source.matter(row) for row in rows[:BATCH_SIZE]]:
        try:
            _remind(source, batch, rule, today)
        except IntegrityError:  # another clock is at the same step: what it leaves is taken next time
            break
        count += len(batch)
        if len(batch) < BATCH_SIZE:
            break
    return count


@transaction.atomic
def _remind(source: MatterSource, matters: list[Matter], rule: ReminderRule, today: date) -> None:
    audience = _audience(matters, rule, today)
    kind = ContentType.objects.get_for_model(matters[0].obj)
    now = clock.now()
    rows = Reminder.objects.bulk_create(
        Reminder(
            content_type=kind,
            object_id=matter.obj.pk,
            kind=matter.kind,
            agency=matter.agency,
            rule=rule,
            offset=rule.offset,
            due_on=matter.due_on,
            channel=Reminder.Channel.AUTO,
            on=today,
            at=now,
            told=audience.told.get(place, []),
            receivers_count=len(audience.told.get(place, [])),
        )
        for place, matter in enumerate(matters)
    )
    notify_many(tellings(audience, source, rule, today, key=f"reminder:{rows[0].pk}"))


def _audience(matters: list[Matter], rule: ReminderRule, today: date) -> Audience:
    ids = {key for matter in matters for key in (matter.agency.pk, matter.asker_id, matter.leader_id) if key}
    people = people_in(ids, today)
    officers = _officers(matters, rule)
    audience = Audience()
    for place, matter in enumerate(matters):
        audience.told[place] = []
        for role in rule.receivers:
            found = _holders(role, matter, people, officers)
            audience.add(place, matter, found, is_following=role in FOLLOWERS)
    return audience


def _officers(matters: list[Matter], rule: ReminderRule) -> dict[int, User]:
    if ReminderRule.Receiver.OFFICER not in rule.receivers:
        return {}
    return officers_in_charge(matters)


def officers_in_charge(matters: list[Matter]) -> dict[int, User]:
    return User.objects.in_bulk({matter.officer_id for matter in matters if matter.officer_id})


def _holders(
    role: str, matter: Matter, people: dict[tuple[int, str], list[User]], officers: dict[int, User]
) -> list[User]:
    if role == ReminderRule.Receiver.OFFICER:
        officer = officers.get(matter.officer_id or 0)
        return [officer] if officer else []
    if role == ReminderRule.Receiver.COORDINATOR:
        asker = matter.asker_id or 0
        return [*people.get((asker, "focal_point"), []), *people.get((asker, "head"), [])]
    if role == ReminderRule.Receiver.LEADER:
        return people.get((matter.leader_id or 0, "leader"), [])
    return people.get((matter.agency.pk, role), [])


def tellings(
    audience: Audience,
    source: MatterSource,
    rule: ReminderRule | None,
    today: date,
    *,
    key: str,
    asker: str = "",
) -> list[Telling]:
    """What each person is told: one notice for all matters of the step, however many."""
    is_asking = rule.tone == ReminderRule.Tone.ASK if rule else True
    found = []
    for (person_id, is_following), lines in audience.lines.items():
        matters = list(lines.values())
        voice = Voice(today, is_asking=is_asking, is_following=is_following, asker=asker)
        is_late = bool(rule and rule.offset > 0 and set(rule.receivers) & set(ESCALATED_TO))
        found.append(
            Telling(
                [audience.people[person_id]],
                f"{key}:{'f' if is_following else 'o'}",
                subject_of(matters, voice),
                body_of(matters, voice),
                _address(matters, source, is_following=is_following),
                Notice.Kind.ESCALATION if is_late else Notice.Kind.REMINDER,
            )
        )
    return found


def _address(matters: list[Matter], source: MatterSource, *, is_following: bool) -> str:
    if len(matters) == 1:
        return matters[0].url
    if is_following or source.list_url is None:
        return reverse("channels:overdue_of_kind", args=[source.kind])
    return source.list_url()
