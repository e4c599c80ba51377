"""What confirming a reading would make, counted without writing anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from loa.core import clock
from loa.directory.models import Agency, AgencyGroup, Membership, User, in_force
from loa.directory.queries import members_of
from loa.documents.models import Proposal
from loa.plans.models import Plan
from loa.plans.queries.imports import BODY_LISTS, ReadingView, Unresolved

Kind = Proposal.Kind
MANAGERS = (Membership.Role.FOCAL_POINT, Membership.Role.HEAD)
Body = Agency | AgencyGroup


@dataclass(frozen=True, slots=True)
class Preview:
    """The figures of the confirmation page, and the bodies behind the largest of them."""

    tasks: int
    bodies: int  # agencies the plan names, groups expanded
    groups: int  # printed groups among them
    duties: int
    duty_bodies: int  # printed bodies and groups under which the duties stand
    rules: int
    topics: int
    forms: int
    targets: int
    occurrences: int
    assignments: int
    requests: int
    duty_assignments: int
    people: int
    expansions: tuple[tuple[AgencyGroup, int], ...]  # groups with how many bodies they mean, largest first
    silent: tuple[Agency, ...]  # bodies with work but nobody to tell
    undated: tuple[Proposal, ...]
    twin: Plan | None
    unresolved: tuple[Unresolved, ...]


def preview(view: ReadingView) -> Preview:
    tasks, duties = view.kept(Kind.TASK), view.kept(Kind.DUTY)
    members = _members(view)
    leads = [_agencies(view, members, row.data.get("lead") or []) for row in tasks]
    asked = [
        _agencies(view, members, row.data.get("coordinating") or []) - mine
        for row, mine in zip(tasks, leads, strict=True)
    ]
    duty_bodies = [_agencies(view, members, [row.data.get("agency") or ""]) for row in duties]
    working = set().union(*leads, *asked, *duty_bodies)
    told = _people_by_agency(working)
    return Preview(
        tasks=len(tasks),
        bodies=len(working | set().union(*_others(view, members, tasks))),
        groups=len({view.body(name)[1] for name, _is_lead in view.printed_names()} - {None}),
        duties=len(duties),
        duty_bodies=len({row.data.get("agency") for row in duties}),
        rules=len(view.kept(Kind.RULE)),
        topics=len(view.kept(Kind.TOPIC)),
        forms=len(view.kept(Kind.FORM)),
        targets=sum(len(row.data.get("targets") or []) for row in tasks),
        occurrences=sum(len(row.data.get("occurrences") or []) for row in tasks),
        assignments=sum(map(len, leads)),
        requests=sum(map(len, asked)),
        duty_assignments=sum(map(len, duty_bodies)),
        people=len(set().union(*told.values())),
        expansions=_expansions(view, members),
        silent=tuple(sorted((a for a in working if a.pk not in told), key=lambda a: a.sort_name)),
        undated=tuple(row for row in tasks if not row.data.get("due_on")),
        twin=view.twin(),
        unresolved=tuple(view.unresolved()),
    )


def _members(view: ReadingView) -> dict[int, list[Agency]]:
    groups = {view.body(name)[1] for name, _is_lead in view.printed_names()}
    return members_of([group for group in groups if group], view.day)


def _expansions(view: ReadingView, members: dict[int, list[Agency]]) -> tuple[tuple[AgencyGroup, int], ...]:
    groups = {view.body(name)[1] for name, _is_lead in view.printed_names()} - {None}
    counts = [(group, len(members[group.pk])) for group in groups if group]
    return tuple(sorted(counts, key=lambda pair: (-pair[1], pair[0].name)))


def _agencies(view: ReadingView, members: dict[int, list[Agency]], names: Iterable[str]) -> set[Agency]:
    found: set[Agency] = set()
    for agency, group in map(view.body, names):
        found |= {agency} if agency else set(members.get(group.pk, [])) if group else set()
    return found


def _others(
    view: ReadingView, members: dict[int, list[Agency]], tasks: list[Proposal]
) -> Iterator[set[Agency]]:
    """Bodies a task names in any role, the coordinating ones that also lead included."""
    for row in tasks:
        for key in BODY_LISTS:
            yield _agencies(view, members, row.data.get(key) or [])


def _people_by_agency(agencies: set[Agency]) -> dict[int, set[int]]:
    held = Membership.objects.filter(
        in_force(clock.today()),
        agency__in=agencies,
        role__in=MANAGERS,
        user__in=User.objects.filter(is_active=True),
    )
    found: dict[int, set[int]] = {}
    for agency_id, user_id in held.values_list("agency_id", "user_id"):
        found.setdefault(agency_id, set()).add(user_id)
    return found
