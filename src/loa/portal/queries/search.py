"""The public search: what it looks through, how a question is read, and what it answers.

Accents are optional, every word must occur, words in quotation marks must follow one another. Both databases are given
the same words and the order is ours: what has all words in its title first, then the newest; so both answer alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Case, Count, F, IntegerField, Model, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL
from modelsearch.query import And, Phrase, PlainText, SearchQuery
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein
from wagtail.search.backends import get_search_backend

from loa.core.text import fold, words
from loa.portal.models import KnownWord, PublicText

MAX_LETTERS = 200
MAX_WORDS = 16
_QUOTED = re.compile(r"[\"“”«»]([^\"“”«»]+)[\"“”«»]")
KEYS_ON_SQLITE = """
    SELECT CAST(object_id AS INTEGER) FROM wagtailsearch_indexentry WHERE content_type_id = %s AND id IN (
        SELECT rowid FROM wagtailsearch_indexentry_fts WHERE wagtailsearch_indexentry_fts MATCH %s
    )"""
TOKEN = re.compile(r"[^\W_]+")
_SHORT = 4  # letters: a short word may have one error, a longer one two


@dataclass(frozen=True, slots=True)
class Found:
    """What a source says of one public thing."""

    title: str
    text: str
    url: str
    on: date | None = None
    agency_id: int | None = None
    site_id: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A register with public things: `rows` are those that are public now; `found` describes one.

    `follows` names models whose history also changes a thing: model -> its keys here.
    """

    kind: str
    label: Any  # lazy
    rows: Callable[[], QuerySet[Any]]
    found: Callable[[Any], Found]
    follows: Mapping[type[Model], Callable[[Any], Iterable[int]]] = field(default_factory=dict)


sources: dict[str, Source] = {}


def register_source(source: Source) -> None:
    """Once for a kind, from an app's `ready`."""
    sources[source.kind] = source


@dataclass(frozen=True, slots=True)
class Question:
    """What a reader asks for, read from what was typed."""

    typed: str
    words: tuple[str, ...]  # folded, without those of phrases
    phrases: tuple[str, ...]  # folded

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.phrases)

    @property
    def tokens(self) -> tuple[str, ...]:
        return (*self.words, *(word for phrase in self.phrases for word in phrase.split()))


def read_question(typed: str) -> Question:
    typed = " ".join(typed[:MAX_LETTERS].split())
    phrases = [phrase for phrase in map(words, _QUOTED.findall(typed)) if phrase]
    rest = words(_QUOTED.sub(" ", typed)).split()[:MAX_WORDS]
    single = [phrase for phrase in phrases if " " not in phrase]
    several = tuple(dict.fromkeys(phrase for phrase in phrases if " " in phrase))[:MAX_WORDS]
    return Question(typed, tuple(dict.fromkeys([*rest, *single])), several)


@dataclass(frozen=True, slots=True)
class Narrowing:
    kind: str = ""
    agency: Any = None
    site: Any = None
    from_on: date | None = None
    to_on: date | None = None
    is_newest_first: bool = False


def public_texts(question: Question, narrowing: Narrowing) -> Any:
    """The hits, lazily: may be counted and sliced. In the order that both databases give."""
    rows = PublicText.objects.filter(_narrowed(narrowing))
    if question.is_empty:
        return rows.none()
    in_title = Q()
    for word in question.tokens:
        in_title &= Q(title_words__contains=word)
    rows = rows.annotate(
        rank=Case(When(in_title, then=Value(0)), default=Value(1), output_field=IntegerField())
    )
    order = [F("on").desc(nulls_last=True), F("pk").desc()]
    if not narrowing.is_newest_first:
        order.insert(0, F("rank").asc())
    return _matching(question, rows.order_by(*order))


def _narrowed(narrowing: Narrowing) -> Q:
    wanted = Q()
    for name, value in (
        ("kind", narrowing.kind),
        ("agency", narrowing.agency),
        ("site", narrowing.site),
        ("on__gte", narrowing.from_on),
        ("on__lte", narrowing.to_on),
    ):
        if value:
            wanted &= Q(**{name: value})
    return wanted


