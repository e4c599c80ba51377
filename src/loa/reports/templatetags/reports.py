"""What templates of reports say about sections, differences and completion."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from loa.core.templatetags.ui import badge
from loa.core.text import format_date
from loa.reports.models import ReportLine
from loa.reports.queries.board import BOARD_STATUSES, BOARD_TONES
from loa.reports.queries.facts import FigureRowFacts, FigureTableFacts
from loa.reports.queries.formulas import Formula
from loa.reports.queries.outline import label_of, title_of

register = template.Library()
register.filter("section_title", title_of)
register.filter("row_label", label_of)

Completion = ReportLine.Completion
TONES = {Completion.FULL: "done", Completion.PARTLY: "run", Completion.NONE: "soon"}


@register.simple_tag
def completion_badge(line: ReportLine) -> SafeString:
    """A duty is done or not done; a task is completed, or partly, or not yet."""
    if not line.completion:
        return SafeString("")
    if line.duty_assignment_id and line.completion == Completion.FULL:
        return badge(_("Done"), "done")
    return badge(line.get_completion_display(), TONES.get(line.completion, "plain"))


@register.simple_tag
def status_badge(status: str) -> SafeString:
    """The place of a report on the board."""
    return badge(BOARD_STATUSES[status], BOARD_TONES[status])


@register.simple_tag
def difference_words(field: str, value: str) -> str:
    """A value of a difference as people read it."""
    if field == "status":
        return str(BOARD_STATUSES.get(value, value))
    if field == "completion" and value:
        return str(Completion(value).label)
    return value


@register.simple_tag
def table_title(table: FigureTableFacts) -> str:
    return (table.title_en if _is_english() else "") or table.title


@register.simple_tag
def row_title(row: FigureRowFacts) -> str:
    return (row.label_en if _is_english() else "") or row.label


@register.simple_tag
def formula_label(row: dict[str, Any], formulas: dict[str, Formula]) -> str:
    key = row.get("formula", "")
    return str(formulas[key].label) if key in formulas else str(_("Filled in by hand"))


def _is_english() -> bool:
    return (get_language() or "").startswith("en")


@register.filter
def iso_day(value: str | None) -> str:
    """A day kept as ISO text, as people read it."""
    return format_date(date.fromisoformat(value)) if value else ""


@register.filter
def add_pk(prefix: str, key: Any) -> str:
    """The id of a place on the page: "line-" and 12 is "line-12"."""
    return f"{prefix}{key}"


@register.filter
def is_in(value: Any, found: Collection[Any]) -> bool:
    return value in found


@register.simple_tag
def paper_runs(runs: Any) -> SafeString:
    """Words of a paper, bold and italic where they are."""
    parts = []
    for run in runs:
        text = format_html("{}", run.text)
        text = format_html("<b>{}</b>", text) if run.bold else text
        parts.append(format_html("<i>{}</i>", text) if run.italic else text)
    return SafeString("".join(parts))


@register.filter
def block_kind(block: Any) -> str:
    """heading, text, bullet, tableblock or figure: templates cannot ask for a class."""
    return type(block).__name__.lower()
