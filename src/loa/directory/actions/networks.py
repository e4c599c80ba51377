"""A network of people and who belongs to it: kept by one agency, changed by its focal point or head."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loa.core import history
from loa.core.access import require
from loa.core.previews import Preview, RowChange
from loa.core.sheets import SheetRow
from loa.core.workflow import FlowError, StaleError
from loa.directory import queries
from loa.directory.models import Network, NetworkMember

if TYPE_CHECKING:
    from loa.directory.models import User


def add_network(*, by: User, **fields: Any) -> Network:
    """A network that the person's own agency keeps. `fields` are those of Network without `keeper`."""
    require(by, "directory.add_network")
    network = Network(keeper=by.hat.agency, **fields) if by.hat else Network(**fields)
    return _save(network, "network.add", by=by, data={"name": network.name})


def edit_network(network: Network, *, by: User, **fields: Any) -> Network:
    require(by, "directory.keep_network", network)
    changes = _set(network, fields)
    return _save(network, "network.edit", by=by, data={"changes": changes}) if changes else network


def _save(network: Network, action: str, *, by: User, data: dict[str, Any]) -> Network:
    try:
        with transaction.atomic():
            network.save()
            history.record(network, action, by=by, data=data)
    except IntegrityError as error:
        raise FlowError(_("Your agency keeps a network of this name already.")) from error
    return network


@transaction.atomic
def add_network_member(network: Network, *, by: User, **fields: Any) -> NetworkMember:
    """One more person; without a number the next one of the list is given."""
    require(by, "directory.keep_network", network)
    _lock(network)
    return _add(network, fields, by=by)


@transaction.atomic
def edit_network_member(member: NetworkMember, *, by: User, **fields: Any) -> NetworkMember:
    require(by, "directory.keep_network", member.network)
    _lock(member.network)
    fields = {key: value for key, value in fields.items() if key != "code" or value}
    _edit(member, fields, by=by)
    return member


@transaction.atomic
def remove_network_member(member: NetworkMember, *, by: User) -> None:
    """The person never belonged there: for who leaves, give the last day instead."""
    require(by, "directory.keep_network", member.network)
    history.record(member.network, "network.remove_member", by=by, note=member.code)
    member.delete()


@transaction.atomic
def import_network_members(network: Network, rows: Iterable[SheetRow], *, digest: str, by: User) -> Preview:
    """Do what the preview showed, all of it or nothing; a list that changed since is looked at again."""
    require(by, "directory.keep_network", network)
    _lock(network)
    preview = queries.preview_members(network, rows)
    if preview.errors:
        raise FlowError(_("The sheet has errors. Correct them and upload it again."))
    if preview.digest != digest:
        raise StaleError(_("The list has changed since the preview. Look at it again."))
    for change in preview.changed:
        _edit(change.obj, _fields(change, only=[each.key for each in change.changes]), by=by)
    for change in preview.added:
        _add(network, _fields(change), by=by)
    return preview


def _fields(change: RowChange, only: Iterable[str] | None = None) -> dict[str, Any]:
    wanted = change.values if only is None else {key: change.values[key] for key in only}
    return {f"{key}_id" if key in ("agency", "account") else key: value for key, value in wanted.items()}


def _add(network: Network, fields: dict[str, Any], *, by: User) -> NetworkMember:
    code = fields.pop("code", "") or _next_code(network)
    _check(network, code, fields)
    member = NetworkMember.objects.create(network=network, code=code, **fields)
    history.record(network, "network.add_member", by=by, note=code)
    return member


def _edit(member: NetworkMember, fields: dict[str, Any], *, by: User) -> None:
    first = fields.get("valid_from", member.valid_from)
    last = fields.get("valid_to", member.valid_to)
    _check(member.network, fields.get("code", member.code), {"valid_from": first, "valid_to": last}, member)
    changes = _set(member, fields)
    if changes:
        member.save()
        history.record(
            member.network,
            "network.edit_member",
            by=by,
            note=member.code,
            data={"fields": sorted(changes)},  # which, not what: history keeps no telephone numbers
        )


def _check(network: Network, code: str, fields: dict[str, Any], member: NetworkMember | None = None) -> None:
    first, last = fields.get("valid_from"), fields.get("valid_to")
    if first and last and last < first:
        raise FlowError(_("It ends before it begins."))
    others = network.members.exclude(pk=member.pk) if member else network.members.all()
    if others.filter(code=code).exists():
        raise FlowError(_("Number %(code)s of the list belongs to somebody else.") % {"code": code})


def _next_code(network: Network) -> str:
    codes = network.members.values_list("code", flat=True)
    numbers = [int(code) for code in codes if code.isascii() and code.isdigit()]
    return f"{max(numbers, default=0) + 1:02d}"


def _set(row: Network | NetworkMember, fields: dict[str, Any]) -> dict[str, list[Any]]:
    changes = {
        key: [_plain(getattr(row, key)), _plain(new)]
        for key, new in fields.items()
        if getattr(row, key) != new
    }
    for key in changes:
        setattr(row, key, fields[key])
    return changes


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else getattr(value, "pk", value)


def _lock(network: Network) -> None:
    Network.objects.select_for_update().get(pk=network.pk)
