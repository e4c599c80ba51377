from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from loa.core import history
from loa.core.access import require
from loa.core.workflow import FlowError, StaleError
from loa.directory import queries
from loa.directory.actions.agencies import edit_agency, rename_agency
from loa.directory.models import Agency, AgencyName

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loa.core.sheets import SheetRow
    from loa.directory.models import User
    from loa.directory.queries.exchange import Preview, RowChange


@transaction.atomic
def import_agencies(
    rows: Iterable[SheetRow], *, digest: str, by: User, renamed_on: date | None = None
) -> Preview:
    """Do what the preview showed, all of it or nothing.

    `digest` is the preview's: when the directory has changed since, StaleError, and nothing happens.
    With `renamed_on` new names hold from that day and old ones are kept; without, they are corrections.
    """
    require(by, "directory.manage_directory")
    preview = queries.preview(rows)
    if preview.errors:
        raise FlowError(_("The sheet has errors. Correct them and upload it again."))
    if preview.digest != digest:
        raise StaleError(_("The directory has changed since the preview. Look at it again."))
    for change in preview.new:
        _add(change.values, by=by)
    for change in preview.changed:
        _change(change, by=by, renamed_on=renamed_on)
    _set_parents((*preview.new, *preview.changed), by=by)
    return preview


def _add(values: dict[str, Any], *, by: User) -> None:
    fields = {key: value for key, value in values.items() if key not in ("parent", "aliases")}
    agency = Agency.objects.create(**fields)
    _set_aliases(agency, values.get("aliases", []))
    history.record(agency, "agency.add", by=by, data={"code": agency.code, "source": "sheet"})


def _change(change: RowChange, *, by: User, renamed_on: date | None) -> None:
    agency = change.agency
    if agency is None:
        return
    new = {each.key: each.new for each in change.changes}
    new.pop("parent", None)
    if "aliases" in new:
        wanted = new.pop("aliases")
        _set_aliases(agency, wanted)
        history.record(agency, "agency.set_aliases", by=by, data={"names": wanted})
    if "name" in new:
        rename_agency(agency, name=new.pop("name"), on=renamed_on, by=by)
    edit_agency(agency, by=by, **new)


def _set_aliases(agency: Agency, wanted: list[str]) -> None:
    known = AgencyName.objects.filter(agency=agency, kind=AgencyName.Kind.ALIAS)
    known.exclude(name__in=wanted).delete()
    for name in set(wanted) - set(known.values_list("name", flat=True)):
        AgencyName.objects.create(agency=agency, kind=AgencyName.Kind.ALIAS, name=name)


def _set_parents(changes: Iterable[RowChange], *, by: User) -> None:
    """After all bodies are there: a parent may be a later row of the same sheet."""
    parents = {
        change.values["code"]: change.values["parent"] for change in changes if "parent" in change.values
    }
    known = Agency.objects.in_bulk({*parents, *parents.values()} - {""}, field_name="code")
    for code, parent in parents.items():
        edit_agency(known[code], parent=known.get(parent), by=by)
