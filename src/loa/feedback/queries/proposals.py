"""What the screen of a publication shows: each text with what looks personal in it, ticked or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from loa.core import clock
from loa.feedback.masking import Span, find_personal, plain
from loa.feedback.models import Case
from loa.feedback.queries.own_words import asker_matcher
from loa.feedback.queries.visible import desks_on

TEXTS = ("title", "question", "answer")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text; with a span, a proposal. `key` names it on the form."""

    text: str
    span: Span | None = None
    key: str = ""
    is_ticked: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    """One text with its proposals in place."""

    name: str
    pieces: tuple[Piece, ...]

    @property
    def proposals(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.span]


def original_texts(case: Case) -> dict[str, str]:
    """What was asked and what was answered, as the screen begins with them."""
    return {"title": plain(case.title), "question": plain(case.content), "answer": plain(case.answer)}


def marked_texts(
    case: Case, texts: Mapping[str, str], *, seen: Collection[str] = (), ticked: Collection[str] = ()
) -> dict[str, Marked]:
    """Each text cut at its proposals. What was `seen` before is ticked only where it was left so."""
    is_askers = asker_matcher(case)
    public = [desk.phone for desk in desks_on(clock.today()) if desk.phone]
    found = {}
    for name in TEXTS:
        text = plain(texts.get(name, ""))
        spans = find_personal(text, is_askers=is_askers, public=public)
        found[name] = Marked(name, tuple(_pieces(name, text, spans, seen, ticked)))
    return found


def _pieces(
    name: str, text: str, spans: list[Span], seen: Collection[str], ticked: Collection[str]
) -> list[Piece]:
    pieces, at, counts = [], 0, Counter[str]()
    for span in spans:
        if span.start > at:
            pieces.append(Piece(text[at : span.start]))
        counts[span.text] += 1
        key = f"{name}:{counts[span.text]}:{span.text}"
        pieces.append(Piece(span.text, span, key, key in ticked if key in seen else span.is_likely))
        at = span.end
    if at < len(text):
        pieces.append(Piece(text[at:]))
    return pieces


def with_ticked_replaced(marked: Mapping[str, Marked], ticked: Collection[str]) -> dict[str, str]:
    """The texts with every ticked proposal in place of what it hides."""
    return {
        name: "".join(
            piece.span.replacement if piece.span and piece.key in ticked else piece.text
            for piece in each.pieces
        )
        for name, each in marked.items()
    }
