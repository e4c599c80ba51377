"""Preparing a decision that reorganises bodies: its paper's data, its acts, who gets which work, where people go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from loa.core import clock, history
from loa.core.access import require
from loa.core.workflow import FlowError
from loa.directory.actions.agencies import add_agency
from loa.directory.models import Agency, Membership, Reorganisation, ReorganisationDecision, User
from loa.directory.queries import places_of_people
from loa.directory.states import DECISION

MANAGE = "directory.manage_directory"
SHARED = ("task", "duty", "plan", "topic", "form")


@transaction.atomic
def prepare_decision(*, by: User, **fields: Any) -> ReorganisationDecision:
    """`fields` are those of the decision: number, subject, on, issued_on, issuer_name, legal_basis, note."""
    require(by, MANAGE)
    decision = ReorganisationDecision.objects.create(**fields, created_by=by, created_at=clock.now())
    history.record(decision, "decision.prepare", by=by)
    return decision


@transaction.atomic
def edit_decision(decision: ReorganisationDecision, *, by: User, **fields: Any) -> ReorganisationDecision:
    """Its acts and the bodies it makes follow the day."""
    _touch(decision, by=by)
    for key, value in fields.items():
        setattr(decision, key, value)
    decision.save(update_fields=[*fields])
    decision.acts.filter(is_proven=False).update(on=decision.on, decision=_printed(decision))
    history.record(decision, "decision.edit", by=by)
    return decision


@transaction.atomic
def add_act(
    decision: ReorganisationDecision,
    *,
    kind: str,
    predecessors: Iterable[Agency],
    successors: Iterable[Agency] = (),
    default_successor: Agency | None = None,
    new_name: str = "",
    note: str = "",
    by: User,
) -> Reorganisation:
    """One act of the decision. Raises FlowError where it makes no sense."""
    _touch(decision, by=by)
    act = Reorganisation(
        decided_by=decision,
        on=decision.on,
        decision=_printed(decision),
        position=decision.acts.count() + 1,
        is_proven=False,
    )
    _fill(
        act,
        kind=kind,
        before=list(predecessors),
        after=list(successors),
        default=default_successor,
        new_name=new_name,
        note=note,
    )
    history.record(decision, "decision.add_act", by=by, data=_told(act))
    return act


@transaction.atomic
def edit_act(
    act: Reorganisation,
    *,
    kind: str,
    predecessors: Iterable[Agency],
    successors: Iterable[Agency] = (),
    default_successor: Agency | None = None,
    new_name: str = "",
    note: str = "",
    by: User,
) -> Reorganisation:
    """What was said of work and people that has no longer a successor here is forgotten."""
    _touch(_decision_of(act), by=by)
    _fill(
        act,
        kind=kind,
        before=list(predecessors),
        after=list(successors),
        default=default_successor,
        new_name=new_name,
        note=note,
    )
    codes = {heir.code for heir in act.successors.all()}
    shares = {
        noun: {key: code for key, code in chosen.items() if code in codes}
        for noun, chosen in act.shares.items()
    }
    people = {key: told for key, told in act.people.items() if told["agency"] in {*codes, ""}}
    Reorganisation.objects.filter(pk=act.pk).update(shares=shares, people=people)
    act.shares, act.people = shares, people
    history.record(_decision_of(act), "decision.edit_act", by=by, data=_told(act))
    return act


@transaction.atomic
def remove_act(act: Reorganisation, *, by: User) -> None:
    """A fact that the directory knew before stays in it, outside this decision."""
    decision = _decision_of(act)
    _touch(decision, by=by)
    history.record(decision, "decision.remove_act", by=by, data=_told(act))
    if act.is_proven:
        Reorganisation.objects.filter(pk=act.pk).update(decided_by=None)
    else:
        act.delete()


@transaction.atomic
def add_new_body(decision: ReorganisationDecision, *, by: User, **fields: Any) -> Agency:
    """A body that the decision makes: it exists from its day. `fields`: code, name, kind, level, parent, …"""
    _touch(decision, by=by)
    agency = add_agency(**fields, valid_from=decision.on, legal_basis=_printed(decision)[:300], by=by)
    history.record(decision, "decision.add_body", by=by, data={"agency": agency.code})
    return agency


@transaction.atomic
def share_work(act: Reorganisation, *, shares: Mapping[str, Mapping[str, str]], by: User) -> Reorganisation:
    """Which work goes to whom: {"task": {"12": code}, "topic": …}; what is not named goes to the default successor.

    Raises FlowError for a successor that is none.
    """
    _touch(_decision_of(act), by=by)
    codes = {heir.code for heir in act.successors.all()}
    kept = {noun: {str(key): code for key, code in shares.get(noun, {}).items() if code} for noun in SHARED}
    if {code for chosen in kept.values() for code in chosen.values()} - codes:
        raise FlowError(_("Work can only go to a successor of this act."))
    act.shares = {noun: chosen for noun, chosen in kept.items() if chosen}
    act.save(update_fields=["shares"])
    history.record(_decision_of(act), "decision.share", by=by, data={"act": act.pk, "shares": act.shares})
    return act


@transaction.atomic
def move_people(
    act: Reorganisation, *, people: Mapping[int, tuple[Agency | None, str]], by: User
) -> Reorganisation:
    """Where each membership of the predecessors leads: membership -> (agency or None to end it, role)."""
    _touch(_decision_of(act), by=by)
    known = {place.pk: place.code for place in places_of_people(act)}
    told: dict[str, dict[str, str]] = {}
    for key, (agency, role) in people.items():
        if agency is not None and agency.pk not in known:
            raise FlowError(_("People can only go to a successor of this act."))
        if role not in Membership.Role.values:
            raise FlowError(_("Choose one of the listed roles."))
        told[str(key)] = {"agency": agency.code if agency else "", "role": role}
    act.people = told
    act.save(update_fields=["people"])
    history.record(_decision_of(act), "decision.move_people", by=by, data={"act": act.pk, "count": len(told)})
    return act


@transaction.atomic
def schedule_decision(decision: ReorganisationDecision, *, by: User) -> None:
    """Let its day apply it. Raises FlowError where it was not rehearsed as it stands or its day has come."""
    require_rehearsed(decision)
    if decision.on <= clock.today():
        raise FlowError(_("Its day has come: apply it."))
    DECISION.take(decision, "schedule", by=by, problem="")


def take_back_decision(decision: ReorganisationDecision, *, by: User) -> None:
    DECISION.take(decision, "take_back", by=by, problem="")


@transaction.atomic
def drop_decision(decision: ReorganisationDecision, *, note: str, by: User) -> None:
    """Nothing of it happens. What it prepared is forgotten; facts known before stay."""
    DECISION.take(decision, "drop", by=by, note=note)
    decision.acts.filter(is_proven=False).delete()
    decision.acts.update(decided_by=None)


def require_rehearsed(decision: ReorganisationDecision) -> None:
    if not decision.acts.exists():
        raise FlowError(_("The decision has no act yet."))
    if not decision.is_rehearsed:
        raise FlowError(_("Make a dry run first: it has not shown what is prepared now."))


def _touch(decision: ReorganisationDecision, *, by: User) -> None:
    """What is prepared changes: only while it is being prepared; the last dry run no longer shows it."""
    require(by, MANAGE)
    rows = ReorganisationDecision.objects.filter(pk=decision.pk, state="draft")
    if rows.update(version=F("version") + 1) != 1:
        raise FlowError(_("The decision is no longer being prepared."))
    decision.version += 1


def _decision_of(act: Reorganisation) -> ReorganisationDecision:
    if act.decided_by is None:
        raise FlowError(_("This fact belongs to no decision that is being prepared."))
    return act.decided_by


def _printed(decision: ReorganisationDecision) -> str:
    day: date | None = decision.issued_on
    return f"{decision.number} ngày {day:%d/%m/%Y}" if day else decision.number


def _fill(
    act: Reorganisation,
    *,
    kind: str,
    before: list[Agency],
    after: list[Agency],
    default: Agency | None,
    new_name: str,
    note: str,
) -> None:
    _check(kind, before, after, default, new_name)
    act.kind, act.new_name, act.note = kind, new_name if kind == Reorganisation.Kind.RENAME else "", note
    act.default_successor = default
    act.save()
    act.predecessors.set(before)
    act.successors.set(after)


def _check(
    kind: str, before: list[Agency], after: list[Agency], default: Agency | None, new_name: str
) -> None:
    kinds = Reorganisation.Kind
    if not before:
        raise FlowError(_("Say which body it is about."))
    if kind == kinds.RENAME and not new_name and len(after) != 1:
        raise FlowError(_("Give the new name, or the one body that takes the place of the old one."))
    if kind == kinds.RENAME and len(before) != 1:
        raise FlowError(_("One body is renamed at a time."))
    if kind in {kinds.MERGE, kinds.SPLIT, kinds.TRANSFER} and not after:
        raise FlowError(_("Name at least one successor, or choose “Abolish”."))
    if kind == kinds.SPLIT and len(after) < 2:
        raise FlowError(_("A split has at least two successors; with one it is a merge."))
    if kind == kinds.ABOLISH and after:
        raise FlowError(_("An abolished body has no successor; with one it is a merge."))
    if kind == kinds.TRANSFER and {body.pk for body in before} & {body.pk for body in after}:
        raise FlowError(_("A function is passed to another body."))
    if default is not None and default.pk not in {heir.pk for heir in after}:
        raise FlowError(_("The default successor is one of the successors."))


def _told(act: Reorganisation) -> dict[str, Any]:
    return {
        "kind": act.kind,
        "before": [body.code for body in act.predecessors.all()],
        "after": [body.code for body in act.successors.all()],
    }
