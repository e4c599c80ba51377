"""What is owed to the public, and what it reads."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.core.lists import DayColumn
from loa.core.templatetags.ui import due_badge
from loa.feedback.models import (
    Case,
    Publication,
)


class WaitingTable(tables.Table):
    """Answered cases that are owed to the public."""

    publish_by = DayColumn(verbose_name=_("Publish by"), default="–")
    code = tables.Column(verbose_name=_("Code"))
    title = tables.Column(verbose_name=_("What it is about"))
    agency = tables.Column(verbose_name=_("Agency"), order_by="agency__sort_name")
    subject = tables.Column(
        verbose_name=pgettext_lazy("case", "Subject"), order_by="subject__rank", default="–"
    )
    answered_at = DayColumn(verbose_name=_("Answered"))

    class Meta:
        model = Case
        fields = ("publish_by", "code", "title", "agency", "subject", "answered_at")
        empty_text = _("No answered case waits to be published.")

    def render_publish_by(self, value: Any) -> SafeString:
        return due_badge(value)

    def render_code(self, record: Case) -> SafeString:
        return format_html(
            '<a href="{}">{}</a>', reverse("feedback:case_publish", args=[record.pk]), record.code
        )

    def value_code(self, record: Case) -> str:
        return record.code

    def render_title(self, record: Case) -> str:
        return Truncator(record.title).chars(120)


class PublishedTable(tables.Table):
    title = tables.Column(verbose_name=_("Title"))
    agency = tables.Column(verbose_name=_("Agency"), order_by="agency__sort_name")
    subject = tables.Column(
        verbose_name=pgettext_lazy("case", "Subject"),
        accessor="case__subject",
        order_by="case__subject__rank",
        default="–",
    )
    published_at = DayColumn(verbose_name=pgettext_lazy("answer", "Published"))
    withdrawn_at = DayColumn(verbose_name=_("Taken down"), default="–")
    by = tables.Column(verbose_name=pgettext_lazy("answer", "Published by"), order_by="by__sort_name")

    class Meta:
        model = Publication
        fields = ("title", "agency", "subject", "published_at", "withdrawn_at", "by")
        empty_text = _("Nothing has been published yet.")

    def render_title(self, record: Publication) -> SafeString:
        return format_html('<a href="{}">{}</a>', record.case.get_absolute_url(), record.title)

    def value_title(self, record: Publication) -> str:
        return record.title


class RegisterTable(tables.Table):
    """The public register as a sheet."""

    code = tables.Column(verbose_name=_("Code"), accessor="case__code")
    title = tables.Column(verbose_name=_("Title"))
    question = tables.Column(verbose_name=pgettext_lazy("case", "Question"))
    answer = tables.Column(verbose_name=_("Answer"))
    agency = tables.Column(verbose_name=_("Agency"))
    subject = tables.Column(
        verbose_name=pgettext_lazy("case", "Subject"), accessor="case__subject", default=""
    )
    commune = tables.Column(verbose_name=_("Commune"), accessor="case__commune", default="")
    received = DayColumn(verbose_name=_("Received"), accessor="case__received_at")
    answered = DayColumn(verbose_name=_("Answered"), accessor="answered_at", default=None)
    published = DayColumn(verbose_name=pgettext_lazy("answer", "Published"), accessor="published_at")
    in_time = tables.Column(verbose_name=pgettext_lazy("answer", "In time"), accessor="is_late")
    stars = tables.Column(verbose_name=_("Stars"), accessor="case__rating__stars", default=None)
    merged_count = tables.Column(verbose_name=_("Others who asked the same"), default=0)

    class Meta:
        model = Publication
        fields: tuple[str, ...] = ()

    def value_in_time(self, value: bool) -> str:
        return str(_("No") if value else _("Yes"))
