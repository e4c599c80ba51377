"""Who owes a report, as of a day: groups are expanded to their members of that day, and a body that is no more
leaves its place to the ones that took over.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from loa.directory.models import Agency, AgencyGroup, GroupMember, Reorganisation, in_force
from loa.plans.models import Assignment, DutyAssignment, Plan, PlanBody


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
    """The bodies of these that exist on a day; for the others their proven successors, through several changes.

    The number of queries grows with the number of changes after each other, not with the bodies.
    """
    wanted = set(agency_ids)
    present = set(Agency.objects.filter(in_force(day), pk__in=wanted).values_list("pk", flat=True))
    seen, gone = set(wanted), wanted - present
    while gone:
        changes = Reorganisation.objects.filter(predecessors__in=gone, on__lte=day, is_proven=True)
        heirs = set(changes.values_list("successors", flat=True)) - seen - {None}
        seen |= heirs
        living = set(Agency.objects.filter(in_force(day), pk__in=heirs).values_list("pk", flat=True))
        present |= living
        gone = heirs - living
    return present
