"""What a person does with proposals before the plan is confirmed: correct, check, drop, merge, split, add.

Every act is history of the reading, and of two people who act on one proposal the second is told.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from loa.core import history
from loa.core.workflow import FlowError
from loa.directory.models import User
from loa.documents.actions import change_proposal, lock_reading
from loa.documents.models import Proposal, Reading
from loa.plans.queries.cards import cut_points, label_of, text_key
from loa.plans.queries.imports import BODY_LISTS

Json = dict[str, Any]
Kind = Proposal.Kind
ADDED_BY_HAND = (Kind.TASK, Kind.DUTY, Kind.RULE, Kind.TOPIC, Kind.FORM, Kind.BASIS)
_LISTS = (*BODY_LISTS, "targets", "occurrences", "details")
_FIRST_KNOWN = ("group", "due_text", "starts_on", "due_on", "recurrence", "month_day", "to", "who", "no")
_JOINED = ("product", "note")


@transaction.atomic
def correct_proposal(proposal: Proposal, *, version: int, data: Json, by: User) -> Proposal:
    """What a person wrote replaces what was read; who wrote it has looked at it."""
    said = {**proposal.data, **data}
    change_proposal(proposal, version=version, by=by, data=said, is_checked=True)
    fields = sorted(key for key in said if said[key] != proposal.found.get(key))
    _record(proposal, "correct", by, fields=fields)
    return proposal


@transaction.atomic
def check_proposal(proposal: Proposal, *, version: int, is_checked: bool, by: User) -> Proposal:
    change_proposal(proposal, version=version, by=by, is_checked=is_checked)
    _record(proposal, "check" if is_checked else "uncheck", by)
    return proposal


@transaction.atomic
def drop_proposal(proposal: Proposal, *, version: int, is_dropped: bool, by: User) -> Proposal:
    """A dropped proposal stays in its place, crossed out, and can be brought back."""
    if proposal.kind == Kind.HEADER:
        raise FlowError(_("The header cannot be dropped."))
    change_proposal(proposal, version=version, by=by, is_dropped=is_dropped)
    _record(proposal, "drop_proposal" if is_dropped else "restore_proposal", by)
    return proposal


def next_of(proposal: Proposal) -> Proposal | None:
    """The next proposal of its kind that is kept."""
    rows = Proposal.objects.filter(reading=proposal.reading, kind=proposal.kind, is_dropped=False)
    return rows.filter(position__gt=proposal.position).order_by("position", "pk").first()


@transaction.atomic
def merge_proposals(first: Proposal, second: Proposal, *, version: int, by: User) -> Proposal:
    """Two neighbours become the first: texts joined, agencies united; the second is crossed out."""
    lock_reading(first.reading, by=by)
    if second.reading_id != first.reading_id or second.kind != first.kind or next_of(first) != second:
        raise FlowError(_("Only two neighbours of one kind can be merged."))
    if first.kind in {Kind.HEADER, Kind.BASIS}:
        raise FlowError(_("These cannot be merged."))
    if first.kind == Kind.DUTY and first.data.get("agency") != second.data.get("agency"):
        raise FlowError(_("The two duties belong to different bodies."))
    change_proposal(
        first,
        version=version,
        by=by,
        data=united(first, second),
        source=_whole_place(first, second),
        is_checked=True,
    )
    change_proposal(second, version=second.version, by=by, is_dropped=True)
    _record(first, "merge", by, other=label_of(second))
    return first


def united(first: Proposal, second: Proposal) -> Json:
    """What the first would say after a merge."""
    one, two = first.data, second.data
    key = text_key(first.kind)
    data = {**one, key: "\n".join(filter(None, (one.get(key), two.get(key))))}
    for name in _LISTS:
        if name in one or name in two:
            mine = one.get(name) or []
            data[name] = [*mine, *(item for item in two.get(name) or [] if item not in mine)]
    for name in _FIRST_KNOWN:
        if name in two and not one.get(name):
            data[name] = two[name]
    for name in _JOINED:
        texts = list(dict.fromkeys(filter(None, (one.get(name), two.get(name)))))
        if texts:
            data[name] = "\n".join(texts)
    return data


def _whole_place(first: Proposal, second: Proposal) -> Json:
    """From the beginning of the first to the end of the second, where they stand near each other."""
    one, two = first.source, second.source
    if not isinstance(one.get("start"), int) or not isinstance(two.get("end"), int):
        return one or two
    return {**one, "start": min(one["start"], two["start"]), "end": max(one["end"], two["end"])}


@transaction.atomic
def split_proposal(proposal: Proposal, *, at: int, version: int, by: User) -> Proposal:
    """The text from `at` on becomes a proposal of its own, right after. Returns the new one."""
    reading = lock_reading(proposal.reading, by=by)
    key = text_key(proposal.kind)
    if at not in [offset for offset, _words in cut_points(proposal)] or proposal.kind == Kind.HEADER:
        raise FlowError(_("The text cannot be split there."))
    text = proposal.data[key]
    head, tail = text[:at].strip(), text[at:].strip()
    mine, theirs = _shared_targets(proposal.data, tail)
    before, after = _cut_place(proposal.source, reading.text, tail)
    Proposal.objects.filter(reading=reading, kind=proposal.kind, position__gt=proposal.position).update(
        position=F("position") + 1
    )
    new = Proposal.objects.create(
        reading=reading,
        kind=proposal.kind,
        position=proposal.position + 1,
        found={},
        data={**proposal.data, key: tail, **theirs},
        source=after,
        confidence=proposal.confidence,
        is_checked=True,
    )
    change_proposal(
        proposal,
        version=version,
        by=by,
        data={**proposal.data, key: head, **mine},
        source=before,
        is_checked=True,
    )
    _record(proposal, "split", by)
    return new


def _shared_targets(data: Json, tail: str) -> tuple[Json, Json]:
    """A target goes with the part that speaks of it; occurrences and the number stay with the first."""
    targets = data.get("targets")
    if targets is None:
        return {}, {}
    gone = [item for item in targets if item["unit"] in tail]
    return (
        {"targets": [item for item in targets if item not in gone]},
        {"targets": gone, "occurrences": []},
    )


def _cut_place(source: Json, text: str, tail: str) -> tuple[Json, Json]:
    start, end = source.get("start"), source.get("end")
    if not isinstance(start, int) or not isinstance(end, int):
        return source, source
    at = text.find(tail[:60], start, end)
    if at <= start:
        return source, source
    return {**source, "end": at}, {**source, "start": at}


@transaction.atomic
def add_proposal(reading: Reading, *, kind: str, data: Json, by: User) -> Proposal:
    """Something the reader did not see, written by hand at the end of its list."""
    row = lock_reading(reading, by=by)
    if kind not in ADDED_BY_HAND:
        raise FlowError(_("This cannot be added."))
    last = row.proposals.filter(kind=kind).aggregate(last=Max("position"))["last"]
    new = Proposal.objects.create(
        reading=row,
        kind=kind,
        position=0 if last is None else last + 1,
        found={},
        data=data,
        is_checked=True,
    )
    _record(new, "add_proposal", by)
    return new


def _record(proposal: Proposal, verb: str, by: User, **data: Any) -> None:
    history.record(
        proposal.reading,
        f"reading.{verb}",
        by=by,
        note=label_of(proposal),
        data={"proposal": proposal.pk, **data},
    )
