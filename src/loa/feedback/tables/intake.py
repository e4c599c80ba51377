"""Lists of the intake and of what it keeps."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_tables2 as tables
from django.middleware.csrf import get_token
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
    RefusalGround,
    RoutingRule,
    Subject,
)


def _desk_url(record: Case) -> str:
    return reverse("feedback:intake_case", args=[record.pk])


class IntakeTable(tables.Table):
    """What waits to be classified and sent; never who asks."""

    put_away = ("commune",)
    code = tables.Column(verbose_name=_("Code"), linkify=_desk_url)
    title = tables.Column(
        verbose_name=pgettext_lazy("case", "Content"), attrs={"td": {"class": "cell--words"}}
    )
    kind_wished = tables.Column(verbose_name=_("Sender's category"), default="–")
    commune = tables.Column(verbose_name=_("Place"), order_by="commune__sort_name", default="–")
    received_at = DayColumn(verbose_name=_("Received"))
    classify_due = tables.Column(verbose_name=_("To be sent by"), default="–")
    due_on = tables.Column(verbose_name=_("Answer due"), default="–")

    class Meta:
        model = Case
        fields = (
            "code",
            "title",
            "kind_wished",
            "commune",
            "received_at",
            "classify_due",
            "due_on",
        )
        empty_text = _("No case waits to be classified.")

    def render_title(self, record: Case) -> SafeString:
        return format_html("{}", Truncator(record.title).chars(120))

    def render_classify_due(self, value: date) -> SafeString:
        return due_badge(value)

    def value_classify_due(self, value: date) -> date:
        return value

    def render_due_on(self, record: Case) -> SafeString:
        return due_badge(record.due_on)

    def value_due_on(self, value: date) -> date:
        return value


class SubjectTable(tables.Table):
    name = tables.Column(
        verbose_name=_("Name"), linkify=lambda record: reverse("feedback:subject_edit", args=[record.pk])
    )
    name_en = tables.Column(verbose_name=_("Name in English"))
    code = tables.Column(verbose_name=_("Code"))
    agency = tables.Column(
        verbose_name=_("Usual answering agency"), order_by="agency__sort_name", default="–"
    )
    words = tables.Column(verbose_name=_("Words that indicate it"), orderable=False, default="–")
    valid_from = DayColumn(verbose_name=_("From"), default="–")
    valid_to = DayColumn(verbose_name=_("Last day"), default="–")

    class Meta:
        model = Subject
        fields = ("name", "name_en", "code", "agency", "words", "valid_from", "valid_to")
        empty_text = _("No subject yet.")


class GroundTable(tables.Table):
    name_vi = tables.Column(
        verbose_name=_("Ground"), linkify=lambda record: reverse("feedback:ground_edit", args=[record.pk])
    )
    name_en = tables.Column(verbose_name=_("Name in English"))
    legal_basis = tables.Column(verbose_name=_("Legal basis"))
    is_checked = tables.BooleanColumn(verbose_name=_("Checked against the original text"), yesno="✓,–")
    valid_from = DayColumn(verbose_name=_("From"))
    valid_to = DayColumn(verbose_name=_("Last day"), default="–")

    class Meta:
        model = RefusalGround
        fields = ("name_vi", "name_en", "legal_basis", "is_checked", "valid_from", "valid_to")
        empty_text = _("No ground yet.")


class RoutingTable(tables.Table):
    """In the order in which they are asked; on the page with buttons, in the sheet without."""

    rank = tables.Column(verbose_name=pgettext_lazy("rule", "Order"), orderable=False)
    kind = tables.Column(verbose_name=_("Kind"), orderable=False, empty_values=())
    subject = tables.Column(verbose_name=pgettext_lazy("case", "Subject"), orderable=False, default=_("Any"))
    place = tables.Column(verbose_name=_("Place"), orderable=False, default=_("Any"))
    agency = tables.Column(
        verbose_name=_("Goes to"), orderable=False, default=_("The commune named in the case")
    )
    valid_from = DayColumn(verbose_name=_("From"), orderable=False, default="–")
    valid_to = DayColumn(verbose_name=_("Last day"), orderable=False, default="–")
    note = tables.Column(verbose_name=_("Note"), orderable=False, default="–")
    acts = tables.Column(
        verbose_name=_("Change"),
        accessor="pk",
        orderable=False,
        exclude_from_export=True,
    )

    class Meta:
        model = RoutingRule
        fields = ("rank", "kind", "subject", "place", "agency", "valid_from", "valid_to", "note", "acts")
        empty_text = _("No rule yet: every case is sent by hand.")

    def render_kind(self, record: RoutingRule) -> str:
        return str(record.get_kind_display() or _("Any"))

    def render_acts(self, record: RoutingRule) -> SafeString:
        """By Python, not by a template of its own: that would ask for the shell's figures once for each row."""
        token = get_token(self.request)
        return format_html(
            '<div class="acts">{}{}<a class="button button--quiet" href="{}">{}</a>{}</div>',
            _act("routing_move", token, "↑", _("Move up"), record.pk, "len"),
            _act("routing_move", token, "↓", _("Move down"), record.pk, "xuong"),
            reverse("feedback:routing_edit", args=[record.pk]),
            _("Change"),
            _act("routing_end", token, _("End"), "", record.pk),
        )

    def value_kind(self, record: RoutingRule) -> str:
        return str(record.get_kind_display() or _("Any"))


def _act(name: str, token: str, words: Any, said: Any, *args: Any) -> SafeString:
    """A form of one button; `said` is read out where the button shows a sign."""
    return format_html(
        '<form method="post" action="{}"><input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<button class="button button--quiet"{}>{}</button></form>',
        reverse(f"feedback:{name}", args=args),
        token,
        format_html(' aria-label="{}"', said) if said else "",
        words,
    )