def _matching(question: Question, rows: QuerySet[PublicText]) -> Any:
    if connection.vendor == "sqlite":
        return rows.filter(pk__in=_keys_on_sqlite(question))
    parts: list[SearchQuery] = [Phrase(phrase) for phrase in question.phrases]
    if question.words:
        parts.append(PlainText(" ".join(question.words), operator="and"))
    query = parts[0] if len(parts) == 1 else And(parts)
    return get_search_backend().search(query, rows, order_by_relevance=False).get_queryset()


def _keys_on_sqlite(question: Question) -> RawSQL:
    """The same index, asked once for a question: the library's own join asks it again for every row of it.

    The parts hold letters, numbers and spaces alone, so they cannot end their quotation marks.
    """
    match = " AND ".join(f'"{part}"' for part in (*question.words, *question.phrases))
    kind = ContentType.objects.get_for_model(PublicText).pk
    return RawSQL(KEYS_ON_SQLITE, (kind, f"{{title body}} : ({match})"))  # noqa: S611  parameters are parameters


def counts_by_kind(question: Question, narrowing: Narrowing) -> list[tuple[Source, int]]:
    """How many hits each kind has, whatever kind is chosen; one query."""
    if question.is_empty:
        return []
    rows = PublicText.objects.filter(
        _narrowed(Narrowing("", narrowing.agency, narrowing.site, narrowing.from_on, narrowing.to_on))
    )
    found = _matching(question, rows).order_by().values_list("kind").annotate(count=Count("pk"))
    counts = dict(found)
    return [(source, counts[kind]) for kind, source in sources.items() if kind in counts]


# Did you mean ---------------------------------------------------------------------------------------
def suggestion(question: Question) -> str:
    """Another question, with unknown words replaced by near ones that occur; "" where there is none."""
    unknown = set(question.tokens) - set(
        KnownWord.objects.filter(folded__in=question.tokens).values_list("folded", flat=True)
    )
    if not unknown:
        return ""
    mended = {word: _near(word) for word in unknown}
    if not all(mended.values()):
        return ""

    def replace(match: re.Match[str]) -> str:
        return mended.get(fold(match.group()), "") or match.group()

    return TOKEN.sub(replace, question.typed)


def _near(word: str) -> str:
    """The most usual of the nearest words that occur; "" where none is near."""
    allowed = 1 if len(word) <= _SHORT else 2
    candidates = KnownWord.objects.filter(length__range=(len(word) - allowed, len(word) + allowed))
    known = {row[0]: row[1:] for row in candidates.values_list("folded", "shown", "count")}
    hits = process.extract(
        word, known.keys(), scorer=DamerauLevenshtein.distance, score_cutoff=allowed, limit=20
    )
    ranked = sorted(hits, key=lambda hit: (hit[1], -known[hit[0]][1], hit[0]))
    return known[ranked[0][0]][0] if ranked else ""


# Snippets -------------------------------------------------------------------------------------------
def snippet(text: str, question: Question, *, width: int = 260) -> list[tuple[str, bool]]:
    """The part of a text with the most of what was asked, as (piece, is a hit); words are not cut."""
    wanted = set(question.tokens)
    hits = [match for match in TOKEN.finditer(text) if fold(match.group()) in wanted]
    start = _best_start(hits, width)
    start = 0 if start < width // 3 else text.rfind(" ", 0, start) + 1
    end = len(text) if len(text) - start <= width else max(text.rfind(" ", start, start + width), start + 1)
    pieces: list[tuple[str, bool]] = [("… ", False)] if start else []
    at = start
    for match in hits:
        if match.start() >= at and match.end() <= end:
            pieces += [(text[at : match.start()], False), (match.group(), True)]
            at = match.end()
    pieces.append((text[at:end] + (" …" if end < len(text) else ""), False))
    return [(piece, is_hit) for piece, is_hit in pieces if piece]


def _best_start(hits: list[re.Match[str]], width: int) -> int:
    """Where a window of that width holds the most different words that were asked for."""
    best, best_start = 0, 0
    for number, match in enumerate(hits[:200]):
        seen = {
            fold(other.group())
            for other in hits[number : number + 40]
            if other.end() - match.start() <= width
        }
        if len(seen) > best:
            best, best_start = len(seen), max(0, match.start() - width // 4)
    return best_start
