from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from loa.core import clock, history
from loa.core.access import require
from loa.core.workflow import FlowError
from loa.directory import queries
from loa.directory.models import Agency, Delegation, Membership, User

if TYPE_CHECKING:
    from django.db.models import QuerySet


@transaction.atomic
def create_user(*, username: str, email: str, full_name: str, by: User) -> User:
    """An account without a password: its owner sets one by the link that is mailed."""
    require(by, "directory.manage_directory")
    user = User(username=username, email=email.lower(), full_name=full_name)
    user.set_unusable_password()
    user.save()
    history.record(user, "user.create", by=by)
    return user


@transaction.atomic
def edit_user(user: User, *, by: User, **fields: Any) -> User:
    """Correct name, user name or e-mail of an account."""
    require(by, "directory.manage_directory")
    return _edit(user, by=by, **fields)


def change_own_notices(user: User, *, email: str, wants_mail: bool) -> User:
    """Where notices go and whether by mail. The address is a log-in name: the caller has checked the password."""
    with transaction.atomic():
        return _edit(user, by=user, email=email, wants_mail=wants_mail)


def _edit(user: User, *, by: User, **fields: Any) -> User:
    if "email" in fields:
        fields["email"] = fields["email"].lower()
    changes = {key: [getattr(user, key), new] for key, new in fields.items() if getattr(user, key) != new}
    if not changes:
        return user
    for key, (_old, new) in changes.items():
        setattr(user, key, new)
    user.save()
    if "email" in changes:  # the log-in library's own list must not keep an address that is no longer theirs
        EmailAddress.objects.filter(user=user).delete()
    history.record(user, "user.edit", by=by, data={"changes": changes})
    return user


@transaction.atomic
def deactivate_user(user: User, *, by: User, note: str = "") -> User:
    """Close an account: nobody logs in with it any more, open sessions end; what it did stays."""
    require(by, "directory.manage_directory")
    if user.pk == by.pk:
        raise FlowError(_("You cannot close your own account."))
    if User.objects.filter(pk=user.pk, is_active=True).update(is_active=False) != 1:
        raise FlowError(_("The account is closed already."))
    user.is_active = False
    for session in UserSession.objects.filter(user=user):
        session.end()
    history.record(user, "user.deactivate", by=by, note=note)
    return user


@transaction.atomic
def reactivate_user(user: User, *, by: User) -> User:
    require(by, "directory.manage_directory")
    if User.objects.filter(pk=user.pk, is_active=False).update(is_active=True) != 1:
        raise FlowError(_("The account is open already."))
    user.is_active = True
    history.record(user, "user.reactivate", by=by)
    return user


@transaction.atomic
def add_membership(
    user: User,
    *,
    agency: Agency,
    role: str,
    by: User,
    valid_from: date,
    valid_to: date | None = None,
    title: str = "",
) -> Membership:
    """A role in an agency for some time; the same role there not twice at one time."""
    require(by, "directory.manage_directory")
    User.objects.select_for_update().get(pk=user.pk)
    _check_period(Membership.objects.filter(user=user, agency=agency, role=role), valid_from, valid_to)
    membership = Membership.objects.create(
        user=user, agency=agency, role=role, title=title, valid_from=valid_from, valid_to=valid_to
    )
    history.record(user, "user.add_role", by=by, data=_told(membership))
    return membership


@transaction.atomic
def change_membership(
    membership: Membership, *, title: str, valid_from: date, valid_to: date | None, by: User
) -> Membership:
    """Correct a role's title and dates, or say until when it is held."""
    require(by, "directory.manage_directory")
    User.objects.select_for_update().get(pk=membership.user_id)
    same = Membership.objects.filter(
        user=membership.user_id, agency=membership.agency_id, role=membership.role
    )
    _check_period(same.exclude(pk=membership.pk), valid_from, valid_to)
    membership.title, membership.valid_from, membership.valid_to = title, valid_from, valid_to
    _check_somebody_administers(membership)
    membership.save()
    history.record(membership.user, "user.change_role", by=by, data=_told(membership))
    return membership


@transaction.atomic
def end_memberships(user: User, *, last_day: date, note: str = "", by: User) -> list[Membership]:
    """The person leaves: every role ends with that day, and so does what was delegated. Returns what ended.

    Raises FlowError where nobody would be administrator any more.
    """
    require(by, "directory.manage_directory")
    User.objects.select_for_update().get(pk=user.pk)
    there = Q(valid_to__isnull=True) | Q(valid_to__gt=last_day)
    rows = list(Membership.objects.filter(there, user=user).select_related("agency", "user"))
    for membership in rows:
        was = _told(membership)
        if membership.valid_from > last_day:  # a role that would only have begun later
            membership.delete()
        else:
            membership.valid_to = last_day
            _check_somebody_administers(membership)
            membership.save()
        history.record(user, "user.depart", by=by, note=note, data={**was, "last_day": last_day.isoformat()})
    later = Delegation.objects.filter(Q(giver=user) | Q(receiver=user), ends_on__gt=last_day)
    for delegation in later.filter(withdrawn_at__isnull=True):
        Delegation.objects.filter(pk=delegation.pk).update(withdrawn_at=clock.now())
        history.record(delegation, "delegation.withdraw", by=by, note=note)
    return rows


def _check_somebody_administers(membership: Membership) -> None:
    today = clock.today()
    stays = membership.valid_from <= today and (membership.valid_to is None or membership.valid_to >= today)
    if membership.role != Membership.Role.ADMINISTRATOR or stays:
        return
    if not queries.other_administrators(membership.user, today).exists():
        raise FlowError(_("Nobody would be administrator any more. Give the role to somebody else first."))


def _check_period(others: QuerySet[Membership], first: date, last: date | None) -> None:
    if last and last < first:
        raise FlowError(_("It ends before it begins."))
    meets = Q(valid_to__isnull=True) | Q(valid_to__gte=first)
    if last:
        meets &= Q(valid_from__lte=last)
    if others.filter(meets).exists():
        raise FlowError(_("The person holds this role there already during that time."))


def _told(membership: Membership) -> dict[str, Any]:
    return {
        "agency": membership.agency.code,
        "role": membership.role,
        "title": membership.title,
        "valid_from": membership.valid_from.isoformat(),
        "valid_to": membership.valid_to.isoformat() if membership.valid_to else None,
    }
