"""Keep the Vietnamese of Wagtail's editing interface, which the portal ships as a catalogue of its own.

With it go the few sentences of Django under it that Django's own Vietnamese lacks ("5 minutes" ago).
Without an option: merge what the installed Wagtail says. What is new waits empty, or marked fuzzy with the
Vietnamese of the string it seems to come from; what Wagtail no longer says is dropped. The tests fail while
one is empty or fuzzy. `--check` changes nothing and exits 1 when the catalogue does not fit.
`--split DIR` writes one file per app in Wagtail's own layout, to be offered to Wagtail's translators.
docs/newsroom-vietnamese.md tells when to run which.
"""

import sys
from collections.abc import Iterator
from difflib import get_close_matches
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "src/loa/portal/locale/vi/LC_MESSAGES"
DOMAINS = ("django", "djangojs")
LEFT_OUT = {
    "styleguide",  # a page for developers of Wagtail; it is not installed here
    "project_template",  # the first page of a new Wagtail project
    "test",  # Wagtail's own tests
}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
DJANGO = ("conf", "contrib/auth", "contrib/contenttypes", "contrib/humanize")  # what the newsroom stands on
BORROWED = {
    "contrib/humanize"
}  # not installed, so its own catalogue is not read, but Wagtail calls its functions
NEVER_SHOWN = {  # a part of the string: the page of a new project, developers' words, big and ordinal numbers
    "docs.djangoproject.com",
    "install worked",
    "Django ",
    "Tutorial: ",
    "Topics, ",
    "Get started",
    "Connect, ",
    "%(value)s ",
    "{}",
}
HEADER = "# Wagtail's editing interface in Vietnamese.\n# SPDX-License-Identifier: Apache-2.0"


def package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{name} is not installed")
    return Path(spec.origin).parent


def english_files(domain: str) -> list[Path]:
    """The English catalogues of Wagtail and of the tags it brings, in the order of their paths."""
    return [
        file
        for name in ("taggit", "wagtail")
        for file in sorted(package(name).glob(f"**/locale/en/LC_MESSAGES/{domain}.po"))
        if not LEFT_OUT & set(file.relative_to(package(name)).parts)
    ]


def read(file: Path) -> Catalog:
    with file.open("rb") as source:
        return read_po(source, locale=file.parts[-3], domain=file.stem)


def lacking_in_django() -> Iterator[Message]:
    """The strings that Django says and its own Vietnamese has not, without its page for a new project."""
    for part in DJANGO:
        folder = package("django") / part / "locale"
        theirs = read(folder / "vi/LC_MESSAGES/django.po") if part not in BORROWED else Catalog()
        for message in strings(read(folder / "en/LC_MESSAGES/django.po")):
            old = theirs.get(message.id, message.context)
            known = old is not None and not old.fuzzy and vietnamese(message, old) not in ("", ("",))
            if not known and not any(words in singular(message) for words in NEVER_SHOWN):
                yield message


def in_code() -> Iterator[tuple[object, str | None]]:
    """What the code says: of Wagtail, because its catalogues miss a string here and there; of the libraries
    under it, because they have none.
    """
    for name in ("wagtail", "modelsearch", "modelcluster"):
        rows = extract_from_dir(
            package(name),
            method_map=[("**.py", "python")],
            keywords=KEYWORDS,
            directory_filter=lambda folder: not (LEFT_OUT | {"tests"}) & {Path(folder).name},
        )
        yield from ((row[2], row[4]) for row in rows)
    tree = extract_from_file("python", package("treebeard") / "mp_tree.py", keywords=KEYWORDS)
    yield from ((row[1], row[3]) for row in tree)


def wanted(domain: str) -> Catalog:
    """Every string an editor or administrator can meet, without Vietnamese."""
    catalogue = Catalog(locale="vi", fuzzy=False)
    for file in english_files(domain):
        for message in read(file):
            if message.id:
                catalogue.add(message.id, context=message.context, flags=message.flags & {"python-format"})
    if domain == "django":
        for message in lacking_in_django():
            if catalogue.get(message.id, message.context) is None:
                catalogue.add(message.id, context=message.context, flags=message.flags & {"python-format"})
        for words, context in in_code():
            if catalogue.get(words, context) is None:
                catalogue.add(words, context=context)
    return catalogue


