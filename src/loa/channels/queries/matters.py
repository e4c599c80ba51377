"""What can be owed and reminded of: each app says what its open matters are, here they are all treated alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import QuerySet

from loa.directory.models import Agency


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that an agency owes to another by a day, or that waits for an agency's answer since a day."""

    obj: models.Model
    kind: str
    title: str
    url: str
    agency: Agency  # who owes it
    asker_id: int | None  # the agency that follows it up and may remind by hand
    due_on: date
    is_before: bool = False  # the day itself is already too late
    is_waiting: bool = False  # `due_on` is the day since which it waits
    officer_id: int | None = None
    leader_id: int | None = None  # the agency whose leadership hears of it
    context: str = ""  # the number of its plan

    @property
    def last_day(self) -> date:
        return self.due_on - timedelta(days=1) if self.is_before else self.due_on


@dataclass(frozen=True, slots=True, eq=False)
class MatterSource:
    """A kind of matter. The querysets carry `due` (date), `is_before` (bool) and `since` (date or null).

    Reminders before the due date count only after `since`, the day on which its agency was told of it.
    """

    kind: str
    label: Any  # lazy
    rows: Callable[[], QuerySet]  # everything of this kind that can be open, done or not
    open_rows: Callable[[], QuerySet]
    matter: Callable[[Any], Matter]
    visible_to: Callable[[Any, QuerySet], QuerySet]  # of some rows those whose reminders a person may see
    overseen_by: Callable[[Any, QuerySet], QuerySet]  # those a person answers for, as who owes or who asked
    agency_field: str = "agency"
    list_url: Callable[[], str] | None = None  # where the matters of one agency stand together
    is_waiting: bool = False


_sources: dict[str, MatterSource] = {}


def register_matters(*found: MatterSource) -> None:
    """Called once from an app's `ready`."""
    for source in found:
        _sources[source.kind] = source


def source_called(kind: str) -> MatterSource | None:
    return _sources.get(kind)


def sources() -> list[MatterSource]:
    return list(_sources.values())


def sources_about(obj: models.Model) -> list[MatterSource]:
    """The kinds of matter that one object can be: an assignment is owed, later its acceptance is."""
    return [source for source in sources() if source.rows().model is type(obj)]
