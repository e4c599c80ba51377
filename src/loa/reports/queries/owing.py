"""Who owes a report, as of a day: groups are expanded to their members of that day, and a body that is no more
leaves its place to the ones that took over.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from loa.directory.models import Agency, AgencyGroup, GroupMember, Reorganisation, in_force
from loa.plans.models import Assignment, DutyAssignment, Plan, PlanBody
from loa.reports.models import StandingRule


def owing_agency_ids(
    plan: Plan,
    on: date | None = None,
    *,
    groups: Iterable[AgencyGroup] = (),
    agencies: Iterable[Agency] = (),
) -> set[int]:
    """The named groups and bodies; where none is named every body with work in the plan, and the coordinator.

    Without a day nobody is replaced.
    """
    group_ids, named = [group.pk for group in groups], {agency.pk for agency in agencies}
    if group_ids:
        members = GroupMember.objects.filter(group__in=group_ids)
        named |= set((members.filter(in_force(on)) if on else members).values_list("agency", flat=True))
    owing = named if group_ids or named else agency_ids_with_work(plan)
    return present_on(owing, on) if on else owing


def agency_ids_with_work(plan: Plan) -> set[int]:
    """Every body that has or had work in the plan, and the coordinator."""
    named = PlanBody.objects.filter(plan=plan, role__in=(PlanBody.Role.LEAD, PlanBody.Role.DUTY))
    leads = Assignment.objects.filter(plan=plan)
    duties = DutyAssignment.objects.filter(plan=plan)
    owing = {plan.coordinator_id}
    for rows in (named, leads, duties):
        owing.update(rows.values_list("agency", flat=True))
    return owing


def present_on(agency_ids: Iterable[int], day: date) -> set[int]:
    """The bodies of these that exist on a day; for the others their proven successors, through several changes."""
    return set().union(*heirs_on(agency_ids, day).values())


def heirs_on(agency_ids: Iterable[int], day: date) -> dict[int, set[int]]:
    """For each body who stands in its place on a day: itself, or its proven successors, or nobody.

    The number of queries grows with the number of changes after each other, not with the bodies.
    """
    wanted = set(agency_ids)
    living, next_ones = _living(wanted, day), dict[int, set[int]]()
    seen, gone = set(wanted), wanted - living
    while gone:
        changes = Reorganisation.objects.filter(predecessors__in=gone, on__lte=day, is_proven=True)
        for old, new in changes.values_list("predecessors", "successors"):
            next_ones.setdefault(old, set()).update({new} - {None})
        new_ones = set().union(*(next_ones.get(pk, set()) for pk in gone)) - seen
        seen |= new_ones
        found = _living(new_ones, day)
        living |= found
        gone = new_ones - found
    return {pk: _resolved(pk, living, next_ones) for pk in wanted}


def _living(agency_ids: set[int], day: date) -> set[int]:
    return set(Agency.objects.filter(in_force(day), pk__in=agency_ids).values_list("pk", flat=True))


def _resolved(body: int, living: set[int], next_ones: dict[int, set[int]]) -> set[int]:
    found, seen, waiting = set[int](), {body}, [body]
    while waiting:
        pk = waiting.pop()
        if pk in living:
            found.add(pk)
        else:
            heirs = next_ones.get(pk, set()) - seen
            seen |= heirs
            waiting.extend(heirs)
    return found


class OwingByRule:
    """How many bodies each of several rules asks on a day. As many queries for one rule as for many."""

    def __init__(self, plan: Plan, rules: Iterable[StandingRule], on: date) -> None:
        rules = list(rules)
        groups = {group.pk for rule in rules for group in rule.groups.all()}
        self._members: dict[int, set[int]] = {pk: set() for pk in groups}
        rows = GroupMember.objects.filter(in_force(on), group__in=groups).values_list("group", "agency")
        for group, agency in rows:
            self._members[group].add(agency)
        self._everybody = agency_ids_with_work(plan)
        named = {agency.pk for rule in rules for agency in rule.agencies.all()}
        self._heirs = heirs_on(self._everybody.union(named, *self._members.values()), on)

    def count(self, rule: StandingRule) -> int:
        named = {agency.pk for agency in rule.agencies.all()}
        owing = named.union(*(self._members[group.pk] for group in rule.groups.all()))
        bodies = self._everybody if rule.asks_everybody else owing
        return len(set().union(*(self._heirs[pk] for pk in bodies)))
