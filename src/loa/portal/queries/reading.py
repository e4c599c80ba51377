"""What a body holds: its words, its pictures."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import prefetch_related_objects

from loa.portal.models import Picture

WORDS_A_MINUTE = 220  # Vietnamese is written in syllables: about as many as a calm reader takes
SYLLABLE = re.compile(r"\w+")
BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')  # given by the editor to each paragraph it loads


def words_of(body: Any) -> str:
    """The plain text of a StreamField."""
    return " ".join(body.stream_block.get_searchable_content(body))


def reading_minutes(*texts: str) -> int:
    """How long a calm reader takes, a minute at least."""
    count = sum(len(SYLLABLE.findall(text)) for text in texts)
    return max(1, round(count / WORDS_A_MINUTE))


def without_keys(value: Any) -> Any:
    """What a value of a version says, without the keys that saving gives to its parts."""
    if isinstance(value, str):
        return without_keys(json.loads(value)) if value.startswith("[{") else BLOCK_KEY.sub("", value)
    if isinstance(value, list):
        return [without_keys(each) for each in value]
    if isinstance(value, dict):
        return {name: without_keys(each) for name, each in value.items() if name not in ("id", "pk")}
    return value


def pictures_in(body: Iterable[Any]) -> Iterator[Picture]:
    for block in body:
        figures = [block.value] if block.block_type == "figure" else []
        if block.block_type == "gallery":
            figures = list(block.value["figures"])
        yield from (figure["picture"] for figure in figures if figure["picture"])


def fetch_renditions(pictures: Iterable[Picture | None]) -> None:
    """The sizes made so far, of all pictures of a page in one query."""
    wanted = [picture for picture in pictures if picture is not None]
    if wanted:
        prefetch_related_objects(wanted, "renditions")
