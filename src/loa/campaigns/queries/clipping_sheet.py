"""A sheet of clippings: what each row would do to the log of one's agency, before anything is changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.campaigns.links import key_of
from loa.campaigns.models import Clipping, PressBody
from loa.campaigns.queries.press import (
    press_agency,
    press_body_of_link,
    topics_to_choose,
    works_to_publish_for,
)
from loa.core import clock
from loa.core.previews import FieldChange, Preview, RowChange
from loa.core.sheets import RowError, SheetRow, SheetShape, read_day, spoken
from loa.core.text import fold, format_date
from loa.plans.models import Assignment

SHAPE = SheetShape(
    columns={
        "title": gettext_lazy("Title"),
        "link": gettext_lazy("Address"),
        "on": gettext_lazy("Day"),
        "press_body": gettext_lazy("Press body"),
        "author": gettext_lazy("Author"),
        "column": gettext_lazy("Press column"),
        "genre": gettext_lazy("Genre"),
        "topic": gettext_lazy("Topic"),
        "task": gettext_lazy("Task of the plan"),
        "is_public": gettext_lazy("Public"),
    },
    required=("title", "on"),
    other_words={"link": ("link", "url"), "on": ("ngày đăng",), "title": ("tên bài", "tiêu đề")},
    heading_within=5,
)
LENGTHS = {"title": 500, "link": 1000, "author": 200, "column": 200}
TOLD = ("title", "on", "author", "column", "genre")
YES = {"x", "co", "yes", "1", "true", "cong khai"}


def preview_clippings(rows: Iterable[SheetRow], *, by: Any) -> Preview:
    """A fixed number of queries. A row that the log holds already is corrected, never doubled."""
    agency = press_agency(by)
    known = {row.key: row for row in Clipping.objects.filter(agency=agency, state="recorded")}
    reader, found, seen = _Reader(by), Preview(), dict[str, int]()
    for row in rows:
        try:
            values = reader.read(row)
        except ValidationError as error:
            found.errors.append(RowError(row.number, row.cells["title"][:80], " ".join(error.messages)))
            continue
        body = values["press_body"]
        key = key_of(values["link"], title=values["title"], on=values["on"], press_body=body.pk)
        if key in seen:
            words = _("The same thing stands before, in row %(n)d.") % {"n": seen[key]}
            found.errors.append(RowError(row.number, values["title"][:80], words))
            continue
        seen[key] = row.number
        _sort_in(found, row.number, values, known.get(key))
    return found


def _sort_in(found: Preview, number: int, values: dict[str, Any], clipping: Clipping | None) -> None:
    label = f"{values['title']} ({values['press_body']}, {format_date(values['on'])})"
    if clipping is None:
        found.added.append(RowChange(number, label, values))
        return
    changes = tuple(
        FieldChange(key, str(SHAPE.columns[key]), getattr(clipping, key), values[key])
        for key in TOLD
        if values[key] and getattr(clipping, key) != values[key]
    )
    if changes:
        found.changed.append(RowChange(number, label, values, clipping, changes))
    else:
        found.unchanged_count += 1


class _Reader:
    """Reads rows with what the registers call press bodies, topics and tasks."""

    def __init__(self, by: Any) -> None:
        self.bodies: dict[str, PressBody] = {}
        for body in PressBody.objects.select_related("agency"):
            self.bodies.setdefault(fold(body.name), body)
            if body.agency and body.agency.short_name:
                self.bodies.setdefault(fold(body.agency.short_name), body)
        self.topics = {_label(topic.label): topic for topic in topics_to_choose(by)}
        self.works = {work.task.no: work for work in works_to_publish_for(by) if isinstance(work, Assignment)}
        self.genres = spoken(dict(Clipping.Genre.choices))
        self.is_address = URLValidator(schemes=["http", "https"])

    def read(self, row: SheetRow) -> dict[str, Any]:
        wrong = list(self._too_long(row))
        cells = {key: row.cells.get(key, "") for key in SHAPE.columns}
        values: dict[str, Any] = {key: cells[key] for key in LENGTHS}
        values["on"] = self._day(cells["on"], wrong)
        if not cells["title"]:
            wrong.append(_("“%(column)s” is empty.") % {"column": SHAPE.columns["title"]})
        if cells["link"]:
            try:
                self.is_address(cells["link"])
            except ValidationError:
                wrong.append(_("“%(value)s” is no address of a page.") % {"value": cells["link"][:80]})
        values["press_body"] = self._body(cells, wrong)
        values["genre"] = self._named("genre", cells["genre"], self.genres, wrong) or Clipping.Genre.NEWS
        values["topic"] = self._named("topic", _label(cells["topic"]), self.topics, wrong)
        values["work"] = self._named("task", cells["task"], self.works, wrong)
        values["is_public"] = fold(cells["is_public"]) in YES
        if wrong:
            raise ValidationError(wrong)
        return values

    def _too_long(self, row: SheetRow) -> Iterator[str]:
        for key, longest in LENGTHS.items():
            if len(row.cells.get(key, "")) > longest:
                yield _("“%(column)s” is too long.") % {"column": SHAPE.columns[key]}

    def _day(self, cell: str, wrong: list[str]) -> Any:
        day = read_day(cell)
        if day is None:
            wrong.append(_("“%(cell)s” is not a date such as 31/12/2025.") % {"cell": cell})
        elif day > clock.today():
            wrong.append(_("The day has not come yet."))
        return day

    def _body(self, cells: dict[str, str], wrong: list[str]) -> PressBody | None:
        name = cells["press_body"]
        body = self.bodies.get(fold(name)) if name else press_body_of_link(cells["link"])
        if body is None:
            wrong.append(
                _("The register has no press body “%(value)s”.") % {"value": name or cells["link"][:80]}
            )
        return body

    def _named(self, key: str, words: str, known: dict[str, Any], wrong: list[str]) -> Any:
        if not words:
            return None
        found = known.get(words) or known.get(fold(words))
        if found is None:
            told = {"column": SHAPE.columns[key], "value": words[:80]}
            wrong.append(_("“%(column)s”: nothing is called “%(value)s”.") % told)
        return found


def _label(words: str) -> str:
    """The letter, also of a topic as the list's own sheet writes it: “a) Administrative procedures”."""
    return words.partition(")")[0].strip().lower()
