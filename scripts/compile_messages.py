"""Compile the catalogues that are newer than what was compiled from them."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

for source in Path(__file__).resolve().parents[1].glob("src/loa/**/locale/*/LC_MESSAGES/*.po"):
    compiled = source.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
        continue
    with source.open("rb") as file:
        catalog = read_po(file, locale=source.parts[-3], domain=source.stem)
    with compiled.open("wb") as file:
        write_mo(file, catalog)
