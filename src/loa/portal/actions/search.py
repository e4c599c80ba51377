"""Keep the public search in step with what is public."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from django.core.cache import cache
from django.db import transaction
from django.db.models import Count
from wagtail.search.backends import get_search_backend

from loa.core.queue import later
from loa.core.text import fold, words
from loa.core.turns import take_turn
from loa.portal.models import KnownWord, PublicText
from loa.portal.queries.search import TOKEN, Source, sources

AT_ONCE = 500
ASKED_AGAIN = 600  # seconds after which a register is asked for again, whatever became of the first time
MAX_TEXT = 60_000  # letters of one thing that are searched
_FIELDS = ("agency_id", "site_id", "title", "text", "url", "on", "title_words", "words")


def index_things(kind: str, keys: Iterable[int]) -> int:
    """Take in what is public now of these things and drop what is not; returns how many are in. Twice is harmless."""
    source = sources[kind]
    count = 0
    for some in in_parts(keys, AT_ONCE):
        with transaction.atomic():
            take_turn(f"search:{kind}")  # of two workers the second reads what the first has left
            texts = {obj.pk: text_of(source, obj) for obj in source.rows().filter(pk__in=some)}
            drop(
                [
                    text.pk
                    for text in PublicText.objects.filter(kind=kind, object_pk__in=set(some) - texts.keys())
                ]
            )
            keep(kind, texts)
        count += len(texts)
    return count


def index_all() -> dict[str, int]:
    """Make the whole search anew, kind by kind, and count the words; returns how many things each kind has."""
    counts = {kind: index_kind(kind) for kind in sources}
    PublicText.objects.exclude(kind__in=sources).delete()
    count_words()
    return counts


def index_kind(kind: str) -> int:
    """Everything of one kind: what is public is in, what is not is out."""
    source = sources[kind]
    count = index_things(kind, list(source.rows().order_by("pk").values_list("pk", flat=True)))
    public = source.rows().order_by().values("pk")
    gone = PublicText.objects.filter(kind=kind).exclude(object_pk__in=public)
    for some in in_parts(list(gone.values_list("pk", flat=True)), AT_ONCE):
        drop(some)
    return count


def is_in_step(kind: str) -> bool:
    """Whether as many things of a kind are found as are public. Two counts."""
    return sources[kind].rows().count() == PublicText.objects.filter(kind=kind).count()


def keep_in_step() -> int:
    """Have the kinds looked through whose number here is not what it should be: what came in without a word of history.

    Returns how many kinds. The counts are the only cost where nothing is missing. One that is asked for waits for its
    worker: it is not asked for again each minute meanwhile.
    """
    indexed = dict(PublicText.objects.order_by().values_list("kind").annotate(count=Count("pk")))
    missing = [kind for kind, source in sources.items() if source.rows().count() != indexed.get(kind, 0)]
    asked = [kind for kind in missing if cache.add(_asked(kind), value=True, timeout=ASKED_AGAIN)]
    for kind in asked:
        later("loa.portal.jobs.search.index_kind", kind)
    return len(asked)


def look_through(kind: str) -> None:
    """What `keep_in_step` asked for; what comes in meanwhile is asked for anew."""
    cache.delete(_asked(kind))
    if not is_in_step(kind):
        index_kind(kind)


def _asked(kind: str) -> str:
    return f"search:asked:{kind}"


def text_of(source: Source, obj: object) -> PublicText:
    found = source.found(obj)
    text = " ".join(found.text.split())[:MAX_TEXT]
    return PublicText(
        kind=source.kind,
        object_pk=obj.pk,  # type: ignore[attr-defined]
        agency_id=found.agency_id,
        site_id=found.site_id,
        title=found.title[:500],
        text=text,
        url=found.url,
        on=found.on,
        title_words=words(found.title)[:600],
        words=words(f"{found.title} {text}"),
    )


def keep(kind: str, texts: dict[int, PublicText]) -> None:
    known = dict(PublicText.objects.filter(kind=kind, object_pk__in=texts).values_list("object_pk", "pk"))
    new = [text for key, text in texts.items() if key not in known]
    PublicText.objects.bulk_create(new)
    old = [text for key, text in texts.items() if key in known]
    for text in old:
        text.pk = known[text.object_pk]
    PublicText.objects.bulk_update(old, _FIELDS, batch_size=100)
    get_search_backend().add_bulk(PublicText, [*new, *old])
    learn(texts.values())


def drop(keys: list[int]) -> None:
    backend = get_search_backend()
    for text in PublicText.objects.filter(pk__in=keys):
        backend.delete(text)
    PublicText.objects.filter(pk__in=keys).delete()


def learn(texts: Iterable[PublicText]) -> None:
    """Words not known yet; how often each occurs is counted when the whole search is made anew."""
    written = dict.fromkeys(
        chain.from_iterable(TOKEN.findall(f"{text.title} {text.text}".lower()) for text in texts)
    )
    shown: dict[str, str] = {}
    for word in written:
        shown.setdefault(fold(word), word)
    rows = [_known(folded, word) for folded, word in shown.items() if 1 < len(folded) <= 60]
    KnownWord.objects.bulk_create(rows, ignore_conflicts=True, batch_size=AT_ONCE)


def count_words() -> None:
    """How often each word occurs and how it is mostly written; words that occur no more are forgotten."""
    written: Counter[str] = Counter()
    for title, text in PublicText.objects.values_list("title", "text").iterator():
        written.update(TOKEN.findall(f"{title} {text}".lower()))
    spellings: dict[str, Counter[str]] = {}
    for word, count in written.items():
        spellings.setdefault(fold(word), Counter())[word] = count
    rows = [
        _known(folded, ways.most_common(1)[0][0], ways.total())
        for folded, ways in spellings.items()
        if 1 < len(folded) <= 60
    ]
    with transaction.atomic():
        KnownWord.objects.all().delete()
        KnownWord.objects.bulk_create(rows, batch_size=AT_ONCE)


def _known(folded: str, shown: str, count: int = 1) -> KnownWord:
    return KnownWord(folded=folded, shown=shown[:60], length=len(folded), count=count)


def in_parts(keys: Iterable[int], size: int) -> Iterator[list[int]]:
    rest = iter(keys)
    while part := list(islice(rest, size)):
        yield part
