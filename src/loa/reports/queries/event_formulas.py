"""Gatherings and dialogues in figure tables: counted as on the desk (events.queries, feedback.queries).

A row behind a figure is the gathering, the case of a question (its code and subject, never its words) or a promise.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from loa.core.text import fold, headline
from loa.events.models import Event
from loa.events.queries import held_between
from loa.feedback.queries import Period, dialogue_questions, dialogues_held, promises_between
from loa.reports.queries.formulas import CountedRow, Formula, Rows, matches, register
from loa.reports.queries.registers import Registers

Given = Mapping[str, str]


def _period(registers: Registers) -> Period:
    return Period(registers.round.data_from, registers.round.data_to)


def is_of_kind(event: Event, wanted: str) -> bool:
    """By the code of a kind or its name in either language: "training; hội nghị"; blank: any."""
    return matches(fold(f"{event.kind} | {_names_of(event.kind)}"), wanted)


_NAMES = {  # as people write them in an outline; the outline itself is data in both languages
    Event.Kind.CONFERENCE: "hội nghị",
    Event.Kind.TRAINING: "lớp tập huấn",
    Event.Kind.SEMINAR: "hội thảo, tọa đàm",
    Event.Kind.PRESS_BRIEFING: "họp báo",
    Event.Kind.DIALOGUE: "đối thoại",
    Event.Kind.LAUNCH: "lễ phát động",
    Event.Kind.VOLUNTEER_DAY: "ngày tình nguyện",
    Event.Kind.PERFORMANCE: "biểu diễn",
    Event.Kind.OTHER: "khác",
}


def _names_of(kind: str) -> str:
    return f"{_NAMES[Event.Kind(kind)]} | {kind.replace('_', ' ')}"


def _events(registers: Registers, given: Given, quantity: Callable[[Event], int], only: str = "") -> Rows:
    found: defaultdict[int, list[CountedRow]] = defaultdict(list)
    period = _period(registers)
    rows = dialogues_held(period) if only else held_between(*period.moments)
    for event in rows.filter(agency__in=registers.agencies):
        if is_of_kind(event, given.get("kind", "")) and matches(fold(event.title), given.get("word", "")):
            day = timezone.localtime(event.began_at).date()
            row = CountedRow(event.title[:300], "event", event.pk, day, Decimal(quantity(event)))
            found[event.agency_id].append(row)
    return dict(found)


def _gatherings(registers: Registers, given: Given) -> Rows:
    return _events(registers, given, lambda _event: 1)


def _expected(registers: Registers, given: Given) -> Rows:
    return _events(registers, given, lambda event: event.expected_count)  # type: ignore[attr-defined]  # annotated


def _present(registers: Registers, given: Given) -> Rows:
    return _events(registers, given, lambda event: event.present_count)  # type: ignore[attr-defined]  # annotated


def _dialogues(registers: Registers, given: Given) -> Rows:
    return _events(registers, given, lambda _event: 1, only="dialogue")


def _questions(what: str) -> Callable[[Registers, Given], Rows]:
    """Under the body that held the dialogue."""

    def count(registers: Registers, _given: Given) -> Rows:
        rows = dialogue_questions(_period(registers))[what].filter(event__agency__in=registers.agencies)
        return _by_agency(
            (
                question.event.agency_id,
                CountedRow(
                    f"{question.case.code}: {question.case.subject or headline(question.event.title)}"[:300],
                    "case",
                    question.case_id,
                    timezone.localtime(question.event.began_at).date(),
                ),
            )
            for question in rows
        )

    return count


def _promises(what: str) -> Callable[[Registers, Given], Rows]:
    """Under the body that gave its word."""

    def count(registers: Registers, _given: Given) -> Rows:
        rows = promises_between(_period(registers))[what].filter(agency__in=registers.agencies)
        return _by_agency(
            (
                promise.agency_id,
                CountedRow(
                    headline(promise.words)[:300],
                    "promise",
                    promise.pk,
                    promise.kept_on if what == "kept" else timezone.localtime(promise.made_at).date(),
                ),
            )
            for promise in rows
        )

    return count


def _by_agency(rows: Iterable[tuple[int, CountedRow]]) -> Rows:
    found: defaultdict[int, list[CountedRow]] = defaultdict(list)
    for agency, row in rows:
        found[agency].append(row)
    return dict(found)


_OF_EVENT = ("kind", "word")
for _each in (
    Formula("gatherings_held", _("Gatherings held"), _gatherings, _OF_EVENT),
    Formula(
        "gatherings_expected", _("People invited to and registered for gatherings"), _expected, _OF_EVENT
    ),
    Formula("gatherings_present", _("People present at gatherings"), _present, _OF_EVENT),
    Formula("dialogues_held", _("Dialogues with citizens held"), _dialogues, ("word",)),
    Formula("dialogue_questions", _("Questions received in dialogues"), _questions("received")),
    Formula("dialogue_answers", _("Questions of dialogues answered by the cut-off"), _questions("answered")),
    Formula(
        "dialogue_published", _("Questions of dialogues published with their answer"), _questions("published")
    ),
    Formula("promises_made", _("Promises made in dialogues"), _promises("made")),
    Formula("promises_kept", _("Promises of dialogues kept"), _promises("kept")),
):
    register(_each)
