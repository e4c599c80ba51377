from __future__ import annotations

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.core.lists import DayColumn
from loa.portal.models import Story


class ReadingTable(tables.Table):
    title = tables.Column(verbose_name=_("Story"))
    kind = tables.Column(verbose_name=_("Kind"))
    agency = tables.Column(verbose_name=_("Agency"), order_by="agency__sort_name")
    first_published_at = DayColumn(verbose_name=pgettext_lazy("day", "Published"))
    read_count = tables.Column(verbose_name=_("Times read"))

    class Meta:
        model = Story
        fields = ("title", "kind", "agency", "first_published_at", "read_count")
        order_by = "-read_count"
        empty_text = _("No story of your agency is public.")

    def render_title(self, record: Story) -> SafeString:
        return format_html('<a href="{}">{}</a>', record.get_url() or "/", record.title)

    def value_title(self, record: Story) -> str:
        return record.title
