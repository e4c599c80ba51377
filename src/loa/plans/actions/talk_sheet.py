"""A sheet of talks woven into meetings: read whole, refused whole with every bad row, or recorded whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.core import clock
from loa.core.access import require
from loa.core.sheets import SheetError, SheetRow, SheetShape, read_sheet
from loa.core.text import fold
from loa.core.workflow import FlowError
from loa.directory.models import User
from loa.plans.actions.assignment import require_running
from loa.plans.actions.talks import record_talk
from loa.plans.models import CommunicationForm, DutyAssignment, Talk, Topic

SHAPE = SheetShape(
    columns={
        "meeting": gettext_lazy("Meeting"),
        "on": gettext_lazy("Day"),
        "place": gettext_lazy("Place"),
        "people_count": gettext_lazy("People present"),
        "minutes": gettext_lazy("Minutes"),
        "told": gettext_lazy("What was told"),
        "form": gettext_lazy("Form of communication"),
    },
    required=("meeting", "on", "place", "people_count", "minutes"),
    heading_within=5,
)
LIMITS = {"people_count": 1_000_000, "minutes": 600}
LENGTHS = {"meeting": 300, "place": 300}


@dataclass(frozen=True, slots=True)
class BadRow:
    number: int
    reason: str


@dataclass(slots=True)
class SheetOfTalks:
    errors: list[BadRow] = field(default_factory=list)
    new_count: int = 0
    known_count: int = 0  # recorded before: given again, they are the same


@transaction.atomic
def import_talks(duty_assignment: DutyAssignment, *, content: bytes, name: str, by: User) -> SheetOfTalks:
    """Record every row for one duty. Raises FlowError where the file is no such sheet."""
    require(by, "plans.work_on_duty", duty_assignment)
    require_running(duty_assignment.plan)
    try:
        rows = read_sheet(content, name, SHAPE).rows
    except SheetError as error:
        raise FlowError(str(error)) from error
    if not rows:
        raise FlowError(_("The sheet has no row below its heading."))
    classes = _Classes(duty_assignment)
    read = [classes.read(row) for row in rows]
    result = SheetOfTalks(errors=[each for each in read if isinstance(each, BadRow)])
    if result.errors:
        return result
    before = Talk.objects.filter(duty_assignment=duty_assignment, state="recorded").count()
    for said in read:
        assert isinstance(said, dict)  # no bad row is left
        record_talk(duty_assignment, **said, by=by)
    after = Talk.objects.filter(duty_assignment=duty_assignment, state="recorded").count()
    result.new_count = after - before
    result.known_count = len(read) - result.new_count
    return result


class _Classes:
    """The plan's topics and forms by their labels and words."""

    def __init__(self, duty_assignment: DutyAssignment) -> None:
        self.topics = _by_words(Topic.objects.filter(plan=duty_assignment.plan_id))
        self.forms = _by_words(CommunicationForm.objects.filter(plan=duty_assignment.plan_id))

    def read(self, row: SheetRow) -> dict[str, Any] | BadRow:
        try:
            return {
                **{key: _text(row, key) for key in LENGTHS},
                "on": _day(row.cells["on"]),
                **{key: _number(row, key) for key in LIMITS},
                "topics": list(self._topics(row.cells.get("told", ""))),
                "form": self._form(row.cells.get("form", "")),
            }
        except ValueError as error:
            return BadRow(row.number, str(error))

    def _topics(self, text: str) -> Iterator[Topic]:
        for words in filter(None, (part.strip(" )") for part in text.replace(";", ",").split(","))):
            topic = self.topics.get(fold_label(words))
            if topic is None:
                raise ValueError(_("The plan has no topic “%(words)s”.") % {"words": words})
            yield topic

    def _form(self, text: str) -> CommunicationForm | None:
        words = text.strip(" )")
        if not words:
            return None
        form = self.forms.get(fold_label(words))
        if form is None:
            raise ValueError(_("The plan has no form of communication “%(words)s”.") % {"words": words})
        return form


def fold_label(words: str) -> str:
    """Labels differ by their letter alone (d and đ), so only case is folded in short ones."""
    return words.lower() if len(words) <= 3 else fold(words)


def _by_words(rows: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for row in rows:
        found.setdefault(fold_label(row.label.strip(" )")), row)
        found.setdefault(fold(row.text), row)
    return found


def _text(row: SheetRow, key: str) -> str:
    value = row.cells[key]
    if not value:
        raise ValueError(_("“%(column)s” is empty.") % {"column": SHAPE.columns[key]})
    if len(value) > LENGTHS[key]:
        raise ValueError(_("“%(column)s” is too long.") % {"column": SHAPE.columns[key]})
    return value


def _number(row: SheetRow, key: str) -> int:
    value = row.cells[key]
    if not value.isdecimal() or not 0 < int(value) <= LIMITS[key]:
        words = {"column": SHAPE.columns[key], "value": value, "limit": LIMITS[key]}
        raise ValueError(_("“%(column)s”: “%(value)s” is no number from 1 to %(limit)s.") % words)
    return int(value)


def _day(text: str) -> date:
    for shape in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"):
        try:
            day = datetime.strptime(text, shape).date()  # noqa: DTZ007  a day, no moment
        except ValueError:
            continue
        if day > clock.today():
            raise ValueError(_("The day has not come yet."))
        return day
    raise ValueError(_("“%(value)s” is no date such as 20/03/2019.") % {"value": text})
