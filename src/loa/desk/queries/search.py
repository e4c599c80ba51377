"""One search over every register: each word must occur, accents optional, only what may be seen."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from loa.budgets.queries import lines_visible_to
from loa.campaigns.queries import clippings_visible_to, scripts_visible_to
from loa.core.text import fold
from loa.directory.queries import agencies_visible_to
from loa.documents.queries import documents_visible_to, legal_documents_visible_to
from loa.events.queries import events_visible_to
from loa.feedback.queries import cases_visible_to
from loa.plans.queries import plans_visible_to, tasks_visible_to
from loa.portal.queries import publications_visible_to
from loa.procedures.queries import procedures_visible_to

SHOWN = 20


class Group(NamedTuple):
    title: str
    rows: list[Any]
    total: int


def search_registers(user: Any, text: str) -> list[Group]:
    """Groups that hold something, each with its first rows and how many there are in all."""
    words = fold(text).split()
    if not words:
        return []
    sources: list[tuple[str, QuerySet[Any], str]] = [
        (_("Plans"), plans_visible_to(user), "document__search_text"),
        (pgettext("of a plan", "Tasks"), tasks_visible_to(user).select_related("plan"), "search_text"),
        (
            _("Lines of estimates"),
            lines_visible_to(user).select_related("estimate__agency"),
            "search_text",
        ),
        (_("Citizens' cases"), cases_visible_to(user), "search_text"),
        (pgettext("official", "Documents"), documents_visible_to(user), "search_text"),
        (_("Legal documents"), legal_documents_visible_to(user), "search_text"),
        (_("Procedures"), procedures_visible_to(user), "search_text"),
        (_("Publications"), publications_visible_to(user), "search_text"),
        (_("Radio scripts"), scripts_visible_to(user), "search_text"),
        (_("In the press"), clippings_visible_to(user).filter(state="recorded"), "search_text"),
        (_("Events"), events_visible_to(user).select_related("agency"), "search_text"),
        (_("Agencies"), agencies_visible_to(user), "search_name"),
    ]
    groups = []
    for title, rows, column in sources:
        for word in words:
            rows = rows.filter(**{f"{column}__contains": word})  # noqa: PLW2901  narrowed word by word
        count = rows.count()
        if count:
            groups.append(Group(title, list(rows[:SHOWN]), count))
    return groups
