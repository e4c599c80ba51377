"""Where cases like this one went: naive Bayes over the counted words of answered cases, explained word by word.

Each word of the case speaks for an agency as much as it occurs more often in that agency's answered cases than in
all of them; words that are rare there count less than they seem (smoothing towards all cases). Neighbouring words
say partly the same, so that their voices are weakened (TEMPER) before they are read as a likelihood. Reads a fixed number
of queries and counts of the case's own words only, however many cases were learned.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from loa.directory.models import Agency
from loa.directory.queries import successor_of
from loa.feedback.models import Case, Subject, WordCount
from loa.feedback.queries.terms import case_terms
from loa.feedback.states import ANSWERED_STATES
from loa.procedures.models import Procedure

MOST = 5
SPOKEN = 4  # words shown for each
LEAST_CASES = 10  # before so many are learned nothing is suggested
SMOOTHING = 2.0
TEMPER = 0.35
_SHOWN_FROM = 0.02  # of likelihood


@dataclass(frozen=True, slots=True)
class Guess:
    """One suggested agency or subject, how sure, and the words that speak for it the most."""

    key: int
    percent: int
    words: list[str]
    what: Any = None


@dataclass(frozen=True, slots=True)
class Suggested:
    agencies: list[Guess]
    subjects: list[Guess]
    learned_count: int


def unlearned_cases() -> QuerySet[Case]:
    """Answered by an agency, and not yet counted; the oldest first."""
    rows = Case.objects.filter(state__in=ANSWERED_STATES, agency__isnull=False, learned__isnull=True)
    return rows.order_by("pk")


Counts = Mapping[str, Mapping[str, int]]  # word -> target -> count


def suggested(case: Case, *, on: date) -> Suggested:
    """What past cases suggest for this one; nothing before enough were learned. Nothing is ever acted on."""
    said = case_terms(case)
    counts = counts_of(said)
    agencies = _with_agencies(best(said, counts, "agency"), on)
    subjects = best(said, counts, "subject")
    known = Subject.objects.in_bulk([guess.key for guess in subjects])
    named = _names(said)
    return Suggested(
        agencies=[_in_words(guess, guess.what, named) for guess in agencies],
        subjects=[_in_words(guess, known[guess.key], named) for guess in subjects if guess.key in known],
        learned_count=sum(count for target, count in counts[""].items() if target.startswith("agency:")),
    )


def counts_of(said: list[str]) -> Counts:
    """The counted words of a text; under "" how many cases each target has. One query."""
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    rows = WordCount.objects.filter(word__in=["", *said]).values_list("word", "target", "count")
    for word, target, count in rows:
        counts[word][target] = count
    counts.setdefault("", {})
    return counts


def best(said: list[str], counts: Counts, kind: str) -> list[Guess]:
    """The likeliest targets of a kind, the likeliest first."""
    cases = {target: count for target, count in counts[""].items() if target.startswith(f"{kind}:")}
    total = sum(cases.values())
    if total < LEAST_CASES:
        return []
    voices = {target: _voices(said, counts, target, cases) for target in cases}
    scores = {
        target: math.log(cases[target] / total) + TEMPER * sum(spoken.values())
        for target, spoken in voices.items()
    }
    top = max(scores.values())
    likely = {target: math.exp(score - top) for target, score in scores.items()}
    whole = sum(likely.values())
    ranked = sorted(likely, key=lambda target: (-likely[target], target))[:MOST]
    return [
        Guess(int(target.partition(":")[2]), round(100 * likely[target] / whole), _loudest(voices[target]))
        for target in ranked
        if likely[target] / whole >= _SHOWN_FROM
    ]


def _voices(said: list[str], counts: Counts, target: str, cases: Mapping[str, int]) -> dict[str, float]:
    """How much each word speaks for a target: the logarithm of its share there over its share everywhere."""
    total = sum(cases.values())
    spoken = {}
    for word in said:
        if word not in counts:
            continue
        everywhere = sum(count for each, count in counts[word].items() if each in cases)
        if not everywhere:
            continue
        share = everywhere / total
        there = (counts[word].get(target, 0) + SMOOTHING * share) / (cases[target] + SMOOTHING)
        spoken[word] = math.log(there / share)
    return spoken


def _loudest(spoken: Mapping[str, float]) -> list[str]:
    """The words that speak for it; a word inside a pair that is shown too is left out."""
    shown: list[str] = []
    for word in sorted(spoken, key=lambda word: (-spoken[word] - 0.1 * (" " in word), word)):
        if spoken[word] <= 0 or len(shown) == SPOKEN:
            break
        if not any(word in other.split() or set(word.split()) & set(other.split()) for other in shown):
            shown.append(word)
    return shown


def _with_agencies(guesses: list[Guess], on: date) -> list[Guess]:
    """Bodies that exist on the day: one that has ended stands for the body that followed, where that is known."""
    known = Agency.objects.in_bulk([guess.key for guess in guesses])
    found: dict[int, Guess] = {}
    for guess in guesses:
        agency: Agency | None = known.get(guess.key)
        if agency is not None and agency.valid_to and agency.valid_to < on:
            agency = successor_of(agency)
        if agency is not None and agency.pk not in found:
            found[agency.pk] = Guess(agency.pk, guess.percent, guess.words, agency)
    return list(found.values())


def _names(said: list[str]) -> dict[str, str]:
    """What the sender chose, in words, by its term."""
    names = {}
    for term in said:
        kind, _blank, key = term.partition(" ")
        if kind == "@procedure":
            names[term] = str(Procedure.objects.get(pk=int(key)))
        elif kind in ("@about", "@place"):
            names[term] = str(Agency.objects.get(pk=int(key)))
    return names


def _in_words(guess: Guess, what: Any, named: Mapping[str, str]) -> Guess:
    said = [
        _("chosen: %(what)s") % {"what": named[word]} if word in named else f"“{word}”"
        for word in guess.words
    ]
    return Guess(guess.key, guess.percent, said, what)
