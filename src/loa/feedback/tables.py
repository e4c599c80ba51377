"""Lists of cases; never who asks."""

from __future__ import annotations

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from loa.core.lists import DayColumn
from loa.core.templatetags.ui import due_badge
from loa.feedback.models import Case, DataRequest


class CaseTable(tables.Table):
    code = tables.Column(verbose_name=_("Code"), linkify=True)
    title = tables.Column(verbose_name=_("What it is about"))
    kind = tables.Column(verbose_name=_("Kind"), default="–")
    subject = tables.Column(verbose_name=_("Subject"), order_by="subject__rank", default="–")
    agency = tables.Column(verbose_name=_("Agency"), order_by="agency__sort_name", default="–")
    officer = tables.Column(verbose_name=_("Officer"), order_by="officer__sort_name", default="–")
    state = tables.Column(verbose_name=_("State"))
    received_at = DayColumn(verbose_name=_("Received"))
    due_on = tables.Column(verbose_name=_("Due"), default="–")

    class Meta:
        model = Case
        fields = ("code", "title", "kind", "subject", "agency", "officer", "state", "received_at", "due_on")
        order_by = "due_on"
        empty_text = _("No case matches.")

    def render_title(self, record: Case) -> SafeString:
        return format_html("{}", Truncator(record.title).chars(120))

    def render_due_on(self, record: Case) -> SafeString:
        return due_badge(record.due_on, open=not record.is_ended)


class DataRequestTable(tables.Table):
    """Whose data it is does not stand here: the code of the case alone."""

    case = tables.Column(
        verbose_name=_("Case"), accessor="case__code", linkify=lambda record: record.get_absolute_url()
    )
    kind = tables.Column(verbose_name=_("What is asked"))
    state = tables.Column(verbose_name=_("State"))
    asked_at = DayColumn(verbose_name=_("Asked on"))
    reply_due_on = tables.Column(verbose_name=_("Reply due"), default="–")
    due_on = tables.Column(verbose_name=_("To be carried out by"), default="–")

    class Meta:
        model = DataRequest
        fields = ("case", "kind", "state", "asked_at", "reply_due_on", "due_on")
        order_by = "-asked_at"
        empty_text = _("Nobody has asked about own data.")

    def render_reply_due_on(self, record: DataRequest) -> SafeString:
        return due_badge(record.reply_due_on, open=record.replied_at is None)

    def render_due_on(self, record: DataRequest) -> SafeString:
        return due_badge(record.due_on, open=record.is_open)
