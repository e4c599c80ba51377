"""Public texts are looked through for documents they name; who answers for them learns when one has ended."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import transaction

from loa.core import clock
from loa.core.access import require
from loa.core.queue import later
from loa.directory.models import User
from loa.documents import notices, queries
from loa.documents.models import Citation, CitingScan
from loa.documents.queries import Citing
from officialdoc.read.references import find_references

AT_ONCE = 200  # texts that are resolved by one query


def index_source(source: Citing) -> int:
    """Look through every public text of a register. Returns how many texts were read. Safe to run again."""
    seen: set[str] = set()
    for rows in _chunks(source.rows().iterator(chunk_size=AT_ONCE)):
        index_rows(source, rows)
        seen.update(str(row.pk) for row in rows)
    kept = Citation.objects.filter(source=source.name).values_list("pk", "key")
    gone = [pk for pk, key in kept if key not in seen]
    for start in range(0, len(gone), AT_ONCE):
        Citation.objects.filter(pk__in=gone[start : start + AT_ONCE]).delete()
    return len(seen)


def _chunks(rows: Iterable[Any]) -> Iterator[list[Any]]:
    rows = iter(rows)
    while chunk := list(islice(rows, AT_ONCE)):
        yield chunk


def index_row(name: str, row: Any) -> None:
    """One public text has changed: an app may say so at once instead of waiting for the clock."""
    source = queries.citing_named(name)
    if source is not None:
        index_rows(source, [row])


@transaction.atomic
def index_rows(source: Citing, rows: list[Any]) -> None:
    """What these texts name now; a citation that stays keeps whether its people were told."""
    found = [(row, cited) for row in rows for cited in find_references(source.text(row))]
    documents = queries.resolve([cited for _row, cited in found])
    wanted: dict[tuple[str, int], Citation] = {}
    for (row, cited), legal in zip(found, documents, strict=True):
        if legal is not None and legal.document_id != source.own(row):
            wanted.setdefault((str(row.pk), legal.pk), _citation(source, row, cited.text, legal.pk))
    keys = [str(row.pk) for row in rows]
    known = {
        (each.key, each.legal_id): each for each in Citation.objects.filter(source=source.name, key__in=keys)
    }
    gone = [each.pk for pair, each in known.items() if pair not in wanted]
    Citation.objects.filter(pk__in=gone).delete()
    Citation.objects.bulk_create(
        [each for pair, each in wanted.items() if pair not in known], ignore_conflicts=True
    )
    for pair, each in wanted.items():
        if pair in known and _differs(known[pair], each):
            each.pk, each.found_on, each.told_on = known[pair].pk, known[pair].found_on, known[pair].told_on
            each.save()


def _citation(source: Citing, row: Any, printed: str, legal_id: int) -> Citation:
    return Citation(
        source=source.name,
        key=str(row.pk),
        label=source.title(row)[:300],
        url=source.url(row)[:300],
        printed=" ".join(printed.split())[:300],
        legal_id=legal_id,
        agency_id=source.agency(row),
        found_on=clock.today(),
    )


def _differs(old: Citation, new: Citation) -> bool:
    names = ("label", "url", "printed", "agency_id")
    return any(getattr(old, name) != getattr(new, name) for name in names)


def index_due_sources(*, today_too: bool = False) -> int:
    """Each register once a day, its texts only where they or the public documents have changed.

    Returns how many texts were read for references.
    """
    today, read_count = clock.today(), 0
    known = {scan.source: scan for scan in CitingScan.objects.all()}
    register = _digest(
        repr(row)
        for row in queries.public_legal_documents()
        .order_by("pk")
        .values_list("pk", "number_key", "title_key")
    )
    for source in queries.citing_sources():
        scan = known.get(source.name)
        if scan and scan.scanned_on == today and not today_too:
            continue
        row_count, digest = _look_at(source, register)
        if scan is None or scan.digest != digest:
            read_count += index_source(source)
        CitingScan.objects.update_or_create(
            source=source.name, defaults={"scanned_on": today, "digest": digest, "row_count": row_count}
        )
    return read_count


def _look_at(source: Citing, register: str) -> tuple[int, str]:
    """How many texts a register has, and a digest of all of them beside the public documents."""
    rows = source.rows().iterator(chunk_size=AT_ONCE)
    told = ((str(row.pk), source.title(row), source.url(row), source.text(row)) for row in rows)
    keys = [register, *(_digest(words) for words in told)]
    return len(keys) - 1, _digest(keys)


def _digest(words: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for word in words:
        digest.update(word.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()


def look_again(*, by: User) -> None:
    """Somebody does not want to wait for the clock: every register is looked through, in the background."""
    require(by, "documents.see_citations")
    later("loa.documents.jobs.index_citations")


def tell_out_of_force() -> int:
    """Who answers for a text that names an ended document learns it, once. Returns how many citations were told of."""
    rows = list(queries.untold_citations(clock.today()))
    by = queries.ended_by({row.legal.document_id for row in rows})
    for row in rows:
        with transaction.atomic():
            is_first = Citation.objects.filter(pk=row.pk, told_on__isnull=True).update(told_on=clock.today())
            if is_first:
                people = queries.people_answering_for(row)
                notices.tell_out_of_force(row, people, by.get(row.legal.document_id, ()))
    return len(rows)
