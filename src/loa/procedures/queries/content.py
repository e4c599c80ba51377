"""What a version says, field by field: as plain data to compare, as words to read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.core.sheets import digest_of
from loa.procedures.models import ProcedureVersion, Way

Json = dict[str, Any]
# in the order in which a citizen reads them
FIELDS: dict[str, Any] = {
    "name": gettext_lazy("Name of the procedure"),
    "audience": gettext_lazy("For whom"),
    "steps": gettext_lazy("Steps"),
    "ways": gettext_lazy("Ways to submit, time and fee"),
    "papers": gettext_lazy("Papers to hand in"),
    "sets": gettext_lazy("Number of sets"),
    "place": gettext_lazy("Where to hand in"),
    "handling_body": gettext_lazy("Who handles it"),
    "coordinating_bodies": gettext_lazy("Bodies that take part"),
    "result": gettext_lazy("Result"),
    "conditions": gettext_lazy("Requirements and conditions"),
    "legal_bases": gettext_lazy("Legal bases"),
    "online_level": gettext_lazy("Online service"),
    "is_by_post": gettext_lazy("Public postal service"),
    "keywords": gettext_lazy("Keywords"),
}
TEXTS = (
    "name", "audience", "steps", "sets", "place", "handling_body", "coordinating_bodies", "result", "conditions",
    "keywords",
)  # fmt: skip
LISTS = ("ways", "papers", "legal_bases")
PLAIN = (*TEXTS, *LISTS, "is_by_post")
WAY_PARTS = ("way", "time", "fee", "note")
PAPER_PARTS = ("case", "name", "form", "originals", "copies")


def content_of(version: ProcedureVersion) -> Json:
    """Every field that says something, as JSON-ready data; the online level by its code."""
    level = version.online_level
    return {key: getattr(version, key) for key in PLAIN} | {"online_level": level.code if level else ""}


def copied_content(version: ProcedureVersion) -> Json:
    """The fields a next version begins with, as the model takes them."""
    return {key: getattr(version, key) for key in PLAIN} | {"online_level": version.online_level}


def content_digest(content: Json) -> str:
    return digest_of(content)


def changed_fields(old: Json, new: Json) -> list[str]:
    """The fields of `new` that say something else, in reading order."""
    return [key for key in FIELDS if key in new and _bare(old.get(key)) != _bare(new[key])]


def _bare(value: Any) -> Any:
    """Spaces at the ends of lines and empty lines say nothing."""
    if isinstance(value, str):
        return "\n".join(" ".join(line.split()) for line in value.splitlines() if line.strip())
    if isinstance(value, dict):
        return {key: _bare(part) for key, part in value.items() if part not in ("", None)}
    if isinstance(value, list):
        return [_bare(part) for part in value]
    return value


def words_of(key: str, content: Json, *, level_name: str = "") -> str:
    """A field as lines of text."""
    value = content.get(key)
    if key == "is_by_post":
        return _("Yes") if value else _("No")
    if key == "online_level":
        return level_name or str(value or "")
    if key == "ways":
        return "\n".join(way_in_words(row) for row in value or ())
    if key == "papers":
        return "\n".join(paper_in_words(row) for row in value or ())
    if key == "legal_bases":
        return "\n".join(value or ())
    return str(value or "")


def way_in_words(row: Json) -> str:
    label = dict(Way.choices).get(row.get("way", ""), row.get("way", ""))
    return _joined([str(label), row.get("time"), row.get("fee"), row.get("note")])


def paper_in_words(row: Json) -> str:
    return _joined([row.get("case"), row.get("name"), row.get("form"), copies_in_words(row)])


def copies_in_words(row: Json) -> str:
    """How many of a paper, "01 bản chính, 02 bản sao", in the reader's language."""
    told = []
    if row.get("originals"):
        told.append(_("%(n)s original") % {"n": row["originals"]})
    if row.get("copies"):
        told.append(_("%(n)s copy") % {"n": row["copies"]})
    return ", ".join(told)


def _joined(parts: Iterable[Any]) -> str:
    return " – ".join(str(part) for part in parts if part)
