"""The signed list as a sheet: what each row says of whom, before anything is changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from loa.core.previews import FieldChange, Preview, RowChange
from loa.core.sheets import RowError, SheetRow, SheetShape, spoken
from loa.core.text import fold
from loa.events import tickets
from loa.events.models import Attendance, Event, Registration
from loa.events.queries.people import coming

SHAPE = SheetShape(
    columns={
        "code": gettext_lazy("Code"),
        "name": gettext_lazy("Full name"),
        "title": gettext_lazy("Position"),
        "organisation": pgettext_lazy("of a person", "Organisation"),
        "presence": gettext_lazy("Attendance"),
    },
    required=("name", "presence"),
    other_words={
        "name": ("họ và tên", "họ tên"),
        "title": ("chức vụ",),
        "organisation": ("đơn vị", "cơ quan"),
        "presence": ("có mặt", "điểm danh"),
        "code": ("mã", "mã vé"),
    },
    heading_within=6,
)
_OTHER = {"x": "present", "co": "present", "v": "absent", "vang": "absent", "p": "excused", "phep": "excused"}
LONGEST = 200


class Listed:
    """Who is on the list already, found by the code, else by name and organisation; each stands in a sheet once.

    One query.
    """

    def __init__(self, people: Iterable[Registration]) -> None:
        self.by_code: dict[str, Registration] = {}
        self.by_name: dict[tuple[str, str], list[Registration]] = {}
        self.seen: dict[object, int] = {}
        for each in people:
            self.by_code[each.code] = each
            for organisation in {"", fold(each.organisation)}:
                self.by_name.setdefault((fold(each.name), organisation), []).append(each)

    def find(self, number: int, values: dict[str, Any]) -> tuple[Registration | None, str]:
        """The person of a row, None where it is on no list yet; and the sentence on what is wrong with it."""
        person, wrong = self._person(values)
        wrong = wrong or _wrong(values)
        key = person.pk if person else (fold(values["name"]), fold(values["organisation"]))
        if not wrong and key in self.seen:
            wrong = _("The same person stands before, in row %(n)d.") % {"n": self.seen[key]}
        if not wrong:
            self.seen[key] = number
        return person, wrong

    def _person(self, values: dict[str, Any]) -> tuple[Registration | None, str]:
        if values["code"]:
            person = self.by_code.get(tickets.code_of(values["code"]))
            return person, "" if person else _("The code “%(code)s” is nobody's of this event.") % {
                "code": values["code"][:20]
            }
        same = self.by_name.get((fold(values["name"]), fold(values["organisation"])), [])
        if len(same) > 1:
            return None, _("Several people have this name: give the code or the organisation.")
        return (same[0] if same else None), ""


def preview_attendance(rows: Iterable[SheetRow], *, event: Event) -> Preview:
    """One query. A person is known by the code, else by name and organisation; who is unknown is added."""
    listed, found, words = Listed(coming(event)), Preview(), presence_words()
    for row in rows:
        values = _values(row, words)
        person, wrong = listed.find(row.number, values)
        if wrong:
            found.errors.append(RowError(row.number, values["name"][:80], wrong))
            continue
        _sort_in(found, row.number, values, person)
    return found


def presence_labels() -> dict[str, str]:
    """What a sheet and a preview say of each kind of presence, and of one not known yet."""
    return {"": "", **{value: str(label) for value, label in Attendance.Presence.choices}}


def presence_words() -> dict[str, str]:
    return {
        **{fold(key): value for key, value in spoken(dict(Attendance.Presence.choices)).items()},
        **_OTHER,
    }


def _values(row: SheetRow, words: dict[str, str]) -> dict[str, Any]:
    cells = {key: row.cells.get(key, "") for key in SHAPE.columns}
    return cells | {"presence": words.get(fold(cells["presence"]), ""), "told": cells["presence"]}


def _wrong(values: dict[str, Any]) -> str:
    if not values["name"]:
        return _("“%(column)s” is empty.") % {"column": SHAPE.columns["name"]}
    for key in ("name", "title", "organisation"):
        if len(values[key]) > LONGEST:
            return _("“%(column)s” is too long.") % {"column": SHAPE.columns[key]}
    if not values.get("presence", "said elsewhere"):
        said = {"value": values["told"][:40]}
        return _("“%(value)s” says neither present, absent nor excused.") % said
    return ""


def _sort_in(found: Preview, number: int, values: dict[str, Any], person: Registration | None) -> None:
    values = {key: values[key] for key in ("name", "title", "organisation", "presence")}
    label = f"{values['name']} ({values['organisation']})" if values["organisation"] else values["name"]
    if person is None:
        found.added.append(RowChange(number, label, values))
    elif person.presence == values["presence"]:
        found.unchanged_count += 1
    else:
        kinds = presence_labels()
        told = (kinds[presence] for presence in (person.presence, values["presence"]))
        change = FieldChange("presence", str(SHAPE.columns["presence"]), *told)
        found.changed.append(RowChange(number, label, values, person, (change,)))
