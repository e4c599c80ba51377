from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from loa.core import history
from loa.core.access import require
from loa.core.workflow import FlowError
from loa.directory.models import Agency, AgencyGroup, GroupMember

if TYPE_CHECKING:
    from loa.directory.models import User


@transaction.atomic
def add_group(*, by: User, **fields: Any) -> AgencyGroup:
    """A printed group of bodies. `fields` are those of AgencyGroup."""
    require(by, "directory.manage_directory")
    group = AgencyGroup.objects.create(**fields)
    history.record(group, "group.add", by=by, data={"code": group.code})
    return group


@transaction.atomic
def edit_group(group: AgencyGroup, *, by: User, **fields: Any) -> AgencyGroup:
    require(by, "directory.manage_directory")
    changes = {key: [getattr(group, key), new] for key, new in fields.items() if getattr(group, key) != new}
    if changes:
        for key, (_old, new) in changes.items():
            setattr(group, key, new)
        group.save()
        history.record(group, "group.edit", by=by, data={"changes": changes})
    return group


@transaction.atomic
def add_member(
    group: AgencyGroup,
    *,
    agency: Agency,
    by: User,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> GroupMember:
    """A body belongs to a group for some time; the same body not twice at one time."""
    require(by, "directory.manage_directory")
    AgencyGroup.objects.select_for_update().get(pk=group.pk)
    _check_period(GroupMember.objects.filter(group=group, agency=agency), valid_from, valid_to)
    member = GroupMember.objects.create(group=group, agency=agency, valid_from=valid_from, valid_to=valid_to)
    history.record(group, "group.add_member", by=by, data=_told(member))
    return member


@transaction.atomic
def change_member(
    member: GroupMember, *, valid_from: date | None, valid_to: date | None, by: User
) -> GroupMember:
    """Correct since when, or say until when, a body belongs to a group."""
    require(by, "directory.manage_directory")
    AgencyGroup.objects.select_for_update().get(pk=member.group_id)
    others = GroupMember.objects.filter(group=member.group_id, agency=member.agency_id).exclude(pk=member.pk)
    _check_period(others, valid_from, valid_to)
    member.valid_from, member.valid_to = valid_from, valid_to
    member.save()
    history.record(member.group, "group.change_member", by=by, data=_told(member))
    return member


@transaction.atomic
def remove_member(member: GroupMember, *, by: User) -> None:
    """It never belonged there: for a body that leaves, give the last day instead."""
    require(by, "directory.manage_directory")
    history.record(member.group, "group.remove_member", by=by, data=_told(member))
    member.delete()


def _check_period(others: Any, first: date | None, last: date | None) -> None:
    if first and last and last < first:
        raise FlowError(_("It ends before it begins."))
    starts_in_time = Q(valid_from__isnull=True) | Q(valid_from__lte=last) if last else Q()
    ends_in_time = Q(valid_to__isnull=True) | Q(valid_to__gte=first) if first else Q()
    if others.filter(starts_in_time, ends_in_time).exists():
        raise FlowError(_("The body belongs to this group already during that time."))


def _told(member: GroupMember) -> dict[str, Any]:
    days = {key: day.isoformat() for key in ("valid_from", "valid_to") if (day := getattr(member, key))}
    return {"agency": member.agency.code, **days}