def merge(found: Catalog, known: Catalog) -> Catalog:
    merged = Catalog(
        locale="vi",
        project="Loa: Wagtail in Vietnamese",
        version=version("wagtail"),
        header_comment=HEADER,
        msgid_bugs_address="",
        last_translator="Loa",
        language_team="vi",
        creation_date=known.creation_date,
        revision_date=known.creation_date,
        fuzzy=False,
    )
    dropped = [message for message in known if message.id and found.get(message.id, message.context) is None]
    for message in sorted(strings(found), key=place):
        old = known.get(message.id, message.context)
        flags = set(message.flags) - {"fuzzy"}
        if old is None:
            old = nearest(message, dropped)
            flags |= {"fuzzy"} if old else set()
        elif old.fuzzy:
            flags |= {"fuzzy"}
        merged.add(message.id, vietnamese(message, old), context=message.context, flags=flags)
    return merged


def strings(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def place(message: Message) -> tuple[str, str]:
    return singular(message), message.context or ""


def singular(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def vietnamese(message: Message, old: Message | None) -> str | tuple[str, ...]:
    """The known words in the shape of the message: Vietnamese has one form for every number."""
    words = old.string if old else ""
    words = words if isinstance(words, str) else (words[0] if words else "")
    return words if isinstance(message.id, str) else (words,)


def nearest(message: Message, dropped: list[Message]) -> Message | None:
    by_words = {singular(old): old for old in dropped}
    found = get_close_matches(singular(message), by_words, n=1, cutoff=0.8)
    return by_words[found[0]] if found else None


def missing(catalogue: Catalog) -> list[Message]:
    return [
        m
        for m in strings(catalogue)
        if m.fuzzy or not (m.string if isinstance(m.string, str) else all(m.string))
    ]


def named(messages: list[Message]) -> set[tuple[str, str]]:
    return {place(message) for message in messages}


def misfits(domain: str) -> list[str]:
    """A sentence for each string in which the catalogue and the installed Wagtail differ."""
    known = read(FOLDER / f"{domain}.po")
    here, there = named(strings(known)), named(strings(wanted(domain)))
    return [
        *(f"{domain}: new in Wagtail: {words!r}" for words, _context in sorted(there - here)),
        *(f"{domain}: no longer in Wagtail: {words!r}" for words, _context in sorted(here - there)),
        *(f"{domain}: without Vietnamese: {singular(message)!r}" for message in missing(known)),
    ]


def update(domain: str) -> None:
    file = FOLDER / f"{domain}.po"
    known = read(file) if file.exists() else Catalog(locale="vi")
    merged = merge(wanted(domain), known)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as target:
        write_po(target, merged, width=120)
    here, before = named(strings(merged)), named(strings(known))
    print(f"{domain}: {len(here)} strings, {len(here - before)} new, {len(before - here)} dropped")
    for message in missing(merged):
        print(f"  without Vietnamese: {singular(message)!r}")


def split(folder: Path) -> None:
    """One .po per app under Wagtail's own paths: wagtail/admin/locale/vi/LC_MESSAGES/django.po, …"""
    for domain in DOMAINS:
        known = read(FOLDER / f"{domain}.po")
        for file in english_files(domain):
            part = read(file)
            offered = Catalog(
                locale="vi",
                project=part.project,
                version=part.version,
                language_team="Vietnamese",
                fuzzy=False,
            )
            for message in strings(part):
                words = vietnamese(message, known.get(message.id, message.context))
                offered.add(
                    message.id,
                    words,
                    context=message.context,
                    locations=message.locations,
                    flags=message.flags & {"python-format"},
                    auto_comments=message.auto_comments,
                )
            root = package("taggit" if "taggit" in file.parts else "wagtail").parent
            target = folder / str(file.relative_to(root)).replace("/locale/en/", "/locale/vi/")
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as written:
                write_po(written, offered, width=79)
            print(target)


def main(arguments: list[str]) -> int:
    match arguments:
        case ["--check"]:
            sentences = [sentence for domain in DOMAINS for sentence in misfits(domain)]
            print(*sentences, sep="\n")
            return 1 if sentences else 0
        case ["--split", folder]:
            split(Path(folder))
        case []:
            for domain in DOMAINS:
                update(domain)
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
