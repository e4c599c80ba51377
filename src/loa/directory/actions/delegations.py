from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from loa.core import clock, history
from loa.core.access import require
from loa.core.queue import later
from loa.core.text import format_date
from loa.core.workflow import FlowError
from loa.directory import queries
from loa.directory.models import Agency, Delegation, User

TELL = "loa.channels.jobs.tell_delegation"  # by name: the outbox stands above the directory


@transaction.atomic
def delegate(
    agency: Agency, *, receiver: User, starts_on: date, ends_on: date, reason: str, by: User
) -> Delegation:
    """The head in person lets somebody of the agency decide and sign for a time.

    Raises PermissionDenied: not head in person; FlowError: wrong days, somebody of another agency, days already given.
    """
    require(by, "directory.delegate", agency)
    User.objects.select_for_update().get(pk=by.pk)
    _check_days(starts_on, ends_on)
    if not queries.colleagues_who_may_act(by, agency, starts_on).filter(pk=receiver.pk).exists():
        raise FlowError(_("Choose somebody else of the same agency who is not a head there."))
    _check_free(agency, by, starts_on, ends_on)
    delegation = Delegation.objects.create(
        agency=agency, giver=by, receiver=receiver, starts_on=starts_on, ends_on=ends_on, reason=reason
    )
    data = {"receiver": receiver.pk, "starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()}
    history.record(delegation, "delegation.give", by=by, note=reason, data=data)
    later(TELL, delegation.pk)
    return delegation


def _check_days(first: date, last: date) -> None:
    if first < clock.today():
        raise FlowError(_("A delegation cannot begin in the past."))
    if last < first:
        raise FlowError(_("It ends before it begins."))


def _check_free(agency: Agency, giver: User, first: date, last: date) -> None:
    given = Delegation.objects.filter(
        agency=agency, giver=giver, withdrawn_at__isnull=True, starts_on__lte=last, ends_on__gte=first
    ).first()
    if given:
        days = {
            "first": format_date(given.starts_on),
            "last": format_date(given.ends_on),
            "person": given.receiver,
        }
        raise FlowError(_("From %(first)s to %(last)s you have already delegated to %(person)s.") % days)


@transaction.atomic
def withdraw_delegation(delegation: Delegation, *, by: User) -> Delegation:
    """Take a delegation back before its last day; it ends at this moment."""
    require(by, "directory.withdraw_delegation", delegation)
    if delegation.ends_on < clock.today():
        raise FlowError(_("This delegation is over."))
    now = clock.now()
    if Delegation.objects.filter(pk=delegation.pk, withdrawn_at__isnull=True).update(withdrawn_at=now) != 1:
        raise FlowError(_("This delegation has been withdrawn already."))
    delegation.withdrawn_at = now
    history.record(delegation, "delegation.withdraw", by=by)
    later(TELL, delegation.pk)
    return delegation
