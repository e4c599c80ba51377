"""What was promised in dialogues."""

from __future__ import annotations

from datetime import date

import django_tables2 as tables
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from loa.core.templatetags.ui import due_badge, state_badge
from loa.feedback.models import (
    Promise,
)


class PromiseTable(tables.Table):
    words = tables.Column(verbose_name=_("What was promised"), linkify=True)
    agency = tables.Column(verbose_name=_("Agency"), order_by="agency__sort_name")
    event = tables.Column(verbose_name=_("Dialogue"), order_by="event__starts_at")
    due_on = tables.Column(verbose_name=_("Due"))
    state = tables.Column(verbose_name=_("State"))

    class Meta:
        model = Promise
        fields = ("words", "agency", "event", "due_on", "state")
        order_by = "due_on"
        empty_text = _("Nothing was promised in a dialogue yet.")

    def render_due_on(self, record: Promise) -> SafeString:
        return due_badge(record.due_on, open=record.state == "open", link=False)

    def value_due_on(self, record: Promise) -> date:
        return record.due_on

    def render_state(self, record: Promise) -> SafeString:
        return state_badge(record)

    def value_state(self, record: Promise) -> str:
        return record.get_state_display()
