"""References in texts resolved against the public register: one query for however many texts and references."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from loa.core.text import fold
from loa.documents.models import DocumentLink, LegalDocument
from loa.documents.queries.legal import ENDING_KINDS, public_legal_documents, with_status_on
from officialdoc.read.references import Cited, find_references, number_key, title_key

_AT_ONCE = 5_000  # keys of one query
_LOCAL = re.compile(r"-(?:ubnd|hdnd)$")  # numbers that every province gives
_PLACE = re.compile(r"(?:^| )(?:tinh|thanh pho|tp\.?) (?P<name>\S.*)$")
_TAG = re.compile(r"(<[^>]*>)")
_SKIPPED = re.compile(r"<(/?)(a|script|style|textarea|title|svg|button|select)\b", re.IGNORECASE)


def resolve(
    cited: Sequence[Cited], rows: QuerySet[LegalDocument] | None = None
) -> list[LegalDocument | None]:
    """The registered document of each reference; None where there is none, or where several would fit."""
    if not cited:
        return []
    keys = sorted({key for each in cited for key in _number_keys(each)})
    titles = sorted({title_key(each.title) for each in cited if each.title})
    rows = public_legal_documents() if rows is None else rows
    by_number: dict[str, list[LegalDocument]] = {}
    by_title: dict[str, list[LegalDocument]] = {}
    for row in _rows_with(rows.defer("text", "search_text"), keys, titles):
        by_number.setdefault(row.number_key, []).append(row)
        if row.title_key:
            by_title.setdefault(row.title_key, []).append(row)
    return [_one_of(each, by_number, by_title) for each in cited]


def _rows_with(rows: QuerySet[LegalDocument], keys: list[str], titles: list[str]) -> Iterable[LegalDocument]:
    for start in range(0, max(len(keys), len(titles)), _AT_ONCE):
        here = slice(start, start + _AT_ONCE)
        yield from rows.filter(Q(number_key__in=keys[here]) | Q(title_key__in=titles[here])).distinct()


def _number_keys(cited: Cited) -> list[str]:
    """A decree is often cited by number and year alone."""
    if not cited.number:
        return []
    key = number_key(cited.number)
    is_short = cited.kind == "nghị định" and re.fullmatch(r"\d+[a-z]?/\d{4}", key)
    return [f"{key}/nd-cp" if is_short else key]


def _one_of(
    cited: Cited, by_number: dict[str, list[LegalDocument]], by_title: dict[str, list[LegalDocument]]
) -> LegalDocument | None:
    found = [row for key in _number_keys(cited) for row in by_number.get(key, []) if _fits(cited, row)]
    if not found and cited.title and not cited.number:
        named = by_title.get(title_key(cited.title), [])
        found = [
            row for row in named if fold(row.document.kind) == fold(cited.kind) and _same_day(cited, row)
        ]
    return found[0] if len({row.pk for row in found}) == 1 else None


def _fits(cited: Cited, row: LegalDocument) -> bool:
    is_national = re.match(r"\d+[a-z]?/\d{4}/", row.number_key) and not _LOCAL.search(row.number_key)
    if is_national:
        return True
    theirs, ours = _place(cited.issuer), _place(row.document.issuer_name)
    return not (theirs and ours and theirs != ours) and _same_day(cited, row)


def _same_day(cited: Cited, row: LegalDocument) -> bool:
    issued_on = row.document.issued_on
    if issued_on is None:
        return True
    if cited.issued_on:
        return cited.issued_on == issued_on
    return cited.year is None or cited.year == issued_on.year


def _place(issuer: str) -> str:
    found = _PLACE.search(fold(issuer))
    return found["name"] if found else ""


def link_references(texts: Iterable[str]) -> list[SafeString]:
    """Plain texts as HTML, escaped, each reference to a public document a link to its page. One query."""
    texts = list(texts)
    found = [find_references(text) for text in texts]
    documents = iter(resolve([cited for each in found for cited in each]))
    return [
        _linked(text, [(cited, next(documents)) for cited in each], is_html=False)
        for text, each in zip(texts, found, strict=True)
    ]


def link_references_in_html(fragments: Iterable[str]) -> list[SafeString]:
    """The same for HTML that is safe already: what stands in links, scripts and fields is left alone. One query."""
    pieces = [_TAG.split(fragment) for fragment in fragments]
    readable = [_readable(parts) for parts in pieces]
    texts = [parts[at] for parts, places in zip(pieces, readable, strict=True) for at in places]
    found = [find_references(text) for text in texts]
    documents = iter(resolve([cited for each in found for cited in each]))
    linked = iter(
        _linked(text, [(cited, next(documents)) for cited in each], is_html=True)
        for text, each in zip(texts, found, strict=True)
    )
    for parts, places in zip(pieces, readable, strict=True):
        for at in places:
            parts[at] = next(linked)
    return [mark_safe("".join(parts)) for parts in pieces]  # noqa: S308  the fragment was safe, links are escaped


def _readable(parts: list[str]) -> list[int]:
    """Places of the texts between tags in which a link may stand."""
    places, depth = [], 0
    for at, part in enumerate(parts):
        if at % 2 == 0:
            if depth == 0 and part.strip():
                places.append(at)
            continue
        tag = _SKIPPED.match(part)
        if tag and not part.endswith("/>"):
            depth = max(0, depth - 1) if tag[1] else depth + 1
    return places


def _linked(text: str, found: list[tuple[Cited, LegalDocument | None]], *, is_html: bool) -> SafeString:
    out: list[str] = []
    at = 0
    for cited, legal in found:
        if legal is None:
            continue
        out.append(_shown(text[at : cited.start], is_html=is_html))
        words = mark_safe(_shown(cited.text, is_html=is_html))  # noqa: S308  escaped or safe already
        out.append(
            format_html(
                '<a class="reference" href="{}" title="{}">{}</a>',
                legal.public_url,
                legal.document.subject,
                words,
            )
        )
        at = cited.end
    out.append(_shown(text[at:], is_html=is_html))
    return mark_safe("".join(out))  # noqa: S308  every piece is escaped or was safe


def _shown(text: str, *, is_html: bool) -> str:
    return text if is_html else escape(text)


@dataclass(frozen=True, slots=True)
class OutOfForce:
    """A text names a document that is no longer in force."""

    index: int  # of the text among those asked about
    cited: Cited
    legal: LegalDocument
    by: tuple[LegalDocument, ...]  # what replaced or abolished it


def no_longer_in_force(texts: Iterable[str], on: date) -> list[OutOfForce]:
    """References to registered documents that have ended by a day, in the order of the texts. Two queries."""
    found = [(index, cited) for index, text in enumerate(texts) for cited in find_references(text)]
    rows = with_status_on(public_legal_documents(), on)
    documents = resolve([cited for _index, cited in found], rows)
    ended = [
        (index, cited, legal)
        for (index, cited), legal in zip(found, documents, strict=True)
        if legal is not None and legal.status_code == "ended"  # type: ignore[attr-defined]
    ]
    if not ended:
        return []
    by = ended_by({legal.document_id for _index, _cited, legal in ended})
    return [OutOfForce(index, cited, legal, by.get(legal.document_id, ())) for index, cited, legal in ended]


def ended_by(document_ids: Iterable[int]) -> dict[int, tuple[LegalDocument, ...]]:
    """The public documents that replaced or abolished each of some documents. One query."""
    links = DocumentLink.objects.filter(
        other__in=list(document_ids), kind__in=ENDING_KINDS, document__legal__state="published"
    )
    found: dict[int, tuple[LegalDocument, ...]] = {}
    for link in links.select_related("document__legal").order_by("pk"):
        legal = link.document.legal
        legal.document = link.document
        assert link.other_id is not None
        found[link.other_id] = (*found.get(link.other_id, ()), legal)
    return found
