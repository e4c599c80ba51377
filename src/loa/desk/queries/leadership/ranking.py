"""Agencies by their on-time rate, within blocks of their like. Party and mass bodies are never ranked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from loa.directory.models import Agency
from loa.plans.queries import Tally, sum_of

MINIMUM = 2  # matters that are closed or overdue: one says nothing
ENDS = 3
Kind = Agency.Kind
BLOCKS = {
    "departments": _("Departments and offices of the city"),
    "districts": _("Districts"),
    "communes": _("Communes"),
    "press": _("Press and radio"),
    "others": _("Other bodies"),
}
_BLOCK_OF = {
    Kind.OFFICE: "departments",
    Kind.DEPARTMENT: "departments",
    Kind.INSPECTORATE: "departments",
    Kind.POLICE: "departments",
    Kind.DISTRICT: "districts",
    Kind.COMMUNE: "communes",
    Kind.PRESS: "press",
    Kind.STATION: "press",
}


@dataclass(frozen=True, slots=True)
class Ranked:
    """An agency's work and its reports. `rank` is None where there are fewer than `MINIMUM` matters, or the
    body is never ranked.
    """

    agency: Agency
    work: Tally
    reports: Tally
    rank: int | None = None

    @property
    def tally(self) -> Tally:
        """Both together."""
        return sum_of((self.work, self.reports))

    @property
    def block(self) -> str:
        return block_of(self.agency.kind)

    @property
    def block_label(self) -> str:
        return str(BLOCKS[self.block])

    @property
    def counted_work(self) -> int:
        """What the rate is taken of: closed or overdue."""
        return self.work.finished + self.work.late

    @property
    def counted_reports(self) -> int:
        return self.reports.finished + self.reports.late

    @property
    def counted(self) -> int:
        return self.counted_work + self.counted_reports

    @property
    def rate(self) -> Fraction | None:
        return on_time_rate(self.tally)

    @property
    def percent(self) -> int | None:
        return None if self.rate is None else int(self.rate * 100 + Fraction(1, 2))


@dataclass(frozen=True, slots=True)
class Block:
    """Of a long block a printed page shows both ends."""

    key: str
    rows: list[Ranked]  # those that have a rank, the best first

    @property
    def first(self) -> list[Ranked]:
        return self.rows if len(self.rows) <= 2 * ENDS else self.rows[:ENDS]

    @property
    def last(self) -> list[Ranked]:
        return [] if len(self.rows) <= 2 * ENDS else self.rows[-ENDS:]

    @property
    def hidden_count(self) -> int:
        return len(self.rows) - len(self.first) - len(self.last)

    @property
    def label(self) -> str:
        return str(BLOCKS[self.key])


@dataclass(frozen=True, slots=True)
class Ranking:
    blocks: list[Block]
    too_few: list[Ranked]
    asked: list[Ranked]  # party and mass bodies, by name

    @property
    def all(self) -> list[Ranked]:
        return [*(row for block in self.blocks for row in block.rows), *self.too_few, *self.asked]


def block_of(kind: str) -> str:
    return _BLOCK_OF.get(Kind(kind), "others")


def on_time_rate(tally: Tally) -> Fraction | None:
    """On time ÷ (closed + overdue), never ÷ closed; None where nothing is either."""
    counted = tally.finished + tally.late
    return Fraction(tally.done, counted) if counted else None


def ranking_of(rows: Iterable[Ranked]) -> Ranking:
    rows = list(rows)
    ordered = [row for row in rows if not row.agency.is_political]
    ranked = [row for row in ordered if row.counted >= MINIMUM]
    return Ranking(
        blocks=[
            Block(key, _with_ranks(own))
            for key in BLOCKS
            if (own := [row for row in ranked if row.block == key])
        ],
        too_few=sorted((row for row in ordered if row.counted < MINIMUM), key=_name),
        asked=sorted((row for row in rows if row.agency.is_political), key=_name),
    )


def _with_ranks(rows: list[Ranked]) -> list[Ranked]:
    """Those with one rate share a rank, and the next rank counts them: 1, 2, 2, 4."""
    rates = sorted((row.rate or Fraction(0) for row in rows), reverse=True)
    placed = [replace(row, rank=rates.index(row.rate or Fraction(0)) + 1) for row in rows]
    return sorted(placed, key=lambda row: (row.rank, _name(row)))


def _name(row: Ranked) -> str:
    return row.agency.sort_name
