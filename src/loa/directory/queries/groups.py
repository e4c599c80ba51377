from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from loa.core.access import permits
from loa.directory.models import Agency, AgencyGroup, GroupMember, in_force

if TYPE_CHECKING:
    from loa.directory.models import User


def groups_visible_to(user: User) -> QuerySet[AgencyGroup]:
    rows = AgencyGroup.objects.all()
    return rows if permits(user, "directory.see_directory") else rows.none()


def with_member_count(groups: QuerySet[AgencyGroup], on: date) -> QuerySet[AgencyGroup]:
    """Adds `member_count`: how many bodies the group means on a day."""
    present = in_force(on, "members__") & in_force(on, "members__agency__")
    return groups.annotate(member_count=Count("members__agency", filter=present, distinct=True))


def member_rows(group: AgencyGroup, on: date) -> QuerySet[GroupMember]:
    """The memberships of bodies that exist and belong to the group on a day."""
    rows = GroupMember.objects.filter(in_force(on), in_force(on, "agency__"), group=group)
    return rows.select_related("agency").order_by("agency__sort_name", "pk")


def other_member_rows(group: AgencyGroup, on: date) -> QuerySet[GroupMember]:
    """Members of other times: no longer or not yet on this day."""
    rows = GroupMember.objects.filter(group=group).exclude(
        pk__in=member_rows(group, on).order_by().values("pk")
    )
    return rows.select_related("agency").order_by("agency__sort_name", "pk")


def groups_of(agency: Agency, on: date) -> QuerySet[AgencyGroup]:
    """The groups a body belongs to on a day."""
    belongs = Q(pk__in=GroupMember.objects.filter(in_force(on), agency=agency).values("group"))
    return AgencyGroup.objects.filter(belongs)
