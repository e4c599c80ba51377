"""The form a document must have, read from a dated data file.

Reads: `forms/*.toml`, one file per decree, each with `valid_from` and `legal_basis`.
Writes: a `Form`. A new decree is a new file, not new code.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

FORMS = Path(__file__).parent / "forms"


@dataclass(frozen=True, slots=True)
class TextStyle:
    """Size in points; `basis` is the cell of the decree's layout map."""

    basis: str
    size: int
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Millimetres, portrait."""

    basis: str
    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    header: float

    @property
    def text_width(self) -> float:
        return self.width - self.left - self.right

    @property
    def text_width_turned(self) -> float:
        """On a landscape page the same margins stay at the same sides."""
        return self.height - self.left - self.right


@dataclass(frozen=True, slots=True)
class Font:
    """`substitutes`: what a .pdf is set in where the font is missing, best first."""

    basis: str
    name: str
    substitutes: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.substitutes)


@dataclass(frozen=True, slots=True)
class Layout:
    basis: str
    head_columns: tuple[float, float]
    signature_columns: tuple[float, float]
    signature_space: float


@dataclass(frozen=True, slots=True)
class Body:
    basis: str
    indent: float  # mm
    gap: float  # points
    line: float  # lines


@dataclass(frozen=True, slots=True)
class Rules:
    basis: str
    agency_share: float
    title_share: float


@dataclass(frozen=True, slots=True)
class NumberRule:
    basis: str
    digits: int
    blank: str


@dataclass(frozen=True, slots=True)
class DateRule:
    basis: str
    day_digits: int
    padded_months: tuple[int, ...]
    blank: str


@dataclass(frozen=True, slots=True)
class Words:
    national_name: str
    motto: str
    number: str
    addressees: str
    recipients: str
    end_mark: str
    annex: str
    attached: str
    draft: str
    sample: str


@dataclass(frozen=True, slots=True, eq=False)  # read once each, so a form equals itself alone
class Form:
    id: str
    legal_basis: str
    valid_from: date
    font: Font
    page: Page
    layout: Layout
    body: Body
    rules: Rules
    number: NumberRule
    date: DateRule
    words: Words
    styles: Mapping[str, TextStyle]


def form_for(on: date | None, folder: Path = FORMS) -> Form:
    """The form in force on a day: the latest begun by then. A document older than every
    shipped form takes the earliest one, an undated draft the latest.
    """
    forms = sorted(forms_in(folder), key=lambda form: form.valid_from)
    begun = [form for form in forms if on is None or form.valid_from <= on]
    return begun[-1] if begun else forms[0]


@cache
def forms_in(folder: Path) -> tuple[Form, ...]:
    return tuple(read_form(path) for path in sorted(folder.glob("*.toml")))


def read_form(path: Path) -> Form:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return Form(
        id=data["id"],
        legal_basis=data["legal_basis"],
        valid_from=data["valid_from"],
        font=Font(**with_tuples(data["font"])),
        page=Page(**data["page"]),
        layout=Layout(**with_tuples(data["layout"])),
        body=Body(**data["body"]),
        rules=Rules(**data["rules"]),
        number=NumberRule(**data["number"]),
        date=DateRule(**with_tuples(data["date"])),
        words=Words(**data["words"]),
        styles={name: TextStyle(**style) for name, style in data["styles"].items()},
    )


def with_tuples(table: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
