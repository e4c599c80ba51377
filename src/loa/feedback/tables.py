"""Lists of cases; never who asks."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from loa.core.lists import DayColumn
from loa.core.templatetags.ui import badge, due_badge, state_badge
from loa.core.text import format_date
from loa.feedback.models import AnswerTemplate, Case, Publication
from loa.feedback.states import ENDED_STATES


class CaseTable(tables.Table):
    code = tables.Column(verbose_name=gettext_lazy("Code"), linkify=True)
    title = tables.Column(verbose_name=gettext_lazy("What it is about"))
    kind = tables.Column(verbose_name=gettext_lazy("Kind"), default="–")
    subject = tables.Column(verbose_name=gettext_lazy("Subject"), order_by="subject__rank", default="–")
    agency = tables.Column(verbose_name=gettext_lazy("Agency"), order_by="agency__sort_name", default="–")
    officer = tables.Column(verbose_name=gettext_lazy("Officer"), order_by="officer__sort_name", default="–")
    state = tables.Column(verbose_name=gettext_lazy("State"))
    source = tables.Column(verbose_name=gettext_lazy("How it came in"))
    received_at = DayColumn(verbose_name=gettext_lazy("Received"))
    due_on = DayColumn(verbose_name=gettext_lazy("Due"), default="–")

    class Meta:
        model = Case
        fields = (
            "code", "title", "kind", "subject", "agency", "officer", "state", "source", "received_at", "due_on",
        )  # fmt: skip
        sequence = ("due_on", "code", "title", "state", "agency", "officer", "...")
        order_by = "due_on"
        empty_text = gettext_lazy("No case matches.")

    def order_due_on(self, rows: QuerySet[Case], is_descending: bool) -> tuple[QuerySet[Case], bool]:
        """What is open first, the most urgent on top; what has ended is no longer urgent."""
        due = F("due_on").desc(nulls_last=True) if is_descending else F("due_on").asc(nulls_last=True)
        ended = ExpressionWrapper(Q(state__in=ENDED_STATES), output_field=BooleanField())
        return rows.annotate(has_ended=ended).order_by(
            "has_ended", due, "-pk" if is_descending else "pk"
        ), True

    def render_title(self, record: Case) -> str:
        return Truncator(record.title).chars(120)

    def value_title(self, record: Case) -> str:
        return record.title

    def render_state(self, record: Case) -> SafeString:
        return state_badge(record)

    def value_state(self, record: Case) -> str:
        return str(record.get_state_display())

    def render_due_on(self, record: Case) -> SafeString:
        if record.waiting_since and not record.is_ended:
            return badge(_("The asker is awaited"), "wait")
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
    title = tables.Column(verbose_name=gettext_lazy("Title"))
    subject = tables.Column(verbose_name=gettext_lazy("Subject"), default="–")
    body = tables.Column(verbose_name=gettext_lazy("Text"))
    by = tables.Column(verbose_name=pgettext_lazy("text", "Written by"))

    class Meta:
        model = AnswerTemplate
        fields = ("title", "subject", "body", "by")
        empty_text = gettext_lazy("Your agency keeps no texts for answers yet.")

    def render_title(self, record: AnswerTemplate) -> SafeString:
        url = reverse("feedback:answer_template_edit", args=[record.pk])
        return format_html('<a href="{}">{}</a>', url, record.title)

    def value_title(self, record: AnswerTemplate) -> str:
        return record.title

    def render_body(self, value: Any) -> str:
        return Truncator(value).chars(160)

    def value_body(self, value: Any) -> str:
        return str(value)


class WaitingTable(tables.Table):
    """Answered cases that are owed to the public."""

    publish_by = DayColumn(verbose_name=gettext_lazy("Publish by"), default="–")
    code = tables.Column(verbose_name=gettext_lazy("Code"))
    title = tables.Column(verbose_name=gettext_lazy("What it is about"))
    agency = tables.Column(verbose_name=gettext_lazy("Agency"), order_by="agency__sort_name")
    subject = tables.Column(verbose_name=gettext_lazy("Subject"), order_by="subject__rank", default="–")
    answered_at = DayColumn(verbose_name=gettext_lazy("Answered"))

    class Meta:
        model = Case
        fields = ("publish_by", "code", "title", "agency", "subject", "answered_at")
        empty_text = gettext_lazy("No answered case waits to be published.")

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

    def render_answered_at(self, value: Any) -> str:
        return format_date(timezone.localdate(value))


class PublishedTable(tables.Table):
    title = tables.Column(verbose_name=gettext_lazy("Title"))
    agency = tables.Column(verbose_name=gettext_lazy("Agency"), order_by="agency__sort_name")
    subject = tables.Column(
        verbose_name=gettext_lazy("Subject"),
        accessor="case__subject",
        order_by="case__subject__rank",
        default="–",
    )
    published_at = DayColumn(verbose_name=gettext_lazy("Published"))
    withdrawn_at = DayColumn(verbose_name=gettext_lazy("Taken back"), default="–")
    by = tables.Column(verbose_name=pgettext_lazy("answer", "Published by"), order_by="by__sort_name")

    class Meta:
        model = Publication
        fields = ("title", "agency", "subject", "published_at", "withdrawn_at", "by")
        empty_text = gettext_lazy("Nothing has been published yet.")

    def render_title(self, record: Publication) -> SafeString:
        return format_html('<a href="{}">{}</a>', record.case.get_absolute_url(), record.title)

    def value_title(self, record: Publication) -> str:
        return record.title

    def render_published_at(self, value: Any) -> str:
        return format_date(timezone.localdate(value))

    render_withdrawn_at = render_published_at


class RegisterTable(tables.Table):
    """The public register as a sheet."""

    code = tables.Column(verbose_name=gettext_lazy("Code"), accessor="case__code")
    title = tables.Column(verbose_name=gettext_lazy("Title"))
    question = tables.Column(verbose_name=pgettext_lazy("case", "Question"))
    answer = tables.Column(verbose_name=gettext_lazy("Answer"))
    agency = tables.Column(verbose_name=gettext_lazy("Agency"))
    subject = tables.Column(verbose_name=gettext_lazy("Subject"), accessor="case__subject", default="")
    commune = tables.Column(verbose_name=gettext_lazy("Commune"), accessor="case__commune", default="")
    received = DayColumn(verbose_name=gettext_lazy("Received"), accessor="case__received_at")
    answered = DayColumn(verbose_name=gettext_lazy("Answered"), accessor="case__answered_at", default=None)
    published = DayColumn(verbose_name=gettext_lazy("Published"), accessor="published_at")
    in_time = tables.Column(verbose_name=gettext_lazy("In time"), accessor="is_late")
    stars = tables.Column(verbose_name=gettext_lazy("Stars"), accessor="case__rating__stars", default=None)
    merged_count = tables.Column(verbose_name=gettext_lazy("Others who asked the same"), default=0)

    class Meta:
        model = Publication
        fields: tuple[str, ...] = ()

    def value_in_time(self, value: bool) -> str:
        return _("No") if value else _("Yes")

    def value_received(self, value: Any) -> Any:
        return timezone.localdate(value)

    value_answered = value_published = value_received
