"""The rows behind the figures of the leadership view. What costs a query is read once for the rows shown."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from loa.core.text import headline
from loa.desk.queries.leadership import Scope

NUMBER = {"td": {"class": "number"}}


def link(url: str, text: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', url, Truncator(headline(text)).chars(200))


class LeadershipTable(tables.Table):
    """Read with the scope that the view leaves on the request."""

    @property
    def scope(self) -> Scope:
        return self.request.scope

    def _shown(self) -> list[Any]:
        return [row.record for row in self.paginated_rows]
