"""Lists of cases; never who asks."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.core.lists import DayColumn
from loa.core.templatetags.ui import badge, due_badge, state_badge
from loa.feedback.models import (
    AnswerTemplate,
    Case,
    DataRequest,
)
from loa.feedback.states import ENDED_STATES


class CaseTable(tables.Table):
    code = tables.Column(verbose_name=_("Code"), linkify=True)
    title = tables.Column(verbose_name=_("What it is about"), attrs={"td": {"class": "case-title"}})
    kind = tables.Column(verbose_name=_("Kind"), default="–")
    subject = tables.Column(
        verbose_name=pgettext_lazy("case", "Subject"), order_by="subject__rank", default="–"
    )
    agency = tables.Column(verbose_name=_("Agency"), order_by="agency__sort_name", default="–")
    officer = tables.Column(verbose_name=_("Officer"), order_by="officer__sort_name", default="–")
    state = tables.Column(verbose_name=_("State"))
    source = tables.Column(verbose_name=_("Channel"))
    received_at = DayColumn(verbose_name=_("Received"))
    due_on = DayColumn(verbose_name=_("Due"), default="–")

    class Meta:
        model = Case
        fields = (
            "code", "title", "kind", "subject", "agency", "officer", "state", "source", "received_at", "due_on",
        )  # fmt: skip
        sequence = ("due_on", "code", "title", "state", "agency", "officer", "...")
        order_by = "due_on"
        empty_text = _("No case matches.")

    def __init__(self, *args: Any, request: Any = None, **kwargs: Any) -> None:
        """The page has room for the most needed; the sheet holds every column."""
        if request is not None and request.GET.get("export") != "xlsx":
            kwargs["exclude"] = ("code", "kind", "subject", "source")
        super().__init__(*args, request=request, **kwargs)

    def order_due_on(self, rows: QuerySet[Case], is_descending: bool) -> tuple[QuerySet[Case], bool]:
        """What is open first, the most urgent on top; what has ended is no longer urgent."""
        due = F("due_on").desc(nulls_last=True) if is_descending else F("due_on").asc(nulls_last=True)
        ended = ExpressionWrapper(Q(state__in=ENDED_STATES), output_field=BooleanField())
        return rows.annotate(has_ended=ended).order_by(
            "has_ended", due, "-pk" if is_descending else "pk"
        ), True

    def render_title(self, record: Case) -> SafeString:
        title = Truncator(record.title).chars(120)
        return format_html('<a href="{}">{}</a><br>{}', record.get_absolute_url(), record.code, title)

    def value_title(self, record: Case) -> str:
        return record.title

    def render_state(self, record: Case) -> SafeString:
        return state_badge(record)

    def value_state(self, record: Case) -> str:
        return str(record.get_state_display())

    def render_due_on(self, record: Case) -> SafeString:
        if record.waiting_since and not record.is_ended:
            return badge(_("Waiting for the sender"), "wait")
        return due_badge(record.due_on, open=not record.is_ended)


class ChoosableCaseTable(CaseTable):
    """With a box before each row, for acts on many at once."""

    chosen = tables.Column(verbose_name="", accessor="pk", orderable=False, exclude_from_export=True)

    class Meta(CaseTable.Meta):
        sequence = ("chosen", "due_on", "code", "title", "state", "agency", "officer", "...")

    def render_chosen(self, record: Case) -> SafeString:
        return format_html(
            '<input type="checkbox" name="case" value="{}" form="many" aria-label="{}">',
            record.pk,
            _("Choose %(code)s") % {"code": record.code},
        )


class TemplateTable(tables.Table):
    title = tables.Column(verbose_name=_("Title"))
    subject = tables.Column(verbose_name=pgettext_lazy("case", "Subject"), default="–")
    body = tables.Column(verbose_name=_("Text"))
    by = tables.Column(verbose_name=pgettext_lazy("text", "Written by"))

    class Meta:
        model = AnswerTemplate
        fields = ("title", "subject", "body", "by")
        empty_text = _("Your agency has no answer templates yet.")

    def render_title(self, record: AnswerTemplate) -> SafeString:
        url = reverse("feedback:answer_template_edit", args=[record.pk])
        return format_html('<a href="{}">{}</a>', url, record.title)

    def value_title(self, record: AnswerTemplate) -> str:
        return record.title

    def render_body(self, value: Any) -> str:
        return Truncator(value).chars(160)

    def value_body(self, value: Any) -> str:
        return str(value)


class DataRequestTable(tables.Table):
    """Whose data it is does not stand here: the code of the case alone."""

    case = tables.Column(
        verbose_name=_("Case"),
        accessor="case__code",
        linkify=lambda record: record.get_absolute_url(),
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
        empty_text = _("No personal data request has been made.")

    def render_reply_due_on(self, record: DataRequest) -> SafeString:
        return due_badge(record.reply_due_on, open=record.replied_at is None)

    def render_due_on(self, record: DataRequest) -> SafeString:
        return due_badge(record.due_on, open=record.is_open)
        return due_badge(record.due_on, is_open=not record.is_ended)
