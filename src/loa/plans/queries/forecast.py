"""What confirming a reading will do, counted before anything exists."""

from __future__ import annotations

from dataclasses import dataclass

from loa.core import clock
from loa.directory.models import Agency, Membership, in_force
from loa.directory.queries import members_of
from loa.documents.models import Proposal
from loa.plans.models import PlanBody
from loa.plans.queries.imports import BODY_LISTS, ReadingView

MANAGERS = (Membership.Role.FOCAL_POINT, Membership.Role.HEAD)


@dataclass(frozen=True, slots=True)
class Expansion:
    """A printed group and how many bodies it means on the day of issue."""

    printed: str
    name: str
    count: int
    rows: int  # in how many places it is printed


@dataclass(frozen=True, slots=True)
class Forecast:
    tasks: int
    body_groups: int  # headings under which duties stand: "12 groups of bodies"
    duties: int
    rules: int
    topics: int
    forms: int
    assignments: int
    requests: int
    duty_assignments: int
    bodies: int
    people: int
    silent_leads: list[str]  # leads for whom nobody has an account yet
    undated: int
    expansions: list[Expansion]


def forecast(view: ReadingView) -> Forecast:
    """A fixed number of queries. The same expansion as `issue_plan`, on the same day."""
    expanded = _Expanded(view)
    tasks, duties = view.kept(Proposal.Kind.TASK), view.kept(Proposal.Kind.DUTY)
    leads = [expanded.of(row.data.get("lead") or []) for row in tasks]
    helpers = [expanded.of(row.data.get("coordinating") or []) for row in tasks]
    given = [expanded.of([row.data.get("agency") or ""]) for row in duties]
    others = [
        expanded.of(row.data.get(key) or [])
        for row in tasks
        for key, role in BODY_LISTS.items()
        if role in {PlanBody.Role.PERFORMING, PlanBody.Role.MONITORING}
    ]
    told = set().union(*leads, *helpers, *given)
    with_people = _people(told)
    return Forecast(
        tasks=len(tasks),
        body_groups=len({row.data.get("agency") for row in duties}),
        duties=len(duties),
        rules=len(view.kept(Proposal.Kind.RULE)),
        topics=len(view.kept(Proposal.Kind.TOPIC)),
        forms=len(view.kept(Proposal.Kind.FORM)),
        assignments=sum(map(len, leads)),
        requests=sum(len(helper - lead) for helper, lead in zip(helpers, leads, strict=True)),
        duty_assignments=sum(map(len, given)),
        bodies=len(told.union(*others)),
        people=len({user for users in with_people.values() for user in users}),
        silent_leads=sorted(agency.name for agency in set().union(*leads) if agency.pk not in with_people),
        undated=sum(not row.data.get("due_on") for row in tasks),
        expansions=expanded.groups(),
    )


class _Expanded:
    """Printed names as the set of bodies they mean."""

    def __init__(self, view: ReadingView) -> None:
        self._view = view
        groups = {code: group for code, group in view.groups.items() if code in _codes(view)}
        members = members_of(groups.values(), view.day)
        self._members = {group.pk: set(members[group.pk]) for group in groups.values()}

    def of(self, printed: list[str]) -> set[Agency]:
        found: set[Agency] = set()
        for name in printed:
            agency, group = self._view.body(name)
            if agency:
                found.add(agency)
            elif group:
                found |= self._members[group.pk]
        return found

    def groups(self) -> list[Expansion]:
        found = []
        for answer in self._view.name_answers.values():
            if group := self._view.groups.get(answer.code):
                count = len(self._members[group.pk])
                found.append(Expansion(answer.printed, group.name, count, answer.count))
        return sorted(found, key=lambda each: -each.count)


def _codes(view: ReadingView) -> set[str]:
    return {answer.code for answer in view.name_answers.values()}


def _people(agencies: set[Agency]) -> dict[int, set[int]]:
    """Who will be told: focal points and heads of today, by agency."""
    held = Membership.objects.filter(
        in_force(clock.today()), agency__in=agencies, role__in=MANAGERS, user__is_active=True
    )
    people: dict[int, set[int]] = {}
    for agency_id, user_id in held.values_list("agency_id", "user_id"):
        people.setdefault(agency_id, set()).add(user_id)
    return people
