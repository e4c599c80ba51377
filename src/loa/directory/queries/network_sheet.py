"""What a sheet of a network's people would change, row by row, before anything is changed.

A person is known by the number in the list; where the sheet has none, by name and body.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.core.previews import FieldChange, Preview, RowChange, Values
from loa.core.sheets import LONGEST_CELL, RowError, SheetRow, SheetShape, read_day
from loa.core.text import fold
from loa.directory.models import Network, NetworkMember, User
from loa.directory.queries.networks import agencies_by_words

MEMBER_COLUMNS: dict[str, Any] = {
    "code": gettext_lazy("Number in the list"),
    "name": gettext_lazy("Full name"),
    "title": gettext_lazy("Position"),
    "agency": gettext_lazy("Works in"),
    "phone": gettext_lazy("Phone"),
    "email": gettext_lazy("E-mail"),
    "account": gettext_lazy("Account"),
    "valid_from": gettext_lazy("From"),
    "valid_to": gettext_lazy("To"),
    "note": gettext_lazy("Note"),
}
MEMBER_SHAPE = SheetShape(
    MEMBER_COLUMNS,
    required=("name", "agency"),
    other_words={
        "code": ("TT", "STT", "Mã", "Số thẻ"),
        "name": ("Họ tên", "Họ và tên"),
        "title": ("Chức vụ",),
        "agency": ("Đơn vị", "Cơ quan", "Đơn vị công tác"),
        "phone": ("SĐT", "Số điện thoại"),
        "email": ("Email", "Thư điện tử"),
    },
    heading_within=10,
)
_PLAIN = ("code", "name", "title", "phone", "email", "note")
_DATES = ("valid_from", "valid_to")


def preview_members(network: Network, rows: Iterable[SheetRow]) -> Preview:
    """Three queries, however many rows."""
    reader = _Reader(network)
    found = Preview()
    for row in rows:
        try:
            change = reader.read(row)
        except ValidationError as error:
            found.errors.append(RowError(row.number, row.cells.get("name", ""), " ".join(error.messages)))
            continue
        if change.obj is None:
            found.added.append(change)
        elif change.changes:
            found.changed.append(change)
        else:
            found.unchanged_count += 1
    return found


class _Reader:
    """Turns cells into values of a member and says in words what is wrong with a row."""

    def __init__(self, network: Network) -> None:
        self.by_code: dict[str, NetworkMember] = {}
        self.by_name: dict[tuple[str, int], list[NetworkMember]] = {}
        for member in network.members.select_related("agency", "account"):
            self.by_code[fold(member.code)] = member
            self.by_name.setdefault((fold(member.name), member.agency_id), []).append(member)
        self.agencies = agencies_by_words()
        self.accounts = {fold(user.username): user for user in User.objects.only("username", "full_name")}
        self.seen: dict[Any, int] = {}

    def read(self, row: SheetRow) -> RowChange:
        values = self._values(row.cells)
        member = self._member(values)
        key = fold(values.get("code", "")) or (fold(values["name"]), values["agency"].pk)
        for each in {key, member.pk if member else key}:
            if each in self.seen:
                raise ValidationError(_("This person occurs before, in row %(n)d.") % {"n": self.seen[each]})
            self.seen[each] = row.number
        if member is None:
            return RowChange(row.number, values["name"], _told(values))
        if not values.get("code"):
            values.pop("code", None)
        return RowChange(
            row.number, values["name"], _told(values), member, tuple(_differences(member, values))
        )

    def _member(self, values: Values) -> NetworkMember | None:
        if code := values.get("code"):
            return self.by_code.get(fold(code))
        same = self.by_name.get((fold(values["name"]), values["agency"].pk), [])
        if len(same) > 1:
            raise ValidationError(_("Several people there have this name: give the number in the list."))
        return same[0] if same else None

    def _values(self, cells: dict[str, str]) -> Values:
        values: Values = {}
        wrong: list[str] = []
        for key, cell in cells.items():
            try:
                values[key] = self._value(key, cell)
            except ValidationError as error:
                wrong += [f"{MEMBER_COLUMNS[key]}: {message}" for message in error.messages]
        if wrong:
            raise ValidationError(wrong)
        first, last = (values.get(key) for key in _DATES)
        if first and last and last < first:
            raise ValidationError(_("It ends before it begins."))
        return values

    def _value(self, key: str, cell: str) -> Any:
        if len(cell) > LONGEST_CELL:
            raise ValidationError(_("The text is too long."))
        if key == "agency":
            return self._agency(cell)
        if key == "account":
            return self._account(cell)
        if key in _DATES:
            if cell and read_day(cell) is None:
                raise ValidationError(_("“%(cell)s” is not a date such as 31/12/2025.") % {"cell": cell})
            return read_day(cell) if cell else None
        if key == "code" and not cell:
            return ""
        field: Any = NetworkMember._meta.get_field(key)  # noqa: SLF001  public API
        return field.clean(cell, None)

    def _agency(self, cell: str) -> Any:
        found = self.agencies.get(fold(cell), [])
        if len(found) == 1:
            return found[0]
        if found:
            raise ValidationError(_("Several bodies are called “%(cell)s”: give the code.") % {"cell": cell})
        raise ValidationError(_("No body is called “%(cell)s”.") % {"cell": cell})

    def _account(self, cell: str) -> User | None:
        if cell and fold(cell) not in self.accounts:
            raise ValidationError(_("There is no account “%(cell)s”.") % {"cell": cell})
        return self.accounts[fold(cell)] if cell else None


def _told(values: Values) -> Values:
    """Keys instead of rows, so that two previews can be compared."""
    told = dict(values)
    for key in ("agency", "account"):
        if told.get(key) is not None:
            told[key] = told[key].pk
    return told


def _differences(member: NetworkMember, values: Values) -> Iterator[FieldChange]:
    for key, new in values.items():
        old = getattr(member, key)
        if old != new:
            shown = (str(old or ""), str(new or "")) if key in ("agency", "account") else (old, new)
            yield FieldChange(key, str(MEMBER_COLUMNS[key]), *shown)
