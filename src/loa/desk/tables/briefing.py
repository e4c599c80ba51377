from __future__ import annotations

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from loa.core.lists import DayColumn
from loa.core.templatetags.ui import state_badge
from loa.desk.models import BriefingPack


class BriefingTable(tables.Table):
    title = tables.Column(verbose_name=_("Title"))
    plan = tables.Column(verbose_name=_("Plan"), accessor="plan__number")
    start = DayColumn(verbose_name=_("From"))
    end = DayColumn(verbose_name=_("To"))
    by = tables.Column(verbose_name=_("Made by"), order_by="by__sort_name")
    state = tables.Column(verbose_name=_("State"))

    class Meta:
        model = BriefingPack
        fields = ("title", "plan", "start", "end", "by", "state")
        empty_text = _("No briefing pack yet. Choose a plan and a period to make one.")

    def render_title(self, record: BriefingPack) -> SafeString:
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), record.title)

    def value_title(self, record: BriefingPack) -> str:
        return record.title

    def render_state(self, record: BriefingPack) -> SafeString:
        return state_badge(record)

    def value_state(self, record: BriefingPack) -> str:
        return record.get_state_display()
