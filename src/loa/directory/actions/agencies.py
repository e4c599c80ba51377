from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from loa.core import clock, history
from loa.core.access import require
from loa.core.workflow import FlowError
from loa.directory.models import Agency, AgencyName, Reorganisation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loa.directory.models import User

ONE_DAY = timedelta(days=1)


@transaction.atomic
def add_agency(*, by: User, aliases: Iterable[str] = (), **fields: Any) -> Agency:
    """A body the directory did not have. `fields` are those of Agency."""
    require(by, "directory.manage_directory")
    agency = Agency.objects.create(**fields)
    for name in aliases:
        AgencyName.objects.create(agency=agency, kind=AgencyName.Kind.ALIAS, name=name)
    history.record(agency, "agency.add", by=by, data={"code": agency.code})
    return agency


@transaction.atomic
def edit_agency(agency: Agency, *, by: User, **fields: Any) -> Agency:
    """Correct what is known of a body; history keeps each old value. Its names have acts of their own."""
    require(by, "directory.manage_directory")
    changes = {}
    for key, new in fields.items():
        old = getattr(agency, key)
        if old != new:
            changes[key] = [_plain(old), _plain(new)]
            setattr(agency, key, new)
    if not changes:
        return agency
    if agency.valid_from and agency.valid_to and agency.valid_to < agency.valid_from:
        raise FlowError(_("It ends before it begins."))
    _check_parent(agency)
    agency.save()
    history.record(agency, "agency.edit", by=by, data={"changes": changes})
    return agency


def _plain(value: Any) -> Any:
    if isinstance(value, Agency):
        return value.code
    return value.isoformat() if isinstance(value, date) else value


def _check_parent(agency: Agency) -> None:
    above = agency.parent
    while above is not None:
        if above.pk == agency.pk:
            raise FlowError(_("A body cannot be above itself."))
        above = above.parent


@transaction.atomic
def rename_agency(agency: Agency, *, name: str, on: date | None, by: User, legal_basis: str = "") -> Agency:
    """From `on` the body is called otherwise; the old name is kept with its dates.

    Without a date the name was only misspelt: nothing was ever called so, and only history keeps it.
    """
    require(by, "directory.manage_directory")
    old = agency.name
    if name == old:
        raise FlowError(_("This is its name already."))
    if on is not None:
        _keep_name(agency, until=on - ONE_DAY)
    agency.name = name
    agency.save()
    data = {"from_name": old, "to_name": name, "on": _plain(on), "legal_basis": legal_basis}
    history.record(agency, "agency.rename" if on else "agency.respell", by=by, note=legal_basis, data=data)
    return agency


def _keep_name(agency: Agency, *, until: date) -> None:
    if until >= clock.today():
        raise FlowError(_("The day of the new name has not come yet."))
    earlier = AgencyName.objects.filter(agency=agency, kind=AgencyName.Kind.OFFICIAL, valid_to__isnull=False)
    last = earlier.order_by("-valid_to").values_list("valid_to", flat=True).first()
    begins = last + ONE_DAY if last else agency.valid_from
    if begins and until < begins:
        raise FlowError(
            _("The body was named on %(day)s; the new name must begin later.") % {"day": f"{begins:%d/%m/%Y}"}
        )
    AgencyName.objects.create(
        agency=agency, kind=AgencyName.Kind.OFFICIAL, name=agency.name, valid_from=begins, valid_to=until
    )


@transaction.atomic
def add_alias(agency: Agency, *, name: str, by: User) -> AgencyName:
    """Another way the body is written; matching finds it by this name too."""
    require(by, "directory.manage_directory")
    alias, is_new = AgencyName.objects.get_or_create(agency=agency, kind=AgencyName.Kind.ALIAS, name=name)
    if not is_new:
        raise FlowError(_("This name is known already."))
    history.record(agency, "agency.add_alias", by=by, data={"name": name})
    return alias


@transaction.atomic
def remove_name(name: AgencyName, *, by: User) -> None:
    """Forget an alias or a remembered correction. An official name is a fact and stays."""
    require(by, "directory.manage_directory")
    if name.kind == AgencyName.Kind.OFFICIAL:
        raise FlowError(_("An official name of the past cannot be removed."))
    history.record(name.agency, "agency.remove_name", by=by, data={"name": name.name, "kind": name.kind})
    name.delete()


@transaction.atomic
def record_successor(
    agency: Agency,
    *,
    kind: str,
    on: date,
    decision: str,
    successors: Iterable[Agency],
    by: User,
    note: str = "",
) -> Reorganisation:
    """Say by which decision a body ended and who carries on; without successors it was abolished for good.

    What was only supposed of this body before is replaced. The last day of the body follows the decision.
    """
    require(by, "directory.manage_directory")
    heirs = list(successors)
    _check_successors(agency, kind, heirs)
    for supposed in agency.later_reorganisations.filter(is_proven=False, decided_by__isnull=True):
        supposed.predecessors.remove(agency)
        if not supposed.predecessors.exists():
            supposed.delete()
    made = Reorganisation.objects.create(kind=kind, on=on, decision=decision, mark="V", note=note)
    made.predecessors.add(agency)
    made.successors.set(heirs)
    edit_agency(agency, valid_to=on - ONE_DAY, by=by)
    data = {"decision": decision, "on": on.isoformat(), "successors": [heir.code for heir in heirs]}
    history.record(agency, "agency.record_successor", by=by, note=note, data=data)
    return made


def _check_successors(agency: Agency, kind: str, heirs: list[Agency]) -> None:
    if agency.pk in {heir.pk for heir in heirs}:
        raise FlowError(_("A body cannot succeed itself."))
    if not heirs and kind != Reorganisation.Kind.ABOLISH:
        raise FlowError(_("Name at least one successor, or choose “Abolish”."))
    if agency.later_reorganisations.filter(is_proven=True).exists():
        raise FlowError(_("What became of this body is known already."))
