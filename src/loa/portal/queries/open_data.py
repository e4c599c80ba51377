"""The registry of open data: tables of public facts that anybody may download, each described by its own fields.

One line adds a table: `register_dataset("thu-tuc", title=…, description=…, fields=(…), rows=…)`. The catalogue,
the page, the CSV, the JSON, the schema and the interface for programs follow from it. `rows` must give what
everybody may see and nothing else: no page asks again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, QuerySet
from django.utils import timezone
from wagtail.models import Page

from loa.core import clock
from loa.core.models import Entry

Value = str | int | bool | date | Decimal | None
Maker = Callable[[Any], tuple[Value, ...]]
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Field:
    """A column. `kind`: string, integer, decimal, boolean, date or uri."""

    name: str
    title: Any  # lazy
    kind: str = "string"
    description: Any = ""  # lazy


@dataclass(frozen=True, slots=True)
class Rows:
    """Records and what makes a row of one; several parts stand one after the other."""

    parts: Sequence[tuple[QuerySet[Any], Maker]]

    def __iter__(self) -> Iterator[tuple[Value, ...]]:
        """All rows, read in portions: the memory does not grow with them."""
        for records, make in self.parts:
            yield from map(make, records.iterator(chunk_size=CHUNK))

    def __len__(self) -> int:
        return sum(records.count() for records, _make in self.parts)

    def __getitem__(self, part: slice) -> list[tuple[Value, ...]]:
        """A page of rows. A part is counted only where the page begins behind it."""
        found: list[tuple[Value, ...]] = []
        first, last = part.start, part.stop
        for records, make in self.parts:
            rows = list(map(make, records[first:last]))
            found += rows
            if len(rows) == last - first or len(self.parts) == 1:
                break
            total = first + len(rows) if rows or not first else records.count()
            first, last = max(first - total, 0), last - total
        return found


@dataclass(frozen=True, slots=True)
class Dataset:
    name: str  # its part of the address: "nhiem-vu"
    title: Any  # lazy
    description: Any  # lazy
    fields: tuple[Field, ...]
    rows: Callable[[int | None], Rows]  # of one plan by its id, or all
    key: tuple[str, ...]  # names of the fields that tell one row from another
    is_by_plan: bool
    licence: str  # SPDX id
    keywords: tuple[Any, ...]  # lazy

    @property
    def licence_url(self) -> str:
        return f"https://spdx.org/licenses/{self.licence}.html"


_datasets: dict[str, Dataset] = {}


def register_dataset(
    name: str,
    *,
    title: Any,
    description: Any,
    fields: Sequence[Field],
    rows: Callable[[int | None], Rows],
    key: Sequence[str] = ("id",),
    is_by_plan: bool = True,
    licence: str = "",
    keywords: Sequence[Any] = (),
) -> None:
    """Add a table to the catalogue; called once, when the apps are ready."""
    _datasets[name] = Dataset(
        name=name,
        title=title,
        description=description,
        fields=tuple(fields),
        rows=rows,
        key=tuple(key),
        is_by_plan=is_by_plan,
        licence=licence or settings.OPEN_DATA_LICENCE,
        keywords=tuple(keywords),
    )


def datasets() -> list[Dataset]:
    return list(_datasets.values())


def dataset_named(name: str) -> Dataset | None:
    return _datasets.get(name)


def as_record(dataset: Dataset, row: tuple[Value, ...]) -> dict[str, Any]:
    """A row by its fields' names, ready for JSON: days as ISO, amounts as numbers."""
    return {field.name: _plain(value) for field, value in zip(dataset.fields, row, strict=True)}


def _plain(value: Value) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return None if value is None else value if isinstance(value, bool | int) else str(value)


def updated_at() -> datetime:
    """When the public facts may last have changed: the last act on record, or midnight, when due dates pass."""
    midnight = timezone.make_aware(datetime.combine(clock.today(), time.min))
    last = Entry.objects.aggregate(at=Max("at"))["at"]
    return max(midnight, last) if last else midnight


def version_of_facts() -> str:
    """Another one after every act on record, every published page and every midnight. Two queries."""
    last = Entry.objects.aggregate(pk=Max("pk"))["pk"] or 0
    pages = Page.objects.filter(live=True).aggregate(at=Max("last_published_at"), count=Count("pk"))
    published = int(pages["at"].timestamp() * 1000) if pages["at"] else 0
    return f"{clock.today():%Y%m%d}-{last}-{pages['count']}-{published}"
