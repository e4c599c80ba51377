"""Collect the strings of code and templates into the Vietnamese catalogue.

Strings that are new wait there empty; strings no longer used are dropped. The tests fail while one is
empty or fuzzy. `--check` changes nothing and exits 1 when the catalogue does not fit the sources.
"""

import ast
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "src/loa/core/locale/vi/LC_MESSAGES/django.po"
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
_STRING = r"u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
_CALL = re.compile(rf"(?<![\w.])(n?p?gettext|_)\(\s*{_STRING}(?:\s*,\s*{_STRING})?(?:\s*,\s*{_STRING})?")


def extract_template(
    fileobj: BytesIO, *_unused: object, **_options: object
) -> Iterator[tuple[int, str, object, list[str]]]:
    """Babel's extraction from one Django template, by Django's own reading of it."""
    for call in _CALL.finditer(templatize(fileobj.read().decode())):
        name, *strings = call.groups()
        texts = [ast.literal_eval(text) for text in strings if text]
        plain = name in ("_", "gettext")
        yield 0, name, texts[0] if plain else tuple(texts), []


def collect() -> Catalog:
    if not settings.configured:
        settings.configure(USE_I18N=True)
    found = Catalog(locale="vi", fuzzy=False)
    rows = extract_from_dir(
        ROOT / "src/loa",
        method_map=[
            ("**.py", "python"),
            ("**/templates/**.html", extract_template),
            ("**/templates/**.txt", extract_template),
        ],
        keywords=KEYWORDS,
    )
    for _file, _line, message, _comments, context in rows:
        found.add(message, context=context)
    return found


def merge(found: Catalog, known: Catalog) -> Catalog:
    merged = Catalog(
        locale="vi",
        project="Loa",
        version="1",
        header_comment="# The interface of Loa in Vietnamese.\n# SPDX-License-Identifier: Apache-2.0",
        msgid_bugs_address="",
        last_translator="Loa",
        language_team="vi",
        creation_date=known.creation_date,
        revision_date=known.creation_date,
        fuzzy=False,
    )
    for message in sorted((m for m in found if m.id), key=lambda m: (str(m.id), m.context or "")):
        old = known.get(message.id, message.context)
        merged.add(
            message.id, old.string if old and "fuzzy" not in old.flags else "", context=message.context
        )
    return merged


def main() -> int:
    known = Catalog(locale="vi")
    if CATALOGUE.exists():
        with CATALOGUE.open("rb") as file:
            known = read_po(file, locale="vi")
    merged = merge(collect(), known)
    empty = [m.id for m in merged if m.id and not (m.string if isinstance(m.string, str) else all(m.string))]
    if "--check" in sys.argv:
        stale = {(m.id, m.context) for m in known if m.id} ^ {(m.id, m.context) for m in merged if m.id}
        for message in sorted(map(str, stale)):
            print("does not fit the sources:", message)
        for message in empty:
            print("without Vietnamese:", message)
        return 1 if stale or empty else 0
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        write_po(file, merged, width=120)
    print(f"{len([m for m in merged if m.id])} strings, {len(empty)} without Vietnamese")
    return 0


if __name__ == "__main__":
    sys.exit(main())
