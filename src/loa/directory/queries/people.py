from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from loa.core import clock
from loa.core.access import permits
from loa.directory.models import Agency, Delegation, Membership, User, in_force

OPEN_ROLES = (Membership.Role.HEAD, Membership.Role.FOCAL_POINT)  # whom other bodies need to reach


def users_visible_to(user: User) -> QuerySet[User]:
    """The administrator sees every account; others themselves and the people of the agency they act for."""
    if permits(user, "directory.manage_directory"):
        return User.objects.all()
    oneself = Q(pk=user.pk)
    if user.hat is None:
        return User.objects.filter(oneself)
    colleagues = Membership.objects.filter(in_force(clock.today()), agency=user.hat.agency).values("user")
    return User.objects.filter(oneself | Q(pk__in=colleagues, is_active=True))


def with_memberships(users: QuerySet[User], on: date) -> QuerySet[User]:
    """Adds `present_memberships`: the roles held on a day, each with its agency. One query more."""
    rows = (
        Membership.objects.filter(in_force(on)).select_related("agency").order_by("agency__sort_name", "role")
    )
    return users.prefetch_related(Prefetch("memberships", rows, to_attr="present_memberships"))


def memberships_visible_to(user: User) -> QuerySet[Membership]:
    """Own agency and own roles: all; elsewhere heads and focal points of today. The administrator sees all."""
    rows = Membership.objects.select_related("agency", "user")
    if permits(user, "directory.manage_directory"):
        return rows
    own = Q(user=user)
    if user.hat is None:
        return rows.filter(own)
    reachable = in_force(clock.today()) & Q(role__in=OPEN_ROLES, user__is_active=True)
    return rows.filter(own | Q(agency=user.hat.agency) | reachable)


def members_on(agency: Agency, on: date, *, for_user: User) -> QuerySet[Membership]:
    """Who works in an agency on a day, as far as this person may see it: heads first."""
    rows = memberships_visible_to(for_user).filter(in_force(on), agency=agency, user__is_active=True)
    return rows.order_by("role", "user__sort_name", "pk")


def users_without_role(on: date) -> QuerySet[User]:
    """Open accounts that can do nothing: no role in any agency on a day."""
    held = Membership.objects.filter(in_force(on), user=OuterRef("pk"))
    return User.objects.filter(~Exists(held), is_active=True)


def other_administrators(user: User, on: date) -> QuerySet[Membership]:
    """Roles of administrator held by other open accounts on a day."""
    rows = Membership.objects.filter(in_force(on), role=Membership.Role.ADMINISTRATOR, user__is_active=True)
    return rows.exclude(user=user)


def colleagues_who_may_act(user: User, agency: Agency, on: date) -> QuerySet[User]:
    """To whom a head may delegate: open accounts of the agency, but no head and not oneself."""
    present = Membership.objects.filter(in_force(on), agency=agency, user__is_active=True)
    heads = present.filter(role=Membership.Role.HEAD).values("user")
    return User.objects.filter(pk__in=present.values("user")).exclude(Q(pk__in=heads) | Q(pk=user.pk))


def delegations_visible_to(user: User) -> QuerySet[Delegation]:
    """Given or received, and those of the agency one acts for; the administrator sees all."""
    rows = Delegation.objects.select_related("agency", "giver", "receiver").order_by("-starts_on", "-pk")
    if permits(user, "directory.manage_directory"):
        return rows
    mine = Q(giver=user) | Q(receiver=user)
    return rows.filter(mine | Q(agency=user.hat.agency) if user.hat else mine)
