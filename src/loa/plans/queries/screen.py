"""What the import screen shows: first what to look at, then every proposal with its names resolved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from loa.directory.models import Agency
from loa.directory.queries import members_of
from loa.documents.models import Proposal, Reading
from loa.plans.models import PlanBody
from loa.plans.queries.cards import (
    Card,
    CardGroup,
    Chip,
    cut_points,
    facts,
    label_of,
    reasons,
    text_of,
)
from loa.plans.queries.imports import BODY_LISTS, LEFT_OUT, DueAnswer, NameAnswer, ReadingView, Unresolved
from loa.plans.queries.source import Found, Line, place_in, source_lines

Kind = Proposal.Kind
GROUPS = (
    (Kind.TASK, pgettext_lazy("of a plan", "Tasks")),
    (Kind.DUTY, gettext_lazy("Standing duties")),
    (Kind.RULE, gettext_lazy("Reporting rules")),
    (Kind.TOPIC, gettext_lazy("Topics")),
    (Kind.FORM, gettext_lazy("Forms of communication")),
    (Kind.BASIS, gettext_lazy("Legal bases")),
)
LIKELY = 80  # of 100
WHYS = {
    "remembered": gettext_lazy("as somebody said before"),
    "same": gettext_lazy("the same name"),
    "shorter": gettext_lazy("the same but for words often left out"),
    "unaccented": gettext_lazy("the same but for accents"),
    "alike": gettext_lazy("letters alike"),
}


@dataclass(frozen=True, slots=True)
class Look:
    """One thing to look at, and where. `must`: without it the plan cannot be confirmed."""

    where: str
    sentence: str
    url: str
    must: bool = False
    remarks: tuple[int, ...] = ()  # what the reader noticed, put away once seen


@dataclass(frozen=True, slots=True)
class Name:
    """A printed name in the list of names to match."""

    number: int
    answer: NameAnswer
    name: str  # what it means now
    why: str
    is_guess: bool
    count: int | None = None  # members of a group

    @property
    def key(self) -> str:
        return f"n{self.number}"

    @property
    def needs_a_look(self) -> bool:
        return self.answer.is_open or self.is_guess

    @property
    def likely(self) -> str:
        """The suggestion to begin with; a far-fetched one is left for a person to choose."""
        first = self.answer.named.suggestions[0] if self.answer.named.suggestions else None
        return self.answer.code or (first.code if first and first.score >= LIKELY else "")

    @property
    def is_other(self) -> bool:
        """A body that was not among the suggestions."""
        suggested = {match.code for match in self.answer.named.suggestions}
        return bool(self.name) and self.answer.code not in suggested

    @property
    def label(self) -> str:
        return choice_label(self.answer.code, self.name)


@dataclass(frozen=True, slots=True)
class Due:
    number: int
    answer: DueAnswer

    @property
    def key(self) -> str:
        return f"d{self.number}"


class Screen:
    """A reading as its page shows it. A fixed number of queries, whatever the number of proposals."""

    def __init__(self, view: ReadingView) -> None:
        self.view = view
        self.reading = view.reading

    # proposals ----------------------------------------------------------------------------------------
    @cached_property
    def groups(self) -> list[CardGroup]:
        rows: dict[str, list[Proposal]] = {kind: [] for kind, _label in GROUPS}
        for proposal in self.view.proposals:
            rows.setdefault(proposal.kind, []).append(proposal)
        return [
            CardGroup(kind, label, [self._card(row, rows[kind]) for row in rows[kind]])
            for kind, label in GROUPS
        ]

    @cached_property
    def header(self) -> Card | None:
        row = next((row for row in self.view.proposals if row.kind == Kind.HEADER), None)
        return self._card(row, []) if row else None

    def card(self, proposal: Proposal) -> Card:
        if self.header and proposal.pk == self.header.proposal.pk:
            return self.header
        return next(card for card in self.cards if card.proposal.pk == proposal.pk)

    @property
    def cards(self) -> list[Card]:
        return [card for group in self.groups for card in group.cards]

    def cards_naming(self, printed: str) -> list[Card]:
        return [card for card in self.cards if any(printed == chip.printed for chip in _chips(card))]

    def _card(self, row: Proposal, siblings: list[Proposal]) -> Card:
        later = [each for each in siblings if each.position > row.position and not each.is_dropped]
        return Card(
            proposal=row,
            label=label_of(row),
            text=text_of(row),
            names=list(self._names_of(row)),
            facts=facts(row.data),
            reasons=list(reasons(row)),
            has_place=self._place(row) is not None,
            may_merge=bool(later) and row.kind != Kind.BASIS,
            may_split=row.kind != Kind.BASIS and bool(cut_points(row)),
        )

    def _names_of(self, row: Proposal) -> Iterator[tuple[Any, list[Chip]]]:
        if row.kind == Kind.TASK:
            for key, role in BODY_LISTS.items():
                if printed := row.data.get(key):
                    yield PlanBody.Role(role).label, [self.chip(name) for name in printed]
        elif row.kind == Kind.DUTY:
            yield _("Body"), [self.chip(row.data.get("agency") or "")]
        elif row.kind == Kind.RULE and row.data.get("to"):
            yield _("Reported to"), [self.chip(row.data["to"])]

    def chip(self, printed: str) -> Chip:
        answer = self.view.name_answers.get(printed)
        if answer is None:
            return Chip(printed, printed)
        return Chip(
            printed,
            self.name_of(answer.code) or printed,
            is_open=answer.is_open,
            is_left_out=answer.code == LEFT_OUT,
            count=self.member_counts.get(answer.code),
        )

    def name_of(self, code: str) -> str:
        meant = self.view.agencies.get(code) or self.view.groups.get(code)
        return meant.name if meant else ""

    @cached_property
    def member_counts(self) -> dict[str, int]:
        used = {answer.code for answer in self.view.name_answers.values()} & self.view.groups.keys()
        groups = {code: self.view.groups[code] for code in used}
        members = members_of(groups.values(), self.view.day)
        return {code: len(members[group.pk]) for code, group in groups.items()}

    # what to look at ----------------------------------------------------------------------------------
    @cached_property
    def unresolved(self) -> list[Unresolved]:
        return self.view.unresolved()

    @cached_property
    def looks(self) -> list[Look]:
        """What must be settled first, then what a person should see once."""
        found = [*self._gaps(), *self._guesses(), *self._dues(), *self._doubtful(), *self._remarks()]
        return sorted(found, key=lambda look: not look.must)

    @property
    def must_count(self) -> int:
        return sum(look.must for look in self.looks)

    def _gaps(self) -> Iterator[Look]:
        numbers = {name.answer.printed: name.key for name in self.names}
        for gap in self.unresolved:
            url = "#g-task" if gap.field == "tasks" else "#fields"
            if gap.field in {"title", "issued_on"} and self.header:
                url = card_url(self.header.proposal.pk)
            elif gap.proposal:
                url = card_url(gap.proposal)
            elif gap.field.startswith("name:"):
                url = f"#{numbers[gap.field.removeprefix('name:')]}"
            yield Look(gap.where, gap.sentence, url, must=True)

    def _guesses(self) -> Iterator[Look]:
        for name in self.names:
            if name.is_guess:
                sentence = _("Is “%(name)s” meant? It is not printed quite like this.") % {"name": name.name}
                yield Look(name.answer.printed, sentence, f"#{name.key}")

    def _dues(self) -> Iterator[Look]:
        for due in self.dues:
            if not due.answer.is_answered:
                yield Look(due.answer.printed, _("Until which day is that?"), f"#{due.key}")

    def _doubtful(self) -> Iterator[Look]:
        for card in [*([self.header] if self.header else []), *self.cards]:
            for sentence in card.reasons:
                yield Look(card.label, sentence, card_url(card.proposal.pk))

    def _remarks(self) -> Iterator[Look]:
        """What the reader noticed; the same sentence about several places is one thing to look at."""
        seen = self.view.answers.get("seen") or []
        by_message: dict[str, list[int]] = {}
        for number, warning in enumerate(self.reading.warnings):
            if number not in seen:
                by_message.setdefault(warning["message"], []).append(number)
        for message, numbers in by_message.items():
            placed = [number for number in numbers if self._warned(number)]
            url = f"#t-w{placed[0]}" if placed else ""
            yield Look(_("Remark"), message, url, remarks=tuple(numbers))

    # names, deadlines, text ---------------------------------------------------------------------------
    @cached_property
    def names(self) -> list[Name]:
        """Every printed name, the unknown ones first, then in the printed order."""
        found = [self._name(number, each) for number, each in enumerate(self.view.name_answers.values())]
        return sorted(found, key=lambda name: (not name.answer.is_open, not name.is_guess, name.number))

    def _name(self, number: int, answer: NameAnswer) -> Name:
        decided = answer.named.decided
        why = _("said by a person") if answer.is_answered else str(WHYS[decided.why]) if decided else ""
        return Name(
            number,
            answer,
            self.name_of(answer.code),
            why,
            is_guess=bool(decided and decided.why == "alike" and not answer.is_answered),
            count=self.member_counts.get(answer.code),
        )

    @property
    def open_names(self) -> list[Name]:
        return [name for name in self.names if name.needs_a_look]

    @property
    def matched_names(self) -> list[Name]:
        return [name for name in self.names if not name.needs_a_look]

    @cached_property
    def dues(self) -> list[Due]:
        return [Due(number, each) for number, each in enumerate(self.view.due_answers)]

    @cached_property
    def choices(self) -> list[str]:
        """Every group and every body that existed on the day of issue, to choose from while typing."""
        day = self.view.day
        groups = [choice_label(code, group.name) for code, group in self.view.groups.items()]
        bodies = [agency for agency in self.view.agencies.values() if exists_on(agency, day)]
        return [*groups, *(choice_label(agency.code, agency.name) for agency in bodies)]

    @cached_property
    def lines(self) -> list[Line]:
        return source_lines(self.reading.text, self._found())

    def _found(self) -> Iterator[Found]:
        for row in self.view.proposals:
            if not row.is_dropped and (place := self._place(row)):
                is_row = row.source.get("row") is not None
                yield Found(f"p{row.pk}", *place, label_of(row), card_url(row.pk), is_row)
        for number in range(len(self.reading.warnings)):
            if place := self._warned(number):
                yield Found(f"w{number}", *place)

    def _place(self, row: Proposal) -> tuple[int, int] | None:
        """A legal basis carries no place of its own: its words are looked up."""
        text = self.reading.text
        words = row.found.get("text") if row.kind == Kind.BASIS else ""
        start = text.find(words) if words else -1
        return (start, start + len(words)) if words and start >= 0 else place_in(row.source, len(text))

    def _warned(self, number: int) -> tuple[int, int] | None:
        return place_in(self.reading.warnings[number].get("source") or {}, len(self.reading.text))

    # how far ------------------------------------------------------------------------------------------
    @property
    def kept_count(self) -> int:
        return sum(group.kept_count for group in self.groups)

    @property
    def checked_count(self) -> int:
        return sum(group.checked_count for group in self.groups)


def with_task_count(readings: QuerySet[Reading]) -> QuerySet[Reading]:
    """Readings as their list shows them."""
    tasks = Count("proposals", filter=Q(proposals__kind=Kind.TASK, proposals__is_dropped=False))
    rows = readings.select_related("started_by", "document__plan").annotate(task_count=tasks)
    return rows.order_by("-created_at", "-pk")


def _chips(card: Card) -> Iterator[Chip]:
    for _role, chips in card.names:
        yield from chips


def card_url(pk: int) -> str:
    """The page with this proposal open, and its place on the page."""
    return f"?p={pk}#p{pk}"


def choice_label(code: str, name: str) -> str:
    return f"{name} · {code}"


def exists_on(agency: Agency, day: Any) -> bool:
    begun = agency.valid_from is None or agency.valid_from <= day
    return begun and (agency.valid_to is None or agency.valid_to >= day)
