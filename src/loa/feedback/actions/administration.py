"""What the intake keeps: its desks, subjects, lawful grounds and the rules that say where a case goes."""

from __future__ import annotations

import json
from datetime import date
from importlib import resources
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from loa.core import clock, history
from loa.core.access import require
from loa.core.workflow import FlowError
from loa.directory.models import Agency, User
from loa.feedback.models import Denunciation, IntakeDesk, RefusalGround, RoutingRule, Subject
from loa.feedback.queries import desks_on


@transaction.atomic
def save_desk(desk: IntakeDesk, *, by: User, **fields: Any) -> IntakeDesk:
    """Set up or change a desk. A newly named officer reads the letters of the one before, who reads them no more."""
    require(by, "feedback.keep_desk", desk)
    before = IntakeDesk.objects.filter(pk=desk.pk).first()
    for name, value in fields.items():
        setattr(desk, name, value)
    officer = desk.denunciation_officer
    if officer is not None and (before is None or before.denunciation_officer_id != officer.pk):
        _require_reader(desk, officer, by=by)
    desk.save()
    if before and before.denunciation_officer_id and officer and before.denunciation_officer_id != officer.pk:
        letters = Denunciation.objects.filter(intake=desk.agency, officer=before.denunciation_officer_id)
        letters.update(officer=officer)
    history.record(desk, "intake_desk.save", by=by)
    return desk


def _require_reader(desk: IntakeDesk, officer: User, *, by: User) -> None:
    if officer.pk == by.pk:
        raise FlowError(
            _("Nobody may appoint themselves: ask the head or an administrator to name the officer.")
        )
    if not any(hat.agency.pk == desk.agency_id for hat in officer.hats):
        raise FlowError(_("%(person)s does not work in this agency.") % {"person": officer})


@transaction.atomic
def save_subject(subject: Subject, *, by: User, **fields: Any) -> Subject:
    require(by, "feedback.keep_intake")
    return _save(subject, "subject.save", fields, by=by)


@transaction.atomic
def save_ground(ground: RefusalGround, *, by: User, **fields: Any) -> RefusalGround:
    require(by, "feedback.keep_intake")
    return _save(ground, "refusal_ground.save", fields, by=by)


def _save(row: Any, verb: str, fields: dict[str, Any], *, by: User) -> Any:
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    history.record(row, verb, by=by)
    return row


@transaction.atomic
def save_routing_rule(rule: RoutingRule, *, by: User, **fields: Any) -> RoutingRule:
    """Add a rule at the end of its desk's order, or change one in its place."""
    require(by, "feedback.keep_intake")
    for name, value in fields.items():
        setattr(rule, name, value)
    if rule.agency is None and rule.place is None and not rule.kind and rule.subject is None:
        raise FlowError(
            _("Say which cases the rule is for or where it sends them: as it stands it does nothing.")
        )
    if rule.pk is None:
        last = RoutingRule.objects.filter(intake=rule.intake).order_by("-rank").first()
        rule.rank = last.rank + 1 if last else 1
    rule.save()
    history.record(rule, "routing_rule.save", by=by)
    return rule


@transaction.atomic
def move_routing_rule(rule: RoutingRule, *, up: bool, by: User) -> None:
    """One place up or down in the order; at the end of the list nothing happens."""
    require(by, "feedback.keep_intake")
    rows = list(RoutingRule.objects.filter(intake=rule.intake).select_for_update().order_by("rank", "pk"))
    place = next(index for index, row in enumerate(rows) if row.pk == rule.pk)
    target = place - 1 if up else place + 1
    if not 0 <= target < len(rows):
        return
    rows[place], rows[target] = rows[target], rows[place]
    for rank, row in enumerate(rows, start=1):
        row.rank = rank
    RoutingRule.objects.bulk_update(rows, ["rank"])
    history.record(rule, "routing_rule.move", by=by)


@transaction.atomic
def end_routing_rule(rule: RoutingRule, *, by: User) -> None:
    """A rule holds no more from today on; its row stays as the reason of what it has sent."""
    require(by, "feedback.keep_intake")
    yesterday = date.fromordinal(clock.today().toordinal() - 1)
    if rule.valid_from and rule.valid_from > yesterday:
        rule.valid_from = yesterday
    rule.valid_to = yesterday
    rule.save()
    history.record(rule, "routing_rule.end", by=by)


def desk_of(user: User) -> Agency:
    """The body whose rules this person keeps: the own one, an administrator the main desk's. Raises FlowError."""
    desks = list(desks_on(clock.today()))
    hat = user.hat
    own = [desk for desk in desks if hat and desk.agency_id == hat.agency.pk]
    if not (own or desks):
        raise FlowError(_("No agency receives cases yet. An administrator must name one first."))
    return (own or desks)[0].agency


def load_subjects() -> int:
    """Add the subjects that ship and are not there yet; one without an agency gets the shipped one, once it exists."""
    known = {row.code: row for row in Subject.objects.all()}
    agencies = {row.code: row for row in Agency.objects.filter(code__startswith="so-")}
    agencies |= {row.code: row for row in Agency.objects.filter(code__in=("cong-an", "vp-ubnd", "bql-kkt"))}
    added = 0
    for rank, row in enumerate(_shipped("subjects.json"), start=1):
        agency = agencies.get(row.pop("agency", ""))
        subject = known.get(row["code"])
        if subject is None:
            Subject.objects.create(**row, rank=rank * 10, agency=agency)
            added += 1
        elif subject.agency_id is None and agency is not None and not history.entries_of([subject]).exists():
            subject.agency = agency
            subject.save(update_fields=["agency"])
    return added


def load_grounds() -> int:
    """Add the grounds that ship and are not there yet; a code that somebody has changed stays theirs."""
    known = set(RefusalGround.objects.values_list("code", flat=True))
    rows = [
        RefusalGround(**{**row, "valid_from": date.fromisoformat(row["valid_from"])})
        for row in _shipped("refusal_grounds.json")
        if row["code"] not in known
    ]
    return len(RefusalGround.objects.bulk_create(rows, ignore_conflicts=True))


def _shipped(name: str) -> list[dict[str, Any]]:
    text = resources.files("loa.feedback").joinpath(f"data/{name}").read_text(encoding="utf-8")
    return list(json.loads(text))
